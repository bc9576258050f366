namespace AimmsOrchestrator.Scenarios.Profiles;

/// <summary>Where this program's settings of one person are.</summary>
public static class ConfigurationFolder
{
    private const string Name = "aimms-batch";

    /// <summary>
    /// <c>%APPDATA%\aimms-batch</c> on Windows; elsewhere <c>$XDG_CONFIG_HOME/aimms-batch</c>, by default
    /// <c>~/.config/aimms-batch</c> (XDG Base Directory Specification 0.8). Null where the environment has neither.
    /// </summary>
    /// <param name="environment">An environment variable's value by its name; null where it is not set.</param>
    public static string? Of(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (OperatingSystem.IsWindows())
        {
            return Absolute("APPDATA") is { } roaming ? Path.Combine(roaming, Name) : null;
        }

        // The specification has relative paths ignored.
        return Absolute("XDG_CONFIG_HOME") is { } configured ? Path.Combine(configured, Name)
            : Absolute("HOME") is { } home ? Path.Combine(home, ".config", Name)
            : null;

        string? Absolute(string name) =>
            environment(name) is { } value && Path.IsPathFullyQualified(value) ? value : null;
    }
}
