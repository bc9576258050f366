using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>
/// Frees a journal of what is no longer wanted. While batches of it are driven only where the workspace allows that
/// (<see cref="Workspaces.IWorkspace.IsFreedBesideWork"/>); for one thread at a time.
/// </summary>
public interface IJournalUpkeep : IDisposable
{
    /// <summary>
    /// Removes the responses of a batch's ended runs; their results stay. A response that a run of another batch has too is kept for
    /// that one.
    /// </summary>
    /// <param name="batch">The batch's number.</param>
    /// <param name="extractions">
    /// How the results of its runs were extracted, in any order; a run that is not among them answers no later question.
    /// </param>
    /// <returns>How many responses there were, and how many of these runs answer later questions with their results.</returns>
    /// <exception cref="JournalException">The workspace's database cannot be written; some may be removed, and the next call goes on.</exception>
    FreedResponses RemoveResponses(
        long batch,
        IEnumerable<(string Run, long Index, ExtractionKey Extraction)> extractions
    );

    /// <summary>How many questions have their answer in these batches, and in no other one.</summary>
    /// <param name="batches">Their numbers.</param>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    long LostAnswers(IReadOnlyList<long> batches);

    /// <summary>
    /// Removes batches with all that they have, each of them or nothing of it; neither their ids nor their numbers are given again. What a
    /// crash leaves of one that is gone takes space until the next call.
    /// </summary>
    /// <param name="batches">Their numbers.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="JournalException">The workspace's database cannot be written; some may be removed.</exception>
    void Remove(IReadOnlyList<long> batches, DateTimeOffset at);

    /// <summary>
    /// Makes the space of what was removed free: for the file system, which takes as much free space for a moment, or where others write the
    /// database, for what they write next.
    /// </summary>
    /// <exception cref="JournalException">The workspace's database cannot be written, or the disk is full.</exception>
    void Compact();
}

/// <summary>What became of a batch's responses.</summary>
/// <param name="Removed">How many runs had one.</param>
/// <param name="StillAnswer">How many of these answer later questions with their results.</param>
/// <param name="Shared">How many of them runs of other batches have too: these still take their space.</param>
public sealed record FreedResponses(long Removed, long StillAnswer, long Shared);

/// <summary>How many bytes a batch takes.</summary>
/// <param name="Responses">Its own responses; not those that it copied.</param>
/// <param name="Events">Its events and rows, about.</param>
public sealed record StoredSize(long Responses, long Events)
{
    /// <summary>The size of a batch that wrote nothing.</summary>
    public static StoredSize None { get; } = new(0, 0);

    public long Total => Responses + Events;
}
