namespace AimmsOrchestrator.EndToEnd.Tests.Testing;

/// <summary>
/// A test that needs another program on this machine: skipped where it is missing, except on a CI server, where nothing may
/// be missing.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithAttribute : FactAttribute
{
    /// <param name="program">Its file, such as <c>/usr/bin/chromium</c>; <c>~</c> is the user's folder.</param>
    /// <param name="package">The Debian package that brings it; the .NET tool, for a program in the user's folder.</param>
    public FactWithAttribute(string program, string package)
    {
        (Program, Package) = (PathOf(program), package);
        if (!File.Exists(Program) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
        {
            var install = program == Program ? "apt-get install" : "dotnet tool install -g";
            Skip = $"{program} is missing: {install} {package}";
        }
    }

    public string Program { get; }

    public string Package { get; }

    /// <summary>The full path of a program.</summary>
    public static string PathOf(string program) =>
        program.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), program[2..])
            : program;
}
