using System.Text.Json;

namespace AimmsOrchestrator.Aimms.Wire;

/// <summary>
/// Reads an account's list of published apps. The form of the answer is published nowhere, so every object counts that has
/// one of the vendor's names for an app, with the versions in it.
/// </summary>
internal static class AppReader
{
    private static readonly string[] Names = ["projectName", "appName", "applicationName", "name"];
    private static readonly string[] Versions = ["projectVersion", "appVersion", "projectVersionId", "version"];

    /// <summary>The apps, an entry per version; null where the body names none.</summary>
    public static IReadOnlyList<PublishedApp>? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var found = new List<PublishedApp>();
            Collect(document.RootElement, app: null, found);
            return found.Count > 0 || document.RootElement is { ValueKind: JsonValueKind.Array } ? found : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Collect(JsonElement element, string? app, List<PublishedApp> found)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, app, found);
                }

                break;

            case JsonValueKind.Object:
                var name = Text(element, Names) ?? app;
                if (name is not null)
                {
                    found.Add(new PublishedApp(name, Text(element, Versions)));
                }

                foreach (var member in element.EnumerateObject())
                {
                    Collect(member.Value, name, found);
                }

                break;
        }
    }

    private static string? Text(JsonElement element, string[] names) =>
        names
            .Select(name =>
                element.TryGetProperty(name, out var value)
                    ? value.ValueKind switch
                    {
                        JsonValueKind.String => value.GetString(),
                        JsonValueKind.Number => value.GetRawText(),
                        _ => null,
                    }
                    : null
            )
            .FirstOrDefault(text => text is not null);
}
