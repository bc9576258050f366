using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.TaskService.Suites;

/// <summary>What the engine relies on where the service can call.</summary>
/// <param name="hooks">The hooks, none of them open.</param>
/// <param name="call">Calls at a hook's address, about a task's end or not.</param>
public abstract class TaskHooksSuite(ITaskHooks hooks, Action<TaskHook, bool> call)
{
    [Fact]
    public void A_call_reaches_the_hook_that_was_opened_for_it_and_no_other()
    {
        var (first, second) = (new List<HookCall>(), new List<HookCall>());
        var (one, other) = (hooks.Open(first.Add), hooks.Open(second.Add));
        Assert.NotEqual(one.Address, other.Address);

        call(other, false);
        call(one, true);
        call(one, true);
        Assert.Equal([new HookCall(one.Id, IsOfEnd: true), new(one.Id, IsOfEnd: true)], first);
        Assert.Equal([new HookCall(other.Id, IsOfEnd: false)], second);
    }

    [Fact]
    public void A_call_after_the_hook_was_closed_does_no_harm()
    {
        var hook = hooks.Open(_ => { });
        hooks.Close(hook);

        call(hook, true);
    }
}
