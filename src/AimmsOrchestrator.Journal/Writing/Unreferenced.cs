using System.Globalization;
using AimmsOrchestrator.Journal.Sql;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>Responses that no run has any more.</summary>
internal static class Unreferenced
{
    private const int AtOnce = 200;

    private const string All = """
        SELECT id FROM responses
        EXCEPT SELECT response FROM runs WHERE response IS NOT NULL
        EXCEPT SELECT response FROM steps WHERE response IS NOT NULL
        """;

    /// <summary>
    /// Removes them. A run that is under way may be about to have one of them too, as a copy: where others write between, such a response
    /// is locked by that run's transaction, so it is waited for here, and the run is searched for once more.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="repeated">Does something again where it failed of what passes.</param>
    /// <returns>How many.</returns>
    public static long Remove(Database database, Func<Func<long>, long> repeated) =>
        database.Dialect.ForUpdate.Length == 0
            ? database.InTransaction(() => (long)database.Execute($"DELETE FROM responses WHERE id IN ({All})"))
            : database
                .All(All, row => row.Whole("id"))
                .Order()
                .Chunk(AtOnce)
                .Sum(some => repeated(() => Remove(database, some)));

    private static long Remove(Database database, IEnumerable<long> responses)
    {
        var ids = string.Join(", ", responses.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        return database.InTransaction(() =>
        {
            database.Number(
                $"SELECT count(*) FROM (SELECT 1 FROM responses WHERE id IN ({ids}) ORDER BY id {database.Dialect.ForUpdate}) AS locked"
            );
            return (long)
                database.Execute(
                    $"DELETE FROM responses WHERE id IN ({ids}) AND id NOT IN (SELECT response FROM runs WHERE response IN ({ids}))"
                );
        });
    }
}
