use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::oneshot;
use tokio_util::task::TaskTracker;

use super::Failure;
use super::remote::{success, wait};
use super::serve;
use crate::api::context::{Context, Origin, Services};
use crate::api::{dispatch, handlers, sessions};
use crate::auth::Identity;
use crate::ops::clock::Clock;
use crate::ops::config::Config;
use crate::protocol::wire;
use crate::realtime::reply::{Asked, PendingReply, Recipient};

/// Runs protocol commands on a store that no server on this machine has open, as the built-in administrator. Other
/// nodes of the same store receive the changes over Redis as from any node.
pub(super) struct InProcess {
    services: Arc<Services>,
    tasks: TaskTracker,
    identity: Arc<Identity>,
}

impl InProcess {
    /// Opens the configured store.
    ///
    /// # Errors
    /// [`serve::NotOpened`] if the store cannot be opened.
    pub(super) async fn start(config: Config) -> Result<Self, Failure> {
        let repository = serve::open(&config).await?;
        let tasks = TaskTracker::new();
        let names = handlers::TABLE.iter().map(|row| row.name);
        let services = Arc::new(Services::start(config, repository, Clock::System, &tasks, names).await?);
        let proved = sessions::administrator(&services).await?;
        Ok(InProcess { services, tasks, identity: Arc::new(proved.identity) })
    }

    /// Runs a command that must succeed; waits and retries if the limits require it.
    pub(super) async fn command(&self, command: &Value) -> Result<Value, Failure> {
        loop {
            let answer = self.answer(&command.to_string()).await?;
            match wait(&answer) {
                Some(millis) => tokio::time::sleep(Duration::from_millis(millis)).await,
                None => return success(answer),
            }
        }
    }

    async fn answer(&self, text: &str) -> Result<Value, Failure> {
        let mut request = wire::Request::parse(text).map_err(|unreadable| unreadable.error)?;
        let row = handlers::find(&mut request)?;
        let (sender, receiver) = oneshot::channel();
        let asked = Asked::by_server(Some(row.name));
        let pending = PendingReply::expect(Recipient::Http(sender), asked, &self.services.telemetry);
        let context = Context {
            services: self.services.clone(),
            identity: Some(self.identity.clone()),
            connection: None,
            origin: Origin { address: Ipv4Addr::LOCALHOST.into(), site: "".into() },
            operation: None,
            claim: None,
        };
        let completed = match handlers::admit(row, &request, Some(&self.identity), false) {
            Ok(command) => dispatch::execute(context, command, pending).await,
            Err(error) => Some(dispatch::Completed { pending, result: Err(error) }),
        };
        if let Some(completed) = completed {
            dispatch::respond(&self.services, Some(&self.identity), completed);
        }
        Ok(serde_json::from_str(&receiver.await?.text)?)
    }

    /// Stops once everything has been written and published.
    pub(super) async fn close(self) {
        let InProcess { services, tasks, .. } = self;
        services.bus.leave_cluster().await;
        drop(services);
        tasks.close();
        tasks.wait().await;
    }
}
