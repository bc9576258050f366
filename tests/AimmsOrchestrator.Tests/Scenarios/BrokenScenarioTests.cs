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

        var mistakes = new ScenarioLoader(_ => null).Load(Path.Combine(Folder, file), ScenarioOverrides.None).Mistakes;

        var found = string.Join('\n', mistakes.Select(mistake => $"{mistake.Line}:{mistake.Column} {mistake.Message}"));
        Assert.True(expected.Count == mistakes.Count, $"{expected.Count} expected, found:\n{found}");
        foreach (var (want, mistake) in expected.Zip(mistakes))
        {
            var parts = want.Split(' ', 2);
            var place = string.Create(CultureInfo.InvariantCulture, $"{mistake.Line}:{mistake.Column}");
            Assert.True(parts[0] == place, $"{want} expected at its place, found:\n{found}");
            Assert.Contains(parts[1], mistake.Message, StringComparison.Ordinal);
        }
    }
}
