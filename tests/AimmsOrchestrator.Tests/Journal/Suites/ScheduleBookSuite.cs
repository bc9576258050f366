using System.Text;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Schedules;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>Schedules on the disk, seen by several processes.</summary>
public abstract class ScheduleBookSuite(IWorkspaceAdapter adapter) : JournalSuite(adapter)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 19, 0, 0, TimeSpan.Zero);

    private IWorkspace Workspace { get; } = adapter.Workspace;

    private IJournalReader Reader { get; } = adapter.Reader;

    [SuiteFact]
    public void A_schedule_is_kept_with_its_scenario_and_files()
    {
        using var book = Workspace.OpenScheduleBook();

        var put = book.Put(Nightly("alice", "n: 1"));

        using var other = Workspace.OpenScheduleBook();
        Assert.Equal(put, Assert.Single(other.All()));
        var (file, stored) = other.Scenario(put.Number)!.Value;
        Assert.Equal(("nightly.yaml", "n: 1"), (file, stored.Source));
        Assert.Equal("a,b", Encoding.UTF8.GetString(stored.Attachments["cases.csv"].Span));
    }

    [SuiteFact]
    public void The_same_owner_replaces_it_and_another_owner_has_one_of_their_own()
    {
        using var book = Workspace.OpenScheduleBook();
        var first = book.Put(Nightly("alice", "n: 1"));
        book.Pause(first.Number, Start);

        var second = book.Put(Nightly("alice", "n: 2"));
        var third = book.Put(Nightly("bob", "n: 1"));

        Assert.Equal(first.Number, second.Number);
        Assert.Null(second.PausedAt);
        Assert.NotEqual(first.Number, third.Number);
        Assert.Equal("n: 2", book.Scenario(first.Number)!.Value.Scenario.Source);
        Assert.True(book.Remove(first.Number));
        Assert.NotEqual(first.Number, book.Put(Nightly("alice", "n: 1")).Number);
    }

    [SuiteFact]
    public async System.Threading.Tasks.Task Two_processes_that_find_a_thousand_times_due_begin_each_one_once()
    {
        const int Ticks = 1000;
        using var book = Workspace.OpenScheduleBook();
        var number = book.Put(Nightly("alice", "n: 1")).Number;

        using var together = new Barrier(2);
        var opened = await System.Threading.Tasks.Task.WhenAll(
            System.Threading.Tasks.Task.Run(Process),
            System.Threading.Tasks.Task.Run(Process)
        );

        Assert.Equal(Ticks, opened.Sum());
        Assert.Equal(
            Enumerable.Range(0, Ticks).Select(tick => Start.AddMinutes(tick)),
            Reader.Batches().Reverse().Select(batch => batch.Scheduled!.Due)
        );
        Assert.Equal(Start.AddMinutes(Ticks), book.Find(number)!.Next);
        Assert.Equal($"nightly-{Ticks}", book.Find(number)!.LastBatch);

        int Process()
        {
            using var own = Workspace.OpenScheduleBook();
            var count = 0;
            for (var tick = 0; tick < Ticks; tick++)
            {
                var due = Start.AddMinutes(tick);
                together.SignalAndWait();
                var batch = own.Open(Batch(due), new Firing(number, due, due.AddMinutes(1), Late: null));
                count += batch is null ? 0 : 1;
            }

            return count;
        }
    }

    [SuiteFact]
    public void Who_comes_too_late_opens_nothing()
    {
        using var book = Workspace.OpenScheduleBook();
        var number = book.Put(Nightly("alice", "n: 1")).Number;
        var firing = new Firing(number, Start, Start.AddDays(1), "was due");

        Assert.NotNull(book.Open(Batch(Start), firing));
        Assert.Null(book.Open(Batch(Start), firing));
        Assert.False(book.Move(number, Start, Start.AddDays(2), Start, "late"));
        book.Pause(number, Start);
        Assert.Null(book.Open(Batch(Start), new Firing(number, Start.AddDays(1), Start.AddDays(2), Late: null)));

        Assert.Equal(new ScheduledStart(number, Start, "was due"), Assert.Single(Reader.Batches()).Scheduled);
    }

    [SuiteFact]
    public void Removing_batches_leaves_the_scenarios_of_schedules()
    {
        using var book = Workspace.OpenScheduleBook();
        var number = book.Put(Nightly("alice", "n: 1")).Number;
        var batch = book.Open(
            Batch(Start) with
            {
                Source = "n: 1",
            },
            new Firing(number, Start, Start.AddDays(1), Late: null)
        )!;

        using (var upkeep = Workspace.OpenUpkeep())
        {
            upkeep.Remove(batch.Number, Start);
            upkeep.RemoveFiles();
        }

        Assert.Equal("n: 1", book.Scenario(number)!.Value.Scenario.Source);
    }

    private static NewSchedule Nightly(string owner, string source) =>
        new(
            owner,
            "nightly",
            "* * * * *",
            "UTC",
            ScheduleOverlap.Skip,
            "nightly.yaml",
            new StoredScenario(
                source,
                new Dictionary<string, ReadOnlyMemory<byte>> { ["cases.csv"] = "a,b"u8.ToArray() },
                "{}"
            ),
            Start.AddHours(-1),
            Start
        );

    private static NewBatch Batch(DateTimeOffset at) => SomeBatch("nightly") with { At = at };
}
