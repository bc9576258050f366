using AimmsOrchestrator.Scenarios.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AimmsOrchestrator.Scenarios.Yaml;

/// <summary>
/// Reads one YAML document into nodes that know their locations. It works on the parser's events and resolves scalars
/// itself, because the library's own types follow YAML 1.1. Depth and size are limited, so that a file of nested aliases
/// cannot exhaust the memory.
/// </summary>
internal sealed class YamlReader
{
    private const int MaxDepth = 128;
    private const long MaxNodes = 5_000_000;
    private const string CoreTag = "tag:yaml.org,2002:";

    private readonly string _file;
    private readonly bool _isOption;
    private readonly DiagnosticBag _diagnostics;
    private readonly Parser _parser;
    private readonly Dictionary<string, Node> _anchors = new(StringComparer.Ordinal);
    private long _nodes;

    private YamlReader(string file, TextReader text, DiagnosticBag diagnostics, bool isOption)
    {
        _isOption = isOption;
        _file = file;
        _diagnostics = diagnostics;
        _parser = new Parser(new Scanner(text, skipComments: true));
    }

    /// <summary>The document; null where it cannot be read at all, with the reason among the diagnostics.</summary>
    public static Node? Read(string file, string text, DiagnosticBag diagnostics) =>
        Read(file, text, diagnostics, isOption: false);

    /// <summary>The value of a command line's option; all of it is located at the option and at no line.</summary>
    public static Node? ReadOption(string option, string text, DiagnosticBag diagnostics) =>
        Read(option, text, diagnostics, isOption: true);

