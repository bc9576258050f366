using AimmsOrchestrator.Scenarios.Expressions;

namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>Texts that name a key, and texts that are one.</summary>
internal static class KeyText
{
    /// <summary>The variable that a text such as <c>${{ env.AIMMS_API_KEY }}</c> names; null where it is anything else.</summary>
    public static string? VariableOf(string text) =>
        text.StartsWith("${{", StringComparison.Ordinal)
        && text.EndsWith("}}", StringComparison.Ordinal)
        && PathScanner.Scan(text[3..^2].Trim()) is ("env", [{ Name: { Length: > 0 } name }])
            ? name
            : null;

    /// <summary>Why a text cannot be a key, such as <c>is blank</c>; null where it can.</summary>
    public static string? Problem(string key) =>
        key.Length == 0 ? "is blank"
        : key.Any(c => c is < ' ' or > '~') ? "is not a key: it has characters that a header cannot carry"
        : null;
}
