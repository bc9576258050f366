namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>How the keys are written that this version checks and does not carry out yet.</summary>
internal static class PlannedForms
{
    public static Form Formats { get; } = Form.ListOf(Form.Word("csv", "jsonl", "xlsx", "html", "md", "parquet"));
}
