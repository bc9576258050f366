using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Tests.Journal;

/// <summary>No event is without a word and a payload.</summary>
public sealed class EventNamesTests
{
    [Fact]
    public void Every_event_has_a_word_of_its_own_and_a_payload()
    {
        var events = typeof(RunEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RunEvent))).ToList();

        Assert.Equal(events.ToHashSet(), EventNames.AllTypes.ToHashSet());
        Assert.All(events, type => Assert.NotNull(JournalJson.Default.GetTypeInfo(type)));
    }

    [Fact]
    public void A_word_of_no_event_is_refused()
    {
        Assert.Equal(typeof(TaskSeen), EventNames.TypeOf("task-seen"));
        Assert.Throws<FormatException>(() => EventNames.TypeOf("task-lost"));
    }
}
