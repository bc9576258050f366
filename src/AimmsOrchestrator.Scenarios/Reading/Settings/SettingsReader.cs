using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>Reads <c>limits</c> and <c>window</c>; what is left out keeps its default.</summary>
internal static class SettingsReader
{
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
            : ConcurrencyReader.Read(section["concurrency"], limits, diagnostics) with
            {
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
