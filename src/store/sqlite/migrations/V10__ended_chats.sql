-- The ids of chats that were deleted. None of them is given again: who was away during both would take what is left of
-- one chat for the beginning of the other.
CREATE TABLE ended_chats (
    id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
