using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>How a sweep's points lie, as its blocks state it.</summary>
/// <param name="Form">Grid, one at a time, sample or list.</param>
/// <param name="Slots">The parameters that span it: neither derived nor the number of a replicate.</param>
internal sealed record SweepShape(DesignForm Form, IReadOnlyList<int> Slots)
{
    /// <summary>The base point's values; empty unless the form is one at a time.</summary>
    public IReadOnlyList<(int Slot, Value Value)> BasePoint { get; init; } = [];

    /// <summary>
    /// The shape of a product. A factor of one point changes nothing; a sample stays one beside a grid; what else is
    /// multiplied has no form of its own.
    /// </summary>
    public static SweepShape OfProduct(IReadOnlyList<Sweep> factors)
    {
        var varying = factors.Where(factor => factor.Slots.Any(factor.Varies)).Select(factor => factor.Shape).ToList();
        if (varying is [var only])
        {
            return only;
        }

        var form =
            varying.TrueForAll(shape => shape.Form == DesignForm.Grid) ? DesignForm.Grid
            : varying.TrueForAll(shape => shape.Form is DesignForm.Grid or DesignForm.Sample) ? DesignForm.Sample
            : DesignForm.Listed;
        return new SweepShape(form, [.. varying.SelectMany(shape => shape.Slots)]);
    }
}
