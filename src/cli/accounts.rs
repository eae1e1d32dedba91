//! Accounts and tokens by hand, on the configured storage: for the first administrator, and for when nobody can log in.

use std::error::Error;
use std::io::{self, BufRead, IsTerminal};
use std::sync::Arc;

use crate::ops::clock::Clock;
use crate::ops::config::Config;
use crate::protocol::UserId;
use crate::protocol::error::Error as Refusal;
use crate::store::repository::{Account, AccountName, Repository};

use super::serve;

pub(super) type Done = Result<(), Box<dyn Error>>;

/// The configured storage, opened for a command.
pub(super) struct Desk {
    pub(super) config: Config,
    pub(super) repository: Arc<dyn Repository>,
    pub(super) clock: Clock,
}

/// Opens the storage that the settings name, and does something there.
pub(super) fn with_desk<W: Future<Output = Done>>(work: impl FnOnce(Desk) -> W) -> Done {
    let config = Config::from_environment()?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let repository = serve::open(&config).await?;
        work(Desk { config, repository, clock: Clock::System }).await
    })
}

impl Desk {
    /// The account of that username, or of that e-mail address.
    pub(super) async fn account(&self, name: &str) -> Result<Account, Box<dyn Error>> {
        let by = if name.contains('@') { AccountName::Email(name.into()) } else { AccountName::Username(name.into()) };
        let found = self.repository.account(&by).await?.filter(|account| account.deleted_at.is_none());
        found.ok_or_else(|| format!("there is no user {name}").into())
    }

    /// The user's id.
    pub(super) async fn user(&self, name: &str) -> Result<UserId, Box<dyn Error>> {
        Ok(self.account(name).await?.user.id)
    }
}

/// Words an error for people, with the field at fault.
pub(super) fn told<T>(result: Result<T, impl Into<Refusal>>) -> Result<T, Box<dyn Error>> {
    result.map_err(|error| error.into().message.into_owned().into())
}

/// A password: typed twice at a terminal, which does not show it, else the first line of the input.
pub(super) fn read_password() -> Result<String, Box<dyn Error>> {
    if !io::stdin().is_terminal() {
        return line();
    }
    let first = rpassword::prompt_password("Password: ")?;
    if rpassword::prompt_password("Repeat the password: ")? != first {
        return Err("the passwords do not match".into());
    }
    Ok(first)
}

fn line() -> Result<String, Box<dyn Error>> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