    private static Node? Read(string file, string text, DiagnosticBag diagnostics, bool isOption)
    {
        if (FindControl(text) is var at and >= 0)
        {
            var before = text.AsSpan(0, at);
            var location = new SourceLocation(file, before.Count('\n') + 1, at - before.LastIndexOf('\n'));
            diagnostics.Add(location, $"the character U+{(int)text[at]:X4} is not allowed in a text");
            return null;
        }

        using var characters = new StringReader(text);
        var reader = new YamlReader(file, characters, diagnostics, isOption);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException e)
        {
            var location = Locate(e, file, text);
            diagnostics.Add(location, Explain(e.Message, text, location.Line));
            return null;
        }
        catch (UnreadableException e)
        {
            diagnostics.Add(e.Location, e.Message);
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The library's parser throws these for unbalanced brackets and for a tag that is no address.
            diagnostics.Add(
                reader.LastLocation,
                "this is not YAML: brackets, indents or tags do not fit together from here on"
            );
            return null;
        }
    }

    private SourceLocation LastLocation => _parser.Current is { } last ? At(last) : new SourceLocation(_file, 1, 1);

    /// <summary>The index of a character that YAML forbids, such as NUL, which the library takes for the text's end; -1 where there is none.</summary>
    private static int FindControl(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' and not ('\t' or '\n' or '\r') or '\u007f')
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The location of the error; the library reports where the token began.</summary>
    private static SourceLocation Locate(YamlException e, string file, string text)
    {
        if (e.Message.Contains("tab as indentation", StringComparison.Ordinal))
        {
            var lines = text.Split('\n');
            var line = Array.FindIndex(
                lines,
                (int)e.Start.Line - 1,
                written => written.TrimStart(' ').StartsWith('\t')
            );
            if (line >= 0)
            {
                return new SourceLocation(file, line + 1, lines[line].IndexOf('\t', StringComparison.Ordinal) + 1);
            }
        }

        var mark = e.Message.Contains("escape", StringComparison.Ordinal) ? e.End : e.Start;
        return new SourceLocation(file, (int)mark.Line, (int)mark.Column);
    }

    private static string Explain(string message, string text, int line)
    {
        var written = text.Split('\n').ElementAtOrDefault(line - 1) ?? "";
        var isExpression =
            written.Contains("${{", StringComparison.Ordinal)
            || message.Contains("invalid mapping", StringComparison.Ordinal);
        return isExpression
            ? $"this is not YAML: {message} A text inside {{ }} or [ ] that has such brackets of its own, and one with \": \" or \" #\" in it, needs quotes."
            : $"this is not YAML: {message}";
    }

    private Node? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
        {
            _diagnostics.Add(new SourceLocation(_file, 1, 1), "this file is empty");
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Current is DocumentStart second)
        {
            _diagnostics.Add(At(second), "a scenario is one YAML document; here a second one begins");
        }

        return root;
    }

    private Node ReadNode(int depth)
    {
        var location = At(_parser.Current!);
        if (depth > MaxDepth)
        {
            throw new UnreadableException(location, $"more than {MaxDepth} levels deep");
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            if (_anchors.TryGetValue(alias.Value.Value, out var target))
            {
                Account(target.Size, location);
                return target;
            }

            _diagnostics.Add(
                location,
                $"*{alias.Value.Value} refers to nothing: no &{alias.Value.Value} comes before it"
            );
            return ScalarNode.Null(location);
        }

        if (_parser.Current is not NodeEvent start)
        {
            throw new UnreadableException(location, "this is not YAML: a value is missing here");
        }

        Account(1, location);
        Node node = start switch
        {
            Scalar => ReadScalar(_parser.Consume<Scalar>()),
            SequenceStart => ReadSequence(location, depth),
            _ => ReadMapping(location, depth),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = node;
        }

        return node;
    }

    private ScalarNode ReadScalar(Scalar scalar)
    {
        var location = At(scalar);
        var lead = scalar.Style switch
        {
            ScalarStyle.Literal or ScalarStyle.Folded => -1,
            _ when scalar.Start.Line != scalar.End.Line => -1,
            ScalarStyle.Plain => 0,
            _ => 1,
        };
        var tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value;
        var isPlain = scalar.Style == ScalarStyle.Plain;
        var (kind, json) =
            isPlain || tag.StartsWith(CoreTag, StringComparison.Ordinal)
                ? CoreSchema.Resolve(scalar.Value)
                : (ScalarKind.String, "");
        var wanted = tag switch
        {
            "" => kind,
            "!" or CoreTag + "str" => ScalarKind.String,
            CoreTag + "null" => ScalarKind.Null,
            CoreTag + "bool" => ScalarKind.Boolean,
            CoreTag + "int" or CoreTag + "float" => ScalarKind.Number,
            _ => (ScalarKind?)null,
        };
        if (wanted is null)
        {
            _diagnostics.Add(
                location,
                $"the tag {tag} is not known here; YAML's own are !!str, !!int, !!float, !!bool and !!null"
            );
        }
        else if (wanted != kind && wanted != ScalarKind.String)
        {
            _diagnostics.Add(location, $"\"{scalar.Value}\" is not what its tag {tag[CoreTag.Length..]} says");
        }

        return wanted is ScalarKind.String or null
            ? new ScalarNode(location, ScalarKind.String, scalar.Value, "", lead)
            : new ScalarNode(location, kind, scalar.Value, json, lead);
    }

    private SequenceNode ReadSequence(SourceLocation location, int depth)
    {
        _parser.Consume<SequenceStart>();
        var items = new List<Node>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new SequenceNode(location, items);
    }

    private MappingNode ReadMapping(SourceLocation location, int depth)
    {
        _parser.Consume<MappingStart>();
        var builder = new MappingBuilder(_diagnostics);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            builder.Add(ReadNode(depth + 1), ReadNode(depth + 1));
        }

        return builder.Build(location);
    }

    private void Account(long nodes, SourceLocation location)
    {
        _nodes += nodes;
        if (_nodes > MaxNodes)
        {
            throw new UnreadableException(
                location,
                $"with every alias expanded the file has more than {MaxNodes:N0} values"
            );
        }
    }

    private SourceLocation At(ParsingEvent parsing) =>
        _isOption
            ? SourceLocation.Whole(_file)
            : new SourceLocation(_file, (int)parsing.Start.Line, (int)parsing.Start.Column);

    /// <summary>Ends the reading from any depth; this class always catches it.</summary>
    private sealed class UnreadableException(SourceLocation location, string message) : Exception(message)
    {
        public SourceLocation Location { get; } = location;
    }
}
