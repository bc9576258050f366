namespace AimmsOrchestrator.Tests.Domain.Settlement.Model;

/// <summary>How much may go wrong on one path.</summary>
/// <param name="Runs">Runs of the batch.</param>
/// <param name="Unconfirmed">The batch's <c>limits.unconfirmed</c>.</param>
/// <param name="Losses">POSTs whose answer is lost, at most.</param>
/// <param name="Crashes">Deaths of the process, at most.</param>
/// <param name="ListFaults">Requests for the list that fail, at most.</param>
internal sealed record Bounds(int Runs, int Unconfirmed, int Losses, int Crashes, int ListFaults = 0)
{
    /// <summary>Which other client creates tasks of the same service.</summary>
    public Stranger Stranger { get; init; }

    /// <summary>
    /// Whether the clocks differ: that of the creation times, that of the <c>Date</c> header, and this machine's, which may
    /// be set between two processes.
    /// </summary>
    public bool Clocks { get; init; }

    /// <summary>Pages of the list that are under way for the whole settling time, at most.</summary>
    public int SlowPages { get; init; }

    /// <summary>How often the machine sleeps for an hour between an intent and its POST, at most.</summary>
    public int Sleeps { get; init; }

    /// <summary>POSTs whose answer arrives after the settling time, at most.</summary>
    public int LateAnswers { get; init; }
}
