using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Tables;
using CsvHelper;

namespace AimmsOrchestrator.Reports.Comparison;

/// <summary>The differing runs of two batches for programs, as CSV or JSON lines.</summary>
public static class DifferenceReport
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Headers =
    [
        "change",
        "name",
        "indexBefore",
        "indexAfter",
        "stateBefore",
        "stateAfter",
        "result",
        "before",
        "after",
        "difference",
        "ratio",
    ];

    /// <summary>One row per differing result, or one per run that differs otherwise.</summary>
    public static void WriteCsv(TextWriter output, IEnumerable<RunDifference> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        using var csv = CsvReport.Writer(output);
        foreach (var header in Headers)
        {
            csv.WriteField(header);
        }

        csv.EndRecord();
        foreach (var run in runs.Where(run => run.Change != RunChange.Same))
        {
            foreach (var result in run.Results.DefaultIfEmpty())
            {
                WriteRow(csv, run, result);
            }
        }
    }

    /// <summary>One object per run that differs.</summary>
    public static void WriteJsonLines(Stream output, IEnumerable<RunDifference> runs)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(runs);
        var buffered = new BufferedStream(output, 1 << 16);
        foreach (var run in runs.Where(run => run.Change != RunChange.Same))
        {
            using (var writer = new Utf8JsonWriter(buffered, Relaxed))
            {
                WriteRun(writer, run);
            }

            buffered.WriteByte((byte)'\n');
        }

        // Not disposed: the stream below stays open.
        buffered.Flush();
    }

    private static void WriteRow(CsvWriter csv, RunDifference run, ResultChange? result)
    {
        string?[] cells =
        [
            Word(run.Change),
            run.Name,
            Text(run.IndexBefore),
            Text(run.IndexAfter),
            run.StateBefore,
            run.StateAfter,
            result?.Result,
        ];
        foreach (var cell in cells)
        {
            csv.WriteField(CsvReport.Safe(cell ?? ""));
        }

        csv.WriteField(Value(result?.Before));
        csv.WriteField(Value(result?.After));
        csv.WriteField(Text(result?.Difference));
        csv.WriteField(Text(result?.Ratio));
        csv.EndRecord();
    }

    private static void WriteRun(Utf8JsonWriter writer, RunDifference run)
    {
        writer.WriteStartObject();
        writer.WriteString("change", Word(run.Change));
        writer.WriteString("name", run.Name);
        JsonLinesReport.WriteNumber(writer, "indexBefore", run.IndexBefore);
        JsonLinesReport.WriteNumber(writer, "indexAfter", run.IndexAfter);
        writer.WriteString("stateBefore", run.StateBefore);
        writer.WriteString("stateAfter", run.StateAfter);
        writer.WriteStartObject("results");
        foreach (var result in run.Results)
        {
            writer.WriteStartObject(result.Result);
            WriteRaw(writer, "before", result.Before);
            WriteRaw(writer, "after", result.After);
            JsonLinesReport.WriteNumber(writer, "difference", result.Difference);
            JsonLinesReport.WriteNumber(writer, "ratio", result.Ratio);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteRaw(Utf8JsonWriter writer, string name, string? json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json ?? "null", skipInputValidation: true);
    }

    private static string Word(RunChange change) => JsonNamingPolicy.KebabCaseLower.ConvertName($"{change}");

    private static string Text(IFormattable? number) =>
        number?.ToString(format: null, CultureInfo.InvariantCulture) ?? "";

    /// <summary>A number as it is; a text without its quotes, guarded against formulas.</summary>
    private static string Value(string? json)
    {
        if (json is null)
        {
            return "";
        }

        using var value = LenientJson.Parse(json);
        return Cell.IsNumber(value.RootElement) ? json : CsvReport.Safe(Cell.Text(value.RootElement));
    }
}
