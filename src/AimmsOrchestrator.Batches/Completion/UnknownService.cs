using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Batches.Completion;

/// <summary>
/// Finds out whether a batch came to nothing because the service does not know its <c>service.name</c>: on localhost it
/// refuses the first submit with 403; on the cloud each task fails once its session starts.
/// </summary>
public static partial class UnknownService
{
    /// <summary>The emulator knows the name, and says why it refuses it.</summary>
    private const string WithoutSolver = "needs the solver";

    /// <returns>A line with the name that was probably meant; null where nothing shows that the name is to blame.</returns>
    public static string? Line(BatchResult result, IJournalReader reader)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(reader);
        var (batch, outcome) = (result.Batch, result.Outcome);
        var isRefused =
            outcome is { End: BatchEnd.ServiceRefused, Reason: { } reason }
            && RefusedOnLocalhost().IsMatch(reason)
            && !reason.Contains(WithoutSolver, StringComparison.Ordinal);
        var isAllFailed = outcome is { End: BatchEnd.AllRunsEnded, Tally.Failed: > 0 };
        if (batch.ServiceName is not { } name || outcome.Tally.Completed > 0 || !(isRefused || isAllFailed))
        {
            return null;
        }

        var known = KnownNames(batch, reader);
        var near = DidYouMean.Among(name, isRefused ? known.Concat(Names(outcome.Reason!, name)) : known);
        return (known.Contains(name), near, isRefused) switch
        {
            (true, _, _) => null,
            (_, { } meant, true) =>
                $"the service knows no \"{name}\"; did you mean \"{meant}\"? Change service.name in {batch.SourceFile} and run that: a resume would ask for \"{name}\" again",
            (_, { } meant, false) =>
                $"no run of \"{name}\" has ever completed there, runs of \"{meant}\" have: did you mean that in service.name of {batch.SourceFile}?",
            (_, null, true) =>
                $"the service knows no \"{name}\": change service.name in {batch.SourceFile} and run that; a resume would ask for \"{name}\" again",
            _ => null,
        };
    }

    /// <summary>The services at the batch's address that have completed a run.</summary>
    private static HashSet<string> KnownNames(BatchRecord batch, IJournalReader reader) =>
        reader
            .Batches()
            .Where(other => other.ServiceName is not null && Address(other) == Address(batch))
            .DistinctBy(other => other.ServiceName)
            .Where(other => reader.Durations(other.ServiceAddress, other.ServiceName, most: 1).Count > 0)
            .Select(other => other.ServiceName!)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The words of the service's answer that may name its services.</summary>
    private static IEnumerable<string> Names(string reason, string name) =>
        Word()
            .Matches(RefusedOnLocalhost().Replace(reason, ""))
            .Select(match => match.Value)
            .Where(word => word != name);

    private static string Address(BatchRecord batch) => batch.ServiceAddress.TrimEnd('/');

    [GeneratedRegex(
        @"^POST (?!\S*/pro-api/)\S+/tasks/\S+: 403\b",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: PatternLimit.Milliseconds
    )]
    private static partial Regex RefusedOnLocalhost();

    [GeneratedRegex(
        @"[\p{L}_][\w.-]*",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: PatternLimit.Milliseconds
    )]
    private static partial Regex Word();
}
