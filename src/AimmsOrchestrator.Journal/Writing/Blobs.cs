using System.Security.Cryptography;
using AimmsOrchestrator.Journal.Sqlite;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>The texts and files of scenarios, each of them stored once.</summary>
internal static class Blobs
{
    /// <summary>Stores bytes once, and answers with their hash. They are written without a copy: a table may be large.</summary>
    public static byte[] Keep(SqliteConnection connection, ReadOnlyMemory<byte> bytes)
    {
        var hash = SHA256.HashData(bytes.Span);
        using var insert = connection.Command(
            "INSERT INTO blobs (sha256, bytes) VALUES ($1, zeroblob($2)) ON CONFLICT DO NOTHING RETURNING rowid",
            hash,
            bytes.Length
        );
        if (insert.ExecuteScalar() is long row)
        {
            using var blob = new SqliteBlob(connection, "blobs", "bytes", row);
            blob.Write(bytes.Span);
        }

        return hash;
    }
}
