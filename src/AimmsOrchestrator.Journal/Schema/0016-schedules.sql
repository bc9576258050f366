-- Scenarios that a server begins again and again; an owner has one schedule of a scenario's name. Their numbers are not given again.
CREATE TABLE schedules (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    scenario TEXT NOT NULL, -- its name
    cron TEXT NOT NULL,
    zone TEXT NOT NULL, -- whose clock cron is about
    overlap TEXT NOT NULL, -- skip, queue: what happens while the last batch is under way
    priority TEXT, -- of its batches; NULL where its owner does not say
    source BLOB NOT NULL REFERENCES blobs (sha256), -- the scenario's text
    source_file TEXT NOT NULL,
    overrides TEXT NOT NULL, -- JSON
    created_at TEXT NOT NULL,
    next_at TEXT, -- when it is due; NULL for never again. It moves in the transaction that opens the batch
    paused_at TEXT,
    last_due_at TEXT,
    last_batch TEXT, -- its id, also of a batch that was removed
    last_note TEXT,
    waits_for TEXT, -- the id of the batch whose end it waits for
    UNIQUE (owner, scenario)
) STRICT;
CREATE INDEX schedules_due ON schedules (next_at) WHERE paused_at IS NULL;

-- The files that they read.
CREATE TABLE schedule_files (
    schedule INTEGER NOT NULL REFERENCES schedules (number),
    name TEXT NOT NULL,
    sha256 BLOB NOT NULL REFERENCES blobs (sha256),
    PRIMARY KEY (schedule, name)
) STRICT, WITHOUT ROWID;

-- Which schedule began a batch, also one that was removed; NULL where a person did.
ALTER TABLE batches ADD COLUMN schedule INTEGER;
ALTER TABLE batches ADD COLUMN due_at TEXT; -- when it was due
ALTER TABLE batches ADD COLUMN late TEXT; -- why it began late; NULL where it was in time
