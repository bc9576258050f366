using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>Whose entries a journal takes.</summary>
public abstract class JournalWriterSuite(IJournalAdapter adapter) : JournalSuite(adapter)
{
    private readonly IJournalAdapter _adapter = adapter;

    [SuiteFact]
    public async Task Batches_are_numbered_in_their_order_and_counted_for_each_scenario()
    {
        var (first, second, other) = (await OpenAsync("a"), await OpenAsync("a"), await OpenAsync("b"));

        Assert.True(first.Number < second.Number && second.Number < other.Number);
        Assert.Equal(["a-1", "a-2", "b-1"], new[] { first, second, other }.Select(batch => batch.Id.Value));
    }

    [SuiteFact]
    public async Task An_entry_of_an_earlier_claim_is_refused_and_leaves_nothing()
    {
        var batch = await OpenAsync();
        var epoch = _adapter.Claim(batch);
        var mine = Entries(batch, 0, new SubmitIntended(1, At))[0] with { Epoch = epoch };
        Assert.Equal([AppendOutcome.Appended], await Writer.AppendAsync([mine]));

        Assert.True(_adapter.Claim(batch) > epoch);
        var late = Entries(batch, 0, new Submitted(1, Task, At))[0] with { Epoch = epoch };
        Assert.Equal([AppendOutcome.Fenced], await Writer.AppendAsync([late]));
        Assert.Single(History.Events(batch.Number, 0));
    }

    [SuiteFact]
    public async Task A_refused_entry_keeps_no_other_batch_from_its_own()
    {
        var (mine, lost) = (await OpenAsync(), await OpenAsync());
        _adapter.Claim(lost);

        JournalEntry[] group =
        [
            .. Entries(lost, 0, new SubmitIntended(1, At)),
            .. Entries(mine, 0, new SubmitIntended(1, At)),
        ];
        Assert.Equal([AppendOutcome.Fenced, AppendOutcome.Appended], await Writer.AppendAsync(group));
        Assert.Empty(History.Events(lost.Number, 0));
        Assert.Single(History.Events(mine.Number, 0));
    }

    [SuiteFact]
    public async Task What_people_set_needs_no_claim()
    {
        var batch = await OpenAsync();
        _adapter.Claim(batch);

        var paused = new ControlsSet(batch.Number, [ControlLog.Pausing(isPaused: true, At, "a person")]);

        Assert.Equal([AppendOutcome.Appended], await Writer.AppendAsync([paused]));
    }
}
