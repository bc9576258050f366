namespace AimmsOrchestrator.Domain.Runs;

/// <summary>Something that a person, or the batch, wants done to a run that has no actor.</summary>
public abstract record RunCommand
{
    private RunCommand() { }

    /// <summary>Cancel it: nothing more is done for it.</summary>
    /// <param name="KeepsTask">Whether its task, where the service has one, is left to run.</param>
    public sealed record Cancel(bool KeepsTask) : RunCommand;

    /// <summary>Try it again although it has ended without a result.</summary>
    public sealed record Reopen : RunCommand
    {
        /// <summary>Whether its question is asked again although it has an answer that is no success.</summary>
        public bool AsksAgain { get; init; }
    }

    /// <summary>Report it as failed by a bug in this program.</summary>
    /// <param name="Message">The exception's message.</param>
    public sealed record FailAsBug(string Message) : RunCommand;
}
