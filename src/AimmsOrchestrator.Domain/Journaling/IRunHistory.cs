using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>The events of runs: folded in their order, they give a run back.</summary>
public interface IRunHistory
{
    /// <summary>Every event of a run, in order; none where it has not begun.</summary>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    IReadOnlyList<RunEvent> Events(long batch, long index);

    /// <summary>The events of every run of a batch that has begun and not ended, by index: where a batch resumes.</summary>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    IReadOnlyDictionary<long, IReadOnlyList<RunEvent>> Unfinished(long batch);
}
