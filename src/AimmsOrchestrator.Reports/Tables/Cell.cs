using System.Text.Json;

namespace AimmsOrchestrator.Reports.Tables;

/// <summary>JSON values as the text of a cell.</summary>
internal static class Cell
{
    /// <summary>A text as it is, a number as it was written, nothing for null, JSON for lists and objects.</summary>
    public static string Text(JsonElement? value) =>
        value?.ValueKind switch
        {
            null or JsonValueKind.Null or JsonValueKind.Undefined => "",
            JsonValueKind.String => value.Value.GetString()!,
            _ => value.Value.GetRawText(),
        };

    public static bool IsNumber(JsonElement? value) => value?.ValueKind == JsonValueKind.Number;
}
