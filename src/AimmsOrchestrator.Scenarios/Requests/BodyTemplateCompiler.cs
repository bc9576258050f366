using System.Buffers;
using System.Globalization;
using System.Text;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>Compiles a document to segments with placeholders, as it is written or in RFC 8785's form.</summary>
internal sealed class BodyTemplateCompiler
{
    private readonly PlaceholderTable _placeholders;
    private readonly Scope _scope;
    private readonly DiagnosticBag _diagnostics;
    private readonly bool _isCanonical;
    private readonly TemplateSegments.Builder _segments;

    private BodyTemplateCompiler(
        PlaceholderTable placeholders,
        Scope scope,
        DiagnosticBag diagnostics,
        bool isCanonical
    )
    {
        _placeholders = placeholders;
        _scope = scope;
        _diagnostics = diagnostics;
        _isCanonical = isCanonical;
        _segments = new TemplateSegments.Builder(isCanonical);
    }

    public static TemplateSegments Compile(
        Node node,
        PlaceholderTable placeholders,
        Scope scope,
        DiagnosticBag diagnostics,
        bool isCanonical
    )
    {
        var compiler = new BodyTemplateCompiler(placeholders, scope, diagnostics, isCanonical);
        compiler.Write(node);
        return compiler._segments.Build();
    }

    private void Write(Node node)
    {
        switch (node)
        {
            case MappingNode mapping:
                WriteMapping(mapping);
                break;
            case SequenceNode sequence:
                _segments.Output.Write("["u8);
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    _segments.Output.Write(i == 0 ? [] : ","u8);
                    Write(sequence.Items[i]);
                }

                _segments.Output.Write("]"u8);
                break;
            case ScalarNode scalar:
                WriteScalar(scalar);
                break;
        }
    }

    private void WriteMapping(MappingNode mapping)
    {
        IEnumerable<Member> members = _isCanonical
            ? mapping.Members.OrderBy(member => member.Name, StringComparer.Ordinal)
            : mapping.Members;
        _segments.Output.Write("{"u8);
        var isFirst = true;
        foreach (var member in members)
        {
            if (Template.IsIn(member.Name))
            {
                _diagnostics.Add(member.Key.Location, "an expression is allowed in a member's value, not in its name");
            }

            _segments.Output.Write(isFirst ? [] : ","u8);
            isFirst = false;
            JsonText.WriteString(_segments.Output, member.Name);
            _segments.Output.Write(":"u8);
            Write(member.Value);
        }

        _segments.Output.Write("}"u8);
    }

    private void WriteScalar(ScalarNode scalar)
    {
        switch (scalar.Kind)
        {
            case ScalarKind.String when _placeholders.Number(scalar, _scope) is { } number:
                _segments.AddPlaceholder(number);
                break;
            case ScalarKind.String:
                JsonText.WriteString(_segments.Output, scalar.Text);
                break;
            case ScalarKind.NotFinite:
                _diagnostics.Add(scalar.Location, $"JSON cannot hold {scalar.Text}");
                break;
            case ScalarKind.Number:
                WriteNumber(scalar);
                break;
            default:
                Encoding.ASCII.GetBytes(scalar.Json, _segments.Output);
                break;
        }
    }

    private void WriteNumber(ScalarNode scalar)
    {
        var number = double.Parse(scalar.Json, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number))
        {
            _diagnostics.Add(scalar.Location, $"{scalar.Text} is beyond the range of numbers");
        }
        else if (_isCanonical)
        {
            CanonicalJson.WriteNumber(_segments.Output, number);
        }
        else
        {
            Encoding.ASCII.GetBytes(scalar.Json, _segments.Output);
        }
    }
}
