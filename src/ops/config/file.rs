use std::collections::HashMap;

use super::BadSetting;

/// What stands in the file `.env` of the working directory.
pub(super) fn read() -> Result<HashMap<String, String>, BadSetting> {
    env_file().map_err(|error| BadSetting { name: ".env", problem: unreadable(&error) })
}

/// Not `dotenvy::dotenv`, which goes on looking in the folders above.
fn env_file() -> Result<HashMap<String, String>, dotenvy::Error> {
    match dotenvy::from_path_iter(".env") {
        Ok(entries) => entries.collect(),
        Err(error) if error.not_found() => Ok(HashMap::new()),
        Err(error) => Err(error),
    }
}

/// What is wrong with the file, without the values in it.
fn unreadable(error: &dotenvy::Error) -> String {
    match error {
        dotenvy::Error::LineParse(..) => "a line is not NAME=value; put quotes around a value that has blanks".into(),
        other => other.to_string(),
    }
}
