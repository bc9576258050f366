using System.Text.RegularExpressions;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Architecture;

/// <summary>One word for one thing: <c>src/README.md</c> has the glossary, this test the words that it replaces.</summary>
public sealed class VocabularyTests
{
    private const string Counted =
        "run|task|batch|file|line|chart|result|parameter|second|minute|hour|day|table|column|row|service|process|actor|page|request|test|room|folder|port|node";

    /// <summary>What no sentence says, in code, comments, messages, tests or pages, and what to say instead.</summary>
    private static readonly IReadOnlyList<(Regex Pattern, string Instead)> Sentences =
    [
        Rule("whoever|whomever|somebody|(?<!ActorRefs\\.)nobody|anybody", "name the component or the person"),
        Rule("(is|are|be|been|being|was|were) told", "say what reports it"),
        Rule("so many|so long(?! as)", "the number, or its name"),
        Rule("(go|goes|gone|going|went) on with", "continue, resume"),
        Rule("to be had", "available"),
        Rule("call(s|ed|ing)? off", "cancel"),
        Rule("harvest\\w*", "drain"),
        Rule("answer ?(desk|book)s?", "result cache"),
        Rule("task ?books?", "task index"),
        Rule("unsettled?", "unconfirmed"),
        Rule("(a|one|each|every|another|earlier|later) drive", "execution"),
        // In quotes it is a member of the server's problem documents, which scripts read.
        Rule("(?<!\")mistakes?(?!\")", "diagnostic, error or bug"),
        Rule($"an? \\w+ an? ({Counted})", "per"),
    ];

    /// <summary>Words that no name in the code has as a part, and what it has instead.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["look"] = "poll",
        ["looks"] = "polls",
        ["looked"] = "polled",
        ["figures"] = "results",
        ["readings"] = "results",
        ["usual"] = "typical",
        ["heed"] = "handle",
        ["heeds"] = "handles",
        ["mistake"] = "diagnostic",
        ["mistakes"] = "diagnostics",
        ["harvest"] = "drain",
        ["unsettled"] = "unconfirmed",
        ["surroundings"] = "context",
        ["keeper"] = "what it does",
        ["whoever"] = "the component",
        ["somebody"] = "the component",
    };

    /// <summary>To look something up is no poll.</summary>
    private static readonly Regex LookUp = new(
        "[Ll]ook(s|ed)?_?[Uu]p",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(10)
    );

    /// <summary>The one place that names what it replaces.</summary>
    private static readonly Regex Glossary = new(
        "^## Glossary$.*?^## ",
        RegexOptions.Singleline | RegexOptions.Multiline,
        TimeSpan.FromSeconds(10)
    );

    private static readonly Regex Parts = new("[A-Z]?[a-z]+", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));

    private static readonly string[] Pages = ["README.md", "CHANGELOG.md", "src/README.md", "scenarios/README.md"];

    private static readonly string Self = $"{nameof(VocabularyTests)}.cs";

    private static readonly IReadOnlyList<SourceFile> Code =
    [
        .. SourceFile
            .Below("src")
            .Concat(SourceFile.Below("tests"))
            .Where(f => !f.Path.EndsWith(Self, StringComparison.Ordinal)),
    ];

    [Fact]
    public void No_sentence_uses_a_word_that_the_glossary_replaces() =>
        None(
            from text in Texts()
            from banned in Sentences
            from match in banned.Pattern.Matches(text.Text)
            select $"{text.Path}:{Line(text.Text, match.Index)}: \"{match.Value}\"; instead: {banned.Instead}"
        );

    [Fact]
    public void No_name_in_the_code_has_a_part_that_the_glossary_replaces() =>
        None(
            from file in Code
            from word in file.Words
            from part in Parts.Matches(LookUp.Replace(word, "")).Select(m => m.Value)
            where Names.ContainsKey(part)
            select $"{file.Path}: {word}; instead: {Names[part]}"
        );

    /// <summary>Code with test names as sentences, and the pages for people.</summary>
    private static IEnumerable<(string Path, string Text)> Texts() =>
        Code.Select(f => (f.Path, f.Text.Replace('_', ' ')))
            .Concat(
                Pages
                    .Concat(Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Root, "scenarios"), "*.yaml"))
                    .Select(page =>
                        (page, Glossary.Replace(File.ReadAllText(Path.Combine(RepositoryFolder.Root, page)), ""))
                    )
            );

    private static int Line(string text, int index) => 1 + text.AsSpan(0, index).Count('\n');

    private static (Regex Pattern, string Instead) Rule(string words, string instead) =>
        (
            new Regex(
                $@"\b({words})\b",
                RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
                TimeSpan.FromMinutes(1)
            ),
            instead
        );

    private static void None(IEnumerable<string> faults)
    {
        var all = string.Join('\n', faults);
        Assert.True(all.Length == 0, all);
    }
}
