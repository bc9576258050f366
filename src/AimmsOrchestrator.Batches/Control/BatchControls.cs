using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Reading.Settings;

namespace AimmsOrchestrator.Batches.Control;

/// <summary>
/// Pauses a batch, lets it continue and changes its limits, from any process: what is wanted is written to the journal, where
/// the process that drives the batch reads it within a second. It holds until it is changed, through crashes and resumes.
/// </summary>
/// <param name="workspace">Where the batch lives.</param>
/// <param name="time">The clock.</param>
public sealed class BatchControls(IWorkspace workspace, TimeProvider time)
{
    /// <summary>Where errors in a change come from.</summary>
    private const string Source = "set";

    /// <summary>No other submit is made from now on; tasks under way are polled, and their results retrieved.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="author">Who wants it, for people.</param>
    public Task<Result<ControlledBatch>> PauseAsync(BatchRecord batch, string author) =>
        PauseAsync(batch, isPaused: true, author);

    /// <summary>Submits are made again.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="author">Who wants it, for people.</param>
    public Task<Result<ControlledBatch>> ContinueAsync(BatchRecord batch, string author) =>
        PauseAsync(batch, isPaused: false, author);

    /// <summary>Changes limits: all of them, or none where one is wrong.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="changes">Names as in <see cref="ControlNames.Settable"/>, and values as in a scenario.</param>
    /// <param name="author">Who wants it, for people.</param>
    public async Task<Result<ControlledBatch>> SetAsync(
        BatchRecord batch,
        IReadOnlyList<KeyValuePair<string, string>> changes,
        string author
    )
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(changes);
        var twice = changes
            .CountBy(change => change.Key, StringComparer.Ordinal)
            .Where(named => named.Value > 1)
            .Select(named => new Diagnostic(Source, 0, 0, $"\"{named.Key}\" is given twice"));
        List<Diagnostic> errors = [.. ChangesOf(batch).Apply(new Limits(), changes, Source).Errors, .. twice];
        if (errors.Count > 0)
        {
            return new BatchProblem.InputBroken(errors);
        }

        var at = time.GetUtcNow();
        return await AppendAsync(
            batch,
            _ => [.. changes.Select(change => new ControlSetting(change.Key, change.Value.Trim(), at, author))]
        );
    }

    /// <summary>Within the ceilings of the profile that the batch began with.</summary>
    private LimitChanges ChangesOf(BatchRecord batch)
    {
        using var reader = workspace.OpenReader();
        return StoredScenarios.Load(batch, reader) is { } scenario
            ? new LimitChanges(scenario.Ceilings, scenario.Profile)
            : LimitChanges.Unbounded;
    }

    private Task<Result<ControlledBatch>> PauseAsync(BatchRecord batch, bool isPaused, string author) =>
        AppendAsync(
            batch,
            log => log.Pause is null != isPaused ? [] : [ControlLog.Pausing(isPaused, time.GetUtcNow(), author)]
        );

    private async Task<Result<ControlledBatch>> AppendAsync(
        BatchRecord batch,
        Func<ControlLog, IReadOnlyList<ControlSetting>> change
    )
    {
        using var reader = workspace.OpenReader();
        var now = reader.Find(batch.Id.Value) ?? batch;
        if (now.IsFinished)
        {
            return new BatchProblem.Over(now);
        }

        var settings = change(reader.Controls(now.Number));
        if (settings.Count > 0)
        {
            using var writer = workspace.OpenWriter();
            await writer.AppendAsync([new ControlsSet(now.Number, settings)]);
        }

        return new ControlledBatch(
            now,
            reader.Controls(now.Number),
            workspace.HolderOf(now.Id),
            HasChanged: settings.Count > 0
        );
    }
}
