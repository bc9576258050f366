using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Tests.Domain.Batches;

public sealed class BatchTallyTests
{
    [Fact]
    public void Every_end_counts_and_nothing_else_does()
    {
        var tally = new BatchTally()
            .With(RunPhase.Completed)
            .With(RunPhase.Failed)
            .With(RunPhase.Failed)
            .With(RunPhase.Cancelled);

        Assert.Equal((1L, 2L, 1L, 4L), (tally.Completed, tally.Failed, tally.Cancelled, tally.Ended));
        Assert.Throws<ArgumentOutOfRangeException>(() => tally.With(RunPhase.Pending));
    }
}
