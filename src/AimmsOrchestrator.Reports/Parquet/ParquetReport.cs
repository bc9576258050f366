using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Tables;
using Parquet;
using Parquet.Schema;

namespace AimmsOrchestrator.Reports.Parquet;

/// <summary>
/// One row per run as Apache Parquet: the columns of CSV, and when each run began and ended. Every column except the index
/// is nullable. The values decide the types of parameters and results, so the runs are walked twice. Rows are written in
/// groups, so that memory does not grow with the runs.
/// </summary>
public static class ParquetReport
{
    /// <summary>Writes every run; the stream must be seekable, and stays open.</summary>
    public static async Task WriteAsync(
        Stream output,
        Columns columns,
        Func<IEnumerable<RunRecord>> runs,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(runs);
        var kinds = new ColumnKind[TypedRow.Headers(columns).Count];
        foreach (var run in runs())
        {
            Widen(kinds, TypedRow.Cells(columns, run));
        }

        var start = output.Position;
        while (!await TryWriteAsync(output, columns, runs(), kinds, cancellation).ConfigureAwait(false))
        {
            // The batch is running, and a new run has a value of another kind.
            output.SetLength(start);
            output.Position = start;
        }
    }

    /// <summary>
    /// Writes the runs with the types seen so far. False if a run has a value that these types cannot hold; the kinds then
    /// include it.
    /// </summary>
    private static async Task<bool> TryWriteAsync(
        Stream output,
        Columns columns,
        IEnumerable<RunRecord> runs,
        ColumnKind[] kinds,
        CancellationToken cancellation
    )
    {
        var headers = TypedRow.Headers(columns);
        // Columns of the program itself have a fixed type, even if they are empty.
        List<ParquetColumn> fields =
        [
            .. headers.Select((name, i) => ParquetColumn.Of(name, ColumnKinds.Known.GetValueOrDefault(name, kinds[i]))),
        ];
        var writer = await ParquetWriter
            .CreateAsync(
                new ParquetSchema(fields.Select(field => field.Field)),
                output,
                new ParquetOptions { CompressionLevel = System.IO.Compression.CompressionLevel.Fastest },
                cancellationToken: cancellation
            )
            .ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            foreach (var group in RowGroups.Of(runs.Select(run => TypedRow.Cells(columns, run))))
            {
                cancellation.ThrowIfCancellationRequested();
                if (group.Aggregate(seed: false, (isNew, cells) => Widen(kinds, cells) || isNew))
                {
                    return false;
                }

                using var rows = writer.CreateRowGroup();
                for (var i = 0; i < fields.Count; i++)
                {
                    await fields[i].WriteAsync(rows, group, i, cancellation).ConfigureAwait(false);
                }

                rows.CompleteValidate();
            }
        }

        return true;
    }

    /// <summary>Adds the kinds of the cells; true if any was new.</summary>
    private static bool Widen(ColumnKind[] kinds, object?[] cells)
    {
        var isNew = false;
        for (var i = 0; i < cells.Length; i++)
        {
            var kind = kinds[i] | ColumnKinds.Of(cells[i]);
            isNew |= kind != kinds[i];
            kinds[i] = kind;
        }

        return isNew;
    }
}
