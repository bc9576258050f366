namespace AimmsOrchestrator.Domain.Batches;

/// <summary>Why a batch stops before its last run.</summary>
/// <param name="End">The sort of end.</param>
/// <param name="Reason">One line for a person.</param>
public sealed record BatchStop(BatchEnd End, string Reason)
{
    /// <summary>What an actor threw, for a person who wants to know where; null if that is not why, or nothing is known of it.</summary>
    public Exception? Bug { get; init; }

    /// <summary>An actor that the batch cannot do without has failed.</summary>
    /// <param name="role">Which one, such as 'journal'.</param>
    /// <param name="bug">What it threw; null if it has stopped without a word.</param>
    public static BatchStop OfBug(string role, Exception? bug) =>
        new(
            BatchEnd.Bug,
            $"a bug in this program: the {role} actor failed: {bug?.GetBaseException().Message ?? "it has stopped"}"
        )
        {
            Bug = bug,
        };
}
