using System.Text.Json.Nodes;
using AimmsOrchestrator.Domain.Batches;

namespace AimmsOrchestrator.Batches.Completion;

/// <summary>
/// A notification as chat services want it: an incoming webhook of Slack (docs.slack.dev, "Sending messages using incoming
/// webhooks"), and a webhook of Microsoft Teams, which takes a message with an adaptive card (learn.microsoft.com, "Create
/// incoming webhooks with Workflows").
/// </summary>
internal static class ChatMessages
{
    private const int LongestFinding = 500;

    public static byte[] Slack(BatchNotification news)
    {
        var lines = new List<string> { $"{Sign(news)} *{Slack(news.Text)}*" };
        lines.AddRange(news.Finding is { } finding ? [Slack(Cut(finding))] : []);
        lines.Add(
            news.Report is { } report ? $"Report: `{Slack(report)}`" : $"`aimms-batch report {Slack(Id(news))} --open`"
        );
        return Bytes(
            new JsonObject
            {
                ["text"] = news.Text,
                ["blocks"] = new JsonArray(
                    new JsonObject
                    {
                        ["type"] = "section",
                        ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = string.Join('\n', lines) },
                    }
                ),
            }
        );
    }

    public static byte[] Teams(BatchNotification news)
    {
        var body = new JsonArray(Block($"{Sign(news)} {news.Text}", isTitle: true));
        if (news.Finding is { } finding)
        {
            body.Add(Block(Cut(finding), isTitle: false));
        }

        body.Add(
            Block(
                news.Report is { } report ? $"Report: {report}" : $"aimms-batch report {Id(news)} --open",
                isTitle: false
            )
        );
        return Bytes(
            new JsonObject
            {
                ["type"] = "message",
                ["attachments"] = new JsonArray(
                    new JsonObject
                    {
                        ["contentType"] = "application/vnd.microsoft.card.adaptive",
                        ["content"] = new JsonObject
                        {
                            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                            ["type"] = "AdaptiveCard",
                            ["version"] = "1.4",
                            ["body"] = body,
                        },
                    }
                ),
            }
        );
    }

    /// <summary>A card's text is Markdown of a kind: names with its signs must not turn into a list or a link.</summary>
    private static JsonObject Block(string text, bool isTitle)
    {
        var plain = string.Concat(
            text.Select(c => "\\*_[]`#".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}")
        );
        var block = new JsonObject
        {
            ["type"] = "TextBlock",
            ["text"] = plain,
            ["wrap"] = true,
        };
        if (isTitle)
        {
            block["weight"] = "Bolder";
        }

        return block;
    }

    private static string Sign(BatchNotification news) =>
        news.Result.Conclusion switch
        {
            BatchConclusion.Completed => "\u2705",
            BatchConclusion.Failed => "\u274C",
            _ => "\u26A0\uFE0F",
        };

    private static string Id(BatchNotification news) => news.Result.Batch.Id.Value;

    /// <summary>Slack's three characters; what is left of its markup is harmless.</summary>
    private static string Slack(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Cut(string text) => text.Length <= LongestFinding ? text : $"{text[..LongestFinding]}…";

    private static byte[] Bytes(JsonObject message) => System.Text.Encoding.UTF8.GetBytes(message.ToJsonString());
}
