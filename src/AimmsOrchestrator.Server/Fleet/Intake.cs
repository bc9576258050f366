using System.Collections.Concurrent;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Hosting;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Settings;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Server.Fleet;

/// <summary>A batch that was submitted.</summary>
/// <param name="Batch">Its id.</param>
/// <param name="IsContinued">Whether it is an earlier one, which goes on.</param>
/// <param name="IsEarlier">Whether the same submission opened it before, here or on another node: nothing has begun now.</param>
internal sealed record Submitted(string Batch, bool IsContinued, bool IsEarlier = false);

/// <summary>Reads what callers submit, which is not trusted, and opens its batch: once for each of their keys.</summary>
internal sealed class Intake(ServerOptions options, BatchFleet fleet, AccessControl access, TimeProvider time)
    : IDisposable
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Waits for an owner's turn to have a scenario read, then begins.</summary>
    public async Task<Reading> BeginReadingAsync(string owner, CancellationToken cancellation)
    {
        var turn = _turns.GetOrAdd(owner, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellation);
        return new Reading(turn, options.Settings.LongestReading, time);
    }

    /// <summary>The scenario, or its diagnostics. Variables of the server's environment are not there for it.</summary>
    /// <param name="upload">What was sent.</param>
    /// <param name="overrides">What else the caller changes.</param>
    /// <param name="needsKey">Whether it is to be run, so that its service is called.</param>
    /// <param name="reading">How long it may take.</param>
    public async Task<Result<Scenario>> LoadAsync(
        Upload upload,
        ScenarioOverrides overrides,
        bool needsKey,
        Reading reading
    )
    {
        try
        {
            // A large sweep takes its time, on a thread of its own.
            var loaded = await Task.Run(() => Load(upload, overrides, needsKey, reading.Token), CancellationToken.None);
            if (needsKey)
            {
                reading.End();
            }

            return loaded;
        }
        catch (OperationCanceledException) when (reading.Token.IsCancellationRequested)
        {
            return TooLong(upload);
        }
    }

    /// <summary>A scenario whose reading takes too long.</summary>
    public BatchProblem TooLong(Upload upload) =>
        new BatchProblem.ScenarioBroken([
            new Diagnostic(
                upload.FileName,
                1,
                1,
                $"reading it takes longer than {options.Settings.LongestReading.TotalSeconds} s, which is the most here: a sweep with fewer points, a condition that keeps more of them, or simpler expressions help"
            ),
        ]);

    /// <summary>
    /// The runs that a caller selects. Its expression is evaluated for each run that failed: within the time that reading a scenario may
    /// take, and for one request of each owner at a time.
    /// </summary>
    /// <param name="owner">Who selects them.</param>
    /// <param name="selection">What must hold of them.</param>
    /// <param name="runs">A batch's runs.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BadHttpRequestException">The expression cannot be evaluated for one of them, or takes too long.</exception>
    public async Task<IReadOnlyDictionary<long, RunErrorKind>> ChooseAsync(
        string owner,
        RetrySelection selection,
        IEnumerable<RunRecord> runs,
        CancellationToken cancellation
    )
    {
        if (selection.Where is not { Code: var where })
        {
            return selection.Choose(runs, out _, cancellation);
        }

        using var reading = await BeginReadingAsync(owner, cancellation);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(reading.Token, cancellation);
        try
        {
            // On a thread of its own, as the sweep of a scenario.
            var (chosen, failure) = await Task.Run(
                () => (selection.Choose(runs, out var why, either.Token), why),
                CancellationToken.None
            );
            reading.End();
            return failure is null
                ? chosen
                : throw new BadHttpRequestException($"where: {where} cannot be evaluated: {failure}");
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new BadHttpRequestException(
                $"where: {where} takes longer than {options.Settings.LongestReading.TotalSeconds} s for the runs that failed, which is the most here: a simpler expression, or a kind beside it, helps",
                e
            );
        }
    }

    private Result<Scenario> Load(
        Upload upload,
        ScenarioOverrides overrides,
        bool needsKey,
        CancellationToken cancellation
    )
    {
        var loader = new ScenarioLoader(_ => null)
        {
            Profiles = options.Settings.Services,
            KeyEnvironment = Environment.GetEnvironmentVariable,
            Rights = options.Settings.Rights,
            NeedsKey = needsKey,
            Cancellation = cancellation,
        };
        var loaded = loader.LoadStored(upload.FileName, upload.Source, upload.Files, overrides);
        if (loaded.Scenario is not { } scenario)
        {
            return new BatchProblem.ScenarioBroken(loaded.Diagnostics);
        }

        var most = options.Settings.MostRuns;
        var runs = scenario.Plan.Runs.Count ?? scenario.Plan.Runs.From(most).Take(1).LongCount() + most;
        return runs <= most
            ? (Result<Scenario>)scenario
            : new BatchProblem.ScenarioBroken([
                new Diagnostic(
                    upload.FileName,
                    1,
                    1,
                    $"the batch has {runs} runs or more, and this server allows {most}"
                ),
            ]);
    }

    /// <summary>The batch of an earlier submission with the same key; null where there is none, or it was removed.</summary>
    /// <exception cref="BadHttpRequestException">The key came with something else then.</exception>
    public string? Earlier(string owner, Submission? submission)
    {
        if (submission is null || access.FindSubmission(owner, submission.Key) is not { } earlier)
        {
            return null;
        }

        return earlier.Digest.AsSpan().SequenceEqual(submission.Digest)
            ? earlier.Batch
            : throw new BadHttpRequestException(
                $"the Idempotency-Key came with another submission before, which is {earlier.Batch}",
                StatusCodes.Status409Conflict
            );
    }

    /// <summary>Opens the batch, and begins to drive it.</summary>
    /// <returns>Its id, or why it was not opened.</returns>
    public async Task<Result<Submitted>> SubmitAsync(Scenario scenario, ScenarioRun run)
    {
        // The same submission may come twice at once.
        await _one.WaitAsync();
        try
        {
            if (Earlier(run.Owner!, run.Submission) is { } earlier)
            {
                return new Submitted(earlier, IsContinued: false, IsEarlier: true);
            }

            if (!run.IsNew && Unfinished(scenario, run.Owner!) is { } same)
            {
                return await ContinueAsync(same);
            }

            RefuseMany(run.Owner!);
            try
            {
                var driven = await fleet.SubmitAsync(scenario, run with { IsNew = true });
                return driven.IsSuccess
                    ? new Submitted(driven.Value.Batch.Id.Value, IsContinued: false)
                    : driven.Problem;
            }
            catch (JournalException) when (Earlier(run.Owner!, run.Submission) is { } opened)
            {
                // It came to another node at the same moment.
                return new Submitted(opened, IsContinued: false, IsEarlier: true);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>The owner's latest batch of the scenario, where it is unfinished and unchanged; null where it is not.</summary>
    private BatchRecord? Unfinished(Scenario scenario, string owner)
    {
        using var reader = options.Workspace.OpenReader();
        var latest = reader.Batches().FirstOrDefault(batch => batch.Owner == owner && batch.Scenario == scenario.Name);
        return latest is { IsFinished: false } && latest.Fingerprint == scenario.Fingerprint ? latest : null;
    }

    private async Task<Result<Submitted>> ContinueAsync(BatchRecord batch)
    {
        var submitted = new Submitted(batch.Id.Value, IsContinued: true);
        if (options.Workspace.HolderOf(batch.Id) is not null)
        {
            using var reader = options.Workspace.OpenReader();
            return reader.Controls(batch.Number).Cancel is null ? submitted : new BatchProblem.ToBeCancelled(batch.Id);
        }

        var resumed = await fleet.ResumeAsync(batch);
        return resumed.IsSuccess || resumed.Problem is BatchProblem.DrivenElsewhere ? submitted : resumed.Problem;
    }

    private void RefuseMany(string owner)
    {
        using var reader = options.Workspace.OpenReader();
        if (fleet.Quota.WhyFull(owner, ResponseQuota.Stored(reader)) is { } why)
        {
            throw new BadHttpRequestException(why, StatusCodes.Status409Conflict);
        }

        var unfinished = reader.Batches().Count(batch => batch.Owner == owner && !batch.IsFinished);
        if (unfinished >= options.Settings.MostUnfinished)
        {
            throw new BadHttpRequestException(
                $"{owner} has {unfinished} unfinished batches, and this server allows {options.Settings.MostUnfinished}",
                StatusCodes.Status429TooManyRequests
            );
        }
    }
}
