using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>Hooks that a test calls.</summary>
internal sealed class FakeTaskHooks : ITaskHooks
{
    private readonly Dictionary<string, Action<HookCall>> _called = [];

    /// <summary>How many are open.</summary>
    public int Open { get; private set; }

    TaskHook ITaskHooks.Open(Action<HookCall> called)
    {
        var id = $"hook-{_called.Count + 1}";
        _called.Add(id, called);
        Open++;
        return new TaskHook(id, new Uri($"http://hooks.example/{id}"));
    }

    public void Close(TaskHook hook) => Open--;

    /// <summary>The service calls.</summary>
    public void Call(Uri? address, bool isOfEnd)
    {
        var id = address!.AbsolutePath[1..];
        _called[id](new HookCall(id, isOfEnd));
    }
}
