using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Dispatch;
using Akka.Event;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace AimmsOrchestrator.Cluster;

/// <summary>Gives a node's actor system the program's log.</summary>
/// <param name="log">The log.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterLogSetup(ILoggerFactory log, TimeProvider time) : Setup
{
    public ILoggerFactory Log { get; } = log;

    public TimeProvider Time { get; } = time;
}

/// <summary>
/// Writes what the actor system says to the program's log, a line for each thing and the same thing once a minute. Akka by itself says of
/// a connection that is lost, which every end of a node brings, two stack traces; what follows from it is said by its members' state.
/// </summary>
internal sealed partial class ClusterLog : UntypedActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    private static readonly TimeSpan BetweenRepetitions = TimeSpan.FromMinutes(1);

    private readonly ClusterLogSetup _setup =
        Context.System.Settings.Setup.Get<ClusterLogSetup>().GetOrElse(null!)
        ?? throw new InvalidOperationException("The actor system was given no log.");

    private readonly Dictionary<string, long> _said = new(StringComparer.Ordinal);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                break;

            case LogEvent said:
                Write(said);
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    private void Write(LogEvent said)
    {
        var log = _setup.Log.CreateLogger(
            said.LogClass == typeof(DummyClassForStringSources) ? "Akka" : said.LogClass.FullName ?? said.LogClass.Name
        );
        var level = LevelOf(said);
        if (!log.IsEnabled(level))
        {
            return;
        }

        // What this program's own actors throw is a bug of it, and its place is wanted.
        var isOwn = said.LogClass.Namespace?.StartsWith(nameof(AimmsOrchestrator), StringComparison.Ordinal) == true;
        var text = FirstLine(said.Message?.ToString() ?? "");
        if (said.Cause is { } cause && !isOwn)
        {
            text = $"{text} ({FirstLine(cause.Message)})";
        }

        if (level == LogLevel.Debug || !WasJustSaid($"{said.LogClass.FullName} {Counts().Replace(text, "[]")}"))
        {
            log.Log(level, default, text, isOwn ? said.Cause : null, (line, _) => line);
        }
    }

    private bool WasJustSaid(string what)
    {
        var now = _setup.Time.GetTimestamp();
        if (_said.TryGetValue(what, out var last) && !IsOver(last, now))
        {
            return true;
        }

        foreach (var (old, _) in _said.Where(other => IsOver(other.Value, now)).ToList())
        {
            _said.Remove(old);
        }

        _said[what] = now;
        return false;
    }

    private bool IsOver(long said, long now) => _setup.Time.GetElapsedTime(said, now) >= BetweenRepetitions;

    /// <summary>How often it tried, which is no news.</summary>
    [GeneratedRegex(@"\[\d+\]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: PatternLimit.Milliseconds)]
    private static partial Regex Counts();

    private static LogLevel LevelOf(LogEvent said) =>
        said.LogSource.Contains("/endpointManager/", StringComparison.Ordinal)
            ? LogLevel.Debug
            : said.LogLevel() switch
            {
                Akka.Event.LogLevel.DebugLevel => LogLevel.Debug,
                Akka.Event.LogLevel.InfoLevel => LogLevel.Information,
                Akka.Event.LogLevel.WarningLevel => LogLevel.Warning,
                _ => LogLevel.Error,
            };

    private static string FirstLine(string text) => text.AsSpan().Trim().ToString().Split('\n', 2)[0].TrimEnd();
}
