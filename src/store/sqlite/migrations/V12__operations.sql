-- The outcomes of commands that carried an opId.
CREATE TABLE operations (
    user_id TEXT NOT NULL,
    id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    chat_id TEXT,
    seq INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (user_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX operations_at ON operations (at);
