namespace AimmsOrchestrator.Domain.Batches;

/// <summary>Why a batch stops before its last run.</summary>
/// <param name="End">The sort of end.</param>
/// <param name="Reason">One line for a person.</param>
public sealed record BatchStop(BatchEnd End, string Reason)
{
    /// <summary>An actor that the batch cannot do without has failed.</summary>
    /// <param name="role">Which one, such as 'journal'.</param>
    /// <param name="message">The message of its exception.</param>
    public static BatchStop Bug(string role, string message) =>
        new(BatchEnd.Bug, $"a bug in this program: the {role} actor failed: {message}");
}
