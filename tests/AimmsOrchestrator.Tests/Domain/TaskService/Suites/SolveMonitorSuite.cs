using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.TaskService.Insight;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Domain.TaskService.Suites;

/// <summary>What the engine relies on where a service passes on how far solvers are.</summary>
public abstract class SolveMonitorSuite(ISolveMonitorAdapter adapter) : IAsyncLifetime
{
    public Task InitializeAsync() => adapter.StartAsync();

    public async Task DisposeAsync() => await adapter.DisposeAsync();

    [Fact]
    public async Task Of_a_solve_that_has_a_solution_the_answer_says_something()
    {
        var task = await adapter.SolveAsync();
        SolveStatus? status = null;

        await Waiting.UntilAsync(async () =>
        {
            var reply = await adapter.Monitor.GetSolveStatusAsync(task, default);
            status = reply.IsSuccess ? reply.Value : null;
            return status is not null;
        });

        Assert.True(adapter.Monitor.MayKnowSolves);
        Assert.True(status!.IsKnown);
    }

    [Fact]
    public async Task Of_a_task_that_writes_nothing_the_answer_is_that_it_is_unknown()
    {
        var task = await adapter.WriteNothingAsync();

        Assert.Equal(FaultKind.Unknown, (await adapter.Monitor.GetSolveStatusAsync(task, default)).Fault?.Kind);
    }
}

/// <summary>A service under test that passes on what models write.</summary>
public interface ISolveMonitorAdapter : IAsyncDisposable
{
    ISolveMonitor Monitor { get; }

    Task StartAsync();

    /// <summary>Submits a task that solves, and says how far it is.</summary>
    Task<TaskId> SolveAsync();

    /// <summary>Submits a task that says nothing while it runs.</summary>
    Task<TaskId> WriteNothingAsync();
}
