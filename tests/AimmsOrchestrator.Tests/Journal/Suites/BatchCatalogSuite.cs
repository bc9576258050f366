using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>How batches are found, and what is left of them.</summary>
public abstract class BatchCatalogSuite(IJournalReaderAdapter adapter) : JournalSuite(adapter)
{
    private IJournalReader Catalog { get; } = adapter.Reader;

    [SuiteFact]
    public async Task Batches_are_found_by_id_by_scenario_and_as_the_latest()
    {
        var first = await OpenAsync("a");
        var second = await OpenAsync("a");
        var odd = await OpenAsync("a-1");

        Assert.Equal("a-1-1", odd.Id.Value);
        Assert.Equal(first.Number, Catalog.Find("a-1")!.Number);
        Assert.Equal(second.Number, Catalog.Find("a")!.Number);
        Assert.Equal(odd.Number, Catalog.Find(null)!.Number);
        Assert.Null(Catalog.Find("b"));
        Assert.Equal(["a-1-1", "a-2", "a-1"], Catalog.Batches().Select(batch => batch.Id.Value));
    }

    [SuiteFact]
    public async Task A_batchs_scenario_stays_as_it_was()
    {
        var stored = Catalog.Scenario((await OpenAsync()).Number);

        Assert.Equal("name: a # ü", stored.Source);
        Assert.Equal([1, 0, 2], stored.Attachments["base.json"].ToArray());
        Assert.Equal(0, stored.Attachments["empty.txt"].Length);
        Assert.Equal("""{"limit":3}""", stored.OverridesJson);
    }

    [SuiteFact]
    public async Task What_a_scenario_states_about_its_runs_comes_back()
    {
        await OpenAsync();

        var design = Assert.Single(Catalog.Batches()).Design!;

        Assert.Equal(DesignForm.OneAtATime, design.Form);
        Assert.Equal(("x", "draw", "total"), (design.Parameters[0], design.Replicates[0], design.Derived[0]));
        Assert.Equal("x", design.Sampled![0]);
        Assert.Equal("1.0", design.BasePoint["x"].GetRawText());
        Assert.Equal("ü", design.Baseline!["x"].GetString());
    }

    [SuiteFact]
    public async Task The_time_between_an_end_and_the_next_resume_is_a_pause()
    {
        var batch = (await OpenAsync()).Number;
        await Writer.AppendAsync([
            new BatchEnded(batch, BatchEnd.Interrupted, null, At.AddMinutes(10)),
            new BatchResumed(batch, At.AddMinutes(40)),
            new BatchEnded(batch, BatchEnd.AllRunsEnded, null, At.AddMinutes(45)),
        ]);

        Assert.Equal(TimeSpan.FromMinutes(30), Catalog.Paused(batch));
    }

    [SuiteFact]
    public async Task A_batch_has_the_latest_warning_of_each_subject_until_it_is_withdrawn_or_the_batch_resumes()
    {
        var (batch, other) = ((await OpenAsync()).Number, (await OpenAsync()).Number);
        await Writer.AppendAsync([
            new BatchWarned(batch, "list", "400", At),
            new BatchWarned(batch, "stop.when", "it fails", At),
            new BatchWarned(other, "list", "404", At),
            new BatchWarned(batch, "list", "403", At),
        ]);
        Assert.Equal([new BatchWarning("list", "403"), new("stop.when", "it fails")], Catalog.Warnings(batch));

        await Writer.AppendAsync([new BatchWarned(batch, "list", Message: null, At)]);
        Assert.Equal("stop.when", Assert.Single(Catalog.Warnings(batch)).Subject);

        await Writer.AppendAsync([new BatchResumed(batch, At)]);
        Assert.Empty(Catalog.Warnings(batch));
        Assert.Single(Catalog.Warnings(other));
    }

    [SuiteFact]
    public async Task A_batch_ends_and_is_resumed()
    {
        var batch = await OpenAsync();
        await Writer.AppendAsync([new BatchEnded(batch.Number, BatchEnd.ServiceRefused, "403", At)]);
        var ended = Catalog.Find("a")!;
        Assert.Equal(
            (BatchEnd.ServiceRefused, "403", At, false),
            (ended.End, ended.Reason, ended.EndedAt, ended.IsFinished)
        );

        await Writer.AppendAsync([new BatchResumed(batch.Number, At)]);
        Assert.Null(Catalog.Find("a")!.End);
    }

    [SuiteFact]
    public async Task What_people_set_of_a_batch_comes_back_in_their_order()
    {
        var (batch, other) = (await OpenAsync(), await OpenAsync());
        ControlSetting[] first =
        [
            ControlLog.Pausing(isPaused: true, At, "a on b"),
            new("limits.concurrency", "{ auto: { most: 9 } }", At.AddSeconds(1), "ü"),
        ];
        var second = ControlLog.Pausing(isPaused: false, At.AddSeconds(2), "c");

        await Writer.AppendAsync([new ControlsSet(batch.Number, first)]);
        await Writer.AppendAsync([new ControlsSet(batch.Number, [second])]);

        Assert.Equal([.. first, second], Catalog.Controls(batch.Number).Settings);
        Assert.Empty(Catalog.Controls(other.Number).Settings);
    }

    [SuiteTheory]
    [InlineData(BatchEnd.AllRunsEnded, false)]
    [InlineData(BatchEnd.Cancelled, false)]
    [InlineData(BatchEnd.Interrupted, true)]
    public async Task A_pause_ends_with_the_batch_and_with_nothing_else_that_leaves_it(BatchEnd end, bool isPaused)
    {
        var batch = await OpenAsync();
        await Writer.AppendAsync([
            new ControlsSet(batch.Number, [ControlLog.Pausing(isPaused: true, At, "a person")]),
            new BatchEnded(batch.Number, end, Reason: null, At.AddSeconds(1)),
        ]);

        Assert.Equal(isPaused, Catalog.Controls(batch.Number).Pause is not null);
    }

    [SuiteTheory]
    [InlineData(BatchEnd.AllRunsEnded, false)]
    [InlineData(BatchEnd.Cancelled, true)]
    [InlineData(BatchEnd.Interrupted, true)]
    public async Task A_cancel_that_came_too_late_ends_with_the_batch(BatchEnd end, bool isInForce)
    {
        var batch = await OpenAsync();
        await Writer.AppendAsync([
            new ControlsSet(batch.Number, [ControlLog.Cancelling(keepRunning: false, At, "a person")]),
            new BatchEnded(batch.Number, end, Reason: null, At.AddSeconds(1)),
        ]);

        Assert.Equal(isInForce, Catalog.Controls(batch.Number).Cancel is not null);
    }
}
