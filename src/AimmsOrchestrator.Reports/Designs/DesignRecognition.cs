using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Designs;

/// <summary>
/// Infers a sweep's design from its runs, where the scenario lists its points or the batch was kept without a design.
/// </summary>
internal static class DesignRecognition
{
    private const double FullEnough = 0.25;
    private const int FewestOfSample = 8;
    private const double UnevenSteps = 3;
    private const int MostRowsOfOneAtATime = 10_000;
    private const int MostCrossed = 100;
    private const long MostCodes = 50_000_000;

    private static readonly HashSet<string> ReplicateNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "seed",
        "repeat",
        "repeats",
        "replicate",
        "replication",
        "rep",
    };

    /// <param name="frame">The runs.</param>
    /// <param name="replicates">Parameters that are known to number replicates; others are found by their usual names.</param>
    /// <param name="derived">Parameters that are known to be derived from others.</param>
    public static SweepDesign Infer(RunFrame frame, IReadOnlyList<string> replicates, IReadOnlyList<string> derived)
    {
        var varying = frame
            .Parameters.Where(p => p.Levels.Count > 1 && !derived.Contains(p.Name, StringComparer.Ordinal))
            .ToList();
        var numbering = varying
            .Where(p => replicates.Contains(p.Name, StringComparer.Ordinal) || ReplicateNames.Contains(p.Name))
            .ToList();
        var free = WithoutThoseInStep(WithoutIdentifiers(frame.Count, [.. varying.Except(numbering)]));
        var kind = KindOf(frame.Count, free);
        if (
            MayHaveDerived(kind, frame.Count, free)
            && WithoutDerived(frame.Count, free) is { } independent
            && KindOf(frame.Count, independent) is var simpler
            && (kind != DesignKind.Sample || simpler == DesignKind.OneAtATime)
        )
        {
            (free, kind) = (independent, simpler);
        }

        return new SweepDesign(kind, free, numbering)
        {
            IsRandom = free is [var only] && IsRandom(frame, only),
            Base = kind == DesignKind.OneAtATime ? BasePoint.Infer(free) : null,
        };
    }

    /// <summary>
    /// The parameters of a sample that are drawn, where its batch does not state them: all but those of which each value occurs
    /// with every point of the others. Where that holds for each parameter they have a few values, and all are drawn.
    /// </summary>
    /// <param name="frame">The runs.</param>
    /// <param name="parameters">The parameters that span the sample.</param>
    /// <param name="mostCodes">
    /// How many values are compared at most: of more, all parameters count as drawn. The default takes a few seconds.
    /// </param>
    public static IReadOnlyList<FrameColumn> Sampled(
        RunFrame frame,
        IReadOnlyList<FrameColumn> parameters,
        long mostCodes = MostCodes
    )
    {
        List<FrameColumn> few = [.. parameters.Where(p => p.Levels.Count <= MostCrossed)];
        if (parameters.Any(p => p.Levels.Count == frame.Count) || (long)frame.Count * few.Count * few.Count > mostCodes)
        {
            return parameters;
        }

        // What has many values is drawn, and its combinations are the same whichever of the others is left out.
        var others = RowCombinations.Of(frame.Count, [.. parameters.Except(few)]);
        var points = others.With(few).Count;
        List<FrameColumn> drawn = [.. parameters.Where(p => !few.Contains(p) || !IsCrossed(p))];
        return drawn.Count > 0 ? drawn : parameters;

        bool IsCrossed(FrameColumn column) =>
            points % column.Levels.Count == 0
            && others.With([.. few.Where(p => p != column)]).Count == points / column.Levels.Count;
    }

    /// <summary>
    /// Leaves out texts that differ in every run, such as a customer's name: they identify the run, and where anything else
    /// varies, the results depend on that.
    /// </summary>
    private static List<FrameColumn> WithoutIdentifiers(int rows, List<FrameColumn> varying)
    {
        var others = varying.Where(p => p.Levels.AreNumbers || (p.Levels.Count < rows && !p.HasOtherTexts)).ToList();
        return others.Count > 0 ? others : varying;
    }

    /// <summary>
    /// Whether the values of a single parameter look drawn at random: few occur twice, and they are neither in order nor evenly
    /// spaced.
    /// </summary>
    private static bool IsRandom(RunFrame frame, FrameColumn only)
    {
        var levels = only.Levels;
        if (!levels.AreNumbers || levels.Count < FewestOfSample || levels.Count <= frame.Count / 2)
        {
            return false;
        }

        var steps = Enumerable.Range(1, levels.Count - 1).Select(i => levels.Number(i) - levels.Number(i - 1)).ToList();
        var (ups, downs) = (0, 0);
        for (var row = 1; row < frame.Count; row++)
        {
            ups += levels.OfRow[row] > levels.OfRow[row - 1] ? 1 : 0;
            downs += levels.OfRow[row] < levels.OfRow[row - 1] ? 1 : 0;
        }

        return steps.Max() > UnevenSteps * steps.Min() && ups > 0 && downs > 0;
    }

    /// <summary>A one-at-a-time design looks like a sample if a derived parameter moves with each other one; it has few runs.</summary>
    private static bool MayHaveDerived(DesignKind kind, int rows, List<FrameColumn> free) =>
        kind is DesignKind.Other or DesignKind.LargeGrid
        || (kind == DesignKind.Sample && rows <= MostRowsOfOneAtATime && free.Count(p => HasKnown(rows, p)) > 1);

    /// <summary>Whether half the runs share one value, as with a base point.</summary>
    private static bool HasKnown(int rows, FrameColumn column)
    {
        var counts = new int[column.Levels.Count];
        foreach (var level in column.Levels.OfRow)
        {
            if (level >= 0 && 2 * ++counts[level] >= rows)
            {
                return true;
            }
        }

        return false;
    }

    private static DesignKind KindOf(int rows, List<FrameColumn> free) =>
        free.Count switch
        {
            0 => DesignKind.Point,
            1 => DesignKind.OneParameter,
            _ when IsOneAtATime(rows, free) => DesignKind.OneAtATime,
            _ when IsGrid(rows, free) => free.Count == 2 ? DesignKind.Grid : DesignKind.LargeGrid,
            _ when IsSample(rows, free) => DesignKind.Sample,
            _ => DesignKind.Other,
        };

    /// <summary>Of parameters whose values correspond one to one and in order, only the first stays.</summary>
    private static List<FrameColumn> WithoutThoseInStep(List<FrameColumn> varying)
    {
        var free = new List<FrameColumn>();
        foreach (var column in varying)
        {
            if (!free.Exists(other => AreInStep(other.Levels, column.Levels)))
            {
                free.Add(column);
            }
        }

        return free;
    }

    private static bool AreInStep(Levels one, Levels other)
    {
        if (one.Count != other.Count)
        {
            return false;
        }

        var partner = new int[one.Count];
        Array.Fill(partner, -1);
        for (var row = 0; row < one.OfRow.Length; row++)
        {
            var (a, b) = (one.OfRow[row], other.OfRow[row]);
            if (a < 0 || b < 0 || (partner[a] >= 0 && partner[a] != b))
            {
                return false;
            }

            partner[a] = b;
        }

        // Any two columns of a random sample correspond one to one; columns in step also rise or fall together.
        var rises = Enumerable.Range(1, partner.Length - 1).All(i => partner[i] > partner[i - 1]);
        var falls = Enumerable.Range(1, partner.Length - 1).All(i => partner[i] < partner[i - 1]);
        return rises
            || falls
            || (!(one.AreNumbers && other.AreNumbers) && partner.Distinct().Count() == partner.Length);
    }

    private static bool IsOneAtATime(int rows, List<FrameColumn> free)
    {
        var start = BasePoint.Infer(free);
        var moved = new HashSet<int>();
        for (var row = 0; row < rows; row++)
        {
            if (start.Moved(row) is not { } parameter)
            {
                return false;
            }

            moved.Add(parameter);
        }

        // The base itself is a run, and more than one parameter moves.
        return moved.Count > 2 && moved.Contains(-1);
    }

    private static bool IsGrid(int rows, List<FrameColumn> free)
    {
        var cells = free.Aggregate(1.0, (product, p) => product * p.Levels.Count);
        if (cells * FullEnough > rows)
        {
            return false;
        }

        var combinations = Combinations(rows, free);
        return combinations >= cells * FullEnough && free.TrueForAll(p => combinations >= 1.5 * p.Levels.Count);
    }

    private static bool IsSample(int rows, List<FrameColumn> free)
    {
        var numeric = free.Where(p => p.Levels.AreNumbers).ToList();
        var combinedTexts = free.Except(numeric).Aggregate(1.0, (product, p) => product * p.Levels.Count);
        var distinct = numeric.Count(p => p.Levels.Count > rows / combinedTexts / 2);
        return rows >= FewestOfSample && 2 * distinct > numeric.Count;
    }

    /// <summary>The parameters that remain without those that the others determine, if they form a grid or a one-at-a-time design.</summary>
    private static List<FrameColumn>? WithoutDerived(int rows, List<FrameColumn> free)
    {
        var rest = free.ToList();
        var combinations = Combinations(rows, rest);
        while (rest.Count > 2)
        {
            var derived = rest.Where(p => Combinations(rows, [.. rest.Where(q => q != p)]) == combinations)
                .Reverse()
                .MaxBy(p => p.Levels.Count);
            if (derived is null || !rest.Remove(derived))
            {
                return null;
            }

            if (KindOf(rows, rest) is DesignKind.Grid or DesignKind.LargeGrid or DesignKind.OneAtATime)
            {
                return rest;
            }
        }

        return null;
    }

    /// <summary>The number of different combinations of values.</summary>
    private static int Combinations(int rows, List<FrameColumn> columns) => RowCombinations.Of(rows, columns).Count;
}
