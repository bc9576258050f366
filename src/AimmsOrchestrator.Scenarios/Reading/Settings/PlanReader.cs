using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Requests;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>How a batch executes its runs, whatever they are.</summary>
internal sealed record PlanSettings
{
    public required Limits Limits { get; init; }

    public required PollPolicy Poll { get; init; }

    public required RetryPolicy Retry { get; init; }

    public required TimeLimits TimeLimits { get; init; }

    public required StopSettings Stop { get; init; }

    public ResponseKeeping Responses { get; init; }

    public bool DeletesTasks { get; init; }

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

/// <summary>Reads how a batch executes its runs: limits, polls, retries, time limits, stops and cleanup.</summary>
internal sealed class PlanReader(PlainExpressionReader expressions, DiagnosticBag diagnostics)
{
    /// <param name="scenario">The scenario.</param>
    /// <param name="service">Its service; null where that is wrong.</param>
    public PlanSettings Read(Section scenario, ServiceSettings? service) =>
        new()
        {
            Limits = SettingsReader.Limits(scenario, service, diagnostics),
            Poll = PollReader.Read(scenario["poll"], service, diagnostics),
            Retry = new RetryReader(expressions, diagnostics).Read(scenario["retry"]),
            TimeLimits = TimeLimitsReader.Read(scenario["timeouts"], diagnostics),
            Stop = new StopReader(expressions, diagnostics).Read(scenario["stop"]),
            Responses = scenario.Word("responses") switch
            {
                "failed" => ResponseKeeping.Failed,
                "none" => ResponseKeeping.None,
                _ => ResponseKeeping.All,
            },
            DeletesTasks = scenario.Word("cleanup") == "delete",
        };
}
