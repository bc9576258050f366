using System.Text.RegularExpressions;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Architecture;

/// <summary>The pages for contributors, <c>src/README.md</c> first of all, name what is there.</summary>
public sealed partial class MapTests
{
    private static readonly string[] Folders = ["src", "tests", "build"];

    private static readonly Lazy<HashSet<string>> Words = new(() =>
        [.. Folders.SelectMany(SourceFile.Below).SelectMany(file => Word().Matches(file.Text)).Select(w => w.Value)]
    );

    private static readonly IReadOnlyList<string> Entries =
    [
        .. Folders
            .Select(folder => Path.Combine(RepositoryFolder.Root, folder))
            .SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories))
            .Select(Relative)
            .Where(entry => !entry.Contains("/bin/") && !entry.Contains("/obj/")),
    ];

    /// <summary>The pages beside the code, from the repository's root.</summary>
    public static TheoryData<string> Pages =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(RepositoryFolder.Root, "src"), "*.md", SearchOption.AllDirectories)
                .Select(Relative)
                .Where(page => !page.Contains("/bin/") && !page.Contains("/obj/"))
                .Order(),
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_file_and_folder_of_a_page_exists(string page)
    {
        var missing = Named(page)
            .Where(name => PathName().IsMatch(name))
            .Select(name => name.TrimEnd('/'))
            .Where(name => !Entries.Any(entry => IsAt(entry, name) || IsAt(entry, $"{name}.cs")))
            .ToList();

        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_type_and_member_of_a_page_exists(string page)
    {
        var missing = Named(page)
            .Where(name => TypeName().IsMatch(name) && !name.Split('.').All(Words.Value.Contains))
            .ToList();

        Assert.Empty(missing);
    }

    private static IEnumerable<string> Named(string page) =>
        Quoted()
            .Matches(File.ReadAllText(Path.Combine(RepositoryFolder.Root, page)))
            .Select(match => match.Groups["text"].Value)
            .Distinct(StringComparer.Ordinal);

    private static string Relative(string entry) =>
        Path.GetRelativePath(RepositoryFolder.Root, entry).Replace('\\', '/');

    /// <summary>A path of a page begins at the repository, a room, or a folder that the sentence is about.</summary>
    private static bool IsAt(string file, string name) =>
        file.EndsWith($"/{name}", StringComparison.Ordinal)
        || file.EndsWith($"/AimmsOrchestrator.{name}", StringComparison.Ordinal)
        || file == name;

    [GeneratedRegex(@"\w+", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Word();

    [GeneratedRegex("`(?<text>[^`\n]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Quoted();

    [GeneratedRegex(
        @"^(?=.*[A-Z.])[A-Za-z0-9.]+((/[A-Za-z0-9.]+)+/?|/|\.cs)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex PathName();

    [GeneratedRegex(@"^[A-Z]\w*[a-z]\w*(\.[A-Z]\w+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex TypeName();
}
