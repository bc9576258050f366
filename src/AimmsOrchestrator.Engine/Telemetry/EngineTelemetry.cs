using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AimmsOrchestrator.Engine.Telemetry;

/// <summary>
/// What the engine tells of itself, by the names that a monitoring system sees. Nobody listens unless asked to, and then
/// an instrument costs nothing but the question. Times are in seconds, as OpenTelemetry's conventions have it.
/// </summary>
public static class EngineTelemetry
{
    /// <summary>The name of both the meter and the source of activities.</summary>
    public const string Name = "AimmsOrchestrator.Engine";

    private static readonly Meter Meter = new(Name);

    internal static ActivitySource Activities { get; } = new(Name);

    /// <summary>Runs that ended, by <c>state</c>: completed, failed, cancelled, reused.</summary>
    internal static Counter<long> Runs { get; } =
        Meter.CreateCounter<long>("aimms_batch.runs", "{run}", "Runs that ended");

    /// <summary>First submit to end, of runs that ended.</summary>
    internal static Histogram<double> RunDuration { get; } =
        Meter.CreateHistogram<double>("aimms_batch.run.duration", "s", "From a run's first submit to its end");

    /// <summary>Steps of runs that were written down, by <c>step</c>: submit-intended, submitted, submit-unconfirmed and so on.</summary>
    internal static Counter<long> Steps { get; } =
        Meter.CreateCounter<long>("aimms_batch.steps", "{step}", "Steps of runs that were written down");

    /// <summary>What the service says that a task waited.</summary>
    internal static Histogram<double> QueueTime { get; } =
        Meter.CreateHistogram<double>("aimms_batch.task.queue_time", "s", "A task's wait for a session at the service");

    /// <summary>What the service says that a task ran.</summary>
    internal static Histogram<double> RunTime { get; } =
        Meter.CreateHistogram<double>("aimms_batch.task.run_time", "s", "A task's run time at the service");

    /// <summary>Requests to the service, by <c>operation</c> and <c>outcome</c>: answer, or the kind of fault.</summary>
    internal static Histogram<double> RequestDuration { get; } =
        Meter.CreateHistogram<double>("aimms_batch.request.duration", "s", "Requests to the task service");

    /// <summary>Groups that the journal committed: one flush of the disk each.</summary>
    internal static Histogram<double> CommitDuration { get; } =
        Meter.CreateHistogram<double>("aimms_batch.journal.commit.duration", "s", "Commits of the journal");

    /// <summary>How many entries a commit had.</summary>
    internal static Histogram<long> CommitSize { get; } =
        Meter.CreateHistogram<long>("aimms_batch.journal.commit.size", "{entry}", "Entries of a commit of the journal");
}
