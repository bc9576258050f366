using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Engine.Answers;

/// <summary>What the answer desk is told.</summary>
internal static class AnswerCommands
{
    /// <summary>
    /// A run begins. The sender hears a <see cref="RunFact.NeverAsked"/>, <see cref="RunFact.BeingAsked"/> or
    /// <see cref="RunFact.AskedBefore"/>, the last perhaps only once another run has ended.
    /// </summary>
    public sealed record Ask(AskedQuestion Question, long Index);

    /// <summary>A run asked its question in an earlier process and is under way still: whoever asks the same waits for it.</summary>
    public sealed record GoOn(AskedQuestion Question, long Index);

    /// <summary>A run has ended, and that is on disk; or it was left.</summary>
    public sealed record Done(AskedQuestion Question, long Index);
}
