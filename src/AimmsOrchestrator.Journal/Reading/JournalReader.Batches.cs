using System.Globalization;
using System.Text;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Reading;

internal sealed partial class JournalReader
{
    /// <inheritdoc />
    public IReadOnlyList<BatchRecord> Batches() =>
        database.All("SELECT * FROM batches ORDER BY number DESC", RowMapping.Batch);

    /// <inheritdoc />
    public IReadOnlyList<BatchRecord> EndedSince(DateTimeOffset moment) =>
        database.All(
            "SELECT * FROM batches WHERE ended_at > $1 ORDER BY ended_at, number",
            RowMapping.Batch,
            Timestamps.ToText(moment)
        );

    /// <inheritdoc />
    public BatchRecord? Find(string? name) =>
        name is null
            ? database.All("SELECT * FROM batches ORDER BY number DESC LIMIT 1", RowMapping.Batch).FirstOrDefault()
            : database
                .All(
                    "SELECT * FROM batches WHERE id = $1 OR scenario = $1 ORDER BY id = $1 DESC, number DESC LIMIT 1",
                    RowMapping.Batch,
                    name
                )
                .FirstOrDefault();

    /// <inheritdoc />
    public IReadOnlyList<BatchWarning> Warnings(long batch) =>
        database.All(
            "SELECT subject, message FROM warnings WHERE batch = $1 ORDER BY subject",
            row => new BatchWarning(row.Text("subject"), row.Text("message")),
            batch
        );

    /// <inheritdoc />
    public IReadOnlyDictionary<long, StoredSize> Sizes() =>
        database
            .All(
                "SELECT batch, responses, events FROM sizes",
                row => (Batch: row.Whole("batch"), Size: new StoredSize(row.Whole("responses"), row.Whole("events")))
            )
            .ToDictionary(size => size.Batch, size => size.Size);

    /// <inheritdoc />
    public ControlLog Controls(long batch) =>
        new(database.All("SELECT * FROM controls WHERE batch = $1 ORDER BY step", RowMapping.Control, batch));

    /// <inheritdoc />
    public TimeSpan Paused(long batch)
    {
        var moments = database.All(
            "SELECT at, event FROM drives WHERE batch = $1 ORDER BY step",
            row => (At: row.Text("at"), Event: row.Text("event")),
            batch
        );
        var paused = TimeSpan.Zero;
        foreach (var (before, resumed) in moments.Zip(moments.Skip(1)).Where(pair => pair.Second.Event == "resumed"))
        {
            // A process that died has left no end.
            var left = before.Event is "opened" or "resumed" ? LastEvent(batch, resumed.At) ?? before.At : before.At;
            var pause = Timestamps.Parse(resumed.At) - Timestamps.Parse(left);
            paused += pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
        }

        return paused;
    }

    private string? LastEvent(long batch, string before) =>
        database.All(
            "SELECT max(at) AS at FROM steps WHERE batch = $1 AND at < $2",
            row => row.TextOrNull("at"),
            batch,
            before
        )[0];

    /// <inheritdoc />
    public StoredScenario Scenario(long batch)
    {
        var attachments = database.All(
            "SELECT a.name, b.bytes FROM attachments AS a JOIN blobs AS b USING (sha256) WHERE a.batch = $1",
            row => (Name: row.Text("name"), Bytes: row.Bytes("bytes")),
            batch
        );
        return database
                .All(
                    "SELECT t.id, t.overrides, b.bytes AS source FROM batches AS t JOIN blobs AS b ON b.sha256 = t.source WHERE t.number = $1",
                    row => new StoredScenario(
                        Encoding.UTF8.GetString(row.Bytes("source")),
                        attachments.ToDictionary(
                            a => a.Name,
                            a => new ReadOnlyMemory<byte>(a.Bytes),
                            StringComparer.Ordinal
                        ),
                        row.Object("overrides")
                    ),
                    batch
                )
                .SingleOrDefault()
            ?? throw new JournalException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the database has no scenario for batch number {batch}: restore a copy"
                )
            );
    }
}
