using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Designs;

/// <summary>How a sweep's runs lie in the space of its parameters.</summary>
public enum DesignKind
{
    /// <summary>No parameter varies, but for the number of a repeat.</summary>
    Point,

    /// <summary>One parameter varies, or several in step.</summary>
    OneParameter,

    /// <summary>Most pairs of the values of two parameters.</summary>
    Grid,

    /// <summary>Most combinations of the values of three parameters or more.</summary>
    LargeGrid,

    /// <summary>A base run, and runs that differ from it in one parameter each.</summary>
    OneAtATime,

    /// <summary>Points all over the space, hardly a value twice.</summary>
    Sample,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>A sweep's design, as its runs show it.</summary>
/// <param name="Kind">The sort.</param>
/// <param name="Parameters">The parameters that span it, in their order: neither constant, nor given by the others, nor repeats.</param>
/// <param name="Repeats">Parameters that only number repeats, by their name: results are averaged over them.</param>
public sealed record SweepDesign(
    DesignKind Kind,
    IReadOnlyList<FrameColumn> Parameters,
    IReadOnlyList<FrameColumn> Repeats
);
