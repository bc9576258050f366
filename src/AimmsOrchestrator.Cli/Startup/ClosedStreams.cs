using System.Globalization;

namespace AimmsOrchestrator.Cli.Startup;

/// <summary>
/// Standard streams that the program was started without, as <c>&gt;&amp;-</c> does. Their numbers then belong to files that
/// the runtime opens for itself; what is written to one of these can end the process.
/// </summary>
internal static class ClosedStreams
{
    private const int CloseOnExec = 0x80000;

    /// <summary>Whether there is no standard output.</summary>
    public static bool HasNoOutput { get; } = IsMissing(1);

    /// <summary>
    /// Makes what is written to a missing standard output fail, and drops what is written to a missing standard error; to be
    /// called before anything is written.
    /// </summary>
    public static void Replace()
    {
        if (HasNoOutput)
        {
            Console.SetOut(new MissingOutput());
        }

        if (IsMissing(2))
        {
            Console.SetError(TextWriter.Null);
        }
    }

    /// <summary>
    /// An inherited stream is never marked to be closed when a program is executed, for then it would not have been
    /// inherited; all that the runtime opens is. Only Linux shows the mark as a file.
    /// </summary>
    private static bool IsMissing(int descriptor)
    {
        const string Flags = "flags:";
        try
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{descriptor}");
            return OperatingSystem.IsLinux()
                && File.ReadLines(path).FirstOrDefault(line => line.StartsWith(Flags, StringComparison.Ordinal))
                    is { } line
                && (Convert.ToInt32(line[Flags.Length..].Trim(), 8) & CloseOnExec) != 0;
        }
        catch (Exception e) when (e is FileNotFoundException)
        {
            return Directory.Exists("/proc/self/fdinfo");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
