using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>A log that a test reads: level, text and exception of each entry.</summary>
internal sealed class LogLines : ILogger, ILoggerProvider
{
    private readonly ConcurrentQueue<string> _all = new();

    public IEnumerable<string> All => _all;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => _all.Enqueue($"{logLevel} {formatter(state, exception)}{exception}");

    public void Dispose() => _all.Clear();
}
