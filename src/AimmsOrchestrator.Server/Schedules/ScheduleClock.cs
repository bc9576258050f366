using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Schedules;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Answers;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Server.Schedules;

/// <summary>
/// Begins the batches of schedules when they are due. Any number of processes may do so at one workspace: the journal lets one
/// of them open the batch.
/// </summary>
internal sealed partial class ScheduleClock : IAsyncDisposable
{
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromSeconds(1);

    private readonly ServerOptions _options;
    private readonly ScheduleBook _schedules;
    private readonly Intake _intake;
    private readonly AccessControl _access;
    private readonly TimeProvider _time;
    private readonly ILogger<ScheduleClock> _log;
    private readonly DateTimeOffset _servesSince;
    private readonly Rounds _rounds;
    private readonly ConcurrentDictionary<long, Task> _firing = new();

    public ScheduleClock(
        ServerOptions options,
        ScheduleBook schedules,
        Intake intake,
        AccessControl access,
        TimeProvider time,
        ILogger<ScheduleClock> log
    )
    {
        (_options, _schedules, _intake, _access, _time, _log) = (options, schedules, intake, access, time, log);
        _servesSince = time.GetUtcNow();
        _rounds = new Rounds(BetweenRounds, RoundAsync, log, time);
    }

    /// <summary>Begins what is due, at once and every second after.</summary>
    public void Start() => _rounds.Start();

    /// <summary>Begins what is due now; complete once the batches have begun.</summary>
    public async Task BeginDueAsync()
    {
        await RoundAsync();
        await Task.WhenAll(_firing.Values);
    }

    /// <summary>Begins no other batch; those that are being opened are.</summary>
    public async Task StopAsync()
    {
        await _rounds.StopAsync();
        await Task.WhenAll(_firing.Values);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _rounds.DisposeAsync();
    }

    private Task RoundAsync()
    {
        var now = _time.GetUtcNow();
        foreach (var schedule in _schedules.With(book => book.Due(now, now + ScheduleRules.LargestCorrection)))
        {
            // A scenario whose reading takes its time holds no other one up.
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_firing.TryAdd(schedule.Number, begun.Task))
            {
                _ = Task.Run(() => DoAsync(schedule, now, begun));
            }
        }

        return Task.CompletedTask;
    }

    private async Task DoAsync(Schedule schedule, DateTimeOffset now, TaskCompletionSource begun)
    {
        try
        {
            await DoAsync(schedule, now);
        }
        catch (OperationCanceledException) when (_rounds.Stopping.IsCancellationRequested)
        {
            // It stays due.
        }
        catch (Exception e)
        {
            LogFailure(e, schedule.Number, schedule.Scenario);
        }
        finally
        {
            _firing.TryRemove(schedule.Number, out _);
            begun.SetResult();
        }
    }

    private async Task DoAsync(Schedule schedule, DateTimeOffset now)
    {
        if (ScheduleBook.TimesOf(schedule) is not { } times)
        {
            return;
        }

        switch (ScheduleRules.Next(schedule, now, _servesSince, IsUnderWay(schedule.LastBatch), times.After))
        {
            case ScheduleStep.Fire fire:
                if (await BeginAsync(schedule, fire.Firing) is { } problem)
                {
                    Move(schedule, fire.Firing.Next, fire.Firing.Due, problem);
                }

                break;

            case ScheduleStep.Hold hold when schedule.WaitsFor != hold.Batch:
                _schedules.With(book =>
                {
                    book.Hold(schedule.Number, hold.Batch);
                    return true;
                });
                break;

            case ScheduleStep.Move move:
                Move(schedule, move.Next, move.Due, move.Note);
                break;
        }
    }

    /// <summary>Neither ended, nor stopped for a reason of its own.</summary>
    private bool IsUnderWay(string? id)
    {
        if (id is null)
        {
            return false;
        }

        using var reader = _options.Workspace.OpenReader();
        return reader.Find(id) is { End: null or BatchEnd.Interrupted } batch && batch.Id.Value == id;
    }

    /// <summary>Begins the batch; why not, in words, where it could not, or has begun before.</summary>
    private async Task<string?> BeginAsync(Schedule schedule, Firing firing)
    {
        if (_access.WhyNot(schedule.Owner) is { } whyNot)
        {
            return whyNot;
        }

        if (_schedules.ScenarioOf(schedule.Number) is not var (upload, overrides))
        {
            return null;
        }

        try
        {
            using var reading = await _intake.BeginReadingAsync(schedule.Owner, _rounds.Stopping);
            var loaded = await _intake.LoadAsync(upload, overrides, needsKey: true, reading);
            if (!loaded.IsSuccess)
            {
                return ProblemSentence.Of(loaded.Problem);
            }

            var run = new ScenarioRun(upload.FileName, overrides)
            {
                IsNew = true,
                Owner = schedule.Owner,
                Submission = SubmissionOf(firing),
                Priority = schedule.Priority,
                Firing = firing,
            };
            var opened = await _intake.SubmitAsync(loaded.Value, run);
            if (!opened.IsSuccess)
            {
                return opened.Problem is BatchProblem.BegunElsewhere ? null : ProblemSentence.Of(opened.Problem);
            }

            // The clock was set back, and the time comes again: the schedule moves on. Where another node began it at this moment,
            // the schedule has moved already, and stays as it is.
            if (opened.Value.IsEarlier)
            {
                return $"{opened.Value.Batch} began for it before";
            }

            _access.Audit(
                schedule.Owner,
                "scheduled",
                opened.Value.Batch,
                firing.Late ?? $"due at {ScheduleRules.Text(firing.Due)}"
            );
            LogBegun(schedule.Number, opened.Value.Batch);
            return null;
        }
        catch (BadHttpRequestException e)
        {
            return e.Message;
        }
    }

    private void Move(Schedule schedule, DateTimeOffset? next, DateTimeOffset? due, string note)
    {
        var text =
            due is { } missed && !note.StartsWith(ScheduleRules.Text(missed), StringComparison.Ordinal)
                ? $"{ScheduleRules.Text(missed)} was left out: {note}"
                : note;
        if (_schedules.With(book => book.Move(schedule.Number, schedule.Next, next, due, text)))
        {
            LogMoved(schedule.Number, schedule.Scenario, text);
        }
    }

    /// <summary>
    /// One batch for each time of a schedule, whatever the clock does, until that batch is removed. No header of a request can have such
    /// a key.
    /// </summary>
    private static Submission SubmissionOf(Firing firing)
    {
        var key = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"schedule\n{firing.Schedule}\n{firing.Due.UtcDateTime:O}"
        );
        return new Submission(key, SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "schedule {Schedule} began {Batch}")]
    private partial void LogBegun(long schedule, string batch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "schedule {Schedule} of {Scenario}: {Note}")]
    private partial void LogMoved(long schedule, string scenario, string note);

    [LoggerMessage(Level = LogLevel.Error, Message = "schedule {Schedule} of {Scenario} cannot be begun")]
    private partial void LogFailure(Exception exception, long schedule, string scenario);
}
