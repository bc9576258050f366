-- How much of each account is in use by all batches together: what the limits on unfinished tasks and open submits hold for. The
-- numbers follow from runs.phase; they change in the transaction of the event that changes it, and are counted anew with each claim.
CREATE TABLE accounts (
    name TEXT NOT NULL PRIMARY KEY, -- as batches.account
    held INTEGER NOT NULL DEFAULT 0, -- runs that have, or may have, an unfinished task: submitting, unconfirmed, at-service
    open INTEGER NOT NULL DEFAULT 0, -- of these: submitting, unconfirmed
    doubt INTEGER NOT NULL DEFAULT 0, -- of these: unconfirmed
    paused_until TEXT -- the service asked for no requests before; NULL where it never did
) STRICT, WITHOUT ROWID;

ALTER TABLE batches ADD COLUMN account TEXT; -- the service's address in one spelling; emulator where the batch has its own
ALTER TABLE runs ADD COLUMN released INTEGER NOT NULL DEFAULT 0; -- 1: its slot was freed while its batch was left, since its task has ended
CREATE INDEX runs_holding ON runs (batch, run) WHERE phase IN ('submitting', 'unconfirmed', 'at-service');

UPDATE batches SET account = account_of(service);
INSERT INTO accounts (name) SELECT DISTINCT account FROM batches WHERE account <> 'emulator';
UPDATE accounts SET (held, open, doubt) = (
    SELECT count(*), count(*) FILTER (WHERE r.phase <> 'at-service'), count(*) FILTER (WHERE r.phase = 'unconfirmed')
    FROM runs AS r JOIN batches AS b ON b.number = r.batch
    WHERE r.phase IN ('submitting', 'unconfirmed', 'at-service') AND b.account = accounts.name);
