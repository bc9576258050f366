using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Journal.Sql;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>Tokens, submissions and the audit trail in the workspace's database.</summary>
/// <param name="database">The database, for writing; closed with the book.</param>
internal sealed class AccessBook(Database database) : IAccessBook
{
    /// <inheritdoc />
    public bool Add(AccessToken token, byte[] hash) =>
        Run(
            "INSERT INTO tokens (name, hash, role, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO NOTHING",
            token.Name,
            hash,
            KebabEnum<Role>.Of(token.Role),
            Timestamps.ToText(token.CreatedAt)
        ) > 0;

    /// <inheritdoc />
    public AccessToken? Find(byte[] hash) =>
        database.All("SELECT * FROM tokens WHERE hash = $1", Token, hash) is [var token] ? token : null;

    /// <inheritdoc />
    public IReadOnlyList<AccessToken> Tokens() => database.All("SELECT * FROM tokens ORDER BY name", Token);

    /// <inheritdoc />
    public bool Revoke(string name, DateTimeOffset at) =>
        Run("UPDATE tokens SET revoked_at = $2 WHERE name = $1 AND revoked_at IS NULL", name, Timestamps.ToText(at))
        > 0;

    /// <inheritdoc />
    public void Use(string name, DateTimeOffset at) =>
        Run("UPDATE tokens SET used_at = $2 WHERE name = $1", name, Timestamps.ToText(at));

    /// <inheritdoc />
    public void Append(AuditEntry entry) =>
        Run(
            "INSERT INTO audit (at, author, action, batch, detail) VALUES ($1, $2, $3, $4, $5)",
            Timestamps.ToText(entry.At),
            entry.Author,
            entry.Action,
            entry.Batch,
            entry.Detail
        );

    /// <inheritdoc />
    public IReadOnlyList<AuditEntry> Audit(string? batch, int most) =>
        database.All(
            "SELECT * FROM audit WHERE CAST($1 AS TEXT) IS NULL OR batch = $1 ORDER BY number DESC LIMIT $2",
            row => new AuditEntry(
                Timestamps.Parse(row.Text("at")),
                row.Text("author"),
                row.Text("action"),
                row.TextOrNull("batch"),
                row.TextOrNull("detail")
            ),
            batch,
            most
        );

    /// <inheritdoc />
    public (string Batch, byte[] Digest)? FindSubmission(string owner, string key) =>
        database.All(
            """
            SELECT s.batch, s.digest FROM submissions AS s WHERE s.owner = $1 AND s.key = $2
                AND EXISTS (SELECT 1 FROM batches AS b WHERE b.id = s.batch)
            """,
            row => (row.Text("batch"), row.Bytes("digest")),
            owner,
            key
        )
            is [var found]
            ? found
            : null;

    /// <inheritdoc />
    public IReadOnlyList<string> SessionKeys() =>
        database.All("SELECT key FROM session_keys ORDER BY name", row => row.Text("key"));

    /// <inheritdoc />
    public void AddSessionKey(string name, string key) =>
        Run("INSERT INTO session_keys (name, key) VALUES ($1, $2) ON CONFLICT DO NOTHING", name, key);

    public void Dispose() => database.Dispose();

    private static AccessToken Token(Row row) =>
        new(row.Text("name"), KebabEnum<Role>.Parse(row.Text("role")), Timestamps.Parse(row.Text("created_at")))
        {
            UsedAt = row.TextOrNull("used_at") is { } used ? Timestamps.Parse(used) : null,
            RevokedAt = row.TextOrNull("revoked_at") is { } revoked ? Timestamps.Parse(revoked) : null,
        };

    private int Run(string sql, params object?[] values) => database.Guard(() => database.Execute(sql, values));
}
