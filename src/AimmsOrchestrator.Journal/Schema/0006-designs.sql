-- What the scenario states about its sweep, and whose failure a run has taken over.
ALTER TABLE batches ADD COLUMN design TEXT; -- JSON: form, parameters, basePoint, replicates, derived, baseline; NULL in batches of older schemas
ALTER TABLE runs ADD COLUMN error_copied_from INTEGER; -- the run of the same batch whose failure this is; NULL where it is its own
-- steps.reused_batch and steps.reused_run of run-failed: whose failure it is.

-- Older schemas have the other run's index in the message.
UPDATE steps
SET reused_batch = batch,
    reused_run = CAST(substr(message, 5, instr(message, ' asks the same and failed: ') - 5) AS INTEGER),
    message = substr(message, instr(message, ' asks the same and failed: ') + 27)
WHERE event = 'run-failed' AND message GLOB 'run [0-9]* asks the same and failed: *';
UPDATE runs
SET error_copied_from = CAST(substr(error, 5, instr(error, ' asks the same and failed: ') - 5) AS INTEGER),
    error = substr(error, instr(error, ' asks the same and failed: ') + 27)
WHERE phase = 'failed' AND error GLOB 'run [0-9]* asks the same and failed: *';

DROP VIEW run_list;
CREATE VIEW run_list AS
-- The runs by their batch's id: SELECT * FROM run_list WHERE batch = 'transport-3' AND state = 'failed';
SELECT
    b.id AS batch, r.run, r.name, CASE r.phase WHEN 'at-service' THEN r.task_state ELSE r.phase END AS state,
    r.results, iif(r.error_copied_from IS NULL, '', 'run ' || r.error_copied_from || ' asks the same and failed: ') || r.error AS error,
    r.task_id, r.queue_seconds, r.run_seconds, r.return_code, r.attempts, r.settled, r.incumbent,
    r.started_at, r.ended_at, lower(hex(r.key)) AS key
FROM runs AS r JOIN batches AS b ON b.number = r.batch;

DROP VIEW step_list;
CREATE VIEW step_list AS
-- What happened to a run: SELECT * FROM step_list WHERE batch = 'transport-3' AND run = 17;
SELECT
    b.id AS batch, s.run, s.step, s.at, s.event, s.attempt, s.task_id, coalesce(s.task_state, s.task ->> 'state') AS task_state,
    iif(s.event = 'run-failed' AND s.reused_run IS NOT NULL, 'run ' || s.reused_run || ' asks the same and failed: ', '')
        || coalesce(s.message, s.fault ->> 'message') AS message
FROM steps AS s JOIN batches AS b ON b.number = s.batch;
