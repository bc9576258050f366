-- What is wrong with a batch as a whole although it continues; a batch that is resumed begins without any.
CREATE TABLE warnings (
    batch INTEGER NOT NULL REFERENCES batches (number),
    subject TEXT NOT NULL, -- stop.when, list
    message TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (batch, subject)
) STRICT, WITHOUT ROWID;
