use std::fs;
use std::io;
use std::path::Path;

use crate::api::contract;

/// Folders that contain only generated files.
const GENERATED: [&str; 2] = ["protocol/commands", "protocol/events"];

/// Writes every generated file below the project's folder and deletes those of removed commands and events.
pub(super) fn write(project: &Path) -> io::Result<()> {
    for folder in GENERATED.map(|folder| project.join(folder)) {
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir_all(&folder)?,
        }
    }
    for (path, text) in contract::files() {
        fs::write(project.join(path), text)?;
    }
    Ok(())
}
