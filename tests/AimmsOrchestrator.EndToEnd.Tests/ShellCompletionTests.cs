using System.Diagnostics;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests;

/// <summary>Completion in real shells on a terminal: words are typed up to a tab, and the shell runs what became of them.</summary>
public sealed class ShellCompletionTests : IDisposable
{
    private const string PowerShell = "~/.dotnet/tools/pwsh";

    private readonly ProgramFolder _folder = new();

    [FactWith("/bin/bash", "bash")]
    public async Task Bash_completes_batches_formats_scenarios_and_profiles()
    {
        await PrepareAsync();

        var output = await TypeAsync(
            "bash --norc --noprofile -i",
            $"""
            eval "$(dotnet {_folder.Program} completion bash)"

            """
        );

        AssertCompleted(output);
    }

    [FactWith("/usr/bin/zsh", "zsh")]
    public async Task Zsh_completes_batches_formats_scenarios_and_profiles()
    {
        await PrepareAsync();

        var output = await TypeAsync(
            "zsh -f -i",
            $"""
            autoload -Uz compinit; compinit -D -u
            eval "$(dotnet {_folder.Program} completion zsh)"

            """
        );

        AssertCompleted(output);
    }

    /// <summary>Asked by the function that PowerShell calls at a tab: its editor wants a terminal that answers it.</summary>
    [FactWith(PowerShell, "PowerShell")]
    public async Task PowerShell_completes_batches_formats_scenarios_and_profiles()
    {
        await PrepareAsync();
        _folder.Write(
            "complete.ps1",
            $$"""
            dotnet '{{_folder.Program}}' completion pwsh | Out-String | Invoke-Expression
            foreach ($typed in 'aimms-batch rep', 'aimms-batch report grid-', 'aimms-batch report grid-1 --format js',
                'aimms-batch plan gr', 'aimms-batch services a') {
                $found = (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText -join ' '
                "$typed -> $found"
            }
            """
        );

        var output = await OutputAsync(
            new ProcessStartInfo(FactWithAttribute.PathOf(PowerShell), ["-NoProfile", "-File", "complete.ps1"]),
            input: ""
        );

        Assert.Equal(
            [
                "aimms-batch rep -> report",
                "aimms-batch report grid- -> grid-1",
                "aimms-batch report grid-1 --format js -> jsonl",
                "aimms-batch plan gr -> grid.yaml",
                "aimms-batch services a -> acme",
            ],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );
    }

    [Theory]
    [InlineData("bash", "complete -o default")]
    [InlineData("zsh", "compdef _aimms_batch aimms-batch")]
    [InlineData("fish", "complete -c aimms-batch")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName aimms-batch")]
    public async Task Every_shell_has_a_script(string shell, string line) =>
        Assert.Contains(line, (await _folder.RunAsync("completion", shell)).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Another_shell_is_refused_in_one_line()
    {
        var result = await _folder.RunAsync("completion", "zhs");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(
            "\"zhs\" is none of bash, zsh, fish, pwsh; did you mean \"zsh\"?",
            result.Errors,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A batch, a scenario, a profile, and the program's name on the path: it says what it was called with.</summary>
    private async Task PrepareAsync()
    {
        _folder.Write("grid.yaml", "service: { url: emulator, name: echo }\nrequest: { json: 1 }");
        _folder.Write("services.yaml", "acme: { url: emulator }");
        Directory.CreateDirectory(_folder.File("bin"));
        _folder.Write(
            "bin/aimms-batch",
            $"#!/bin/sh\n[ \"$1\" = complete ] && exec dotnet '{_folder.Program}' \"$@\"\necho \"RAN: $*\"\n"
        );
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.File("bin/aimms-batch"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Assert.Equal(0, (await _folder.RunAsync("run", "grid.yaml")).ExitCode);
    }

    private static void AssertCompleted(string output)
    {
        Assert.Contains("RAN: report grid-1 --format jsonl\r\n", output, StringComparison.Ordinal);
        Assert.Contains("RAN: plan grid.yaml\r\n", output, StringComparison.Ordinal);
        Assert.Contains("RAN: services acme\r\n", output, StringComparison.Ordinal);
    }

    /// <summary>What the terminal showed.</summary>
    private async Task<string> TypeAsync(string shell, string start)
    {
        const string Typed = """
            aimms-batch rep{TAB}grid-{TAB}--format js{TAB}
            aimms-batch plan gr{TAB}
            aimms-batch services a{TAB}
            exit

            """;
        var script = new ProcessStartInfo("script", ["-qec", shell, "/dev/null"]);
        return await OutputAsync(script, start + Typed.Replace("{TAB}", "\t", StringComparison.Ordinal));
    }

    /// <summary>What a shell wrote that finds the program by its name.</summary>
    private async Task<string> OutputAsync(ProcessStartInfo shell, string input)
    {
        shell.UseShellExecute = false;
        shell.WorkingDirectory = _folder.Path;
        shell.RedirectStandardInput = true;
        shell.RedirectStandardOutput = true;
        shell.Environment["PATH"] = $"{_folder.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        shell.Environment["TERM"] = "xterm";
        using var process = Process.Start(shell)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Waiting.Patience);
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return output;
    }
}
