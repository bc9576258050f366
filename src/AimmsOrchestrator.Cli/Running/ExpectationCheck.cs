using System.Text.Json;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Comparison;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>Checks a scenario's rules across the completed runs of a batch, and tells what came of it.</summary>
/// <param name="Results">A result a rule, in the scenario's order.</param>
internal sealed record ExpectationCheck(IReadOnlyList<ExpectationResult> Results)
{
    /// <summary>Nothing was expected, or nothing could be checked yet.</summary>
    public static ExpectationCheck None { get; } = new([]);

    /// <summary>Whether a rule does not hold somewhere.</summary>
    public bool IsViolated => Results.Any(result => result.Violated > 0);

    public static ExpectationCheck Of(Scenario scenario, IJournalReader reader, long batch) =>
        new([.. scenario.Expectations.Select(rule => rule.Check(() => Completed(reader, batch)))]);

    /// <summary>Every rule of a scenario, none of them checked.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="reason">Why not.</param>
    public static ExpectationCheck Skipped(Scenario scenario, string reason) =>
        new([.. scenario.Expectations.Select(rule => new ExpectationResult(rule.Name, 0, 0, []) { Reason = reason })]);

    /// <summary>A line a rule, and below one that does not hold the runs that disagree.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var result in Results)
        {
            yield return $"expected: {result.Name.OneLine()}: {result.Verdict}";
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

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("expectations");
        foreach (var result in Results)
        {
            writer.WriteStartObject();
            writer.WriteString("name", result.Name);
            writer.WriteNumber("checked", result.Checked);
            writer.WriteNumber("violated", result.Violated);
            writer.WriteString("reason", result.Reason);
            writer.WriteStartArray("first");
            foreach (var violation in result.First)
            {
                writer.WriteStringValue(violation.Message);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes it for a CI server.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="batch">The batch's id.</param>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public Task WriteJUnitAsync(FileInfo file, string batch) =>
        OutputFile.WriteAsync(
            file,
            output =>
            {
                JUnitReport.Write(output, batch, Results);
                return Task.CompletedTask;
            },
            option: "--junit"
        );

    private static IEnumerable<RunRecord> Completed(IJournalReader reader, long batch) =>
        reader.Runs(batch).Where(run => run.Phase == RunPhase.Completed);
}
