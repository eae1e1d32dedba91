-- Uploaded files; their bytes are kept elsewhere. The record has all that is known of a file, the columns what is asked
-- for. State 0: uploading, 1: complete, 2: deleting.
CREATE TABLE files (
    id text COLLATE "C" PRIMARY KEY,
    owner_id text COLLATE "C" NOT NULL,
    chat_id text COLLATE "C" NOT NULL,
    state bigint NOT NULL,
    size bigint NOT NULL,
    due_at timestamptz NOT NULL,
    version bigint NOT NULL,
    record json NOT NULL
);

CREATE INDEX files_of_owner ON files (owner_id, id);
CREATE INDEX files_of_chat ON files (chat_id, id);
CREATE INDEX files_due ON files (due_at);
CREATE INDEX files_complete ON files (size) WHERE state = 1;
