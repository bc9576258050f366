using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Reading.Sections;

namespace AimmsOrchestrator.Scenarios.Profiles;

/// <summary>A key, or why there is none.</summary>
/// <param name="Key">Null where there is a problem.</param>
/// <param name="Problem">In one line, without any part of the key; null where there is a key.</param>
public readonly record struct KeyOutcome(ApiKey? Key, string? Problem);

/// <summary>Fetches a key from where a profile says that it is.</summary>
public static class KeyReader
{
    private const int MostBytes = 64 << 10;

    /// <param name="source">Where it is.</param>
    /// <param name="environment">An environment variable's value by its name; null where it is not set.</param>
    public static KeyOutcome Read(KeySource source, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(environment);
        var (text, problem) = source switch
        {
            KeySource.Variable { Name: var name } => environment(name) is { Length: > 0 } value
                ? (value, null)
                : ("", $"the environment variable {name} is not set"),
            KeySource.Command command => KeyCommand.Run(command),
            KeySource.Stored { Path: var path } => ReadFile(path),
            _ => ("", "there is no such source of keys"),
        };
        if (problem is not null)
        {
            return new KeyOutcome(null, problem);
        }

        var key = (source is KeySource.Variable ? text : FirstLine(text)).Trim();
        return KeyText.Problem(key) is { } wrong
            ? new KeyOutcome(null, $"what {source.Description} has {wrong}")
            : new KeyOutcome(new ApiKey(key), null);
    }

    /// <summary>Password stores keep the secret in the first line, and notes below it.</summary>
    private static string FirstLine(string text) => text.TrimStart().Split('\n', 2)[0];

    private static (string Text, string? Problem) ReadFile(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return ("", $"there is no file \"{path}\"");
            }

            if (KeyFileAccess.Problem(path) is { } open)
            {
                return ("", $"\"{path}\" {open}");
            }

            if (new FileInfo(path).Length > MostBytes)
            {
                return ("", $"\"{path}\" is larger than a key");
            }

            return RegularFile.Read(path) is { } bytes
                ? (System.Text.Encoding.UTF8.GetString(bytes), null)
                : ("", $"\"{path}\" is a device or a pipe");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ("", $"\"{path}\" cannot be read: {e.Message}");
        }
    }
}
