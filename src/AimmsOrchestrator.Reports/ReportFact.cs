namespace AimmsOrchestrator.Reports;

/// <summary>A number or a word about the batch.</summary>
/// <param name="Name">What it is, such as <c>service</c>.</param>
/// <param name="Value">As people read it.</param>
/// <param name="IsKey">Whether it is shown large at the top.</param>
/// <param name="At">The moment that the value is, which the page shows in its reader's zone; null for none.</param>
public sealed record ReportFact(string Name, string Value, bool IsKey = false, DateTimeOffset? At = null);
