using System.Text.Json.Nodes;

namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>Rules about the properties of a mapping, as JSON Schema.</summary>
internal static class SchemaRules
{
    /// <summary>One of these properties stands there, and only one.</summary>
    public static string ExactlyOne(params IReadOnlyList<string> names) =>
        Each("oneOf", names.Select(name => Has([name])));

    /// <summary>At least one of these properties stands there.</summary>
    public static string AtLeastOne(params IReadOnlyList<string> names) =>
        Each("anyOf", names.Select(name => Has([name])));

    /// <summary>Exactly one of these groups stands there whole, and nothing of the others beyond it.</summary>
    /// <param name="all">All properties of the groups.</param>
    /// <param name="groups">The groups.</param>
    public static string OneGroup(IReadOnlyList<string> all, params IReadOnlyList<IReadOnlyList<string>> groups) =>
        Each(
            "anyOf",
            groups.Select(group =>
            {
                var json = Has(group);
                json["not"] = Any(all.Except(group, StringComparer.Ordinal));
                return json;
            })
        );

    /// <summary>A property stands beside none of some others.</summary>
    public static string Excludes(string name, params IReadOnlyList<string> others) =>
        Each("anyOf", [new JsonObject { ["not"] = Has([name]) }, new JsonObject { ["not"] = Any(others) }]);

    /// <summary>A property needs another one beside it, or one of several.</summary>
    public static string Needs(string name, params IReadOnlyList<string> others) =>
        Each("anyOf", [new JsonObject { ["not"] = Has([name]) }, Any(others)]);

    private static JsonObject Any(IEnumerable<string> names) =>
        new() { ["anyOf"] = new JsonArray([.. names.Select(name => (JsonNode)Has([name]))]) };

    private static JsonObject Has(IReadOnlyList<string> names) =>
        new() { ["required"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) };

    private static string Each(string word, IEnumerable<JsonObject> rules) =>
        new JsonObject { [word] = new JsonArray([.. rules]) }.ToJsonString();
}
