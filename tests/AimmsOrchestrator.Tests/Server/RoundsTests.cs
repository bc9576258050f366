using System.Collections.Concurrent;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Server.Fleet;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Tests.Server;

public sealed class RoundsTests
{
    [Fact]
    public async Task An_outage_of_the_journal_is_a_line_at_its_beginning_and_one_at_its_end()
    {
        var log = new Lines();
        var outcomes = new Queue<string?>(["no route", "refused", null, null, "away"]);
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var rounds = new Rounds(TimeSpan.FromMilliseconds(1), RoundAsync, log, TimeProvider.System);

        rounds.Start();
        await over.Task;
        await rounds.StopAsync();

        Assert.Equal(
            [
                "Error no route",
                "Information the workspace is back; it failed last with: refused",
                "Error away",
                "Information the workspace is back; it failed last with: away",
            ],
            log.All
        );

        Task RoundAsync()
        {
            if (!outcomes.TryDequeue(out var reason))
            {
                over.TrySetResult();
            }

            return reason is null ? Task.CompletedTask : throw new JournalException(reason);
        }
    }

    private sealed class Lines : ILogger
    {
        private readonly ConcurrentQueue<string> _all = new();

        public IEnumerable<string> All => _all;

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
    }
}
