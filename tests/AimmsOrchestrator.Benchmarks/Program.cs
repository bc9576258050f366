using System.CommandLine;
using AimmsOrchestrator.Benchmarks;
using AimmsOrchestrator.Benchmarks.Clustering;
using AimmsOrchestrator.Benchmarks.Hostile;
using AimmsOrchestrator.Benchmarks.Peers;
using AimmsOrchestrator.Benchmarks.Polls;
using AimmsOrchestrator.Benchmarks.Serving;

// `dotnet run -c Release --project tests/AimmsOrchestrator.Benchmarks -- --help` lists them all.
var runs = new Argument<int>("RUNS") { Description = "how many runs" };
var kills = new Argument<int>("KILLS") { Description = "how many times a process is killed" };
var modes = Names("MODE", "only these kinds of faults")
    .AcceptOnlyFromAmong([.. SoakMode.All.Select(mode => mode.Name)]);
var peers = Names("FILE", "only these programs").AcceptOnlyFromAmong([.. Peer.All.Select(peer => peer.File)]);
var inputs = Names("NAME", "parts of the names of those wanted");
var kind = Names("KIND", "how the kinds of faults begin that are wanted, calm before it: no answer is lost");
var poll = Names("POLL", "the scenario's poll, as YAML");
var folder = new Argument<string?>("FOLDER")
{
    Description = "another build of the program",
    Arity = ArgumentArity.ZeroOrOne,
};
var next = new Argument<string>("FOLDER") { Description = "the build to exchange them for" };
var faults = new Argument<int>("FAULTS") { Description = "how many faults" };
var address = new Argument<string>("ADDRESS") { Description = "the service" };

var root = new RootCommand("How fast the program is on this machine, and what it loses; of itself throughput and plans")
{
    Of(
        ThroughputBenchmark.Name,
        "the whole program beside a bare HTTP client",
        [runs, folder],
        given => ThroughputBenchmark.RunAsync(given.GetValue(runs), given.GetValue(folder))
    ),
    Of(
        StartBenchmark.Name,
        "how long commands take to start",
        [folder],
        given => StartBenchmark.RunAsync(given.GetValue(folder))
    ),
    Of(
        ReportBenchmark.Name,
        "every format of a report, and a diff",
        [runs],
        given => ReportBenchmark.RunAsync(given.GetValue(runs))
    ),
    Of(
        PollingBenchmark.Name,
        "how late ends are noticed, for how many polls",
        [poll],
        given => PollingBenchmark.RunAsync(string.Join(' ', given.GetValue(poll)!))
    ),
    Of(HookBenchmark.Name, "the same with calls of the service", [], _ => HookBenchmark.RunAsync()),
    Of(
        PollBenchmark.Name,
        "polls and lateness in virtual time, beside the best policy",
        [],
        _ =>
        {
            PollBenchmark.Run();
            return Task.CompletedTask;
        }
    ),
    Of(ConcurrencyBenchmark.Name, "concurrency: auto beside fixed numbers", [], _ => ConcurrencyBenchmark.RunAsync()),
    Of(
        PeerBenchmark.Name,
        "other programs that run the same batch",
        [peers],
        given => PeerBenchmark.RunAsync(given.GetValue(peers)!)
    ),
    Of(ShareBenchmark.Name, "how several batches share an account", [], _ => ShareBenchmark.RunAsync()),
    Of(LoadBenchmark.Name, "a server under streams and requests", [], _ => LoadBenchmark.RunAsync()),
    Of(
        ClusterThroughput.Name,
        "PostgreSQL and nodes beside SQLite",
        [runs],
        given => ClusterThroughput.RunAsync(given.GetValue(runs))
    ),
    Of(
        DatabaseReport.Name,
        "reports from PostgreSQL beside SQLite",
        [runs],
        given => DatabaseReport.RunAsync(given.GetValue(runs))
    ),
    Soak(
        CrashSoak.Name,
        "kills the program at random moments, under faults",
        [kills, modes],
        given => CrashSoak.RunAsync(given.GetValue(kills), given.GetValue(modes)!)
    ),
    Soak(
        ServeSoak.Name,
        "kills a server at random moments",
        [kills],
        given => ServeSoak.RunAsync(given.GetValue(kills))
    ),
    Soak(
        ClusterSoak.Name,
        "kills, freezes and cuts off the nodes of a cluster",
        [faults, runs, kind],
        given =>
            ClusterSoak.RunAsync(given.GetValue(faults), given.GetValue(runs), string.Join(' ', given.GetValue(kind)!))
    ),
    Soak(
        ClusterUpgrade.Name,
        "exchanges the nodes of a cluster for another build, under load",
        [next],
        given => ClusterUpgrade.RunAsync(given.GetValue(next)!)
    ),
    Soak(
        HostileBenchmark.Name,
        "what hostile input costs",
        [inputs],
        given => HostileBenchmark.RunAsync(given.GetValue(inputs)!)
    ),
    Of(
        ThroughputBenchmark.Bare,
        "the bare client alone",
        [address, runs],
        given => ThroughputBenchmark.BareAsync(given.GetValue(address)!, given.GetValue(runs))
    ),
};
root.SetAction(
    async (_, _) =>
    {
        await ThroughputBenchmark.RunAsync();
        await PlanBenchmark.RunAsync();
    }
);
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });

static Argument<string[]> Names(string name, string what) =>
    new(name)
    {
        HelpName = name,
        Description = what,
        Arity = ArgumentArity.ZeroOrMore,
    };

static Command Of(string name, string what, Argument[] arguments, Func<ParseResult, Task> run) =>
    Soak(
        name,
        what,
        arguments,
        async given =>
        {
            await run(given);
            return true;
        }
    );

static Command Soak(string name, string what, Argument[] arguments, Func<ParseResult, Task<bool>> isSound)
{
    var command = new Command(name, what);
    foreach (var argument in arguments)
    {
        command.Add(argument);
    }

    command.SetAction(async (given, _) => await isSound(given) ? 0 : 1);
    return command;
}
