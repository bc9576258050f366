using AimmsOrchestrator.Scenarios.Sampling;
using CsCheck;

namespace AimmsOrchestrator.Tests.Scenarios.Sampling;

public sealed class SampleTests
{
    /// <summary>The first points that Joe and Kuo's own program prints (sobol.cc, three dimensions, new-joe-kuo-6).</summary>
    [Fact]
    public void Sobol_points_are_those_that_joe_and_kuo_publish()
    {
        var scenario = Given.Sketch(
            "sweep: { sample: { method: sobol, count: 10, over: { a: { uniform: [0, 1] }, b: { uniform: [0, 1] }, c: { uniform: [0, 1] } } } }"
        );

        Assert.Equal(
            [
                "0 0 0",
                "0.5 0.5 0.5",
                "0.75 0.25 0.25",
                "0.25 0.75 0.75",
                "0.375 0.375 0.625",
                "0.875 0.875 0.125",
                "0.625 0.125 0.875",
                "0.125 0.625 0.375",
                "0.1875 0.3125 0.9375",
                "0.6875 0.8125 0.4375",
            ],
            scenario.Runs().Select(run => string.Join(' ', run.Parameters.Parameters.Select(p => p.Value.GetRawText())))
        );
    }

    /// <summary>From scipy 1.10.1: <c>qmc.Sobol(1111, scramble=False)</c>, its point of index 1000.</summary>
    [Theory]
    [InlineData(0, 0.2197265625)]
    [InlineData(1, 0.0966796875)]
    [InlineData(2, 0.5185546875)]
    [InlineData(36, 0.8486328125)]
    [InlineData(37, 0.8310546875)]
    [InlineData(99, 0.1865234375)]
    [InlineData(500, 0.7255859375)]
    [InlineData(999, 0.2001953125)]
    [InlineData(1110, 0.3701171875)]
    public void A_thousand_dimensions_agree_with_scipy(int dimension, double expected) =>
        Assert.Equal(expected, new SobolSample(dimension, scramble: null)[1000]);

    [Theory]
    [InlineData("sobol")]
    [InlineData("halton")]
    public void The_order_of_the_parameters_does_not_change_the_points(string method)
    {
        var sample = $"method: {method}, count: 8, over: {{ ";
        string[] names = ["x1", "x2", "x10"];
        var written = names.Select(name => $"{name}: {{ uniform: [0, 1] }}").ToList();

        var forwards = Values($"{sample}{string.Join(", ", written)} }}", names);
        var backwards = Values($"{sample}{string.Join(", ", written.AsEnumerable().Reverse())} }}", names);

        Assert.Equal(forwards, backwards);
        Assert.Equal(forwards[..2], Values($"{sample}{string.Join(", ", written.Take(2))} }}", names[..2]));
    }

    [Fact]
    public void Scrambled_sobol_points_still_fill_every_slice_and_depend_on_the_seed()
    {
        var (one, other) = (new SobolSample(5, 1234), new SobolSample(5, 4321));

        Assert.Equal(256, Enumerable.Range(0, 256).Select(i => (int)(one[i] * 256)).Distinct().Count());
        Assert.NotEqual(Enumerable.Range(0, 8).Select(i => one[i]), Enumerable.Range(0, 8).Select(i => other[i]));
        Assert.NotEqual(0, one[0]);
    }

    [Fact]
    public void In_every_dimension_sobol_points_fill_the_halves_evenly()
    {
        for (var dimension = 0; dimension < Sobol.MaxDimensions; dimension++)
        {
            var points = new Sobol(dimension);
            var slices = Enumerable.Range(0, 1024).Select(i => points[i] >> 22).Distinct().Count();
            Assert.Equal(1024, slices);
        }
    }

    [Fact]
    public void Halton_points_count_in_primes_backwards()
    {
        var values = Values(
            "method: halton, count: 5, over: { a: { uniform: [0, 1] }, b: { uniform: [0, 9] } }",
            "a",
            "b"
        );

        Assert.Equal([0, 0.5, 0.25, 0.75, 0.125], values[0]);
        Assert.Equal([0.0, 3, 6, 1, 4], values[1].Select(value => Math.Round(value, 9)));
    }

    /// <summary>From scipy 1.10.1: <c>qmc.Halton(5, scramble=False)</c>, its point of index 1000.</summary>
    [Theory]
    [InlineData(0, 0.0927734375)]
    [InlineData(1, 0.3475080018289895)]
    [InlineData(2, 0.00512)]
    [InlineData(3, 0.9162848812994586)]
    [InlineData(4, 0.9316303531179565)]
    public void Halton_points_agree_with_scipy(int dimension, double expected) =>
        Assert.Equal(expected, new HaltonSample(dimension, shift: 0)[1000], 14);

