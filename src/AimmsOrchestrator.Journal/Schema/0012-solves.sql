-- How far the solver of a running task was when it was last asked; of no use once its run has ended.
CREATE TABLE solves (
    batch INTEGER NOT NULL REFERENCES batches (number),
    run INTEGER NOT NULL,
    at TEXT NOT NULL,
    incumbent REAL,
    bound REAL,
    gap REAL, -- a share of the incumbent
    PRIMARY KEY (batch, run)
) STRICT, WITHOUT ROWID;
