using System.Security.Cryptography;
using System.Text;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Scenarios;
using CsCheck;

namespace AimmsOrchestrator.Tests.Scenarios.Sweeps;

/// <summary>Properties of every sweep, checked on random sweeps.</summary>
public sealed class SweepPropertyTests
{
    private const int Iterations = 300;

    /// <summary>The members of a body, in the order of RFC 8785: by UTF-16 code unit.</summary>
    private static readonly string[] Members =
    [
        "A: null",
        "a: \"${{ x }}\"",
        "b: { d: 1.0, c: [1, 2] }",
        "e: 1e2",
        "\u00e4: t",
    ];

    private static readonly string[] Drawn = ["x: { uniform: [0, 1] }", "y: { normal: [0, 1] }", "z: { int: [1, 9] }"];

    private static readonly Gen<string> Method = OneOf("random", "lhs", "sobol", "halton");

    private static readonly Gen<string> Distribution = OneOf(
        "{ uniform: [0, 1] }",
        "{ int: [1, 6] }",
        "{ normal: [10, 2] }",
        "{ choice: [a, b, c] }",
        "{ triangular: [0, 1, 5] }",
        "{ beta: [2, 3] }",
        "{ loguniform: [1, 100] }"
    );

    private static readonly Gen<string> Values = Gen.OneOf(
        Gen.Int[0, 9].List[1, 4].Select(list => $"[{string.Join(", ", list)}]"),
        Gen.Select(Gen.Int[-5, 5], Gen.Int[0, 4], (from, n) => $"{{ from: {from}, to: {from + n}, step: 1 }}"),
        Gen.Select(Gen.Int[0, 5], Gen.Int[2, 5], (from, n) => $"{{ from: {from}, to: {from + 3}, count: {n} }}"),
        OneOf("[a, b]", "lean", "[true, null]", "[[1, 2], { x: 1 }]")
    );

    private static readonly Gen<string> Block = Gen.OneOf(
        Gen.Select(
            Values,
            Values,
            Gen.Int[0, 9],
            (a, b, x) => $"matrix: {{ a: {a}, b: {b}, exclude: [{{ a: {x} }}], include: [{{ a: {x}, c: 1 }}] }}"
        ),
        Values.Select(a => $"matrix: {{ a: {a} }}"),
        Gen.Int[1, 4].Select(n => $"zip: {{ a: {{ from: 1, to: {n}, step: 1 }}, b: [{Repeated("x", n)}] }}"),
        Gen.Int[1, 4].Select(n => $"runs: [{Repeated("{ a: 1, name: r }", n)}]"),
        Values.Select(v => $"oat: {{ base: {{ a: 1, b: 2 }}, vary: {{ a: {v}, b: {{ percent: [-10, 10] }} }} }}"),
        Gen.Select(
            Method,
            Gen.Int[1, 9],
            Distribution,
            (method, n, drawn) => $"sample: {{ method: {method}, count: {n}, over: {{ a: {drawn} }} }}"
        )
    );

    private static readonly Gen<string> After = OneOf(
        "",
        ", let: { z: 1 + 1 }",
        ", repeat: { times: 2, as: r }",
        ", order: shuffle",
        ", order: spread",
        ", limit: 3",
        ", repeat: { times: 3 }, order: spread, limit: 5"
    );

    private static readonly Gen<string> Sweep = Gen.OneOf(
        Gen.Select(Block, After, (block, after) => block + after),
        Gen.Select(
            Block,
            Values,
            After,
            (block, q, after) => $"{block}, concat: [{{ matrix: {{ q: {q} }} }}, {{ runs: [{{ q: 1 }}] }}]{after}"
        ),
        Gen.Select(Block, Block, After, (one, two, after) => $"concat: [{{ {one}{after} }}, {{ {two} }}]")
    );

    [Fact]
    public void The_size_is_the_number_of_runs() =>
        Sweep.Sample(
            sweep =>
            {
                if (Load(sweep) is { } runs)
                {
                    Assert.Equal(runs.From(0).LongCount(), runs.Count);
                }
            },
            iter: Iterations
        );

    [Fact]
    public void A_late_start_gives_the_same_runs_as_an_early_one() =>
        Gen.Select(Sweep, Gen.Int[0, 8], OneOf("", ", when: a != 1"))
            .Sample(
                (sweep, start, when) =>
                {
                    if (Load(sweep + when) is { } runs)
                    {
                        Assert.Equal(runs.From(0).Skip(start).Select(Told), runs.From(start).Select(Told));
                    }
                },
                iter: Iterations
            );

