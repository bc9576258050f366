using System.Collections.Frozen;
using System.Text.Json;

namespace AimmsOrchestrator.Journal.Text;

/// <summary>The values of an enumeration as the database spells them: <c>AtService</c> is <c>at-service</c>.</summary>
internal static class KebabEnum<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> ByValue = Enum.GetValues<T>()
        .ToFrozenDictionary(v => v, v => JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString()));

    private static readonly FrozenDictionary<string, T> ByWord = ByValue.ToFrozenDictionary(p => p.Value, p => p.Key);

    public static string Of(T value) => ByValue[value];

    public static string? Of(T? value) => value is { } v ? ByValue[v] : null;

    /// <exception cref="FormatException">The word is none of these.</exception>
    public static T Parse(string word) =>
        ByWord.TryGetValue(word, out var value)
            ? value
            : throw new FormatException($"\"{word}\" is not one of {string.Join(", ", ByWord.Keys.Order())}");
}
