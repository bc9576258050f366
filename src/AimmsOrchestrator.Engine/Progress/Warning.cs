using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Engine.Journaling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Progress;

/// <summary>
/// A batch's warning about one subject: it goes to the journal and to the progress whenever it changes. For one thread at a time, such
/// as an actor's.
/// </summary>
/// <param name="subject">What it is about.</param>
/// <param name="batch">The batch's number in the journal.</param>
/// <param name="journal">The journal.</param>
/// <param name="progress">The batch's progress.</param>
/// <param name="time">The clock.</param>
internal sealed class Warning(string subject, long batch, IActorRef journal, IActorRef progress, TimeProvider time)
{
    private string? _message;

    /// <param name="message">What is wrong, in one line; null where nothing is.</param>
    public void Set(string? message)
    {
        if (message == _message)
        {
            return;
        }

        _message = message;
        var warned = new BatchWarned(batch, subject, message, time.GetUtcNow());
        journal.Tell(new JournalCommands.Append(warned, IsAcknowledged: false));
        progress.Tell(warned);
    }
}
