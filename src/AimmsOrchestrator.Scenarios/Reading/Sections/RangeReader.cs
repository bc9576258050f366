using System.Globalization;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>Reads <c>{ from, to, step }</c> and its kin.</summary>
internal static class RangeReader
{
    private const string Forms =
        "{ from, to, step }, { from, until, step } or { from, to, count }, the last perhaps with scale: log";

    /// <summary>With this many values at most, of this size at most, decimal arithmetic cannot overflow.</summary>
    private const long Most = 1_000_000_000_000_000_000;

    public static RangeValues? Read(string name, MappingNode mapping, DiagnosticBag diagnostics)
    {
        var before = diagnostics.Count;
        if (!mapping.Members.Any(member => SweepSchemas.Range.Has(member.Name)))
        {
            diagnostics.Add(
                mapping.Location,
                $"{name}: a mapping here is a range, {Forms}; a value that is a mapping is wrapped in a list: [{{ … }}]"
            );
            return null;
        }

        var section = Section.Read(mapping, SweepSchemas.Range, diagnostics, name)!;
        var (from, to, until) = (Decimal(section, "from"), Decimal(section, "to"), Decimal(section, "until"));
        var step = Decimal(section, "step");
        var count = section.WholeNumber("count", 1);
        var scale = section.Scalar("scale");
        if (scale is not null && scale.Text is not ("log" or "linear"))
        {
            section.Report("scale", $"\"{scale.Text}\" is not a scale; write log, or leave it out");
        }

        if (diagnostics.Count > before)
        {
            return null;
        }

        var wants = (from, to, until, step, count) switch
        {
            (not null, not null, null, not null, null) or (not null, null, not null, not null, null) => scale?.Text
                != "log",
            (not null, not null, null, null, not null) => true,
            _ => false,
        };
        if (!wants)
        {
            diagnostics.Add(mapping.Location, $"{name}: a range is {Forms}");
            return null;
        }

        return count is { } points
            ? Spaced(section, points, (from!.Value, to!.Value), scale?.Text == "log")
            : Stepped(name, section, from!.Value, to, until, step!.Value, diagnostics);
    }

    private static RangeValues? Stepped(
        string name,
        Section section,
        decimal from,
        decimal? to,
        decimal? until,
        decimal step,
        DiagnosticBag diagnostics
    )
    {
        var end = to ?? until!.Value;
        if (step == 0)
        {
            section.Report("step", "a step of zero never arrives");
            return null;
        }

        if (Math.Sign(end - from) * Math.Sign(step) < 0)
        {
            section.Report(
                "step",
                $"from {from} to {end} wants a step {(end > from ? "above" : "below")} zero, and this is {step}"
            );
            return null;
        }

        if (Math.Abs((double)(end - from) / (double)step) > Most)
        {
            section.Report("step", "it makes more values than can be counted");
            return null;
        }

        var steps = Math.Abs((end - from) / step);
        var whole = decimal.Truncate(steps);
        var count = (long)whole + (until is not null && whole == steps ? 0 : 1);
        if (count == 0)
        {
            section.Report("until", "it is where the range begins, so there is no value before it");
            return null;
        }

        if (to is { } last && whole != steps)
        {
            diagnostics.Warn(
                section.LocationOf("to"),
                $"{name}: no step lands on {last}: the last value is {from + (whole * step)}"
            );
        }

        return RangeValues.Steps(section.Scalar("from")!.Json, step, count, section.Scalar("to")?.Json);
    }

    private static RangeValues? Spaced(Section section, int count, (decimal From, decimal To) ends, bool isLogarithmic)
    {
        var (from, to) = ends;
        if (count == 1 && from != to)
        {
            section.Report("count", "one value cannot be at both ends; write at least 2");
            return null;
        }

        if (isLogarithmic && (from == 0 || to == 0 || Math.Sign(from) != Math.Sign(to)))
        {
            section.Report("scale", "a logarithmic range has both ends above zero, or both below");
            return null;
        }

        var (first, last) = (section.Scalar("from")!.Json, section.Scalar("to")!.Json);
        return isLogarithmic ? RangeValues.Logarithmic(first, last, count) : RangeValues.Even(first, last, count);
    }

    private static decimal? Decimal(Section section, string key)
    {
        if (section.Scalar(key) is not { } scalar)
        {
            return null;
        }

        if (scalar.Kind != ScalarKind.Number)
        {
            section.Report(key, $"{scalar.Description} is not a number");
            return null;
        }

        if (
            decimal.TryParse(scalar.Json, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) <= Most
        )
        {
            return number;
        }

        section.Report(key, $"{scalar.Text} is beyond what a range counts with (18 digits before the point)");
        return null;
    }
}
