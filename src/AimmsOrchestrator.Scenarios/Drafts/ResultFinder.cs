using System.Globalization;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Results;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Drafts;

/// <summary>A result that a scenario could take from responses.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Expression">What it comes from.</param>
public sealed record ProposedResult(string Name, string Expression);

/// <summary>What a response proposes.</summary>
/// <param name="Results">Its results, those that an objective may have the name of first.</param>
/// <param name="Success">The condition that the response meets; null where no word of it speaks of success.</param>
/// <param name="Doubt">What the response says in the place of success; null where it says nothing of the kind.</param>
public sealed record ProposedResults(IReadOnlyList<ProposedResult> Results, string? Success, string? Doubt)
{
    /// <summary>Nothing.</summary>
    public static ProposedResults None { get; } = new([], Success: null, Doubt: null);
}

/// <summary>Finds results in a response.</summary>
internal sealed partial class ResultFinder
{
    private const int Most = 12;
    private const int Deepest = 3;
    private const int LongestWord = 40;

    private readonly DraftNames _names = new();
    private readonly List<ProposedResult> _found = [];
    private string? _success;
    private string? _doubt;

    /// <summary>The results of a response in any format that scenarios read.</summary>
    public static ProposedResults In(TaskResponse response)
    {
        var json = JsonReader.Read("response", response.Body, new DiagnosticBag());
        json ??= DocumentResponse.ToJson(response.Body, response.MediaType) is { } document
            ? JsonReader.Read("response", document, new DiagnosticBag())
            : null;
        if (json is null)
        {
            return ProposedResults.None;
        }

        var finder = new ResultFinder();
        finder.Walk(json, "response", path: []);
        var ordered = finder._found.OrderBy(result => IsObjective(result.Name) ? 0 : 1).Take(Most).ToList();
        return new ProposedResults(ordered, finder._success, finder._doubt);
    }

    private static bool IsObjective(string name) => Objective().IsMatch(name);

    private void Walk(Node node, string expression, IReadOnlyList<string> path)
    {
        switch (node)
        {
            case MappingNode mapping when path.Count < Deepest:
                // Where the text of a response is a table, its rows say more.
                var isTable = path.Count == 0 && mapping.Find("rows") is SequenceNode;
                foreach (var member in mapping.Members.Where(member => !isTable || member.Name != "text"))
                {
                    Walk(member.Value, Member(expression, member.Name), [.. path, member.Name]);
                }

                break;

            case SequenceNode list:
                Add(path.Count == 0 ? ["rows"] : path, $"{expression}.length");
                if (path is [] or ["rows"])
                {
                    Sums(list, expression);
                }

                break;

            case ScalarNode { Kind: ScalarKind.Number }:
                Add(path, expression);
                break;

            case ScalarNode { Kind: ScalarKind.Boolean } truth when path.Count > 0:
                Add(path, expression);
                if (Status().IsMatch(path[^1]) || Good().IsMatch(path[^1]))
                {
                    Succeed(truth.Json == "true", $"{expression} === true", truth.Json);
                }

                break;

            case ScalarNode { Kind: ScalarKind.String } text when path.Count > 0:
                Word(text.Text, expression, path);
                break;
        }
    }

    private void Word(string text, string expression, IReadOnlyList<string> path)
    {
        if (Status().IsMatch(path[^1]) && text.Length is > 0 and <= LongestWord)
        {
            Add(path, expression);
            Succeed(
                Good().IsMatch(text),
                $"{expression} === '{text.Replace("'", "\\'", StringComparison.Ordinal)}'",
                text
            );
        }
        else if (path is ["text"])
        {
            Add(["characters"], "response.text.length");
        }
        else if (
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
        )
        {
            Add(path, $"Number({expression})");
        }
    }

    /// <summary>The sum of each column that has a number in the first row.</summary>
    private void Sums(SequenceNode rows, string expression)
    {
        if (rows.Items is not [MappingNode first, ..])
        {
            return;
        }

        foreach (var member in first.Members.Where(m => m.Value is ScalarNode { Kind: ScalarKind.Number }))
        {
            Add([$"total {member.Name}"], $"{expression}.reduce((sum, row) => sum + {Member("row", member.Name)}, 0)");
        }
    }

    private void Succeed(bool isGood, string condition, string said)
    {
        if (isGood)
        {
            _success ??= condition;
        }
        else
        {
            _doubt ??= said;
        }
    }

    private void Add(IReadOnlyList<string> path, string expression)
    {
        if (path.Count > 0)
        {
            _found.Add(new ProposedResult(_names.Of(path), expression));
        }
    }

    private static string Member(string of, string name) =>
        Identifier().IsMatch(name) ? $"{of}.{name}" : $"{of}[{YamlText.Quoted(name)}]";

    [GeneratedRegex(
        "objective|(^|_)obj($|_)|cost|profit|revenue|margin|score|makespan",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex Objective();

    [GeneratedRegex(
        "status|state$|outcome|verdict|termination",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex Status();

    [GeneratedRegex(
        "^(.* )?(optimal|ok|success|successful|succeeded|solved|feasible|completed|complete|done|finished|normal)( .*)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex Good();

    [GeneratedRegex(@"^[\p{L}_$][\p{L}\p{Nd}_$]*$", RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Identifier();
}
