using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Engine.Journaling;
using Akka.Actor;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>A journal in memory that acknowledges at once, or when a test lets it.</summary>
internal sealed class MemoryJournalActor(List<JournalEntry> entries) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case JournalCommands.Keep keep:
                entries.Add(keep.Entry);
                if (keep.IsAwaited)
                {
                    Sender.Tell(JournalNotifications.Kept.Instance);
                }

                break;

            case JournalCommands.Recall recall:
                var steps = entries.OfType<RunStep>().Where(s => s.Run.Index == recall.Index).Select(s => s.Event);
                Sender.Tell(new JournalNotifications.Recalled(recall.Index, [.. steps]));
                break;
        }
    }
}
