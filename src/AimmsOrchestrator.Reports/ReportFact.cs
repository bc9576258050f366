namespace AimmsOrchestrator.Reports;

/// <summary>A figure or a word about the batch.</summary>
/// <param name="Name">What it is, such as <c>service</c>.</param>
/// <param name="Value">As people read it.</param>
/// <param name="IsKey">Whether it belongs at the very top, in large.</param>
public sealed record ReportFact(string Name, string Value, bool IsKey = false);
