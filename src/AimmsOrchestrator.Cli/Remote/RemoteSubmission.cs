using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Cli.Remote;

/// <summary>
/// Submits a scenario to a server, once: a submit whose answer was lost is repeated with the same key, by which the server knows
/// it.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="screen">Where lines go.</param>
internal sealed class RemoteSubmission(RemoteServer server, Screen screen)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly string _key = Guid.CreateVersion7().ToString("N");

    /// <param name="upload">What is submitted.</param>
    /// <param name="isFresh">Whether no answer of an earlier batch is used.</param>
    /// <param name="cancellation">Ends the trying.</param>
    /// <returns>The batch.</returns>
    /// <exception cref="UserErrorException">The server refuses, or cannot be reached.</exception>
    public async Task<SubmittedDocument> SendAsync(ScenarioUpload upload, bool isFresh, CancellationToken cancellation)
    {
        var (begun, wait, isLost) = (server.Time.GetTimestamp(), FirstWait, false);
        while (true)
        {
            try
            {
                return await SendOnceAsync(upload, isFresh, cancellation);
            }
            catch (ServerProblemException e) when (MayRepeat(e, isLost) && server.Time.GetElapsedTime(begun) < Longest)
            {
                if (!isLost)
                {
                    screen.Complain(
                        $"{e.Message}; the answer to the submit may be lost, trying again with the same key"
                    );
                }

                isLost = true;
                await Task.Delay(wait, server.Time, cancellation);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
            catch (ServerProblemException e)
            {
                throw upload.Here(e);
            }
        }
    }

    private async Task<SubmittedDocument> SendOnceAsync(
        ScenarioUpload upload,
        bool isFresh,
        CancellationToken cancellation
    )
    {
        var how = isFresh ? "now=true&fresh=true" : "now=true&continue=true&status=true";
        var submitted = await server.SendAsync(
            $"api/batches?{how}{(upload.Query.Length > 0 ? "&" : "")}{upload.Query}",
            upload.ToContent,
            BatchJsonContext.Default.SubmittedDocument,
            cancellation,
            key: _key
        );
        if (!RemoteBatches.IsId(submitted.Id))
        {
            throw ServerProblemException.NotOurs(server.Address);
        }

        foreach (var w in submitted.Warnings ?? [])
        {
            var warning = new Diagnostic(w.File, w.Line, w.Column, w.Message) { IsWarning = true };
            screen.Complain(upload.Here(warning).ToString());
        }

        return submitted;
    }

    /// <summary>A server that was never reached is an error at once: the address may be wrong.</summary>
    private static bool MayRepeat(ServerProblemException problem, bool isLost) =>
        problem.IsPassing && (isLost || problem.MayHaveArrived);
}
