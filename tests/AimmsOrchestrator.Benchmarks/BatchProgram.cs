using System.Diagnostics;

namespace AimmsOrchestrator.Benchmarks;

/// <summary>The built program as a process.</summary>
internal static class BatchProgram
{
    private static readonly DirectoryInfo Here = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>The folder of the repository that this was built in.</summary>
    public static string Repository { get; } = Here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public static Process Start(string folder, params string[] arguments) =>
        Process.Start(Describe(folder, arguments))!;

    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="build">The folder of the program; null for the one that was built with this.</param>
    public static ProcessStartInfo Describe(string folder, string[] arguments, string? build = null)
    {
        var program = build is null ? null : Path.Combine(build, "aimms-batch");
        var start = new ProcessStartInfo(program ?? "dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        if (program is null)
        {
            start.ArgumentList.Add(
                Path.Combine(
                    Repository,
                    "src",
                    "AimmsOrchestrator.Cli",
                    "bin",
                    Here.Parent!.Name,
                    Here.Name,
                    "aimms-batch.dll"
                )
            );
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["SOAK_KEY"] = "a-key-of-the-soak";
        return start;
    }
}
