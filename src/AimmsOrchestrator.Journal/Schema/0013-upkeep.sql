-- Batches that were removed: their numbers and counters are not given again, and tasks of theirs are no strangers.
CREATE TABLE removed (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    scenario TEXT NOT NULL,
    counter INTEGER NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE TABLE removed_tasks (
    task_id TEXT NOT NULL PRIMARY KEY -- only late ones: a submit whose answer was lost is searched for one day back
) STRICT, WITHOUT ROWID;

-- How many bytes each batch wrote, as far as it still has them: a list of batches must not read every response.
CREATE TABLE sizes (
    batch INTEGER PRIMARY KEY,
    responses INTEGER NOT NULL,
    events INTEGER NOT NULL -- about: payloads, rows and indexes
) STRICT;
INSERT INTO sizes (batch, responses, events)
SELECT
    b.number,
    (SELECT coalesce(sum(length(p.body)), 0) FROM runs AS r JOIN responses AS p ON p.id = r.response
        WHERE r.batch = b.number AND r.reused_batch IS NULL),
    (SELECT coalesce(sum(length(s.payload) + 200), 0) FROM steps AS s WHERE s.batch = b.number)
FROM batches AS b;
