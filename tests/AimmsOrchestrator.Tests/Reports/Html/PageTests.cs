using System.Text;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Html;

namespace AimmsOrchestrator.Tests.Reports.Html;

/// <summary>How large a page grows.</summary>
public sealed class PageTests
{
    private const int MostBytes = 10_000_000;

    [Theory]
    [InlineData(1, 300, 20_000)]
    [InlineData(50, 300, 3_000)]
    [InlineData(50, 5, 20_000)]
    [InlineData(400, 60, 2_000)]
    public void A_page_stays_below_ten_megabytes_with_wide_runs(int members, int length, int count)
    {
        var text = string.Concat(Enumerable.Repeat("<é😀", length / 4 + 1));
        var members2 = Enumerable.Range(0, members).Select(i => (i, Name: $"member {i}")).ToList();

        var page = Page(
            Given.Batch([], members > 50 ? [.. members2.Select(m => m.Name)] : []),
            Enumerable
                .Range(0, count)
                .Select(i =>
                    Given.Run(
                        i,
                        "{}",
                        $"{{{string.Join(',', members2.Select(m => $"\"{m.Name}\":{(m.i % 2 == 0 ? $"[\"{text}{i}\"]" : $"{i * m.i}.1234567")}"))}}}"
                    )
                )
        );

        Assert.InRange(page.Length, 2_000_000, MostBytes);
    }

    [Fact]
    public void A_page_stays_below_ten_megabytes_with_many_points()
    {
        string[] parameters = [.. Enumerable.Range(0, 60).Select(i => $"parameter {i}")];

        var page = Page(
            Given.Batch(parameters, ["a", "b", "c"]),
            Enumerable
                .Range(0, 20_000)
                .Select(i =>
                    Given.Run(
                        i,
                        Given.Json([.. parameters.Select((name, j) => (name, Scattered(i, j)))]),
                        Given.Json(("a", Scattered(i, 61)), ("b", Scattered(i, 62)), ("c", Scattered(i, 63)))
                    )
                )
                .ToList()
        );

        Assert.InRange(page.Length, 1, MostBytes);
    }

    /// <summary>A point of (0, 1) that no other parameter or run is likely to have.</summary>
    private static double Scattered(int run, int parameter) => (0.5 + run * Math.Sqrt(parameter + 2.1)) % 1;

    private static byte[] Page(BatchRecord batch, IEnumerable<RunRecord> runs)
    {
        using var text = new StringWriter();
        HtmlReport.Write(text, ReportBuilder.Build(batch, new RunWalk(() => runs)));
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
