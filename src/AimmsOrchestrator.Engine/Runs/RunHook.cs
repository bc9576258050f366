using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Engine.Polling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Runs;

/// <summary>Where the service can call about a run's task; each submit has an address of its own.</summary>
internal sealed class RunHook(RunContext shared, IActorRef run)
{
    private TaskHook? _open;

    /// <summary>The hook of the latest submit; null where it has none.</summary>
    public string? Id => _open?.Id;

    /// <summary>The request of a submit, with a new address; as it is where the service cannot call.</summary>
    public TaskRequest Renew(TaskRequest request)
    {
        Close();
        _open = shared.Hooks?.Open(Called);
        return _open is { } hook ? request with { Hook = hook.Address } : request;
    }

    /// <summary>No call is waited for any more.</summary>
    public void Close()
    {
        if (_open is { } hook)
        {
            shared.Hooks!.Close(hook);
        }
    }

    /// <summary>On a thread of the receiver. The poller hears of the end first: the run's poll finds it soon.</summary>
    private void Called(HookCall call)
    {
        if (call.IsOfEnd)
        {
            shared.Poller.Tell(new PollerCommands.AnnounceEnd(call.Hook));
        }

        run.Tell(new RunFact.TaskHinted(call.IsOfEnd));
    }
}
