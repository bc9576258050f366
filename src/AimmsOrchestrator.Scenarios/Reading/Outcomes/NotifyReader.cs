using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Outcomes;

/// <summary>Reads <c>notify</c>: an address, a command, a mapping with either, or a list of these.</summary>
internal sealed class NotifyReader(EnvironmentInterpolation texts, DiagnosticBag diagnostics)
{
    public IReadOnlyList<Notification> Read(Node? node) =>
        [.. Node.ItemsOf(node).Select((item, i) => One(item, $"notify[{i}]")).OfType<Notification>()];

    private Notification? One(Node item, string path)
    {
        if (item is ScalarNode text)
        {
            return IsAddress(text.Text)
                ? new Notification { Post = Address(text, path) }
                : new Notification { Run = Command(text, path) };
        }

        if (Section.Read(item, ScenarioSchemas.Notification, diagnostics, path) is not { } section)
        {
            return null;
        }

        var (post, run) = (section.Scalar("post"), section["run"]);
        if (post is null == run is null)
        {
            diagnostics.Add(item.Location, $"{path}: either post or run is expected");
            return null;
        }

        var form = section.Word("as");
        if (form is not null && post is null)
        {
            section.Report(
                "as",
                "a command gets the JSON that scripts read; slack and teams are forms of what is posted"
            );
        }

        var notification = new Notification
        {
            As = form switch
            {
                "slack" => NotificationForm.Slack,
                "teams" => NotificationForm.Teams,
                _ => NotificationForm.Json,
            },
            Post = post is null ? null : Address(post, $"{path}.post"),
            Run = run is null ? null : Command(run, $"{path}.run"),
        };
        return section["on"] is { } on ? notification with { On = On(on, $"{path}.on") } : notification;
    }

    /// <summary>A text that begins with an expression counts as an address: a webhook's address is usually a secret.</summary>
    private static bool IsAddress(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("${{", StringComparison.Ordinal);

    private string? Address(ScalarNode written, string path)
    {
        var address = texts.Read(written, isSecret: true)?.Trim();
        if (!Template.IsIn(written.Text) && !WebAddress.TryParse(address, out _))
        {
            diagnostics.Add(written.Location, $"{path}: {written.Description} is not an address; write https://…");
        }

        return address;
    }

    private List<string> Command(Node node, string path)
    {
        var words = Node.ItemsOf(node);
        var command = words
            .Select(word => word is ScalarNode scalar ? texts.Read(scalar, isSecret: true) : null)
            .ToList();
        if (command.Count == 0 || words.Any(word => word is not ScalarNode))
        {
            diagnostics.Add(node.Location, $"{path}: a command is a line, or a list of a program and its arguments");
        }

        // The system ends a word there: another command would be run.
        foreach (var (word, text) in words.Zip(command))
        {
            if (text?.Contains('\0', StringComparison.Ordinal) == true)
            {
                diagnostics.Add(word.Location, $"{path}: a word of a command cannot have the character U+0000");
            }
        }

        return [.. command.OfType<string>()];
    }

    private HashSet<BatchConclusion> On(Node node, string path)
    {
        var known = ScenarioSchemas.Conclusions;
        var words = Node.ItemsOf(node).Select(item => Section.Word(item, path, known, diagnostics)).OfType<string>();
        return [.. words.Select(word => Enum.Parse<BatchConclusion>(word, ignoreCase: true))];
    }
}
