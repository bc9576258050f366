using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.TaskService.Insight;

namespace AimmsOrchestrator.Aimms.Wire;

/// <summary>
/// Reads what a model writes to its task's status while it solves. The model's author chooses the form: a JSON object with
/// members of these names is understood, in any case; anything else says nothing.
/// </summary>
internal static class SolveStatusReader
{
    private static readonly string[] Incumbents = ["incumbent", "best", "objective", "bestSolution"];
    private static readonly string[] Bounds = ["bound", "bestBound", "lpBound"];
    private static readonly string[] Gaps = ["gap", "relativeGap", "mipGap"];

    /// <returns>Null where the text says nothing of a solve.</returns>
    public static SolveStatus? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(LenientJson.RepairSurrogates(json));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var status = new SolveStatus(Number(root, Incumbents), Number(root, Bounds), Number(root, Gaps));
            return status.IsKnown ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static double? Number(JsonElement root, string[] names) =>
        root.EnumerateObject()
            .Where(member => names.Contains(member.Name, StringComparer.OrdinalIgnoreCase))
            .Select(member =>
                member.Value.ValueKind == JsonValueKind.Number && double.IsFinite(member.Value.GetDouble())
                    ? member.Value.GetDouble()
                    : (double?)null
            )
            .FirstOrDefault(number => number is not null);
}
