using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Reports.Comparison;

namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>The results of a scenario's expectations for people, and for a CI server.</summary>
internal static class ExpectationView
{
    /// <summary>One line per expectation, and below a violated one the first runs that violate it.</summary>
    public static IEnumerable<string> Lines(this ExpectationCheck check)
    {
        foreach (var result in check.Results)
        {
            yield return $"expected: {result.Name.OneLine()}: {result.Summary}";
            foreach (var violation in result.First)
            {
                yield return $"  {violation.Message.OneLine()}";
            }

            if (result.Violated > result.First.Count)
            {
                yield return $"  and {result.Violated - result.First.Count} more";
            }
        }
    }

    /// <summary>Writes them as JUnit XML.</summary>
    /// <param name="check">The results.</param>
    /// <param name="file">Where to.</param>
    /// <param name="batch">The batch's id.</param>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static Task WriteJUnitAsync(this ExpectationCheck check, FileInfo file, string batch) =>
        OutputFile.WriteAsync(
            file,
            output =>
            {
                JUnitReport.Write(output, batch, check.Results);
                return Task.CompletedTask;
            },
            option: "--junit"
        );
}
