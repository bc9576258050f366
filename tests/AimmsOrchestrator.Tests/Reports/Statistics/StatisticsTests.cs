using System.Globalization;
using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;
using AimmsOrchestrator.Tests.Testing;
using CsCheck;

namespace AimmsOrchestrator.Tests.Reports.Statistics;

public sealed class StatisticsTests
{
    /// <summary>NIST StRD, univariate summary statistics, Mavro: 50 transmittances.</summary>
    private static readonly double[] Mavro =
    [
        2.00180,
        2.00170,
        2.00180,
        2.00190,
        2.00180,
        2.00170,
        2.00150,
        2.00140,
        2.00150,
        2.00150,
        2.00170,
        2.00180,
        2.00180,
        2.00190,
        2.00190,
        2.00210,
        2.00200,
        2.00160,
        2.00140,
        2.00130,
        2.00130,
        2.00150,
        2.00150,
        2.00160,
        2.00150,
        2.00140,
        2.00130,
        2.00140,
        2.00150,
        2.00140,
        2.00150,
        2.00160,
        2.00150,
        2.00160,
        2.00190,
        2.00200,
        2.00200,
        2.00210,
        2.00220,
        2.00230,
        2.00240,
        2.00250,
        2.00270,
        2.00260,
        2.00260,
        2.00260,
        2.00270,
        2.00260,
        2.00250,
        2.00240,
    ];

    [Fact]
    public void Mean_and_deviation_are_NISTs_certified_ones_as_far_as_doubles_hold_the_data()
    {
        Certified(Mavro, 2.001856, 0.000429123454003053, digits: 12);
        Certified([10000001, 10000003, 10000002], 10000002, 1, digits: 15);
        Certified(Alternating(1.2, 1.1, 1.3), 1.2, 0.1, digits: 14);
        Certified(Alternating(1000000.2, 1000000.1, 1000000.3), 1000000.2, 0.1, digits: 9);
        Certified(Alternating(10000000.2, 10000000.1, 10000000.3), 10000000.2, 0.1, digits: 8);
    }

    [Theory]
    [InlineData("Lew", 200, -177.435, 277.332168044316)]
    [InlineData("Lottery", 218, 518.958715596330, 291.699727470969)]
    [InlineData("Michelso", 100, 299.8524, 0.0790105478190518)]
    public void NISTs_real_data_have_their_certified_mean_and_deviation(
        string name,
        int count,
        double mean,
        double deviation
    )
    {
        var file = Path.Combine(
            RepositoryFolder.Root,
            "tests/AimmsOrchestrator.Tests/Reports/Statistics/Nist",
            $"{name}.txt"
        );
        double[] data =
        [
            .. File.ReadAllText(file)
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(word => double.Parse(word, CultureInfo.InvariantCulture)),
        ];

        Assert.Equal(count, data.Length);
        Certified(data, mean, deviation, digits: 12);
    }

    [Fact]
    public void Quartiles_are_type_7s()
    {
        var spread = Spread.OfInPlace([4, 1, 3, 2]);

        Assert.Equal(new Quartiles(1.75, 2.5, 3.25), spread.Quartiles);
    }

    [Fact]
    public void Every_statistic_lies_between_minimum_and_maximum() =>
        Gen
            .Double.Where(double.IsFinite)
            .Array[1, 30]
            .Sample(numbers =>
            {
                var s = Spread.OfInPlace([.. numbers]);
                double[] order = [s.Minimum, s.Quartiles.Lower, s.Quartiles.Median, s.Quartiles.Upper, s.Maximum];
                return order.SequenceEqual(order.Order())
                    && s.Minimum == numbers.Min()
                    && s.Maximum == numbers.Max()
                    && s.Mean >= s.Minimum
                    && s.Mean <= s.Maximum;
            });

    [Theory]
    [InlineData(1000, 0.08)]
    [InlineData(4000, 0.04)]
    public void Ishigamis_indices_are_found(int n, double tolerance)
    {
        // Additive recurrence with generalised golden ratios (Roberts 2018): evenly spread and deterministic.
        double[] steps = [0.8191725133961645, 0.6710436067037893, 0.5497004779019703];
        var points = Enumerable
            .Range(1, n)
            .Select(i => steps.Select(s => Math.PI * (2 * (0.5 + i * s) % 2 - 1)).ToArray())
            .ToArray();
        var y = points
            .Select(x => Math.Sin(x[0]) + 7 * Math.Pow(Math.Sin(x[1]), 2) + 0.1 * Math.Pow(x[2], 4) * Math.Sin(x[0]))
            .ToArray();
        double[] known = [0.3139, 0.4424, 0];
        for (var i = 0; i < 3; i++)
        {
            var classes = Classes.Of(Column([.. points.Select(p => p[i])]).Levels, FirstOrder.ClassesFor(n));
            Assert.Equal(known[i], FirstOrder.OfSample(classes, DrawMeans.OfRuns(y))!.Value.Index, tolerance);
        }
    }

    [Fact]
    public void A_full_grids_shares_are_exact()
    {
        // y = a + 3 b over {0, 1} x {0, 1}: variances 1/4 and 9/4 of 10/4.
        var a = Column([0, 0, 1, 1]);
        var b = Column([0, 1, 0, 1]);
        double[] y = [0, 3, 1, 4];

        Assert.Equal(0.1, FirstOrder.OfGrid(Classes.Of(a.Levels, 9), y)!.Value.Index, 1e-12);
        Assert.Equal(0.9, FirstOrder.OfGrid(Classes.Of(b.Levels, 9), y)!.Value.Index, 1e-12);
        Assert.Equal([1.5, 2.5], MainEffect.Of(Classes.Of(a.Levels, 9), y).Select(m => m.Mean));
    }

    private static double[] Alternating(double first, double odd, double even) =>
        [first, .. Enumerable.Range(0, 1000).Select(i => i % 2 == 0 ? odd : even)];

    private static void Certified(double[] numbers, double mean, double deviation, double digits)
    {
        var spread = Spread.OfInPlace([.. numbers]);
        Assert.True(Digits(spread.Mean, mean) >= 14.5, $"mean: {Digits(spread.Mean, mean)}");
        var reached = Digits(spread.StandardDeviation!.Value, deviation);
        Assert.True(reached >= digits, $"deviation: {reached} digits of {digits}");
    }

    /// <summary>The logarithm of the relative error.</summary>
    private static double Digits(double value, double certified) =>
        value == certified ? 16 : -Math.Log10(Math.Abs(value - certified) / Math.Abs(certified));

    private static FrameColumn Column(double[] values) =>
        RunFrame
            .Of(Given.Batch(["x"], []), values.Select((v, i) => Given.Run(i, Given.Json(("x", v)), results: null)))
            .Parameters[0];
}
