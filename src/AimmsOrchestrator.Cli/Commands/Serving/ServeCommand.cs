using System.CommandLine;
using System.Reflection;
using System.Runtime.CompilerServices;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Running;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Cluster;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Journal.PostgreSql;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Scenarios.Profiles;
using AimmsOrchestrator.Server;
using AimmsOrchestrator.Server.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Cli.Commands.Serving;

/// <summary>A server for a team: drives the batches of a workspace, and answers over HTTP.</summary>
internal sealed class ServeCommand : BaseCommand
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);

    private const string DefaultAddress = "http://127.0.0.1:8700";

    private readonly Option<string> _listen = new("--listen")
    {
        Description = "The address to listen on; port 0 takes a free one",
        HelpName = "URL",
        DefaultValueFactory = _ => DefaultAddress,
    };
    private readonly Option<string> _workspace = SharedOptions.Workspace();
    private readonly Option<string?> _database = DatabaseOption.Create();
    private readonly ClusterPlace _cluster = new();
    private readonly Option<string?> _config = new("--config")
    {
        Description = "The services that people may use, and what the server allows",
        HelpName = "FILE",
    };

    public ServeCommand(CommandServices services)
        : base(
            services,
            "serve",
            "Drive the batches of a workspace for a team: submitted, followed and changed over HTTP",
            "serve --config server.yaml",
            "serve --listen http://0.0.0.0:8700 --workspace /var/lib/aimms-batch --config /etc/aimms-batch/server.yaml",
            "serve --database \"Host=db.example.com;Database=aimms;Username=aimms\" --config server.yaml"
        )
    {
        _listen.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && AddressOf(text) is null)
            {
                result.AddError($"--listen: \"{text}\" is not an address such as {DefaultAddress}");
            }
        });
        Declare([_listen, _workspace, _database, _config, .. _cluster.All]);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var file = parsed.GetValue(_config);
        var (settings, errors) = ServerSettingsLoader.Load(file, Environment.GetEnvironmentVariable);
        if (settings is null)
        {
            throw new UserErrorException(string.Join(Environment.NewLine, errors));
        }

        if (file is null)
        {
            Screen.Complain("no --config: the server has no services, so scenarios that it is sent can call none");
        }

        DatabaseOption.RefuseFolder(parsed, _database, _workspace);
        // The signs of life of a node are older than its server, and outlive it.
        using var logs = parsed.GetValue(_database) is null ? null : LoggerFactory.Create(LogTo);
        var options = OptionsOf(parsed, settings, logs);
        await using var closing = options.Workspace as IAsyncDisposable;
        using var telemetry = TelemetryExport.OfServer([.. KeysOf(settings.Services)]);
        try
        {
            await using var server = await ServerHost.StartAsync(options, Services.Time, LogTo);
            using var interruption = new Interruption(() =>
                Screen.Say("Stopping once the submits under way are answered; nothing gets lost.")
            );
            Screen.Data.Line($"Serving at {server.Address.ToString().TrimEnd('/')}");
            var stopped = Task.Delay(Timeout.Infinite, interruption.Requested);
            var lost = await Task.WhenAny(stopped, server.Lost) == server.Lost ? await server.Lost : null;
            if (lost is not null)
            {
                Screen.Complain($"{lost}: this process ends, and its service manager starts it again");

                // Whatever stands still in here must not keep the process from its new start: what it had is taken over in any case.
                await Task.WhenAny(server.StopAsync(), Task.Delay(LongestEnd, CancellationToken.None));
                Environment.Exit(ExitCode.Lost);
            }

            await server.StopAsync();
            return ExitCode.Success;
        }
        catch (ServerException e)
        {
            throw new UserErrorException(e.Message, e);
        }
    }

    private ServerOptions OptionsOf(ParseResult parsed, ServerSettings settings, ILoggerFactory? logs)
    {
        var listen = AddressOf(parsed.GetRequiredValue(_listen))!;
        var database = parsed.GetValue(_database);
        if (_cluster.IsMeant(parsed))
        {
            return OptionsOfNode(parsed, settings, listen, logs);
        }

        return database is null
            ? new ServerOptions(
                listen,
                SqliteWorkspace.OpenOrCreate(parsed.GetRequiredValue(_workspace)),
                settings,
                Version
            )
            : OptionsOf(
                listen,
                DatabaseOption.OpenDatabase(database, Services.Time, address: null, Version, logs),
                settings
            );
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ServerOptions OptionsOfNode(ParseResult parsed, ServerSettings settings, Uri listen, ILoggerFactory? logs)
    {
        var database = parsed.GetValue(_database);
        var cluster = _cluster.OptionsOf(parsed, database, Version);
        var address = ClusterPlace.AddressOf(cluster);
        if (cluster.Tls is null && cluster.Listen == "0.0.0.0")
        {
            Screen.Complain(
                $"who reaches {address} can join the cluster: --node-certificate and --node-authority keep others out"
            );
        }

        var workspace = DatabaseOption.OpenDatabase(database!, Services.Time, address, Version, logs);
        return OptionsOf(listen, workspace, settings) with
        {
            AddCluster = ClusterPlace.PartsOf(cluster, workspace),
            WhyNoCluster = failure => ClusterServices.WhyNotListening(cluster, failure),
        };
    }

    private static ServerOptions OptionsOf(Uri listen, PostgreSqlWorkspace workspace, ServerSettings settings)
    {
        workspace.Join();
        return new ServerOptions(listen, workspace, settings, Version) { Nodes = workspace.Nodes };
    }

    private static string Version =>
        typeof(ServeCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "";

    /// <summary>The keys that are there without asking a program for them.</summary>
    private static IEnumerable<KeyRedactor> KeysOf(ServiceProfiles services) =>
        from profile in services.All().Profiles
        where profile.Key is KeySource.Variable or KeySource.Stored
        let key = KeyReader.Read(profile.Key!, Environment.GetEnvironmentVariable).Key
        where key is not null
        select new KeyRedactor(key);

    /// <summary>One line per event, on standard error, with the time in UTC.</summary>
    private static void LogTo(ILoggingBuilder logging)
    {
        TelemetryExport.AddLog(logging);
        logging
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
            })
            .AddFilter("AimmsOrchestrator", LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            // Why a start failed is the command's own line.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            // The keys of sessions lie in the workspace, which is its owner's alone.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console =>
                console.LogToStandardErrorThreshold = LogLevel.Trace
            );
    }

    private static Uri? AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp ? address : null;
}
