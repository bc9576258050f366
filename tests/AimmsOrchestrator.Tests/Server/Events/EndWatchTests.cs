using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Server.Events;

namespace AimmsOrchestrator.Tests.Server.Events;

/// <summary>Which ends of batches are published, and when: times are seconds after noon.</summary>
public sealed class EndWatchTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly HashSet<long> _atWork = [];
    private readonly EndWatch _ends = new(EventCursor.Until(Noon));

    [Fact]
    public void An_end_is_published_once_its_driver_is_done_although_a_later_one_was_before()
    {
        BatchRecord[] ended = [Ended(1, 1), Ended(2, 2)];
        _atWork.Add(1);
        Assert.Equal([2L], Next(3, ended));
        Assert.Equal([new BatchId("b-1")], _ends.Withheld);

        _atWork.Clear();

        Assert.Equal([1L], Next(4, ended));
        Assert.Empty(_ends.Withheld);
        Assert.Empty(Next(5, ended));
    }

    [Fact]
    public void A_client_that_comes_back_is_before_every_end_that_is_withheld()
    {
        BatchRecord[] ended = [Ended(1, 1), Ended(2, 2)];
        _atWork.Add(1);
        var published = Assert.Single(_ends.Next(At(3), ended, IsOver));

        Assert.Equal(published.Cursor, _ends.CursorAt(At(3)));
        Assert.True(EndWatch.CursorOf(ended[0]) > published.Cursor);
        _atWork.Clear();
        Assert.Equal([1L], Next(4, ended));
        Assert.Equal(EndWatch.CursorOf(ended[1]), _ends.CursorAt(At(4)));
    }

    [Fact]
    public void An_end_of_a_clock_that_lags_is_published_after_a_later_one()
    {
        Assert.Equal([2L], Next(3, Ended(2, 2)));

        Assert.True(_ends.ReadFrom(At(3)) < At(-60));
        Assert.Equal([1L], Next(4, Ended(1, -60), Ended(2, 2)));
    }

    [Fact]
    public void Where_the_clock_is_put_back_ends_go_on_to_be_published()
    {
        Assert.Equal([1L], Next(3601, Ended(1, 3600)));

        Assert.True(_ends.ReadFrom(At(10)) < At(5));
        Assert.Equal([2L], Next(10, Ended(2, 5), Ended(1, 3600)));
        Assert.True(EndWatch.CursorOf(Ended(3, 11)) > _ends.CursorAt(At(10)));
    }

    [Fact]
    public void Where_the_clock_is_put_on_the_ends_of_just_before_are_published()
    {
        Next(3);

        Assert.True(_ends.ReadFrom(At(36_000)) < At(3));
    }

    [Fact]
    public void A_batch_that_was_resumed_ends_once_more()
    {
        Assert.Equal([1L], Next(3, Ended(1, 1)));
        Assert.Empty(Next(4, Ended(1, 1) with { EndedAt = null, End = null }));

        Assert.Equal([1L], Next(6, Ended(1, 5)));
    }

    [Fact]
    public void A_batch_that_is_resumed_before_its_end_is_published_has_not_ended()
    {
        _atWork.Add(1);
        Assert.Empty(Next(3, Ended(1, 1)));

        Assert.Empty(Next(4, Ended(1, 1) with { EndedAt = null, End = null }));

        Assert.Empty(_ends.Withheld);
    }

    [Fact]
    public void A_batch_that_was_interrupted_has_not_ended_and_withholds_nothing()
    {
        Assert.Equal([2L], Next(3, Ended(1, 1) with { End = BatchEnd.Interrupted }, Ended(2, 2)));

        Assert.Empty(_ends.Withheld);
        Assert.Equal(EndWatch.CursorOf(Ended(2, 2)), _ends.CursorAt(At(3)));
    }

    [Fact]
    public void However_many_ends_are_read_again_none_is_published_twice()
    {
        BatchRecord[] ended = [.. Enumerable.Range(1, 20_000).Select(number => Ended(number, 1))];
        Assert.Equal(20_000, Next(2, ended).Count());

        Assert.Empty(Next(3, ended));
        Assert.Equal([20_001L], Next(4, [.. ended, Ended(20_001, 3)]));
    }

    private IEnumerable<long> Next(int now, params BatchRecord[] ended) =>
        [.. _ends.Next(At(now), ended, IsOver).Select(end => end.Batch.Number)];

    private bool IsOver(BatchRecord batch) => !_atWork.Contains(batch.Number);

    private static DateTimeOffset At(int seconds) => Noon.AddSeconds(seconds);

    private static BatchRecord Ended(long number, int seconds) =>
        new()
        {
            Number = number,
            Id = new BatchId($"b-{number}"),
            Scenario = "b",
            Fingerprint = "",
            SourceFile = "",
            ServiceAddress = "",
            ParameterNames = [],
            ResultNames = [],
            StartedAt = Noon,
            EndedAt = At(seconds),
            End = BatchEnd.AllRunsEnded,
        };
}
