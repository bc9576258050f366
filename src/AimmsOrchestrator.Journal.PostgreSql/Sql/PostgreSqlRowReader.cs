using AimmsOrchestrator.Journal.Sql;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Sql;

/// <summary>Reads rows while the server sends them: memory does not grow with their number.</summary>
internal sealed class PostgreSqlRowReader : RowReader
{
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlConnection? _own;
    private readonly NpgsqlDataReader _reader;
    private readonly PostgreSqlRow _row;
    private bool _isAtEnd;

    /// <param name="command">The query.</param>
    /// <param name="own">The connection, where it is closed with the reader.</param>
    public PostgreSqlRowReader(NpgsqlCommand command, NpgsqlConnection? own)
    {
        (_command, _own) = (command, own);
        _reader = command.ExecuteReader();
        _row = new PostgreSqlRow(_reader);
    }

    /// <inheritdoc />
    public override Row Row => _row;

    /// <summary>A whole number of the current row by its place; false, and 0, where it is NULL.</summary>
    public bool TryNumber(int at, out long number) => _row.TryNumber(at, out number);

    /// <inheritdoc />
    public override bool Read() => !_isAtEnd && !(_isAtEnd = !_reader.Read());

    public override void Dispose()
    {
        try
        {
            if (Read())
            {
                // There is more, and all of it would be read otherwise.
                _command.Cancel();
            }

            _reader.Dispose();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            // As asked.
        }

        _command.Dispose();
        _own?.Dispose();
    }
}
