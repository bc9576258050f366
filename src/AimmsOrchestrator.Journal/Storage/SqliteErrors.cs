using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Storage;

/// <summary>Says in one line what is wrong with the database and what to do; codes from sqlite.org/rescode.html.</summary>
internal static class SqliteErrors
{
    public static JournalException With(string file, SqliteException trouble) =>
        new(
            trouble.SqliteErrorCode switch
            {
                5 or 6 => $"{file} is locked by another program: close it, or try again later",
                8 =>
                    $"{file} cannot be written: allow writing to the file and its folder, or name another with --workspace",
                10 => $"{file} cannot be read or written, the disk reports an error ({Line(trouble)}): check the disk",
                11 => $"{file} is damaged ({Line(trouble)}): move it away, or restore a copy",
                13 => $"{file} cannot grow, the disk is full: free some space, then go on with `aimms-batch resume`",
                14 => $"{file} cannot be opened: check that the folder exists and may be read and written",
                26 => $"{file} is not a database: move it away, or name another folder with --workspace",
                _ => $"{file} cannot be used: {Line(trouble)}",
            },
            trouble
        );

    public static JournalException With(string folder, IOException trouble) => NotMade(folder, trouble);

    public static JournalException With(string folder, UnauthorizedAccessException trouble) => NotMade(folder, trouble);

    /// <summary>Runs something on the database.</summary>
    /// <exception cref="JournalException">SQLite refuses, or what is in the file makes no sense.</exception>
    public static T Guard<T>(string file, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException e)
        {
            throw With(file, e);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidCastException)
        {
            throw new JournalException($"{file} holds what this program cannot read: {Line(e)}", e);
        }
    }

    private static JournalException NotMade(string folder, Exception trouble) =>
        new($"{folder} cannot be written ({Line(trouble)}): name another folder with --workspace", trouble);

    private static string Line(Exception trouble) => trouble.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
