using System.Text.Json;
using System.Text.Json.Serialization;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Tables;

/// <summary>
/// The table for the terminal and for Markdown: parameters, state, results and their comparison with the baseline, for the
/// first runs of a batch.
/// </summary>
public sealed class ReportTable
{
    /// <summary>Longer numbers are taken to be drawn at random, and are shortened.</summary>
    private const int LongestWritten = 12;

    /// <param name="headers">The names of the columns.</param>
    /// <param name="isNumeric">Whether each holds numbers only.</param>
    /// <param name="rows">The cells, row by row.</param>
    /// <param name="leftOut">How many runs are left out.</param>
    [JsonConstructor]
    public ReportTable(
        IReadOnlyList<string> headers,
        IReadOnlyList<bool> isNumeric,
        IReadOnlyList<IReadOnlyList<string>> rows,
        long leftOut
    )
    {
        Headers = headers;
        IsNumeric = isNumeric;
        Rows = rows;
        LeftOut = leftOut;
    }

    public IReadOnlyList<string> Headers { get; }

    /// <summary>Whether a column holds numbers only and is therefore aligned right.</summary>
    public IReadOnlyList<bool> IsNumeric { get; }

    public IReadOnlyList<IReadOnlyList<string>> Rows { get; }

    /// <summary>How many runs are in which state, those left out included.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, long> CountByState { get; private init; } = new Dictionary<string, long>();

    /// <summary>How many runs are left out.</summary>
    public long LeftOut { get; }

    /// <summary>
    /// Makes the table. Where there are no parameters, the run's name takes their column; where any run failed, the last
    /// column says why.
    /// </summary>
    public static ReportTable Of(Columns columns, IEnumerable<RunRecord> runs, int mostRows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(runs);
        var rows = new List<RunRow>();
        var leftOut = 0L;
        var states = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            states[run.State.Word()] = states.GetValueOrDefault(run.State.Word()) + 1;
            if (rows.Count < mostRows)
            {
                rows.Add(RunRow.Of(run, columns));
            }
            else
            {
                leftOut++;
            }
        }

        var hasError = rows.Exists(r => r.Error.Length > 0);
        var isByName = columns.Parameters.Count == 0 || rows.Exists(r => r.Parameters.All(p => p.Text.Length == 0));
        var named = columns.Named(StringComparer.Ordinal, isByName ? ["run"] : []);
        string[] headers =
        [
            .. isByName ? ["run"] : Array.Empty<string>(),
            .. named.Parameters,
            "state",
            .. named.Results,
            .. named.Compared,
            .. hasError ? ["error"] : Array.Empty<string>(),
        ];
        var cells = rows.ConvertAll(row => row.Cells(isByName, hasError));
        var isNumeric = headers.Select(
            (_, i) => cells.Exists(c => c[i].IsNumber) && cells.TrueForAll(c => c[i].IsNumber || c[i].Text.Length == 0)
        );
        return new ReportTable(
            headers,
            [.. isNumeric],
            cells.ConvertAll(IReadOnlyList<string> (c) => [.. c.Select(x => x.Text)]),
            leftOut
        )
        {
            CountByState = states,
        };
    }

    private readonly record struct Field(string Text, bool IsNumber);

    private sealed record RunRow(string Name, Field[] Parameters, string State, Field[] Results, string Error)
    {
        public static RunRow Of(RunRecord run, Columns columns)
        {
            using var parameters = LenientJson.Parse(run.ParametersJson);
            using var results = LenientJson.Parse(run.ResultsJson ?? "{}");
            return new RunRow(
                run.Name,
                Fields(columns.Parameters, parameters.RootElement, asWritten: true),
                run.StateText,
                [
                    .. Fields(columns.Results, results.RootElement, asWritten: false),
                    .. Compared(columns, results.RootElement),
                ],
                run.Error?.Message ?? ""
            );
        }

        public Field[] Cells(bool isByName, bool hasError)
        {
            IEnumerable<Field> cells = [.. Parameters, new(State, false), .. Results];
            cells = isByName ? cells.Prepend(new(Name, false)) : cells;
            return [.. hasError ? cells.Append(new(Error, false)) : cells];
        }

        private static Field[] Fields(IReadOnlyList<string> names, JsonElement values, bool asWritten) =>
            [
                .. names.Select(name =>
                {
                    JsonElement? value = values.TryGetProperty(name, out var found) ? found : null;
                    return Cell.IsNumber(value)
                        ? new Field(asWritten ? Written(value!.Value) : Cell.Short(value!.Value.GetDouble()), true)
                        : new Field(Cell.Text(value), false);
                }),
            ];

        private static IEnumerable<Field> Compared(Columns columns, JsonElement results)
        {
            foreach (var name in columns.Compared)
            {
                var (difference, ratio) = columns.Baseline!.Compare(name, results);
                yield return Of(difference);
                yield return Of(ratio);
            }

            static Field Of(double? number) => number is { } n ? new Field(Cell.Short(n), true) : new Field("", false);
        }

        /// <summary>A parameter as the scenario writes it; shortened if it was drawn at random.</summary>
        private static string Written(JsonElement number) =>
            number.GetRawText() is { Length: <= LongestWritten } text ? text : Cell.Short(number.GetDouble());
    }
}
