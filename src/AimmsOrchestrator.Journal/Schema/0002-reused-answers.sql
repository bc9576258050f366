-- A run may have the answer of another one that asks the same.
ALTER TABLE batches ADD COLUMN fresh INTEGER NOT NULL DEFAULT 0; -- 1: no answer of an earlier batch is used
ALTER TABLE batches ADD COLUMN service_name TEXT; -- NULL where it differs from run to run, and in batches of old
ALTER TABLE runs ADD COLUMN reused_batch INTEGER; -- whose answer this run has; NULL where it has its own or none
ALTER TABLE runs ADD COLUMN reused_run INTEGER;
ALTER TABLE steps ADD COLUMN reused_batch INTEGER; -- run-reused
ALTER TABLE steps ADD COLUMN reused_run INTEGER;

-- Within a batch a failure is an end too. (An index over both phases would not be used: SQLite wants to find a partial
-- index's own condition in the query.)
CREATE INDEX runs_failed_by_key ON runs (key) WHERE phase = 'failed';
