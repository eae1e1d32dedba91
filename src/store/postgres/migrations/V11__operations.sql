-- A row for each transaction that writes no new message. A writer whose COMMIT was not answered finds its stamp, or voids
-- it so that the transaction can no longer be committed.
CREATE TABLE commit_stamps (
    id text COLLATE "C" PRIMARY KEY,
    voided boolean NOT NULL DEFAULT false,
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX commit_stamps_at ON commit_stamps (at);

-- The outcomes of commands that carried an opId.
CREATE TABLE operations (
    user_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    fingerprint text NOT NULL,
    chat_id text COLLATE "C",
    seq bigint NOT NULL,
    outcome text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (user_id, id)
);
CREATE INDEX operations_at ON operations (at);
