namespace AimmsOrchestrator.Scenarios;

/// <summary>
/// The folders where a Unix kernel shows processes and devices as files: <c>/proc/self/environ</c> is this program's
/// environment, with its keys, and would be sent to a service and stored in the workspace.
/// </summary>
internal static class KernelFiles
{
    private static readonly string[] Folders = ["/proc/", "/sys/", "/dev/fd/"];

    /// <summary>Whether a path lies in one of them, also by a link or through folders that are links.</summary>
    public static bool Contain(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        try
        {
            return Folders.Any(folder => Resolve(Path.GetFullPath(path)).StartsWith(folder, StringComparison.Ordinal));
        }
        catch (IOException)
        {
            // A link that leads nowhere, or round in circles: opening it says so.
            return false;
        }
    }

    /// <summary>The path without links, as far as it leads outside of them.</summary>
    private static string Resolve(string path)
    {
        var resolved = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            resolved = Path.Combine(resolved, part);
            if (Folders.Any(folder => resolved.StartsWith(folder, StringComparison.Ordinal)))
            {
                return resolved;
            }

            var target = new FileInfo(resolved).ResolveLinkTarget(returnFinalTarget: true);
            resolved = target is null ? resolved : Resolve(target.FullName);
        }

        return resolved;
    }
}
