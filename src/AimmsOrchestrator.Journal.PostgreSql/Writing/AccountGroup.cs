using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal.Text;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Writing;

/// <summary>
/// The slots that a group takes and gives of accounts. An account of which it takes any is locked before anything is decided:
/// so the limit holds for all nodes, whatever they believe of each other.
/// </summary>
internal sealed class AccountGroup
{
    private const string Lock = """
        SELECT name, held, open, doubt, paused_until FROM accounts WHERE name = ANY ($1) ORDER BY name FOR UPDATE
        """;

    private static readonly string Change =
        $"UPDATE accounts SET held = held + c2, open = open + c3, doubt = doubt + c4 FROM {ColumnArrays.Table("tnnn")} WHERE name = c1";

    private readonly Dictionary<string, (AccountUse Use, DateTimeOffset? PausedUntil)> _locked = new(
        StringComparer.Ordinal
    );

    private readonly Dictionary<string, AccountUse> _changes = new(StringComparer.Ordinal);

    /// <summary>The statement that locks the accounts, and returns them.</summary>
    public static NpgsqlBatchCommand LockCommand(IEnumerable<string> names)
    {
        var command = new NpgsqlBatchCommand(Lock);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. names] });
        return command;
    }

    /// <summary>Reads what <see cref="LockCommand"/> returned.</summary>
    public async Task ReadAsync(NpgsqlDataReader reader)
    {
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            var until = await reader.IsDBNullAsync(4).ConfigureAwait(false)
                ? (DateTimeOffset?)null
                : Timestamps.Parse(reader.GetString(4));
            _locked[reader.GetString(0)] = (
                new AccountUse((int)reader.GetInt64(1), (int)reader.GetInt64(2), (int)reader.GetInt64(3)),
                until
            );
        }
    }

    /// <summary>Whether a run's event may happen: an intent needs a slot of the account, where its batch shares one.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="name">The account; null where the batch shares none.</param>
    public bool Admits(RunEventEntry entry, string? name)
    {
        if (
            entry is not { Event: SubmitIntended { At: var at }, Ceiling: { } ceiling }
            || name is null
            || !_locked.TryGetValue(name, out var account)
        )
        {
            return true;
        }

        var use = account.Use with { IsPaused = account.PausedUntil > at };
        return use.Plus(_changes.GetValueOrDefault(name)).Admits(ceiling);
    }

    /// <summary>Counts what an event takes or gives back.</summary>
    public void Count(RunEventEntry entry, string? name)
    {
        var change = AccountUse.Change(entry.Before, entry.After.Phase);
        if (change != default && name is not null)
        {
            _changes[name] = _changes.GetValueOrDefault(name).Plus(change);
        }
    }

    /// <summary>The service asked for a pause; the statement that writes it comes with it.</summary>
    public void Pause(string name, DateTimeOffset until)
    {
        if (_locked.TryGetValue(name, out var account) && !(account.PausedUntil > until))
        {
            _locked[name] = (account.Use, until);
        }
    }

    /// <summary>An account was counted anew, after all that the group changed so far.</summary>
    public void Refresh(string name, AccountUse use)
    {
        if (_locked.TryGetValue(name, out var account))
        {
            _locked[name] = account with { Use = use };
        }
    }

    /// <summary>Puts the statement into a batch that writes what the group changed, which counts as used from then on.</summary>
    public void MoveTo(NpgsqlBatch batch)
    {
        var rows = new ColumnArrays("tnnn");
        foreach (var (name, change) in _changes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (change != default)
            {
                rows.Add(name, change.Held, change.Open, change.Doubt);
            }

            if (_locked.TryGetValue(name, out var account))
            {
                _locked[name] = account with { Use = account.Use.Plus(change) };
            }
        }

        if (rows.Count > 0)
        {
            batch.BatchCommands.Add(rows.Command(Change));
        }

        _changes.Clear();
    }
}
