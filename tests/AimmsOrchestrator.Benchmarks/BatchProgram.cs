using System.Diagnostics;

namespace AimmsOrchestrator.Benchmarks;

/// <summary>The built program as a process.</summary>
internal static class BatchProgram
{
    public static Process Start(string folder, params string[] arguments) =>
        Process.Start(Describe(folder, arguments))!;

    public static ProcessStartInfo Describe(string folder, params string[] arguments) =>
        Describe(build: null, folder, arguments);

    /// <param name="build">The folder of the program; null for the one that was built with this.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">What it is given.</param>
    public static ProcessStartInfo Describe(string? build, string folder, params string[] arguments)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var repository = here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        build ??= Path.Combine(repository, "src", "AimmsOrchestrator.Cli", "bin", here.Parent!.Name, here.Name);
        var program = Path.Combine(build, "aimms-batch.dll");
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in arguments.Prepend(program))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["SOAK_KEY"] = "a-key-of-the-soak";
        return start;
    }
}
