using System.Globalization;

namespace AimmsOrchestrator.Cli.Parsing;

/// <summary>
/// Where a process keeps for itself what belongs into no database, such as which runs' expressions it is evaluating. Users
/// of one machine have folders of their own: the user of a service often has no home, and what another user left in a folder
/// for all of them could not be written.
/// </summary>
internal static class OwnFolder
{
    private const string Name = "aimms-batch";

    /// <summary>The folder that the service manager gives, the user's own, or one among the temporary files.</summary>
    /// <exception cref="UserErrorException">None of them can be written.</exception>
    public static string Find()
    {
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Find([
            Environment.GetEnvironmentVariable("STATE_DIRECTORY")?.Split(':')[0],
            data.Length > 0 ? Path.Combine(data, Name) : null,
            Path.Combine(Path.GetTempPath(), $"{Name}-{Environment.UserName}"),
            Path.Combine(
                Path.GetTempPath(),
                string.Create(CultureInfo.InvariantCulture, $"{Name}-{Environment.ProcessId}")
            ),
        ]);
    }

    /// <summary>The first one that can be written.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    internal static string Find(IEnumerable<string?> candidates)
    {
        var named = candidates.OfType<string>().Where(candidate => candidate.Length > 0).ToList();
        return named.FirstOrDefault(IsWritable)
            ?? throw new UserErrorException($"{string.Join(", ", named)}: none of these folders can be written");
    }

    private static bool IsWritable(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, Path.GetRandomFileName());
            using (File.Create(probe, bufferSize: 1, FileOptions.DeleteOnClose)) { }
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
