using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>
/// Frees a journal of what is no longer wanted. While batches of it are driven only where the workspace allows that
/// (<see cref="Workspaces.IWorkspace.IsFreedBesideWork"/>); for one thread at a time.
/// </summary>
public interface IJournalUpkeep : IDisposable
{
    /// <summary>
    /// Takes the responses from the ended runs of a batch; their results stay. They are removed by <see cref="RemoveUnreferenced"/>,
    /// unless a run of another batch has them too.
    /// </summary>
    /// <param name="batch">The batch's number.</param>
    /// <param name="extractions">
    /// How the results of its runs were extracted, in any order; a run that is not among them answers no later question.
    /// </param>
    /// <returns>How many responses there were, and how many of these runs answer later questions with their results.</returns>
    /// <exception cref="JournalException">The workspace's database cannot be written; the next call goes on.</exception>
    FreedResponses RemoveResponses(
        long batch,
        IEnumerable<(string Run, long Index, ExtractionKey Extraction)> extractions
    );

    /// <summary>Removes the responses that no run has any more.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="JournalException">The workspace's database cannot be written; the next call goes on.</exception>
    long RemoveUnreferenced();

    /// <summary>How many questions have their answer in these batches, and in no other one.</summary>
    /// <param name="batches">Their numbers.</param>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    long LostAnswers(IReadOnlyList<long> batches);

    /// <summary>Removes a batch; its runs follow (<see cref="RemoveRest"/>). Neither its id nor its number is given again.</summary>
    /// <param name="batch">The batch's number.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="JournalException">The workspace's database cannot be written; the batch is there as it was.</exception>
    void Remove(long batch, DateTimeOffset at);

    /// <summary>Removes the runs of batches that are gone: those removed before, and what an earlier removal left that did not end.</summary>
    /// <returns>Whether there were any.</returns>
    /// <exception cref="JournalException">The workspace's database cannot be written; the next call goes on.</exception>
    bool RemoveRest();

    /// <summary>Removes the scenarios and files that neither a batch nor a schedule has any more.</summary>
    /// <exception cref="JournalException">The workspace's database cannot be written.</exception>
    void RemoveFiles();

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
/// <param name="Had">How many responses they were: two runs may have the same one.</param>
public sealed record FreedResponses(long Removed, long StillAnswer, long Had);

/// <summary>How many bytes a batch takes.</summary>
/// <param name="Responses">Its own responses; not those that it copied.</param>
/// <param name="Events">Its events and rows, about.</param>
public sealed record StoredSize(long Responses, long Events)
{
    /// <summary>The size of a batch that wrote nothing.</summary>
    public static StoredSize None { get; } = new(0, 0);

    public long Total => Responses + Events;
}
