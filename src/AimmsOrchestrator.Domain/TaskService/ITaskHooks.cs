namespace AimmsOrchestrator.Domain.TaskService;

/// <summary>Gives out addresses at which the service can call when a task changes its state.</summary>
public interface ITaskHooks
{
    /// <summary>A new address, with an unguessable key.</summary>
    /// <param name="called">
    /// Gets every call at the address, from any thread, and must return at once. Calls prove nothing: they may be forged,
    /// doubled, late or out of order, or never come.
    /// </param>
    TaskHook Open(Action<HookCall> called);

    /// <summary>Calls at the address are of no use any more; some may still arrive.</summary>
    void Close(TaskHook hook);
}

/// <summary>An address at which the service can call about one task.</summary>
/// <param name="Id">Its key in this process: who has it can call.</param>
/// <param name="Address">The address, with the key.</param>
public sealed record TaskHook(string Id, Uri Address)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => Address.GetLeftPart(UriPartial.Path);
}

/// <summary>A call at a <see cref="TaskHook"/>.</summary>
/// <param name="Hook">The <see cref="TaskHook.Id"/>.</param>
/// <param name="IsOfEnd">Whether it says that the task has ended, or does not say its state.</param>
public sealed record HookCall(string Hook, bool IsOfEnd);
