using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Reports.Statistics;
using CsvHelper;

namespace AimmsOrchestrator.Reports.Tables;

/// <summary>
/// One row per run, streamed, as RFC 4180 defines it. A text that a spreadsheet would take for a formula (one that begins with
/// <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, a tab or a carriage return) gets a leading apostrophe; numbers stay numbers.
/// </summary>
public static class CsvReport
{
    private static readonly CsvWriterOptions Rfc4180 = new()
    {
        NewLine = "\n",
        FormatProvider = CultureInfo.InvariantCulture,
    };

    /// <summary>Writes the header and every run; the writer stays open.</summary>
    public static void Write(TextWriter output, Columns columns, IEnumerable<RunRecord> runs)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(runs);
        using var csv = Writer(output);
        foreach (var header in columns.Headers())
        {
            csv.WriteField(Safe(header));
        }

        csv.EndRecord();
        foreach (var run in runs)
        {
            WriteRow(csv, columns, run);
        }
    }

    /// <summary>A writer with the settings that every CSV of this program has; it leaves the output open.</summary>
    internal static CsvWriter Writer(TextWriter output) => CsvWriter.Create(output, Rfc4180, leaveOpen: true);

    private static void WriteRow(CsvWriter csv, Columns columns, RunRecord run)
    {
        using var parameters = LenientJson.Parse(run.ParametersJson);
        using var results = LenientJson.Parse(run.ResultsJson ?? "{}");
        csv.WriteField(run.Index.ToString(CultureInfo.InvariantCulture));
        csv.WriteField(Safe(run.Name));
        WriteValues(csv, columns.Parameters, parameters.RootElement);
        csv.WriteField(run.State.Word());
        WriteValues(csv, columns.Results, results.RootElement);
        foreach (var name in columns.Compared)
        {
            var (difference, ratio) = columns.Baseline!.Compare(name, results.RootElement);
            csv.WriteField(difference?.ToString("R", CultureInfo.InvariantCulture));
            csv.WriteField(ratio?.ToString("R", CultureInfo.InvariantCulture));
        }

        csv.WriteField(Safe(run.Error?.Message ?? ""));
        csv.WriteField(Safe(run.TaskId?.Value ?? ""));
        csv.WriteField(Seconds(run.QueueTime));
        csv.WriteField(Seconds(run.RunTime));
        csv.WriteField(run.ReturnCode?.ToString(CultureInfo.InvariantCulture));
        csv.WriteField(run.Attempts.ToString(CultureInfo.InvariantCulture));
        csv.WriteField(run.Settled?.Word());
        csv.WriteField(run.IsIncumbent ? "true" : "");
        csv.WriteField(run.ReusedFrom);
        csv.WriteField(run.Key?.Hex);
        csv.WriteField(Safe(run.Notes ?? ""));
        if (columns.HasSessions)
        {
            csv.WriteField(Safe(run.SessionId ?? ""));
            csv.WriteField(Safe(run.UserName ?? ""));
        }

        csv.EndRecord();
    }

    private static void WriteValues(CsvWriter csv, IReadOnlyList<string> names, JsonElement values)
    {
        foreach (var name in names)
        {
            JsonElement? value = values.TryGetProperty(name, out var found) ? found : null;
            csv.WriteField(Cell.IsNumber(value) ? Cell.Text(value) : Safe(Cell.Text(value)));
        }
    }

    /// <summary>The text, with an apostrophe before it where a spreadsheet would take it for a formula.</summary>
    internal static string Safe(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? $"'{text}" : text;

    private static string Seconds(TimeSpan? time) =>
        time?.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture) ?? "";
}
