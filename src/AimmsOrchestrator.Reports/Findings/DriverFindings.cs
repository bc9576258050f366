using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Findings;

/// <summary>Which parameters a result depends on, and how much: only what chance would hardly bring about.</summary>
internal sealed class DriverFindings
{
    private const double Significant = 0.01;
    private const double Least = 0.02;
    private const double LeastTogether = 0.05;
    private const double Rounding = 1e-9;
    private const int MostNamed = 3;
    private const int MostAlike = 5;
    private const int FewestSteps = 4;
    private const int MostRanges = 10;

    private readonly FindingContext _context;
    private readonly string _result;
    private readonly double[] _values;

    private DriverFindings(FindingContext context, ResultStatistics result)
    {
        _context = context;
        _result = result.Result.Name;
        _values = ChartSubject.OfResult(context.Frame, context.Design, result.Result, new ChartNames()).Values;
    }

    public static Finding? Of(FindingContext context, ResultStatistics result)
    {
        if (result.Spread.IsConstant)
        {
            return null;
        }

        var drivers = new DriverFindings(context, result);
        return context.Design.Kind switch
        {
            DesignKind.Point => null,
            DesignKind.OneAtATime => drivers.OneAtATime(),
            DesignKind.OneParameter when !context.Design.IsRandom => drivers.OneParameter(),
            _ => drivers.Several(),
        };
    }

    /// <summary>The parameters that move the result most from its base.</summary>
    private Finding? OneAtATime()
    {
        if (_context.Charts.OfType<TornadoChart>().FirstOrDefault(c => c.Subject == _result) is not { } tornado)
        {
            return null;
        }

        var bars = tornado.Bars.Where(IsMoving).ToList();
        if (bars.Count == 0)
        {
            return null;
        }

        var unknown = _context
            .Design.Parameters.Select(parameter => parameter.Name)
            .Except(tornado.Bars.Select(bar => bar.Parameter), StringComparer.Ordinal)
            .ToList();
        var still = tornado.Bars.Where(bar => !IsMoving(bar)).Select(bar => bar.Parameter).ToList();
        var rest = still.Count switch
        {
            0 => "",
            <= MostNamed => $"; {Wording.List(still)} {(still.Count == 1 ? "does" : "do")} not move it",
            _ => $"; {still.Count} of {_context.Design.Parameters.Count} parameters do not move it",
        };
        var open = unknown.Count switch
        {
            0 => "",
            <= MostNamed => $"; {Wording.List(unknown)} {(unknown.Count == 1 ? "has" : "have")} no run with a value",
            _ => $"; {unknown.Count} of {_context.Design.Parameters.Count} parameters have no run with a value",
        };
        // One number of digits, so that the base has the same text wherever the sentence names it.
        var digits = bars.Take(MostNamed).Max(bar => Wording.DigitsOf(bar.Low, bar.High));
        return new Finding(
            FindingKind.Driver,
            $"{_result}, {Wording.Number(tornado.Base, digits)} at the base, moves {Moves(bars, unknown.Count == 0, digits)}{rest}{open}.",
            tornado.Id
        );
    }

    /// <summary>Whether a parameter moves the result by more than rounding errors.</summary>
    private static bool IsMoving(TornadoBar bar) => !Spread.AreSame(bar.Low, bar.High);

    /// <param name="bars">The parameters that move the result.</param>
    /// <param name="isWhole">Whether it is known of all parameters.</param>
    /// <param name="digits">Of the result's values.</param>
    private static string Moves(List<TornadoBar> bars, bool isWhole, int digits)
    {
        var (first, named) = (bars[0], bars.Take(MostNamed));
        if (bars.Count > 1 && bars.TrueForAll(IsAsFirst))
        {
            var names =
                bars.Count <= MostAlike
                    ? Wording.List([.. bars.Select(bar => bar.Parameter)])
                    : $"{bars.Count} parameters";
            return $"equally with {names}: between {Wording.Number(first.Low, digits)} and {Wording.Number(first.High, digits)}";
        }

        var words = named.Select(bar =>
            $"{bar.Parameter} (from {Wording.Number(bar.Low, digits)} at {bar.LowAt} to {Wording.Number(bar.High, digits)} at {bar.HighAt})"
        );
        var most =
            bars.Count > 1 ? "most "
            : isWhole ? "only "
            : "";
        return $"{most}with {Wording.List([.. words])}";

        bool IsAsFirst(TornadoBar bar) => Spread.AreSame(bar.Low, first.Low) && Spread.AreSame(bar.High, first.High);
    }

