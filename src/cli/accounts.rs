//! Input, errors and output of the account commands.

use std::error::Error;
use std::io::{self, BufRead, IsTerminal};

use super::Failure;

pub(super) type Done = Result<(), Box<dyn Error>>;

/// Reads a password: twice from a terminal, which does not show it, otherwise the first line of standard input.
pub(super) fn read_password() -> Result<String, Failure> {
    if !io::stdin().is_terminal() {
        return line();
    }
    let first = rpassword::prompt_password("Password: ")?;
    if rpassword::prompt_password("Repeat the password: ")? != first {
        return Err("the passwords do not match".into());
    }
    Ok(first)
}

fn line() -> Result<String, Failure> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
