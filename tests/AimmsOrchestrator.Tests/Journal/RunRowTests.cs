using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Journal.Sqlite;
using AimmsOrchestrator.Journal.Writing;
using AimmsOrchestrator.Tests.Testing;
using CsCheck;

namespace AimmsOrchestrator.Tests.Journal;

/// <summary>The row of a run is the run as its events fold it.</summary>
public sealed class RunRowTests : JournalTest
{
    private static readonly Gen<int[]> Choices = Gen.Int[0, 10_000].Array[1, 30];

    /// <param name="group">How many events are written together: a run's row is made by one group, and changed by the next.</param>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Every_life_of_a_run_gives_the_row_that_the_statements_of_old_gave(int group)
    {
        var batch = await OpenAsync();
        var reference = SqliteWorkspace.OpenOrCreate(Path.Combine(Folder, "reference"));
        using var writer = (SqliteJournalWriter)reference.OpenWriter();
        using var reader = reference.OpenReader();
        await writer.OpenBatchAsync(SomeBatch("a"));
        using var statements = new RunRowStatements(writer.Connection);
        var index = 0L;
        await Choices.SampleAsync(
            async choices =>
            {
                var planned = FakeRuns.Run(index++);
                var run = Run.New;
                var life = new List<RunEventEntry>();
                foreach (var happened in new RunEventSequences().Of(choices))
                {
                    life.Add(RunEventEntry.Next(batch.Number, planned, run, happened));
                    run = life[^1].After;
                }

                foreach (var some in life.Chunk(group))
                {
                    await Writer.AppendAsync(some);
                }

                writer.Connection.Execute("BEGIN");
                life.ForEach(statements.Apply);
                writer.Connection.Execute("COMMIT");

                var row = Reader.Runs(batch.Number).Last();
                Assert.Equal(Mended(reader.Runs(batch.Number).Last(), run), row);
            },
            iter: 200,
            threads: 1
        );
    }

    /// <summary>
    /// The one thing that the statements got wrong: a run that was pending again kept the times and the return code of the
    /// attempt that was given up.
    /// </summary>
    private static RunRecord Mended(RunRecord row, Run run) =>
        run.Task is null ? row with { QueueTime = null, RunTime = null, ReturnCode = null } : row;
}
