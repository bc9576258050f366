-- What a server signs the sessions of its pages with: all servers of the workspace accept each other's.
CREATE TABLE session_keys (
    name TEXT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL -- XML
) STRICT, WITHOUT ROWID;
