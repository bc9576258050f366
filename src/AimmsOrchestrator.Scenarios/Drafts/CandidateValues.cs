using System.Globalization;

namespace AimmsOrchestrator.Scenarios.Drafts;

/// <summary>Values around a number: five of them, a tenth apart, on round steps, with the number itself among them.</summary>
internal static class CandidateValues
{
    private const decimal Largest = 1_000_000_000_000m;
    private const decimal Smallest = 0.000_000_001m;

    /// <summary>As a range such as <c>{ from: 70, to: 110, step: 10 }</c>; as a list where no range suits.</summary>
    /// <param name="written">The number, as JSON.</param>
    public static string Around(string written)
    {
        if (
            !decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            || Math.Abs(value) > Largest
            || (value != 0 && Math.Abs(value) < Smallest)
            || value.Scale > 9
        )
        {
            return Factors(written);
        }

        if (value == 0)
        {
            return "[0, 1]";
        }

        var isWhole = decimal.IsInteger(value) && !written.Contains('.', StringComparison.Ordinal);
        var step = RoundStep(Math.Abs(value) / 10);
        step = isWhole ? Math.Max(1, decimal.Round(step)) : step;
        var from = value - (2 * step);

        // A range that passes zero seldom means anything to a model.
        from = Math.Sign(from) == Math.Sign(value) ? from : Math.Min(value, value - (4 * step * (value < 0 ? 1 : 0)));
        return $"{{ from: {Text(from)}, to: {Text(from + (4 * step))}, step: {Text(step)} }}";
    }

    /// <summary>One significant digit.</summary>
    private static decimal RoundStep(decimal step)
    {
        var unit = 1m;
        while (unit * 10 <= step)
        {
            unit *= 10;
        }

        while (unit > step)
        {
            unit /= 10;
        }

        return decimal.Round(step / unit) * unit;
    }

    /// <summary>Numbers beyond what a range counts with.</summary>
    private static string Factors(string written)
    {
        var value = double.Parse(written, CultureInfo.InvariantCulture);
        return $"[{Text(0.9 * value)}, {written}, {Text(1.1 * value)}]";
    }

    private static string Text(double value) =>
        double.IsFinite(value) ? value.ToString("G6", CultureInfo.InvariantCulture) : "0";

    private static string Text(decimal value) => value.ToString("0.#############", CultureInfo.InvariantCulture);
}
