-- Who submitted a batch to a server; NULL for a batch of the command line.
ALTER TABLE batches ADD COLUMN owner TEXT;

-- A caller's names for its submissions: the same one opens one batch.
CREATE TABLE submissions (
    owner TEXT NOT NULL,
    key TEXT NOT NULL,
    digest BLOB NOT NULL, -- SHA-256 of what was submitted
    batch TEXT NOT NULL, -- its id, also of a batch that was removed
    PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;

-- Who may use a server. The secrets themselves are nowhere.
CREATE TABLE tokens (
    name TEXT NOT NULL PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE, -- SHA-256 of the secret
    role TEXT NOT NULL, -- viewer, runner, admin
    created_at TEXT NOT NULL,
    used_at TEXT,
    revoked_at TEXT
) STRICT, WITHOUT ROWID;

-- What people did through a server.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    action TEXT NOT NULL,
    batch TEXT, -- its id, also of a batch that was removed
    detail TEXT
) STRICT;
CREATE INDEX audit_by_batch ON audit (batch, number) WHERE batch IS NOT NULL;
