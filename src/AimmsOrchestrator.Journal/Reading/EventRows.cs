using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal.Sql;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Reading;

/// <summary>A run's events from their rows.</summary>
internal static class EventRows
{
    /// <summary>What <see cref="Event"/> needs, responses included.</summary>
    public const string Select = """
        SELECT s.batch, s.run, s.event, s.payload, p.media_type, p.body
        FROM steps AS s LEFT JOIN responses AS p ON p.id = s.response
        """;

    /// <exception cref="FormatException">This program has no such event.</exception>
    public static RunEvent Event(Row row) =>
        JournalJson.Event(row.Text("event"), row.Text("payload")) switch
        {
            RunCompleted e => e with { Response = row.Response() },
            RunFailed e => e with { Response = row.Response() },
            var happened => happened,
        };
}
