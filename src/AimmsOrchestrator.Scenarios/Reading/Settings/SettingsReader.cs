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

    /// <summary>The load that the service may get, and when.</summary>
    public static Limits Limits(Section scenario, DiagnosticBag diagnostics) =>
        Limits(scenario["limits"], diagnostics) with
        {
            Window = Window(scenario),
        };

    private static Limits Limits(Node? node, DiagnosticBag diagnostics)
    {
        var limits = new Limits();
        var section = Section.Read(node, ScenarioSchemas.Limits, diagnostics);
        return section is null
            ? limits
            : limits with
            {
                MaxUnfinishedTasks = section.WholeNumber("concurrency", 1) ?? limits.MaxUnfinishedTasks,
                MaxUnconfirmedSubmits = section.WholeNumber("unconfirmed", 1) ?? limits.MaxUnconfirmedSubmits,
                Submits = section.Rate("submits"),
                Requests = section.Rate("requests"),
                LargestAnswer =
                    section.Parse<long>(
                        "answer",
                        written => SizeReader.Parse(written.Text),
                        _ => $"is not a size from 1kB to 1GB; write 64MB or 1GB"
                    ) ?? limits.LargestAnswer,
            };
    }

    /// <summary>How often a task is polled.</summary>
    public static PollPolicy Poll(Node? node, DiagnosticBag diagnostics)
    {
        var policy = PollPolicy.Default;
        if (node is ScalarNode { Text: "adaptive" })
        {
            diagnostics.Warn(
                node.Location,
                "poll: adaptive is not learned by this version yet: it polls after 1s, then at intervals that grow to 30s"
            );
            return policy;
        }

        if (Section.Read(node, ScenarioSchemas.Poll, diagnostics) is not { } section)
        {
            return policy;
        }

        CheckHook(section, diagnostics);
        if (section["every"] is not null)
        {
            foreach (var other in Growing.Where(key => section[key] is not null))
            {
                section.Report(other, "every keeps the wait fixed, so it excludes first, factor and max");
            }

            return section.Duration("every") is { } interval ? PollPolicy.Every(interval) : policy;
        }

        var (first, longest) = section.Waits(policy.First, policy.Max);
        return new PollPolicy(first, section.Number("factor", 1) ?? policy.Factor, longest);
    }

    private static void CheckHook(Section section, DiagnosticBag diagnostics)
    {
        if (section.Scalar("hook") is { Text.Length: 0 })
        {
            section.Report("hook", "it is empty; write an address");
        }
        else if (section["hook"] is { } hook)
        {
            diagnostics.Warn(
                hook.Location,
                "poll.hook is checked, but this version does not carry it out yet: the batch runs as if it were not there"
            );
        }
    }

    private static SubmitWindow? Window(Section scenario)
    {
        var window = scenario.Parse<(TimeOnly Opens, TimeOnly Closes)>(
            "window",
            written =>
                written.Text.Split('-', StringSplitOptions.TrimEntries) is [var from, var until]
                && TimeOfDayReader.Clock(from) is { } opens
                && TimeOfDayReader.Clock(until) is { } closes
                && opens != closes
                    ? (opens, closes)
                    : null,
            _ => "is not two times of day; write 19:00-07:00"
        );
        return window is var (start, end) ? new SubmitWindow(start, end, TimeZoneInfo.Local) : null;
    }
}
