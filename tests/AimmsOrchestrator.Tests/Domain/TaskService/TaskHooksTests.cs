using AimmsOrchestrator.Batches.Hooks;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Domain.TaskService.Suites;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Domain.TaskService;

public sealed class FakeTaskHooksTests : TaskHooksSuite
{
    public FakeTaskHooksTests()
        : this(new FakeTaskHooks()) { }

    private FakeTaskHooksTests(FakeTaskHooks hooks)
        : base(hooks, (hook, isOfEnd) => hooks.Call(hook.Address, isOfEnd)) { }
}

public sealed class HookRegisterTests : TaskHooksSuite
{
    public HookRegisterTests()
        : this(new HookRegister(new Uri("https://hooks.example/aimms"), TimeProvider.System)) { }

    private HookRegisterTests(HookRegister hooks)
        : base(hooks, (hook, isOfEnd) => hooks.Call(hook.Id, isOfEnd ? "completed" : "running")) { }
}
