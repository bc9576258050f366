using System.Globalization;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Parsing;

/// <summary>
/// Shows that a search through a sweep goes on where <c>when</c> drops millions of points: a line after 2 s, and then after
/// waits that grow to 30 s.
/// </summary>
internal sealed class WalkReport(string path, Screen screen, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private long _last = time.GetTimestamp();
    private TimeSpan _wait = TimeSpan.FromSeconds(2);
    private volatile bool _isOver;

    public void Show(SweepWalk walk)
    {
        if (_isOver || time.GetElapsedTime(_last) < _wait)
        {
            return;
        }

        _last = time.GetTimestamp();
        _wait = _wait * 1.5 < LongestWait ? _wait * 1.5 : LongestWait;
        screen.Complain(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: looking for runs that \"when\" keeps: {walk.Passed} of {walk.Size} points ({100.0 * walk.Passed / walk.Size:0.0} %); Ctrl-C ends"
            )
        );
    }

    /// <summary>Shows nothing from now on: what follows has a display of its own.</summary>
    public void End() => _isOver = true;
}
