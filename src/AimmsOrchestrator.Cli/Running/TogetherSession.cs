using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Hooks;
using AimmsOrchestrator.Batches.Hosting;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>
/// Runs the batches of several scenarios at the same time in this process. What keeps one from beginning, or ends it, leaves the
/// others as they are.
/// </summary>
/// <param name="services">The command's.</param>
/// <param name="folder">The workspace as the user named it.</param>
/// <param name="wanted">What to write of each batch once it is left.</param>
internal sealed class TogetherSession(CommandServices services, string folder, OutputOptions wanted)
{
    private readonly Screen _screen = services.Screen;
    private int _worst = ExitCode.Success;

    /// <param name="scenarios">The scenarios, with what the user says of each.</param>
    /// <returns>The worst exit code of all batches.</returns>
    public async Task<int> RunAsync(IReadOnlyList<(Scenario Scenario, ScenarioRun Run)> scenarios)
    {
        wanted.Check();
        foreach (var (scenario, _) in scenarios)
        {
            ReportFiles.Prepare(scenario.Report);
        }

        using var telemetry = new TelemetryExport([.. scenarios.Select(s => new KeyRedactor(s.Scenario.ApiKey))]);
        var workspace = SqliteWorkspace.OpenOrCreate(folder);
        await using var host = new BatchHost(workspace, services.Time);
        using var interruption = new Interruption(() =>
        {
            _screen.Say(
                "Leaving once the submits under way are answered; Ctrl-C again ends at once. Nothing gets lost."
            );
            _ = host.StopAsync();
        });
        var batches = new List<(DrivenBatch Batch, List<BatchDocument> Documents)>();
        foreach (var (scenario, run) in scenarios)
        {
            await BeginAsync(host, workspace, scenario, run, batches);
        }

        SayLimits(batches.ConvertAll(one => one.Batch.Batch));
        await Task.WhenAll(batches.Select(one => ShowAsync(one.Batch)));
        foreach (var (batch, documents) in batches)
        {
            await FollowAsync(workspace, batch, documents);
        }

        batches.ForEach(one => one.Documents.ForEach(document => wanted.Documents?.Add(document)));
        return _worst;
    }

    private async Task BeginAsync(
        BatchHost host,
        IWorkspace workspace,
        Scenario scenario,
        ScenarioRun run,
        List<(DrivenBatch, List<BatchDocument>)> batches
    )
    {
        var begun = await TryAsync(run.File, async () => (Result<DrivenBatch>?)await host.RunAsync(scenario, run));
        if (begun is { IsSuccess: true, Value: var batch })
        {
            var runs = batch.Batch.RunCount is { } count ? $": {count} {(count == 1 ? "run" : "runs")}" : "";
            _screen.Say($"{batch.Batch.Id}{(batch.HasBegun ? " resumes" : "")}{runs}");
            batches.Add((batch, []));
        }
        else if (begun?.Problem is BatchProblem.Over over)
        {
            _screen.Say(ProblemText.Line(over, folder));
            await TryAsync(
                run.File,
                async () => Remember(await new BatchCompletion(services, workspace, wanted).RepeatAsync(over.Batch))
            );
        }
        else if (begun?.Problem is { } problem)
        {
            _screen.Complain(ProblemText.Line(problem, folder));
            Remember(ExitCode.WrongInput);
        }
    }

    /// <summary>Lines now and then, with the batch's name in front, until it has ended.</summary>
    private async Task ShowAsync(DrivenBatch batch)
    {
        var progress = _screen.LinesOf($"{batch.Batch.Id}: ");
        var shown = progress.ShowAsync(Task.WhenAny(batch.Outcome));
        await foreach (var latest in batch.FollowAsync())
        {
            progress.OnProgress(latest);
        }

        await shown;
    }

    private Task FollowAsync(IWorkspace workspace, DrivenBatch batch, List<BatchDocument> documents) =>
        TryAsync(
            batch.Batch.Id.Value,
            async () =>
            {
                var outcome = await batch.Outcome;
                var mine = wanted with { Documents = wanted.Documents is null ? null : documents };
                var completion = new BatchCompletion(services, workspace, mine);
                return Remember(await completion.FollowAsync(batch.Scenario, batch.Batch, outcome));
            }
        );

    /// <summary>What goes wrong with one batch is a line, and the worst exit code remembers it.</summary>
    private async Task<T?> TryAsync<T>(string name, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is UserErrorException or HookPortException or JournalException or IOException)
        {
            _screen.Complain($"{name}: {e.Message}");
            Remember((e as UserErrorException)?.ExitCode ?? ExitCode.WrongInput);
            return default;
        }
    }

    private int Remember(int exitCode) => _worst = ExitCode.Worse(_worst, exitCode);

    private void SayLimits(List<BatchRecord> batches)
    {
        // An emulator has no address: each batch starts one of its own.
        foreach (
            var service in batches
                .Where(batch => batch.ServiceAddress.Contains("://", StringComparison.Ordinal))
                .GroupBy(batch => batch.ServiceAddress.TrimEnd('/'), StringComparer.Ordinal)
                .Where(service => service.Count() > 1)
        )
        {
            _screen.Say(
                $"{string.Join(", ", service.Select(batch => batch.Id))}: at one account, together they keep to limits.concurrency and limits.unconfirmed, their rates add up"
            );
        }
    }
}
