using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Journal.Reading;

internal sealed partial class SqliteJournalReader
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
        if (found is not [var response])
        {
            return false;
        }

        database.CopyBlob("responses", "body", response, output);
        return true;
    }
}
