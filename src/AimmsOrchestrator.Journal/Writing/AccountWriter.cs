using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal.Sql;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>
/// Takes and gives an account's slots with the events of a group: an account is read at the group's first intent, and written
/// once, before the commit.
/// </summary>
internal sealed class AccountWriter(Database database) : IDisposable
{
    private readonly Dictionary<long, string?> _names = [];
    private readonly Dictionary<string, AccountUse?> _before = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccountUse> _changes = new(StringComparer.Ordinal);

    private readonly Statement _use = database.Prepare(
        "SELECT held, open, doubt, CASE WHEN paused_until > $2 THEN 1 ELSE 0 END FROM accounts WHERE name = $1"
    );

    private readonly Statement _change = database.Prepare(
        "UPDATE accounts SET held = held + $2, open = open + $3, doubt = doubt + $4 WHERE name = $1"
    );

    private readonly Statement _pause = database.Prepare(AccountRows.Pause);

    /// <summary>Whether a run's event may happen: an intent needs a slot of the account, where its batch shares one.</summary>
    public bool Admits(RunEventEntry entry)
    {
        if (
            entry is not { Event: SubmitIntended { At: var at }, Ceiling: { } ceiling }
            || Name(entry.Batch) is not { } name
        )
        {
            return true;
        }

        if (!_before.TryGetValue(name, out var before))
        {
            _before[name] = before = Read(name, at);
        }

        return before is not { } use || use.Plus(_changes.GetValueOrDefault(name)).Admits(ceiling);
    }

    /// <summary>Counts what an event takes or gives back.</summary>
    public void Count(RunEventEntry entry)
    {
        var change = AccountUse.Change(entry.Before, entry.After.Phase);
        if (change != default && Name(entry.Batch) is { } name)
        {
            _changes[name] = _changes.GetValueOrDefault(name).Plus(change);
        }
    }

    /// <summary>The service asked for a pause.</summary>
    public void Pause(ServicePaused paused)
    {
        if (Name(paused.Batch) is { } name)
        {
            _pause.Run(name, Timestamps.ToText(paused.Until));
            _before.Remove(name);
        }
    }

    /// <summary>Counts the account of a batch anew, from the rows of its runs.</summary>
    public void Recount(long batch)
    {
        Write();
        AccountRows.Count(database, batch);
    }

    /// <summary>A batch is claimed: it takes back its slots that were freed while it was left.</summary>
    public void TakeBack(long batch)
    {
        Write();
        AccountRows.TakeBack(database, batch);
    }

    /// <summary>Writes what the group changed; the last step before a commit.</summary>
    public void Write()
    {
        foreach (var (name, change) in _changes)
        {
            _change.Run(name, change.Held, change.Open, change.Doubt);
        }

        Forget();
    }

    /// <summary>Forgets what a group changed that is not committed.</summary>
    public void RollBack() => Forget();

    public void Dispose()
    {
        _use.Dispose();
        _change.Dispose();
        _pause.Dispose();
    }

    private void Forget()
    {
        _before.Clear();
        _changes.Clear();
    }

    private AccountUse? Read(string name, DateTimeOffset at)
    {
        Span<long> numbers = stackalloc long[4];
        return _use.TryRead(numbers, name, Timestamps.ToText(at))
            ? new AccountUse((int)numbers[0], (int)numbers[1], (int)numbers[2]) { IsPaused = numbers[3] != 0 }
            : null;
    }

    /// <summary>A batch's account is fixed when it is opened.</summary>
    private string? Name(long batch)
    {
        if (!_names.TryGetValue(batch, out var name))
        {
            var names = database.All(
                "SELECT account FROM batches WHERE number = $1",
                row => row.TextOrNull("account"),
                batch
            );
            _names[batch] = name = names.FirstOrDefault();
        }

        return name;
    }
}
