using System.Diagnostics;

namespace AimmsOrchestrator.Benchmarks.Peers;

/// <summary>A program that takes a batch to its end.</summary>
/// <param name="Name">What a person calls it.</param>
/// <param name="File">What a user writes for it, in the folder <c>scripts</c>.</param>
/// <param name="Packages">Where the tools that it needs come from.</param>
internal sealed record Peer(string Name, string File, string Packages)
{
    public static IReadOnlyList<Peer> All { get; } =
    [
        new("aimms-batch", "aimms-batch.yaml", ""),
        new("asyncio, aiohttp", "asyncio-aiohttp.py", "python3-aiohttp"),
        new("16 threads, requests", "threads.py", "python3-requests"),
        new("parallel, curl", "parallel-curl.sh", "parallel curl"),
        new("the vendor's loop", "vendor-loop.py", "python3-requests"),
    ];

    /// <summary>A version manager's own often lacks the libraries that the system's has.</summary>
    private static readonly string[] Interpreters = ["python3", "/usr/bin/python3"];

    private static string Scripts => Path.Combine(AppContext.BaseDirectory, "Peers", "scripts");

    /// <summary>Lines that are not blank.</summary>
    public int Lines => System.IO.File.ReadLines(Path.Combine(Scripts, File)).Count(line => line.Trim().Length > 0);

    /// <summary>Starts it in a folder with the inputs; null where a tool that it needs is missing.</summary>
    public Process? Start(string folder, Uri service)
    {
        var script = Path.Combine(folder, File);
        System.IO.File.Copy(Path.Combine(Scripts, File), script);
        var program = Path.GetExtension(File) switch
        {
            ".yaml" => BatchProgram.Describe(folder, ["run", File]),
            ".sh" => Has("parallel", "--version") && Has("curl", "--version") ? Describe(folder, "bash", script) : null,
            _ => Python() is { } python ? Describe(folder, python, script) : null,
        };
        if (program is not null)
        {
            program.Environment["SERVICE_URL"] = service.AbsoluteUri.TrimEnd('/');
        }

        return program is null ? null : Process.Start(program);
    }

    /// <summary>The interpreter that has the library.</summary>
    private string? Python() =>
        Interpreters.FirstOrDefault(python => Has(python, "-c", $"import {Packages["python3-".Length..]}"));

    private static bool Has(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(Describe(Path.GetTempPath(), program, arguments))!;
            _ = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static ProcessStartInfo Describe(string folder, string program, params string[] arguments) =>
        new(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
}
