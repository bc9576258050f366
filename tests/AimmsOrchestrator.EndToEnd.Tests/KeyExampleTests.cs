using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests;

/// <summary>The examples that <c>explain</c> shows run as they are.</summary>
public sealed class KeyExampleTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public static TheoryData<string> Keys
    {
        get
        {
            var examples = Path.Combine(
                ProgramFolder.Repository,
                "src",
                "AimmsOrchestrator.Scenarios",
                "Language",
                "Examples"
            );

            // Those of a cloud account have nothing to call here, and two depend on the time of day.
            return
            [
                .. Directory
                    .EnumerateFiles(examples, "*.yaml")
                    .Where(file => !File.ReadAllText(file).Contains("acme", StringComparison.Ordinal))
                    .Select(file => Path.GetFileNameWithoutExtension(file).Split('+')[0])
                    .Where(key => key is not ("stop" or "window"))
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task An_example_runs(string key)
    {
        _folder.Write("customers.csv", "customer,demand,region\nAdam,12,north\nBerta,7,south\n");
        _folder.Environment["TEAM_HOOK"] = "http://127.0.0.1:1/";
        _folder.Write("example.yaml", (await _folder.RunAsync("explain", key, "--example")).Output);

        var result = await _folder.RunAsync("run", "example.yaml");

        Assert.True(result.ExitCode == 0, $"{key}: {result.Output}{result.Errors}");
        Assert.DoesNotContain("warning", result.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
