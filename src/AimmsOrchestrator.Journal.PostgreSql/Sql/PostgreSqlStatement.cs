using AimmsOrchestrator.Journal.Sql;

namespace AimmsOrchestrator.Journal.PostgreSql.Sql;

/// <summary>A statement that each connection prepares by itself once it has run there twice.</summary>
internal sealed class PostgreSqlStatement(PostgreSqlDatabase database, string sql) : Statement
{
    /// <inheritdoc />
    public override void Run(params ReadOnlySpan<object?> values) => database.Execute(sql, values.ToArray());

    /// <inheritdoc />
    public override long? NumberOrNull(params ReadOnlySpan<object?> values)
    {
        Span<long> number = stackalloc long[1];
        var isThere = Read(number, values, out var isNull);
        return isThere && !isNull ? number[0] : null;
    }

    /// <inheritdoc />
    public override bool TryRead(Span<long> numbers, params ReadOnlySpan<object?> values) =>
        Read(numbers, values, out _);

    /// <inheritdoc />
    public override bool HasRow(params ReadOnlySpan<object?> values) => Read([], values, out _);

    public override void Dispose()
    {
        // The connection keeps it for the next one who asks the same.
    }

    private bool Read(Span<long> numbers, ReadOnlySpan<object?> values, out bool isNull)
    {
        isNull = false;
        using var rows = database.Open(sql, values);
        if (!rows.Read())
        {
            return false;
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            isNull |= !rows.TryNumber(i, out numbers[i]);
        }

        return true;
    }
}
