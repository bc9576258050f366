using System.Diagnostics;
using System.Reflection;

namespace AimmsOrchestrator.EndToEnd.Tests.Testing;

/// <summary>What the program did.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The built program, started as a process in a folder of its own, as a person would.</summary>
internal sealed class ProgramFolder : IDisposable
{
    /// <summary>
    /// What gives a program Ctrl-C back where these tests run as a script's background job, whose programs are started
    /// deaf to it; nothing where the system's <c>env</c> is not coreutils'.
    /// </summary>
    private static readonly string[] Hearing = HasHearing() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];

    public ProgramFolder() => Path = Directory.CreateTempSubdirectory("aimms-batch-").FullName;

    /// <summary>The current folder of the program; the workspace is made in it.</summary>
    public string Path { get; }

    /// <summary>Environment variables for the program, beyond this process's own.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>
    /// The journal's write at which the program stands still, such as <c>before:submitted:3</c>, until it is killed; the file
    /// <c>halted</c> in the workspace appears then. Null: nowhere.
    /// </summary>
    public string? HaltAt { get; set; }

    /// <summary>The program's own file, which <c>dotnet</c> runs.</summary>
    public string Program => ProgramFile();

    /// <summary>The repository that these tests were built from.</summary>
    public static string Repository { get; } = FindRepository();

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, string text) => System.IO.File.WriteAllText(File(name), text);

    public Process Start(params string[] arguments) => StartCommand([.. Hearing, ProgramFile(), .. arguments]);

    /// <summary>Runs it by the system's shell, with a redirection such as <c>&gt; /dev/full</c>.</summary>
    public Task<ProgramResult> RunInShellAsync(string redirection, params string[] arguments) =>
        RunByShellAsync($"exec \"$0\" \"$@\" {redirection}", arguments);

    /// <summary>Runs it by the system's shell, with a limit on the number of open files.</summary>
    public Task<ProgramResult> RunWithFilesAsync(int most, params string[] arguments) =>
        RunByShellAsync($"ulimit -n {most}; exec \"$0\" \"$@\"", arguments);

    private async Task<ProgramResult> RunByShellAsync(string script, string[] arguments)
    {
        using var process = StartCommand(["sh", "-c", script, .. Hearing, ProgramFile(), .. arguments]);
        return await EndOfAsync(process);
    }

    private Process StartCommand(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0])
        {
            UseShellExecute = false,
            WorkingDirectory = Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        if (HaltAt is not null)
        {
            start.Environment["AIMMS_BATCH_HALT"] = HaltAt;
        }

        return Process.Start(start)!;
    }

    public async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await EndOfAsync(process);
    }

    /// <summary>Runs it, and it must end with this exit code: else the test fails with what it printed.</summary>
    public async Task EndsAsync(int exitCode, params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(
            result.ExitCode == exitCode,
            $"`{string.Join(' ', arguments)}` ended with {result.ExitCode}: {result.Output}\n{result.Errors}"
        );
    }

    /// <summary>What a started program did, once it has ended.</summary>
    public static async Task<ProgramResult> EndOfAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(Waiting.Patience);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The program did not end: {await output}\n{await errors}", e);
        }

        return new ProgramResult(process.ExitCode, await output, await errors);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static bool HasHearing()
    {
        try
        {
            var start = new ProcessStartInfo("env", ["--default-signal=INT", "true"])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            };
            using var trial = Process.Start(start)!;
            trial.WaitForExit();
            return trial.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private string ProgramFile()
    {
        // bin/<configuration>/net10.0 of this project and of the program's are alike.
        var here = new DirectoryInfo(System.IO.Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        var output = System.IO.Path.Combine("bin", here.Parent!.Name, here.Name);
        return HaltAt is null
            ? System.IO.Path.Combine(Repository, "src", "AimmsOrchestrator.Cli", output, "aimms-batch.dll")
            : System.IO.Path.Combine(
                Repository,
                "tests",
                "AimmsOrchestrator.CrashHost",
                output,
                "AimmsOrchestrator.CrashHost.dll"
            );
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "AimmsOrchestrator.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests do not lie in the repository.");
        }

        return folder.FullName;
    }
}
