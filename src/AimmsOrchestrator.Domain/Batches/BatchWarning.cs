namespace AimmsOrchestrator.Domain.Batches;

/// <summary>What is wrong with a batch as a whole.</summary>
/// <param name="Subject">What it is about, such as <c>stop.when</c>; a batch has at most one warning about each.</param>
/// <param name="Message">What is wrong, in one line for a person.</param>
public sealed record BatchWarning(string Subject, string Message);
