using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>The events of runs come back as they were.</summary>
public abstract class RunHistorySuite(IJournalAdapter adapter) : JournalSuite(adapter)
{
    [SuiteFact]
    public async Task Every_event_comes_back_as_it_was()
    {
        var batch = await OpenAsync();
        RunEvent[] events =
        [
            new SubmitIntended(1, At),
            new SubmitFailed(1, Fault, CountsAsAttempt: true, At.AddSeconds(1)),
            new SubmitIntended(2, At),
            new Submitted(2, Task, At),
            new TaskForgotten("the service was started anew", CountsAsAttempt: true, At),
            new SubmitIntended(3, At),
            new Submitted(3, Task, At),
            new AttemptFailed(new RunError(RunErrorKind.TaskFailed, "no licence"), Ended, At),
            new SubmitIntended(4, At),
            new SubmitUnconfirmed(4, "lost", CountsAsAttempt: true, At),
            new SubmitSettled(4, SettlementVerdict.SentAgain, Task: null, "it is not there", At),
            new SubmitIntended(5, At),
            new SubmitUnconfirmed(5, "the program ended", CountsAsAttempt: false, At),
            new SubmitSettled(5, SettlementVerdict.Adopted, Task, "it is there", At),
            new TaskSeen(TaskState.Solving, At),
            new TaskInterrupted(Interrupt.Solve, "it took too long", At),
            new TaskCompleted(Ended, At) { EndedBeforeInterrupt = true },
            new RunFailed(new RunError(RunErrorKind.NotSuccess, "success does not hold"), At)
            {
                Task = Ended,
                Results = new RunResults("""{"cost":1.5,"where":"Köln \ud800"}""", "open: undefined", IsSuccess: false),
            },
            new RunReopened(At),
            new RunCancelled("cancelled", At),
        ];
        await AppendAsync(batch, 7, events);

        Assert.Equal(events, History.Events(batch.Number, 7));
        Assert.Empty(History.Events(batch.Number, 8));
    }

    [SuiteFact]
    public async Task A_copied_response_comes_back_with_its_source()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        await CompleteAsync(first, 3, new RunCompleted(Response: null, RunResults.None, At));
        var results = new RunResults("""{"n":1}""", Notes: null, IsSuccess: true);
        var key = new ExtractionKey(Testing.FakeRuns.Key(9).Hex);
        var reused = new RunReused(new(first.Number, 3), Ended, results, At) { Extraction = key };
        await AppendAsync(second, 3, reused);

        Assert.Equal([reused], History.Events(second.Number, 3));
    }

    [SuiteFact]
    public async Task A_responses_bytes_come_back_whatever_they_are()
    {
        var batch = await OpenAsync();
        byte[] bytes = [0, 255, 10, 13, 0];
        await AppendAsync(
            batch,
            0,
            new RunCompleted(new TaskResponse(bytes, "application/octet-stream"), RunResults.None, At)
        );
        await AppendAsync(batch, 1, new RunCompleted(Response: null, RunResults.None, At) { IsIncumbent = true });

        var completed = Assert.IsType<RunCompleted>(Assert.Single(History.Events(batch.Number, 0)));
        Assert.Equal(bytes, completed.Response!.Body.ToArray());
        Assert.Equal("application/octet-stream", completed.Response.MediaType);
        var other = Assert.IsType<RunCompleted>(Assert.Single(History.Events(batch.Number, 1)));
        Assert.Equal((null, true), (other.Response, other.IsIncumbent));
    }

    [SuiteFact]
    public async Task The_unfinished_runs_are_those_that_have_begun_and_not_ended()
    {
        var (batch, other) = (await OpenAsync(), await OpenAsync());
        await AppendAsync(batch, 0, new SubmitIntended(1, At), new Submitted(1, Task, At));
        await AppendAsync(batch, 1, new RunFailed(new RunError(RunErrorKind.Rejected, "400"), At));
        await AppendAsync(batch, 2, new SubmitIntended(1, At));
        await AppendAsync(batch, 3, new RunFailed(new RunError(RunErrorKind.Rejected, "400"), At), new RunReopened(At));
        await AppendAsync(other, 5, new SubmitIntended(1, At));

        var unfinished = History.Unfinished(batch.Number);
        Assert.Equal([0L, 2L, 3L], unfinished.Keys.Order());
        Assert.Equal(2, unfinished[0].Count);
    }
}
