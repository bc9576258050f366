-- Submits whose answer was lost, and what became of them; solves that were interrupted; tasks that were deleted.
ALTER TABLE runs ADD COLUMN submit_at TEXT; -- when the last submit was intended
ALTER TABLE runs ADD COLUMN lost_at TEXT; -- when the answer to that submit was given up; NULL where it came
ALTER TABLE runs ADD COLUMN settled TEXT; -- adopted, sent-again, ambiguous; NULL where no answer was lost
ALTER TABLE runs ADD COLUMN incumbent INTEGER NOT NULL DEFAULT 0; -- 1: the best solution when the solver was interrupted
ALTER TABLE runs ADD COLUMN task_deleted INTEGER NOT NULL DEFAULT 0; -- 1: the service no longer keeps the task
ALTER TABLE steps ADD COLUMN detail TEXT; -- submit-settled: the verdict; task-interrupted: solve, execution
ALTER TABLE steps ADD COLUMN incumbent INTEGER; -- run-completed: 0 or 1

-- Whether a task that the service lists is one of ours, of whichever batch.
CREATE INDEX steps_by_task ON steps (task_id) WHERE task_id IS NOT NULL;

DROP VIEW run_list;
CREATE VIEW run_list AS
-- The runs by their batch's id: SELECT * FROM run_list WHERE batch = 'transport-3' AND state = 'failed';
SELECT
    b.id AS batch, r.run, r.name, CASE r.phase WHEN 'at-service' THEN r.task_state ELSE r.phase END AS state,
    r.results, r.error, r.task_id, r.queue_seconds, r.run_seconds, r.return_code, r.attempts, r.settled, r.incumbent,
    r.started_at, r.ended_at, lower(hex(r.key)) AS key
FROM runs AS r JOIN batches AS b ON b.number = r.batch;
