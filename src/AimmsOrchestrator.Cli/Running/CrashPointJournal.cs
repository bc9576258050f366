using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>
/// A journal that stands still at one of its writes, so that a test can kill the process there: the variable
/// <c>AIMMS_BATCH_HALT</c> names the point as <c>before:submitted:3</c> or <c>after:run-completed:1</c>, the n-th write of that
/// kind. Whoever waits finds the file <c>halted</c> in the workspace.
/// </summary>
internal sealed class CrashPointJournal : IJournalWriter
{
    private const string Variable = "AIMMS_BATCH_HALT";

    private readonly IJournalWriter _journal;
    private readonly string _mark;
    private readonly bool _isBefore;
    private readonly string _kind;
    private int _left;

    private CrashPointJournal(IJournalWriter journal, string mark, string side, string kind, int number)
    {
        _journal = journal;
        _mark = mark;
        _isBefore = side == "before";
        _kind = kind;
        _left = number;
    }

    /// <summary>The journal itself, or one that halts where the environment says so.</summary>
    public static IJournalWriter Around(IJournalWriter journal, string workspaceFolder) =>
        Environment.GetEnvironmentVariable(Variable)?.Split(':') is [var side, var kind, var number]
            ? new CrashPointJournal(
                journal,
                Path.Combine(workspaceFolder, "halted"),
                side,
                kind,
                int.Parse(number, CultureInfo.InvariantCulture)
            )
            : journal;

    public BatchRecord OpenBatch(NewBatch batch)
    {
        var isHere = _kind == "batch-opened";
        HaltIf(isHere && _isBefore);
        var opened = _journal.OpenBatch(batch);
        HaltIf(isHere && !_isBefore);
        return opened;
    }

    public void Commit(IReadOnlyList<JournalEntry> group)
    {
        _left -= group.Count(entry => KindOf(entry) == _kind);
        var isHere = _left <= 0 && group.Any(entry => KindOf(entry) == _kind);
        HaltIf(isHere && _isBefore);
        _journal.Commit(group);
        HaltIf(isHere && !_isBefore);
    }

    public void Dispose() => _journal.Dispose();

    private static string KindOf(JournalEntry entry) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(
            entry is RunEventEntry step ? step.Event.GetType().Name : entry.GetType().Name
        );

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
