using System.Runtime.InteropServices;
using System.Text.Json;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions.Scripting;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>One step of a path: a member's name, or an index into a list where <paramref name="Index"/> is not negative.</summary>
internal readonly record struct PathStep(string Name, int Index);

/// <summary>
/// A plain path such as <c>response.a.b[0]</c> or <c>task.returnCode</c>, walked in the JSON itself. It has
/// ECMAScript's meaning; where that is more than a lookup (a text's length, a method), the engine evaluates it. A number
/// keeps the digits that the model wrote.
/// </summary>
internal sealed class PathExpression(
    SourceLocation location,
    string code,
    BindingKind root,
    IReadOnlyList<PathStep> steps,
    Lazy<Expression> script
) : Expression(location, code)
{
    public override bool UsesResponse => root == BindingKind.Response;

    public override Outcome Evaluate(RunScope scope)
    {
        if (root == BindingKind.Response && scope.LargeResponse is { } large)
        {
            return large.Find(steps);
        }

        var at = root == BindingKind.Task ? scope.Task : scope.Response;
        var isThere = at is not null;
        var current = at.GetValueOrDefault();
        for (var i = 0; i < steps.Count; i++)
        {
            if (!isThere || current.ValueKind == JsonValueKind.Null)
            {
                var nothing = isThere ? "null" : "undefined";
                return Outcome.Failed($"Cannot read properties of {nothing} (reading '{steps[i].Name}')");
            }

            switch (current.ValueKind)
            {
                case JsonValueKind.Object:
                    isThere = current.TryGetProperty(steps[i].Name, out current);
                    break;
                case JsonValueKind.Array when steps[i].Index >= 0:
                    isThere = steps[i].Index < current.GetArrayLength();
                    current = isThere ? current[steps[i].Index] : default;
                    break;
                case JsonValueKind.Array when steps[i].Name == "length" && i == steps.Count - 1:
                    return Value.Number(current.GetArrayLength());
                default:
                    return script.Value.Evaluate(scope);
            }
        }

        return isThere ? Found(current) : Outcome.Failed("it is undefined");
    }

    /// <summary>The value of what a path leads to.</summary>
    public static Outcome Found(JsonElement element) =>
        JsonMarshal.GetRawUtf8Value(element).Length > ValueSize.MaxCharacters ? Outcome.Failed(ValueSize.TooLong)
        : element.ValueKind == JsonValueKind.Number && !double.IsFinite(element.GetDouble())
            ? Outcome.Of(element.GetDouble())
        : Value.Of(element);
}
