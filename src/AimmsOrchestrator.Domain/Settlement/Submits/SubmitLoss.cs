using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement.Submits;

/// <summary>How the answer to a POST was lost: it decides how late the service may still take the POST.</summary>
public enum SubmitLoss
{
    /// <summary>
    /// Nothing is known of its end: no answer in time, a broken connection, a process that died, or an error that something
    /// between this program and the service may have written (504, 520 to 530, and a 500 that is not the service's own).
    /// </summary>
    Silence,

    /// <summary>A gateway said 502 or 503: what stands behind it may still be at it.</summary>
    Gateway,

    /// <summary>The service answered, with an error of its own or with something that is not a task: it is done with the request.</summary>
    Answered,
}

/// <summary>Losses by what was answered.</summary>
internal static class SubmitLosses
{
    /// <summary>The loss that a fault stands for: the service's own errors have a number or an id of its own.</summary>
    public static SubmitLoss Of(ServiceFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var isItsOwn = fault.ErrorCode is not null || fault.ErrorId is not null;
        return isItsOwn && fault is { HttpStatus: 500 or 501 } ? SubmitLoss.Answered : OfStatus(fault.HttpStatus);
    }

    /// <summary>The loss that an HTTP status alone stands for; null where there was no answer.</summary>
    public static SubmitLoss OfStatus(int? status) =>
        status switch
        {
            >= 200 and < 300 => SubmitLoss.Answered,
            502 or 503 => SubmitLoss.Gateway,
            _ => SubmitLoss.Silence,
        };
}
