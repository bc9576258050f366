using System.Net;
using System.Net.Sockets;
using AimmsOrchestrator.EndToEnd.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.EndToEnd.Tests;

/// <summary>Bad input gets one line, with the right exit code, and no stack trace.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Echo = """
        name: echo
        service: { url: "URL", name: echo }
        request: { json: { a: 1 } }
        retry: { attempts: 2, first: 10ms, max: 10ms }
        poll: { every: 20ms }
        """;

    private readonly ProgramFolder _folder = new();

    [Theory]
    [InlineData("run")]
    [InlineData("run", "missing.yaml")]
    [InlineData("runn", "missing.yaml")]
    [InlineData("plan", "missing.yaml", "--limt", "3")]
    [InlineData("status")]
    [InlineData("status", "--workspace", "")]
    [InlineData("report", "nothing-1")]
    [InlineData("report", "--format", "docx")]
    [InlineData("emulator", "--port", "70000")]
    [InlineData("emulator", "--parallel-after", "30=0")]
    [InlineData("emulator", "--fault-5xx", "2")]
    [InlineData("emulator", "--fault-5xx", "x")]
    [InlineData("diff", "a", "b", "--tolerance", "1%")]
    public async Task A_wrong_command_line_is_exit_2(params string[] arguments)
    {
        var result = await _folder.RunAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.NotEmpty(result.Errors);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("--junit", "no/such/folder.xml", "--junit: ")]
    [InlineData("--limit", "1", "report.output: ")]
    public async Task An_unwritable_output_is_reported_before_anything_is_sent(string option, string value, string told)
    {
        _folder.Write("taken", "");
        _folder.Write(
            "a.yaml",
            "name: a\nservice: { url: emulator, name: echo }\nrequest: { json: 1 }\nreport: { formats: [csv], output: taken }"
        );

        var result = await _folder.RunAsync("run", "a.yaml", option, value);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(told, result.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File(".aimms-batch")));
    }

    [Fact]
    public async Task Every_error_of_a_scenario_is_reported_with_its_location()
    {
        _folder.Write(
            "typo.yaml",
            "name: typo\nservice: { url: emulator, nam: echo }\nsweeep: {}\nrequest: { json: {} }\n"
        );
        var result = await _folder.RunAsync("run", "typo.yaml");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("typo.yaml:2:27: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("typo.yaml:3:1: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("sweep", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_exit_4()
    {
        using var silent = new SilentPort();
        _folder.Write("echo.yaml", Echo.Replace("URL", silent.Address, StringComparison.Ordinal));
        var result = await _folder.RunAsync("run", "echo.yaml");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("nothing listens", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_name_that_is_wrong_is_exit_4()
    {
        _folder.Write(
            "echo.yaml",
            Echo.Replace("URL", "emulator", StringComparison.Ordinal)
                .Replace("name: echo }", "name: ekko }", StringComparison.Ordinal)
        );
        var result = await _folder.RunAsync("run", "echo.yaml");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("ekko", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var result = await _folder.RunAsync("emulator", "--port", $"{port}");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal($"port {port} is taken by another program\n", result.Errors);
    }

    [Fact]
    public async Task A_workspace_that_cannot_be_written_is_one_line()
    {
        _folder.Write("file", "not a folder");
        _folder.Write("echo.yaml", Echo.Replace("URL", "emulator", StringComparison.Ordinal));
        var result = await _folder.RunAsync("run", "echo.yaml", "--workspace", "file/inside");

        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.Errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_workspace_of_a_newer_version_is_left_alone()
    {
        _folder.Write("echo.yaml", Echo.Replace("URL", "emulator", StringComparison.Ordinal));
        Assert.Equal(0, (await _folder.RunAsync("run", "echo.yaml")).ExitCode);
        using (
            var connection = new SqliteConnection(
                $"Data Source={_folder.File(".aimms-batch/batches.db")};Pooling=False"
            )
        )
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            await command.ExecuteNonQueryAsync();
        }

        var result = await _folder.RunAsync("run", "echo.yaml");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("newer", result.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await _folder.RunAsync("status")).ExitCode);
    }

    public void Dispose() => _folder.Dispose();
}
