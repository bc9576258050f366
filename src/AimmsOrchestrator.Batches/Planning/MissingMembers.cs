using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Planning;

/// <summary>Results that would be empty, by the responses that the same service has given before.</summary>
internal static class MissingMembers
{
    private const int MostResponses = 5;

    /// <summary>Such as <c>cost would be empty: the response has no "objetive"; did you mean "objective"? (as in transport-1)</c>.</summary>
    public static IReadOnlyList<string> Find(Scenario scenario, IJournalReader reader)
    {
        var batch = reader
            .Batches()
            .FirstOrDefault(known =>
                known.ServiceAddress == scenario.ServiceAddress() && known.ServiceName == scenario.ServiceName
            );
        if (batch is null || scenario.ResultNames.Count == 0)
        {
            return [];
        }

        var responses = reader
            .Runs(batch.Number)
            .Where(run => run.Phase == RunPhase.Completed)
            .Take(MostResponses)
            .Select(run => ResponseOf(reader, batch.Number, run.Index))
            .OfType<TaskResponse>()
            .ToList();

        // A member that only some responses lack is one that not every run has.
        return responses.Count == 0
            ? []
            :
            [
                .. scenario
                    .ResultNames.Select(name => (name, Why: responses.ConvertAll(r => scenario.WhyEmpty(name, r))))
                    .Where(result => result.Why.TrueForAll(why => why is not null))
                    .Select(result => $"{result.name} would be empty: {result.Why[0]} (as in {batch.Id})"),
            ];
    }

    private static TaskResponse? ResponseOf(IJournalReader reader, long batch, long run)
    {
        using var copy = new MemoryStream();
        return reader.CopyResponse(batch, run, copy) ? new TaskResponse(copy.ToArray(), MediaType: null) : null;
    }
}
