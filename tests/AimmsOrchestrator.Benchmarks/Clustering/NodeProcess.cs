using System.Diagnostics;
using System.Globalization;

namespace AimmsOrchestrator.Benchmarks.Clustering;

/// <summary>A node as a process, which is started again whenever it ends, as a service manager does.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan UntilRestart = TimeSpan.FromSeconds(1);

    private readonly string _folder;
    private readonly string[] _arguments;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;
    private volatile Process? _process;

    /// <param name="number">Which node, from 1.</param>
    /// <param name="port">By which the other nodes reach it.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">How it is started.</param>
    public NodeProcess(int number, int port, string folder, params string[] arguments)
    {
        (Number, Port, _folder, _arguments) = (number, port, folder, arguments);
        _running = RunAsync();
    }

    public int Number { get; }

    public int Port { get; }

    /// <summary>How often it ended because the cluster had lost it.</summary>
    public int TimesLost { get; private set; }

    /// <summary>How often it ended of an error of its own.</summary>
    public int TimesFailed { get; private set; }

    /// <summary>While this is set, it is not started again.</summary>
    public bool StaysAway { get; set; }

    /// <summary>The folder of the program that it is started from next; null for the one that was built with this.</summary>
    public string? Program { get; set; }

    /// <summary>The process; null while there is none.</summary>
    public int? Id => _process?.Id;

    /// <summary>Sends a signal: KILL, TERM, STOP, CONT.</summary>
    public async Task SignalAsync(string signal)
    {
        if (_process is { } process)
        {
            using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await SignalAsync("CONT").ConfigureAwait(false);
        await SignalAsync("KILL").ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var start = BatchProgram.Describe(_folder, _arguments, Program);
            using var process = Process.Start(Partition.IsPossible ? Partition.AsUserOf(Number, start) : start)!;
            _process = process;
            var log = CopyAsync(process);
            _ = process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync().ConfigureAwait(false);
            await log.ConfigureAwait(false);
            _process = null;
            (TimesLost, TimesFailed) = process.ExitCode switch
            {
                255 => (TimesLost + 1, TimesFailed),
                0 or 137 or 143 => (TimesLost, TimesFailed),
                _ => (TimesLost, TimesFailed + 1),
            };
            do
            {
                await Task.Delay(UntilRestart).ConfigureAwait(false);
            } while (StaysAway && !_stopping.IsCancellationRequested);
        }
    }

    private async Task CopyAsync(Process process)
    {
        await using var log = new FileStream(
            Path.Combine(_folder, FormattableString.Invariant($"node{Number}.log")),
            FileMode.Append
        );
        await process.StandardError.BaseStream.CopyToAsync(log).ConfigureAwait(false);
    }
}
