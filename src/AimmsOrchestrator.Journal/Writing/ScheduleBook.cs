using System.Text;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Schedules;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Journal.Sql;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>Schedules in the workspace's database.</summary>
/// <param name="database">The database, for writing; closed with the book.</param>
internal sealed class ScheduleBook(Database database) : IScheduleBook
{
    private readonly BatchWriter _batches = new(database);

    /// <inheritdoc />
    public Schedule Put(NewSchedule schedule) =>
        database.InTransaction(() =>
        {
            var number = database
                .Number(
                    """
                    INSERT INTO schedules (owner, scenario, cron, zone, overlap, source, source_file, overrides, created_at, next_at, priority)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                    ON CONFLICT (owner, scenario) DO UPDATE SET cron = excluded.cron, zone = excluded.zone, overlap = excluded.overlap,
                        source = excluded.source, source_file = excluded.source_file, overrides = excluded.overrides,
                        created_at = excluded.created_at, next_at = excluded.next_at, priority = excluded.priority,
                        paused_at = NULL, last_note = NULL, waits_for = NULL
                    RETURNING number
                    """,
                    schedule.Owner,
                    schedule.Scenario,
                    schedule.Cron,
                    schedule.Zone,
                    KebabEnum<ScheduleOverlap>.Of(schedule.Overlap),
                    database.Keep(Encoding.UTF8.GetBytes(schedule.Stored.Source)),
                    schedule.SourceFile,
                    schedule.Stored.OverridesJson,
                    Timestamps.ToText(schedule.At),
                    Timestamps.ToText(schedule.Next),
                    schedule.Priority?.Word()
                )!
                .Value;
            database.Execute("DELETE FROM schedule_files WHERE schedule = $1", number);
            foreach (var (name, bytes) in schedule.Stored.Attachments)
            {
                database.Execute(
                    "INSERT INTO schedule_files (schedule, name, sha256) VALUES ($1, $2, $3)",
                    number,
                    name,
                    database.Keep(bytes)
                );
            }

            return Find(number)!;
        });

    /// <inheritdoc />
    public IReadOnlyList<Schedule> All() => database.All("SELECT * FROM schedules ORDER BY number", Schedule);

    /// <inheritdoc />
    public Schedule? Find(long number) =>
        database.All("SELECT * FROM schedules WHERE number = $1", Schedule, number) is [var found] ? found : null;

    /// <inheritdoc />
    public IReadOnlyList<Schedule> Due(DateTimeOffset now, DateTimeOffset future) =>
        database.All(
            "SELECT * FROM schedules WHERE paused_at IS NULL AND (next_at <= $1 OR last_due_at > $2) ORDER BY next_at, number",
            Schedule,
            Timestamps.ToText(now),
            Timestamps.ToText(future)
        );

    /// <inheritdoc />
    public (string SourceFile, StoredScenario Scenario)? Scenario(long number)
    {
        var files = database
            .All(
                "SELECT f.name, b.bytes FROM schedule_files AS f JOIN blobs AS b USING (sha256) WHERE f.schedule = $1",
                row => (Name: row.Text("name"), Bytes: row.Bytes("bytes")),
                number
            )
            .ToDictionary(file => file.Name, file => new ReadOnlyMemory<byte>(file.Bytes), StringComparer.Ordinal);
        return
            database.All(
                "SELECT s.source_file, s.overrides, b.bytes FROM schedules AS s JOIN blobs AS b ON b.sha256 = s.source WHERE s.number = $1",
                row =>
                    (
                        row.Text("source_file"),
                        new StoredScenario(Encoding.UTF8.GetString(row.Bytes("bytes")), files, row.Object("overrides"))
                    ),
                number
            )
                is [var found]
            ? found
            : null;
    }

    /// <inheritdoc />
    public BatchRecord? Open(NewBatch batch, Firing firing) =>
        database.InTransaction(() =>
        {
            var isFirst = database.Execute(
                """
                UPDATE schedules SET next_at = $3, last_due_at = $2, last_note = $4, waits_for = NULL
                WHERE number = $1 AND next_at = $2 AND paused_at IS NULL
                """,
                firing.Schedule,
                Timestamps.ToText(firing.Due),
                Timestamps.ToText(firing.Next),
                firing.Late
            );
            if (isFirst == 0)
            {
                return null;
            }

            var opened = _batches.Open(
                batch with
                {
                    Scheduled = new ScheduledStart(firing.Schedule, firing.Due, firing.Late),
                }
            );
            database.Execute(
                "UPDATE schedules SET last_batch = $2 WHERE number = $1",
                firing.Schedule,
                opened.Id.Value
            );
            return opened;
        });

    /// <inheritdoc />
    public bool Move(long number, DateTimeOffset? seen, DateTimeOffset? until, DateTimeOffset? due, string note) =>
        Guarded(
            """
            UPDATE schedules SET next_at = $3, last_due_at = $4, last_note = $5, waits_for = NULL
            WHERE number = $1 AND next_at IS NOT DISTINCT FROM $2 AND paused_at IS NULL
            """,
            number,
            Timestamps.ToText(seen),
            Timestamps.ToText(until),
            Timestamps.ToText(due),
            note
        );

    /// <inheritdoc />
    public void Hold(long number, string batch) =>
        Guarded("UPDATE schedules SET waits_for = $2 WHERE number = $1", number, batch);

    /// <inheritdoc />
    public bool Pause(long number, DateTimeOffset at) =>
        Guarded(
            "UPDATE schedules SET paused_at = $2, waits_for = NULL WHERE number = $1 AND paused_at IS NULL",
            number,
            Timestamps.ToText(at)
        );

    /// <inheritdoc />
    public bool Unpause(long number, DateTimeOffset? due) =>
        Guarded(
            "UPDATE schedules SET paused_at = NULL, next_at = $2 WHERE number = $1 AND paused_at IS NOT NULL",
            number,
            Timestamps.ToText(due)
        );

    /// <inheritdoc />
    public bool Remove(long number) =>
        database.InTransaction(() =>
        {
            database.Execute("DELETE FROM schedule_files WHERE schedule = $1", number);
            return database.Execute("DELETE FROM schedules WHERE number = $1", number) > 0;
        });

    public void Dispose()
    {
        _batches.Dispose();
        database.Dispose();
    }

    private static Schedule Schedule(Row row) =>
        new()
        {
            Number = row.Whole("number"),
            Owner = row.Text("owner"),
            Scenario = row.Text("scenario"),
            Cron = row.Text("cron"),
            Zone = row.Text("zone"),
            Overlap = KebabEnum<ScheduleOverlap>.Parse(row.Text("overlap")),
            Priority = row.TextOrNull("priority") is { } priority ? Priorities.Parse(priority) : null,
            CreatedAt = Timestamps.Parse(row.Text("created_at")),
            Next = Moment(row, "next_at"),
            PausedAt = Moment(row, "paused_at"),
            LastDue = Moment(row, "last_due_at"),
            LastBatch = row.TextOrNull("last_batch"),
            LastNote = row.TextOrNull("last_note"),
            WaitsFor = row.TextOrNull("waits_for"),
        };

    private static DateTimeOffset? Moment(Row row, string column) =>
        row.TextOrNull(column) is { } text ? Timestamps.Parse(text) : null;

    private bool Guarded(string sql, params object?[] values) =>
        database.Guard(() => database.Execute(sql, values) > 0);
}
