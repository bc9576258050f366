namespace AimmsOrchestrator.Batches.Hooks;

/// <summary>The port of <c>poll.hook</c> cannot be listened on.</summary>
public sealed class HookPortException : Exception
{
    public HookPortException(string message, Exception inner)
        : base(message, inner) { }
}
