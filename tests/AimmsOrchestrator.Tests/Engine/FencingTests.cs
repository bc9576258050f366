using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>A process whose batch another one has claimed writes nothing more, and does nothing more.</summary>
public sealed class FencingTests : BatchTest
{
    [Fact]
    public async Task A_batch_that_another_process_claimed_ends_without_another_submit()
    {
        Start();
        Advance(seconds: 1);
        var (submits, events) = (Service.Submits, Journal.Count);
        Assert.True(submits > 0);

        ClaimElsewhere();
        Advance(seconds: 30);

        var outcome = await Outcome;
        Assert.Equal(BatchEnd.JournalLost, outcome.End);
        Assert.Contains("another process has claimed the batch", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal((submits, events), (Service.Submits, Journal.Count));
        Assert.Empty(Steps<RunCompleted>());
    }
}
