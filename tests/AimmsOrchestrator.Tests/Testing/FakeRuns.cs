using System.Globalization;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>So many runs, whose body is their index.</summary>
internal sealed class FakeRuns(long count) : IRunSource
{
    public long? Count => count;

    /// <summary>The most runs that were taken from this source by one walk.</summary>
    public long Taken { get; private set; }

    public static PlannedRun Run(long index)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(index.ToString(CultureInfo.InvariantCulture));
        var key = new RunKey(index.ToString("x64", CultureInfo.InvariantCulture));
        var request = new TaskRequest(new TaskTarget("echo"), body, "application/json");
        return PlannedRun.Sendable(index, $"run {index}", ParameterSet.Empty, key, request);
    }

    public IEnumerable<PlannedRun> From(long index)
    {
        for (var i = index; i < count; i++)
        {
            Taken = Math.Max(Taken, i + 1);
            yield return Run(i);
        }
    }
}

/// <summary>Takes no figures; can be made to throw, as a bug would.</summary>
internal sealed class FakeResults : IResultReader
{
    public Action<PlannedRun> OnRead { get; set; } = _ => { };

    public RunResults Read(PlannedRun run, TaskSnapshot task, TaskResponse? response)
    {
        OnRead(run);
        return RunResults.None;
    }
}
