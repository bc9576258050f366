using System.Globalization;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading;

/// <summary>Reads <c>limits</c>, <c>poll</c>, <c>retry</c>, <c>window</c> and <c>stop</c>; what is left out keeps its default.</summary>
internal static class SettingsReader
{
    /// <summary>All of them, from the scenario's own section.</summary>
    public static (Limits Limits, PollPolicy Poll, RetryPolicy Retry, FailureBudget? Failures) Read(
        Section scenario,
        MistakeList mistakes
    ) =>
        (
            Limits(scenario["limits"], mistakes) with
            {
                Window = Window(scenario, mistakes),
            },
            Poll(scenario["poll"], mistakes),
            Retry(scenario["retry"], mistakes),
            Failures(scenario["stop"], mistakes)
        );

    private static readonly string[] Growing = ["first", "factor", "max"];

    private static Limits Limits(Node? node, MistakeList mistakes)
    {
        var limits = new Limits();
        var section = Section.Of(node, ScenarioShapes.Limits, mistakes);
        return section is null
            ? limits
            : limits with
            {
                MaxUnfinishedTasks = section.WholeNumber("concurrency", 1) ?? limits.MaxUnfinishedTasks,
                MaxUnconfirmedSubmits = section.WholeNumber("unconfirmed", 1) ?? limits.MaxUnconfirmedSubmits,
                Submits = section.Rate("submits"),
                Requests = section.Rate("requests"),
            };
    }

    private static PollPolicy Poll(Node? node, MistakeList mistakes)
    {
        var policy = PollPolicy.Default;
        if (node is ScalarNode { Text: "adaptive" })
        {
            mistakes.Warn(
                node.Place,
                "poll: adaptive is not learned by this version yet: it looks after 1s, then in steps that grow to 30s"
            );
            return policy;
        }

        if (Section.Of(node, ScenarioShapes.Poll, mistakes) is not { } section)
        {
            return policy;
        }

        if (section["every"] is not null)
        {
            foreach (var other in Growing.Where(key => section[key] is not null))
            {
                section.Wrong(other, "every keeps the wait fixed, so nothing else can stand beside it");
            }

            return section.Duration("every") is { } interval ? PollPolicy.Every(interval) : policy;
        }

        var read = new PollPolicy(
            section.Duration("first") ?? policy.First,
            section.Number("factor", 1) ?? policy.Factor,
            section.Duration("max") ?? policy.Max
        );
        if (read.Max < read.First && section["max"] is not null)
        {
            section.Wrong("max", $"the longest wait is shorter than the first one, {read.First.TotalSeconds} s");
        }

        return read.Max < read.First ? read with { Max = read.First } : read;
    }

    private static SubmitWindow? Window(Section scenario, MistakeList mistakes)
    {
        if (scenario.Scalar("window") is not { } written)
        {
            return null;
        }

        if (
            written.Text.Split('-', StringSplitOptions.TrimEntries) is [var from, var until]
            && Clock(from) is { } opens
            && Clock(until) is { } closes
            && opens != closes
        )
        {
            return new SubmitWindow(opens, closes, TimeZoneInfo.Local);
        }

        mistakes.Add(written.Place, $"window: {written.Description} is not two times of day; write 19:00-07:00");
        return null;
    }

    private static TimeOnly? Clock(string text) =>
        TimeOnly.TryParseExact(text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;

    /// <summary>Null where the scenario stops for no number of failures.</summary>
    private static FailureBudget? Failures(Node? node, MistakeList mistakes)
    {
        if (Section.Of(node, ScenarioShapes.Stop, mistakes)?.Scalar("failures") is not { } written)
        {
            return null;
        }

        var isShare = written.Text.EndsWith('%');
        var digits = written.Text.TrimEnd('%').TrimEnd();
        if (
            isShare
            && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            && share is > 0 and <= 100
        )
        {
            return new FailureBudget(Runs: null, share / 100);
        }

        if (!isShare && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var runs) && runs > 0)
        {
            return new FailureBudget(runs, Share: null);
        }

        mistakes.Add(
            written.Place,
            $"stop.failures: {written.Description} is neither a number of runs nor a percentage of them; write 5 or 5%"
        );
        return null;
    }

    private static RetryPolicy Retry(Node? node, MistakeList mistakes)
    {
        var policy = RetryPolicy.Default;
        if (Section.Of(node, ScenarioShapes.Retry, mistakes) is not { } section)
        {
            return policy;
        }

        var read = new RetryPolicy(
            section.WholeNumber("attempts", 1) ?? policy.MaximumAttempts,
            section.Duration("first") ?? policy.InitialInterval,
            section.Duration("max") ?? policy.MaximumInterval
        );
        if (read.MaximumInterval < read.InitialInterval && section["max"] is not null)
        {
            section.Wrong(
                "max",
                $"the longest wait is shorter than the first one, {read.InitialInterval.TotalSeconds} s"
            );
        }

        return read.MaximumInterval < read.InitialInterval
            ? read with
            {
                MaximumInterval = read.InitialInterval,
            }
            : read;
    }
}
