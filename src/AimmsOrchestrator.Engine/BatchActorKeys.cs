namespace AimmsOrchestrator.Engine;

/// <summary>
/// The keys under which the actors of the running batch stand in Akka.Hosting's registry: call sites ask for a key, and
/// not for a path, so a proxy of an actor on another node can take its place.
/// </summary>
internal static class BatchActorKeys
{
    /// <summary>Takes the batch from its first run to its last.</summary>
    public sealed class Supervisor;

    /// <summary>Keeps everything that goes to the service within its limits.</summary>
    public sealed class Throttle;

    /// <summary>Notices that tasks have ended.</summary>
    public sealed class Poller;

    /// <summary>The one writer of the journal.</summary>
    public sealed class Journal;

    /// <summary>Finds results of earlier runs that have the same key.</summary>
    public sealed class ResultCache;

    /// <summary>Finds out what became of submits whose answers were lost.</summary>
    public sealed class Settlement;

    /// <summary>Removes finished tasks from the service.</summary>
    public sealed class Cleanup;

    /// <summary>Asks how far solvers are.</summary>
    public sealed class Solves;

    /// <summary>Divides each account among the batches of this process; one for all of them.</summary>
    public sealed class Coordinator;

    /// <summary>Waits for slots of the account that other batches have.</summary>
    public sealed class Account;

    /// <summary>Reports progress to subscribers.</summary>
    public sealed class Progress;
}
