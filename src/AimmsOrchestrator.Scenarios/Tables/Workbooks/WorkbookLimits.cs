using System.IO.Compression;

namespace AimmsOrchestrator.Scenarios.Tables.Workbooks;

/// <summary>
/// What a workbook may hold once it is unzipped: a zip file of a few megabytes may hold gigabytes. The zip reader itself
/// gives no more of an entry than the length that its directory states.
/// </summary>
internal static class WorkbookLimits
{
    /// <summary>The most columns of a sheet, by Excel.</summary>
    public const int MaxColumns = 16_384;

    /// <summary>The most rows of a sheet, by Excel.</summary>
    public const int MaxRows = 1_048_576;

    /// <summary>The most bytes of a sheet: some millions of cells, which take a minute at most.</summary>
    public const long MaxSheet = 256L << 20;

    /// <summary>The most bytes of the texts that cells share: all of them are in memory.</summary>
    private const long MaxTexts = 96L << 20;

    /// <summary>The most bytes of any other part: each is in memory as a tree.</summary>
    private const long MaxPart = 8L << 20;

    /// <summary>The most bytes without an element's end, such as a cell's text. Excel has 32,767 characters per cell.</summary>
    private const int MaxText = 1 << 20;

    /// <summary>The reason why a workbook is too large to be read; null where it is not.</summary>
    public static string? Exceeded(Stream workbook)
    {
        using var zip = new ZipArchive(workbook, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries.Where(IsRead))
        {
            var limit =
                IsSheet(entry) ? MaxSheet
                : IsTexts(entry) ? MaxTexts
                : MaxPart;
            if (entry.Length > limit)
            {
                return $"\"{entry.FullName}\" in it has {entry.Length >> 20} MB unzipped, and {limit >> 20} MB are the most";
            }

            if (HasLongText(entry))
            {
                return $"\"{entry.FullName}\" in it has a text of more than {MaxText >> 20} MB";
            }
        }

        return null;
    }

    private static bool IsSheet(ZipArchiveEntry entry) =>
        entry.FullName.Contains("worksheets/", StringComparison.OrdinalIgnoreCase);

    private static bool IsTexts(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Pictures and the like are not read.</summary>
    private static bool IsRead(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
        || entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);

    private static bool HasLongText(ZipArchiveEntry entry)
    {
        if (entry.Length <= MaxText)
        {
            return false;
        }

        using var stream = entry.Open();
        var buffer = new byte[1 << 16];
        var run = 0;
        while (stream.Read(buffer) is > 0 and var read)
        {
            var rest = buffer.AsSpan(0, read);
            for (var end = rest.IndexOf((byte)'<'); end >= 0 && run + end <= MaxText; end = rest.IndexOf((byte)'<'))
            {
                run = 0;
                rest = rest[(end + 1)..];
            }

            run += rest.Length;
            if (run > MaxText)
            {
                return true;
            }
        }

        return false;
    }
}
