using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Server;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.Settings;
using AimmsOrchestrator.Tests.Testing;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Tests.Server;

/// <summary>A server over real HTTP, with an emulator as its service and a workspace that outlives restarts.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The test framework awaits DisposeAsync.")]
public sealed class ServerRoom : IAsyncLifetime
{
    private static readonly string[] WithTask = ["queued", "assigned", "running", "solving"];

    private readonly TemporaryFolder _folder = new();
    private TaskServiceEmulator? _service;
    private ServerHost? _server;

    /// <summary>Every task sleeps for that long; as many as fit the service's places at a time.</summary>
    public const string Sleep = """
        name: nap
        service: { use: dev, name: sleep }
        sweep: { matrix: { n: [1, 2, 3], seconds: [SECONDS] } }
        request: { json: { seconds: "${{ seconds }}", n: "${{ n }}" } }
        results: { slept: response.slept }
        """;

    public HttpClient Client { get; private set; } = new();

    public Uri Address => _server!.Address;

    /// <summary>The server's clock; the system's by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where its log goes; nowhere by default.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }

    internal ServerHost Server => _server!;

    internal TaskServiceEmulator Service => _service!;

    internal SqliteWorkspace Workspace => SqliteWorkspace.OpenOrCreate(Path.Combine(_folder.Path, "workspace"));

    public static string Nap(double seconds) =>
        Sleep.Replace(
            "SECONDS",
            seconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
            StringComparison.Ordinal
        );

    public async Task InitializeAsync()
    {
        _service = await TaskServiceEmulator.StartAsync(new EmulatorOptions { Parallel = 4 }, TimeProvider.System);
        await StartAsync();
    }

    /// <summary>Starts the server, again where it was stopped.</summary>
    /// <param name="more">More lines of its settings.</param>
    /// <param name="services">More services, each after a comma.</param>
    public async Task StartAsync(string more = "", string services = "")
    {
        var file = _folder.Write(
            "server.yaml",
            $"services: {{ dev: {{ url: \"{_service!.Address}\" }}{services} }}\n{more}"
        );
        var (settings, errors) = ServerSettingsLoader.Load(file, _ => null);
        Assert.Empty(errors);
        var options = new ServerOptions(new Uri("http://127.0.0.1:0"), Workspace, settings!, "1.0");
        _server = await ServerHost.StartAsync(options, Time, Logging);
        Client = new HttpClient { BaseAddress = _server.Address, Timeout = Waiting.Patience };
    }

    /// <summary>Complete once the server has taken up the unfinished batches.</summary>
    public Task ReadyAsync() => Server.Part<BatchFleet>().Ready.WaitAsync(Waiting.Patience);

    /// <summary>Stops the server as a request of the system does.</summary>
    public async Task StopAsync()
    {
        await _server!.StopAsync();
        await _server.DisposeAsync();
        _server = null;
    }

    /// <summary>A client with a token of its own.</summary>
    public HttpClient ClientOf(string name, Role role)
    {
        using var book = Workspace.OpenAccessBook();
        var secret = AccessToken.NewSecret();
        book.Add(new AccessToken(name, role, DateTimeOffset.UnixEpoch), AccessToken.HashOf(secret));
        var client = new HttpClient { BaseAddress = Address, Timeout = Waiting.Patience };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    /// <summary>Submits a scenario as YAML alone.</summary>
    public static async Task<HttpResponseMessage> PostAsync(
        HttpClient client,
        string scenario,
        string path = "/api/batches"
    )
    {
        using var body = new StringContent(scenario, Encoding.UTF8, "application/yaml");
        return await client.PostAsync(new Uri(path, UriKind.Relative), body);
    }

    /// <summary>Submits a scenario, and follows it to its end.</summary>
    public static async Task<string> FinishAsync(HttpClient client, string scenario)
    {
        var id = (string)(await JsonAsync(await PostAsync(client, scenario)))["id"]!;
        await EventsAsync(client, id).LastAsync();
        return id;
    }

    /// <summary>Wakes the tasks that sleep: they complete before their time.</summary>
    public async Task WakeAsync()
    {
        const string Interrupt = """{"setstatus": "interrupt-solve"}""";
        using var client = new HttpClient { BaseAddress = Service.Address, Timeout = Waiting.Patience };
        var tasks = JsonNode.Parse(await client.GetStringAsync(new Uri("api/v2/tasks", UriKind.Relative)))!;
        foreach (var task in tasks.AsArray())
        {
            using var body = new StringContent(Interrupt, Encoding.UTF8, "application/json");
            using var answer = await client.PutAsync(new Uri($"api/v2/tasks/{task!["id"]}", UriKind.Relative), body);
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>The types and the data of a batch's events, to the end of the stream.</summary>
    public static async IAsyncEnumerable<(string Type, JsonNode Data, string Id)> EventsAsync(
        HttpClient client,
        string? batch,
        string? last = null
    )
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            batch is null ? "/api/events" : $"/api/batches/{batch}/events"
        );
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await foreach (var item in EventsOfAsync(response))
        {
            yield return item;
        }
    }

    /// <summary>The same of a stream that is there already, of which nothing was read.</summary>
    public static async IAsyncEnumerable<(string Type, JsonNode Data, string Id)> EventsOfAsync(
        HttpResponseMessage response
    )
    {
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var (type, id) = ("", "");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                type = line[7..];
            }
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                yield return (type, JsonNode.Parse(line[6..])!, id);
            }
        }
    }

    /// <summary>The first progress of any batch that is as wanted.</summary>
    public async Task<JsonNode> ProgressAsync(Predicate<JsonNode> wanted) =>
        (await EventsAsync(Client, batch: null).FirstAsync(item => wanted(item.Data))).Data;

    /// <summary>How many runs of a batch have a task that has not ended.</summary>
    public static int UnderWay(JsonNode progress) => WithTask.Sum(state => (int?)progress["byState"]?[state] ?? 0);

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        }
    }

    public async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(await Client.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await StopAsync();
        }

        await _service!.DisposeAsync();
        _folder.Dispose();
    }
}
