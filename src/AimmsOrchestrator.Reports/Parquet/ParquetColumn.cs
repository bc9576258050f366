using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace AimmsOrchestrator.Reports.Parquet;

/// <summary>A column and its type.</summary>
internal abstract class ParquetColumn(DataField definition)
{
    public DataField Field { get; } = definition;

    /// <summary>
    /// A column of one type: double if whole and other numbers are mixed, text for any other mixture and for an empty column.
    /// </summary>
    public static ParquetColumn Of(string name, ColumnKind kind) =>
        kind switch
        {
            ColumnKind.Whole or ColumnKind.Long or (ColumnKind.Whole | ColumnKind.Long) => new Values<long>(
                new DataField<long?>(name),
                cell => cell as long?
            ),
            ColumnKind.Real or (ColumnKind.Real | ColumnKind.Whole) => new Values<double>(
                new DataField<double?>(name),
                Real
            ),
            ColumnKind.Truth => new Values<bool>(new DataField<bool?>(name), cell => cell as bool?),
            ColumnKind.Time => new Values<DateTime>(
                new DateTimeDataField(name, DateTimeFormat.DateAndTimeMicros, isAdjustedToUTC: true, isNullable: true),
                cell => cell as DateTime?
            ),
            _ => new Texts(new DataField<string>(name)),
        };

    /// <summary>Writes one column of a group of rows.</summary>
    public abstract ValueTask WriteAsync(
        ParquetRowGroupWriter rows,
        object?[][] group,
        int column,
        CancellationToken cancellation
    );

    private static double? Real(object? cell) =>
        cell switch
        {
            long whole => whole,
            double real => real,
            string text => ColumnKinds.NotFinite(text),
            _ => null,
        };

    private sealed class Values<T>(DataField definition, Func<object?, T?> value) : ParquetColumn(definition)
        where T : struct
    {
        public override async ValueTask WriteAsync(
            ParquetRowGroupWriter rows,
            object?[][] group,
            int column,
            CancellationToken cancellation
        ) =>
            await rows.WriteAsync<T>(
                    Field,
                    new ReadOnlyMemory<T?>(Array.ConvertAll(group, cells => value(cells[column]))),
                    cancellationToken: cancellation
                )
                .ConfigureAwait(false);
    }

    private sealed class Texts(DataField definition) : ParquetColumn(definition)
    {
        public override async ValueTask WriteAsync(
            ParquetRowGroupWriter rows,
            object?[][] group,
            int column,
            CancellationToken cancellation
        ) => await rows.WriteAsync(Field, Array.ConvertAll(group, cells => Text(cells[column]))!).ConfigureAwait(false);

        private static string? Text(object? cell) =>
            cell switch
            {
                null => null,
                bool truth => truth ? "true" : "false",
                _ => Convert.ToString(cell, CultureInfo.InvariantCulture),
            };
    }
}
