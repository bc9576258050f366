using System.Buffers;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Emulation;

/// <summary>An answer written in YAML, with expressions over the request in its texts.</summary>
internal sealed class AnswerTemplate
{
    private readonly Node _answer;
    private readonly Dictionary<ScalarNode, Template> _templates;

    private AnswerTemplate(Node answer, Dictionary<ScalarNode, Template> templates) =>
        (_answer, _templates) = (answer, templates);

    /// <summary>The template; null where an expression in it cannot work, with the reason among the diagnostics.</summary>
    public static AnswerTemplate? Read(Node answer, Scope scope, ExpressionCompiler compiler, DiagnosticBag diagnostics)
    {
        var before = diagnostics.Count;
        var templates = new Dictionary<ScalarNode, Template>(ReferenceEqualityComparer.Instance);
        foreach (var scalar in ScalarsOf(answer).Where(scalar => Template.IsIn(scalar.Text)).Distinct())
        {
            if (Template.Read(scalar, scope, compiler, diagnostics) is { } template)
            {
                templates[scalar] = template;
            }
        }

        return diagnostics.Count > before ? null : new AnswerTemplate(answer, templates);
    }

    /// <summary>The answer as JSON, or why an expression in it has no value.</summary>
    public (byte[]? Json, string? Failure) Write(RunScope scope)
    {
        var output = new ArrayBufferWriter<byte>(256);
        var writer = new Writer(output, _templates, scope);
        writer.Write(_answer);
        return writer.Failure is { } why ? (null, why) : (output.WrittenSpan.ToArray(), null);
    }

    private static IEnumerable<ScalarNode> ScalarsOf(Node node) =>
        node switch
        {
            ScalarNode scalar => [scalar],
            SequenceNode list => list.Items.SelectMany(ScalarsOf),
            MappingNode mapping => mapping.Members.SelectMany(member => ScalarsOf(member.Value)),
            _ => [],
        };

    private sealed class Writer(IBufferWriter<byte> output, Dictionary<ScalarNode, Template> templates, RunScope scope)
        : NodeWriter(output)
    {
        public string? Failure { get; private set; }

        protected override void WriteScalar(ScalarNode scalar)
        {
            if (!templates.TryGetValue(scalar, out var template))
            {
                base.WriteScalar(scalar);
                return;
            }

            var outcome = template.Evaluate(scope);
            Failure ??= outcome.Failure;
            if (outcome.Value is { } value)
            {
                Output.Write(value.Utf8);
            }
        }
    }
}
