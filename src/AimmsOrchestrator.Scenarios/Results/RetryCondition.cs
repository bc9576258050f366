using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Expressions.Scripting;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Results;

/// <summary>
/// The scenario's <c>retry.if</c>, over <c>http</c> (the status of the submit's answer), <c>task</c> (as it ended), <c>error</c>
/// (the message), <c>attempt</c> (from 1) and <c>response</c> (the JSON that the task wrote; null where it wrote none). Where
/// the expression fails, there is no other attempt, and the run's error says so.
/// </summary>
internal sealed class RetryCondition(Expression expression) : IRetryCondition
{
    /// <summary>The names that the expression can use, in the order of its values.</summary>
    public static ParameterTable Names { get; } = ParameterTable.Of("http", "task", "error", "attempt", "response");

    private readonly bool _usesResponse = expression.Slots.Contains(Names.Find("response")!.Value);

    public RetryDecision Decide(FailedAttempt attempt)
    {
        using var response = ResponseJson.Parse(_usesResponse ? attempt.Response : null, KeyRedactor.None);
        Value[] values =
        [
            attempt.HttpStatus is { } status ? Value.Number(status) : Value.Null,
            attempt.Task is { } task ? Value.Json(TaskFacts.ToJson(task)) : Value.Null,
            Value.String(attempt.Error),
            Value.Number(attempt.Attempt),
            response.Root is { } root ? Value.Of(root) : Value.Null,
        ];
        using var scope = new RunScope(values, index: 0);
        var outcome = expression.Evaluate(scope);
        return new RetryDecision(
            ReferenceEquals(outcome.Value, Value.True),
            outcome.Failure is { } why
                ? $"{expression.Location}: retry.if: {expression.Quoted}: {why}".ReplaceLineEndings(" ")
                : null
        );
    }
}
