using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Journaling;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace AimmsOrchestrator.Tests.Engine.Journaling;

/// <summary>A journal whose appends do not complete at once, as those of a database do that is reached over the network.</summary>
public sealed class JournalActorTests : TestKit
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Its_listener_learns_of_a_refused_entry_after_slots_were_given_back()
    {
        var writer = new LateWriter();
        var journal = Sys.ActorOf(
            Props.Create(() => new JournalActor(writer, null!, 0, "http://acme", new Limits { MaxUnfinishedTasks = 2 }))
        );
        Sys.EventStream.Subscribe(TestActor, typeof(JournalNotifications.AccountReleased));
        journal.Tell(new JournalCommands.SubscribeToFailure(), TestActor);

        journal.Tell(new JournalCommands.Append(SlotGivenBack(), IsAcknowledged: true), TestActor);
        await ExpectMsgAsync<JournalNotifications.Appended>();
        await ExpectMsgAsync<JournalNotifications.AccountReleased>();
        writer.Outcome = AppendOutcome.Fenced;
        journal.Tell(new JournalCommands.Append(SlotGivenBack(), IsAcknowledged: true), TestActor);

        var failed = await ExpectMsgAsync<BatchFact.JournalFailed>();
        Assert.Contains("another process has claimed the batch", failed.Reason, StringComparison.Ordinal);
    }

    private static RunEventEntry SlotGivenBack()
    {
        var request = new TaskRequest(new TaskTarget("sleep"), Array.Empty<byte>(), "application/json");
        var planned = PlannedRun.Sendable(0, "n=1", new ParameterSet([]), new RunKey(new string('0', 64)), request);
        var task = new TaskId("a");
        var ended = new TaskCompleted(new TaskSnapshot(task, TaskState.Completed), At);
        var run = Run.FromEvents([new SubmitIntended(1, At), new Submitted(1, task, At), ended]);
        return new RunEventEntry(1, planned, ended, RunPhase.AtService, run);
    }

    private sealed class LateWriter : IJournalWriter
    {
        public AppendOutcome Outcome { get; set; }

        public ValueTask<BatchRecord> OpenBatchAsync(NewBatch batch) => throw new NotSupportedException();

        public async ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<JournalEntry> group)
        {
            await Task.Yield();
            return [.. group.Select(_ => Outcome)];
        }

        public void Dispose() { }
    }
}
