using System.Globalization;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.CrashHost;

/// <summary>A journal that stands still at one of its writes, so that a test can kill the process there.</summary>
internal sealed class CrashPointJournal : IJournalWriter
{
    private readonly IJournalWriter _journal;
    private readonly string _mark;
    private readonly bool _isBefore;
    private readonly string _kind;
    private int _left;

    /// <param name="journal">Where entries go.</param>
    /// <param name="point"><c>before:submitted:3</c> or <c>after:run-completed:1</c>: the n-th write of that kind.</param>
    /// <param name="mark">The file that is written once the journal stands still.</param>
    public CrashPointJournal(IJournalWriter journal, string point, string mark)
    {
        var parts = point.Split(':');
        _journal = journal;
        _mark = mark;
        _isBefore = parts[0] == "before";
        _kind = parts[1];
        _left = int.Parse(parts[2], CultureInfo.InvariantCulture);
    }

    public async ValueTask<BatchRecord> OpenBatchAsync(NewBatch batch)
    {
        var isHere = _kind == "batch-opened";
        HaltIf(isHere && _isBefore);
        var opened = await _journal.OpenBatchAsync(batch).ConfigureAwait(false);
        HaltIf(isHere && !_isBefore);
        return opened;
    }

    public async ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<JournalEntry> group)
    {
        _left -= group.Count(entry => KindOf(entry) == _kind);
        var isHere = _left <= 0 && group.Any(entry => KindOf(entry) == _kind);
        HaltIf(isHere && _isBefore);
        var outcomes = await _journal.AppendAsync(group).ConfigureAwait(false);
        HaltIf(isHere && !_isBefore);
        return outcomes;
    }

    public void Dispose() => _journal.Dispose();

    private static string KindOf(JournalEntry entry) =>
        entry switch
        {
            RunEventEntry happened => EventNames.Of(happened.Event),
            TaskDeleted => "task-deleted",
            BatchResumed => "batch-resumed",
            BatchEnded => "batch-ended",

            // No crash point, such as the pause that an overloaded service asks for.
            _ => entry.GetType().Name,
        };

    private void HaltIf(bool isHere)
    {
        if (isHere)
        {
            File.WriteAllText(_mark, _kind);
            using var never = new ManualResetEventSlim();
            never.Wait();
        }
    }
}
