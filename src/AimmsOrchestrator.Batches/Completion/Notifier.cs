using System.Diagnostics;
using System.Net.Http.Headers;
using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Completion;

/// <summary>
/// Notifies the recipients that a scenario's <c>notify</c> names: with JSON posted to an address, or given to a command
/// on its standard input and in variables. A failure is one line and changes nothing; no line contains an address or a
/// command, since they may be secret.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="timeout">How long an address or a command may take; 30 s by default.</param>
public sealed class Notifier(TimeProvider time, TimeSpan? timeout = null)
{
    private const int Attempts = 3;

    private readonly TimeSpan _timeout = timeout ?? TimeSpan.FromSeconds(30);

    /// <returns>What failed, one line per recipient.</returns>
    public async Task<IReadOnlyList<string>> NotifyAsync(
        IReadOnlyList<Notification> recipients,
        BatchNotification notification
    )
    {
        var wanted = recipients
            .Select((r, i) => (Recipient: r, Index: i))
            .Where(r => r.Recipient.On.Contains(notification.Result.Conclusion));
        var failures = await Task.WhenAll(
            wanted.Select(async r => (r.Index, Why: await NotifyAsync(r.Recipient, notification)))
        );
        return [.. failures.Where(f => f.Why is not null).Select(f => $"notify[{f.Index}]: {f.Why}")];
    }

    private async Task<string?> NotifyAsync(Notification recipient, BatchNotification notification)
    {
        try
        {
            return recipient switch
            {
                { Post: { } address } => await PostAsync(address, notification.ToJson(recipient.As)),
                { Run: { Count: > 0 } command } => await RunAsync(command, notification),
                _ => null,
            };
        }
        catch (OperationCanceledException)
        {
            return $"did not finish within {_timeout.TotalSeconds:0} s";
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.ComponentModel.Win32Exception)
        {
            // The message of the first may contain the address; its kind does not.
            return e is HttpRequestException { HttpRequestError: var kind }
                ? $"the address cannot be reached: {kind}"
                : "the command cannot be run";
        }
    }

    private async Task<string?> PostAsync(string address, byte[] message)
    {
        if (!WebAddress.TryParse(address, out var uri))
        {
            return "the environment's value is not an address";
        }

        // A redirection would turn the POST into a GET, whose response does not say whether the recipient was notified.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = _timeout };
        for (var attempt = 1; ; attempt++)
        {
            using var body = new ByteArrayContent(message);
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

    private async Task<string?> RunAsync(IReadOnlyList<string> command, BatchNotification notification)
    {
        if (string.IsNullOrWhiteSpace(command[0]))
        {
            return "the command is empty";
        }

        using var ending = new CancellationTokenSource(_timeout, time);
        using var process = Process.Start(StartOf(command, notification))!;
        try
        {
            // Its output is dropped, and it must not wait for a reader. A process that it leaves running may hold the
            // output open for hours: only its own end counts.
            _ = IgnoreAsync(process.StandardOutput.BaseStream, ending.Token);
            _ = IgnoreAsync(process.StandardError.BaseStream, ending.Token);
            await FeedAsync(process, notification, ending.Token);
            await process.WaitForExitAsync(ending.Token);
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

    private static async Task FeedAsync(Process process, BatchNotification notification, CancellationToken cancelled)
    {
        try
        {
            var input = process.StandardInput.BaseStream;
            await input.WriteAsync(notification.ToJson(), cancelled).AsTask().WaitAsync(cancelled);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It does not read its input, or ended before.
        }
    }

    private static ProcessStartInfo StartOf(IReadOnlyList<string> command, BatchNotification notification)
    {
        var start = new ProcessStartInfo
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (command.Count == 1 && OperatingSystem.IsWindows())
        {
            // As it stands: cmd takes the outermost quotation marks away, and knows no backslash before others.
            (start.FileName, start.Arguments) = ("cmd.exe", $"/d /s /c \"{command[0]}\"");
        }
        else
        {
            // A background process of the line must not die of an output that has no reader any more.
            string[] words =
                command.Count > 1 ? [.. command] : ["/bin/sh", "-c", $"exec >/dev/null 2>&1\n{command[0]}"];
            start.FileName = words[0];
            words.Skip(1).ToList().ForEach(start.ArgumentList.Add);
        }

        foreach (var (name, value) in notification.Variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