    /// <summary>Whether the result rises or falls with every step, from one value that has it to the next.</summary>
    private Finding? OneParameter()
    {
        var parameter = _context.Design.Parameters[0];
        var classes = Classes.Of(parameter.Levels, int.MaxValue);
        var means = parameter.Levels.AreNumbers ? MainEffect.Of(classes, _values) : [];
        var digits = means.Count == 0 ? 0 : Wording.DigitsOf(means[0].Mean, means[^1].Mean);
        return means.Count >= FewestSteps && Trend(means) is { } word
            ? new Finding(
                FindingKind.Driver,
                $"{_result} {word} with every step of {parameter.Name}: from {At(means[0])} to {At(means[^1])}.",
                _context.ChartOf(_result)
            )
            : null;

        string At(ClassMean mean) => $"{Wording.Number(mean.Mean, digits)} at {classes.Label(mean.Class)}";
    }

    private Finding? Several()
    {
        var parameters = _context.Design.Parameters;
        var effects = new DrawnEffects(_context.Design.Draws, _values);
        var ranked = effects.Alone(parameters, []).Select(e => e.Parameters[0]).ToList();
        var together = effects.Together(ranked);
        var pairs = together
            .Where(e => e.P <= Significant / Math.Max(1, together.Count) && e.Share >= LeastTogether)
            .ToList();
        var most = Significant / Math.Max(1, parameters.Count);
        var clear = effects.Alone(parameters, pairs).Where(e => e.P <= most && e.Share >= Least).ToList();
        if (clear.Count == 0 && pairs.Count == 0)
        {
            return null;
        }

        var sentences = new List<string>();
        if (clear.Count > 0)
        {
            var first = clear[0].Parameters[0];
            var others = clear
                .Skip(1)
                .Take(MostNamed - 1)
                .Select(e => $"{e.Parameters[0].Name} {Wording.Percent(ShareOf(e))}");
            var rest = Wording.List([.. others]);
            sentences.Add(
                $"{first.Name} explains {Wording.Percent(ShareOf(clear[0]))} of how {_result} varies{Direction(first)}{(rest.Length > 0 ? $"; {rest}" : "")}"
            );
        }

        if (clear.Sum(ShareOf) > 1 + Rounding)
        {
            sentences[0] += " (the shares overlap: the parameters of this sample are not quite independent)";
        }

        if (pairs.Count > 0)
        {
            var (one, other) = (pairs[0].Parameters[0].Name, pairs[0].Parameters[1].Name);
            var more = clear.Count > 0 ? "explain a further " : "explain ";
            var what = clear.Count > 0 ? "" : $" of how {_result} varies, though neither does alone";
            sentences.Add($"{one} and {other} together {more}{Wording.Percent(pairs[0].Share)}{what}");
        }

        return new Finding(
            FindingKind.Driver,
            $"{string.Join("; ", sentences)}.",
            _context.ChartOf(_result, "sensitivity", "main-effects")
        );
    }

    /// <summary>The share that the chart of drivers shows, so that a reader finds the sentence's figure there.</summary>
    private double ShareOf(Effect effect) =>
        _context
            .Charts.OfType<BarChart>()
            .FirstOrDefault(chart => chart.IsShare && chart.Subject == _result)
            ?.Bars.FirstOrDefault(bar => bar.Name == effect.Parameters[0].Name)
            ?.Value
        ?? effect.Share;

    /// <summary>Whether the mean rises or falls with each of the parameter's values, or ranges of them.</summary>
    private string Direction(FrameColumn parameter)
    {
        var classes = Classes.Of(parameter.Levels, MostRanges);
        var word = parameter.Levels.AreNumbers ? Trend(MainEffect.Of(classes, _values)) : null;
        return word is null ? "" : $" (it {word} with it)";
    }

    /// <summary>"rises" or "falls" where the means do so from each class to the next; null otherwise.</summary>
    private static string? Trend(List<ClassMean> means)
    {
        var steps = means.Zip(means.Skip(1), (a, b) => Spread.AreSame(a.Mean, b.Mean) ? 0 : b.Mean - a.Mean).ToList();
        return steps.Count == 0 ? null
            : steps.TrueForAll(s => s > 0) ? "rises"
            : steps.TrueForAll(s => s < 0) ? "falls"
            : null;
    }
}
