using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Tests.Journal;

/// <summary>
/// Databases that released versions wrote, most from a batch that was interrupted half-way at a service with faults. They are
/// never changed: a later version opens them, brings them up to date and resumes what they hold.
/// </summary>
public sealed class GoldenJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("golden-").FullName;

    [Theory]
    [InlineData("schema-2", 14, 15, 4)]
    [InlineData("schema-3", 43, 2, 3)]
    [InlineData("schema-5", 24, 2, 5)]
    [InlineData("schema-7", 34, 4, 1)]
    public void A_database_of_an_earlier_version_opens_and_its_runs_can_be_resumed(
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

        Assert.Equal(unfinished, reader.Unfinished(batch.Number).Count);
        Assert.Equal(completed + failed, reader.Ended(batch.Number).Count());
        Assert.Contains("Köln", runs[0].Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schema-2")]
    [InlineData("schema-3")]
    [InlineData("schema-5")]
    [InlineData("schema-5-lives")]
    [InlineData("schema-7")]
    public void Every_row_is_the_run_as_its_events_fold_it(string name)
    {
        using var reader = Open(name).OpenReader();
        var batches = reader.Batches();
        var ids = batches.ToDictionary(batch => batch.Number, batch => batch.Id);
        foreach (var batch in batches)
        {
            Assert.All(
                reader.Runs(batch.Number).ToList(),
                row => Assert.Equal(RowOf(row, Run.FromEvents(reader.Events(batch.Number, row.Index)), ids), row)
            );
        }
    }

    [Theory]
    [InlineData("schema-2")]
    [InlineData("schema-3")]
    [InlineData("schema-5")]
    [InlineData("schema-5-lives")]
    [InlineData("schema-7")]
    public void The_views_show_the_same_as_before(string name)
    {
        string[] views = ["step_list", "response_list", "batch_list"];
        var workspace = Open(name);
        var before = views.Select(RowsOf).ToList();
        workspace.OpenWriter().Dispose();

        Assert.Equal(before, views.Select(RowsOf));
    }

    [Theory]
    [InlineData("schema-2")]
    [InlineData("schema-3")]
    [InlineData("schema-5")]
    [InlineData("schema-5-lives")]
    [InlineData("schema-7")]
    public void Its_accounts_have_what_its_unfinished_runs_hold(string name)
    {
        var workspace = Open(name);
        using var reader = workspace.OpenReader();
        using var book = workspace.OpenServiceBook();
        var expected =
            from batch in reader.Batches()
            where batch.ServiceAddress != ServiceAccount.Emulator
            group batch by ServiceAccount.NameOf(batch.ServiceAddress) into account
            orderby account.Key
            let phases = account.SelectMany(batch => reader.Unfinished(batch.Number).Values.Select(Run.FromEvents))
            select (account.Key, phases.Aggregate(new AccountUse(), (use, run) => use.Plus(AccountUse.Of(run.Phase))));

        Assert.Equal(expected, book.Accounts(default).Select(account => (account.Name, account.Use)));
    }

    [Fact]
    public void Runs_of_every_sort_are_there()
    {
        using var reader = Open("schema-5-lives").OpenReader();
        var runs = reader.Batches().SelectMany(batch => reader.Runs(batch.Number)).ToList();
        Assert.Contains(runs, run => run is { Phase: RunPhase.Failed, Attempts: 3 });
        Assert.Contains(runs, run => run is { Phase: RunPhase.Completed, ReusedFrom: "lives-1#0" });
        Assert.Contains(runs, run => run.Phase == RunPhase.Cancelled);

        // Its first attempt was no success: the row had that one's times.
        var again = reader.Runs(reader.Find("again")!.Number).First(run => run.Phase == RunPhase.Pending);
        Assert.Equal((null, null, null), (again.QueueTime, again.RunTime, again.ReturnCode));
    }

    [Theory]
    [InlineData("schema-2")]
    [InlineData("schema-3")]
    [InlineData("schema-5")]
    [InlineData("schema-7")]
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
    public void What_became_of_lost_answers_and_interrupted_solves_is_still_known()
    {
        using var reader = Open("schema-3").OpenReader();
        var runs = reader.Runs(reader.Find("golden-1")!.Number).ToList();

        Assert.Equal(26, runs.Count(run => run.IsIncumbent));
        Assert.Equal(1, runs.Count(run => run.Settled == SettlementVerdict.Adopted));
        Assert.Equal(4, runs.Count(run => run.Settled == SettlementVerdict.SentAgain));
        Assert.Equal(1, runs.Count(run => run.Settled == SettlementVerdict.Ambiguous));
    }

    [Fact]
    public void A_cut_answer_that_was_no_success_and_its_copies_are_incumbents_since_the_mark_travels()
    {
        var workspace = Open("schema-7");
        workspace.OpenWriter().Dispose();
        using var reader = workspace.OpenReader();

        // Runs with i = 4, 8, … slept three times as long as the limit on a solve; of these, i = 8 is no success.
        foreach (var run in reader.Batches().SelectMany(batch => reader.Runs(batch.Number)))
        {
            var wasCut = run.Phase != RunPhase.Unconfirmed && ((run.Index / 2) + 1) % 4 == 0;
            Assert.Equal((run.Index, wasCut), (run.Index, run.IsIncumbent));
        }
    }

    [Fact]
    public void Results_whose_responses_were_not_kept_are_still_found_by_their_extraction()
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
                var extraction = scenario.Plan.Results.ExtractionKeyOf(planned);
                var read = Assert.IsType<CachedOutcome.ResultsOnly>(answers.Find(planned.Key!.Value, extraction));
                Assert.Equal(run.ResultsJson, read.Results.ValuesJson);
            }
        );
        Assert.Equal(2, reader.Responses(batch.Number).Count());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The row that a run's fold makes; the columns of times hold milliseconds, where payloads hold all digits.</summary>
    private static RunRecord RowOf(RunRecord row, Run run, Dictionary<long, BatchId> batches) =>
        new()
        {
            Index = row.Index,
            Key = row.Key,
            Name = row.Name,
            ParametersJson = row.ParametersJson,
            Phase = run.Phase,
            TaskState = run.TaskId is null && run.Task is null ? null : run.TaskState,
            ResultsJson = run.Results?.ValuesJson,
            Notes = run.Results?.Notes,
            Error = run.Error,
            TaskId = run.TaskId,
            QueueTime = run.Task?.QueueTime,
            RunTime = run.Task?.RunTime,
            ReturnCode = run.Task?.ReturnCode,
            Attempts = run.Attempts,
            Settled = run.Settled,
            IsIncumbent = run.IsIncumbent,
            CutAfter = run.CutAfter,
            ReusedFrom = run.CopiedFrom is { } source ? $"{batches[source.Batch]}#{source.Run}" : null,
            IsResponseKept = run.Extraction is null,
            StartedAt = Cut(run.StartedAt)!.Value,
            SubmittedAt = Cut(run.IntendedAt),
            EndedAt = Cut(run.EndedAt),
        };

    private static DateTimeOffset? Cut(DateTimeOffset? moment) =>
        moment?.AddTicks(-(moment.Value.Ticks % TimeSpan.TicksPerMillisecond));

    private static Scenario ScenarioOf(BatchRecord batch, IJournalReader reader)
    {
        var kept = reader.Scenario(batch.Number);
        return new ScenarioLoader(_ => null)
            .LoadStored(batch.SourceFile, kept.Source, kept.Attachments, ScenarioOverrides.None)
            .Scenario!;
    }

    /// <summary>A view's columns and rows as text.</summary>
    private List<string> RowsOf(string view)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "batches.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {view}";
        using var reader = command.ExecuteReader();
        var rows = new List<string> { string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)) };
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }

        return rows;
    }

    private SqliteWorkspace Open(string name)
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
        return SqliteWorkspace.OpenExisting(_folder);
    }
}
