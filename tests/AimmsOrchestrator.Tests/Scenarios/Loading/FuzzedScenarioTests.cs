using System.Globalization;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Tests.Testing;
using CsCheck;

namespace AimmsOrchestrator.Tests.Scenarios.Loading;

/// <summary>
/// Randomly changed scenarios: each gives a plan or diagnostics, and never an exception. <c>FUZZ_ITERATIONS</c> in the
/// environment tries more of them.
/// </summary>
public sealed class FuzzedScenarioTests
{
    private const int RunsMade = 20;

    private static readonly string[] Texts =
    [
        .. Directory.EnumerateFiles(RepositoryFolder.Scenarios, "*.yaml").Select(File.ReadAllText),
        .. ExampleTests.Blocks.Select(block => (string)block[1]),
        .. Directory
            .EnumerateFiles(
                Path.Combine(
                    RepositoryFolder.Root,
                    "tests",
                    "AimmsOrchestrator.Tests",
                    "Scenarios",
                    "Loading",
                    "Broken"
                )
            )
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText),
    ];

    private static readonly Dictionary<string, ReadOnlyMemory<byte>> Files = Directory
        .EnumerateFiles(RepositoryFolder.Scenarios)
        .ToDictionary(
            file => Path.GetFileName(file),
            file => (ReadOnlyMemory<byte>)File.ReadAllBytes(file),
            StringComparer.Ordinal
        );

    private static readonly string[] Nasty =
    [
        .. "' \" { } [ ] : - , # & * ! | > % @ ` ? ~ = <".Split(' '),
        .. "${{ }} &a *a <<: !!binary !!str --- ... \\ \\x \\u0000 \t \r \n \0 \u00a0 \ufeff \u2028 \ud800 \U0001f600".Split(
            ' '
        ),
        .. "1e999 -0 0x1F 0o17 .inf .nan 1_000 99999999999999999999 1e-400 null true ~ 2026-11-24".Split(' '),
        .. "response task run env x => ; () `${1}` /(a+)+$/ 10n await yield".Split(' '),
        "    ",
        "\n  ",
        "\n- ",
        ": ",
        ", ",
        "{ from: 0, to: 1, step: 1e-9 }",
        "{ from: 0, to: 1e18, step: 1 }",
    ];

    private static readonly Gen<(int Kind, double At, double Length, int Nasty)> Mutation = Gen.Select(
        Gen.Int[0, 5],
        Gen.Double[0, 0.999999],
        Gen.Double[0, 1],
        Gen.Int[0, Nasty.Length - 1]
    );

    private static long Iterations =>
        Environment.GetEnvironmentVariable("FUZZ_ITERATIONS") is { } given
            ? long.Parse(given, CultureInfo.InvariantCulture)
            : 1500;

    [Fact]
    public void Any_change_to_a_scenario_gives_a_plan_or_diagnostics() =>
        Gen.Select(Gen.Int[0, Texts.Length - 1], Mutation.Array[1, 6])
            .Sample(
                (text, mutations) =>
                {
                    var yaml = mutations.Aggregate(Texts[text], Mutated);
                    var result = new ScenarioLoader(_ => null).LoadStored(
                        "s.yaml",
                        yaml,
                        Files,
                        ScenarioOverrides.None
                    );
                    if (result.IsSound)
                    {
                        Assert.All(result.Scenario.Plan.Runs.From(0).Take(RunsMade), run => Assert.NotNull(run.Name));
                        return;
                    }

                    Assert.NotEmpty(result.Diagnostics);
                    Assert.All(
                        result.Diagnostics,
                        diagnostic =>
                        {
                            Assert.DoesNotContain('\n', diagnostic.ToString());
                            Assert.NotEmpty(diagnostic.Message);
                            Assert.NotEmpty(diagnostic.File);
                        }
                    );
                },
                iter: Iterations,
                print: pair => $"FUZZED:\n{pair.Item2.Aggregate(Texts[pair.Item1], Mutated)}"
            );

    private static string Mutated(string text, (int Kind, double At, double Length, int Nasty) mutation)
    {
        var at = (int)(mutation.At * text.Length);
        var end = Math.Min(text.Length, at + 1 + (int)(mutation.Length * mutation.Length * 40));
        var lines = text.Split('\n').ToList();
        var line = (int)(mutation.At * lines.Count);
        var other = (int)(mutation.Length * (lines.Count - 1));
        switch (mutation.Kind)
        {
            case 0:
                return text[..at] + Nasty[mutation.Nasty] + text[at..];
            case 1:
                return text[..at] + Nasty[mutation.Nasty] + text[end..];
            case 2:
                return text[..at] + text[end..];
            case 3:
                lines.RemoveAt(line);
                break;
            case 4:
                lines.Insert(line, lines[other]);
                break;
            default:
                (lines[line], lines[other]) = (lines[other], lines[line]);
                break;
        }

        return string.Join('\n', lines);
    }
}
