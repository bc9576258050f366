using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks.Serving;

/// <summary>The program as a server with one service, whose books tell what the server did; a folder that is deleted at the end.</summary>
internal sealed class ServedAccount : IAsyncDisposable
{
    private readonly TaskServiceEmulator _service;
    private ServerProcess? _server;

    private ServedAccount(TaskServiceEmulator service, string folder) => (_service, Folder) = (service, folder);

    public string Folder { get; }

    public TrafficLog Traffic => _service.Traffic;

    /// <summary>Where the service is.</summary>
    public Uri Service => _service.Address;

    /// <summary>Where the server serves.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The server's process.</summary>
    public Process Process => _server?.Process ?? throw new InvalidOperationException("The server does not run.");

    /// <param name="options">How the service behaves.</param>
    /// <param name="limits">The account's limits, as <c>server.yaml</c> has them.</param>
    public static async Task<ServedAccount> StartAsync(EmulatorOptions options, string limits)
    {
        var service = await TaskServiceEmulator.StartAsync(options, TimeProvider.System).ConfigureAwait(false);
        var account = new ServedAccount(service, Directory.CreateTempSubdirectory("serve-").FullName);
        await File.WriteAllTextAsync(
                Path.Combine(account.Folder, "server.yaml"),
                $$"""
                services: { acme: { url: "{{service.Address}}", limits: {{limits}} } }
                limits: { requests: 100000/s }
                """
            )
            .ConfigureAwait(false);
        await account.ServeAsync().ConfigureAwait(false);
        return account;
    }

    /// <summary>Starts the server, at the address that it had before.</summary>
    /// <returns>How long it took until it served.</returns>
    public async Task<TimeSpan> ServeAsync()
    {
        var watch = Stopwatch.StartNew();
        var listen = Address?.ToString() ?? "http://127.0.0.1:0";
        _server = await ServerProcess
            .StartAsync(Folder, "--listen", listen, "--config", "server.yaml")
            .ConfigureAwait(false);
        Address = _server.Address;
        return watch.Elapsed;
    }

    /// <summary>Ends the server as a crash does.</summary>
    public async Task KillAsync()
    {
        if (_server is { } server)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            _server = null;
        }
    }

    /// <summary>Makes a token; the caller's requests carry it.</summary>
    public async Task<string> TokenAsync(string name, string role)
    {
        using var create = BatchProgram.Start(Folder, "token", "create", name, "--role", role);
        _ = create.StandardError.ReadToEndAsync();
        return (await create.StandardOutput.ReadToEndAsync().ConfigureAwait(false)).Trim();
    }

    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = token is null
            ? null
            : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A batch of runs whose requests say whose they are, and how long their tasks take.</summary>
    /// <param name="name">The scenario's name, which each request has as its <c>label</c>.</param>
    /// <param name="runs">How many.</param>
    /// <param name="seconds">How long a task takes, as an expression of <c>n</c>.</param>
    public static string Scenario(string name, int runs, string seconds) =>
        $$$"""
            name: {{{name}}}
            service: { use: acme, name: sleep }
            sweep: { matrix: { n: { from: 1, to: {{{runs}}}, step: 1 } } }
            request: { json: { label: "{{{name}}}", n: "${{ n }}", seconds: "${{ {{{seconds}}} }}" } }
            poll: { every: 50ms }
            retry: { attempts: 9, first: 50ms, max: 500ms, settle: 2s }
            results: { slept: response.slept }
            """;

    /// <summary>Submits a scenario.</summary>
    /// <returns>The batch's id.</returns>
    public static async Task<string> SubmitAsync(HttpClient client, string scenario, string query = "")
    {
        using var body = new StringContent(scenario, Encoding.UTF8, "application/yaml");
        using var response = await client
            .PostAsync(new Uri($"/api/batches{query}", UriKind.Relative), body)
            .ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? (string)JsonNode.Parse(text)!["id"]!
            : throw new InvalidOperationException(text);
    }

    /// <summary>Follows a batch to its end.</summary>
    public static async Task<JsonNode> EndAsync(HttpClient client, string id)
    {
        using var events = new StreamReader(
            await client.GetStreamAsync(new Uri($"/api/batches/{id}/events", UriKind.Relative)).ConfigureAwait(false)
        );
        var isEnd = false;
        while (await events.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            isEnd |= line == "event: end";
            if (isEnd && line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonNode.Parse(line[6..])!;
            }
        }

        throw new InvalidOperationException("The stream ended before the batch.");
    }

    /// <summary>How many tasks each label had unfinished on average.</summary>
    public Dictionary<string, double> SlotsUsed(DateTimeOffset from, DateTimeOffset to)
    {
        var labels = Traffic.Taken.ToDictionary(task => task.Id, task => LabelOf(task), StringComparer.Ordinal);
        return Traffic
            .Fetched.DistinctBy(task => task.Id)
            .GroupBy(task => labels[task.Id], StringComparer.Ordinal)
            .ToDictionary(
                tasks => tasks.Key,
                tasks => tasks.Sum(task => Overlap(task.CreatedAt, task.EndedAt)) / (to - from).TotalSeconds,
                StringComparer.Ordinal
            );

        double Overlap(DateTimeOffset begun, DateTimeOffset ended)
        {
            var (first, last) = (begun > from ? begun : from, ended < to ? ended : to);
            return last > first ? (last - first).TotalSeconds : 0;
        }
    }

    public static string LabelOf(TakenTask task) =>
        JsonDocument.Parse(task.Body).RootElement.GetProperty("label").GetString()!;

    /// <summary>CPU time that the server has used so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            Process.Refresh();
            return Process.TotalProcessorTime;
        }
    }

    /// <summary>Its memory now, in MB.</summary>
    public double Megabytes
    {
        get
        {
            Process.Refresh();
            return Process.WorkingSet64 / 1e6;
        }
    }

    public static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        await _service.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(Folder, recursive: true);
    }
}
