using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>Reads <c>limits</c>, <c>poll</c> and <c>window</c>; what is left out keeps its default.</summary>
internal static class SettingsReader
{
    private static readonly string[] Growing = ["first", "factor", "max"];

    /// <summary>How hard the service may be worked, and when.</summary>
    public static Limits Limits(Section scenario, DiagnosticBag mistakes) =>
        Limits(scenario["limits"], mistakes) with
        {
            Window = Window(scenario, mistakes),
        };

    private static Limits Limits(Node? node, DiagnosticBag mistakes)
    {
        var limits = new Limits();
        var section = Section.Of(node, ScenarioSchemas.Limits, mistakes);
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

    /// <summary>How often a task is looked at.</summary>
    public static PollPolicy Poll(Node? node, DiagnosticBag mistakes)
    {
        var policy = PollPolicy.Default;
        if (node is ScalarNode { Text: "adaptive" })
        {
            mistakes.Warn(
                node.Location,
                "poll: adaptive is not learned by this version yet: it looks after 1s, then in steps that grow to 30s"
            );
            return policy;
        }

        if (Section.Of(node, ScenarioSchemas.Poll, mistakes) is not { } section)
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

    private static SubmitWindow? Window(Section scenario, DiagnosticBag mistakes)
    {
        if (scenario.Scalar("window") is not { } written)
        {
            return null;
        }

        if (
            written.Text.Split('-', StringSplitOptions.TrimEntries) is [var from, var until]
            && TimesOfDay.Clock(from) is { } opens
            && TimesOfDay.Clock(until) is { } closes
            && opens != closes
        )
        {
            return new SubmitWindow(opens, closes, TimeZoneInfo.Local);
        }

        mistakes.Add(written.Location, $"window: {written.Description} is not two times of day; write 19:00-07:00");
        return null;
    }
}
