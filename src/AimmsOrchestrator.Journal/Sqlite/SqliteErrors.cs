using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Sqlite;

/// <summary>Says in one line what is wrong with the database and what to do; codes from sqlite.org/rescode.html.</summary>
internal static class SqliteErrors
{
    public static JournalException With(string file, SqliteException error) =>
        new(
            error.SqliteErrorCode switch
            {
                5 or 6 => $"{file} is locked by another program: close it, or try again later",
                8 =>
                    $"{file} cannot be written: allow writing to the file and its folder, or name another with --workspace",
                10 => $"{file} cannot be read or written, the disk reports an error ({Line(error)}): check the disk",
                11 => $"{file} is damaged ({Line(error)}): move it away, or restore a copy",
                13 => $"{file} cannot grow, the disk is full: free some space, then continue with `aimms-batch resume`",
                14 => $"{file} cannot be opened: check that the folder exists and may be read and written",
                26 => $"{file} is not a database: move it away, or name another folder with --workspace",
                _ => $"{file} cannot be used: {Line(error)}",
            },
            error
        );

    public static JournalException With(string folder, IOException error) => NotMade(folder, error);

    public static JournalException With(string folder, UnauthorizedAccessException error) => NotMade(folder, error);

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
            throw new JournalException(
                $"{file} holds what this program cannot read: {Line(e)}; restore a copy of the file, or correct the value",
                e
            );
        }
    }

    /// <summary>A folder, or a file in it, that cannot be written.</summary>
    public static JournalException NotMade(string folder, Exception error) =>
        new($"{folder} cannot be written ({Line(error)}): name another folder with --workspace", error);

    private static string Line(Exception error) => error.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
