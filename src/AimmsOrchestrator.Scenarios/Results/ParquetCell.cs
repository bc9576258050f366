using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace AimmsOrchestrator.Scenarios.Results;

/// <summary>Cells of Parquet files, by their column's type.</summary>
internal static class ParquetCell
{
    /// <summary>The column's cells within a group of rows; null where one is empty.</summary>
    /// <exception cref="NotSupportedException">The column has a type that JSON has no word for.</exception>
    public static async Task<Array> ReadAsync(ParquetRowGroupReader group, DataField field) =>
        field.ClrType switch
        {
            var type when type == typeof(ReadOnlyMemory<char>) || type == typeof(string) => await TextsAsync(
                    group,
                    field
                )
                .ConfigureAwait(false),
            var type when type == typeof(ReadOnlyMemory<byte>) || type == typeof(byte[]) => await BytesAsync(
                    group,
                    field
                )
                .ConfigureAwait(false),
            var type when type == typeof(bool) => await ValuesAsync<bool>(group, field).ConfigureAwait(false),
            var type when type == typeof(sbyte) => await ValuesAsync<sbyte>(group, field).ConfigureAwait(false),
            var type when type == typeof(byte) => await ValuesAsync<byte>(group, field).ConfigureAwait(false),
            var type when type == typeof(short) => await ValuesAsync<short>(group, field).ConfigureAwait(false),
            var type when type == typeof(ushort) => await ValuesAsync<ushort>(group, field).ConfigureAwait(false),
            var type when type == typeof(int) => await ValuesAsync<int>(group, field).ConfigureAwait(false),
            var type when type == typeof(uint) => await ValuesAsync<uint>(group, field).ConfigureAwait(false),
            var type when type == typeof(long) => await ValuesAsync<long>(group, field).ConfigureAwait(false),
            var type when type == typeof(ulong) => await ValuesAsync<ulong>(group, field).ConfigureAwait(false),
            var type when type == typeof(float) => await ValuesAsync<float>(group, field).ConfigureAwait(false),
            var type when type == typeof(double) => await ValuesAsync<double>(group, field).ConfigureAwait(false),
            var type when type == typeof(decimal) => await ValuesAsync<decimal>(group, field).ConfigureAwait(false),
            var type when type == typeof(BigInteger) => await ValuesAsync<BigInteger>(group, field)
                .ConfigureAwait(false),
            var type when type == typeof(DateTime) => Zoned(
                await ValuesAsync<DateTime>(group, field).ConfigureAwait(false),
                field
            ),
            var type when type == typeof(DateOnly) => await ValuesAsync<DateOnly>(group, field).ConfigureAwait(false),
            var type when type == typeof(TimeOnly) => await ValuesAsync<TimeOnly>(group, field).ConfigureAwait(false),
            var type when type == typeof(TimeSpan) => await ValuesAsync<TimeSpan>(group, field).ConfigureAwait(false),
            var type when type == typeof(Guid) => await ValuesAsync<Guid>(group, field).ConfigureAwait(false),
            var type => throw new NotSupportedException($"a column of {type.Name}"),
        };

    public static void Write(Utf8JsonWriter writer, object? cell)
    {
        switch (cell)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case double
            or float when Convert.ToDouble(cell, CultureInfo.InvariantCulture) is var real && !double.IsFinite(real):
                writer.WriteStringValue(real.ToString(CultureInfo.InvariantCulture));
                break;
            case byte[] bytes:
                writer.WriteBase64StringValue(bytes);
                break;
            case DateTime time:
                writer.WriteStringValue(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture));
                break;
            case DateOnly date:
                writer.WriteStringValue(date.ToString("O", CultureInfo.InvariantCulture));
                break;
            case string or Guid or TimeOnly or TimeSpan:
                writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{cell}"));
                break;
            default:
                writer.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"{cell}"));
                break;
        }
    }

    /// <summary>Times that their file does not call UTC are in no zone.</summary>
    private static Array Zoned(Array times, DataField field)
    {
        var kind = field is DateTimeDataField { IsAdjustedToUTC: true } ? DateTimeKind.Utc : DateTimeKind.Unspecified;
        return times is DateTime?[] cells
            ? Array.ConvertAll(cells, cell => cell is { } time ? DateTime.SpecifyKind(time, kind) : (DateTime?)null)
            : Array.ConvertAll((DateTime[])times, time => DateTime.SpecifyKind(time, kind));
    }

    private static async Task<Array> ValuesAsync<T>(ParquetRowGroupReader group, DataField field)
        where T : struct
    {
        if (!field.IsNullable)
        {
            var values = new T[group.RowCount];
            await group.ReadAsync(field, values.AsMemory()).ConfigureAwait(false);
            return values;
        }

        var cells = new T?[group.RowCount];
        await group.ReadAsync(field, cells.AsMemory()).ConfigureAwait(false);
        return cells;
    }

    private static async Task<Array> TextsAsync(ParquetRowGroupReader group, DataField field)
    {
        var texts = new string?[group.RowCount];
        await group.ReadAsync(field, texts.AsMemory()).ConfigureAwait(false);
        return texts;
    }

    private static async Task<Array> BytesAsync(ParquetRowGroupReader group, DataField field)
    {
        var values = new byte[]?[group.RowCount];
        await group.ReadAsync(field, values.AsMemory()).ConfigureAwait(false);
        return values;
    }
}
