using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Html;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Reports.Html;

/// <summary>How large a page grows, and whether it has what its script reads.</summary>
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

    [Fact]
    public void What_the_script_reads_of_a_rule_is_in_the_page()
    {
        var script = File.ReadAllText(
            Path.Combine(RepositoryFolder.Root, "src/AimmsOrchestrator.Reports/Html/Assets/page.js")
        );
        var read = Regex
            .Matches(script, @"\brule\.(?<name>[A-Za-z]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))
            .Select(match => match.Groups["name"].Value)
            .Distinct(StringComparer.Ordinal);
        var expected = new ExpectationResult("cost <= 20", 6, 1, [new Violation([5], "run 5 has 24")]);

        var page = Encoding.UTF8.GetString(
            Page(
                Given.Batch(["x"], ["cost"]),
                [Given.Run(0, """{"x":1}""", """{"cost":24}""")],
                new ReportContext { Expectations = [expected] }
            )
        );

        using var data = JsonDocument.Parse(page.Split("id=\"data\">")[1].Split("</script>")[0]);
        var rule = data.RootElement.GetProperty("expectations")[0];
        Assert.Equal(["first", "name", "summary", "violated"], read.Order(StringComparer.Ordinal));
        Assert.All(read, name => Assert.True(rule.TryGetProperty(name, out _), name));
        Assert.Equal("violated 1 of 6 times", rule.GetProperty("summary").GetString());
    }

    /// <summary>A point of (0, 1) that no other parameter or run is likely to have.</summary>
    private static double Scattered(int run, int parameter) => (0.5 + run * Math.Sqrt(parameter + 2.1)) % 1;

    private static byte[] Page(BatchRecord batch, IEnumerable<RunRecord> runs, ReportContext? context = null)
    {
        using var text = new StringWriter();
        HtmlReport.Write(text, ReportBuilder.Build(batch, new RunWalk(() => runs), context));
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
