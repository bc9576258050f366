namespace AimmsOrchestrator.EndToEnd.Tests.Testing;

/// <summary>
/// A test that needs another program on this machine: skipped where it is missing, except on a CI server, where nothing may
/// be missing.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithAttribute : FactAttribute
{
    /// <param name="program">Its file, such as <c>/usr/bin/chromium</c>.</param>
    /// <param name="package">The Debian package that brings it.</param>
    public FactWithAttribute(string program, string package)
    {
        (Program, Package) = (program, package);
        if (!File.Exists(program) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
        {
            Skip = $"{program} is missing: apt-get install {package}";
        }
    }

    public string Program { get; }

    public string Package { get; }
}
