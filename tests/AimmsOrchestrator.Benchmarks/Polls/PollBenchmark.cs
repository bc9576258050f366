using System.Globalization;
using AimmsOrchestrator.Domain.Polling;
using AimmsOrchestrator.Domain.Polling.Lifetimes;

namespace AimmsOrchestrator.Benchmarks.Polls;

/// <summary>
/// What polls cost in virtual time: 5,000 runs of a minute in 24 slots, learned from nothing, against the policy that knows
/// the distribution of the run times, and against a fixed interval of 5 s.
/// </summary>
internal static class PollBenchmark
{
    public const string Name = "polls";

    /// <summary>Runs that end before the cost counts, at the start and after a change.</summary>
    private const int Learning = 50;

    private static readonly double[] Prices = [0.5, 2, 10];

    private static IEnumerable<double> Intervals => Enumerable.Range(0, 25).Select(i => 0.2 * Math.Pow(1.2, i));

    public static void Run()
    {
        Show($"seconds per run, polls at their price and lateness, once 50 runs have ended (since a change as well)");
        Show(
            $"run times             price  true dist.  learned  ratio  first 50   listed  listed at the best fixed interval"
        );
        foreach (var times in RunTimes.All)
        foreach (var price in Prices)
        {
            ShowCost(times, price);
        }

        Show($"");
        Show($"                        fixed 5 s       half its polls, single       listed, a request worth 0.2 s");
        Show($"run times             polls   late      polls   late                 polls   late");
        foreach (var times in RunTimes.All)
        {
            ShowInterval(times);
        }
    }

    private static void ShowCost(RunTimes times, double seconds)
    {
        var price = new PollPrice(TimeSpan.FromSeconds(seconds));
        var (before, after) = (times.Table(isChanged: false), times.Table(isChanged: true));
        var (first, second) = (InspectionPolicy.Optimal(before, price), InspectionPolicy.Optimal(after, price));
        var best = PollLoop.ByTask(times, run => Age(run.IsChanged ? second : first, run));
        var single = new PollPlanner();
        var learned = PollLoop.ByTask(times, run => Age(single.Policy(price), run), single);
        var list = new PollPlanner();
        var listed = PollLoop.ByList(times, tasks => list.Listing(tasks, price).Wait.TotalSeconds, list);
        var fixedList = Intervals.Min(interval => Cost(PollLoop.ByList(times, _ => interval)));
        Show(
            $"{times.Name, -20} {seconds, 6:0.0}  {Cost(best), 10:0.00}  {Cost(learned), 7:0.00}  {Cost(learned) / Cost(best), 5:0.000}  {First(learned) / First(best), 8:0.00}  {Cost(listed), 7:0.000}  {fixedList, 7:0.000}"
        );

        double Cost(List<NoticedRun> runs) => Settled(runs).Average(r => r.Cost(seconds));
        double First(List<NoticedRun> runs) => runs.Take(Learning).Average(r => r.Cost(seconds));
    }

    private static void ShowInterval(RunTimes times)
    {
        var plain = Settled(PollLoop.ByTask(times, run => run.Seen + 5));
        var budget = PollBudget.PerRun(Math.Max(plain.Average(r => r.Requests) / 2, 1.01));
        var single = new PollPlanner();
        var (known, price) = (single.Survival, budget.PriceFor(single.Survival, TimeSpan.FromSeconds(RunTimes.Mean)));
        var half = Settled(PollLoop.ByTask(times, run => Age(single.Policy(Price()), run), single));
        var list = new PollPlanner();
        var cheap = new PollPrice(TimeSpan.FromSeconds(0.2));
        var listed = Settled(PollLoop.ByList(times, tasks => list.Listing(tasks, cheap).Wait.TotalSeconds, list));
        Show(
            $"{times.Name, -20} {Polls(plain)} {Late(plain)}     {Polls(half)} {Late(half)}                {Polls(listed)} {Late(listed)}"
        );

        PollPrice Price()
        {
            if (known != single.Survival)
            {
                (known, price) = (
                    single.Survival,
                    budget.PriceFor(single.Survival, TimeSpan.FromSeconds(RunTimes.Mean))
                );
            }

            return price;
        }

        static string Polls(List<NoticedRun> runs) => Text($"{runs.Average(r => r.Requests), 6:0.00}");
        static string Late(List<NoticedRun> runs) => Text($"{runs.Average(r => r.Lateness), 6:0.00}");
    }

    private static double Age(InspectionPolicy policy, PolledRun run) => policy.NextPoll(run.SeenRunning).TotalSeconds;

    private static List<NoticedRun> Settled(List<NoticedRun> runs) =>
        [.. runs.Where(r => !r.IsChanged).Skip(Learning), .. runs.Where(r => r.IsChanged).Skip(Learning)];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Show(FormattableString line) => Console.WriteLine(Text(line));
}
