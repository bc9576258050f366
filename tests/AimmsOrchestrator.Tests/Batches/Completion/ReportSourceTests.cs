using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Tests.Batches.Completion;

/// <summary>One batch.</summary>
public sealed class ReportSourceTests : ReportSourceSuite
{
    protected override int Expected => Runs;

    protected override IReportSource Open(BatchRecord batch) =>
        new ReportSource(Room.Workspace.OpenReader(), batch, _ => { });
}

/// <summary>A batch beside another one, which has two runs.</summary>
public sealed class CombinedReportSourceTests : ReportSourceSuite
{
    protected override int Expected => Runs + 2;

    protected override IReportSource Open(BatchRecord batch)
    {
        var reader = Room.Workspace.OpenReader();
        return new CombinedReportSource(reader, [reader.Find("short-1")!, batch], Tolerance.Default, _ => { });
    }
}
