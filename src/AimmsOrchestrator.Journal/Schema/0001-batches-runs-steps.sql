CREATE TABLE blobs (
    -- Bytes that are kept once however often they are used: scenarios and the files they read.
    sha256 BLOB NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE batches (
    -- One row a batch: what was asked and how it stands.
    number INTEGER PRIMARY KEY, -- orders all batches of the workspace
    id TEXT NOT NULL UNIQUE, -- what a person calls it: the scenario and the counter
    scenario TEXT NOT NULL,
    counter INTEGER NOT NULL, -- from 1 for each scenario
    description TEXT,
    fingerprint TEXT NOT NULL, -- SHA-256 of the scenario and every file it reads
    source BLOB NOT NULL REFERENCES blobs (sha256), -- the scenario's text, UTF-8
    source_file TEXT NOT NULL, -- where that text came from
    overrides TEXT NOT NULL, -- JSON: what the command line changed
    service TEXT NOT NULL, -- the service's address, never with a key
    run_count INTEGER, -- NULL until walking the runs has told
    parameter_names TEXT NOT NULL, -- JSON list
    result_names TEXT NOT NULL, -- JSON list; empty where the whole response is the result
    started_at TEXT NOT NULL, -- this and all times: ISO 8601, UTC, milliseconds
    ended_at TEXT, -- NULL while it is driven, and after its process died
    ended_how TEXT, -- all-runs-ended, interrupted, service-refused, journal-lost
    reason TEXT, -- why it stopped before its end
    UNIQUE (scenario, counter)
) STRICT;

CREATE TABLE attachments (
    -- The files that a batch's scenario reads, as they were.
    batch INTEGER NOT NULL REFERENCES batches (number),
    name TEXT NOT NULL, -- as the scenario names it
    sha256 BLOB NOT NULL REFERENCES blobs (sha256),
    PRIMARY KEY (batch, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE drives (
    -- Each time a batch was begun, taken up again or left. Only ever appended to.
    batch INTEGER NOT NULL REFERENCES batches (number),
    step INTEGER NOT NULL, -- from 1
    at TEXT NOT NULL,
    event TEXT NOT NULL, -- opened, resumed, or how it ended (as batches.ended_how)
    reason TEXT,
    PRIMARY KEY (batch, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE responses (
    -- What tasks wrote, apart from the runs, so that a report over a million runs does not read them.
    -- Not content-addressed: results rarely repeat, and a unique hash makes small ones four times as dear to write.
    id INTEGER PRIMARY KEY,
    media_type TEXT,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE runs (
    -- One row a run that has begun: where it stands now. Follows from its steps, written in the same transaction.
    batch INTEGER NOT NULL REFERENCES batches (number),
    run INTEGER NOT NULL, -- its place in the batch, from 0
    key BLOB, -- SHA-256 of what it asks; NULL where the scenario's own expressions failed
    name TEXT NOT NULL,
    parameters TEXT NOT NULL, -- JSON object
    phase TEXT NOT NULL, -- pending, submitting, at-service, retrieving, completed, failed, cancelled
    attempts INTEGER NOT NULL, -- submits so far
    started_at TEXT NOT NULL,
    ended_at TEXT, -- NULL until it is completed, failed or cancelled
    task_id TEXT, -- the service's name for its task
    task_state TEXT, -- queued, assigned, running, solving, completed, failed, unknown
    queue_seconds REAL, -- created to running, at the service
    run_seconds REAL, -- running to ended, at the service
    return_code INTEGER, -- the model procedure's own; 1 is success by convention
    results TEXT, -- JSON object of the scenario's figures
    notes TEXT, -- why some of them are empty
    error_kind TEXT, -- task-failed, not-success, rejected, lost-answer, forgotten, broken, scenario, bug
    error TEXT,
    response INTEGER REFERENCES responses (id),
    PRIMARY KEY (batch, run)
) STRICT, WITHOUT ROWID;

-- A later batch finds the answer to a question that was asked before.
CREATE INDEX runs_completed_by_key ON runs (key) WHERE phase = 'completed';

CREATE TABLE steps (
    -- Everything that happened to the runs, in order. Only ever appended to; columns that an event has no use for are NULL.
    batch INTEGER NOT NULL,
    run INTEGER NOT NULL,
    step INTEGER NOT NULL, -- from 1
    at TEXT NOT NULL,
    event TEXT NOT NULL, -- submit-intended, submitted, submit-failed, task-seen, task-completed, task-forgotten, run-completed, run-failed, run-cancelled
    attempt INTEGER, -- which submit, from 1
    task_id TEXT, -- submitted
    task_state TEXT, -- task-seen
    task TEXT, -- JSON: the task as the service told of it when it ended
    fault TEXT, -- JSON: what came instead of an answer (submit-failed)
    counts INTEGER, -- whether a failed submit uses up an attempt: 0 or 1
    results TEXT, -- JSON object of the scenario's figures
    notes TEXT,
    is_success INTEGER, -- whether the scenario's own test of success holds: 0 or 1
    error_kind TEXT, -- run-failed
    message TEXT, -- task-forgotten, run-failed, run-cancelled: why
    response INTEGER REFERENCES responses (id),
    PRIMARY KEY (batch, run, step)
) STRICT, WITHOUT ROWID;

CREATE VIEW batch_list AS
-- The batches, the latest first, with their counts.
SELECT
    b.id, b.started_at, b.ended_at, coalesce(b.ended_how, 'driven or left') AS stands, b.run_count AS planned,
    count(r.run) AS begun, count(*) FILTER (WHERE r.phase = 'completed') AS completed,
    count(*) FILTER (WHERE r.phase = 'failed') AS failed, count(*) FILTER (WHERE r.phase = 'cancelled') AS cancelled
FROM batches AS b LEFT JOIN runs AS r ON r.batch = b.number
GROUP BY b.number ORDER BY b.number DESC;

CREATE VIEW run_list AS
-- The runs by their batch's id: SELECT * FROM run_list WHERE batch = 'transport-3' AND state = 'failed';
SELECT
    b.id AS batch, r.run, r.name, CASE r.phase WHEN 'at-service' THEN r.task_state ELSE r.phase END AS state,
    r.results, r.error, r.task_id, r.queue_seconds, r.run_seconds, r.return_code, r.attempts, r.started_at, r.ended_at,
    lower(hex(r.key)) AS key
FROM runs AS r JOIN batches AS b ON b.number = r.batch;

CREATE VIEW step_list AS
-- What happened to a run: SELECT * FROM step_list WHERE batch = 'transport-3' AND run = 17;
SELECT
    b.id AS batch, s.run, s.step, s.at, s.event, s.attempt, s.task_id, coalesce(s.task_state, s.task ->> 'state') AS task_state,
    coalesce(s.message, s.fault ->> 'message') AS message
FROM steps AS s JOIN batches AS b ON b.number = s.batch;

CREATE VIEW response_list AS
-- What the tasks wrote, as text: SELECT body FROM response_list WHERE batch = 'transport-3' AND run = 17;
SELECT b.id AS batch, r.run, p.media_type, length(p.body) AS size, CAST(p.body AS TEXT) AS body
FROM runs AS r JOIN batches AS b ON b.number = r.batch JOIN responses AS p ON p.id = r.response;
