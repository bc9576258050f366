using System.Globalization;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Requests;

/// <summary>
/// A JSON Pointer (RFC 6901) that edits documents. An edit copies the nodes on its path and shares the rest, so that it is
/// cheap for a base document of any size.
/// </summary>
internal sealed class JsonPointer
{
    private readonly SourceLocation _location;
    private readonly string _text;
    private readonly string[] _tokens;

    private JsonPointer(ScalarNode written, string[] tokens)
    {
        _location = written.Location;
        _text = written.Text;
        _tokens = tokens;
    }

    /// <summary>The number of its tokens; 0 means the whole document.</summary>
    public int Depth => _tokens.Length;

    public static JsonPointer? Parse(ScalarNode written, DiagnosticBag diagnostics)
    {
        var text = written.Text;
        if (text.Length == 0)
        {
            return new JsonPointer(written, []);
        }

        if (text[0] != '/')
        {
            diagnostics.Add(written.Location, $"\"{text}\" is not a JSON Pointer: it begins with /, as in /{text}");
            return null;
        }

        var tokens = text[1..].Split('/');
        return new JsonPointer(
            written,
            Array.ConvertAll(
                tokens,
                token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
            )
        );
    }

    /// <summary>
    /// The document with another value where this points, or with one more member where <paramref name="isNew"/>. A last
    /// token <c>-</c> appends to a list.
    /// </summary>
    public Node Edit(Node document, Node value, bool isNew, DiagnosticBag diagnostics) =>
        Edit(document, value, 0, isNew, diagnostics);

    private Node Edit(Node node, Node value, int depth, bool isNew, DiagnosticBag diagnostics)
    {
        if (depth == _tokens.Length)
        {
            if (isNew)
            {
                var what = depth == 0 ? "the body" : _text;
                diagnostics.Add(_location, $"request.add: {what} is there already; use set to change it");
            }

            return value;
        }

        switch (node)
        {
            case MappingNode mapping:
                return EditMember(mapping, value, depth, isNew, diagnostics);
            case SequenceNode sequence:
                return EditItem(sequence, value, depth, isNew, diagnostics);
            default:
                ReportMissing($"{(depth == 0 ? "the body" : Upto(depth))} is a single value", diagnostics);
                return node;
        }
    }

    private MappingNode EditMember(MappingNode mapping, Node value, int depth, bool isNew, DiagnosticBag diagnostics)
    {
        var token = _tokens[depth];
        var isLast = depth == _tokens.Length - 1;
        var members = mapping.Members.ToList();
        var at = members.FindIndex(member => member.Name == token);
        if (at >= 0)
        {
            members[at] = members[at] with { Value = Edit(members[at].Value, value, depth + 1, isNew, diagnostics) };
        }
        else if (isNew && isLast)
        {
            members.Add(new Member(ScalarNode.String(_location, token), value));
        }
        else
        {
            var hint = DidYouMean.Hint(token, members.Select(member => member.Name));
            var add = isLast ? "; add: makes a new member" : "";
            ReportMissing(
                $"{(depth == 0 ? "the body" : Upto(depth))} has no member \"{token}\"{hint}{add}",
                diagnostics
            );
        }

        return new MappingNode(mapping.Location, members);
    }

    private SequenceNode EditItem(SequenceNode sequence, Node value, int depth, bool isNew, DiagnosticBag diagnostics)
    {
        var token = _tokens[depth];
        var items = sequence.Items.ToList();
        if (token == "-" && depth == _tokens.Length - 1)
        {
            items.Add(value);
        }
        else if (
            int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && $"{index}" == token
            && index < items.Count
        )
        {
            items[index] = Edit(items[index], value, depth + 1, isNew, diagnostics);
        }
        else
        {
            ReportMissing($"the list at {Upto(depth)} has items 0 to {items.Count - 1}, and /- appends", diagnostics);
        }

        return new SequenceNode(sequence.Location, items);
    }

    private void ReportMissing(string why, DiagnosticBag diagnostics) =>
        diagnostics.Add(_location, $"{_text} points to nothing: {why}");

    private string Upto(int depth) => depth == 0 ? "/" : "/" + string.Join('/', _tokens.Take(depth));
}
