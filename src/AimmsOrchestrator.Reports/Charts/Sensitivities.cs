using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>Which parameters explain the variance of one result.</summary>
internal sealed class Sensitivities(ChartSubject subject)
{
    /// <summary>The parameters by their sensitivity, the greatest first; empty if the result does not vary.</summary>
    public IReadOnlyList<(FrameColumn Parameter, Sensitivity Sensitivity)> Ranking()
    {
        var isGrid = subject.Design.Kind is DesignKind.Grid or DesignKind.LargeGrid;
        var isExact = isGrid && Balance.IsFullOnce(subject.Design.Parameters, subject.Rows);
        var ofDraws = subject.Design.Draws.Average(subject.Values);
        return
        [
            .. subject
                .Design.Parameters.Select(p => (p, One(p)))
                .Where(p => p.Item2 is not null)
                .Select(p => (p.p, p.Item2!.Value))
                .OrderByDescending(p => p.Value.Index),
        ];

        Sensitivity? One(FrameColumn column)
        {
            var isDrawn = subject.Design.Draws.AreOver(column);
            var isDividing = subject.Design.Draws.HaveRepeats && !isDrawn;
            var draws = isDividing ? subject.Design.Draws.Average(subject.Values, column) : ofDraws;
            var isOfGrid = isGrid && !isDrawn;
            // Ranges of numbers approximate a curve; texts that share a class have nothing in common.
            var isWhole = isOfGrid || !column.Levels.AreNumbers;
            if (!isOfGrid && isWhole && (column.Levels.Count > draws.Rows.Length / 2 || column.HasOtherTexts))
            {
                return null;
            }

            var classes = Classes.Of(column.Levels, isWhole ? int.MaxValue : FirstOrder.ClassesFor(draws.Rows.Length));
            return isExact && isOfGrid
                ? FirstOrder.OfGrid(classes, subject.Values)
                : FirstOrder.OfSample(classes, draws);
        }
    }

    /// <summary>How much of the result's variance each parameter explains alone.</summary>
    public BarChart Draw(IReadOnlyList<(FrameColumn Parameter, Sensitivity Sensitivity)> ranking) =>
        new()
        {
            Id = subject.Names.Of(subject.Name, "sensitivity"),
            Title = $"What drives {subject.Name}",
            Note =
                $"How much of the variation of {subject.Name} each parameter explains alone"
                + (
                    !AreIndependent(ranking)
                        ? ". The parameters do not vary independently here, so their shares may overlap."
                    : ranking.Sum(r => r.Sensitivity.Index) > 1
                        ? ". The shares overlap: the parameters of this sample are not quite independent."
                    : $"; the rest up to 100 % comes from parameters acting together{FromReplicates()}."
                ),
            Method =
                "The shares are first-order indices of the variance (Sobol’), from the means of classes."
                + (ranking.Any(r => r.Sensitivity.HalfWidth is not null) ? " Whiskers: 95 % confidence." : ""),
            Value = $"share of the variation of {subject.Name}",
            IsShare = true,
            Bars = [.. ranking.Select(r => new Bar(r.Parameter.Name, r.Sensitivity.Index, r.Sensitivity.HalfWidth))],
        };

    /// <summary>What the replicates of a point differ by comes from no parameter that spans the sweep.</summary>
    private string FromReplicates() =>
        subject.Design.Replicates.Count > 0
            ? $" and from {string.Join(" and ", subject.Design.Replicates.Select(r => r.Name))}"
            : "";

    private bool AreIndependent(IReadOnlyList<(FrameColumn Parameter, Sensitivity Sensitivity)> ranking) =>
        subject.Design.Kind switch
        {
            DesignKind.Grid or DesignKind.LargeGrid => Balance.IsFull(subject.Design.Parameters, subject.Rows),
            DesignKind.Sample => !Balance.AreDependent(
                [.. ranking.Select(r => r.Parameter)],
                subject.Rows,
                subject.Design.Draws
            ),
            _ => false,
        };
}
