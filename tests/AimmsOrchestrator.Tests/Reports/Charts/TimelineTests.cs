using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Charts;

namespace AimmsOrchestrator.Tests.Reports.Charts;

/// <summary>When tasks waited and ran, and how many at once.</summary>
public sealed class TimelineTests
{
    [Fact]
    public void A_run_that_was_sent_again_is_drawn_from_its_last_submit()
    {
        var span = Draw([
            Given.Run(0, "{}", "{}"),
            Given.Run(1, "{}", "{}") with
            {
                SubmittedAt = Given.Start.AddSeconds(100),
                EndedAt = Given.Start.AddSeconds(103),
            },
        ]).Spans[1];

        Assert.Equal((100, 101, 103), (span.Submitted, span.Running, span.Ended));
    }

    [Fact]
    public void A_task_ends_when_the_service_says_so_not_when_its_response_arrives()
    {
        // The second task was submitted one second before the first response arrived.
        var timeline = Draw([
            Given.Run(0, "{}", "{}") with
            {
                EndedAt = Given.Start.AddSeconds(4),
            },
            Given.Run(3, "{}", "{}"),
        ]);

        Assert.Equal([1, 1, 0], timeline.Concurrency.Select(point => point.Y));
        Assert.Equal(1, timeline.Concurrency.Max(point => point.Y));
        Assert.Equal((1, 3), (timeline.Spans[0].Running, timeline.Spans[0].Ended));
    }

    [Fact]
    public void A_thinned_timeline_shows_idle_hours()
    {
        // Two busy minutes of 1,500 short tasks each, an hour apart.
        var timeline = Draw([
            .. Enumerable
                .Range(0, 3000)
                .Select(i =>
                {
                    var at = Given.Start.AddSeconds(i % 1500 * 0.04 + i / 1500 * 3600);
                    return Given.Run(i, "{}", "{}") with
                    {
                        StartedAt = at,
                        EndedAt = at.AddSeconds(0.5),
                        QueueTime = null,
                        RunTime = null,
                    };
                }),
        ]);

        var before = timeline.Concurrency.Last(point => point.X < 3000);
        Assert.Equal(0, before.Y);
        Assert.Equal(0, timeline.Concurrency[^1].Y);
        Assert.InRange(timeline.Concurrency.Count, 10, 4000);
        Assert.InRange(timeline.Concurrency.Max(point => point.Y), 12, 14);
    }

    private static TimelineChart Draw(RunRecord[] runs) =>
        ReportBuilder.Build(Given.Batch([], []), new RunWalk(() => runs)).Charts.OfType<TimelineChart>().Single();
}
