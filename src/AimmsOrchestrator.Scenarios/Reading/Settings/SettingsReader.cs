using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Requests;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>Reads <c>limits</c> and <c>window</c>; what is left out keeps its default.</summary>
internal static class SettingsReader
{
    /// <summary>The load that the service may get, and when.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="service">Its service, whose profile may have ceilings; null where that is wrong.</param>
    /// <param name="diagnostics">Where diagnostics go.</param>
    public static Limits Limits(Section scenario, ServiceSettings? service, DiagnosticBag diagnostics)
    {
        var section = Section.Read(scenario["limits"], ScenarioSchemas.Limits, diagnostics);
        var limits = section is null ? Domain.Throttling.Limits.Unstated : Limits(section, diagnostics);
        limits = service is null ? limits : new CeilingRules(service.Ceilings, service.Profile, section).Apply(limits);
        return limits with { Window = Window(scenario) };
    }

    private static Limits Limits(Section section, DiagnosticBag diagnostics)
    {
        var limits = Domain.Throttling.Limits.Unstated;
        return ConcurrencyReader.Read(section["concurrency"], limits, diagnostics) with
        {
            MaxUnconfirmedSubmits = section.WholeNumber("unconfirmed", 1) ?? limits.MaxUnconfirmedSubmits,
            Submits = section.Rate("submits"),
            Requests = section.Rate("requests"),
            LargestAnswer = section.Size("answer") ?? limits.LargestAnswer,
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