    [Fact]
    public void Another_axis_or_parameter_does_not_change_drawn_values() =>
        Gen.Select(Method, Gen.Int[1, 9], Distribution, Distribution)
            .Sample(
                (method, count, first, second) =>
                {
                    var sample = $"sample: {{ method: {method}, count: {count}, over: {{ ";
                    var alone = Column($"{sample}a: {first} }} }}");
                    var beside = Column($"{sample}b: {second}, a: {first} }} }}, matrix: {{ m: [1, 2] }}");
                    Assert.Equal(alone.SelectMany(value => new[] { value, value }), beside);
                },
                iter: Iterations
            );

    [Fact]
    public void A_higher_count_does_not_change_existing_values() =>
        Gen.Select(OneOf("random", "sobol", "halton"), Gen.Int[1, 9], Gen.Int[1, 9], Distribution)
            .Sample(
                (method, count, more, drawn) =>
                {
                    var few = Column($"sample: {{ method: {method}, count: {count}, over: {{ a: {drawn} }} }}");
                    var many = Column($"sample: {{ method: {method}, count: {count + more}, over: {{ a: {drawn} }} }}");
                    Assert.Equal(few, many.Take(count));
                },
                iter: Iterations
            );

    [Fact]
    public void The_order_of_a_mappings_members_keeps_every_key() =>
        Gen.Shuffle(Members)
            .Sample(shuffled => Assert.Equal(KeysOfBody(Members), KeysOfBody(shuffled)), iter: Iterations);

    [Fact]
    public void The_order_of_sampled_parameters_keeps_every_key() =>
        Gen.Select(Method, Gen.Shuffle(Drawn))
            .Sample(
                (method, shuffled) => Assert.Equal(KeysOfSample(method, Drawn), KeysOfSample(method, shuffled)),
                iter: 50
            );

    /// <summary>The SHA-256 of RFC 8785's form, written out by hand.</summary>
    [Theory]
    [InlineData("{ x: 1.0, a: [true, null] }", """{"a":[true,null],"x":1}""")]
    [InlineData("{ big: 1e30, small: 0.000001, tiny: 1e-7 }", """{"big":1e+30,"small":0.000001,"tiny":1e-7}""")]
    [InlineData("\"\u20ac \\\" \\n\"", "\"\u20ac \\\" \\n\"")]
    public void A_key_is_the_digest_of_the_canonical_request(string body, string canonical)
    {
        var document =
            $$"""{"address":"emulator","app":null,"request":{{canonical}},"service":"echo","version":null}""";

        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document))),
            Assert.Single(KeysOf($"request: {{ json: {body} }}"))
        );
    }

    /// <summary>Null where the parts do not fit together, such as two blocks that define the same parameter.</summary>
    private static IRunSource? Load(string sweep) =>
        Given
            .Load($"service: {{ url: emulator, name: echo }}\nsweep: {{ {sweep} }}", ScenarioOverrides.None)
            .Scenario?.Plan.Runs;

    private static string Told(PlannedRun run) => $"{run.Index} {run.Name} {run.Parameters.ToJson()} {run.Key}";

    /// <summary>The values of parameter a.</summary>
    private static List<string> Column(string sweep) =>
        [
            .. Given
                .Sketch($"sweep: {{ {sweep} }}")
                .Runs()
                .Select(run => run.Parameters.Parameters.Single(p => p.Name == "a").Value.GetRawText()),
        ];

    private static List<string> KeysOfBody(IEnumerable<string> members) =>
        KeysOf($"sweep: {{ matrix: {{ x: [1, 2] }} }}\nrequest: {{ json: {{ {string.Join(", ", members)} }} }}");

    private static List<string> KeysOfSample(string method, IEnumerable<string> drawn) =>
        KeysOf(
            $"sweep: {{ sample: {{ method: {method}, count: 10, over: {{ {string.Join(", ", drawn)} }} }} }}\n"
                + "request: { json: \"${{ [x, y, z] }}\" }"
        );

    private static List<string> KeysOf(string yaml) => [.. Given.Sketch(yaml).Runs().Select(run => run.Key!.Value.Hex)];

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static string Repeated(string text, int times) => string.Join(", ", Enumerable.Repeat(text, times));
}
