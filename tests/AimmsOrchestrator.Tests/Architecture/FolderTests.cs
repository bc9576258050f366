namespace AimmsOrchestrator.Tests.Architecture;

/// <summary>Folders that a stranger can find the way in: no circles among them, none too full, none for a single file.</summary>
public sealed class FolderTests
{
    private const int MostFiles = 15;

    /// <summary>Folders of one file, each with its reason.</summary>
    private static readonly Dictionary<string, string> SingleFiles = new()
    {
        ["src/AimmsOrchestrator.Reports/Html"] = "the page's assets stand beside it",
    };

    private static readonly IReadOnlyList<SourceFile> Source = SourceFile.Below("src");

    public static TheoryData<string> Rooms =>
        [.. Source.Select(f => Room(f.Namespace)).Where(room => room.Length > 0).Distinct().Order()];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void The_folders_of_a_room_form_no_circle(string room)
    {
        var links = Links([.. Source.Where(f => Room(f.Namespace) == room)]);

        // Whatever is left after all folders without an open link are taken away, one after the other, is a circle.
        while (links.Where(l => !l.Value.Any(links.ContainsKey)).Select(l => l.Key).ToList() is { Count: > 0 } leaves)
        {
            leaves.ForEach(leaf => links.Remove(leaf));
        }

        Assert.True(links.Count == 0, Describe(links));
    }

    [Fact]
    public void A_folder_has_at_most_fifteen_files()
    {
        None(Folders().Where(f => f.Count() > MostFiles).Select(f => $"{f.Key}: {f.Count()}"));
    }

    [Fact]
    public void A_folder_of_one_file_has_a_reason()
    {
        None(
            Folders()
                .Where(f => f.Count() == 1 && f.Key.Count(c => c == '/') > 1)
                .Where(f => !SingleFiles.ContainsKey(f.Key) && !MirrorsSource(f.Key))
                .Select(f => f.Single().Path)
        );
    }

    [Fact]
    public void No_file_is_longer_than_350_lines()
    {
        None(
            Source.Concat(SourceFile.Below("tests")).Where(f => f.Text.Count(c => c == '\n') > 350).Select(f => f.Path)
        );
    }

    [Fact]
    public void A_namespace_is_the_path_of_its_folder()
    {
        None(
            Source
                .Where(f => f.Namespace.Length > 0 && f.Namespace != Folder(f)["src/".Length..].Replace('/', '.'))
                .Select(f => f.Path)
        );
    }

    /// <summary>Tests stand in the folders that the code which they test stands in.</summary>
    private static bool MirrorsSource(string folder) =>
        folder.StartsWith("tests/AimmsOrchestrator.Tests/", StringComparison.Ordinal)
        && Source.Any(f =>
            Folder(f)
                .StartsWith(
                    folder.Replace(
                        "tests/AimmsOrchestrator.Tests/",
                        "src/AimmsOrchestrator.",
                        StringComparison.Ordinal
                    ),
                    StringComparison.Ordinal
                )
        );

    private static IEnumerable<IGrouping<string, SourceFile>> Folders() =>
        Source.Concat(SourceFile.Below("tests")).GroupBy(Folder);

    private static string Folder(SourceFile file) => file.Path[..file.Path.LastIndexOf('/')];

    private static string Room(string name) => string.Join('.', name.Split('.').Take(2));

    /// <summary>Which namespace uses a type or an extension method of which other one of the same room.</summary>
    private static Dictionary<string, HashSet<string>> Links(IReadOnlyList<SourceFile> room)
    {
        var declared = room.ToLookup(f => f.Namespace, f => f.Declared);
        return room.GroupBy(f => f.Namespace)
            .ToDictionary(
                own => own.Key,
                own =>
                    own.SelectMany(file =>
                            file.Imports.Concat(Parents(own.Key))
                                .Where(other =>
                                    other != own.Key && declared[other].Any(d => d.Any(file.Words.Contains))
                                )
                        )
                        .ToHashSet()
            );
    }

    private static IEnumerable<string> Parents(string name)
    {
        for (var dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            yield return name[..dot];
        }
    }

    private static string Describe(Dictionary<string, HashSet<string>> knot) =>
        string.Join(
            '\n',
            knot.Select(l => $"{l.Key} uses {string.Join(", ", l.Value.Where(knot.ContainsKey).Order())}").Order()
        );

    private static void None(IEnumerable<string> faults)
    {
        var all = string.Join('\n', faults);
        Assert.True(all.Length == 0, all);
    }
}
