using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Tests.Journal;

public sealed class EvaluationMarksTests : IDisposable
{
    private static readonly BatchId Batch = new("test-1");
    private readonly string _folder = Directory.CreateTempSubdirectory("marks-").FullName;

    [Fact]
    public void A_run_under_evaluation_in_two_processes_that_died_is_not_evaluated_a_third_time()
    {
        Die(7);
        Die(7);

        using var third = Open();

        Assert.False(third.TryBegin(7));
        Assert.True(third.TryBegin(7));
    }

    [Fact]
    public void A_run_that_is_evaluated_to_its_end_leaves_no_mark()
    {
        Die(7);
        using (var second = Open())
        {
            Assert.True(second.TryBegin(7));
            second.Complete(7);
        }

        Die(7);

        using var fourth = Open();
        Assert.True(fourth.TryBegin(7));
    }

    [Fact]
    public void Deaths_of_other_runs_do_not_count_and_are_not_forgotten_by_an_orderly_end()
    {
        Die(7, 0, 9);
        using (var orderly = Open())
        {
            Assert.True(orderly.TryBegin(9));
            orderly.Complete(9);
            Assert.True(orderly.TryBegin(1234567890123));
            orderly.Complete(1234567890123);
        }

        Die(0);

        using var last = Open();
        Assert.True(last.TryBegin(7));
        Assert.False(last.TryBegin(0));
        Assert.True(last.TryBegin(9));
    }

    [Fact]
    public void The_file_is_gone_once_nothing_is_marked()
    {
        using (var marks = Open())
        {
            marks.TryBegin(1);
            marks.Complete(1);
        }

        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "claims")));
    }

    [Fact]
    public void A_damaged_file_is_no_obstacle()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "claims"));
        File.WriteAllBytes(
            Path.Combine(_folder, "claims", "test-1.evaluating"),
            [.. Enumerable.Repeat((byte)0xFF, 41)]
        );

        using var marks = Open();

        Assert.True(marks.TryBegin(1));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private EvaluationMarks Open() => EvaluationMarks.Open(Path.Combine(_folder, "claims"), Batch);

    /// <summary>A process that dies during the evaluation of some runs: what it wrote stays.</summary>
    private void Die(params long[] runs)
    {
        using var dying = Open();
        foreach (var run in runs)
        {
            Assert.True(dying.TryBegin(run));
        }
    }
}
