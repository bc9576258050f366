using System.Buffers;
using System.Globalization;
using System.Text;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>Cuts a document up at its holes, in its own form or in RFC 8785's.</summary>
internal sealed class BodyTemplateCompiler
{
    private readonly PlaceholderTable _holes;
    private readonly Scope _scope;
    private readonly DiagnosticBag _mistakes;
    private readonly bool _isCanonical;
    private readonly TemplateSegments.Builder _pieces;

    private BodyTemplateCompiler(PlaceholderTable holes, Scope scope, DiagnosticBag mistakes, bool isCanonical)
    {
        _holes = holes;
        _scope = scope;
        _mistakes = mistakes;
        _isCanonical = isCanonical;
        _pieces = new TemplateSegments.Builder(isCanonical);
    }

    public static TemplateSegments Cut(
        Node node,
        PlaceholderTable holes,
        Scope scope,
        DiagnosticBag mistakes,
        bool isCanonical
    )
    {
        var cutter = new BodyTemplateCompiler(holes, scope, mistakes, isCanonical);
        cutter.Write(node);
        return cutter._pieces.Build();
    }

    private void Write(Node node)
    {
        switch (node)
        {
            case MappingNode mapping:
                WriteMapping(mapping);
                break;
            case SequenceNode sequence:
                _pieces.Output.Write("["u8);
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    _pieces.Output.Write(i == 0 ? [] : ","u8);
                    Write(sequence.Items[i]);
                }

                _pieces.Output.Write("]"u8);
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
        _pieces.Output.Write("{"u8);
        var isFirst = true;
        foreach (var member in members)
        {
            if (Template.IsIn(member.Name))
            {
                _mistakes.Add(member.Key.Location, "an expression stands in a member's value, not in its name");
            }

            _pieces.Output.Write(isFirst ? [] : ","u8);
            isFirst = false;
            JsonText.WriteString(_pieces.Output, member.Name);
            _pieces.Output.Write(":"u8);
            Write(member.Value);
        }

        _pieces.Output.Write("}"u8);
    }

    private void WriteScalar(ScalarNode scalar)
    {
        switch (scalar.Kind)
        {
            case ScalarKind.String when _holes.Number(scalar, _scope) is { } number:
                _pieces.AddPlaceholder(number);
                break;
            case ScalarKind.String:
                JsonText.WriteString(_pieces.Output, scalar.Text);
                break;
            case ScalarKind.NotFinite:
                _mistakes.Add(scalar.Location, $"JSON has no form for {scalar.Text}");
                break;
            case ScalarKind.Number:
                WriteNumber(scalar);
                break;
            default:
                Encoding.ASCII.GetBytes(scalar.Json, _pieces.Output);
                break;
        }
    }

    private void WriteNumber(ScalarNode scalar)
    {
        var number = double.Parse(scalar.Json, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number))
        {
            _mistakes.Add(scalar.Location, $"{scalar.Text} is beyond the range of numbers");
        }
        else if (_isCanonical)
        {
            CanonicalJson.WriteNumber(_pieces.Output, number);
        }
        else
        {
            Encoding.ASCII.GetBytes(scalar.Json, _pieces.Output);
        }
    }
}
