-- The session that ran a run's task and the user whose key submitted it, where the cloud tells them.
ALTER TABLE runs ADD COLUMN session_id TEXT;
ALTER TABLE runs ADD COLUMN user_name TEXT;
UPDATE runs SET
    session_id = (
        SELECT json_extract(s.payload, '$.task.sessionId') FROM steps AS s
        WHERE s.batch = runs.batch AND s.run = runs.run AND json_extract(s.payload, '$.task.sessionId') IS NOT NULL
        ORDER BY s.step DESC LIMIT 1),
    user_name = (
        SELECT json_extract(s.payload, '$.task.userName') FROM steps AS s
        WHERE s.batch = runs.batch AND s.run = runs.run AND json_extract(s.payload, '$.task.userName') IS NOT NULL
        ORDER BY s.step DESC LIMIT 1)
WHERE task_id IS NOT NULL AND batch IN (SELECT number FROM batches WHERE service LIKE '%.aimms.cloud%');

-- Whether a batch has any: its tables have columns for them only then.
CREATE INDEX runs_sessions ON runs (batch) WHERE session_id IS NOT NULL OR user_name IS NOT NULL;
