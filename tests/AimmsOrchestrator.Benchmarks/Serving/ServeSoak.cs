using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks.Serving;

/// <summary>
/// Kills the server at random moments (SIGKILL) and starts it again, while batches of several owners come in and clients follow
/// them; holds what it did against the books of the service.
/// <c>dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks -- serve-soak 100</c>.
/// </summary>
internal static class ServeSoak
{
    public const string Name = "serve-soak";

    private const int Limit = 8;
    private const int Runs = 40;

    // The golden ratio's multiples fall evenly everywhere, and the same way each time.
    private const double GoldenRatio = 0.6180339887498949;

    /// <param name="kills">How many.</param>
    /// <returns>Whether nothing was lost, nothing taken twice, the limit kept and no end missed.</returns>
    public static async Task<bool> RunAsync(int kills)
    {
        var options = new EmulatorOptions
        {
            Parallel = Limit,
            Faults = new FaultOptions
            {
                ServerError = 0.01,
                CutAfterTaken = 0.005,
                CutGet = 0.01,
            },
            Seed = 11,
        };
        await using var account = await ServedAccount
            .StartAsync(options, $"{{ concurrency: {Limit} }}")
            .ConfigureAwait(false);
        var (ends, batches) = (new ConcurrentDictionary<string, JsonNode>(StringComparer.Ordinal), 0);
        var followers = new List<Task>();
        var starts = new List<TimeSpan>();
        for (var kill = 0; kill < kills; kill++)
        {
            followers.Add(FollowAsync(account, await SubmitAsync(account, batches++).ConfigureAwait(false), ends));
            await Task.Delay(TimeSpan.FromSeconds(0.3 + (2.7 * (kill * GoldenRatio % 1)))).ConfigureAwait(false);
            await account.KillAsync().ConfigureAwait(false);
            starts.Add(await account.ServeAsync().ConfigureAwait(false));
        }

        await Task.WhenAll(followers).WaitAsync(TimeSpan.FromMinutes(5)).ConfigureAwait(false);
        var bodies = account.Traffic.Taken.Select(task => Encoding.UTF8.GetString(task.Body.Span)).ToList();
        var twice = bodies.Count - bodies.Distinct(StringComparer.Ordinal).Count();
        var completed = ends.Values.Sum(end => (long)end["completed"]!);
        var failed = ends.Values.Sum(end => (long)end["failed"]!);
        var most = account.Traffic.MostUnfinished;
        ServedAccount.Say(
            $"{kills} kills: {batches} batches of {Runs} runs, {ends.Count} ends seen by their followers; completed {completed}, failed (ambiguous) {failed}, lost {(batches * Runs) - completed - failed}; tasks taken {bodies.Count}, taken twice {twice}; most unfinished {most} of {Limit}; a start takes {starts.Average(start => start.TotalSeconds):0.0} s"
        );
        return twice == 0 && completed + failed == batches * Runs && ends.Count == batches && most <= Limit;
    }

    /// <summary>As often as it takes until the server answers: with a key of its own it opens one batch.</summary>
    private static async Task<string> SubmitAsync(ServedAccount account, int number)
    {
        var scenario = ServedAccount.Scenario(
            string.Create(CultureInfo.InvariantCulture, $"soak{number}"),
            Runs,
            "0.05 + (n % 5) / 50"
        );
        using var client = account.Client();
        client.DefaultRequestHeaders.Add("Idempotency-Key", $"soak{number}");
        return await ServedAccount.SubmitAsync(client, scenario).ConfigureAwait(false);
    }

    /// <summary>Follows a batch to its end through all restarts, from the event that came last.</summary>
    private static async Task FollowAsync(ServedAccount account, string id, ConcurrentDictionary<string, JsonNode> ends)
    {
        var (last, kind) = ("", "");
        while (!ends.ContainsKey(id))
        {
            try
            {
                using var client = account.Client();
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/batches/{id}/events");
                if (last.Length > 0)
                {
                    request.Headers.Add("Last-Event-ID", last);
                }

                using var response = await client
                    .SendAsync(request, HttpCompletionOption.ResponseHeadersRead)
                    .ConfigureAwait(false);
                response.EnsureSuccessStatusCode();
                using var events = new StreamReader(await response.Content.ReadAsStreamAsync().ConfigureAwait(false));
                while (await events.ReadLineAsync().ConfigureAwait(false) is { } line)
                {
                    switch (line.Split(": ", 2))
                    {
                        case ["id", var value]:
                            last = value;
                            break;

                        case ["event", var value]:
                            kind = value;
                            break;

                        case ["data", var value] when kind == "end":
                            ends[id] = JsonNode.Parse(value)!;
                            break;
                    }
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // The server is away.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
        }
    }
}
