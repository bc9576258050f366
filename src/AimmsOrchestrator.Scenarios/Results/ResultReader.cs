using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Results;

/// <summary>One of the scenario's <c>results</c>.</summary>
internal sealed record ResultDefinition(string Name, Expression Expression);

/// <summary>
/// Extracts the scenario's results from a response; the whole JSON response where the scenario names none. No result shows
/// the service's key: a note says where the response, which is kept as it came, holds it.
/// </summary>
internal sealed partial class ResultReader(
    ParameterTable parameters,
    IReadOnlyList<ResultDefinition>? definitions,
    Expression? success,
    KeyRedactor redactor
) : IResultReader
{
    // Lazy: every parameter has its slot only once the whole scenario is read.
    private readonly Lazy<Extraction> _extraction = new(() => new Extraction(definitions, success, parameters.Names));

    /// <summary>Responses of more bytes are parsed one at a time, so that their trees are not in memory together.</summary>
    private const int Small = 1 << 20;

    private static readonly Lock OneLarge = new();

    public RunResults Read(PlannedRun run, TaskSnapshot task, TaskResponse? response)
    {
        if (response is not { Body.Length: > Small })
        {
            return ReadNow(run, task, response);
        }

        lock (OneLarge)
        {
            return ReadNow(run, task, response);
        }
    }

    private RunResults ReadNow(PlannedRun run, TaskSnapshot task, TaskResponse? response)
    {
        using var json = ResponseJson.Parse(response, redactor);
        using var scope = new RunScope(Values(run.Parameters), run.Index)
        {
            Key = run.Key?.Hex,
            Snapshot = task,
            Response = json.Root,
            ResponseBody = json.Body,
            LargeResponse = json.Large,
        };
        var notes = new List<string>(json.HoldsKey ? [RunResults.KeyInResponse] : []);
        var values = definitions is null ? json.AsObject() : Extract(definitions, scope, json, notes);
        if (json.Damage is { } damage)
        {
            notes.Add($"the response: {damage}; U+FFFD stands for what cannot be read");
        }

        if (definitions is null && json.DefectAsObject is { } defect)
        {
            notes.Add(defect);
        }

        var isSuccess = success is null || IsSuccess(success, scope, json, notes);
        return new RunResults(values, notes.Count == 0 ? null : string.Join("; ", notes), isSuccess);
    }

    public bool ReadsJson { get; } =
        success is { UsesResponse: true } || (definitions ?? []).Any(definition => definition.Expression.UsesResponse);

    public bool TakesPages { get; } =
        (success is null || ReadsTextAlone(success))
        && (definitions ?? []).All(definition => ReadsTextAlone(definition.Expression));

    public bool RunsCode { get; } =
        success is ScriptExpression || (definitions ?? []).Any(definition => definition.Expression is ScriptExpression);

    /// <summary>Whether an expression takes nothing from a response but its text.</summary>
    private static bool ReadsTextAlone(Expression expression) =>
        !expression.UsesResponse || UsesOfResponse().Matches(expression.Code).All(use => use.Groups["text"].Success);

    [GeneratedRegex(
        @"(?<![\w$.])response(?![\w$])(?<text>\s*\??\.\s*text(?![\w$]))?",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: PatternLimit.Milliseconds
    )]
    private static partial Regex UsesOfResponse();

    /// <summary>What a response lacks that a result takes from it, in words; null where that is not the reason.</summary>
    public string? WhyEmpty(string result, TaskResponse response)
    {
        using var json = ResponseJson.Parse(response, redactor);
        return definitions?.FirstOrDefault(definition => definition.Name == result) is { } wanted
            ? json.Root is { } root
                ? MissingMember.In(wanted.Expression.Code, root)
                : json.Why
            : null;
    }

    public ExtractionKey ExtractionKeyOf(PlannedRun run) => _extraction.Value.KeyOf(run);

    private static string Extract(
        IReadOnlyList<ResultDefinition> definitions,
        RunScope scope,
        ResponseJson json,
        List<string> notes
    )
    {
        var output = new ArrayBufferWriter<byte>(256);
        var separator = "{"u8;
        foreach (var definition in definitions)
        {
            output.Write(separator);
            separator = ","u8;
            JsonText.WriteString(output, definition.Name);
            output.Write(":"u8);
            var outcome = definition.Expression.Evaluate(scope);
            if (outcome.Value is { } value)
            {
                output.Write(value.Utf8);
            }
            else if (outcome.NotFinite is { } number)
            {
                JsonText.WriteString(output, number);
            }
            else
            {
                output.Write("null"u8);
                notes.Add(Note(definition.Name, definition.Expression, outcome, json));
            }
        }

        output.Write(definitions.Count == 0 ? "{}"u8 : "}"u8);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static bool IsSuccess(Expression success, RunScope scope, ResponseJson json, List<string> notes)
    {
        if (scope.Snapshot!.State == TaskState.Failed)
        {
            return false;
        }

        var outcome = success.Evaluate(scope);
        if (outcome.Failure is not null)
        {
            notes.Add(Note("success", success, outcome, json));
        }

        return ReferenceEquals(outcome.Value, Value.True);
    }

    private static string Note(string name, Expression expression, Outcome outcome, ResponseJson json)
    {
        var why = expression.UsesResponse && json.Why is { } missing ? missing : outcome.Failure!;
        return $"{name}: {expression.Quoted}: {why}".ReplaceLineEndings(" ");
    }

    private Value?[] Values(ParameterSet set)
    {
        var values = new Value?[parameters.Names.Count];
        foreach (var parameter in set.Parameters)
        {
            if (parameters.Find(parameter.Name) is { } slot)
            {
                values[slot] = Value.OfParameter(parameter.Value);
            }
        }

        return values;
    }
}
