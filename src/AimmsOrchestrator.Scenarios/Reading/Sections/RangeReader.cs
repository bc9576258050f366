using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>Reads a range such as <c>{ from, to, step }</c>.</summary>
internal sealed class RangeReader
{
    private const string Notations =
        "{ from, to, step }, { from, until, step } or { from, to, count }, the last perhaps with scale: log";

    /// <summary>The most values, and the largest number: decimal arithmetic cannot overflow below it.</summary>
    private const long Most = 1_000_000_000_000_000_000;

    private const string TooFine = "beyond what a range counts with (18 digits before the point, 28 in all)";
    private const string OneValue = "one value cannot be at both ends; write at least 2";

    private readonly string _name;
    private readonly Section _section;
    private readonly DiagnosticBag _diagnostics;

    private RangeReader(string name, Section section, DiagnosticBag diagnostics)
    {
        _name = name;
        _section = section;
        _diagnostics = diagnostics;
    }

    /// <summary>The values; null where they cannot be read, with the reason among the diagnostics.</summary>
    public static RangeValues? Read(string name, MappingNode mapping, DiagnosticBag diagnostics)
    {
        // A key that is nearly one of a range's is an error of its own, below.
        var names = SweepSchemas.Range.Names.ToList();
        if (mapping.Members.All(m => !names.Contains(m.Name) && DidYouMean.Among(m.Name, names) is null))
        {
            diagnostics.Add(
                mapping.Location,
                $"{name}: a mapping here is a range, {Notations}; a value that is a mapping is wrapped in a list: [{{ … }}]"
            );
            return null;
        }

        var before = diagnostics.Count;
        var reader = new RangeReader(name, Section.Read(mapping, SweepSchemas.Range, diagnostics, name)!, diagnostics);
        return reader.Read(before);
    }

    private RangeValues? Read(int diagnosticsBefore)
    {
        if (_section.Word("scale") == "log")
        {
            return Logarithmic(diagnosticsBefore);
        }

        var (from, to, until, step) = (Decimal("from"), Decimal("to"), Decimal("until"), Decimal("step"));
        var count = _section.WholeNumber("count", 1);
        if (_diagnostics.Count > diagnosticsBefore)
        {
            return null;
        }

        switch (from, to, until, step, count)
        {
            case ({ } first, { } last, null, { } by, null):
                return Stepped(first, last, by, isEndIncluded: true);
            case ({ } first, null, { } end, { } by, null):
                return Stepped(first, end, by, isEndIncluded: false);
            case ({ } first, { } last, null, null, { } points):
                return Spaced(first, last, points);
            default:
                _diagnostics.Add(_section.Location, $"{_name}: a range is {Notations}");
                return null;
        }
    }

    private RangeValues? Stepped(decimal from, decimal end, decimal step, bool isEndIncluded)
    {
        if (step == 0)
        {
            _section.Report("step", "a step of 0 never reaches the end");
            return null;
        }

        if (Math.Sign(end - from) * Math.Sign(step) < 0)
        {
            var sign = end > from ? "above" : "below";
            _section.Report("step", $"from {from} to {end} needs a step {sign} zero, and this is {step}");
            return null;
        }

        if (from + step - from != step || from + (end - from) != end)
        {
            _section.Report("step", $"from {from} in steps of {step} is {TooFine}");
            return null;
        }

        if (Math.Abs((double)(end - from) / (double)step) > Most)
        {
            _section.Report("step", "it makes more values than can be counted");
            return null;
        }

        var steps = Math.Abs((end - from) / step);
        var whole = decimal.Truncate(steps);
        var count = (long)whole + (!isEndIncluded && whole == steps ? 0 : 1);
        if (count == 0)
        {
            _section.Report("until", "the range begins there, so there is no value before it");
            return null;
        }

        if (isEndIncluded && whole != steps)
        {
            _diagnostics.Warn(
                _section.LocationOf("to"),
                $"{_name}: no step lands on {end}: the last value is {from + (whole * step)}"
            );
        }

        return RangeValues.Steps(_section.Scalar("from")!.Json, step, count, _section.Scalar("to")?.Json);
    }

    private RangeValues? Spaced(decimal from, decimal to, int count)
    {
        if (count == 1 && from != to)
        {
            _section.Report("count", OneValue);
            return null;
        }

        return RangeValues.Even(_section.Scalar("from")!.Json, _section.Scalar("to")!.Json, count);
    }

    private RangeValues? Logarithmic(int diagnosticsBefore)
    {
        var (from, to) = (Number("from"), Number("to"));
        var count = _section.WholeNumber("count", 1);
        if (_diagnostics.Count > diagnosticsBefore)
        {
            return null;
        }

        if (
            from is not { } first
            || to is not { } last
            || count is not { } points
            || (_section["until"] ?? _section["step"]) is not null
        )
        {
            _diagnostics.Add(_section.Location, $"{_name}: a range is {Notations}");
            return null;
        }

        if (points == 1 && first != last)
        {
            _section.Report("count", OneValue);
            return null;
        }

        if (first == 0 || last == 0 || Math.Sign(first) != Math.Sign(last))
        {
            _section.Report("scale", "a logarithmic range has both ends above zero, or both below");
            return null;
        }

        return RangeValues.Logarithmic(_section.Scalar("from")!.Json, _section.Scalar("to")!.Json, points);
    }

    private decimal? Decimal(string key) =>
        _section.Parse<decimal>(
            key,
            scalar =>
                scalar.Kind == ScalarKind.Number
                && DecimalDigits.Exact(scalar.Json) is { } number
                && Math.Abs(number) <= Most
                    ? number
                    : null,
            scalar => scalar.Kind == ScalarKind.Number ? $"is {TooFine}" : "is not a number"
        );

    private double? Number(string key) => _section.Parse<double>(key, scalar => scalar.Number, _ => "is not a number");
}
