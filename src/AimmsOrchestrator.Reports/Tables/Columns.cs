using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Tables;

/// <summary>The columns of a report, and no two headers alike.</summary>
/// <param name="Parameters">The parameters' names, in the scenario's order.</param>
/// <param name="Results">The results' names, in the scenario's order.</param>
public sealed record Columns(IReadOnlyList<string> Parameters, IReadOnlyList<string> Results)
{
    /// <summary>How many members of the responses are columns where the scenario names no results.</summary>
    public const int MostFoundResults = 200;

    /// <summary>The run that results are compared with, in two more columns for each; null for no comparison.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>Whether the responses have more members than columns.</summary>
    public bool HasMore { get; init; }

    /// <summary>Whether the service named the session or the user of any task: then each has a column, after all others.</summary>
    public bool HasSessions { get; init; }

    /// <summary>The results that are compared with the baseline.</summary>
    internal IReadOnlyList<string> Compared => Baseline is { } b ? [.. Results.Where(b.Has)] : [];

    private static readonly string[] Before = ["index", "name"];

    private static readonly string[] After =
    [
        "error",
        "taskId",
        "queueTime",
        "runTime",
        "returnCode",
        "attempts",
        "settled",
        "incumbent",
        "reusedFrom",
        "key",
        "notes",
    ];

    private static readonly string[] Sessions = ["sessionId", "userName"];

    private IReadOnlyList<string> Rest => HasSessions ? [.. After, .. Sessions] : After;

    /// <summary>
    /// The columns of a batch. Where its scenario names no results, the responses' own members are the columns, in the
    /// order of their first appearance, 200 at most: one walk over the runs finds their names.
    /// </summary>
    public static Columns Of(BatchRecord batch, Func<IEnumerable<RunRecord>> runs)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(runs);
        if (batch.ResultNames.Count > 0)
        {
            return new Columns(batch.ParameterNames, batch.ResultNames);
        }

        List<string> found = [.. Found(runs()).Take(MostFoundResults + 1)];
        return new Columns(batch.ParameterNames, [.. found.Take(MostFoundResults)])
        {
            HasMore = found.Count > MostFoundResults,
        };
    }

    /// <summary>
    /// index, name, one per parameter, state, one per result, the comparison with the baseline, then the rest. A name that is
    /// taken gets the prefix <c>parameter.</c> or <c>result.</c>.
    /// </summary>
    public IReadOnlyList<string> Headers() => Headers(StringComparer.Ordinal);

    /// <summary>The same with more columns at the end, for formats that compare names differently.</summary>
    internal IReadOnlyList<string> Headers(StringComparer comparer, params IReadOnlyList<string> last)
    {
        var named = Named(comparer, last);
        return [.. Before, .. named.Parameters, "state", .. named.Results, .. named.Compared, .. Rest, .. last];
    }

    /// <summary>The headers of the scenario's own columns: the same in every format, whichever of the others it shows.</summary>
    internal ColumnHeaders Named(StringComparer comparer, params IReadOnlyList<string> last)
    {
        var taken = new HashSet<string>([.. Before, "state", .. Rest, .. last], comparer);
        return new ColumnHeaders(
            [.. Parameters.Select(name => Free(taken, name, "parameter."))],
            [.. Results.Select(name => Free(taken, name, "result."))],
            [.. Compared.SelectMany(ComparedHeaders).Select(name => Free(taken, name, "result."))]
        );
    }

    /// <summary>The headers of the two columns that compare a result with the baseline.</summary>
    private static string[] ComparedHeaders(string result) => [$"{result}.difference", $"{result}.ratio"];

    private static string Free(HashSet<string> taken, string name, string prefix)
    {
        while (!taken.Add(name))
        {
            name = prefix + name;
        }

        return name;
    }

    private static IEnumerable<string> Found(IEnumerable<RunRecord> runs)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var json in runs.Select(r => r.ResultsJson).OfType<string>())
        {
            using var document = LenientJson.Parse(json);
            foreach (var member in document.RootElement.EnumerateObject().Where(m => known.Add(m.Name)))
            {
                yield return member.Name;
            }
        }
    }
}

/// <summary>The headers of the columns that a scenario names itself.</summary>
internal sealed record ColumnHeaders(
    IReadOnlyList<string> Parameters,
    IReadOnlyList<string> Results,
    IReadOnlyList<string> Compared
);
