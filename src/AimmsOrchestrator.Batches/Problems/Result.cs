using System.Diagnostics.CodeAnalysis;

namespace AimmsOrchestrator.Batches.Problems;

/// <summary>What a use case came to: a value, or the problem that kept it from one.</summary>
/// <typeparam name="T">What it comes to.</typeparam>
public readonly record struct Result<T>
    where T : class
{
    private Result(T? value, BatchProblem? problem)
    {
        Value = value;
        Problem = problem;
    }

    /// <summary>There where <see cref="Problem"/> is null.</summary>
    public T? Value { get; }

    /// <summary>Null where there is a value.</summary>
    public BatchProblem? Problem { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsSuccess => Problem is null;

    /// <summary>For a value that is known by an interface: C# converts none.</summary>
    internal static Result<T> Of(T value) => new(value, problem: null);

    public static implicit operator Result<T>(T value) => new(value, problem: null);

    public static implicit operator Result<T>(BatchProblem problem) => new(value: null, problem);
}
