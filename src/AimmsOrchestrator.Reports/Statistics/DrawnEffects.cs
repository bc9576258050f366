using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Statistics;

/// <summary>
/// The <see cref="Effects"/> of a sample in which points may be run several times. A drawn parameter is tested over the draws,
/// each with the mean of its runs; a parameter that is not drawn over the draws and its own values, where all values share the
/// draws and are compared within each of them (randomized blocks, Fisher 1935).
/// </summary>
/// <param name="draws">Which runs are one draw.</param>
/// <param name="values">One number per row; NaN for a run that does not count.</param>
internal sealed class DrawnEffects(IndependentDraws draws, double[] values)
{
    private readonly Dictionary<(FrameColumn? One, FrameColumn? Other), Effects> _known = [];
    private double[]? _thinned;

    /// <summary>The parameters' effects, the greatest first.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="together">What pairs of them do together, which is not left unexplained.</param>
    public IReadOnlyList<Effect> Alone(IReadOnlyList<FrameColumn> parameters, IReadOnlyList<Effect> together)
    {
        if (!draws.HaveRepeats)
        {
            return Over([]).Alone(parameters, together);
        }

        List<FrameColumn> drawn = [.. parameters.Where(draws.AreOver)];
        var ofDraws = Over([]).Alone(drawn, [.. together.Where(e => e.Parameters.All(draws.AreOver))]);
        // The drawn parameter with the most values is the one that best distinguishes the draws.
        FrameColumn[] block = drawn.MaxBy(p => p.Levels.Count) is { } most ? [most] : [];
        return
        [
            .. ofDraws
                .Concat(parameters.Except(drawn).SelectMany(p => Over([p]).Alone([p, .. block], []).Where(IsOf(p))))
                .OrderByDescending(e => e.Share),
        ];

        static Func<Effect, bool> IsOf(FrameColumn parameter) => effect => effect.Parameters[0] == parameter;
    }

    /// <summary>What two parameters do together, the greatest first; of many parameters those that do most alone.</summary>
    public IReadOnlyList<Effect> Together(IReadOnlyList<FrameColumn> parameters)
    {
        if (!draws.HaveRepeats)
        {
            return Over([]).Together(parameters);
        }

        List<FrameColumn> used = [.. parameters.Take(Effects.MostPaired)];
        return
        [
            .. used.SelectMany(
                    (one, i) => used.Skip(i + 1).SelectMany(other => Over([one, other]).Together([one, other]))
                )
                .OrderByDescending(e => e.Share),
        ];
    }

    /// <summary>The effects over the runs that are averaged where those of some parameters are in question.</summary>
    private Effects Over(IReadOnlyList<FrameColumn> parameters)
    {
        // A draw has one value of each drawn parameter, which divides it no further.
        FrameColumn[] apart = [.. parameters.Where(p => !draws.AreOver(p))];
        var key = (apart.ElementAtOrDefault(0), apart.ElementAtOrDefault(1));
        if (!_known.TryGetValue(key, out var effects))
        {
            // The pairs of parameters that are not drawn are many, and each needs a walk over the runs.
            effects = new Effects(draws.Average(apart.Length > 1 ? Thinned() : values, apart));
            _known.Add(key, effects);
        }

        return effects;
    }

    private double[] Thinned() => _thinned ??= draws.Thinned(values, Effects.MostRows);
}
