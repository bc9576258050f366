using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Domain.Expectations;

/// <summary>A rule across the runs of a batch that its author expects to hold.</summary>
public interface IExpectation
{
    /// <summary>What it says, in one line.</summary>
    string Name { get; }

    /// <summary>Checks the completed runs; memory does not grow with them beyond a few numbers a run.</summary>
    /// <param name="completed">Walks them in their order, anew with each call.</param>
    ExpectationResult Check(Func<IEnumerable<RunRecord>> completed);
}

/// <summary>What a rule across runs came to.</summary>
/// <param name="Name">What the rule says.</param>
/// <param name="Checked">How often it was applied: to runs, or to pairs of them. Where that is 0 it says nothing.</param>
/// <param name="Violated">How often it does not hold.</param>
/// <param name="First">The first few violations.</param>
public sealed record ExpectationResult(string Name, long Checked, long Violated, IReadOnlyList<Violation> First)
{
    /// <summary>How many violations are reported one by one.</summary>
    public const int MostTold = 5;

    /// <summary>Whether it was applied at all, and holds wherever it was.</summary>
    public bool Holds => Checked > 0 && Violated == 0;

    /// <summary>What it came to, in a few words.</summary>
    public string Summary =>
        Violated > 0 ? $"violated {Violated} of {Checked} times"
        : Checked == 0 ? $"not checked: {Reason ?? "no run has completed"}"
        : "holds";

    /// <summary>Why it was applied to nothing; null where that is plain.</summary>
    public string? Reason { get; init; }
}

/// <summary>Where a rule does not hold.</summary>
/// <param name="Runs">The runs that disagree, by their indexes in the batch.</param>
/// <param name="Message">How, in one line, with the runs' names.</param>
public sealed record Violation(IReadOnlyList<long> Runs, string Message);
