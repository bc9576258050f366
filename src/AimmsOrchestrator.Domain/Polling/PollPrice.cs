namespace AimmsOrchestrator.Domain.Polling;

/// <summary>
/// What a request is worth: it pays where it makes the program notice the end of tasks at least that much earlier, the
/// lateness of all tasks added up.
/// </summary>
public readonly record struct PollPrice
{
    /// <param name="perRequest">Seconds of lateness that a request costs as much as; more than zero.</param>
    public PollPrice(TimeSpan perRequest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(perRequest, TimeSpan.Zero);
        PerRequest = perRequest;
    }

    /// <summary>How much lateness costs as much as one request.</summary>
    public TimeSpan PerRequest { get; }

    /// <summary>The price where a request is worth more or less.</summary>
    /// <param name="factor">More than zero.</param>
    public PollPrice Times(double factor) => new(PerRequest * factor);

    /// <summary>The lateness that some requests cost as much as.</summary>
    /// <param name="requests">How many; at least 1.</param>
    public TimeSpan Of(int requests)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(requests, 1);
        return PerRequest * requests;
    }
}
