using System.Globalization;
using AimmsOrchestrator.Batches.Hosting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Tests.Batches;
using AimmsOrchestrator.Tests.Cli.Terminal;
using AimmsOrchestrator.Tests.Testing;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace AimmsOrchestrator.Tests.Domain.Progress;

public sealed class FakeObserverTests : BatchObserverSuite
{
    private readonly Observer _observer = new();

    protected override IBatchObserver Observer => _observer;

    protected override Task<long?> ShownAsync() => Task.FromResult(_observer.Latest?.CountByState.Ended);
}

/// <summary>A follower that was busy all the while gets the newest snapshot, and no older one.</summary>
public sealed class ProgressFanTests : BatchObserverSuite
{
    private readonly ProgressFan _fan = new();

    protected override IBatchObserver Observer => _fan;

    protected override async Task<long?> ShownAsync()
    {
        await using var follower = _fan.FollowAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await follower.MoveNextAsync());
        return follower.Current.CountByState.Ended;
    }
}

public sealed class LiveProgressObserverTests : BatchObserverSuite
{
    private readonly TestTerminal _terminal = new(120);
    private readonly LiveProgress _view;

    public LiveProgressObserverTests() =>
        _view = new LiveProgress(
            AnsiConsole.Create(
                new AnsiConsoleSettings
                {
                    Ansi = AnsiSupport.Yes,
                    Interactive = InteractionSupport.Yes,
                    Out = _terminal,
                }
            )
        );

    protected override IBatchObserver Observer => _view;

    protected override async Task<long?> ShownAsync()
    {
        var over = new TaskCompletionSource();
        var showing = _view.ShowAsync(over.Task);
        over.SetResult();
        await showing;
        return Ended.In(string.Join(' ', _terminal.Lines));
    }
}

public sealed class PlainProgressObserverTests : BatchObserverSuite, IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FirstLine _lines = new();
    private readonly PlainProgress _view;

    public PlainProgressObserverTests() => _view = new PlainProgress(_lines, time: _time);

    protected override IBatchObserver Observer => _view;

    protected override async Task<long?> ShownAsync()
    {
        var over = new TaskCompletionSource();
        var showing = _view.ShowAsync(over.Task);
        _time.Advance(TimeSpan.FromSeconds(2));
        var line = await _lines.Written.WaitAsync(Waiting.Patience);
        over.SetResult();
        await showing;
        return Ended.In(line);
    }

    public void Dispose() => _lines.Dispose();

    private sealed class FirstLine : StringWriter
    {
        private readonly TaskCompletionSource<string> _written = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public Task<string> Written => _written.Task;

        public override void Write(string? value) => _written.TrySetResult(value ?? "");
    }
}

/// <summary>Reads <c>20 of 1000 done</c>.</summary>
internal static class Ended
{
    public static long? In(string text)
    {
        var words = text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var of = Array.IndexOf(words, "of");
        return of > 0 ? long.Parse(words[of - 1], CultureInfo.InvariantCulture) : null;
    }
}
