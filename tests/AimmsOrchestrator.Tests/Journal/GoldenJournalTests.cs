using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Journal;

/// <summary>
/// Databases that released versions wrote, each from a batch that was interrupted half-way at a service with faults. They are
/// never changed: a later version opens them, brings them up to date and goes on with what they hold.
/// </summary>
public sealed class GoldenJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("golden-").FullName;

    [Theory]
    [InlineData("schema-2", 14, 15, 4)]
    [InlineData("schema-3", 43, 2, 3)]
    [InlineData("schema-5", 24, 2, 5)]
    public void A_database_of_an_earlier_version_opens_and_every_run_can_be_gone_on_with(
        string name,
        int completed,
        int failed,
        int unfinished
    )
    {
        var workspace = Open(name);
        using var writer = workspace.OpenWriter();
        using var reader = workspace.OpenReader();

        var batch = reader.Find("golden-1")!;
        Assert.Equal(48, batch.RunCount);
        var runs = reader.Runs(batch.Number).ToList();
        Assert.Equal(completed, runs.Count(run => run.Phase == RunPhase.Completed));
        Assert.Equal(failed, runs.Count(run => run.Phase == RunPhase.Failed));
        foreach (var run in runs)
        {
            // Folding refuses what cannot follow; the row says the same as the steps.
            Assert.Equal(run.Phase, Run.FromEvents(reader.Events(batch.Number, run.Index)).Phase);
        }

        Assert.Equal(unfinished, reader.Unfinished(batch.Number).Count);
        Assert.Equal(completed + failed, reader.Ended(batch.Number).Count());
        Assert.Contains("Köln", runs[0].Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schema-2")]
    [InlineData("schema-3")]
    [InlineData("schema-5")]
    public void Its_scenario_still_makes_the_same_runs_with_the_same_keys(string name)
    {
        using var reader = Open(name).OpenReader();
        var batch = reader.Find("golden-1")!;
        var scenario = ScenarioOf(batch, reader);

        Assert.All(
            reader.Runs(batch.Number),
            run => Assert.Equal(scenario.Plan.Runs.From(run.Index).First().Key, run.Key)
        );
    }

    [Fact]
    public void What_became_of_lost_answers_and_interrupted_solves_is_still_told()
    {
        using var reader = Open("schema-3").OpenReader();
        var runs = reader.Runs(reader.Find("golden-1")!.Number).ToList();

        Assert.Equal(26, runs.Count(run => run.IsIncumbent));
        Assert.Equal(1, runs.Count(run => run.Settled == SettlementVerdict.Adopted));
        Assert.Equal(4, runs.Count(run => run.Settled == SettlementVerdict.SentAgain));
        Assert.Equal(1, runs.Count(run => run.Settled == SettlementVerdict.Ambiguous));
    }

    [Fact]
    public void Figures_whose_responses_were_not_kept_are_still_found_by_the_way_they_were_taken()
    {
        var workspace = Open("schema-5");
        using var reader = workspace.OpenReader();
        var batch = reader.Find("golden-1")!;
        var scenario = ScenarioOf(batch, reader);
        using var answers = workspace.OpenResultCache(batch.Number + 1, isFresh: false);

        var completed = reader.Runs(batch.Number).Where(run => run.Phase == RunPhase.Completed).ToList();
        Assert.All(
            completed,
            run =>
            {
                var planned = scenario.Plan.Runs.From(run.Index).First();
                var reading = scenario.Plan.Results.ExtractionKeyOf(planned);
                var read = Assert.IsType<CachedOutcome.ResultsOnly>(answers.Find(planned.Key!.Value, reading));
                Assert.Equal(run.ResultsJson, read.Results.ValuesJson);
            }
        );
        Assert.Equal(2, reader.Responses(batch.Number).Count());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Scenario ScenarioOf(BatchRecord batch, IJournalReader reader)
    {
        var kept = reader.Scenario(batch.Number);
        return new ScenarioLoader(_ => null)
            .LoadStored(batch.SourceFile, kept.Source, kept.Attachments, ScenarioOverrides.None)
            .Scenario!;
    }

    private Workspace Open(string name)
    {
        var golden = Path.Combine(
            RepositoryFolder.Root,
            "tests",
            "AimmsOrchestrator.Tests",
            "Journal",
            "Golden",
            $"{name}.db"
        );
        File.Copy(golden, Path.Combine(_folder, "batches.db"));
        return Workspace.OpenExisting(_folder);
    }
}
