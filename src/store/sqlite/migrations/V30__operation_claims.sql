-- Who runs the command of an operation that has no outcome yet.
ALTER TABLE operations ADD COLUMN claim TEXT;
