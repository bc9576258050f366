namespace AimmsOrchestrator.Domain.Expectations;

/// <summary>
/// How far apart two numbers may be and still count as equal: by no more than the absolute tolerance, or by no more than
/// the relative one times the larger of the two, as Python's <c>math.isclose</c> has it (PEP 485).
/// </summary>
/// <param name="Relative">A share of the larger of the two; at least 0.</param>
/// <param name="Absolute">In the result's own unit; at least 0.</param>
public sealed record Tolerance(double Relative, double Absolute)
{
    /// <summary>A billionth, and nothing absolute: what a number loses on its way through text and back.</summary>
    public static Tolerance Default { get; } = new(1e-9, 0);

    /// <summary>Whether two numbers count as equal; an infinite one equals itself alone.</summary>
    public bool Allows(double one, double other) =>
        one.Equals(other)
        || double.IsFinite(one)
            && double.IsFinite(other)
            && Math.Abs(one - other) <= Math.Max(Absolute, Relative * Math.Max(Math.Abs(one), Math.Abs(other)));
}
