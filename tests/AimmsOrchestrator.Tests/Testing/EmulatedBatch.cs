using System.Globalization;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.Engine;
using AimmsOrchestrator.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>What became of a batch at the emulator: what the engine says, what the journal has, what the service saw.</summary>
internal sealed record EmulatedEnd(BatchOutcome Outcome, IReadOnlyList<RunRecord> Runs, TrafficLog Traffic)
{
    /// <summary>How often each body was taken.</summary>
    public IEnumerable<int> TimesTaken =>
        Traffic.Taken.CountBy(task => Encoding.UTF8.GetString(task.Body.Span)).Select(body => body.Value);
}

/// <summary>A whole batch in real time: the engine, the client over HTTP, the emulator and a journal on disk.</summary>
internal static class EmulatedBatch
{
    /// <summary>Takes the label that the answer brings back.</summary>
    public static IResultReader Labels { get; } = new LabelReader();

    /// <summary>Runs short sleeps.</summary>
    /// <param name="runs">How many; each asks its own question and its answer says which.</param>
    /// <param name="options">The service.</param>
    /// <param name="adjust">What the plan says beyond the runs.</param>
    public static async Task<EmulatedEnd> RunAsync(int runs, EmulatorOptions options, Func<BatchPlan, BatchPlan> adjust)
    {
        var folder = Directory.CreateTempSubdirectory("emulated-").FullName;
        try
        {
            await using var service = await TaskServiceEmulator.StartAsync(options, TimeProvider.System);
            var endpoint = new ServiceEndpoint(service.Address, ServiceHost.Localhost);
            using var client = new TaskServiceClient(endpoint, new TaskServiceClientOptions(), TimeProvider.System);
            var plan = adjust(new BatchPlan { Runs = new Sleepers(runs), Results = Labels });
            var workspace = SqliteWorkspace.OpenOrCreate(folder);
            using var writer = workspace.OpenWriter();
            using var reader = workspace.OpenReader();
            var batch = await writer.OpenBatchAsync(NewBatch());
            var outcome = await ExecuteAsync(batch, plan, client, workspace, writer, reader);
            return new EmulatedEnd(outcome, [.. reader.Runs(batch.Number)], service.Traffic);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<BatchOutcome> ExecuteAsync(
        BatchRecord batch,
        BatchPlan plan,
        ITaskService service,
        IWorkspace workspace,
        IJournalWriter writer,
        IRunHistory reader
    )
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(TimeProvider.System).AddBatchEngine(() => 0.5);
        using var host = builder.Build();
        await host.StartAsync();
        using var answers = workspace.OpenResultCache(batch.Number, isFresh: true);
        using var tasks = workspace.OpenTaskIndex(batch.Number);
        var assignment = new BatchAssignment
        {
            Batch = batch.Number,
            Plan = plan,
            Service = service,
            Writer = writer,
            History = reader,
            ResultCache = answers,
            Tasks = tasks,
        };
        await using var execution = host.Services.GetRequiredService<BatchEngine>().Start(assignment);
        var outcome = await execution.Outcome.WaitAsync(Waiting.Patience);
        await execution.DisposeAsync();
        await host.StopAsync();
        return outcome;
    }

    private static NewBatch NewBatch() =>
        new()
        {
            Scenario = "emulated",
            Fingerprint = "f",
            Source = "",
            SourceFile = "emulated.yaml",
            Attachments = new Dictionary<string, ReadOnlyMemory<byte>>(),
            ServiceAddress = "emulator",
            ParameterNames = [],
            ResultNames = ["label"],
            At = TimeProvider.System.GetUtcNow(),
        };

    private sealed class Sleepers(int count) : IRunSource
    {
        public long? Count => count;

        public IEnumerable<PlannedRun> From(long index)
        {
            for (var i = index; i < count; i++)
            {
                var body = string.Create(CultureInfo.InvariantCulture, $$"""{"label":{{i}},"seconds":0.02}""");
                var request = new TaskRequest(
                    new TaskTarget("sleep"),
                    Encoding.UTF8.GetBytes(body),
                    "application/json"
                );
                yield return PlannedRun.Sendable(i, $"run {i}", ParameterSet.Empty, FakeRuns.Key(i), request);
            }
        }
    }

    private sealed class LabelReader : IResultReader
    {
        public RunResults Read(PlannedRun run, TaskSnapshot task, TaskResponse? response) =>
            new($$"""{"label":{{Label(response)}}}""", Notes: null, IsSuccess: true);

        public bool ReadsJson => true;

        public ExtractionKey ExtractionKeyOf(PlannedRun run) => new(FakeRuns.Key(0).Hex);

        private static string Label(TaskResponse? response)
        {
            try
            {
                using var json = JsonDocument.Parse(response?.Body ?? default);
                return
                    json.RootElement.ValueKind == JsonValueKind.Object
                    && json.RootElement.TryGetProperty("label", out var label)
                    ? label.GetRawText()
                    : "null";
            }
            catch (JsonException)
            {
                return "null";
            }
        }
    }
}
