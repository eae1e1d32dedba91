//! Access to a store for `pichat user` and `pichat token`, always with protocol commands: over the administration socket
//! of the server that has it open, over the network, or directly if no server runs.

use serde_json::Value;

use super::Failure;
use super::archive::places;
use super::in_process::InProcess;
use super::remote::{Address, Remote};
use super::serve::NotOpened;
use crate::ops::config::Config;

/// The behaviour if there is no database yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Absence {
    /// A database is created.
    IsFilled,
    /// The command fails.
    IsRefused,
}

/// A connection to the server or its store, as the built-in administrator or as the owner of the given token.
pub(super) enum Administration {
    Remote(Remote),
    Store(Box<InProcess>),
}

/// Runs a function with the connection that is available.
pub(super) fn with_administration(
    address: &Address,
    absence: Absence,
    work: impl AsyncFnOnce(&mut Administration) -> Result<(), Failure>,
) -> Result<(), Failure> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let mut administration = Administration::open(address, absence).await?;
        let done = work(&mut administration).await;
        if let Administration::Store(store) = administration {
            store.close().await;
        }
        done
    })
}

impl Administration {
    async fn open(address: &Address, absence: Absence) -> Result<Administration, Failure> {
        if address.is_given() {
            return Remote::of(address).await.map(Administration::Remote);
        }
        let config = Config::from_environment()?;
        let socket = config.admin_socket.as_ref().map(|socket| socket.path.clone());
        if let Some(path) = &socket
            && let Some(remote) = Remote::by_socket(path).await?
        {
            return Ok(Administration::Remote(remote));
        }
        if absence == Absence::IsRefused {
            places::require(&config).await.map_err(|error| Failure::from(error.to_string()))?;
        }
        let opened = InProcess::start(config).await.map_err(|error| {
            let path = error.downcast_ref().and_then(NotOpened::path_in_use).map(str::to_owned);
            path.map_or(error, |path| in_use(&path, socket.as_deref()))
        });
        Ok(Administration::Store(Box::new(opened?)))
    }

    /// Runs a command that must succeed.
    pub(super) async fn command(&mut self, command: Value) -> Result<Value, Failure> {
        match self {
            Administration::Remote(remote) => remote.command(command).await,
            Administration::Store(store) => store.command(&command).await,
        }
    }
}

fn in_use(path: &str, socket: Option<&std::path::Path>) -> Failure {
    let silence = match socket {
        Some(path) => format!("no server responds at {} (ADMIN_SOCKET)", path.display()),
        None => "there is no administration socket (ADMIN_SOCKET)".to_owned(),
    };
    format!("another pichat process holds {path} and {silence}: use --url and --token, or stop it").into()
}
