using System.Globalization;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.EndToEnd.Tests.Testing;

/// <summary>A batch of tasks that sleep, and the service that they sleep at.</summary>
internal static class Sleepers
{
    public static Task<TaskServiceEmulator> StartAsync(EmulatorOptions options) =>
        TaskServiceEmulator.StartAsync(options, TimeProvider.System);

    /// <summary>Writes <c>sleepers.yaml</c>.</summary>
    public static void WriteSleepers(
        this ProgramFolder folder,
        Uri address,
        int runs,
        double seconds,
        int concurrency
    ) => folder.WriteSleepers(address, runs, seconds.ToString(CultureInfo.InvariantCulture), concurrency);

    /// <summary>Writes <c>sleepers.yaml</c>, with an expression for the seconds of each run.</summary>
    public static void WriteSleepers(
        this ProgramFolder folder,
        Uri address,
        int runs,
        string seconds,
        int concurrency
    ) =>
        folder.Write(
            "sleepers.yaml",
            FormattableString.Invariant(
                $$$"""
                name: sleepers
                service: { url: "{{{address}}}", name: sleep }
                sweep: { matrix: { n: { from: 1, to: {{{runs}}}, step: 1 } } }
                request: { json: { n: "${{ n }}", seconds: {{{seconds}}} } }
                limits: { concurrency: {{{concurrency}}} }
                poll: { every: 10ms }
                retry: { attempts: 6, first: 20ms, max: 200ms, settle: 2s }
                """
            )
        );

    /// <summary>The tasks that the service took to sleep for an hour, those that were woken included.</summary>
    public static List<TakenTask> LongTasks(this TaskServiceEmulator service) =>
        [
            .. service.Traffic.Taken.Where(task =>
                Encoding.UTF8.GetString(task.Body.Span).Contains("3600", StringComparison.Ordinal)
            ),
        ];

    /// <summary>
    /// Ends the tasks that sleep for an hour, as another client of the service would: they complete. Each of them has a
    /// session, since a task that has not begun completes without a response.
    /// </summary>
    public static Task WakeAsync(this TaskServiceEmulator service) =>
        InterruptAsync(service.Address, service.LongTasks().Select(task => task.Id));

    /// <summary>The same with all tasks of a service in another process, once it has this number of them.</summary>
    public static async Task WakeAllAsync(Uri service, int count)
    {
        using var http = new HttpClient { BaseAddress = service, Timeout = Waiting.Patience };
        List<string> ids = [];
        await Waiting.UntilAsync(async () =>
        {
            using var list = JsonDocument.Parse(await http.GetStringAsync(new Uri("api/v2/tasks", UriKind.Relative)));
            ids = [.. list.RootElement.EnumerateArray().Select(task => task.GetProperty("id").GetString()!)];
            return ids.Count >= count;
        });
        await InterruptAsync(service, ids);
    }

    private static async Task InterruptAsync(Uri service, IEnumerable<string> ids)
    {
        using var http = new HttpClient { BaseAddress = service, Timeout = Waiting.Patience };
        foreach (var id in ids)
        {
            using var interrupt = new StringContent(
                """{"setstatus": "interrupt-solve"}""",
                Encoding.UTF8,
                "application/json"
            );
            using var answer = await http.PutAsync(new Uri($"api/v2/tasks/{id}", UriKind.Relative), interrupt);
        }
    }
}
