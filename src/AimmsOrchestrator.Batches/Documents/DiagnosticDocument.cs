namespace AimmsOrchestrator.Batches.Documents;

/// <summary>What is wrong with a scenario.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">From 1; 0 where the file as a whole is meant.</param>
/// <param name="Column">From 1; 0 where the file as a whole is meant.</param>
/// <param name="Message">What is wrong, what is allowed, and the nearest valid word.</param>
public sealed record DiagnosticDocument(string File, int Line, int Column, string Message);
