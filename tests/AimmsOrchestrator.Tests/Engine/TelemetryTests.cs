using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Engine.Telemetry;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>Instruments belong to the process: a listener hears every batch, so these tests run alone.</summary>
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
public sealed class RunsAlone;

/// <summary>The engine's metrics and traces.</summary>
[Collection(nameof(TelemetryTests))]
public sealed class TelemetryTests : BatchTest
{
    private readonly ConcurrentBag<(string Name, double Value, string Tags)> _measured = [];
    private readonly ConcurrentBag<Activity> _activities = [];

    [Fact]
    public async Task Every_run_request_and_commit_is_measured()
    {
        using var meters = Listen();
        using var traces = Trace();
        Runs = new FakeRuns(6, different: 5);
        Service.QueueTime = TimeSpan.FromSeconds(2);
        Service.End = n => n == 4 ? TaskState.Failed : TaskState.Completed;
        Start();
        Advance(seconds: 60);
        await Outcome;
        await StopAsync();

        Assert.Equal(4, Sum("aimms_batch.runs", "state=completed"));
        Assert.Equal(1, Sum("aimms_batch.runs", "state=failed"));
        Assert.Equal(1, Sum("aimms_batch.runs", "state=reused"));
        Assert.Equal(4, Count("aimms_batch.run.duration", "state=completed"));
        Assert.Equal(0, Count("aimms_batch.run.duration", "state=reused"));
        Assert.Equal(5, Sum("aimms_batch.steps", "step=submit-intended"));
        Assert.Equal(5, Count("aimms_batch.request.duration", "operation=submit,outcome=answer"));
        Assert.Equal(4, Count("aimms_batch.request.duration", "operation=fetch,outcome=answer"));
        Assert.Equal(8, Sum("aimms_batch.task.queue_time", ""));
        Assert.NotEqual(0, Count("aimms_batch.journal.commit.duration", ""));

        var batch = Assert.Single(_activities, a => a.OperationName == "batch");
        var runs = _activities.Where(a => a.OperationName == "run" && a.TraceId == batch.TraceId).ToList();
        Assert.Equal(6, runs.Count);
        Assert.All(runs, run => Assert.Equal(batch.SpanId, run.ParentSpanId));
        Assert.Equal(1, runs.Count(run => run.Status == ActivityStatusCode.Error));
        Assert.Equal(5, _activities.Count(a => a.OperationName == "submit" && a.TraceId == batch.TraceId));
    }

    [Fact]
    public async Task Entries_that_the_journal_refuses_are_measured()
    {
        using var meters = Listen();
        Start();
        Advance(seconds: 1);
        ClaimElsewhere();
        Advance(seconds: 30);
        await Outcome;

        Assert.Equal(RefusedEntries, Sum("aimms_batch.journal.refused", ""));
    }

    [Fact]
    public async Task A_run_lasts_from_its_first_submit_to_its_end()
    {
        using var traces = Trace();
        Runs = new FakeRuns(1);
        Service.TaskDuration = TimeSpan.FromSeconds(30);
        Start();
        Advance(seconds: 60);
        await Outcome;
        await StopAsync();

        var run = Assert.Single(_activities, a => a.OperationName == "run");
        Assert.Equal(30, run.Duration.TotalSeconds, 1.0);
        Assert.Equal(0L, run.GetTagItem("aimms.run.index"));
    }

    [Fact]
    public void Times_are_measured_with_buckets_in_seconds()
    {
        var (runs, requests) = (Bounds(EngineTelemetry.RunDuration), Bounds(EngineTelemetry.RequestDuration));

        // From less than a second to a night; from milliseconds on.
        Assert.InRange(runs[0], 0, 1);
        Assert.InRange(runs[^1], 8 * 3600, 7 * 24 * 3600);
        Assert.InRange(requests[0], 0, 0.01);
        Assert.InRange(requests[^1], 10, 300);

        static double[] Bounds(Histogram<double> times) => [.. times.Advice!.HistogramBucketBoundaries!.Order()];
    }

    private double Sum(string name, string tags) =>
        _measured.Where(m => m.Name == name && m.Tags == tags).Sum(m => m.Value);

    private int Count(string name, string tags) => _measured.Count(m => m.Name == name && m.Tags == tags);

    private MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == EngineTelemetry.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i, value, tags));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Add(i, value, tags));
        listener.Start();
        return listener;
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Add((instrument.Name, value, string.Join(',', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))));

    private ActivityListener Trace()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EngineTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _activities.Add,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
