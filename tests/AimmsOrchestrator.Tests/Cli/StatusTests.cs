using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Batches.Views;
using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Reports.Failures;
using AimmsOrchestrator.Tests.Reports;

namespace AimmsOrchestrator.Tests.Cli;

/// <summary>What <c>status</c> shows of a batch's runs.</summary>
public sealed class StatusTests
{
    [Fact]
    public void Failures_are_grouped_by_message_with_their_common_condition()
    {
        var runs = Enumerable
            .Range(0, 9)
            .Select(i =>
                i % 3 == 2
                    ? Given.Run(i, $$"""{"growth":1.{{i % 3}}}""", null, $"no plan for case {i}")
                    : Given.Run(i, $$"""{"growth":1.{{i % 3}}}""", "{}")
            );

        var groups = FailureGroups.Of(Given.Batch(["growth"], []), runs, most: 5);

        Assert.Equal("3 failed: no plan for case …: all 3 have growth = 1.2", StatusView.Text(Assert.Single(groups)));
    }

    [Fact]
    public void A_run_whose_submit_may_be_lost_waits_for_the_services_list()
    {
        var run = Given.Run(0, "{}", null) with { Phase = RunPhase.Unconfirmed, TaskId = null };
        var standing = new BatchStatus(Given.Batch([], []), StateCounts.None, new ClaimHolder("process 1"));

        Assert.Equal(
            "the service's list of tasks to tell whether its submit was taken",
            WaitContents.WaitsFor(run, standing)
        );
    }
}
