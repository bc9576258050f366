using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Engine.Batches;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>What is told of a batch that was left.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Expectations">What its rules came to.</param>
/// <param name="ExitCode">The program's.</param>
internal sealed record BatchNotification(
    BatchRecord Batch,
    BatchOutcome Outcome,
    ExpectationCheck Expectations,
    int ExitCode
)
{
    /// <summary>Why it is told.</summary>
    public NotificationCause Cause =>
        Outcome.End switch
        {
            BatchEnd.Interrupted => NotificationCause.Interrupted,
            BatchEnd.Retried when ExitCode == Cli.ExitCode.Stopped => NotificationCause.Stopped,
            BatchEnd.AllRunsEnded or BatchEnd.Retried => ExitCode == 0
                ? NotificationCause.Completed
                : NotificationCause.Failed,
            _ => NotificationCause.Stopped,
        };

    /// <summary>All of it as a person says it; chat services show what is called text.</summary>
    public string Text
    {
        get
        {
            var tally = Outcome.Tally;
            var failed = tally.Failed > 0 ? $", {tally.Failed} failed" : "";
            var violated = Expectations.Results.Count(result => result.Violated > 0);
            var rules = violated > 0 ? $", {violated} expectations violated" : "";
            var reason = Outcome.Reason is { } why ? $"; stopped: {why}" : "";
            return $"{Batch.Id}: {tally.Completed} completed{failed}{rules}{reason}";
        }
    }

    /// <summary>The same for a command, as variables.</summary>
    public IEnumerable<(string Name, string Value)> Variables =>
        [
            ("AIMMS_BATCH_ID", Batch.Id.Value),
            ("AIMMS_BATCH_CAUSE", Word),
            ("AIMMS_BATCH_TEXT", Text),
            ("AIMMS_BATCH_EXIT_CODE", ExitCode.ToString(CultureInfo.InvariantCulture)),
        ];

    private string Word => JsonNamingPolicy.KebabCaseLower.ConvertName($"{Cause}");

    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("text", Text);
            writer.WriteString("batch", Batch.Id.Value);
            writer.WriteString("scenario", Batch.Scenario);
            writer.WriteString("cause", Word);
            writer.WriteString("end", JsonNamingPolicy.KebabCaseLower.ConvertName($"{Outcome.End}"));
            writer.WriteString("reason", Outcome.Reason);
            writer.WriteNumber("completed", Outcome.Tally.Completed);
            writer.WriteNumber("failed", Outcome.Tally.Failed);
            writer.WriteNumber("cancelled", Outcome.Tally.Cancelled);
            Expectations.WriteTo(writer);
            writer.WriteNumber("exitCode", ExitCode);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
