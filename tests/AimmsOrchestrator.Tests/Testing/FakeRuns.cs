using System.Globalization;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>Runs whose body is their index, or what a number of it repeats.</summary>
/// <param name="count">How many.</param>
/// <param name="different">How many questions they ask: run n asks what run n modulo this asks.</param>
internal sealed class FakeRuns(long count, long different = long.MaxValue) : IRunSource
{
    public long? Count => count;

    /// <summary>Why some runs cannot be sent, by index.</summary>
    public Dictionary<long, string> Defects { get; } = [];

    /// <summary>Called before a run is made; can be made to throw, as a bug would.</summary>
    public Action<long> OnMake { get; set; } = _ => { };

    /// <summary>The most runs that were taken from this source by one walk.</summary>
    public long Taken { get; private set; }

    /// <summary>Whether an earlier version gave the runs other keys.</summary>
    public bool HaveFormerKeys { get; init; }

    public static RunKey FormerKey(long question) => Key(question + 1_000_000);

    public static RunKey Key(long question) => new(question.ToString("x64", CultureInfo.InvariantCulture));

    public static PlannedRun Run(long index, long different = long.MaxValue, bool hasFormerKey = false)
    {
        var question = index % different;
        var body = System.Text.Encoding.UTF8.GetBytes(question.ToString(CultureInfo.InvariantCulture));
        var key = Key(question);
        var request = new TaskRequest(new TaskTarget("echo"), body, "application/json");
        return PlannedRun.Sendable(
            index,
            $"run {index}",
            ParameterSet.Empty,
            key,
            request,
            hasFormerKey ? FormerKey(question) : null
        );
    }

    public IEnumerable<PlannedRun> From(long index)
    {
        for (var i = index; i < count; i++)
        {
            OnMake(i);
            Taken = Math.Max(Taken, i + 1);
            yield return Defects.TryGetValue(i, out var defect)
                ? PlannedRun.Defective(i, $"run {i}", ParameterSet.Empty, defect)
                : Run(i, different, HaveFormerKeys);
        }
    }
}

/// <summary>Takes no figures; can be made to throw, as a bug would.</summary>
internal sealed class FakeResults : IResultReader
{
    public Action<PlannedRun> OnRead { get; set; } = _ => { };

    /// <summary>What every run takes.</summary>
    public RunResults Taken { get; set; } = RunResults.None;

    /// <summary>How a run takes its figures; all in the same way unless a test says otherwise.</summary>
    public Func<PlannedRun, long> Extraction { get; set; } = _ => 0;

    /// <summary>Whether it takes anything from a response.</summary>
    public bool ReadsJson { get; set; }

    public ExtractionKey ExtractionKeyOf(PlannedRun run) => new(FakeRuns.Key(Extraction(run)).Hex);

    public RunResults Read(PlannedRun run, TaskSnapshot task, TaskResponse? response)
    {
        OnRead(run);
        return Taken;
    }
}
