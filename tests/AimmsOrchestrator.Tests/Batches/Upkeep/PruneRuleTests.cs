using AimmsOrchestrator.Batches.Upkeep;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Tests.Batches.Upkeep;

/// <summary>Which batches are old enough.</summary>
public sealed class PruneRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 18, 0, 0, TimeSpan.Zero);

    private static readonly BatchRecord[] Batches =
    [
        Batch("b-2", 1, BatchEnd.AllRunsEnded),
        Batch("a-4", 2, BatchEnd.Cancelled),
        Batch("a-3", 20, BatchEnd.Interrupted),
        Batch("b-1", 30, BatchEnd.AllRunsEnded),
        Batch("a-2", 40, BatchEnd.AllRunsEnded),
        Batch("a-1", 50, BatchEnd.AllRunsEnded),
    ];

    [Theory]
    [InlineData(30, null, false, "a-1 a-2")]
    [InlineData(29, null, false, "a-1 a-2 b-1")]
    [InlineData(null, 1, false, "a-1 a-2 b-1")]
    [InlineData(null, 1, true, "a-1 a-2 b-1 a-3")]
    [InlineData(35, 3, false, "a-1")]
    [InlineData(null, 0, false, "a-1 a-2 b-1 a-4 b-2")]
    public void A_batch_is_taken_that_is_old_finished_and_not_among_the_latest_of_its_scenario(
        int? days,
        int? keep,
        bool withUnfinished,
        string chosen
    )
    {
        var rule = new PruneRule(days is { } age ? TimeSpan.FromDays(age) : null, keep, withUnfinished);

        Assert.Equal(chosen, string.Join(' ', rule.Choose(Batches, Now).Select(batch => batch.Id)));
    }

    private static BatchRecord Batch(string id, int days, BatchEnd end) =>
        new()
        {
            Number = 1,
            Id = new BatchId(id),
            Scenario = id[..1],
            Fingerprint = "",
            SourceFile = "",
            ServiceAddress = "",
            ParameterNames = [],
            ResultNames = [],
            StartedAt = Now.AddDays(-days - 1),
            EndedAt = Now.AddDays(-days),
            End = end,
        };
}
