//! The SQL files that create and upgrade the tables, compiled into the program.
//!
//! The runner records each applied file with its checksum, so a published file never changes; a new version is a new
//! file and a line in its backend's list.

use refinery_core::{Migration, Runner, Target};

/// A SQL file with its name, for example `V1__users`.
#[derive(Debug)]
pub(super) struct Script {
    pub(super) name: &'static str,
    pub(super) sql: &'static str,
}

/// Embeds files of a folder next to the calling file: `scripts!["migrations": "V1__users"]`.
macro_rules! scripts {
    ($folder:literal: $($name:literal)+) => {
        &[$(Script { name: $name, sql: include_str!(concat!($folder, "/", $name, ".sql")) }),+]
    };
}
pub(super) use scripts;

/// The runner that applies the scripts a database has not seen yet.
pub(super) fn runner(scripts: &[Script]) -> Runner {
    let migration =
        |script: &Script| Migration::unapplied(script.name, script.sql).expect("names begin with a version");
    // Grouped, so that a script and the record of its application are one transaction. Otherwise a process killed
    // between the two would apply the script again.
    Runner::new(&scripts.iter().map(migration).collect::<Vec<_>>()).set_grouped(true)
}

/// Runners that upgrade a database step by step when run in order. All but the last apply one script, which is logged
/// when it starts, because it may take minutes on a large database. A new database needs no log.
pub(super) fn upgrade(scripts: &[Script], found: i32) -> impl Iterator<Item = Runner> {
    let is_pending = |migration: &&Migration| found > 0 && migration.version() > found;
    let mut pending: Vec<Migration> = runner(scripts).get_migrations().iter().filter(is_pending).cloned().collect();
    pending.sort_by_key(Migration::version);
    let of = pending.len();
    let step = move |(index, migration): (usize, Migration)| {
        tracing::info!(%migration, step = index + 1, of, "upgrading the database");
        runner(scripts).set_target(Target::Version(migration.version()))
    };
    pending.into_iter().enumerate().map(step).chain(std::iter::once_with(|| runner(scripts)))
}

/// Panics unless the list contains every file in the folder, and the runner accepts them.
#[cfg(test)]
pub(super) fn assert_complete(folder: &str, scripts: &[Script]) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store").join(folder);
    let files = std::fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file").file_name());
    let mut files: Vec<_> = files.map(|file| file.into_string().expect("UTF-8")).collect();
    let mut listed: Vec<_> = scripts.iter().map(|script| format!("{}.sql", script.name)).collect();
    files.sort();
    listed.sort();
    assert_eq!(files, listed);
    assert_eq!(runner(scripts).get_migrations().len(), listed.len());
}
