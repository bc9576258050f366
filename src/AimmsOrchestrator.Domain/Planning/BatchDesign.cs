using System.Text.Json;

namespace AimmsOrchestrator.Domain.Planning;

/// <summary>How a scenario lays its runs out in the space of the parameters.</summary>
public enum DesignForm
{
    /// <summary>Every combination of the parameters' values, except those that the scenario drops.</summary>
    Grid,

    /// <summary>A base point, and points that differ from it in one parameter each.</summary>
    OneAtATime,

    /// <summary>Points that are drawn from distributions.</summary>
    Sample,

    /// <summary>Points that are written out (<c>table</c>, <c>runs</c>, <c>zip</c>) or joined so that no other form fits: what they make must be inferred.</summary>
    Listed,
}

/// <summary>What a scenario states about its runs as a whole, kept with the batch so that reports need not infer it.</summary>
public sealed record BatchDesign
{
    public required DesignForm Form { get; init; }

    /// <summary>The parameters that span the design, in the scenario's order; for <see cref="DesignForm.Listed"/> all that are given values.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>
    /// The parameters whose values are drawn (<c>sample</c>): the others span a design beside the draws. Null where none is, and for
    /// batches of older versions, which do not state them.
    /// </summary>
    public IReadOnlyList<string>? Sampled { get; init; }

    /// <summary>The values of the base point, by parameter; empty unless the form is <see cref="DesignForm.OneAtATime"/>.</summary>
    public IReadOnlyDictionary<string, JsonElement> BasePoint { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The parameters that only number the replicates of a point.</summary>
    public IReadOnlyList<string> Replicates { get; init; } = [];

    /// <summary>The parameters that are derived from others wherever they are defined: no run differs in one of them alone.</summary>
    public IReadOnlyList<string> Derived { get; init; } = [];

    /// <summary>The parameter values of the run that reports compare others with; null for none.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Baseline { get; init; }
}
