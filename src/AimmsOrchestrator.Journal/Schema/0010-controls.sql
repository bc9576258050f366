-- What people set of a batch while it exists; of each name the latest step is in force.
CREATE TABLE controls (
    batch INTEGER NOT NULL REFERENCES batches (number),
    step INTEGER NOT NULL, -- from 1
    at TEXT NOT NULL,
    name TEXT NOT NULL, -- paused, limits.concurrency, limits.submits, limits.requests, limits.unconfirmed
    value TEXT NOT NULL, -- paused: true, false; a limit as a scenario writes it
    author TEXT NOT NULL, -- for people: a user and a machine
    PRIMARY KEY (batch, step)
) STRICT, WITHOUT ROWID;
