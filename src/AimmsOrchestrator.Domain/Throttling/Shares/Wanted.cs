using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Domain.Throttling.Shares;

/// <summary>What a batch wants of its account.</summary>
/// <param name="Batch">Its number.</param>
/// <param name="Slots">How many slots it has a use for now, those that it holds included; 0 or more.</param>
/// <param name="Weight">More than 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Wanted(long Batch, int Slots, int Weight)
{
    /// <summary>How many slots its earlier shares were below its quota, on balance; negative where they were above. 0 by default.</summary>
    public double Missed { get; init; }
}

/// <summary>What a batch gets.</summary>
/// <param name="Slots">Whole slots.</param>
/// <param name="Quota">What it would get if slots could be divided.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FairShare(int Slots, double Quota);
