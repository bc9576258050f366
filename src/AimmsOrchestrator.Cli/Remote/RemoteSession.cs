using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Views;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;

namespace AimmsOrchestrator.Cli.Remote;

/// <summary>Runs, resumes or retries a batch at a server, and shows its progress and its results as if it ran here.</summary>
/// <param name="services">The command's.</param>
/// <param name="server">The server.</param>
/// <param name="wanted">What to write once the batch is left.</param>
internal sealed class RemoteSession(CommandServices services, RemoteServer server, OutputOptions wanted)
{
    private readonly Screen _screen = services.Screen;
    private readonly RemoteBatches _batches = new(server);

    /// <summary>Runs a scenario.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ScenarioUpload upload, bool isFresh, CancellationToken cancellation)
    {
        wanted.Check();
        return await DriveAsync(
            async interrupted =>
            {
                var submitted = await new RemoteSubmission(server, _screen).SendAsync(upload, isFresh, interrupted);
                await AnnounceAsync(submitted, cancellation);
                return submitted.Id;
            },
            isOwn: true,
            cancellation
        );
    }

    /// <summary>Resumes a batch.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ResumeAsync(string? name, CancellationToken cancellation)
    {
        wanted.Check();
        var before = await _batches.FindAsync(name, cancellation);
        if (before.State is "finished" or "cancelled")
        {
            _screen.Say($"{before.Batch} is {before.State}: nothing is left to do");
            return await ShowAsync(before.Batch, writesFiles: false, isOwn: false, cancellation);
        }

        await server.SendAsync(
            $"{RemoteBatches.PathOf(before.Batch)}/resume",
            body: null,
            BatchJsonContext.Default.BatchDocument,
            cancellation
        );
        return await GoOnAsync(before, cancellation);
    }

    /// <summary>Runs again what failed of a batch.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RetryAsync(string? name, RetryRequest request, CancellationToken cancellation)
    {
        wanted.Check();
        var before = await _batches.FindAsync(name, cancellation);
        var kinds = request.Kinds.Select(kind => $"&kind={RemoteBatches.Escape(kind)}");
        var where = request.Where is { } condition ? $"&where={RemoteBatches.Escape(condition)}" : "";
        var notSuccess = request.IsNotSuccess ? "&notSuccess=true" : "";
        var retried = await server.SendAsync(
            $"{RemoteBatches.PathOf(before.Batch)}/retry?announce=true{notSuccess}{where}{string.Concat(kinds)}",
            body: null,
            BatchJsonContext.Default.RetriedDocument,
            cancellation
        );
        _screen.Say($"{before.Batch}: {retried.Announcement}");
        if (retried.Chosen == 0)
        {
            return await ShowAsync(before.Batch, writesFiles: false, isOwn: false, cancellation);
        }

        return await GoOnAsync(before with { Failed = before.Failed - retried.Chosen }, cancellation);
    }

    private Task<int> GoOnAsync(BatchDocument batch, CancellationToken cancellation) =>
        DriveAsync(
            async _ =>
            {
                await AnnounceResumeAsync(batch, cancellation);
                return batch.Batch;
            },
            isOwn: false,
            cancellation
        );

    private async Task AnnounceAsync(SubmittedDocument submitted, CancellationToken cancellation)
    {
        if (submitted.UnkeptSchedule is { } schedule)
        {
            _screen.Complain(
                $"schedule: {schedule} is not kept: the batch runs now, once; the page Submit, or POST /api/batches, keeps it"
            );
        }

        if (submitted.IsContinued)
        {
            await AnnounceResumeAsync(await _batches.FindAsync(submitted.Id, cancellation), cancellation);
            return;
        }

        foreach (var line in Announcement.Begin(submitted.Id, submitted.Runs, submitted.Status))
        {
            _screen.Say(line);
        }
    }

    private async Task AnnounceResumeAsync(BatchDocument batch, CancellationToken cancellation)
    {
        var ended = batch.Completed + batch.Failed + batch.Cancelled;
        _screen.Say(Announcement.Resume(batch.Batch, batch.Runs, ended));
        var status = await _batches.StatusAsync(batch.Batch, cancellation);
        foreach (var line in Announcement.Controls(batch.Batch, status.Limits, status.Pause))
        {
            _screen.Say(line);
        }
    }

