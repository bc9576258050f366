using System.Globalization;
using System.Net.Http.Headers;
using AimmsOrchestrator.Benchmarks.Serving;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Benchmarks.Clustering;

/// <summary>Nodes as processes over a PostgreSQL server of their own, with one service, whose books tell what they did.</summary>
internal sealed class ServedCluster : IAsyncDisposable
{
    private const UnixFileMode OpenToAll =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    private const int FirstPort = 18_700;

    private readonly TaskServiceEmulator _service;
    private readonly string _token;

    private ServedCluster(
        TaskServiceEmulator service,
        DatabaseProcess database,
        IReadOnlyList<NodeProcess> nodes,
        string folder,
        string token
    ) => (_service, Database, Nodes, Folder, _token) = (service, database, nodes, folder, token);

    public DatabaseProcess Database { get; }

    public IReadOnlyList<NodeProcess> Nodes { get; }

    /// <summary>Where the nodes run and their logs are.</summary>
    public string Folder { get; }

    public TrafficLog Traffic => _service.Traffic;

    /// <param name="options">How the service behaves.</param>
    /// <param name="limits">The account's limits, as <c>server.yaml</c> has them.</param>
    /// <param name="nodes">How many.</param>
    public static async Task<ServedCluster> StartAsync(EmulatorOptions options, string limits, int nodes)
    {
        var service = await TaskServiceEmulator.StartAsync(options, TimeProvider.System).ConfigureAwait(false);
        var database = await DatabaseProcess.StartAsync().ConfigureAwait(false);
        var folder = Directory.CreateTempSubdirectory("cluster-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, OpenToAll);
        }

        await File.WriteAllTextAsync(
                Path.Combine(folder, "server.yaml"),
                $$"""
                services: { acme: { url: "{{service.Address}}", limits: {{limits}} } }
                limits: { requests: 100000/s }
                """
            )
            .ConfigureAwait(false);
        var token = await TokenAsync(folder, database.Connection).ConfigureAwait(false);
        var ports = Enumerable.Range(0, nodes).Select(i => FirstPort + i).ToList();
        var join = string.Join(',', ports.Select(port => FormattableString.Invariant($"127.0.0.1:{port + 100}")));
        return new ServedCluster(
            service,
            database,
            [
                .. ports.Select(
                    (port, i) => new NodeProcess(i + 1, port + 100, folder, Arguments(database.Connection, port, join))
                ),
            ],
            folder,
            token
        );
    }

    /// <summary>Whether a number of batches have ended.</summary>
    public async Task<bool> AreOverAsync(int batches) =>
        await Database
            .ReadAsync("SELECT count(*) FROM batches WHERE ended_how = 'all-runs-ended'", row => row.GetInt64(0))
            .ConfigureAwait(false)
            is [var over]
        && over == batches;

    /// <summary>Waits until every node is ready.</summary>
    public async Task UntilReadyAsync()
    {
        for (var node = 0; node < Nodes.Count; node++)
        {
            while (!await IsReadyAsync(node).ConfigureAwait(false))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether a node says that it is ready.</summary>
    /// <param name="node">Which one, from 0.</param>
    public async Task<bool> IsReadyAsync(int node)
    {
        using var client = Client(node);
        try
        {
            using var answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative)).ConfigureAwait(false);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>A client of a node, as the administrator.</summary>
    /// <param name="node">Which one, from 0.</param>
    public HttpClient Client(int node)
    {
        var client = new HttpClient
        {
            BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{FirstPort + node}")),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return client;
    }

    /// <summary>Submits a batch, as soon as the node serves.</summary>
    /// <param name="node">Which one, from 0.</param>
    /// <param name="name">The batch's, which is its key as well.</param>
    /// <param name="scenario">What is to run.</param>
    /// <returns>The batch's id.</returns>
    public async Task<string> SubmitAsync(int node, string name, string scenario)
    {
        using var client = Client(node);
        client.DefaultRequestHeaders.Add("Idempotency-Key", name);
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await ServedAccount.SubmitAsync(client, scenario).ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpRequestException or InvalidOperationException && tries < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(300)).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync().ConfigureAwait(false);
        }

        await Database.DisposeAsync().ConfigureAwait(false);
        await _service.DisposeAsync().ConfigureAwait(false);
        Console.WriteLine($"the nodes' logs: {Folder}");
    }

    private static string[] Arguments(string connection, int port, string join) =>
        [
            "serve",
            "--database",
            connection,
            "--config",
            "server.yaml",
            "--listen",
            FormattableString.Invariant($"http://127.0.0.1:{port}"),
            "--node-port",
            (port + 100).ToString(CultureInfo.InvariantCulture),
            "--join",
            join,
        ];

    private static async Task<string> TokenAsync(string folder, string connection)
    {
        using var create = BatchProgram.Start(
            folder,
            "token",
            "create",
            "soak",
            "--role",
            "admin",
            "--database",
            connection
        );
        _ = create.StandardError.ReadToEndAsync();
        return (await create.StandardOutput.ReadToEndAsync().ConfigureAwait(false)).Trim();
    }
}
