using AimmsOrchestrator.Domain.Expectations;

namespace AimmsOrchestrator.Batches.Documents;

/// <summary>The result of one expectation.</summary>
/// <param name="Name">The expectation.</param>
/// <param name="Checked">How many runs or pairs of runs it was checked on.</param>
/// <param name="Violated">How many of them violate it.</param>
/// <param name="Reason">Why it was not checked; null where it was.</param>
/// <param name="First">The first violations.</param>
public sealed record ExpectationDocument(
    string Name,
    long Checked,
    long Violated,
    string? Reason,
    IReadOnlyList<string> First
)
{
    public static IReadOnlyList<ExpectationDocument> Of(IReadOnlyList<ExpectationResult> results) =>
        [
            .. results.Select(result => new ExpectationDocument(
                result.Name,
                result.Checked,
                result.Violated,
                result.Reason,
                [.. result.First.Select(violation => violation.Message)]
            )),
        ];
}
