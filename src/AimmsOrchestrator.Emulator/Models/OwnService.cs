namespace AimmsOrchestrator.Emulator.Models;

/// <summary>A service that the emulator's owner makes, in place of a model.</summary>
/// <param name="Name">Its name; it hides a model of the same name.</param>
/// <param name="Answer">The answer to a request's bytes; called by several threads at a time.</param>
public sealed record OwnService(string Name, Func<ReadOnlyMemory<byte>, Task<OwnAnswer>> Answer)
{
    /// <summary>How long a task runs, by a draw from [0, 1); no time by default.</summary>
    public Func<double, TimeSpan> RunTime { get; init; } = _ => TimeSpan.Zero;

    /// <summary>The share of tasks that fail; 0 by default.</summary>
    public double Failures { get; init; }

    /// <summary>What a failed task says.</summary>
    public string Message { get; init; } = "the procedure raised an error";

    /// <summary>How many of its tasks may wait; a submit beyond that is answered with 429. Null for any number.</summary>
    public int? Queue { get; init; }
}

/// <summary>What a task of a service writes.</summary>
/// <param name="Body">The bytes; null where the task fails.</param>
/// <param name="MediaType">Their type.</param>
public sealed record OwnAnswer(byte[]? Body, string? MediaType)
{
    /// <summary>Why the task fails; null where it does not.</summary>
    public string? Error { get; init; }
}
