using System.Text;

namespace AimmsOrchestrator.EndToEnd.Tests.Testing;

/// <summary>
/// The files in <c>Golden</c>: what the program writes, byte for byte, but for what <see cref="Scrubber"/> replaces. The
/// variable <c>AIMMS_BATCH_ACCEPT=1</c> makes a test rewrite its file instead of comparing.
/// </summary>
internal static class GoldenFile
{
    private const string Accept = "AIMMS_BATCH_ACCEPT";
    private const int MostLines = 20;

    // A byte order mark stays in the text, and bytes that are not UTF-8 are an error.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, true);

    private static readonly string Folder = Path.Combine(
        ProgramFolder.Repository,
        "tests",
        "AimmsOrchestrator.EndToEnd.Tests",
        "Golden"
    );

    public static string Text(byte[] bytes) => Strict.GetString(bytes);

    /// <summary>Fails where a scrubbed text is not the file's, with the lines that differ.</summary>
    public static async Task MatchesAsync(string name, string text)
    {
        var file = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            await File.WriteAllBytesAsync(file, Strict.GetBytes(text));
            return;
        }

        var expected = File.Exists(file) ? Text(await File.ReadAllBytesAsync(file)) : null;
        if (expected != text)
        {
            Assert.Fail(
                $"Golden/{name} is {(expected is null ? "missing" : "not what the program writes")}.\n"
                    + Difference(expected ?? "", text)
                    + $"If this is meant: {Accept}=1 dotnet test … rewrites the file."
            );
        }
    }

    /// <summary>The lines between the first and the last that differ, and the first place in them.</summary>
    private static string Difference(string expected, string actual)
    {
        var (before, after) = (expected.Split('\n'), actual.Split('\n'));
        var start = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        var end = before
            .Skip(start)
            .Reverse()
            .Zip(after.Skip(start).Reverse())
            .TakeWhile(pair => pair.First == pair.Second)
            .Count();
        var (gone, come) = (before[start..^end], after[start..^end]);
        var column = gone.Length > 0 && come.Length > 0 ? FirstDifference(gone[0], come[0]) : 0;
        var text = new StringBuilder();
        text.Append(string.Create(null, $"from line {start + 1}, column {column + 1} (- the file, + the program):\n"));
        Lines(text, '-', gone, column);
        Lines(text, '+', come, column);
        return text.ToString();
    }

    private static int FirstDifference(string one, string other) =>
        one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();

    /// <summary>A long line, such as one of a table, from shortly before the place where the first one differs.</summary>
    private static void Lines(StringBuilder text, char sign, string[] lines, int column)
    {
        const int Before = 60;
        const int Width = 200;
        foreach (var line in lines.Take(MostLines))
        {
            var from = Math.Min(Math.Max(0, column - Before), line.Length);
            var to = Math.Min(line.Length, from + Width);
            var (left, right) = (from > 0 ? "…" : "", to < line.Length ? "…" : "");
            text.Append(sign).Append(' ').Append(left).Append(Visible(line[from..to])).Append(right).Append('\n');
        }

        if (lines.Length > MostLines)
        {
            text.Append(sign).Append(string.Create(null, $" and {lines.Length - MostLines} lines more\n"));
        }
    }

    private static string Visible(string text) =>
        text.Replace('\r', '␍').Replace('\t', '␉').Replace("\uFEFF", "<byte order mark>", StringComparison.Ordinal);
}
