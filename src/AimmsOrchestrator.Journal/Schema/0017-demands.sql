-- What batches demand of their accounts now, for the processes that divide these: advice, which is out of date within seconds.
CREATE TABLE demands (
    batch INTEGER NOT NULL PRIMARY KEY REFERENCES batches (number),
    account TEXT NOT NULL, -- as batches.account
    at TEXT NOT NULL,
    demand TEXT NOT NULL -- JSON
) STRICT;

-- Runs under way: what the status of a batch shows, however many have ended.
CREATE INDEX runs_under_way ON runs (batch, run) WHERE phase NOT IN ('completed', 'failed', 'cancelled');
