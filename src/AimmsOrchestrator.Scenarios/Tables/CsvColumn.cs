using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Tables;

/// <summary>
/// What the cells of a CSV column mean. A cell is a number where it is a decimal number without leading zeros (<c>00123</c>
/// is a code), a boolean where it is <c>true</c> or <c>false</c>, null where it is empty, and text otherwise. Where
/// semicolons separate the cells, as in exports of a European Excel, a comma is the decimal sign (<c>10,5</c>,
/// <c>1.234,5</c>), unless a cell of the column is a list such as <c>1,2,3</c>.
/// </summary>
internal sealed partial class CsvColumn(string name, char separator)
{
    private Seen? _comma;
    private Seen? _point;
    private Seen? _beyond;
    private bool _hasLists;
    private bool _hasTexts;
    private bool _hasDecimalPoints;

    private bool ReadsCommas => separator == ';' && !_hasLists;

    /// <summary>Takes note of a cell; all cells are seen before the first is read.</summary>
    public void See(string text, int line)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
        {
            return;
        }

        if (_beyond is null && trimmed.ContainsAny('e', 'E') && Read(text) is { Kind: ScalarKind.Number } number)
        {
            _beyond = NumberRange.Contains(number.Json) ? null : new Seen(trimmed.ToString(), line);
        }

        if (!trimmed.ContainsAny(',', '.'))
        {
            _hasTexts = _hasTexts || trimmed.TrimStart("+-").ContainsAnyExceptInRange('0', '9');
        }
        else if (Comma().IsMatch(trimmed))
        {
            _comma ??= new Seen(trimmed.ToString(), line);
        }
        else if (Point().IsMatch(trimmed))
        {
            _point ??= new Seen(trimmed.ToString(), line);
            _hasDecimalPoints = _hasDecimalPoints || !Thousands().IsMatch(trimmed);
        }
        else
        {
            _hasLists = _hasLists || List().IsMatch(trimmed);
            _hasTexts = true;
        }
    }

    /// <summary>Reports a column whose decimal sign is doubtful, once every cell has been seen.</summary>
    public void Report(string file, DiagnosticBag diagnostics)
    {
        if (_beyond is { } beyond)
        {
            diagnostics.Add(beyond.At(file), $"the column \"{name}\" has {beyond.Text}, beyond the range of numbers");
        }

        if (_comma is { } comma && separator != ';' && !_hasLists && !_hasTexts)
        {
            diagnostics.Warn(
                comma.At(file),
                $"the column \"{name}\" has {comma.Text}, which is a text: a comma is the decimal sign only where semicolons separate the cells"
            );
        }
        else if (_comma is { } decimalComma && ReadsCommas && _point is { } point)
        {
            diagnostics.Add(
                decimalComma.At(file),
                $"the column \"{name}\" has {decimalComma.Text} here and {point.Text} in line {point.Line}: write one decimal sign, and none between thousands"
            );
        }
        else if (_point is { } doubtful && separator == ';' && !_hasDecimalPoints)
        {
            diagnostics.Warn(
                doubtful.At(file),
                $"the column \"{name}\" has {doubtful.Text}: its point is read as the decimal sign; write none between thousands"
            );
        }
    }

    /// <summary>The value of a cell.</summary>
    public Value Cell(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Value.Null;
        }

        var (kind, json) = Read(text);
        return kind switch
        {
            ScalarKind.Number => Value.Number(json),
            ScalarKind.Boolean => json == "true" ? Value.True : Value.False,
            _ => Value.String(text),
        };
    }

    private (ScalarKind Kind, string Json) Read(string text)
    {
        var trimmed = text.Trim();
        var number = ReadsCommas && Comma().IsMatch(trimmed) ? WithPoint(trimmed) : trimmed;
        var digits = number.TrimStart('-', '+');
        var isCode = digits.Length > 1 && digits[0] == '0' && digits[1] is not ('.' or 'e' or 'E');
        var (kind, json) = CoreSchema.Resolve(number);
        return isCode && kind == ScalarKind.Number ? (ScalarKind.String, "") : (kind, json);
    }

    private static string WithPoint(string number) =>
        number.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');

    /// <summary>A number with a decimal comma, perhaps with points between its thousands.</summary>
    [GeneratedRegex(
        "^[-+]?([0-9]+|[0-9]{1,3}([.][0-9]{3})+),[0-9]+([eE][-+]?[0-9]+)?$",
        Options,
        PatternLimit.Milliseconds
    )]
    private static partial Regex Comma();

    /// <summary>A number with a point that may be its decimal sign, or between its thousands.</summary>
    [GeneratedRegex("^[-+]?[0-9]+([.][0-9]+)+([eE][-+]?[0-9]+)?$", Options, PatternLimit.Milliseconds)]
    private static partial Regex Point();

    /// <summary>A number whose points may all be between thousands.</summary>
    [GeneratedRegex("^[-+]?[0-9]{1,3}([.][0-9]{3})+$", Options, PatternLimit.Milliseconds)]
    private static partial Regex Thousands();

    [GeneratedRegex("^[-+]?[0-9]+(,[-+]?[0-9]+){2,}$", Options, PatternLimit.Milliseconds)]
    private static partial Regex List();

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    private readonly record struct Seen(string Text, int Line)
    {
        public SourceLocation At(string file) => new(file, Line, 1);
    }
}
