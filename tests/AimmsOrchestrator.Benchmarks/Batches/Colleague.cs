using System.Net.Http.Json;
using System.Text.Json;

namespace AimmsOrchestrator.Benchmarks.Batches;

/// <summary>Someone else who uses the service: a task each second.</summary>
/// <param name="seconds">How long each of the tasks runs; null where there is no colleague.</param>
internal sealed class Colleague(double? seconds)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>The tasks that were submitted.</summary>
    public IReadOnlySet<string> Ids => _ids;

    /// <summary>Submits until it is cancelled, and then asks for all responses: the service's books have their times after that.</summary>
    public async Task RunAsync(Uri service, CancellationToken isOver)
    {
        if (seconds is null)
        {
            return;
        }

        using var http = new HttpClient { BaseAddress = service };
        while (!isOver.IsCancellationRequested)
        {
            using var answer = await http.PostAsJsonAsync("api/v2/tasks/sleep", new { seconds }, CancellationToken.None)
                .ConfigureAwait(false);
            using var task = JsonDocument.Parse(
                await answer.Content.ReadAsStringAsync(CancellationToken.None).ConfigureAwait(false)
            );
            _ids.Add(task.RootElement.GetProperty("id").GetString()!);
            await Task.Delay(1000, isOver).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }

        foreach (var id in _ids)
        {
            using var _ = await http.GetAsync($"api/v2/tasks/{id}/response", CancellationToken.None)
                .ConfigureAwait(false);
        }
    }
}
