use rusqlite::Connection;

/// Work for the writer's thread.
pub(super) type Job = Box<dyn FnOnce(&mut Connection) + Send>;
