using System.CommandLine;
using System.Globalization;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Cli.Commands;

/// <summary>A task service on this machine, to rehearse against.</summary>
internal sealed class EmulatorCommand : ExampleCommand
{
    public EmulatorCommand(Screen screen)
        : base(
            "emulator",
            "Run a task service on this machine that solves real models, to rehearse against",
            "emulator --parallel 2",
            "emulator --port 9000 --apikey secret --cold-start 15",
            "emulator --fault-5xx 0.05 --fault-429 0.02 --fault-cut-get 0.03"
        )
    {
        var port = new Option<int>("--port")
        {
            Description = "The port to listen on, on the loopback address; 0 takes a free one",
            DefaultValueFactory = _ => 8080,
        };
        var parallel = new Option<int>("--parallel")
        {
            Description = "Tasks that run at a time; the others queue",
            DefaultValueFactory = _ => 1,
        };
        var key = new Option<string?>("--apikey")
        {
            Description = "The key that callers of /pro-api must send",
            HelpName = "KEY",
        };
        var coldStart = new Option<double>("--cold-start")
        {
            Description = "Seconds that a session takes to start",
            HelpName = "SECONDS",
        };
        var seed = new Option<ulong>("--seed") { Description = "What every draw derives from", HelpName = "N" };
        port.Validators.Add(r => Refuse(r, r.TryGet<int>(out var n) && n is < 0 or > 65535, "--port: from 0 to 65535"));
        parallel.Validators.Add(r => Refuse(r, r.TryGet<int>(out var n) && n < 1, "--parallel: 1 or more"));
        coldStart.Validators.Add(r =>
            Refuse(r, r.TryGet<double>(out var n) && n is not (>= 0 and < 86_400), "--cold-start: from 0 to a day")
        );
        foreach (var option in new Option[] { port, parallel, key, coldStart, seed })
        {
            Options.Add(option);
        }

        var faults = FaultSwitch.All.Select(fault => (fault, option: OptionOf(fault))).ToList();
        faults.ForEach(f => Options.Add(f.option));

        SetAction(
            (parsed, _) =>
                RunAsync(
                    screen,
                    new EmulatorOptions
                    {
                        Port = parsed.GetValue(port),
                        Parallel = parsed.GetValue(parallel),
                        ApiKey = parsed.GetValue(key),
                        ColdStart = TimeSpan.FromSeconds(parsed.GetValue(coldStart)),
                        Seed = parsed.GetValue(seed),
                        Faults = faults.Aggregate(
                            new FaultOptions(),
                            (options, f) =>
                                parsed.GetValue(f.option) is { } value ? f.fault.Apply(options, value) : options
                        ),
                    }
                )
        );
    }

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
            var most = fault.IsRate ? 1 : 86_400;
            var allowed = string.Create(CultureInfo.InvariantCulture, $"--fault-{fault.Name}: from 0 to {most}");
            Refuse(r, !(value >= 0 && value <= most), allowed);
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

    private static async Task<int> RunAsync(Screen screen, EmulatorOptions options)
    {
        try
        {
            await using var emulator = await TaskServiceEmulator.StartAsync(options, TimeProvider.System);
            screen.Say(
                $"Listening at {emulator.Address.ToString().TrimEnd('/')}: /api as localhost, /pro-api as the cloud; Ctrl-C ends."
            );
            using var interruption = new Interruption(() => { });
            await Task.Delay(Timeout.Infinite, interruption.Requested).ContinueWith(_ => { }, TaskScheduler.Default);
            var books = emulator.Books;
            screen.Say(
                $"{books.Requests} requests, {books.Taken.Count} tasks, {books.MostUnfinished} unfinished at most"
            );
            return ExitCode.Success;
        }
        catch (PortTakenException e)
        {
            throw new UserErrorException(e.Message);
        }
    }
}
