using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Expressions;

namespace AimmsOrchestrator.Scenarios.Reading;

/// <summary>How the runs of a scenario are run, whatever they are.</summary>
internal sealed record PlanSettings(
    Limits Limits,
    PollPolicy Poll,
    RetryPolicy Retry,
    TimeLimits TimeLimits,
    StopSettings Stop,
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
            DeletesTasks = DeletesTasks,
        };
}

/// <summary>Reads everything that says how runs are run: limits, polls, retries, time limits, stops and the cleaning up.</summary>
internal sealed class PlanReader(BareExpressions bare, ScriptLibrary library, MistakeList mistakes)
{
    private static readonly string[] Cleanups = ["keep", "delete"];

    public PlanSettings Read(Section scenario) =>
        new(
            SettingsReader.Limits(scenario, mistakes),
            SettingsReader.Poll(scenario["poll"], mistakes),
            new RetryReader(bare, library, mistakes).Read(scenario["retry"]),
            TimeLimitsReader.Read(scenario["timeouts"], mistakes),
            new StopReader(bare, library, mistakes).Read(scenario["stop"]),
            DeletesTasks(scenario)
        );

    private static bool DeletesTasks(Section scenario)
    {
        var word = scenario.Scalar("cleanup")?.Text;
        if (word is not null && !Cleanups.Contains(word))
        {
            scenario.Wrong("cleanup", $"\"{word}\" is neither keep nor delete{NearestWord.Hint(word, Cleanups)}");
        }

        return word == "delete";
    }
}