    [Theory]
    [InlineData("random")]
    [InlineData("lhs")]
    [InlineData("sobol, scramble: true")]
    [InlineData("halton, scramble: true")]
    public void Values_follow_their_distribution(string method)
    {
        var values = Values(
            $"method: {method}, count: 2000, over: {{ u: {{ uniform: [70, 110] }}, n: {{ normal: [10, 2] }}, i: {{ int: [1, 6] }}, "
                + "l: { loguniform: { from: 1, to: 100 } }, t: { truncnormal: [0, 1, -1, 2] }, g: { lognormal: [0, 0.5] }, "
                + "r: { triangular: { from: 0, mode: 2, to: 4 } }, b: { beta: [2, 2] }, c: { choice: { values: [1, 5], weights: [3, 1] } } }",
            [.. "unilgrbc".Select(c => $"{c}"), "t"]
        );

        Assert.Equal(90, values[0].Average(), 0.8);
        Assert.Equal(10, values[1].Average(), 0.2);
        Assert.Equal([1.0, 2, 3, 4, 5, 6], values[2].Distinct().Order());
        Assert.Equal(10, Math.Exp(values[3].Average(Math.Log)), 1.0);
        Assert.Equal(1, Math.Exp(values[4].Average(Math.Log)), 0.05);
        Assert.Equal(2, values[5].Average(), 0.1);
        Assert.Equal(0.5, values[6].Average(), 0.03);
        Assert.Equal(2, values[7].Average(), 0.2);
        Assert.All(values[8], value => Assert.InRange(value, -1, 2));
    }

    [Fact]
    public void A_latin_hypercube_has_one_point_in_every_slice()
    {
        var values = Values(
            "method: lhs, count: 100, over: { a: { uniform: [0, 100] }, b: { uniform: [0, 100] } }",
            "a",
            "b"
        );

        Assert.All(
            values,
            column => Assert.Equal(Enumerable.Range(0, 100), column.Select(value => (int)value).Order())
        );
        Assert.NotEqual(values[0].Select(value => (int)value), values[1].Select(value => (int)value));
    }

    [Theory]
    [InlineData("method: random, count: 10, over: { a: { uniform: [0, 1] }, z: { uniform: [0, 1] } }")]
    [InlineData("method: random, count: 10, over: { z: { uniform: [0, 1] }, a: { uniform: [0, 1] } }")]
    [InlineData("count: 50, over: { a: { uniform: [0, 1] } }")]
    public void Other_parameters_their_order_and_more_points_do_not_change_existing_values(string other)
    {
        var first = Values("method: random, count: 10, over: { a: { uniform: [0, 1] } }", "a")[0];

        Assert.Equal(first, Values(other, "a")[0].Take(10));
        Assert.NotEqual(first, Values("method: random, count: 10, over: { b: { uniform: [0, 1] } }", "b")[0]);
    }

    [Fact]
    public void Another_seed_draws_other_values()
    {
        const string Sample = "sweep: { sample: { count: 3, over: { a: { uniform: [0, 1] } } } }";

        Assert.NotEqual(Given.Sketch(Sample).Parameters(), Given.Sketch("seed: 1\n" + Sample).Parameters());
        Assert.Equal(Given.Sketch(Sample).Parameters(), Given.Sketch("seed: 0\n" + Sample).Parameters());
    }

    [Fact]
    public void A_permutation_of_any_size_takes_each_position_once() =>
        Gen.Select(Gen.Int[1, 300], Gen.Long)
            .Sample(
                (size, seed) =>
                {
                    var permutation = new Permutation(new SeededRandom(seed, "x"), size);
                    Assert.Equal(
                        Enumerable.Range(0, size).Select(i => (long)i),
                        Enumerable.Range(0, size).Select(i => permutation[i]).Order()
                    );
                },
                iter: 200
            );

    [Theory]
    [InlineData("shuffle")]
    [InlineData("spread")]
    public void An_order_keeps_every_run(string order)
    {
        const string Sweep = "sweep: { matrix: { a: { from: 1, to: 7, step: 1 }, b: [x, y, z, w] }, when: a != 3";
        var written = Given.Sketch(Sweep + " }").Names();

        var ordered = Given.Sketch($"{Sweep}, order: {order} }}").Names();

        Assert.NotEqual(written, ordered);
        Assert.Equal(written.Order(StringComparer.Ordinal), ordered.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Half_of_a_spread_sweep_is_a_balanced_sample()
    {
        var scenario = Given.Sketch(
            "sweep: { matrix: { a: { from: 0, until: 10, step: 1 }, b: { from: 0, until: 10, step: 1 } }, order: spread, limit: 50 }"
        );

        foreach (var parameter in new[] { 0, 1 })
        {
            var times = scenario.Runs().CountBy(run => run.Parameters.Parameters[parameter].Value.GetInt32());
            Assert.All(times, pair => Assert.InRange(pair.Value, 4, 6));
            Assert.Equal(10, times.Count());
        }
    }

    private static List<List<double>> Values(string sample, params string[] names)
    {
        var runs = Given.Sketch($"sweep: {{ sample: {{ {sample} }} }}").Runs();
        return
        [
            .. names.Select(name =>
                runs.Select(run => run.Parameters.Parameters.Single(p => p.Name == name).Value.GetDouble()).ToList()
            ),
        ];
    }
}
