using System.Diagnostics;
using System.Globalization;

namespace AimmsOrchestrator.Benchmarks;

/// <summary>The built program as a process.</summary>
internal static class BatchProgram
{
    public static Process Start(string folder, params string[] arguments) =>
        Process.Start(Describe(folder, arguments))!;

    /// <summary>Starts it as another user of the machine, by number.</summary>
    public static Process StartAs(int user, string folder, params string[] arguments)
    {
        var start = Describe(folder, arguments);
        var name = user.ToString(CultureInfo.InvariantCulture);
        string[] prefix = [$"--reuid={name}", $"--regid={name}", "--clear-groups", start.FileName];
        var all = prefix.Concat(start.ArgumentList).ToList();
        start.FileName = "setpriv";
        start.ArgumentList.Clear();
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    public static ProcessStartInfo Describe(string folder, params string[] arguments)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var repository = here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        var program = Path.Combine(
            repository,
            "src",
            "AimmsOrchestrator.Cli",
            "bin",
            here.Parent!.Name,
            here.Name,
            "aimms-batch.dll"
        );
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
