using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Tests.Batches;

/// <summary>What a person reads of the use of <c>retry</c>.</summary>
public sealed class RetryTextTests
{
    private const string Batch = "plan-1";

    [Theory]
    [InlineData(0, 0, 0, "nothing failed")]
    [InlineData(3, 2, 0, "runs again 3 task-failed, 2 forgotten")]
    [InlineData(
        0,
        0,
        59,
        "nothing to run again; 59 runs completed and are not-success, which asking again seldom changes: `retry --not-success` does"
    )]
    [InlineData(
        0,
        1,
        1,
        "runs again 1 forgotten; 1 run completed and is not-success, which asking again seldom changes: `retry --not-success` does"
    )]
    public void Retry_names_what_it_runs_again_and_what_it_leaves(
        int tasks,
        int forgotten,
        int notSuccess,
        string text
    ) => Assert.Equal(text, RetryText.Announcement(Counts(tasks, forgotten, notSuccess), isNotSuccess: false));

    [Theory]
    [InlineData(0, 59, "asks 59 runs again that completed and are not-success")]
    [InlineData(
        2,
        1,
        "asks 1 run again that completed and is not-success; 2 task-failed stay, `retry` runs them again"
    )]
    [InlineData(2, 0, "no run is not-success; 2 task-failed stay, `retry` runs them again")]
    public void Asking_again_names_what_it_asks(int tasks, int notSuccess, string text) =>
        Assert.Equal(text, RetryText.Announcement(Counts(tasks, 0, notSuccess), isNotSuccess: true));

    [Fact]
    public void An_ending_offers_retry_only_where_it_changes_something()
    {
        Assert.Empty(RetryText.Lines(FailureCounts.None, Batch));
        Assert.Equal(["failed: 59 not-success"], RetryText.Lines(Counts(0, 0, 59), Batch));
        Assert.Equal(
            ["failed: 59 not-success, 3 task-failed", "`aimms-batch retry plan-1` runs again 3 task-failed"],
            RetryText.Lines(Counts(3, 0, 59), Batch)
        );
        var scenario = new FailureCounts(new Dictionary<RunErrorKind, long> { [RunErrorKind.Scenario] = 4 });
        Assert.Equal(["failed: 4 scenario"], RetryText.Lines(scenario, Batch));
    }

    private static FailureCounts Counts(int tasks, int forgotten, int notSuccess) =>
        new(
            new Dictionary<RunErrorKind, long>
            {
                [RunErrorKind.TaskFailed] = tasks,
                [RunErrorKind.Forgotten] = forgotten,
                [RunErrorKind.NotSuccess] = notSuccess,
            }
                .Where(pair => pair.Value > 0)
                .ToDictionary()
        );
}
