using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>Where a batch stands, as the journal and its claim tell: also while another process drives it.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Begun">How many runs that have begun are in each state.</param>
/// <param name="Holder">Who drives it now; null where nobody does.</param>
internal sealed record BatchStatus(BatchRecord Batch, StateCounts Begun, ClaimHolder? Holder)
{
    /// <summary>
    /// One of <c>running</c>, <c>finished</c>, <c>cancelled</c>, <c>interrupted</c>, <c>refused</c> (by the service), <c>stopped</c> (too many
    /// runs failed, one of its stop rules held, or this program could not go on), <c>left</c> (its process died).
    /// </summary>
    public string State =>
        Holder is not null
            ? "running"
            : Batch.End switch
            {
                BatchEnd.AllRunsEnded => "finished",
                BatchEnd.Cancelled => "cancelled",
                BatchEnd.Interrupted => "interrupted",
                BatchEnd.ServiceRefused => "refused",
                BatchEnd.JournalLost
                or BatchEnd.FailureBudget
                or BatchEnd.Deadline
                or BatchEnd.StopRule
                or BatchEnd.Retried => "stopped",
                _ => "left",
            };

    /// <summary>In the order of the journal's rows, by phase and task state.</summary>
    private static readonly RunState[] JournalOrder =
    [
        RunState.Assigned,
        RunState.Queued,
        RunState.Running,
        RunState.Solving,
        RunState.Cancelled,
        RunState.Completed,
        RunState.Failed,
        RunState.Pending,
        RunState.Retrieving,
        RunState.Submitting,
        RunState.Unconfirmed,
    ];

    /// <summary>
    /// How many runs are in each state; those that have not begun are pending, or cancelled where the batch was.
    /// </summary>
    public StateCounts Counts { get; } =
        Begun.Plus(
            Batch.End == BatchEnd.Cancelled ? RunState.Cancelled : RunState.Pending,
            Math.Max(0, Batch.RunCount - Begun.Total ?? 0)
        );

    /// <summary>The states that have runs: those of the journal first, as scripts have always seen them.</summary>
    public IEnumerable<(string Word, long Count)> ByState =>
        JournalOrder
            .Where(state => Counts[state] > 0)
            .OrderByDescending(state => Begun[state] > 0)
            .Select(state => (state.Word(), Counts[state]));

    public static BatchStatus Of(BatchRecord batch, IJournalReader reader, Workspace workspace) =>
        new(batch, reader.CountByState(batch.Number), BatchClaim.HolderOf(workspace, batch.Id));

    /// <summary>Writes the standing as members of a JSON object, and the object round them.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteMembersTo(writer);
        writer.WriteEndObject();
    }

    /// <summary>Writes the standing as members of the JSON object that is open.</summary>
    public void WriteMembersTo(Utf8JsonWriter writer)
    {
        writer.WriteString("batch", Batch.Id.Value);
        writer.WriteString("scenario", Batch.Scenario);
        writer.WriteString("state", State);
        writer.WriteString("reason", Batch.Reason);
        if (Batch.RunCount is { } runs)
        {
            writer.WriteNumber("runs", runs);
        }
        else
        {
            writer.WriteNull("runs");
        }

        foreach (var state in new[] { RunState.Completed, RunState.Failed, RunState.Cancelled, RunState.Pending })
        {
            writer.WriteNumber(state.Word(), Counts[state]);
        }

        writer.WriteStartObject("byState");
        foreach (var (state, count) in ByState)
        {
            writer.WriteNumber(state, count);
        }

        writer.WriteEndObject();
        writer.WriteString("startedAt", Batch.StartedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteString("endedAt", Batch.EndedAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
    }
}
