using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Tables;
using Parquet;
using Parquet.Schema;

namespace AimmsOrchestrator.Reports.Parquet;

/// <summary>
/// One row a run as Apache Parquet: the columns of CSV, and when each run began and ended. Every column but the index may
/// be empty; what the runs hold decides the types of parameters and results, so the runs are walked twice. Written in groups of
/// 10,000 rows, so that memory does not grow with the runs.
/// </summary>
public static class ParquetReport
{
    private const int RowsInGroup = 10_000;

    /// <summary>Writes all of it; the stream, which must be able to seek, stays open.</summary>
    public static async Task WriteAsync(
        Stream output,
        Columns columns,
        Func<IEnumerable<RunRecord>> runs,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(runs);
        var fields = Fields(columns, runs());
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
            foreach (var group in runs().Select(run => TypedRow.Cells(columns, run)).Chunk(RowsInGroup))
            {
                cancellation.ThrowIfCancellationRequested();
                using var rows = writer.CreateRowGroup();
                for (var i = 0; i < fields.Count; i++)
                {
                    await fields[i].WriteAsync(rows, group, i, cancellation).ConfigureAwait(false);
                }

                rows.CompleteValidate();
            }
        }
    }

    private static List<ParquetColumn> Fields(Columns columns, IEnumerable<RunRecord> runs)
    {
        var headers = TypedRow.Headers(columns);
        var kinds = new ColumnKind[headers.Count];
        foreach (var run in runs)
        {
            var cells = TypedRow.Cells(columns, run);
            for (var i = 0; i < cells.Length; i++)
            {
                kinds[i] |= ColumnKinds.Of(cells[i]);
            }
        }

        // What the program itself writes has one type, also where no run has any.
        var fixedKinds = ColumnKinds.Known;
        return [.. headers.Select((name, i) => ParquetColumn.Of(name, fixedKinds.GetValueOrDefault(name, kinds[i])))];
    }
}
