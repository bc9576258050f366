using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>Every fault that the emulator has, with small and large policies, over real HTTP: runs end right, or are reported for what they are.</summary>
public sealed class FaultMatrixTests
{
    private const int Runs = 24;
    private const int Concurrency = 6;

    private static readonly PollPolicy[] Polls =
    [
        PollPolicy.Every(TimeSpan.FromMilliseconds(5)),
        new(TimeSpan.FromMilliseconds(20), 2, TimeSpan.FromMilliseconds(500)),
    ];

    private static readonly RetryPolicy[] Retries =
    [
        new(2, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20)),
        new(8, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(300)),
    ];

    private static readonly TimeLimits TwoSecondsInTheQueue = new()
    {
        Queue = new TimeLimit(TimeSpan.FromSeconds(2), Medians: null),
    };

    public static TheoryData<string, double, RunErrorKind?> Faults { get; } =
        new()
        {
            // The fault, how often, and what a run may fail of.
            { "5xx", 0.15, RunErrorKind.Rejected },
            { "429", 0.03, null },
            { "cut-before", 0.1, RunErrorKind.Rejected },
            { "cut-after", 0.1, null },
            { "cut-get", 0.2, null },
            { "html", 0.2, null },
            { "slow", 0.1, null },
            { "fail", 0.2, RunErrorKind.TaskFailed },
            { "stick", 0.1, RunErrorKind.TimedOut },
            { "forget", 0.1, RunErrorKind.Forgotten },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Every_run_ends_right_or_is_reported_for_what_it_is(
        string fault,
        double rate,
        RunErrorKind? mayFailOf
    )
    {
        for (var policies = 0; policies < 4; policies++)
        {
            var (poll, retry) = (Polls[policies % 2], Retries[policies / 2]);
            var end = await EmulatedBatch.RunAsync(
                Runs,
                new EmulatorOptions
                {
                    Parallel = 4,
                    Seed = (ulong)policies,
                    Faults = With(fault, rate),
                },
                plan =>
                    plan with
                    {
                        Limits = new Limits { MaxUnfinishedTasks = Concurrency },
                        Poll = poll,
                        Retry = retry with { Settlement = new SettlementPolicy(TimeSpan.FromMilliseconds(400), false) },
                        // Only a stuck task may be given up: a busy machine leaves others in the queue for long as well.
                        TimeLimits = fault == "stick" ? TwoSecondsInTheQueue : plan.TimeLimits,
                    }
            );

            Check(end, $"{fault}, policies {policies}", mayFailOf);
            Assert.All(
                end.TimesTaken,
                times => Assert.True(times == 1 || fault == "forget", $"{fault}: taken {times} times")
            );
        }
    }

    [Fact]
    public async Task Lost_answers_cost_nothing_but_a_little_time()
    {
        var end = await EmulatedBatch.RunAsync(
            100,
            new EmulatorOptions
            {
                Parallel = 8,
                Seed = 5,
                Faults = new FaultOptions { CutAfterTaken = 0.2, ListDelaySeconds = 0.1 },
            },
            plan =>
                plan with
                {
                    Poll = Polls[0],
                    Retry = plan.Retry with { Settlement = new SettlementPolicy(TimeSpan.FromSeconds(2), false) },
                }
        );

        Check(end, "lost answers", null);
        Assert.All(end.TimesTaken, times => Assert.Equal(1, times));

        // Twenty are to be expected. Which requests draw a fault depends on their order: the bounds are far off.
        Assert.InRange(end.Runs.Count(run => run.Settled == SettlementVerdict.Adopted), 3, 60);
    }

    private static FaultOptions With(string fault, double rate) =>
        FaultSwitch.All.Single(s => s.Name == fault).Apply(new FaultOptions { SlowSeconds = 0.3 }, rate);

    private static void Check(EmulatedEnd end, string what, RunErrorKind? mayFailOf)
    {
        foreach (var run in end.Runs)
        {
            if (run.Phase == RunPhase.Completed)
            {
                Assert.Equal($$"""{"label":{{run.Index}}}""", run.ResultsJson);
            }
            else
            {
                Assert.True(run.Error?.Kind == mayFailOf, $"{what}: run {run.Index} is {run.State}: {run.Error}");
            }
        }

        Assert.InRange(end.Traffic.MostUnfinished, 1, Math.Max(Concurrency, 8));
    }
}
