using System.Globalization;
using AimmsOrchestrator.Batches.Views;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;

namespace AimmsOrchestrator.Cli.Remote;

/// <summary>Responses of runs from a server.</summary>
/// <param name="server">The server.</param>
/// <param name="screen">Where output goes.</param>
internal sealed class RemoteResponses(RemoteServer server, Screen screen)
{
    private readonly RemoteBatches _batches = new(server);

    /// <summary>Prints a run's response as it came.</summary>
    public async Task<int> PrintAsync(string batch, string run, CancellationToken cancellation)
    {
        var id = (await _batches.FindAsync(batch, cancellation)).Batch;
        using var answer = await server.OpenAsync(
            $"{RemoteBatches.PathOf(id)}/response?run={RemoteBatches.Escape(run)}",
            cancellation
        );
        await using var output = screen.OpenOutput();
        await server.CopyAsync(answer, output, cancellation);
        return ExitCode.Success;
    }

    /// <summary>Writes every response of a batch to a folder, but those that the server keeps to itself.</summary>
    public async Task<int> ExportAsync(string batch, DirectoryInfo folder, CancellationToken cancellation)
    {
        var id = (await _batches.FindAsync(batch, cancellation)).Batch;
        var responses = await server.GetAsync(
            $"{RemoteBatches.PathOf(id)}/responses",
            ViewJsonContext.Default.IReadOnlyListResponseContents,
            cancellation
        );
        var shown = responses.Where(response => !response.HoldsKey).ToList();
        try
        {
            folder.Create();
            foreach (var response in shown)
            {
                await WriteAsync(id, response, folder, cancellation);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--export: {folder} cannot be written: {e.Message}", e);
        }

        screen.Say(string.Create(CultureInfo.InvariantCulture, $"{id}: {shown.Count} responses in {folder}"));
        if (shown.Count < responses.Count)
        {
            screen.Complain(
                $"{responses.Count - shown.Count} more hold the service's key, which stays on the server: they are not written"
            );
        }

        return ExitCode.Success;
    }

    private async Task WriteAsync(
        string id,
        ResponseContents response,
        DirectoryInfo folder,
        CancellationToken cancellation
    )
    {
        var run = response.Response.Run.ToString(CultureInfo.InvariantCulture);
        using var answer = await server.OpenAsync($"{RemoteBatches.PathOf(id)}/runs/{run}/response", cancellation);
        await using var file = File.Create(Path.Combine(folder.FullName, ResponseFileName.Of(response.Response)));
        await server.CopyAsync(answer, file, cancellation);
    }
}
