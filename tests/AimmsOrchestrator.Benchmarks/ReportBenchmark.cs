using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Benchmarks;

/// <summary>Reports of a large batch: the time each format takes, and the most memory its process had.</summary>
internal static class ReportBenchmark
{
    public const string Name = "report";

    private const int GroupSize = 4096;

    private static readonly DateTimeOffset Start = new(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Makes the journal of two batches of the given size, writes the first in every format by the program itself, and compares the two
    /// batches.
    /// </summary>
    public static async Task RunAsync(int runs)
    {
        var folder = Directory.CreateTempSubdirectory("aimms-batch-report-");
        try
        {
            var made = Stopwatch.StartNew();
            await MakeAsync(folder.FullName, runs, costs: 1000).ConfigureAwait(false);
            await MakeAsync(folder.FullName, runs, costs: 1001).ConfigureAwait(false);
            Console.WriteLine($"a journal of two batches of {runs} runs, made in {made.Elapsed.TotalSeconds:0.0} s");
            Console.WriteLine($"{"format", -8} {"seconds", 8} {"MB in memory", 13} {"MB written", 11}");
            foreach (var format in new[] { "csv", "jsonl", "parquet", "xlsx", "md", "html" })
            {
                var file = Path.Combine(folder.FullName, $"report.{format}");
                await WriteAsync(folder.FullName, format, file, "report", "large-1", "--output", file);
            }

            var differences = Path.Combine(folder.FullName, "diff.csv");
            await WriteAsync(
                folder.FullName,
                "diff",
                differences,
                "diff",
                "large-1",
                "large-2",
                "--format",
                "csv",
                "--output",
                differences
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task WriteAsync(string folder, string name, string file, params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        using var process = BatchProgram.Start(folder, [.. arguments, "--workspace", folder]);
        var peak = 0L;
        while (!process.HasExited)
        {
            process.Refresh();
            peak = Math.Max(peak, Peak(process));
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(20));
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -8} {watch.Elapsed.TotalSeconds, 8:0.0} {peak / 1e6, 13:0} {new FileInfo(file).Length / 1e6, 11:0.0}"
            )
        );
    }

    private static long Peak(Process process)
    {
        try
        {
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>Makes the journal of a batch: a workspace that the program can report from.</summary>
    public static async Task MakeAsync(string folder, int runs, double costs)
    {
        var workspace = SqliteWorkspace.OpenOrCreate(folder);
        using var writer = workspace.OpenWriter();
        var opened = new NewBatch
        {
            Scenario = "large",
            Fingerprint = "0",
            Source = "name: large\n",
            SourceFile = "large.yaml",
            Attachments = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal),
            RunCount = runs,
            ServiceAddress = "http://localhost:8080",
            ServiceName = "transport",
            ParameterNames = ["freight", "growth", "region"],
            ResultNames = ["cost", "lanes", "status"],
            At = Start,
        };
        var batch = await writer.OpenBatchAsync(opened).ConfigureAwait(false);
        foreach (var group in Enumerable.Range(0, runs).SelectMany(i => Steps(batch.Number, i, costs)).Chunk(GroupSize))
        {
            await writer.AppendAsync(group).ConfigureAwait(false);
        }

        await writer
            .AppendAsync([new BatchEnded(batch.Number, BatchEnd.AllRunsEnded, Reason: null, Start.AddHours(8))])
            .ConfigureAwait(false);
    }

    private static IEnumerable<JournalEntry> Steps(long batch, int index, double costs)
    {
        var planned = Planned(index);
        var (from, to) = (Start.AddMilliseconds(index * 20L), Start.AddMilliseconds((index * 20L) + 3000));
        var id = new TaskId($"00000000-0000-0000-0000-{index:d12}");
        var task = new TaskSnapshot(id, TaskState.Completed)
        {
            QueueTime = TimeSpan.FromSeconds(1),
            RunTime = TimeSpan.FromSeconds(1 + (index % 7)),
            ReturnCode = 1,
        };
        var cost = costs + (Math.Sin(index) * 300);
        var results = new RunResults(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"cost":{{cost:R}},"lanes":{{index % 9}},"status":"optimal"}"""
            ),
            Notes: null,
            IsSuccess: true
        );
        var error = new RunError(RunErrorKind.TaskFailed, $"the model is infeasible at line {index}");
        RunEvent[] events =
        [
            new SubmitIntended(1, from),
            new Submitted(1, id, from),
            .. index % 50 == 7
                ? new RunEvent[] { new RunFailed(error, to) { Task = task with { State = TaskState.Failed } } }
                : [new TaskCompleted(task, to), new RunCompleted(Response: null, results, to)],
        ];
        var run = Run.New;
        foreach (var happened in events)
        {
            var entry = RunEventEntry.Next(batch, planned, run, happened);
            run = entry.After;
            yield return entry;
        }
    }

    private static PlannedRun Planned(int index)
    {
        var (freight, growth) = (70 + (index % 41), 0.8 + (index / 41 % 41 * 0.01));
        using var values = JsonDocument.Parse(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"freight":{{freight}},"growth":{{growth:0.00}},"region":"{{(index % 2 == 0 ? "north" : "süd")}}"}"""
            )
        );
        var parameters = new ParameterSet([
            .. values.RootElement.EnumerateObject().Select(p => new Parameter(p.Name, p.Value.Clone())),
        ]);
        var key = new RunKey(index.ToString("x64", CultureInfo.InvariantCulture));
        var request = new TaskRequest(new TaskTarget("transport"), Array.Empty<byte>(), "application/json");
        return PlannedRun.Sendable(index, $"freight={freight} growth={growth:0.00} #{index}", parameters, key, request);
    }
}
