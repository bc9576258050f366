using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>Compiles a document to segments with placeholders, as it is written or in RFC 8785's form.</summary>
internal sealed class BodyTemplateCompiler : NodeWriter
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
        TemplateSegments.Builder segments
    )
        : base(segments.Output)
    {
        _placeholders = placeholders;
        _scope = scope;
        _diagnostics = diagnostics;
        _isCanonical = segments.IsCanonical;
        _segments = segments;
    }

    public static TemplateSegments Compile(
        Node node,
        PlaceholderTable placeholders,
        Scope scope,
        DiagnosticBag diagnostics,
        bool isCanonical
    )
    {
        var segments = new TemplateSegments.Builder(isCanonical);
        new BodyTemplateCompiler(placeholders, scope, diagnostics, segments).Write(node);
        return segments.Build();
    }

    protected override IEnumerable<Member> MembersOf(MappingNode mapping)
    {
        foreach (var member in mapping.Members.Where(member => Template.IsIn(member.Name)))
        {
            _diagnostics.Add(member.Key.Location, "an expression is allowed in a member's value, not in its name");
        }

        return _isCanonical ? mapping.Members.OrderBy(member => member.Name, StringComparer.Ordinal) : mapping.Members;
    }

    protected override void WriteScalar(ScalarNode scalar)
    {
        switch (scalar.Kind)
        {
            case ScalarKind.String when _placeholders.Number(scalar, _scope) is { } number:
                _segments.AddPlaceholder(number);
                break;
            case ScalarKind.NotFinite:
                _diagnostics.Add(scalar.Location, $"JSON cannot hold {scalar.Text}");
                break;
            case ScalarKind.Number when scalar.Number is null:
                _diagnostics.Add(scalar.Location, $"{scalar.Text} is beyond the range of numbers");
                break;
            case ScalarKind.Number when _isCanonical:
                if (NumberRange.IsRounded(scalar.Json))
                {
                    _diagnostics.Warn(
                        scalar.Location,
                        $"{scalar.Text} has more digits than a number keeps: a change of the last ones counts as none; write it in quotes"
                    );
                }

                CanonicalJson.WriteNumber(Output, scalar.Number!.Value);
                break;
            default:
                base.WriteScalar(scalar);
                break;
        }
    }
}
