using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports;

namespace AimmsOrchestrator.Tests.Reports.Tables;

/// <summary>The table of runs, and which of them a sample holds.</summary>
public sealed class RunTableTests
{
    [Fact]
    public void A_whole_number_that_a_browser_cannot_hold_is_text()
    {
        RunRecord[] runs =
        [
            Given.Run(0, "{}", """{"a":9007199254740993,"b":9007199254740992,"c":123456789012345678901,"d":1e300}"""),
        ];

        var row = ReportBuilder.Build(Given.Batch([], ["a", "b", "c", "d"]), new RunWalk(() => runs)).Runs.Rows[0];

        Assert.Equal(["9007199254740993", 9007199254740992, "123456789012345678901", 1e300], row.Skip(3).Take(4));
    }

    [Fact]
    public void A_sample_of_wide_runs_is_even_and_holds_the_best()
    {
        var contents = ReportBuilder.Build(
            Given.Batch([], ["cost", "text"]),
            new RunWalk(() =>
                Enumerable
                    .Range(0, 100_000)
                    .Select(i =>
                        Given.Run(
                            i,
                            "{}",
                            $$"""{"cost":{{(i == 77_777 ? -1 : i % 10)}},"text":"{{new string('x', 190)}} {{i}}"}"""
                        )
                    )
            )
        );

        var indexes = contents.Runs.Rows.Select(row => (long)row[0]!).ToList();
        Assert.Contains(77_777, indexes);
        Assert.Equal(indexes.Order(), indexes);
        Assert.InRange(indexes.Count, 5_000, 20_000);
        Assert.InRange(indexes.Zip(indexes.Skip(1), (a, b) => b - a).Max(), 5, 20);
    }

    [Fact]
    public void No_two_headers_of_the_page_are_alike()
    {
        RunRecord[] runs = [Given.Run(0, """{"state":1,"cost":2}""", """{"cost":5,"queueTime":3}""")];

        var table = ReportBuilder
            .Build(Given.Batch(["state", "cost"], ["cost", "queueTime"]), new RunWalk(() => runs))
            .Runs;

        Assert.Equal(
            [
                "index",
                "name",
                "parameter.state",
                "cost",
                "state",
                "result.cost",
                "result.queueTime",
                "queueTime",
                "runTime",
                "error",
            ],
            table.Columns.Select(column => column.Name)
        );
    }
}
