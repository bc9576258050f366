using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Scenarios.Sampling;

namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>A parameter that is drawn.</summary>
internal sealed record DrawnParameter(int Slot, UnitSample Sample, Distribution Distribution);

/// <summary>Sampled points: each value depends on the parameter and the point's index alone.</summary>
internal sealed class SampleSweep(long count, IReadOnlyList<DrawnParameter> parameters) : Sweep
{
    public override long Size => count;

    public override IReadOnlyList<int> Slots { get; } = [.. parameters.Select(parameter => parameter.Slot)];

    public override SweepShape Shape => new(DesignForm.Sample, Slots) { Sampled = Slots };

    public override bool Varies(int slot) =>
        count > 1 && parameters.Any(parameter => parameter.Slot == slot && parameter.Distribution is not Constant);

    public override bool Fill(long position, Point point)
    {
        foreach (var (slot, sample, distribution) in parameters)
        {
            point.Values[slot] = distribution.At(sample[position]);
        }

        return true;
    }
}
