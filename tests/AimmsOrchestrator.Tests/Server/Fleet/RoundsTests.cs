using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Server.Fleet;

public sealed class RoundsTests
{
    [Fact]
    public async Task An_outage_of_the_journal_is_a_line_at_its_beginning_and_one_at_its_end()
    {
        var log = new LogLines();
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
}
