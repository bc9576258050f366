using System.Text.Json;
using AimmsOrchestrator.Domain.Expectations;

namespace AimmsOrchestrator.Reports.Comparison;

/// <summary>Compares JSON values: numbers within a tolerance, objects regardless of the order of their members.</summary>
internal static class JsonDifference
{
    /// <summary>Whether two values count as equal; one that is missing equals null.</summary>
    public static bool AreEqual(JsonElement? one, JsonElement? other, Tolerance tolerance)
    {
        var (a, b) = (one ?? default, other ?? default);
        var (isNothing, isOtherNothing) = (IsNothing(a), IsNothing(b));
        if (isNothing || isOtherNothing)
        {
            return isNothing == isOtherNothing;
        }

        return (a.ValueKind, b.ValueKind) switch
        {
            (JsonValueKind.Number, JsonValueKind.Number) => tolerance.Allows(a.GetDouble(), b.GetDouble()),
            (JsonValueKind.String, JsonValueKind.String) => a.ValueEquals(b.GetString()),
            (JsonValueKind.Array, JsonValueKind.Array) => AreListsEqual(a, b, tolerance),
            (JsonValueKind.Object, JsonValueKind.Object) => AreObjectsEqual(a, b, tolerance),
            var (kind, otherKind) => kind == otherKind && kind is JsonValueKind.True or JsonValueKind.False,
        };
    }

    private static bool IsNothing(JsonElement value) =>
        value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    private static bool AreListsEqual(JsonElement one, JsonElement other, Tolerance tolerance) =>
        one.GetArrayLength() == other.GetArrayLength()
        && one.EnumerateArray().Zip(other.EnumerateArray()).All(pair => AreEqual(pair.First, pair.Second, tolerance));

    private static bool AreObjectsEqual(JsonElement one, JsonElement other, Tolerance tolerance) =>
        one.EnumerateObject()
            .Select(member => member.Name)
            .Union(other.EnumerateObject().Select(member => member.Name), StringComparer.Ordinal)
            .All(name => AreEqual(Member(one, name), Member(other, name), tolerance));

    private static JsonElement? Member(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) ? member : null;
}
