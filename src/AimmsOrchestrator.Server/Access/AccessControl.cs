using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Domain.Workspaces;

namespace AimmsOrchestrator.Server.Access;

/// <summary>
/// Knows who may call the server. What another process changes (<c>token create</c>, <c>token revoke</c>) holds here within two
/// seconds. Safe for many threads.
/// </summary>
internal sealed class AccessControl : IDisposable
{
    /// <summary>How old an answer of the workspace may be: a revoked token must be refused within five seconds.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan BetweenUses = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly IAccessBook _book;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, (AccessToken? Token, long ReadAt)> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);
    private (IReadOnlyList<AccessToken> Tokens, long ReadAt)? _all;

    public AccessControl(IWorkspace workspace, TimeProvider time)
    {
        _book = workspace.OpenAccessBook();
        _time = time;
    }

    /// <summary>The caller where no token exists and the server listens on this machine alone.</summary>
    public static AccessToken Local { get; } = new(AccessToken.LocalName, Role.Admin, DateTimeOffset.MinValue);

    /// <summary>Whether there are tokens that are accepted.</summary>
    public bool HasTokens
    {
        get
        {
            lock (_lock)
            {
                return All().Any(token => token.RevokedAt is null);
            }
        }
    }

    /// <summary>The accepted token with a secret; null where there is none.</summary>
    public AccessToken? Find(string secret)
    {
        var hash = AccessToken.HashOf(secret);
        var id = Convert.ToHexString(hash);
        lock (_lock)
        {
            if (!_known.TryGetValue(id, out var known) || _time.GetElapsedTime(known.ReadAt) > Freshness)
            {
                // Guesses must not fill the memory.
                if (_known.Count > 10_000)
                {
                    _known.Clear();
                }

                _known[id] = known = (_book.Find(hash), _time.GetTimestamp());
            }

            return Used(known.Token);
        }
    }

    /// <summary>The accepted token with a name; null where there is none.</summary>
    public AccessToken? FindByName(string name)
    {
        lock (_lock)
        {
            return Used(All().FirstOrDefault(token => token.Name == name));
        }
    }

    /// <summary>
    /// Why batches may not be begun for an owner, as the end of a sentence; null where they may. The machine's own caller may,
    /// also once tokens exist.
    /// </summary>
    public string? WhyNot(string owner)
    {
        lock (_lock)
        {
            return owner == Local.Name ? null
                : All().FirstOrDefault(token => token.Name == owner) is not { } token
                    ? $"there is no token {owner} any more"
                : token.RevokedAt is not null ? $"the token {owner} was revoked"
                : token.Role < Role.Runner ? $"the token {owner} may only read"
                : null;
        }
    }

    /// <summary>Writes down what a person did.</summary>
    public void Audit(string author, string action, string? batch = null, string? detail = null)
    {
        lock (_lock)
        {
            _book.Append(new AuditEntry(_time.GetUtcNow(), author, action, batch, detail));
        }
    }

    /// <summary>What people did last.</summary>
    public IReadOnlyList<AuditEntry> Trail(string? batch, int most)
    {
        lock (_lock)
        {
            return _book.Audit(batch, most);
        }
    }

    /// <summary>The batch of an earlier submission with a key; null where there is none, or it was removed.</summary>
    public (string Batch, byte[] Digest)? FindSubmission(string owner, string key)
    {
        lock (_lock)
        {
            return _book.FindSubmission(owner, key);
        }
    }

    public void Dispose() => _book.Dispose();

    private AccessToken? Used(AccessToken? token)
    {
        if (token is not { RevokedAt: null })
        {
            return null;
        }

        var now = _time.GetUtcNow();
        if (!_used.TryGetValue(token.Name, out var used) || now - used > BetweenUses)
        {
            _used[token.Name] = now;
            _book.Use(token.Name, now);
        }

        return token;
    }

    private IReadOnlyList<AccessToken> All()
    {
        if (_all is not { } all || _time.GetElapsedTime(all.ReadAt) > Freshness)
        {
            _all = all = (_book.Tokens(), _time.GetTimestamp());
        }

        return all.Tokens;
    }
}
