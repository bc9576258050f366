namespace AimmsOrchestrator.Domain.Access;

/// <summary>What a person did through a server.</summary>
/// <param name="At">When.</param>
/// <param name="Author">The name of the token.</param>
/// <param name="Action">What, in a word, such as <c>cancel</c>.</param>
/// <param name="Batch">The batch's id; null where it is about none.</param>
/// <param name="Detail">More about it, such as <c>limits.concurrency=4</c>; null for nothing.</param>
public sealed record AuditEntry(DateTimeOffset At, string Author, string Action, string? Batch, string? Detail);
