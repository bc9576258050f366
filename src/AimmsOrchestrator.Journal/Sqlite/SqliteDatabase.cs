using System.Security.Cryptography;
using AimmsOrchestrator.Journal.Sql;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Sqlite;

/// <summary>A database in a file, open for reading or writing; what goes wrong says which file it is. For one thread at a time.</summary>
/// <param name="connection">Open; closed with it.</param>
/// <param name="file">The database's file.</param>
internal sealed class SqliteDatabase(SqliteConnection connection, string file) : Database
{
    /// <inheritdoc />
    public override Dialect Dialect => SqliteDialect.Instance;

    /// <inheritdoc />
    public override Statement Prepare(string sql) => new SqliteStatement(connection, sql);

    /// <inheritdoc />
    public override int Execute(string sql, params object?[] values)
    {
        using var command = connection.Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <inheritdoc />
    public override RowReader Query(string sql, params object?[] values) =>
        new SqliteRowReader(connection.Command(sql, values));

    /// <inheritdoc />
    public override T Guard<T>(Func<T> action) => SqliteErrors.Guard(file, action);

    /// <inheritdoc />
    public override T InTransaction<T>(Func<T> action) =>
        Guard(() =>
        {
            connection.Execute("BEGIN IMMEDIATE");
            try
            {
                var result = action();
                connection.Execute("COMMIT");
                return result;
            }
            catch
            {
                connection.RollBack();
                throw;
            }
        });

    /// <inheritdoc />
    public override byte[] Keep(ReadOnlyMemory<byte> bytes)
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

    /// <inheritdoc />
    public override bool CopyResponse(long response, Stream output)
    {
        using var blob = Guard(() => new SqliteBlob(connection, "responses", "body", response, readOnly: true));
        blob.CopyTo(output);
        return true;
    }

    /// <inheritdoc />
    public override void Compact() =>
        Guard(() =>
        {
            connection.Execute("VACUUM");
            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            return true;
        });

    public override void Dispose() => connection.Dispose();

    private sealed class SqliteRowReader : RowReader
    {
        private readonly SqliteCommand _command;
        private readonly SqliteDataReader _reader;

        public SqliteRowReader(SqliteCommand command)
        {
            _command = command;
            _reader = command.ExecuteReader();
            Row = new SqliteRow(_reader);
        }

        public override Row Row { get; }

        public override bool Read() => _reader.Read();

        public override void Dispose()
        {
            _reader.Dispose();
            _command.Dispose();
        }
    }
}
