using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Server.Events;

/// <summary>A run that ended.</summary>
public sealed record RunDocument(
    string Batch,
    long Index,
    string Name,
    string State,
    JsonElement? Results,
    string? Error
)
{
    public static RunDocument Of(string batch, RunRecord run) =>
        new(batch, run.Index, run.Name, run.State.Word(), Parsed(run.ResultsJson), run.Error?.Message);

    private static JsonElement? Parsed(string? json)
    {
        if (json is null)
        {
            return null;
        }

        using var document = LenientJson.Parse(json);
        return document.RootElement.Clone();
    }
}
