using System.Text.Encodings.Web;
using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Tables;

/// <summary>One JSON object per run and line, streamed: index, key, name, parameters, state, results, error, task, attempts.</summary>
public static class JsonLinesReport
{
    // The output is a file or a pipe, never a page: nothing needs escaping for HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes every run; the stream stays open.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="columns">If these have a baseline, each run gets a comparison with it.</param>
    public static void Write(Stream output, IEnumerable<RunRecord> runs, Columns? columns = null) =>
        JsonLines.Write(output, runs, (writer, run) => WriteRun(writer, run, columns), Options);

    /// <summary>Writes one run as an object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="run">The run.</param>
    /// <param name="columns">If these have a baseline, the run gets a comparison with it.</param>
    public static void WriteRun(Utf8JsonWriter writer, RunRecord run, Columns? columns = null)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index", run.Index);
        writer.WriteString("key", run.Key?.Hex);
        writer.WriteString("name", run.Name);
        writer.WritePropertyName("parameters");
        writer.WriteRawValue(LenientJson.RepairSurrogates(run.ParametersJson), skipInputValidation: true);
        writer.WriteString("state", run.State.Word());
        writer.WritePropertyName("results");
        writer.WriteRawValue(LenientJson.RepairSurrogates(run.ResultsJson ?? "{}"), skipInputValidation: true);
        writer.WriteString("error", run.Error?.Message);
        writer.WriteStartObject("task");
        writer.WriteString("id", run.TaskId?.Value);
        WriteRounded(writer, "queueTime", run.QueueTime?.TotalSeconds);
        WriteRounded(writer, "runTime", run.RunTime?.TotalSeconds);
        WriteRounded(writer, "returnCode", run.ReturnCode);
        WriteTold(writer, "sessionId", run.SessionId);
        WriteTold(writer, "userName", run.UserName);
        writer.WriteEndObject();
        writer.WriteNumber("attempts", run.Attempts);
        if (columns?.Baseline is { } baseline)
        {
            WriteComparison(writer, run, columns.Compared, baseline);
        }

        if (run.Settled is { } settled)
        {
            writer.WriteString("settled", settled.Word());
        }

        if (run.IsIncumbent)
        {
            writer.WriteBoolean("incumbent", value: true);
        }

        if (run.ReusedFrom is { } source)
        {
            writer.WriteString("reusedFrom", source);
        }

        if (run.Notes is { } notes)
        {
            writer.WriteString("notes", notes);
        }

        writer.WriteEndObject();
    }

    private static void WriteComparison(
        Utf8JsonWriter writer,
        RunRecord run,
        IReadOnlyList<string> names,
        Baseline baseline
    )
    {
        using var results = LenientJson.Parse(run.ResultsJson ?? "{}");
        writer.WriteStartObject("baseline");
        foreach (var name in names)
        {
            var (difference, ratio) = baseline.Compare(name, results.RootElement);
            writer.WriteStartObject(name);
            WriteNumber(writer, "difference", difference);
            WriteNumber(writer, "ratio", ratio);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>A finite number, otherwise null.</summary>
    internal static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    /// <summary>What only the cloud tells is left out elsewhere.</summary>
    private static void WriteTold(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteRounded(Utf8JsonWriter writer, string name, double? value) =>
        WriteNumber(writer, name, value is { } number ? Math.Round(number, 6) : null);
}
