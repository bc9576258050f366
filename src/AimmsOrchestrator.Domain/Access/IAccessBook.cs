using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Domain.Access;

/// <summary>Who may use a server, and what they did. Safe for many processes; for one thread at a time.</summary>
public interface IAccessBook : IDisposable
{
    /// <summary>Adds a token; false where its name is taken, also by a revoked one.</summary>
    /// <param name="token">The token.</param>
    /// <param name="hash">The hash of its secret.</param>
    /// <exception cref="JournalException">The workspace's database cannot be written.</exception>
    bool Add(AccessToken token, byte[] hash);

    /// <summary>The token with a secret's hash, revoked or not; null where there is none.</summary>
    AccessToken? Find(byte[] hash);

    /// <summary>All tokens, by name.</summary>
    IReadOnlyList<AccessToken> Tokens();

    /// <summary>Refuses a token from now on; false where no accepted one has the name.</summary>
    bool Revoke(string name, DateTimeOffset at);

    /// <summary>A request carried the token.</summary>
    void Use(string name, DateTimeOffset at);

    /// <summary>Writes down what a person did.</summary>
    void Append(AuditEntry entry);

    /// <summary>What people did last, the newest first.</summary>
    /// <param name="batch">A batch's id; null for everything.</param>
    /// <param name="most">How many at most.</param>
    IReadOnlyList<AuditEntry> Audit(string? batch, int most);

    /// <summary>
    /// The batch that a caller's submission with a key opened, and the digest of what it sent; null where there is none, or the batch
    /// was removed: the key may open another one then.
    /// </summary>
    (string Batch, byte[] Digest)? FindSubmission(string owner, string key);

    /// <summary>What servers sign the sessions of their pages with, as texts of XML.</summary>
    IReadOnlyList<string> SessionKeys();

    /// <summary>Adds such a key under a name of its own.</summary>
    /// <exception cref="JournalException">The workspace's database cannot be written.</exception>
    void AddSessionKey(string name, string key);
}
