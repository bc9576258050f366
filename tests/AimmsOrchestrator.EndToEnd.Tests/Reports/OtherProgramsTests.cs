using System.Diagnostics;
using AimmsOrchestrator.EndToEnd.Tests.Testing;
using DuckDB.NET.Data;

namespace AimmsOrchestrator.EndToEnd.Tests.Reports;

/// <summary>Reports as other programs open them: the types that cells have there, and nothing lost on the way.</summary>
public sealed class OtherProgramsTests : IDisposable
{
    private const string LibreOffice = "/usr/bin/soffice";

    /// <summary>Texts that a spreadsheet might take for formulas, letters of many scripts, and cells that stay empty.</summary>
    private const string Mixed = """
        name: mixed
        service: { url: emulator, name: echo }
        sweep: { matrix: { text: ["=1+1", "Köln 漢字 😀", "@x", "-1+1"] } }
        request: { json: { text: "${{ text }}", half: 0.5, whole: 7 } }
        poll: { every: 20ms }
        results:
          echoed: response.text
          half: response.half
          whole: response.whole
          truth: response.half < 1
          infinite: 1 / 0
          empty: response.missing
        """;

    private readonly ProgramFolder _folder = new();

    [FactWith(LibreOffice, "libreoffice-calc-nogui")]
    public async Task LibreOffice_opens_the_workbook_with_texts_as_texts_and_numbers_as_numbers()
    {
        await ReportAsync("mixed.xlsx");
        await ConvertAsync("mixed.xlsx");

        // Texts in quotation marks, numbers, truths and dates without.
        var runs = await File.ReadAllLinesAsync(_folder.File("mixed-runs.csv"));
        Assert.StartsWith(
            "\"index\",\"name\",\"text\",\"state\",\"echoed\",\"half\",\"whole\",\"truth\",\"infinite\",\"empty\"",
            runs[0],
            StringComparison.Ordinal
        );
        Assert.Equal(5, runs.Length);
        string[] texts = ["=1+1", "Köln 漢字 😀", "@x", "-1+1"];
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.StartsWith(
                $"{i},\"text={texts[i]}\",\"{texts[i]}\",\"completed\",\"{texts[i]}\",0.5,7,TRUE,\"Infinity\",,",
                runs[i + 1],
                StringComparison.Ordinal
            );
            Assert.Matches(",20[0-9]{2}-[0-9-]+ [0-9:.]+,", runs[i + 1]);
        }

        var scenario = await File.ReadAllTextAsync(_folder.File("mixed-scenario.csv"));
        Assert.Contains("\"  echoed: response.text\"", scenario, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DuckDB_opens_the_Parquet_file_with_the_types_of_its_columns()
    {
        await ReportAsync("mixed.parquet");
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync();
        var file = _folder.File("mixed.parquet");

        var types = await RowsAsync(
            connection,
            $"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '{file}')"
        );
        string[] expected =
        [
            "index BIGINT",
            "text VARCHAR",
            "half DOUBLE",
            "whole BIGINT",
            "truth BOOLEAN",
            "infinite DOUBLE",
            "queueTime DOUBLE",
        ];
        Assert.Equal(expected, expected.Intersect(types, StringComparer.Ordinal));
        Assert.Equal(
            ["=1+1 =1+1", "Köln 漢字 😀 Köln 漢字 😀", "@x @x", "-1+1 -1+1"],
            await RowsAsync(connection, $"SELECT text, echoed FROM '{file}' ORDER BY index")
        );
        Assert.Equal(
            ["4 2 28 true true 0"],
            await RowsAsync(
                connection,
                $"SELECT count(*), sum(half), sum(whole)::BIGINT, bool_and(truth), bool_and(isinf(infinite)), count(empty) FROM '{file}'"
            )
        );
    }

    [Theory]
    [InlineData("freight.parquet")]
    [InlineData("freight.csv")]
    public async Task The_front_pages_SQL_runs_over_a_report(string file)
    {
        _folder.Write(
            "freight.yaml",
            """
            name: freight
            service: { url: emulator, name: echo }
            sweep: { matrix: { freight: [90, 80], growth: [1, 2] } }
            request: { json: { cost: "${{ freight * growth }}" } }
            results: { cost: response.cost }
            """
        );
        Assert.Equal(0, (await _folder.RunAsync("run", "freight.yaml")).ExitCode);
        Assert.Equal(0, (await _folder.RunAsync("report", "--output", file)).ExitCode);
        var page = await File.ReadAllTextAsync(Path.Combine(ProgramFolder.Repository, "README.md"));
        var sql = page.Split("```sql\n")[1].Split("\n```")[0];
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync();

        // The means of 80 and 160, and of 90 and 180.
        Assert.Equal(
            ["80 120", "90 135"],
            await RowsAsync(connection, sql.Replace("freight.parquet", _folder.File(file), StringComparison.Ordinal))
        );
    }

    public void Dispose() => _folder.Dispose();

    private async Task ReportAsync(string file)
    {
        _folder.Write("mixed.yaml", Mixed);
        var run = await _folder.RunAsync("run", "mixed.yaml");
        Assert.True(run.ExitCode == 0, run.Errors);
        var report = await _folder.RunAsync("report", "--output", file);
        Assert.True(report.ExitCode == 0, report.Errors);
    }

    /// <summary>Every sheet as CSV in UTF-8, texts in quotation marks, numbers as they are shown.</summary>
    private async Task ConvertAsync(string workbook)
    {
        var start = new ProcessStartInfo(LibreOffice)
        {
            WorkingDirectory = Path.GetDirectoryName(_folder.File(workbook))!,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        string[] arguments =
        [
            $"-env:UserInstallation={new Uri(_folder.File("profile"))}",
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1",
            workbook,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
    }

    private static async Task<List<string>> RowsAsync(DuckDBConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            var cells = Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue);
            rows.Add(string.Join(' ', cells.Select(cell => cell is bool truth ? (truth ? "true" : "false") : cell)));
        }

        return rows;
    }
}
