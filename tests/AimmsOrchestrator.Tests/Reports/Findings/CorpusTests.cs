using System.Text.RegularExpressions;
using AimmsOrchestrator.Reports;
using static AimmsOrchestrator.Tests.Reports.Findings.Known;

namespace AimmsOrchestrator.Tests.Reports.Findings;

/// <summary>What the findings must say of batches whose truth is known, and what they must not.</summary>
public sealed class CorpusTests
{
    private const string Drives = "explains? |moves most|with every step";
    private const string Cause = " have [a-z0-9]+ [=≥≤∈]|it has [a-z0-9]+ [=≥≤∈]";
    private static readonly string[] StatusAndCost = ["status", "cost"];

    private static readonly KnownBatch[] All =
    [
        new("no effect in a grid of two")
        {
            Points = Grid(To(5), To(4)),
            Model = (i, _) => Cost(100 + Noise(i)),
            Says = [@"^All 20 runs completed\.$", @"^cost ranges from 100\.\d+ \(a \d, b \d\) to 100\.9\d+ "],
            Never = [Drives, Cause],
        },
        new("no effect in a grid of three")
        {
            Parameters = ["a", "b", "c"],
            Points = Grid(To(4), To(4), To(4)),
            Model = (i, _) => Cost(Noise(i + 1000)),
            Never = [Drives, Cause],
        },
        new("no effect with repeats")
        {
            Points = Grid(To(3), To(30)),
            Model = (i, _) => Cost(Noise(i + 5000)),
            Never = [Drives, Cause],
        },
        new("no effect in a sample of 200")
        {
            Points = Sample(200, 2),
            Model = (i, _) => Cost(Noise(i + 90_000)),
            Never = [Drives, Cause],
        },
        new("no effect of fifty parameters")
        {
            Parameters = [.. Enumerable.Range(1, 50).Select(i => $"p{i}")],
            Points = Sample(400, 50),
            Model = (i, _) => Cost(Noise(i + 777_777)),
            Never = [Drives, Cause],
        },
        new("failures at random in a sample")
        {
            Points = Sample(100, 2),
            Model = (i, _) => Noise(i + 31) < 0.1 ? null : Cost(1),
            Says = [@"^\d+ of 100 runs completed, \d+ failed \(no solution\)\.$"],
            Never = [Cause],
        },
        new("failures at random in a grid")
        {
            Points = Grid(To(6), To(6)),
            Model = (i, _) => Noise(i + 88) < 0.25 ? null : Cost(1),
            Never = [Cause],
        },
        new("one failure among fifteen")
        {
            Points = Grid(To(5), To(3)),
            Model = (i, _) => i == 7 ? null : Cost(i),
            Says = [@"^14 of 15 runs completed, 1 failed"],
            Never = [Cause],
        },
        new("one driver in a grid")
        {
            Points = Grid(To(5), To(3)),
            Model = (_, p) => Cost(10 * p[0]),
            Says =
            [
                @"^a explains 100 % of how cost varies \(it rises with it\)\.$",
                @"from 10 \(a 1, b 1\) to 50 \(a 5, b 1\)",
            ],
        },
        new("one driver that falls")
        {
            Points = Grid(To(5), To(3)),
            Model = (_, p) => Cost(-10 * p[1]),
            Says = [@"^b explains 100 % of how cost varies \(it falls with it\)"],
        },
        new("two drivers of 80 and 20 per cent")
        {
            // Variances of 2a and b over the values 1 to 5: 4 to 1.
            Points = Grid(To(5), To(5)),
            Model = (_, p) => Cost((2 * p[0]) + p[1]),
            Says = [@"^a explains 80 % of how cost varies \(it rises with it\); b 20 %\.$"],
        },
        new("one driver in noise")
        {
            Points = Grid(To(5), To(10)),
            Model = (i, p) => Cost(p[0] + Noise(i)),
            Says = [@"^a explains 9\d % of how cost varies"],
            Never = ["b explains|; b "],
        },
        new("one driver in a sample")
        {
            Points = Sample(300, 3),
            Parameters = ["a", "b", "c"],
            Model = (i, p) => Cost(5 * p[1] + Noise(i)),
            Says = [@"^b explains 9\d % of how cost varies \(it rises with it\)"],
            Never = ["; [ac] "],
        },
        new("one driver of fifty")
        {
            Parameters = [.. Enumerable.Range(1, 50).Select(i => $"p{i}")],
            Points = Sample(400, 50),
            Model = (_, p) => Cost(p[6]),
            Says = ["^p7 explains (9|over 99)"],
            Never = ["together"],
        },
        new("an interplay without any effect alone")
        {
            Parameters = ["a", "b", "c"],
            Points = Grid([-1, 1], [-1, 1], To(4)),
            Model = (_, p) => Cost(p[0] * p[1]),
            Says = [@"^a and b together explain 100 % of how cost varies, though neither does alone\.$"],
        },
        new("an interplay in a sample")
        {
            Points = Sample(500, 2),
            Model = (_, p) => Cost((p[0] - 0.5) * (p[1] - 0.5)),
            Says = [@"a and b together explain a further 8\d %\.$"],
        },
        new("a driver and an interplay")
        {
            // Sums of squares of 3a, b and ab over the signs: 9, 1 and 1.
            Points = Grid([-1, 1], [-1, 1], To(5)),
            Parameters = ["a", "b", "c"],
            Model = (_, p) => Cost((3 * p[0]) + p[1] + (p[0] * p[1])),
            Says = ["a explains 82 % of how cost varies", "; b 9 %", "a and b together explain a further 9 %"],
        },
        new("a driver with a ceiling")
        {
            Points = Grid(To(6), To(2)),
            Model = (_, p) => Cost(Math.Min(p[0], 3)),
            Says = ["^a explains 100 %"],
            Never = ["rises", "falls"],
        },
        new("one parameter that rises")
        {
            Parameters = ["a"],
            Points = Grid(To(6)),
            Model = (_, p) => Cost(p[0] * p[0]),
            Says = [@"^cost rises with every step of a: from 1 at 1 to 36 at 6\.$"],
        },
        new("one parameter that goes up and down")
        {
            Parameters = ["a"],
            Points = Grid(To(6)),
            Model = (_, p) => Cost(Math.Abs(p[0] - 3)),
            Never = ["every step"],
        },
        new("a constant result")
        {
            Points = Grid(To(5), To(3)),
            Model = (_, _) => Cost(153.675),
            Says = [@"^cost is 153\.68 in all 15 runs that have it\.$"],
            Never = [Drives],
        },
        new("a constant up to rounding")
        {
            Points = Grid(To(5), To(3)),
            Model = (i, _) => Cost(0.1 + 0.2 + (i % 2 == 0 ? 0 : -5e-17)),
            Says = [@"^cost is 0\.3 in all 15 runs that have it\.$"],
            Never = [Drives],
        },
        new("failures above a threshold")
        {
            Points = Grid(To(6), To(3)),
            Model = (_, p) => p[0] >= 5 ? null : Cost(p[0]),
            Says = [@"^12 of 18 runs completed, 6 failed \(no solution\): all 6 have a ≥ 5\.$"],
        },
        new("failures below a threshold")
        {
            Points = Grid(To(6), To(3)),
            Model = (_, p) => p[1] <= 1 ? null : Cost(p[0]),
            Says = [@"6 failed \(no solution\): all 6 have b = 1\.$"],
        },
        new("failures in a corner of two parameters")
        {
            Points = Grid(To(5), To(5)),
            Model = (_, p) => p[0] >= 4 && p[1] >= 4 ? null : Cost(p[0]),
            Says = [@"^21 of 25 runs completed, 4 failed \(no solution\): all 4 have a ≥ 4 and b ≥ 4\.$"],
        },
        new("failures in a corner of a sample")
        {
            Points = Sample(400, 3),
            Parameters = ["a", "b", "c"],
            Model = (_, p) => p[0] > 0.7 && p[2] < 0.4 ? null : Cost(p[0]),
            Says = [@"all \d+ have a ≥ 0\.7\d* and c ≤ 0\.[34]\d*\.$|all \d+ have c ≤ 0\.[34]\d* and a ≥ 0\.7\d*\.$"],
        },
        new("failures above a threshold of a sample")
        {
            Points = Sample(300, 2),
            Model = (_, p) => p[1] > 0.9 ? null : Cost(p[0]),
            Says = [@"all \d+ have b ≥ 0\.9\d?\.$"],
        },
        new("failures nearly always above a threshold")
        {
            Points = Sample(300, 2),
            Model = (i, p) => p[1] > 0.8 || i is 2 or 5 or 9 ? null : Cost(p[0]),
            Says = [@": \d+ of \d+ have b ≥ 0\.8\d?, and no other run has\.$"],
        },
        new("infeasible at one value")
        {
            Results = StatusAndCost,
            Points = Grid(To(6), [0.9, 1.0, 1.1]),
            Model = (_, p) => p[1] > 1.05 ? Status("infeasible") : Status("optimal", p[0] * p[1]),
            Says = [@"^12 of 18 runs have status optimal, 6 infeasible: all 6 have b = 1\.1\.$"],
            Never = ["empty"],
        },
        new("infeasible at two of six values")
        {
            Results = StatusAndCost,
            Points = Grid(To(6), To(6)),
            Model = (_, p) => p[0] is 2 or 5 ? Status("infeasible") : Status("optimal", p[1]),
            Says = [@"24 of 36 runs have status optimal, 12 infeasible: all 12 have a ∈ \{2, 5\}\.$"],
        },
        new("all infeasible")
        {
            Results = StatusAndCost,
            Points = Grid(To(3), To(3)),
            Model = (_, _) => Status("infeasible"),
            Says = [@"^All 9 runs have status infeasible\.$", @"^cost is empty in all 9 runs"],
            Never = [Cause, Drives],
        },
        new("all optimal")
        {
            Results = StatusAndCost,
            Points = Grid(To(3), To(3)),
            Model = (_, p) => Status("optimal", p[0]),
            Says = [@"^All 9 runs have status optimal\.$"],
        },
        new("text results only")
        {
            Results = ["plan"],
            Points = Grid(To(4), To(4)),
            Model = (_, p) => p[0] < 3 ? """{"plan":"north"}""" : """{"plan":"south"}""",
            Says = [@"^8 of 16 runs have plan north, 8 south: all 8 have a ≥ 3\.$"],
            Never = [Drives],
        },
        new("every run failed")
        {
            Points = Grid(To(4), To(4)),
            Model = (_, _) => null,
            Says = [@"^0 of 16 runs completed, 16 failed \(no solution\)\.$"],
            Never = [Cause, Drives],
        },
        new("one run")
        {
            Parameters = ["a"],
            Points = Grid([3]),
            Model = (_, _) => Cost(7),
            Says = [@"^The run completed\.$"],
            Never = [Drives, "ranges"],
        },
        new("two runs")
        {
            Parameters = ["a"],
            Points = Grid([3, 4]),
            Model = (i, _) => Cost(i),
            Says = [@"^All 2 runs completed\.$"],
            Never = [Drives, Cause],
        },
        new("a result that is always empty")
        {
            Points = Grid(To(4), To(4)),
            Model = (_, _) => """{"cost":null}""",
            Says = [@"^cost is empty in all 16 runs\.$"],
        },
        new("a result that is empty for a reason")
        {
            Points = Grid(To(4), To(4)),
            Model = (_, p) => p[1] > 3 ? """{"cost":null}""" : Cost(p[0]),
            Says = [@"^cost is empty in 4 of 16 runs that completed: all of them have b = 4\.$"],
        },
        new("a result that is empty at random")
        {
            Points = Grid(To(6), To(6)),
            Model = (i, p) => i is 3 or 17 or 29 ? """{"cost":null}""" : Cost(p[0]),
            Says = [@"^cost is empty in 3 of 36 runs that completed\.$"],
        },
        new("whole numbers")
        {
            Points = Grid(To(5), To(4)),
            Model = (_, p) => Cost(p[0] > 2 ? 4 : 3),
            Says = [@"^cost is 3 in 8 runs and 4 in 12 runs\.$", "^a explains"],
        },
        new("two results")
        {
            Results = ["cost", "time"],
            Points = Grid(To(5), To(5)),
            Model = (_, p) => Given.Json(("cost", p[0]), ("time", 100 - p[1])),
            Says =
            [
                "^a explains 100 % of how cost varies",
                @"^b explains 100 % of how time varies \(it falls with it\)",
            ],
        },
        new("repeats with one driver")
        {
            Parameters = ["a", "seed"],
            Points = Grid(To(4), To(10)),
            Model = (i, p) => Cost((3 * p[0]) + Noise(i)),
            Says = [@"^cost rises with every step of a: from 3\.4\d+ at 1 to 12\.\d+ at 4"],
            Never = ["seed explains|; seed "],
        },
        new("a hundred thousand runs")
        {
            Parameters = ["a", "b", "c"],
            Points = Sample(100_000, 3),
            Model = (_, p) => p[0] > 0.9 && p[1] > 0.8 ? null : Cost(p[2]),
            Says = [@"all [\d,]+ have ", "a ≥ 0.9", "b ≥ 0.8", "^c explains"],
        },
    ];

    public static TheoryData<string> Names => [.. All.Select(batch => batch.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_findings_say_what_is_true_and_nothing_else(string name)
    {
        var batch = All.Single(known => known.Name == name);

        var findings = ReportBuilder
            .Summarize(batch.Batch, new RunWalk(batch.Runs))
            .Findings.Select(f => f.Text)
            .ToList();

        var said = string.Join('\n', findings);
        Assert.InRange(findings.Count, 1, 7);
        Assert.All(batch.Says, wanted => Assert.True(Says(findings, wanted), $"nothing says {wanted}:\n{said}"));
        Assert.All(batch.Never, never => Assert.False(Says(findings, never), $"something says {never}:\n{said}"));
    }

    private static bool Says(IEnumerable<string> findings, string pattern) =>
        findings.Any(text => Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromMinutes(1)));
}
