using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.TaskService.Suites;

/// <summary>What the engine relies on at a task service.</summary>
public abstract class TaskServiceSuite(ITaskServiceAdapter adapter) : IAsyncLifetime
{
    private static readonly TaskId Nobodys = new("7b1f0c52-0000-0000-0000-000000000000");

    private ITaskService Service => adapter.Service;

    public Task InitializeAsync() => adapter.StartAsync();

    public async Task DisposeAsync() => await adapter.DisposeAsync();

    [Fact]
    public async Task A_task_completes_and_has_a_response()
    {
        var id = Value(await adapter.SubmitShortAsync());
        var task = await UntilAsync(id, state => state.IsEnded());

        Assert.Equal((id, TaskState.Completed, 1), (task.Id, task.State, task.ReturnCode));
        Assert.NotNull(task.CreatedAt);
        Assert.NotNull(task.RunTime);
        Assert.NotEqual(0, Value(await Service.GetResponseAsync(id, default)).Body.Length);
    }

    [Fact]
    public async Task A_task_that_runs_has_no_response_and_cannot_be_removed()
    {
        var id = await RunningAsync();

        Assert.Equal(FaultKind.Unknown, (await Service.GetResponseAsync(id, default)).Fault?.Kind);
        Assert.Equal(FaultKind.WrongRequest, (await Service.DeleteAsync(id, default)).Fault?.Kind);
        Assert.True(Value(await Service.GetStateAsync(id, default)).State.IsExecuting());
    }

    [Fact]
    public async Task An_interrupted_solve_completes_and_an_interrupted_execution_fails_without_a_response()
    {
        var (solve, execution) = (await RunningAsync(), await RunningAsync());
        Assert.Equal(solve, Value(await Service.InterruptAsync(solve, Interrupt.Solve, default)).Id);
        Assert.Equal(execution, Value(await Service.InterruptAsync(execution, Interrupt.Execution, default)).Id);

        Assert.Equal(TaskState.Completed, (await UntilAsync(solve, state => state.IsEnded())).State);
        Assert.Equal(TaskState.Failed, (await UntilAsync(execution, state => state.IsEnded())).State);
        Assert.True((await Service.GetResponseAsync(solve, default)).IsSuccess);
        Assert.Equal(FaultKind.Unknown, (await Service.GetResponseAsync(execution, default)).Fault?.Kind);
    }

    [Fact]
    public async Task An_interrupt_that_comes_too_late_shows_the_task_as_it_ended()
    {
        var id = Value(await adapter.SubmitShortAsync());
        await UntilAsync(id, state => state.IsEnded());

        Assert.Equal(TaskState.Completed, Value(await Service.InterruptAsync(id, Interrupt.Solve, default)).State);
    }

    [Fact]
    public async Task A_removed_task_is_unknown_and_not_listed()
    {
        var id = Value(await adapter.SubmitShortAsync());
        await UntilAsync(id, state => state.IsEnded());
        Assert.Equal(id, Value(await Service.DeleteAsync(id, default)));

        Assert.Empty(Value(await Service.ListAsync(new TaskFilter(), default)).Tasks);
        await IsUnknownAsync(id);
    }

    [Fact]
    public async Task The_id_of_a_removed_task_is_not_given_again()
    {
        var first = Value(await adapter.SubmitShortAsync());
        await UntilAsync(first, state => state.IsEnded());
        Value(await Service.DeleteAsync(first, default));

        Assert.NotEqual(first, Value(await adapter.SubmitShortAsync()));
    }

    [Fact]
    public Task A_task_of_no_client_is_unknown() => IsUnknownAsync(Nobodys);

    [Fact]
    public async Task The_list_has_every_task_once_from_the_newest_on_page_by_page()
    {
        var ids = new List<TaskId>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(Value(await adapter.SubmitShortAsync()));
            await UntilAsync(ids[i], state => state.IsEnded());
        }

        var listed = new List<TaskId>();
        for (var isFirst = true; isFirst || listed.Count < 5; isFirst = false)
        {
            var page = Value(await Service.ListAsync(new TaskFilter { Offset = listed.Count }, default));
            Assert.NotEmpty(page.Tasks);
            Assert.InRange(page.Total, page.Tasks.Count, 5);
            listed.AddRange(page.Tasks.Select(task => task.Id));
        }

        Assert.Equal(Enumerable.Reverse(ids), listed);
    }

    [Fact]
    public async Task The_list_from_a_moment_on_has_what_was_created_since()
    {
        var id = Value(await adapter.SubmitShortAsync());
        var created = (await UntilAsync(id, state => state.IsEnded())).CreatedAt!.Value;
        var since = new TaskFilter { After = created.AddSeconds(-2) };

        Assert.Equal(id, Assert.Single(Value(await Service.ListAsync(since, default)).Tasks).Id);
    }

    [Fact]
    public async Task A_submit_whose_lease_holds_no_longer_is_not_sent()
    {
        var lease = new EndedLease();
        var sent = Value(await adapter.SubmitShortAsync(lease));
        lease.MaySend = false;
        var fault = (await adapter.SubmitShortAsync(lease)).Fault!;

        Assert.Equal((FaultKind.Withheld, false), (fault.Kind, fault.MayHaveArrived));
        Assert.Equal(sent, Assert.Single(Value(await Service.ListAsync(new TaskFilter(), default)).Tasks).Id);
    }

    [Fact]
    public async Task A_cancelled_request_is_the_only_exception()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            adapter.SubmitShortAsync(cancellation: cancelled)
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Service.GetStateAsync(Nobodys, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Service.GetResponseAsync(Nobodys, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Service.InterruptAsync(Nobodys, Interrupt.Solve, cancelled)
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Service.DeleteAsync(Nobodys, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Service.ListAsync(new TaskFilter(), cancelled));
    }

    private async Task IsUnknownAsync(TaskId id)
    {
        Assert.Equal(FaultKind.Unknown, (await Service.GetStateAsync(id, default)).Fault?.Kind);
        Assert.Equal(FaultKind.Unknown, (await Service.GetResponseAsync(id, default)).Fault?.Kind);
        Assert.Equal(FaultKind.Unknown, (await Service.InterruptAsync(id, Interrupt.Solve, default)).Fault?.Kind);
        Assert.Equal(FaultKind.Unknown, (await Service.DeleteAsync(id, default)).Fault?.Kind);
    }

    private async Task<TaskId> RunningAsync()
    {
        var id = Value(await adapter.SubmitLongAsync());
        await UntilAsync(id, state => state.IsExecuting());
        return id;
    }

    private async Task<TaskSnapshot> UntilAsync(TaskId id, Func<TaskState, bool> isReached)
    {
        while (true)
        {
            var task = Value(await Service.GetStateAsync(id, default));
            if (isReached(task.State))
            {
                return task;
            }

            await adapter.PassAsync();
        }
    }

    private static T Value<T>(Reply<T> reply)
        where T : notnull => reply.IsSuccess ? reply.Value : throw new InvalidOperationException(reply.Fault.Message);

    /// <summary>A lease that the test ends.</summary>
    private sealed class EndedLease : ISendLease
    {
        public bool MaySend { get; set; } = true;
    }
}
