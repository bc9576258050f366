using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cluster;
using AimmsOrchestrator.Cluster.Settings;
using AimmsOrchestrator.Journal.PostgreSql;
using Microsoft.Extensions.DependencyInjection;

namespace AimmsOrchestrator.Cli.Commands.Serving;

/// <summary>Whether a server is a node of a cluster, and which nodes it joins.</summary>
internal sealed class ClusterPlace
{
    private readonly Option<int?> _port = new("--node-port")
    {
        Description = "Be a node of a cluster, which its fellows reach at this port; 0 takes a free one",
        HelpName = "PORT",
    };
    private readonly Option<string?> _join = new("--join")
    {
        Description = "The nodes of the cluster, in the same order on each of them, this one included",
        HelpName = "HOST:PORT,…",
    };
    private readonly Option<string?> _certificate = new("--node-certificate")
    {
        Description = "This node's certificate with its key, as PEM: nodes speak TLS, and accept each other alone",
        HelpName = "FILE",
    };
    private readonly Option<string?> _authority = new("--node-authority")
    {
        Description = "The authority that has issued the certificates of all nodes, as PEM",
        HelpName = "FILE",
    };

    /// <summary>The options, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [_port, _join, _certificate, _authority];

    /// <summary>Whether the server is a node.</summary>
    public bool IsMeant(ParseResult parsed) => All.Any(option => parsed.GetResult(option) is { Implicit: false });

    /// <summary>How this node is reached and which nodes it joins.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="database">The database; null where none is named.</param>
    /// <param name="version">The program's version.</param>
    /// <exception cref="UserErrorException">The options make no node: all that is wrong, a line each.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // The cluster is loaded by those alone who use it.
    public BatchClusterOptions OptionsOf(ParseResult parsed, string? database, string version)
    {
        List<string> problems = [];
        if (database is null)
        {
            problems.Add($"{_port.Name}: nodes share a PostgreSQL database, which {DatabaseOption.Name} names");
        }

        if (parsed.GetValue(_port) is not { } port)
        {
            problems.Add($"{_join.Name}: a node has a port of its own as well, which {_port.Name} names");
            port = 0;
        }

        List<NodeAddress> join = [];
        foreach (
            var text in (parsed.GetValue(_join) ?? "").Split(
                ',',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
        {
            if (NodeAddress.TryParse(text, out var address, out var problem))
            {
                join.Add(address);
            }
            else
            {
                problems.Add($"{_join.Name}: {problem}");
            }
        }

        var own = join.FirstOrDefault(address => address.Port == port && IsHere(address.Host)).Host;
        var reached = own ?? (join.TrueForAll(address => IsLoopback(address.Host)) ? "127.0.0.1" : Dns.GetHostName());
        var options = new BatchClusterOptions
        {
            Listen = IsLoopback(reached) ? "127.0.0.1" : "0.0.0.0",
            Port = port == 0 ? FreePort() : port,
            PublicHost = reached,
            Join = join,
            Version = version.Split('+')[0],
            Tls = TlsOf(parsed, problems),
        };
        problems.AddRange(options.Problems().Select(problem => $"{_join.Name}: {problem}"));
        if (problems.Count == 0 && WhyTaken(options) is { } why)
        {
            problems.Add($"{_port.Name}: {AddressOf(options)} cannot be listened on: {why}");
        }

        return problems.Count == 0 ? options : throw new UserErrorException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>Where its fellows reach a node.</summary>
    public static string AddressOf(BatchClusterOptions options) =>
        new NodeAddress(options.PublicHost!, options.Port).ToString();

    /// <summary>The parts of a node, for a server.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Action<IServiceCollection> PartsOf(BatchClusterOptions options, PostgreSqlWorkspace workspace) =>
        services =>
            services.AddSingleton(workspace.LeftBatches).AddSingleton(workspace.Leases).AddBatchCluster(options);

    private ClusterTls? TlsOf(ParseResult parsed, List<string> problems)
    {
        var (certificate, authority) = (parsed.GetValue(_certificate), parsed.GetValue(_authority));
        if (certificate is null && authority is null)
        {
            return null;
        }

        if (certificate is null || authority is null)
        {
            problems.Add($"{_certificate.Name} and {_authority.Name} belong together");
            return null;
        }

        try
        {
            return ClusterTls.Load(certificate, key: null, authority);
        }
        catch (ClusterTlsException e)
        {
            problems.Add($"{_certificate.Name}: {e.Message}");
            return null;
        }
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether a name or address is this machine's.</summary>
    private static bool IsHere(string host)
    {
        try
        {
            var own = Dns.GetHostAddresses(Dns.GetHostName());
            return IsLoopback(host) || Dns.GetHostAddresses(host).Any(address => own.Contains(address));
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Asked first: the actor system would say it in pages of stack traces.</summary>
    /// <returns>Null where the port is free.</returns>
    private static string? WhyTaken(BatchClusterOptions options)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Parse(options.Listen), options.Port);
            listener.Start();
            return null;
        }
        catch (SocketException e)
        {
            return e.Message;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
