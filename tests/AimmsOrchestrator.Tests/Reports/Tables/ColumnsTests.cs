using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Tests.Reports.Tables;

/// <summary>Which columns a batch has.</summary>
public sealed class ColumnsTests
{
    [Fact]
    public void No_two_headers_are_alike() =>
        Assert.Equal(
            ["index", "name", "parameter.name", "cost", "state", "result.cost", "result.state", "error"],
            new Columns(["name", "cost"], ["cost", "state"]).Headers().Take(8)
        );

    [Fact]
    public void Where_no_results_are_named_the_responses_members_are_the_columns()
    {
        RunRecord[] runs =
        [
            Given.Pending(0, "{}") with
            {
                ResultsJson = """{"a":1,"b":2}""",
            },
            Given.Pending(1, "{}") with
            {
                ResultsJson = """{"c":1,"a":2}""",
            },
        ];
        var batch = new BatchRecord
        {
            Number = 1,
            Id = new BatchId("a-1"),
            Scenario = "a",
            Fingerprint = "",
            SourceFile = "",
            ServiceAddress = "",
            ParameterNames = [],
            ResultNames = [],
            StartedAt = default,
        };

        Assert.Equal(["a", "b", "c"], Columns.Of(batch, () => runs).Results);
        Assert.False(Columns.Of(batch, () => runs).HasMore);
    }

    [Fact]
    public void Members_beyond_the_column_limit_are_flagged()
    {
        var members = string.Join(',', Enumerable.Range(0, 201).Select(i => $"\"m{i}\":{i}"));
        RunRecord[] runs = [Given.Pending(0, "{}") with { ResultsJson = $"{{{members}}}", Phase = RunPhase.Completed }];
        var batch = Given.Batch([], []);

        Assert.Equal(200, Columns.Of(batch, () => runs).Results.Count);
        Assert.True(Columns.Of(batch, () => runs).HasMore);
        var fact = ReportBuilder.Build(batch, new RunWalk(() => runs)).Facts.Single(f => f.Name == "results");
        Assert.StartsWith("the first 50 members", fact.Value, StringComparison.Ordinal);
    }
}
