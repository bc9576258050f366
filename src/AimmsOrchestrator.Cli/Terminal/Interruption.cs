using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>
/// Ctrl-C, a request of the system to end, a terminal that is closed: the first asks the program to end in order, the
/// second ends it at once. Nothing is lost either way: what must not get lost is on disk already.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const string ShowCursor = "\u001b[?25h";

    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly CancellationTokenSource _requested = new();
    private readonly Action _onFirst;
    private int _count;

    /// <param name="onFirst">Called once, by the first interruption.</param>
    public Interruption(Action onFirst)
    {
        _onFirst = onFirst;
        foreach (
            var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }
        )
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
    }

    /// <summary>Cancelled by the first interruption.</summary>
    public CancellationToken Requested => _requested.Token;

    /// <summary>Ends the program at once, and shows the cursor again that live progress has hidden.</summary>
    public static void EndNow()
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.TryWrite(ShowCursor);
        }

        Environment.Exit(ExitCode.Interrupted);
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _requested.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1)
        {
            EndNow();
        }

        _onFirst();
        _requested.Cancel();
    }
}
