using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>Where a batch stands, as the journal and its claim tell: also while another process drives it.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="CountByState">How many runs stand where; <c>pending</c> (in a batch that was called off <c>cancelled</c>) includes those that have not begun.</param>
/// <param name="Holder">Who drives it now; null where nobody does.</param>
internal sealed record BatchStatus(
    BatchRecord Batch,
    IReadOnlyDictionary<string, long> CountByState,
    ClaimHolder? Holder
)
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

    public static BatchStatus Of(BatchRecord batch, IJournalReader reader, Workspace workspace)
    {
        var counts = new Dictionary<string, long>(reader.CountByState(batch.Number), StringComparer.Ordinal);
        if (batch.RunCount - counts.Values.Sum() is > 0 and var waiting)
        {
            var state = batch.End == BatchEnd.Cancelled ? "cancelled" : "pending";
            counts[state] = counts.GetValueOrDefault(state) + waiting;
        }

        return new BatchStatus(batch, counts, BatchClaim.HolderOf(workspace, batch.Id));
    }

    public long Count(string state) => CountByState.GetValueOrDefault(state);

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

        foreach (var state in new[] { "completed", "failed", "cancelled", "pending" })
        {
            writer.WriteNumber(state, Count(state));
        }

        writer.WriteStartObject("byState");
        foreach (var (state, count) in CountByState)
        {
            writer.WriteNumber(state, count);
        }

        writer.WriteEndObject();
        writer.WriteString("startedAt", Batch.StartedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteString("endedAt", Batch.EndedAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
    }
}
