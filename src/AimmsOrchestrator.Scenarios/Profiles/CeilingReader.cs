using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Profiles;

/// <summary>Reads a profile's <c>limits</c>.</summary>
internal static class CeilingReader
{
    /// <param name="node">The section; null where it is left out.</param>
    /// <param name="profile">The profile's name, for diagnostics.</param>
    /// <param name="diagnostics">Where diagnostics go.</param>
    public static LimitCeilings Read(Node? node, string profile, DiagnosticBag diagnostics) =>
        Section.Read(node, ProfileSchemas.Limits, diagnostics, $"{profile}.limits") is { } section
            ? new LimitCeilings
            {
                UnfinishedTasks = section.WholeNumber("concurrency", 1),
                UnconfirmedSubmits = section.WholeNumber("unconfirmed", 1),
                Submits = section.Rate("submits"),
                Requests = section.Rate("requests"),
                LargestAnswer = section.Size("answer"),
            }
            : LimitCeilings.None;
}
