namespace AimmsOrchestrator.Domain.TaskService;

/// <summary>Which tasks to list; null leaves a filter out. The cloud filters, localhost lists all that it has.</summary>
public sealed record TaskFilter
{
    /// <summary>Only tasks of this published app.</summary>
    public string? App { get; init; }

    /// <summary>Only tasks of this version; needs <see cref="App"/>.</summary>
    public string? Version { get; init; }

    /// <summary>Only tasks created at or after this moment.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Only tasks created on or after this day; not together with <see cref="After"/>.</summary>
    public DateOnly? AfterDay { get; init; }

    /// <summary>Only tasks created at or before this moment.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>How many of the newest matches to pass over; 0 by default.</summary>
    public int Offset { get; init; }

    /// <summary>The most tasks to return; null for the service's own page.</summary>
    public int? Limit { get; init; }
}

/// <summary>A page of the service's tasks, newest first where the service keeps its own order.</summary>
/// <param name="Tasks">The tasks of this page.</param>
/// <param name="Total">How many match in all; on localhost, which pages nothing, as many as are here.</param>
public sealed record TaskPage(IReadOnlyList<TaskSnapshot> Tasks, int Total)
{
    /// <summary>
    /// The service's own clock as it answered, in whole seconds (the <c>Date</c> header, RFC 9110 section 6.6.1); null where
    /// it does not tell.
    /// </summary>
    public DateTimeOffset? ServiceTime { get; init; }
}
