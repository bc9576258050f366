using System.Reflection;

namespace AimmsOrchestrator.Scenarios.Language.Pages;

/// <summary>The examples in the folder beside this one: whole scenarios, each by the paths of the keys that it shows.</summary>
internal static class KeyExamples
{
    private const string Prefix = "example:";

    private static readonly Dictionary<string, string> Texts = Read();

    /// <summary>The paths that have an example of their own.</summary>
    public static IReadOnlyCollection<string> Paths => Texts.Keys;

    /// <summary>The example of a key, or of the nearest key above it; null where there is none.</summary>
    public static string? Of(string path)
    {
        for (var at = path; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOf('.'))])
        {
            if (Texts.TryGetValue(at, out var text))
            {
                return text;
            }
        }

        return null;
    }

    private static Dictionary<string, string> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(IsExample))
        {
            foreach (var path in Path.GetFileNameWithoutExtension(name[Prefix.Length..]).Split('+'))
            {
                texts[path] = Text(name);
            }
        }

        return texts;

        static bool IsExample(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

        string Text(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd().ReplaceLineEndings("\n");
        }
    }
}
