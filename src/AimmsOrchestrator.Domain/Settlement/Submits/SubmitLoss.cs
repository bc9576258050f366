namespace AimmsOrchestrator.Domain.Settlement.Submits;

/// <summary>How the answer to a POST was lost: it decides how late the service may still take the POST.</summary>
public enum SubmitLoss
{
    /// <summary>Nothing is known of its end: no answer in time, a broken connection, a gateway's 504, or a process that died.</summary>
    Silence,

    /// <summary>A gateway said 502 or 503: what stands behind it may still be at it.</summary>
    Gateway,

    /// <summary>The service answered, with an error or with something that is not a task: it is done with the request.</summary>
    Answered,
}

/// <summary>Losses by the status of the answer.</summary>
internal static class SubmitLosses
{
    /// <summary>The loss that an HTTP status stands for; null where there was no answer.</summary>
    public static SubmitLoss OfStatus(int? status) =>
        status switch
        {
            null or 504 or 408 => SubmitLoss.Silence,
            502 or 503 => SubmitLoss.Gateway,
            _ => SubmitLoss.Answered,
        };
}
