using System.Reflection;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>Where the repository is that the tests were built from.</summary>
internal static class RepositoryFolder
{
    public static string Root { get; } = Find();

    public static string Scenarios { get; } = Path.Combine(Root, "scenarios");

    private static string Find()
    {
        var folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location);
        while (folder is not null && !File.Exists(Path.Combine(folder, "AimmsOrchestrator.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
