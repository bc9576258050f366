using System.Globalization;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Scenarios;

/// <summary>
/// Scenarios with mistakes, one file a case. Its last lines say what is expected, each <c>#! line:column words</c>, in order.
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
        Path.Combine(RepositoryFolder.Root, "tests", "AimmsOrchestrator.Tests", "Scenarios", "Broken");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_mistake_is_told_at_its_place(string file)
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
            Assert.True(parts[0] == location, $"{want} expected at its place, found:\n{found}");
            Assert.Contains(parts[1], diagnostic.Message, StringComparison.Ordinal);
        }
    }
}
