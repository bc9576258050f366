using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AimmsOrchestrator.Batches.Services;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Http;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios.Emulation;
using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>A task service on this machine, to rehearse against.</summary>
internal sealed class EmulatorCommand : BaseCommand
{
    /// <summary>Where the key is given out of sight: a command line stands in the list of processes.</summary>
    private const string KeyVariable = "AIMMS_EMULATOR_APIKEY";

    private readonly Option<int> _port = new("--port")
    {
        Description = "The port to listen on, on the loopback address; 0 takes a free one",
        DefaultValueFactory = _ => 8080,
    };
    private readonly Option<int> _parallel = new("--parallel")
    {
        Description = "Tasks that run at a time; the others queue",
        DefaultValueFactory = _ => 1,
    };
    private readonly Option<string[]> _parallelAfter = new("--parallel-after")
    {
        Description =
            "Seconds after the start, and how many tasks run at a time from then on, such as 30=12; repeatable",
        HelpName = "SECONDS=N",
    };
    private readonly Option<string?> _key = new("--apikey")
    {
        Description =
            $"The key that callers of /pro-api must send; from {KeyVariable} it is not in the list of processes",
        HelpName = "KEY",
    };
    private readonly Option<FileInfo?> _https = new("--https")
    {
        Description =
            "Speak HTTPS, as real clients of the cloud do, with a certificate that is written to FILE for them to trust",
        HelpName = "FILE",
    };
    private readonly Option<FileInfo?> _services = new("--services")
    {
        Description = "A YAML file of your own services: answers, run times, failures",
        HelpName = "FILE",
    };
    private readonly Option<string> _workspace = SharedOptions.Workspace();
    private readonly Option<double> _coldStart = new("--cold-start")
    {
        Description = "Seconds that a session takes to start",
        HelpName = "SECONDS",
    };
    private readonly Option<int> _listPage = new("--list-page")
    {
        Description = "The most tasks on a page of the cloud's list",
        HelpName = "N",
        DefaultValueFactory = _ => new EmulatorOptions().LargestPage,
    };
    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "What every draw derives from",
        HelpName = "N",
    };
    private readonly List<(FaultSwitch Fault, Option<double?> Option)> _faults =
    [
        .. FaultSwitch.All.Select(fault => (fault, OptionOf(fault))),
    ];

    public EmulatorCommand(CommandServices services)
        : base(
            services,
            "emulator",
            "Run a task service on this machine that solves real models, to rehearse against",
            "emulator --parallel 2",
            "emulator --services my-services.yaml",
            "emulator --port 9000 --cold-start 15",
            "emulator --https emulator.pem --apikey test",
            "emulator --parallel 6 --parallel-after 30=12 --parallel-after 60=3",
            "emulator --fault-5xx 0.05 --fault-429 0.02 --fault-cut-get 0.03"
        )
    {
        _port.Validators.Add(r =>
            Refuse(r, r.TryGet<int>(out var n) && n is < 0 or > 65535, "--port: from 0 to 65535")
        );
        _parallel.Validators.Add(r => Refuse(r, r.TryGet<int>(out var n) && n < 1, "--parallel: 1 or more"));
        _parallelAfter.Validators.Add(r =>
            Refuse(
                r,
                r.TryGet<string[]>(out var all) && all is not null && all.Any(text => ChangeOf(text) is null),
                "--parallel-after: SECONDS=N, from 0 to 86400 seconds and 1 or more tasks, such as 30=12"
            )
        );
        _listPage.Validators.Add(r => Refuse(r, r.TryGet<int>(out var n) && n < 1, "--list-page: 1 or more"));
        _coldStart.Validators.Add(r =>
            Refuse(r, r.TryGet<double>(out var n) && n is not (>= 0 and < 86_400), "--cold-start: from 0 to a day")
        );
        Declare([
            _port,
            _parallel,
            _parallelAfter,
            _key,
            _https,
            _services,
            _workspace,
            _coldStart,
            _listPage,
            _seed,
            .. _faults.Select(f => f.Option),
        ]);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_key) is not null)
        {
            Screen.Complain(
                $"--apikey: the list of processes shows the key to every user of this machine; {KeyVariable} in the environment keeps it to yours"
            );
        }

        var emulated = LoadServices(parsed);
        var folder = parsed.GetRequiredValue(_workspace);
        using var certificate = await CertificateAsync(parsed, cancellation);
        using var own = OwnServices.Open(emulated, SqliteWorkspace.Find(folder)).OrThrow(folder);
        try
        {
            await using var emulator = await TaskServiceEmulator.StartAsync(
                OptionsOf(parsed, emulated) with
                {
                    Services = own.Services,
                    Certificate = certificate,
                },
                Services.Time,
                cancellation
            );
            Screen.Say(
                $"Listening at {emulator.Address.ToString().TrimEnd('/')}: /api as localhost, /pro-api as the cloud; Ctrl-C ends."
            );
            using var interruption = new Interruption(() => { });
            await Task.Delay(Timeout.Infinite, interruption.Requested).ContinueWith(_ => { }, TaskScheduler.Default);
            var traffic = emulator.Traffic;
            Screen.Say(
                $"{traffic.Requests} requests, {traffic.Taken.Count} tasks, {traffic.MostUnfinished} unfinished at most"
            );
            return ExitCode.Success;
        }
        catch (PortInUseException e)
        {
            throw new UserErrorException(e.Message);
        }
    }

    /// <summary>Null where none is wanted.</summary>
    private async Task<X509Certificate2?> CertificateAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_https) is not { } file)
        {
            return null;
        }

        var certificate = OwnCertificate.Create(Services.Time.GetUtcNow());
        var pem = Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n");
        await OutputFile.WriteAsync(file, output => output.WriteAsync(pem, cancellation).AsTask(), "--https");
        return certificate;
    }

    /// <exception cref="UserErrorException">The file has errors: all of them, one line each.</exception>
    private EmulatedServices LoadServices(ParseResult parsed)
    {
        if (parsed.GetValue(_services) is not { } file)
        {
            return EmulatedServices.None;
        }

        var (services, errors) = EmulatorLoader.Load(file.ToString());
        return services ?? throw new UserErrorException(string.Join(Environment.NewLine, errors));
    }

    private EmulatorOptions OptionsOf(ParseResult parsed, EmulatedServices emulated) =>
        new()
        {
            Port = parsed.GetValue(_port),
            Parallel = parsed.GetResult(_parallel) is { Implicit: false }
                ? parsed.GetValue(_parallel)
                : emulated.Places ?? 1,
            ParallelChanges = [.. (parsed.GetValue(_parallelAfter) ?? []).Select(text => ChangeOf(text)!)],
            ApiKey =
                parsed.GetValue(_key)
                ?? (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? key : null),
            LargestPage = parsed.GetValue(_listPage),
            ColdStart = TimeSpan.FromSeconds(parsed.GetValue(_coldStart)),
            Seed = parsed.GetValue(_seed),
            Faults = _faults.Aggregate(
                new FaultOptions(),
                (options, f) => parsed.GetValue(f.Option) is { } value ? f.Fault.Apply(options, value) : options
            ),
        };

    private static ParallelChange? ChangeOf(string text) =>
        text.Split('=') is [var after, var parallel]
        && double.TryParse(after, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= 86_400
        && int.TryParse(parallel, NumberStyles.None, CultureInfo.InvariantCulture, out var tasks)
        && tasks >= 1
            ? new ParallelChange(TimeSpan.FromSeconds(seconds), tasks)
            : null;

    private static Option<double?> OptionOf(FaultSwitch fault)
    {
        var option = new Option<double?>($"--fault-{fault.Name}")
        {
            Description = fault.Description,
            HelpName = fault.ValueName,
        };
        option.Validators.Add(r =>
        {
            var value = r.TryGet<double?>(out var number) ? number ?? 0 : 0;
            var allowed = string.Create(
                CultureInfo.InvariantCulture,
                $"--fault-{fault.Name}: from {fault.Least} to {fault.Most}"
            );
            Refuse(r, !(value >= fault.Least && value <= fault.Most), allowed);
        });
        return option;
    }

    private static void Refuse(System.CommandLine.Parsing.OptionResult result, bool isWrong, string message)
    {
        if (isWrong)
        {
            result.AddError(message);
        }
    }
}
