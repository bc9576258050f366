using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>How the runs of a scenario are run, whatever they are.</summary>
internal sealed record PlanSettings(
    Limits Limits,
    PollPolicy Poll,
    RetryPolicy Retry,
    TimeLimits TimeLimits,
    StopSettings Stop,
    ResponseKeeping Responses,
    bool DeletesTasks
)
{
    public BatchPlan ToPlan(IRunSource runs, IResultReader results) =>
        new()
        {
            Runs = runs,
            Results = results,
            Limits = Limits,
            Poll = Poll,
            Retry = Retry,
            TimeLimits = TimeLimits,
            FailureBudget = Stop.Failures,
            StopAt = Stop.At,
            StopWhen = Stop.When,
            Responses = Responses,
            DeletesTasks = DeletesTasks,
        };
}

/// <summary>Reads everything that says how runs are run: limits, polls, retries, time limits, stops and the cleaning up.</summary>
internal sealed class PlanReader(PlainExpressionReader expressions, DiagnosticBag diagnostics)
{
    private static readonly (string, bool)[] Cleanups = [("keep", false), ("delete", true)];

    private static readonly (string, ResponseKeeping)[] Responses =
    [
        ("all", ResponseKeeping.All),
        ("failed", ResponseKeeping.Failed),
        ("none", ResponseKeeping.None),
    ];

    public PlanSettings Read(Section scenario) =>
        new(
            SettingsReader.Limits(scenario, diagnostics),
            SettingsReader.Poll(scenario["poll"], diagnostics),
            new RetryReader(expressions, diagnostics).Read(scenario["retry"]),
            TimeLimitsReader.Read(scenario["timeouts"], diagnostics),
            new StopReader(expressions, diagnostics).Read(scenario["stop"]),
            Word(scenario, "responses", Responses),
            Word(scenario, "cleanup", Cleanups)
        );

    /// <summary>A key whose value is one of a few words; what the first of them means where it is left out.</summary>
    private T Word<T>(Section scenario, string key, (string Word, T Meaning)[] words)
    {
        if (scenario[key] is not { } written || written is ScalarNode { Kind: ScalarKind.Null })
        {
            return words[0].Meaning;
        }

        var text = (written as ScalarNode)?.Text;
        var at = Array.FindIndex(words, word => word.Word == text);
        if (at < 0)
        {
            var names = words.Select(word => word.Word).ToList();
            diagnostics.Add(
                written.Location,
                $"{key}: {written.Description} is not one of {string.Join(", ", names)}{DidYouMean.Hint(text ?? "", names)}"
            );
        }

        return words[Math.Max(at, 0)].Meaning;
    }
}
