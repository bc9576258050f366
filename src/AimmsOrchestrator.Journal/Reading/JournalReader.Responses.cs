using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Reading;

internal sealed partial class JournalReader
{
    /// <inheritdoc />
    public IEnumerable<StoredResponse> Responses(long batch) =>
        database.Stream(
            """
            SELECT r.run, r.name, p.media_type FROM runs AS r JOIN responses AS p ON p.id = r.response
            WHERE r.batch = $1 ORDER BY r.run
            """,
            row => new StoredResponse(row.Whole("run"), row.Text("name"), row.TextOrNull("media_type")),
            batch
        );

    /// <inheritdoc />
    public bool CopyResponse(long batch, long index, Stream output)
    {
        var found = database.All(
            "SELECT response FROM runs WHERE batch = $1 AND run = $2 AND response IS NOT NULL",
            row => row.Whole("response"),
            batch,
            index
        );
        return found is [var response] && database.CopyResponse(response, output);
    }

    /// <inheritdoc />
    public StoredLog? Log(long batch, long index) =>
        database
            .All(
                "SELECT task_id, at, text FROM logs WHERE batch = $1 AND run = $2 ORDER BY at DESC LIMIT 1",
                row => new StoredLog(
                    new TaskId(row.Text("task_id")),
                    row.Text("text"),
                    Timestamps.Parse(row.Text("at"))
                ),
                batch,
                index
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public IEnumerable<long> Logged(long batch) =>
        database.Stream("SELECT DISTINCT run FROM logs WHERE batch = $1 ORDER BY run", row => row.Whole("run"), batch);

    /// <inheritdoc />
    public IReadOnlyList<RetainedTask> FailedTasksWithoutLog(long batch, int most) =>
        database.All(
            """
            SELECT r.run, r.task_id FROM runs AS r
            WHERE r.batch = $1 AND r.phase = 'failed' AND r.reused_batch IS NULL AND r.task_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM logs AS l WHERE l.batch = r.batch AND l.run = r.run AND l.task_id = r.task_id)
            ORDER BY r.run LIMIT $2
            """,
            row => new RetainedTask(row.Whole("run"), new TaskId(row.Text("task_id"))),
            batch,
            most
        );
}
