using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>A parameter that is varied while all others stay at the base.</summary>
/// <param name="Slot">The parameter.</param>
/// <param name="Values">The values to try.</param>
/// <param name="Skipped">The indices of the base's own value among them, ascending: the base is run only once.</param>
internal sealed record Variation(int Slot, ValueList Values, IReadOnlyList<long> Skipped)
{
    public long Count => Values.Count - Skipped.Count;

    public Value At(long index)
    {
        foreach (var skipped in Skipped)
        {
            index += skipped <= index ? 1 : 0;
        }

        return Values[index];
    }
}

/// <summary>One at a time around a base point: the base itself first, once, then each parameter through its values.</summary>
internal sealed class OatSweep(IReadOnlyList<(int Slot, Value Value)> basis, IReadOnlyList<Variation> variations)
    : Sweep
{
    public override long Size { get; } = 1 + variations.Sum(variation => variation.Count);

    public override IReadOnlyList<int> Slots { get; } = [.. basis.Select(pair => pair.Slot)];

    public override SweepShape Shape =>
        new(DesignForm.OneAtATime, [.. variations.Select(variation => variation.Slot)]) { BasePoint = basis };

    public override bool Varies(int slot) => variations.Any(variation => variation.Slot == slot && variation.Count > 0);

    public override bool Fill(long position, Point point)
    {
        foreach (var (slot, value) in basis)
        {
            point.Values[slot] = value;
        }

        position--;
        foreach (var variation in variations)
        {
            if (position < 0)
            {
                break;
            }

            if (position < variation.Count)
            {
                point.Values[variation.Slot] = variation.At(position);
            }

            position -= variation.Count;
        }

        return true;
    }
}
