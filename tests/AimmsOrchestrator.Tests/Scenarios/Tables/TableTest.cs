using System.Text;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Tests.Scenarios.Tables;

/// <summary>Scenarios over one table.</summary>
internal static class TableTest
{
    public static ScenarioLoadResult Load(string file, byte[] bytes, string more = "") =>
        Given
            .Loader()
            .LoadStored(
                Given.File,
                $"name: t\nservice: {{ url: emulator, name: echo }}\nsweep: {{ table: {{ file: {file}{more} }} }}\n",
                new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { [file] = bytes },
                ScenarioOverrides.None
            );

    public static ScenarioLoadResult Load(string file, string text, string more = "") =>
        Load(file, Encoding.UTF8.GetBytes(text), more);

    /// <summary>The parameters of each run; the table must be sound.</summary>
    public static IReadOnlyList<string> Rows(this ScenarioLoadResult result)
    {
        Assert.True(result.IsSound, string.Join('\n', result.Diagnostics));
        return result.Scenario.Parameters();
    }

    /// <summary>The warnings about the table's file.</summary>
    public static IReadOnlyList<string> Warnings(this ScenarioLoadResult result)
    {
        Assert.True(result.IsSound, string.Join('\n', result.Diagnostics));
        return [.. result.Scenario.Warnings.Where(w => w.File != Given.File).Select(w => w.ToString())];
    }

    /// <summary>The one error, as it is printed.</summary>
    public static string Error(this ScenarioLoadResult result) => Assert.Single(result.Diagnostics).ToString();
}
