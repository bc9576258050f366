-- Answers that were cut short: which limit cut them, so that a longer one asks again; the mark of those copied before it travelled.
ALTER TABLE runs ADD COLUMN cut_seconds REAL; -- how long the solver of an incumbent was let run; NULL for any other run, and where an older version cut it
-- runs.incumbent, runs.reading, runs.reused_batch and runs.reused_run of failed runs: those that are no success have an answer too.
CREATE INDEX runs_incumbent ON runs (batch, run) WHERE incumbent = 1;

-- Completed tasks that were cut and are no success: a longer solve may be one.
UPDATE runs SET incumbent = 1
WHERE phase = 'failed' AND error_kind = 'not-success' AND (
    SELECT max(s.step) FILTER (WHERE s.event = 'task-interrupted') > max(s.step) FILTER (WHERE s.event = 'submit-intended')
    FROM steps AS s WHERE s.batch = runs.batch AND s.run = runs.run);
UPDATE steps SET payload = json_set(payload, '$.isIncumbent', json('true'))
WHERE event = 'run-failed' AND EXISTS (
    SELECT 1 FROM runs AS r
    WHERE r.batch = steps.batch AND r.run = steps.run AND r.incumbent = 1 AND r.phase = 'failed');

-- Copies of an incumbent are incumbents.
CREATE INDEX runs_copies ON runs (reused_batch, reused_run) WHERE reused_batch IS NOT NULL;
WITH RECURSIVE cut (batch, run) AS (
    SELECT batch, run FROM runs WHERE incumbent = 1 AND phase = 'completed'
    UNION
    SELECT r.batch, r.run FROM cut JOIN runs AS r ON r.reused_batch = cut.batch AND r.reused_run = cut.run
)
UPDATE runs SET incumbent = 1 FROM cut
WHERE runs.batch = cut.batch AND runs.run = cut.run AND runs.incumbent = 0;
DROP INDEX runs_copies;
UPDATE steps SET payload = json_set(payload, '$.isIncumbent', json('true'))
WHERE event = 'run-reused' AND EXISTS (
    SELECT 1 FROM runs AS r WHERE r.batch = steps.batch AND r.run = steps.run AND r.incumbent = 1);
