using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace AimmsOrchestrator.Scenarios.Results;

/// <summary>
/// A response that is a Parquet file, as rows: one object per row by the names of its columns, the members of a structure as
/// <c>outer.inner</c>. Lists and maps are left out. Times are ISO 8601 texts, binary values Base64, and numbers that JSON does
/// not have are texts.
/// </summary>
internal static class ParquetResponse
{
    private static ParquetOptions Options { get; } = new() { UseDateOnlyTypeForDates = true };

    private static ReadOnlySpan<byte> Mark => "PAR1"u8;

    /// <summary>Whether a body begins and ends as a Parquet file does.</summary>
    public static bool IsParquet(ReadOnlySpan<byte> body) =>
        body.Length > 2 * Mark.Length && body.StartsWith(Mark) && body.EndsWith(Mark);

    /// <summary>Writes the member <c>rows</c>; false, and nothing, where the file cannot be read.</summary>
    /// <param name="writer">Stands within an object.</param>
    /// <param name="body">The file.</param>
    /// <param name="mostBytes">Rows of more bytes are left out.</param>
    // Its own frame: the library is loaded when the first file comes, and only then.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryWriteRows(Utf8JsonWriter writer, ReadOnlyMemory<byte> body, int mostBytes)
    {
        if (Read(body) is not { } groups)
        {
            return false;
        }

        var before = writer.BytesCommitted + writer.BytesPending;
        writer.WriteStartArray("rows");
        foreach (var group in groups)
        {
            for (
                var row = 0;
                row < group.Rows && writer.BytesCommitted + writer.BytesPending - before <= mostBytes;
                row++
            )
            {
                writer.WriteStartObject();
                foreach (var (name, cells) in group.Columns)
                {
                    writer.WritePropertyName(name);
                    ParquetCell.Write(writer, cells.GetValue(row));
                }

                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
        return true;
    }

    private static List<RowGroup>? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            var reading = ReadAsync(body);
#pragma warning disable VSTHRD002 // A stream in memory never waits: the task has ended.
            return reading.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }
#pragma warning disable CA1031 // A broken file throws any exception of its reader: it has no rows.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static async Task<List<RowGroup>> ReadAsync(ReadOnlyMemory<byte> body)
    {
        using var stream = MemoryMarshal.TryGetArray(body, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(body.ToArray(), writable: false);
        var reader = await ParquetReader.CreateAsync(stream, Options).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        var fields = reader.Schema.DataFields.Where(field => field.MaxRepetitionLevel == 0).ToList();
        var groups = new List<RowGroup>();
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            var columns = new List<(string, Array)>();
            foreach (var field in fields)
            {
                var cells = await ParquetCell.ReadAsync(group, field).ConfigureAwait(false);
                columns.Add((string.Join('.', field.Path.ToList()), cells));
            }

            groups.Add(new RowGroup(checked((int)group.RowCount), columns));
        }

        return groups;
    }

    private sealed record RowGroup(int Rows, List<(string Name, Array Cells)> Columns);
}
