using System.Diagnostics;
using System.Net.Http.Headers;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>
/// Tells whoever a scenario's <c>notify</c> names that its batch was left: by JSON to an address, or to a command on its
/// standard input and in variables. What fails is told in one line and changes nothing; no line has an address or a
/// command in it, since they may be secret.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="patience">How long an address or a command may take; 30 s by default.</param>
internal sealed class Notifier(TimeProvider time, TimeSpan? patience = null)
{
    private const int Attempts = 3;

    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(30);

    /// <returns>What went wrong, a line each.</returns>
    public async Task<IReadOnlyList<string>> TellAsync(
        IReadOnlyList<Notification> notifications,
        BatchNotification news
    )
    {
        var wanted = notifications
            .Select((n, i) => (Notification: n, Place: i))
            .Where(n => n.Notification.On.Contains(news.Cause));
        var failures = await Task.WhenAll(
            wanted.Select(async n => (n.Place, Why: await TellAsync(n.Notification, news)))
        );
        return [.. failures.Where(f => f.Why is not null).Select(f => $"notify[{f.Place}]: {f.Why}")];
    }

    private async Task<string?> TellAsync(Notification notification, BatchNotification news)
    {
        try
        {
            return notification switch
            {
                { Post: { } address } => await PostAsync(address, news),
                { Run: { Count: > 0 } command } => await RunAsync(command, news),
                _ => null,
            };
        }
        catch (OperationCanceledException)
        {
            return $"no end after {_patience.TotalSeconds:0} s";
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.ComponentModel.Win32Exception)
        {
            // The message of the first may have the address in it; its kind has not.
            return e is HttpRequestException { HttpRequestError: var kind }
                ? $"the address cannot be reached: {kind}"
                : "the command cannot be run";
        }
    }

    private async Task<string?> PostAsync(string address, BatchNotification news)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return "the environment's value is not an address";
        }

        // A redirection would turn the POST into a GET, whose answer says nothing of whether anybody was told.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = _patience };
        for (var attempt = 1; ; attempt++)
        {
            using var body = new ByteArrayContent(news.ToJson());
            body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var isLast = attempt == Attempts;
            try
            {
                using var answer = await client.PostAsync(uri, body);
                var status = (int)answer.StatusCode;
                if (answer.IsSuccessStatusCode || isLast || status is < 500 and not 429)
                {
                    return answer.IsSuccessStatusCode ? null : $"the address answered {status}";
                }
            }
            catch (HttpRequestException) when (!isLast)
            {
                // Once more, after a while.
            }

            await Task.Delay(TimeSpan.FromSeconds(attempt), time);
        }
    }

    private async Task<string?> RunAsync(IReadOnlyList<string> command, BatchNotification news)
    {
        if (string.IsNullOrWhiteSpace(command[0]))
        {
            return "the command is empty";
        }

        using var timeout = new CancellationTokenSource(_patience, time);
        using var process = Process.Start(StartOf(command, news))!;
        try
        {
            // Whatever it says goes nowhere; it must not wait for a reader. What it leaves running may have its output
            // open for hours: that it has ended itself is what counts.
            _ = IgnoreAsync(process.StandardOutput.BaseStream, timeout.Token);
            _ = IgnoreAsync(process.StandardError.BaseStream, timeout.Token);
            await FeedAsync(process, news, timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return process.ExitCode == 0 ? null : $"the command ended with {process.ExitCode}";
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task IgnoreAsync(Stream output, CancellationToken cancelled)
    {
        try
        {
            await output.CopyToAsync(Stream.Null, cancelled);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The command is over.
        }
    }

    private static async Task FeedAsync(Process process, BatchNotification news, CancellationToken cancelled)
    {
        try
        {
            var input = process.StandardInput.BaseStream;
            await input.WriteAsync(news.ToJson(), cancelled).AsTask().WaitAsync(cancelled);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It does not read its input, or ended before.
        }
    }

    private static ProcessStartInfo StartOf(IReadOnlyList<string> command, BatchNotification news)
    {
        var start = new ProcessStartInfo
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        IReadOnlyList<string> words =
            command.Count > 1 ? command
            : OperatingSystem.IsWindows() ? ["cmd.exe", "/c", command[0]]
            // What a line starts in the background must not die of an output that nobody reads any more.
            : ["/bin/sh", "-c", $"exec >/dev/null 2>&1\n{command[0]}"];
        start.FileName = words[0];
        foreach (var word in words.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        foreach (var (name, value) in news.Variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
