using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Scenarios.Loading;

/// <summary>The worked examples, and every example in the reference of the format, load.</summary>
public sealed class ExampleTests
{
    private static readonly ScenarioLoader Loader = new(name =>
        name == "AIMMS_API_KEY" ? "a-key-from-the-environment" : null
    );

    public static TheoryData<string> Files =>
        [
            .. Directory
                .EnumerateFiles(Folder, "*.yaml")
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal),
        ];

    public static TheoryData<int, string> Blocks
    {
        get
        {
            var blocks = new TheoryData<int, string>();
            var parts = File.ReadAllText(Path.Combine(Folder, "README.md")).Split("```");
            for (var i = 1; i < parts.Length; i += 2)
            {
                if (parts[i].StartsWith("yaml\n", StringComparison.Ordinal))
                {
                    blocks.Add(parts.Take(i).Sum(part => part.Count(c => c == '\n')) + 1, parts[i][5..]);
                }
            }

            return blocks;
        }
    }

    private static string Folder { get; } = RepositoryFolder.Scenarios;

    [Theory]
    [MemberData(nameof(Files))]
    public void An_example_loads(string file)
    {
        var result = Loader.Load(Path.Combine(Folder, file), ScenarioOverrides.None);

        Assert.Empty(result.Diagnostics);
        Assert.All(result.Scenario!.Plan.Runs.From(0), run => Assert.Null(run.Defect));
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void An_example_in_the_reference_loads(int line, string yaml)
    {
        var files = Directory
            .EnumerateFiles(Folder)
            .ToDictionary(
                file => Path.GetFileName(file),
                file => (ReadOnlyMemory<byte>)File.ReadAllBytes(file),
                StringComparer.Ordinal
            );

        var result = Loader.LoadStored("README.yaml", yaml, files, ScenarioOverrides.None);

        Assert.True(result.IsSound, $"the block in line {line}: {string.Join('\n', result.Diagnostics)}");
        Assert.All(result.Scenario.Plan.Runs.From(0).Take(1000), run => Assert.Null(run.Defect));
    }

    [Fact]
    public void The_transport_example_has_fifteen_runs_and_says_what_they_send()
    {
        var runs = Loader.Load(Path.Combine(Folder, "transport-whatif.yaml"), ScenarioOverrides.None).Scenario!.Runs();

        Assert.Equal(15, runs.Count);
        Assert.Equal("freight=70 growth=0.9", runs[0].Name);
        Assert.Contains("\"freight\":110", runs[14].Body(), StringComparison.Ordinal);
        Assert.Contains("\"new-york\":292.5", runs[0].Body(), StringComparison.Ordinal);
    }
}
