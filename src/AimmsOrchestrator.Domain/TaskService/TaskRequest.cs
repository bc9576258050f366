namespace AimmsOrchestrator.Domain.TaskService;

/// <summary>Which procedure of which published model a task calls.</summary>
/// <param name="Service">The service name, as the model's <c>dex::ServiceName</c> annotation gives it.</param>
/// <param name="App">The published app; null on localhost.</param>
/// <param name="Version">The published version; null for the one tagged <c>latest</c>, and on localhost.</param>
public sealed record TaskTarget(string Service, string? App = null, string? Version = null);

/// <summary>One task to submit: the body is opaque bytes to the service, whose model decides the format.</summary>
/// <param name="Target">What to call.</param>
/// <param name="Body">The bytes to send; may be empty.</param>
/// <param name="MediaType">The <c>Content-Type</c>, such as <c>application/json</c>; null sends none.</param>
public sealed record TaskRequest(TaskTarget Target, ReadOnlyMemory<byte> Body, string? MediaType)
{
    /// <summary>Where the service can call when the task changes its state; null for nowhere. No part of what is asked.</summary>
    public Uri? Hook { get; init; }

    /// <summary>Whether it may still be sent, asked when its bytes leave; null where it always may. No part of what is asked.</summary>
    public ISendLease? Lease { get; init; }
}

/// <summary>
/// Whether this process may still submit for a batch, asked in the last moment before bytes leave. Safe for many threads.
/// </summary>
public interface ISendLease
{
    /// <summary>False once another process may drive the batch: what was intended is settled by that one then.</summary>
    bool MaySend { get; }

    /// <summary>
    /// How long a driver may send after its last sign of life; null, by default, where a batch is free only once its driver is dead.
    /// </summary>
    TimeSpan? Lifetime => null;
}

/// <summary>What a task's procedure wrote, as it came: any format.</summary>
/// <param name="Body">The bytes.</param>
/// <param name="MediaType">The <c>Content-Type</c> with its charset where that is not UTF-8; null where the service names none.</param>
public sealed record TaskResponse(ReadOnlyMemory<byte> Body, string? MediaType)
{
    /// <summary>
    /// The place of a large body in the memory of this process (<see cref="AnswerBudget"/>); dispose of it once the body is
    /// no longer needed. Null where it needs none.
    /// </summary>
    public IDisposable? Lease { get; init; }
}
