namespace AimmsOrchestrator.Tests.Domain.Settlement.Model;

/// <summary>How much may go wrong on one path on which drivers are frozen and the batch is taken over.</summary>
/// <param name="Runs">Runs of the batch.</param>
/// <param name="Slots">The batch's <c>limits.concurrency</c>.</param>
/// <param name="Freezes">How often a driver is frozen, at most; with more than one it is, and thaws, only around what is written and sent.</param>
/// <param name="Losses">POSTs whose answer is lost while their driver runs, at most.</param>
/// <param name="Crawls">POSTs that take almost as long as a transfer may, at most.</param>
internal sealed record TakeOverBounds(int Runs, int Slots, int Freezes, int Losses, int Crawls)
{
    /// <summary>Whether a submit asks its lease before it leaves.</summary>
    public bool IsLeased { get; init; } = true;

    /// <summary>Whether a sign of life also reads whether the batch is still the driver's.</summary>
    public bool ReadsClaims { get; init; } = true;

    /// <summary>Whether a successor waits for POSTs of a driver that may live.</summary>
    public bool Waits { get; init; } = true;

    /// <summary>Whether the clocks of the drivers' machines differ.</summary>
    public bool Clocks { get; init; }
}
