using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AimmsOrchestrator.Engine.Telemetry;

/// <summary>
/// The engine's metrics and traces, by the names that a monitoring system sees. Without a listener an instrument costs
/// nothing but one check. Times are in seconds, as in OpenTelemetry's conventions.
/// </summary>
public static class EngineTelemetry
{
    /// <summary>The name of both the meter and the source of activities.</summary>
    public const string Name = "AimmsOrchestrator.Engine";

    private static readonly Meter Meter = new(Name);

    /// <summary>Bounds of classes in seconds: of what a machine does at once, and of what a solver takes.</summary>
    private static readonly double[] ShortTimes =
    [
        0.001,
        0.002,
        0.005,
        0.01,
        0.025,
        0.05,
        0.1,
        0.25,
        0.5,
        1,
        2.5,
        5,
        10,
        30,
    ];
    private static readonly double[] LongTimes =
    [
        0.1,
        0.5,
        1,
        2,
        5,
        10,
        30,
        60,
        120,
        300,
        600,
        1800,
        3600,
        7200,
        21600,
        86400,
    ];

    internal static ActivitySource Activities { get; } = new(Name);

    /// <summary>Runs that ended, by <c>state</c>: completed, failed, cancelled, reused.</summary>
    internal static Counter<long> Runs { get; } =
        Meter.CreateCounter<long>("aimms_batch.runs", "{run}", "Runs that ended");

    /// <summary>First submit to end, of runs that this process submitted.</summary>
    internal static Histogram<double> RunDuration { get; } =
        Seconds("aimms_batch.run.duration", "From a run's first submit to its end", LongTimes);

    /// <summary>Events of runs that were written to the journal, by <c>step</c>: submit-intended, submitted, submit-unconfirmed and so on.</summary>
    internal static Counter<long> Steps { get; } =
        Meter.CreateCounter<long>("aimms_batch.steps", "{step}", "Steps of runs that were written down");

    /// <summary>How long a task waited, as the service reports it.</summary>
    internal static Histogram<double> QueueTime { get; } =
        Seconds("aimms_batch.task.queue_time", "A task's wait for a session at the service", LongTimes);

    /// <summary>What the service says that a task ran.</summary>
    internal static Histogram<double> RunTime { get; } =
        Seconds("aimms_batch.task.run_time", "A task's run time at the service", LongTimes);

    /// <summary>Requests to the service, by <c>operation</c> and <c>outcome</c>: answer, or the kind of fault.</summary>
    internal static Histogram<double> RequestDuration { get; } =
        Seconds("aimms_batch.request.duration", "Requests to the task service", ShortTimes);

    /// <summary>Groups that the journal committed: one flush of the disk each.</summary>
    internal static Histogram<double> CommitDuration { get; } =
        Seconds("aimms_batch.journal.commit.duration", "Commits of the journal", ShortTimes);

    /// <summary>How many entries a commit had.</summary>
    internal static Histogram<long> CommitSize { get; } =
        Meter.CreateHistogram<long>("aimms_batch.journal.commit.size", "{entry}", "Entries of a commit of the journal");

    /// <summary>Entries that the journal refused: another process has claimed their batch.</summary>
    internal static Counter<long> RefusedEntries { get; } =
        Meter.CreateCounter<long>(
            "aimms_batch.journal.refused",
            "{entry}",
            "Entries that the journal refused, since another process has claimed their batch"
        );

    /// <summary>Told with its classes: those that OpenTelemetry takes otherwise are meant for milliseconds.</summary>
    private static Histogram<double> Seconds(string name, string description, double[] bounds) =>
        Meter.CreateHistogram(
            name,
            "s",
            description,
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds }
        );
}
