-- What the service wrote while a task ran: kept for failed tasks, and for those that a person asked about.
CREATE TABLE logs (
    batch INTEGER NOT NULL REFERENCES batches (number),
    run INTEGER NOT NULL,
    task_id TEXT NOT NULL,
    at TEXT NOT NULL, -- when it was read from the service
    text TEXT NOT NULL,
    PRIMARY KEY (batch, run, task_id)
) STRICT;
