-- Uploaded files; their bytes are kept elsewhere. The record has all that is known of a file, the columns what is asked
-- for. State 0: uploading, 1: complete, 2: deleting.
CREATE TABLE files (
    id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    state INTEGER NOT NULL,
    size INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    record TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX files_of_owner ON files (owner_id, id, state, size, due_at);
CREATE INDEX files_of_chat ON files (chat_id, id);
CREATE INDEX files_due ON files (due_at);
CREATE INDEX files_complete ON files (state, size);
