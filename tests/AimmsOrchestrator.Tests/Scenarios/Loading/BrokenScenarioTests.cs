using System.Globalization;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Scenarios.Loading;

/// <summary>
/// Scenarios with errors, one file per case. Its last lines are the expected diagnostics in order, each <c>#! line:column words</c>.
/// </summary>
public sealed class BrokenScenarioTests
{
    public static TheoryData<string> Cases =>
        [
            .. Directory
                .EnumerateFiles(Folder, "*.yaml")
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal),
        ];

    private static string Folder { get; } =
        Path.Combine(RepositoryFolder.Root, "tests", "AimmsOrchestrator.Tests", "Scenarios", "Loading", "Broken");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_error_is_reported_at_its_location(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, file));
        var expected = lines
            .Where(line => line.StartsWith("#!", StringComparison.Ordinal))
            .Select(line => line[2..].Trim())
            .ToList();

        var diagnostics = new ScenarioLoader(_ => null)
            .Load(Path.Combine(Folder, file), ScenarioOverrides.None)
            .Diagnostics;

        var found = string.Join(
            '\n',
            diagnostics.Select(diagnostic => $"{diagnostic.Line}:{diagnostic.Column} {diagnostic.Message}")
        );
        Assert.True(expected.Count == diagnostics.Count, $"{expected.Count} expected, found:\n{found}");
        foreach (var (want, diagnostic) in expected.Zip(diagnostics))
        {
            var parts = want.Split(' ', 2);
            var location = string.Create(CultureInfo.InvariantCulture, $"{diagnostic.Line}:{diagnostic.Column}");
            Assert.True(parts[0] == location, $"{want} expected at its location, found:\n{found}");
            Assert.Contains(parts[1], diagnostic.Message, StringComparison.Ordinal);
        }
    }
}