    /// <summary>Begins a batch, follows it to its end and shows how it went; Ctrl-C leaves it running.</summary>
    private async Task<int> DriveAsync(
        Func<CancellationToken, Task<string>> begin,
        bool isOwn,
        CancellationToken cancellation
    )
    {
        string id;
        bool isOver;
        using (var interruption = new Interruption(() => { }))
        {
            try
            {
                id = await begin(interruption.Requested);
            }
            catch (OperationCanceledException) when (interruption.Requested.IsCancellationRequested)
            {
                _screen.Say(
                    $"interrupted while the scenario was sent: `aimms-batch list --server {server.Address.Name}` shows whether its batch began"
                );
                return ExitCode.Interrupted;
            }

            var progress = _screen.Progress();
            var following = new RemoteFollower(server, progress.Say).UntilOverAsync(
                id,
                progress,
                interruption.Requested
            );
            await progress.ShowAsync(Task.WhenAny(following));
            isOver = await FollowedAsync(id, following);
        }

        return isOver ? await ShowAsync(id, writesFiles: true, isOwn, cancellation) : await DetachAsync(id);
    }

    private async Task<bool> FollowedAsync(string id, Task<bool> following)
    {
        try
        {
            return await following;
        }
        catch (ServerProblemException)
        {
            _screen.Say(GoesOn(id));
            throw;
        }
    }

    private string GoesOn(string id)
    {
        var (name, option) = (server.Address.Name, $"--server {server.Address.Name}");
        return $"{id} goes on at {name}: `aimms-batch status {id} --watch {option}` follows it again, `aimms-batch cancel {id} {option}` ends it";
    }

    private async Task<int> DetachAsync(string id)
    {
        _screen.Say(GoesOn(id));
        if (wanted.AsJson)
        {
            try
            {
                await WriteAsync(id);
            }
            catch (ServerProblemException e)
            {
                // The interrupt is what the caller asked for: its exit code says so, with or without the document.
                _screen.Complain(e.Message);
            }
        }

        return ExitCode.Interrupted;
    }

    private async Task WriteAsync(string id)
    {
        var batch = (await _batches.FindAsync(id, CancellationToken.None)) with { ExitCode = ExitCode.Interrupted };
        if (wanted.Documents is { } documents)
        {
            documents.Add(batch);
        }
        else
        {
            _screen.WriteJson(batch, BatchJsonContext.Default.BatchDocument);
        }
    }

    private async Task<int> ShowAsync(string id, bool writesFiles, bool isOwn, CancellationToken cancellation)
    {
        var summary = await Patiently.Async(
            server,
            _screen.Say,
            () => _batches.SummaryAsync(id, wanted.AsJson, cancellation),
            cancellation
        );
        var output = new ResultsOutput(_screen, wanted);
        var error = output.TryShow(summary);
        if (writesFiles && summary.ReportFormats.Count > 0)
        {
            await WriteFilesAsync(id, summary, isOwn, cancellation);
        }

        await output.WriteJUnitAsync(summary);
        return error is null ? ExitCode.Of(summary.Conclusion, summary.End) : throw error;
    }

    /// <summary>A folder that another person's scenario names is not written to unless it lies below this one.</summary>
    private async Task WriteFilesAsync(string id, SummaryContents summary, bool isOwn, CancellationToken cancellation)
    {
        var output = summary.ReportOutput;
        var isBelow = !Path.IsPathRooted(output) && !output.Split('/', '\\').Contains("..");
        if (!isOwn && !isBelow)
        {
            _screen.Say(
                $"{id}: its scenario wants reports in {output}, which is not below this folder: `aimms-batch report {id} --output FILE` writes one"
            );
            return;
        }

        await ReportFiles.WriteAsync(
            summary.ReportFormats,
            output,
            new RemoteReport(_batches, [id], _screen.Complain),
            id,
            _screen,
            cancellation
        );
    }
}
