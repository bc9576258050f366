namespace AimmsOrchestrator.Journal.Sql;

/// <summary>Conditions on a run (<c>r</c>), in the words of the partial indexes that answer them.</summary>
internal static class RunConditions
{
    /// <summary>That it has not ended: <c>runs_under_way</c>.</summary>
    public const string UnderWay = "r.phase NOT IN ('completed', 'failed', 'cancelled')";

    /// <summary>
    /// That it has, or may have, an unfinished task: some of those under way for SQLite, <c>runs_holding</c> for PostgreSQL.
    /// </summary>
    public const string Holding = $"{UnderWay} AND r.phase IN ('submitting', 'unconfirmed', 'at-service')";
}
