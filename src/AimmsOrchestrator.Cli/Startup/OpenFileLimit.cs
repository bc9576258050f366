using System.Globalization;

namespace AimmsOrchestrator.Cli.Startup;

/// <summary>
/// How many files the process may have open. The runtime keeps two open per assembly, some 250 in a run with the built-in
/// emulator; with fewer, what fails is the loading of some assembly in the middle of a batch.
/// </summary>
internal static class OpenFileLimit
{
    /// <summary>The fewest with which every command works.</summary>
    public const int Least = 512;

    /// <summary>Why the program cannot work here; null where it can. Only Linux shows the limit as a file.</summary>
    public static string? Problem()
    {
        try
        {
            return OperatingSystem.IsLinux() ? Problem(File.ReadLines("/proc/self/limits")) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <param name="limits">The lines of <c>/proc/self/limits</c>; the runtime has raised the first number to the second.</param>
    public static string? Problem(IEnumerable<string> limits)
    {
        const string Name = "Max open files";
        var words = limits
            .FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal))
            ?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
            words is [var soft, ..]
            && int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
            && most < Least
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"this process may have {most} files open at once and needs {Least}: raise the limit, as in `ulimit -n 1024`"
            )
            : null;
    }
}
