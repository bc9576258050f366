using System.Globalization;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>The outcome of an expression: a value, or why there is none. Expected failures are values.</summary>
internal readonly struct Outcome
{
    /// <summary>The most characters of a reason: an expression may throw a text of any length.</summary>
    private const int Longest = 300;

    private Outcome(Value? value, string? notFinite, string? failure)
    {
        Value = value;
        NotFinite = notFinite;
        Failure = failure;
    }

    /// <summary>The value; null where there is none.</summary>
    public Value? Value { get; }

    /// <summary>A number that JSON cannot hold: <c>Infinity</c>, <c>-Infinity</c> or <c>NaN</c>; null otherwise.</summary>
    public string? NotFinite { get; }

    /// <summary>Why there is no value, in one line; null where there is one.</summary>
    public string? Failure { get; }

    public static implicit operator Outcome(Value value) => new Outcome(value, notFinite: null, failure: null);

    public static Outcome Of(double number) =>
        double.IsFinite(number)
            ? Value.Number(number)
            : new Outcome(value: null, number.ToString(CultureInfo.InvariantCulture), failure: null);

    public static Outcome Failed(string why) => new(value: null, notFinite: null, ShortText.Cut(why, Longest));
}
