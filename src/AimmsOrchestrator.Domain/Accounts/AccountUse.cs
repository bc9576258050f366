using System.Runtime.InteropServices;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Accounts;

/// <summary>How much of an account is in use, by all batches of the workspace; or by how much that changes.</summary>
/// <param name="Held">Slots: runs that have, or may have, an unfinished task.</param>
/// <param name="Open">Of these, the ones with a POST whose fate is not known.</param>
/// <param name="Doubt">Of these, the ones whose POST's answer was lost.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AccountUse(int Held, int Open, int Doubt)
{
    /// <summary>Whether the service asked for a pause that lasts.</summary>
    public bool IsPaused { get; init; }

    /// <summary>What a run in a phase takes.</summary>
    public static AccountUse Of(RunPhase phase) =>
        new(phase.MayHoldSlot() ? 1 : 0, phase.IsUnconfirmed() ? 1 : 0, phase == RunPhase.Unconfirmed ? 1 : 0);

    /// <summary>By how much a run changes it that goes from one phase to another.</summary>
    public static AccountUse Change(RunPhase from, RunPhase to)
    {
        var (before, after) = (Of(from), Of(to));
        return new AccountUse(after.Held - before.Held, after.Open - before.Open, after.Doubt - before.Doubt);
    }

    public AccountUse Plus(AccountUse other) =>
        this with
        {
            Held = Held + other.Held,
            Open = Open + other.Open,
            Doubt = Doubt + other.Doubt,
        };

    /// <summary>
    /// Whether one more run may intend its submit. While an answer is lost none may, or it would be unknown whose task turns up.
    /// </summary>
    public bool Admits(AccountCeiling ceiling) =>
        Held < ceiling.UnfinishedTasks && Open < ceiling.UnconfirmedSubmits && Doubt == 0 && !IsPaused;
}
