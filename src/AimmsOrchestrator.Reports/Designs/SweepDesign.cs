using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Designs;

/// <summary>A sweep's design: as its scenario states it, else as its runs show it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Parameters">The parameters that span it, in the scenario's order: neither constant, nor derived, nor replicates.</param>
/// <param name="Replicates">Parameters that only number the replicates of a point: results are averaged over them.</param>
internal sealed record SweepDesign(
    DesignKind Kind,
    IReadOnlyList<FrameColumn> Parameters,
    IReadOnlyList<FrameColumn> Replicates
)
{
    /// <summary>A grid of which fewer combinations are runs is drawn as a scattered sample.</summary>
    private const double FullEnough = 0.25;

    /// <summary>Whether the values are drawn at random: then the distribution of the results is of interest too.</summary>
    public bool IsRandom { get; init; }

    /// <summary>The base point of a design that moves one parameter at a time; null for any other.</summary>
    public BasePoint? Base { get; init; }

    /// <summary>Which runs are one draw of a sample: what is said about chance counts draws, not runs.</summary>
    public IndependentDraws Draws { get; init; } = IndependentDraws.OfEachRun;

    /// <summary>The design of a batch.</summary>
    /// <param name="batch">What its scenario states.</param>
    /// <param name="frame">Its runs.</param>
    public static SweepDesign Find(BatchRecord batch, RunFrame frame)
    {
        var design = batch.Design is { Form: not DesignForm.Listed } stated
            ? Of(stated, frame)
            : DesignRecognition.Infer(frame, batch.Design?.Replicates ?? [], batch.Design?.Derived ?? []);
        return design with { Draws = DrawsOf(design, batch.Design?.Sampled ?? [], frame) };
    }

    private static SweepDesign Of(BatchDesign stated, RunFrame frame)
    {
        var (parameters, replicates) = (Varying(frame, stated.Parameters), Varying(frame, stated.Replicates));
        var points = replicates.Aggregate((double)frame.Count, (rows, replicate) => rows / replicate.Levels.Count);
        return new SweepDesign(KindOf(stated.Form, parameters, points), parameters, replicates)
        {
            IsRandom = stated.Form == DesignForm.Sample,
            Base = stated.Form == DesignForm.OneAtATime ? BasePoint.Of(parameters, stated.BasePoint) : null,
        };
    }

    private static IndependentDraws DrawsOf(SweepDesign design, IReadOnlyList<string> stated, RunFrame frame)
    {
        var isSample = design.IsRandom || design.Kind == DesignKind.Sample;
        IReadOnlyList<FrameColumn> sampled =
            stated.Count > 0 ? Varying(frame, stated)
            : isSample ? DesignRecognition.Sampled(frame, design.Parameters)
            : [];
        return IndependentDraws.Of(
            frame.Count,
            sampled,
            [.. design.Parameters.Except(sampled), .. design.Replicates.Except(sampled)]
        );
    }

    private static List<FrameColumn> Varying(RunFrame frame, IReadOnlyList<string> names) =>
        [.. frame.Parameters.Where(p => p.Levels.Count > 1 && names.Contains(p.Name, StringComparer.Ordinal))];

    private static DesignKind KindOf(DesignForm form, List<FrameColumn> parameters, double points) =>
        (form, parameters.Count) switch
        {
            (_, 0) => DesignKind.Point,
            (DesignForm.OneAtATime, > 1) => DesignKind.OneAtATime,
            (_, 1) => DesignKind.OneParameter,
            (DesignForm.Sample, _) => DesignKind.Sample,
            _ when parameters.Aggregate(FullEnough, (cells, p) => cells * p.Levels.Count) > points => DesignKind.Other,
            (_, 2) => DesignKind.Grid,
            _ => DesignKind.LargeGrid,
        };
}
