using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Parquet;
using AimmsOrchestrator.Reports.Tables;
using Parquet;

namespace AimmsOrchestrator.Tests.Reports.Parquet;

/// <summary>Columns, types and groups of rows of a Parquet file.</summary>
public sealed class ParquetReportTests
{
    [Fact]
    public async Task Parquet_has_one_type_per_column_and_nulls()
    {
        RunRecord[] runs =
        [
            Given.Pending(0, """{"x":1}""") with
            {
                ResultsJson = """{"whole":1,"real":1,"mixed":1,"truth":true,"none":null}""",
            },
            Given.Pending(1, """{"x":null}""") with
            {
                ResultsJson = """{"real":"-Infinity","mixed":"a"}""",
            },
            Given.Pending(2, """{"x":3}""") with
            {
                ResultsJson = """{"whole":9007199254740993,"real":0.5,"mixed":[1]}""",
            },
        ];
        using var file = new MemoryStream();
        await ParquetReport.WriteAsync(
            file,
            new Columns(["x"], ["whole", "real", "mixed", "truth", "none"]),
            () => runs,
            CancellationToken.None
        );

        file.Position = 0;
        await using var reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true);
        using var group = reader.OpenRowGroupReader(0);
        var fields = reader.Schema.GetDataFields().ToDictionary(f => f.Name, StringComparer.Ordinal);
        Assert.Equal(typeof(bool), fields["truth"].ClrType);
        Assert.Equal(typeof(ReadOnlyMemory<char>), fields["none"].ClrType);
        Assert.Equal(typeof(DateTime), fields["startedAt"].ClrType);
        var whole = new long?[3];
        var real = new double?[3];
        await group.ReadAsync<long>(fields["whole"], whole);
        await group.ReadAsync<double>(fields["real"], real);
        Assert.Equal([1, null, 9007199254740993], whole);
        Assert.Equal([1, double.NegativeInfinity, 0.5], real);
    }

    [Fact]
    public async Task Parquet_of_a_running_batch_loses_no_value_that_arrives_meanwhile()
    {
        var walks = 0;
        using var file = new MemoryStream();
        await ParquetReport.WriteAsync(file, new Columns(["x"], ["y"]), Runs, CancellationToken.None);

        file.Position = 0;
        await using var reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true);
        using var group = reader.OpenRowGroupReader(0);
        var y = reader.Schema.GetDataFields().Single(field => field.Name == "y");
        Assert.Equal(typeof(ReadOnlyMemory<char>), y.ClrType);
        Assert.Equal(2, group.RowCount);

        IEnumerable<RunRecord> Runs()
        {
            yield return Given.Pending(0, """{"x":1}""") with
            {
                ResultsJson = """{"y":1}""",
            };
            if (walks++ > 0)
            {
                yield return Given.Pending(1, """{"x":2}""") with
                {
                    ResultsJson = """{"y":"none"}""",
                };
            }
        }
    }

    [Fact]
    public async Task Parquet_groups_stay_small_even_with_long_texts()
    {
        var text = new string('x', 1 << 20);
        using var file = new MemoryStream();
        await ParquetReport.WriteAsync(
            file,
            new Columns(["x"], []),
            () => Enumerable.Range(0, 40).Select(i => Given.Pending(i, $$"""{"x":"{{text}}{{i}}"}""")),
            CancellationToken.None
        );

        file.Position = 0;
        await using var reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true);
        Assert.InRange(reader.RowGroupCount, 2, 4);
    }
}
