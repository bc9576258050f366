using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Aimms.Http;

/// <summary>An answer began, and its body is of no use.</summary>
/// <param name="kind">What the engine decides by.</param>
/// <param name="message">Why, for a person.</param>
/// <param name="inner">What was thrown.</param>
internal sealed class AnswerException(FaultKind kind, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public FaultKind Kind { get; } = kind;
}
