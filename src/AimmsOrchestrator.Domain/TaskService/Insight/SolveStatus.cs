using System.Globalization;

namespace AimmsOrchestrator.Domain.TaskService.Insight;

/// <summary>How far the solver of a running task is, as its model writes it.</summary>
/// <param name="Incumbent">The objective of the best solution so far; null before one.</param>
/// <param name="Bound">The best bound on it; null where the model does not say.</param>
/// <param name="Gap">Between the two, as a share of the incumbent; null where it is not known.</param>
public sealed record SolveStatus(double? Incumbent, double? Bound, double? Gap)
{
    /// <summary>Whether it says anything.</summary>
    public bool IsKnown => Incumbent is not null || Bound is not null || Gap is not null;

    /// <summary><c>152.3, bound 150.1, gap 1.4 %</c>; nine digits at most.</summary>
    public override string ToString()
    {
        string?[] parts =
        [
            Incumbent is { } incumbent ? Number(incumbent) : "no solution yet",
            Bound is { } bound ? $"bound {Number(bound)}" : null,
            Gap is { } gap ? string.Create(CultureInfo.InvariantCulture, $"gap {gap * 100:0.##} %") : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private static string Number(double number) => number.ToString("G9", CultureInfo.InvariantCulture);
}

/// <summary>How far the solver of a run was when it was last asked.</summary>
/// <param name="Run">The run's place in its batch.</param>
/// <param name="Status">How far.</param>
/// <param name="At">When.</param>
public sealed record RunSolve(long Run, SolveStatus Status, DateTimeOffset At);
