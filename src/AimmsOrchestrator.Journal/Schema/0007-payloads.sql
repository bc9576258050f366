-- Who may write to a batch: each process that claims it raises its epoch, and entries of a lower one are refused.
ALTER TABLE batches ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;

-- An event is one payload; beside it stand only the columns that are searched.
DROP VIEW step_list;
CREATE TABLE events (
    batch INTEGER NOT NULL,
    run INTEGER NOT NULL,
    step INTEGER NOT NULL, -- from 1
    at TEXT NOT NULL,
    event TEXT NOT NULL, -- submit-intended, submitted, submit-failed, submit-unconfirmed, submit-settled, task-seen, task-interrupted, task-completed, task-forgotten, attempt-failed, run-completed, run-reused, run-failed, run-reopened, run-cancelled
    attempt INTEGER, -- which submit, from 1: submit-*, submitted
    task_id TEXT, -- the task that the run has from now on: submitted, submit-settled
    verdict TEXT, -- submit-settled: adopted, sent-again, ambiguous
    payload TEXT NOT NULL, -- JSON object: everything that the event says, but for the response
    response INTEGER REFERENCES responses (id),
    PRIMARY KEY (batch, run, step)
) STRICT, WITHOUT ROWID;

INSERT INTO events (batch, run, step, at, event, attempt, task_id, verdict, payload, response)
SELECT
    batch, run, step, at, event, attempt, task_id, CASE event WHEN 'submit-settled' THEN detail END,
    json_patch('{}', CASE event
        WHEN 'submit-intended' THEN json_object('attempt', attempt, 'at', at)
        WHEN 'submitted' THEN json_object('attempt', attempt, 'task', task_id, 'at', at)
        WHEN 'submit-failed' THEN json_object('attempt', attempt, 'fault', json(fault),
            'countsAsAttempt', json(iif(counts = 1, 'true', 'false')), 'at', at)
        WHEN 'submit-unconfirmed' THEN json_object('attempt', attempt, 'reason', message,
            'countsAsAttempt', json(iif(counts = 1, 'true', 'false')), 'at', at)
        WHEN 'submit-settled' THEN json_object('attempt', attempt, 'verdict', detail, 'task', task_id, 'reason', message, 'at', at)
        WHEN 'task-forgotten' THEN json_object('reason', message,
            'countsAsAttempt', json(iif(counts = 1, 'true', 'false')), 'at', at)
        WHEN 'task-seen' THEN json_object('state', task_state, 'at', at)
        WHEN 'task-interrupted' THEN json_object('how', detail, 'reason', message, 'at', at)
        WHEN 'task-completed' THEN json_object('task', json(task),
            'endedBeforeInterrupt', json(iif(detail = 'by-itself', 'true', 'false')), 'at', at)
        WHEN 'attempt-failed' THEN json_object('error', json_object('kind', error_kind, 'cause', message),
            'task', json(task), 'at', at)
        WHEN 'run-completed' THEN json_object('results', json(results_json), 'reading', detail,
            'isIncumbent', json(iif(incumbent = 1, 'true', 'false')), 'at', at)
        WHEN 'run-reused' THEN json_object('source', json_object('batch', reused_batch, 'run', reused_run),
            'task', json(task), 'results', json(results_json), 'reading', detail, 'at', at)
        WHEN 'run-failed' THEN json_object('error', json_object('kind', error_kind, 'cause', message, 'copiedFrom', reused_run),
            'task', json(task), 'results', json(results_json), 'at', at)
        WHEN 'run-reopened' THEN json_object('at', at)
        WHEN 'run-cancelled' THEN json_object('reason', message, 'at', at)
    END),
    response
FROM (
    SELECT *, CASE
        WHEN results IS NOT NULL THEN json_object('valuesJson', results, 'notes', notes,
            'isSuccess', json(iif(is_success = 1, 'true', 'false')))
        WHEN event IN ('run-completed', 'run-reused') THEN '{"valuesJson":"{}","isSuccess":true}'
    END AS results_json
    FROM steps
);
DROP TABLE steps;
ALTER TABLE events RENAME TO steps;

-- Whether a task that the service lists is one of ours, of whichever batch.
CREATE INDEX steps_by_task ON steps (task_id) WHERE task_id IS NOT NULL;

-- Submits that could not be settled, of whichever batch: each may be the owner of a task that nothing else explains.
CREATE INDEX steps_ambiguous ON steps (batch, run) WHERE verdict = 'ambiguous';

CREATE VIEW step_list AS
-- What happened to a run: SELECT * FROM step_list WHERE batch = 'transport-3' AND run = 17;
SELECT
    b.id AS batch, s.run, s.step, s.at, s.event, s.attempt, s.task_id,
    coalesce(s.payload ->> '$.state', s.payload ->> '$.task.state') AS task_state,
    iif(s.payload ->> '$.error.copiedFrom' IS NULL, '', 'run ' || (s.payload ->> '$.error.copiedFrom') || ' asks the same and failed: ')
        || coalesce(s.payload ->> '$.reason', s.payload ->> '$.error.cause', s.payload ->> '$.fault.message') AS message
FROM steps AS s JOIN batches AS b ON b.number = s.batch;

-- Rows that said less, or something else, than their events: submits of old, and the times of an attempt that was given up.
UPDATE runs SET submit_at = (
    SELECT s.at FROM steps AS s
    WHERE s.batch = runs.batch AND s.run = runs.run AND s.event = 'submit-intended' ORDER BY s.step DESC LIMIT 1)
WHERE submit_at IS NULL;
UPDATE runs SET queue_seconds = NULL, run_seconds = NULL, return_code = NULL
WHERE phase NOT IN ('retrieving', 'completed')
    AND (queue_seconds IS NOT NULL OR run_seconds IS NOT NULL OR return_code IS NOT NULL)
    AND (
        SELECT s.event IN ('attempt-failed', 'task-forgotten') FROM steps AS s
        WHERE s.batch = runs.batch AND s.run = runs.run
            AND (s.event IN ('attempt-failed', 'task-forgotten', 'task-completed') OR s.payload ->> '$.task' LIKE '{%')
        ORDER BY s.step DESC LIMIT 1);
