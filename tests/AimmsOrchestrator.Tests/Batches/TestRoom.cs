using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Batches.Services;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Batches;

/// <summary>A temporary workspace, a scenario of three short runs, and a task service in memory.</summary>
internal sealed class TestRoom : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aimms-batch-room-").FullName;

    public TestRoom() => Workspace = SqliteWorkspace.OpenOrCreate(Path.Combine(_folder, "workspace"));

    public SqliteWorkspace Workspace { get; }

    /// <summary>Where the scenario is written.</summary>
    public string ScenarioFile => Path.Combine(_folder, "short.yaml");

    public FakeTaskService Service { get; } = NewService();

    /// <summary>Called before entries are appended to the journal; nothing by default.</summary>
    public Action<IReadOnlyList<JournalEntry>> OnAppend { get; set; } = _ => { };

    /// <summary>The scenario <c>short</c>.</summary>
    /// <param name="numbers">The values of its parameter <c>n</c>.</param>
    /// <param name="more">More lines of YAML.</param>
    /// <param name="url">The service's address.</param>
    public Scenario Scenario(string numbers = "1, 2, 3", string more = "", string url = "http://localhost:1")
    {
        var file = ScenarioFile;
        File.WriteAllText(
            file,
            $$$"""
            name: short
            service: { url: "{{{url}}}", name: echo }
            sweep: { matrix: { n: [{{{numbers}}}] } }
            request: { json: { n: "${{ n }}" } }
            results: { objective: response.objective }
            limits: { concurrency: 1 }
            poll: { every: 10ms }
            retry: { attempts: 1 }
            {{{more}}}
            """
        );
        var loaded = new ScenarioLoader(_ => null).Load(file, ScenarioOverrides.None);
        Assert.Empty(loaded.Diagnostics);
        return loaded.Scenario!;
    }

    public static ScenarioRun Run { get; } = new("short.yaml", ScenarioOverrides.None);

    /// <param name="service">Another service than the room's.</param>
    public BatchRunner Runner(FakeTaskService? service = null) =>
        new(
            Workspace,
            TimeProvider.System,
            writer => new WatchedJournal(writer, OnAppend),
            (_, _) => Task.FromResult(new ServicePeer(service ?? Service))
        );

    public static FakeTaskService NewService() => new(TimeProvider.System) { TaskDuration = TimeSpan.Zero };

    /// <summary>Opens a batch, executes it, and leaves it.</summary>
    public async Task<(BatchRecord Batch, BatchOutcome Outcome)> ExecuteAsync(
        Func<BatchRunner, Task<Result<OpenedBatch>>> open,
        Observer? observer = null,
        CancellationToken interrupted = default
    )
    {
        await using var host = EngineHost.Start(TimeProvider.System);
        using var runner = Runner();
        var opened = await open(runner);
        Assert.Null(opened.Problem);
        var outcome = await runner.ExecuteAsync(await host.EngineAsync(), observer ?? new Observer(), interrupted);
        return (opened.Value!.Batch, outcome);
    }

    /// <summary>Executes a batch of the scenario and interrupts it before it has ended.</summary>
    public async Task<BatchRecord> InterruptAtOnceAsync(Scenario scenario) =>
        (
            await ExecuteAsync(
                runner => runner.OpenAsync(scenario, Run),
                interrupted: new CancellationToken(canceled: true)
            )
        ).Batch;

    /// <summary>Executes a batch of the scenario, whose tasks take long, and interrupts it once its first run has a task.</summary>
    public async Task<BatchRecord> InterruptAsync(Scenario scenario)
    {
        using var interruption = new CancellationTokenSource();
        var observer = new Observer(progress =>
        {
            if (progress.CountByState.Total > progress.CountByState.Submitting + progress.CountByState.Pending)
            {
                interruption.Cancel();
            }
        });
        return (await ExecuteAsync(runner => runner.OpenAsync(scenario, Run), observer, interruption.Token)).Batch;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>Keeps the latest progress.</summary>
internal sealed class Observer(Action<BatchProgress>? react = null) : IBatchObserver
{
    private volatile BatchProgress? _latest;

    public BatchProgress? Latest => _latest;

    public void OnProgress(BatchProgress progress)
    {
        _latest = progress;
        react?.Invoke(progress);
    }
}

/// <summary>A journal whose entries are seen before they are appended.</summary>
internal sealed class WatchedJournal(IJournalWriter journal, Action<IReadOnlyList<JournalEntry>> onAppend)
    : IJournalWriter
{
    public ValueTask<BatchRecord> OpenBatchAsync(NewBatch batch) => journal.OpenBatchAsync(batch);

    public ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<JournalEntry> group)
    {
        onAppend(group);
        return journal.AppendAsync(group);
    }

    public void Dispose() => journal.Dispose();
}
