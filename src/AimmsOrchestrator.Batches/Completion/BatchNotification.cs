using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Completion;

/// <summary>What recipients learn of a batch that was left.</summary>
/// <param name="Result">How it went.</param>
public sealed record BatchNotification(BatchResult Result)
{
    /// <summary>The exit code that the command line has for it.</summary>
    public int ExitCode => BatchExitCode.Of(Result.Conclusion, Result.Outcome.End);

    /// <summary>What came out, in the first sentence of the report's findings; null where there is none.</summary>
    public string? Finding { get; init; }

    /// <summary>The file of the report on this machine; null where none is written.</summary>
    public string? Report { get; init; }

    /// <summary>All of it in one line for people; chat services show the JSON member <c>text</c>.</summary>
    public string Text
    {
        get
        {
            var tally = Result.Outcome.Tally;
            var failed = tally.Failed > 0 ? $", {tally.Failed} failed" : "";
            var violated = Result.Expectations.Results.Count(result => result.Violated > 0);
            var rules = violated > 0 ? $", {violated} expectations violated" : "";
            var reason = Result.Outcome.Reason is { } why ? $"; stopped: {why}" : "";
            return $"{Result.Batch.Id}: {tally.Completed} completed{failed}{rules}{reason}";
        }
    }

    /// <summary>The same for a command, as environment variables.</summary>
    public IEnumerable<(string Name, string Value)> Variables =>
        [
            ("AIMMS_BATCH_ID", Result.Batch.Id.Value),
            ("AIMMS_BATCH_CAUSE", Word($"{Result.Conclusion}")),
            ("AIMMS_BATCH_TEXT", Text),
            ("AIMMS_BATCH_FINDING", Finding ?? ""),
            ("AIMMS_BATCH_REPORT", Report ?? ""),
            ("AIMMS_BATCH_EXIT_CODE", ExitCode.ToString(CultureInfo.InvariantCulture)),
        ];

    /// <summary>What recipients learn, with the first finding; of a large batch that takes a second.</summary>
    /// <param name="result">How the batch went.</param>
    /// <param name="reader">The journal.</param>
    public static BatchNotification Of(BatchResult result, IJournalReader reader) =>
        new(result) { Finding = FirstFinding.Of(result, reader) };

    public byte[] ToJson() =>
        JsonSerializer.SerializeToUtf8Bytes(
            new NotificationDocument
            {
                Text = Text,
                Batch = Result.Batch.Id.Value,
                Scenario = Result.Batch.Scenario,
                Cause = Word($"{Result.Conclusion}"),
                End = Word($"{Result.Outcome.End}"),
                Reason = Result.Outcome.Reason,
                Completed = Result.Outcome.Tally.Completed,
                Failed = Result.Outcome.Tally.Failed,
                Cancelled = Result.Outcome.Tally.Cancelled,
                Expectations = ExpectationDocument.Of(Result.Expectations.Results),
                ExitCode = ExitCode,
                Finding = Finding,
                Report = Report,
            },
            BatchJsonContext.Default.NotificationDocument
        );

    /// <summary>What is posted to an address.</summary>
    public byte[] ToJson(NotificationForm form) =>
        form switch
        {
            NotificationForm.Slack => ChatMessages.Slack(this),
            NotificationForm.Teams => ChatMessages.Teams(this),
            _ => ToJson(),
        };

    private static string Word(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
