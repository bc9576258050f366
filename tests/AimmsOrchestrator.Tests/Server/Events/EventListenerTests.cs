using AimmsOrchestrator.Server.Events;

namespace AimmsOrchestrator.Tests.Server.Events;

public sealed class EventListenerTests
{
    [Fact]
    public void A_slow_listener_loses_the_oldest_events_and_learns_that_it_did()
    {
        var listener = new EventListener();
        Write(listener, EventItem.Run, EventListener.MostWaiting + 1);

        var (waiting, hasMissed) = listener.Take();

        Assert.True(hasMissed);
        Assert.Equal(EventListener.MostWaiting, waiting.Count);
        Assert.Equal(1, waiting[0].Cursor.Number);
        Assert.False(listener.Take().HasMissed);
    }

    [Fact]
    public void Progress_is_made_good_by_the_next_and_not_missed()
    {
        var listener = new EventListener();
        Write(listener, EventItem.Progress, EventListener.MostWaiting + 1);

        Assert.False(listener.Take().HasMissed);
    }

    private static void Write(EventListener listener, string type, int count)
    {
        for (var number = 0; number < count; number++)
        {
            listener.Write(new EventItem(EventCursor.Start with { Number = number }, type, Bytes: default));
        }
    }
}
