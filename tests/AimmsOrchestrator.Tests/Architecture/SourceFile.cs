using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Architecture;

/// <summary>One C# file of the repository, as far as the rules of the house look at it.</summary>
/// <param name="Path">Below the repository's root, with forward slashes.</param>
/// <param name="Text">Its whole text.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private static readonly Regex Namespaces = Pattern(@"^namespace (?<name>[\w.]+);");
    private static readonly Regex Usings = Pattern(@"^using (static )?(\w+ = )?(?<name>AimmsOrchestrator\.[\w.]+);");
    private static readonly Regex Extensions = Pattern(@"static [\w<>\[\]?.,() ]+ (?<name>\w+)(<[^>]*>)?\(\s*this ");
    private static readonly Regex Types = Pattern(
        @"^((public|internal|file|static|sealed|abstract|readonly|partial) )+(class|record struct|record|struct|interface|enum) (?<name>\w+)"
    );
    private static readonly Regex NoCode = Pattern("//.*|\"\"\"[\\s\\S]*?\"\"\"|\"(\\\\.|[^\"\\\\\\n])*\"");
    private static readonly Regex WordsOfCode = Pattern(@"\b[A-Z]\w*\b|(?<=\W)_?[a-z]\w*\b");
    private static readonly Regex Members = Pattern(@"\.\w+");

    /// <summary>The namespace that it declares; empty where it declares none.</summary>
    public string Namespace { get; } = Namespaces.Match(Text).Groups["name"].Value;

    /// <summary>The namespaces that it imports.</summary>
    public IReadOnlyList<string> Imports { get; } = [.. Usings.Matches(Text).Select(m => m.Groups["name"].Value)];

    /// <summary>The types that it declares outside of other types, and the extension methods, each with a dot before it.</summary>
    public IReadOnlyList<string> Declared { get; } =
    [
        .. Types.Matches(Text).Select(m => m.Groups["name"].Value),
        .. Extensions.Matches(Text).Select(m => $".{m.Groups["name"].Value}"),
    ];

    /// <summary>The words of its code, without comments and strings; a member that is accessed has a dot before it.</summary>
    public IReadOnlySet<string> Words { get; } = WordsOf(NoCode.Replace(Text, " "));

    /// <summary>Every C# file below a folder of the repository, without what the build makes.</summary>
    public static IReadOnlyList<SourceFile> Below(string folder) =>
        [
            .. Directory
                .EnumerateFiles(
                    System.IO.Path.Combine(RepositoryFolder.Root, folder),
                    "*.cs",
                    SearchOption.AllDirectories
                )
                .Select(file => (File: file, Path: PathOf(file)))
                .Where(f => !f.Path.Contains("/obj/") && !f.Path.Contains("/bin/"))
                .Select(f => new SourceFile(f.Path, File.ReadAllText(f.File))),
        ];

    private static string PathOf(string file) =>
        System.IO.Path.GetRelativePath(RepositoryFolder.Root, file).Replace('\\', '/');

    private static HashSet<string> WordsOf(string code) =>
        [.. WordsOfCode.Matches(code).Select(m => m.Value), .. Members.Matches(code).Select(m => m.Value)];

    private static Regex Pattern([StringSyntax(StringSyntaxAttribute.Regex)] string pattern) =>
        new(pattern, RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromMinutes(1));
}
