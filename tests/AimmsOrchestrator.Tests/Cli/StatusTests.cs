using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Cli.Commands;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Tests.Reports;

namespace AimmsOrchestrator.Tests.Cli;

/// <summary>What <c>status</c> shows of a batch's runs.</summary>
public sealed class StatusTests
{
    [Fact]
    public void Failures_do_not_hide_the_runs_under_way()
    {
        var failures = Enumerable.Range(0, 50).Select(i => Given.Run(i, "{}", null, "no"));
        var underWay = Enumerable
            .Range(50, 30)
            .Select(i => Given.Run(i, "{}", null) with { Phase = RunPhase.AtService });

        var runs = StatusRuns.Of([.. failures, .. underWay, Given.Run(80, "{}", "{}")], mostFailed: 21);

        Assert.Equal(Enumerable.Range(50, 30), runs.UnderWay.Select(run => (int)run.Index));
        Assert.Equal(21, runs.Failed.Count);
    }

    [Fact]
    public void A_run_whose_submit_may_be_lost_waits_for_the_services_list()
    {
        var run = Given.Run(0, "{}", null) with { Phase = RunPhase.Unconfirmed, TaskId = null };
        var standing = new BatchStatus(Given.Batch([], []), StateCounts.None, new ClaimHolder("process 1"));

        Assert.Equal(
            "the service's list of tasks to tell whether its submit was taken",
            StatusCommand.WaitsFor(run, standing)
        );
    }
}
