using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Tables;

namespace AimmsOrchestrator.Scenarios.Drafts;

/// <summary>A column of a file of cases.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Name">The parameter's name.</param>
public sealed record CaseColumn(string Heading, string Name)
{
    /// <summary>The place in the request that it fills; null where it only labels the case.</summary>
    public string? JsonPointer { get; init; }
}

/// <summary>A file of cases, a row for each run.</summary>
/// <param name="File">The file, as the scenario names it.</param>
/// <param name="Sheet">The sheet of an Excel file; null for the first.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">How many rows there are.</param>
public sealed record CaseTable(string File, string? Sheet, IReadOnlyList<CaseColumn> Columns, int Rows)
{
    /// <summary>Whether a column fills a place of the request.</summary>
    public bool FillsRequest => Columns.Any(column => column.JsonPointer is not null);

    /// <summary>Reads the headings, and finds the places that have their names; null where the file is no table, with the reasons.</summary>
    /// <param name="path">The file, as the user names it.</param>
    /// <param name="file">As the scenario names it.</param>
    /// <param name="sheet">The sheet of an Excel file; null for the first.</param>
    /// <param name="request">The values of the request.</param>
    public static (CaseTable? Table, IReadOnlyList<Diagnostic> Diagnostics) Read(
        string path,
        string file,
        string? sheet,
        IReadOnlyList<Candidate> request
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        var diagnostics = new DiagnosticBag();
        var location = SourceLocation.Whole(path);
        if (RegularFile.Read(path) is not { } bytes)
        {
            diagnostics.Add(location, "this is a device or a pipe; a table is a regular file");
            return (null, diagnostics.Errors());
        }

        if (Table.Read(path, location, bytes, sheet, diagnostics) is not { } table || diagnostics.Any)
        {
            return (null, diagnostics.Errors());
        }

        var names = new DraftNames();
        var columns = table
            .Columns.Select(heading => new CaseColumn(heading, names.Of(heading))
            {
                JsonPointer = PointerTo(heading, request),
            })
            .ToList();
        return (new CaseTable(file, sheet, columns, table.Rows.Count), []);
    }

    /// <summary>The only value that has the heading as its pointer or as the name of its member.</summary>
    private static string? PointerTo(string heading, IReadOnlyList<Candidate> request)
    {
        var word = Letters(heading);
        var exact = request.Where(candidate => Letters(candidate.JsonPointer) == word).ToList();
        var found =
            exact.Count > 0
                ? exact
                : [.. request.Where(c => Letters(c.JsonPointer[(c.JsonPointer.LastIndexOf('/') + 1)..]) == word)];
        return found is [var only] ? only.JsonPointer : null;
    }

    private static string Letters(string text) =>
        new([.. text.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);
}
