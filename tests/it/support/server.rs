use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;

use pichat::api::context::Services;
use pichat::api::handlers;
use pichat::auth;
use pichat::net::http::Mode;
use pichat::net::listener::{self, Options};
use pichat::ops::clock::Clock;
use pichat::ops::config::Config;
use pichat::protocol::{Scope, Timestamp, Token, UserId};
use pichat::store::repository::{Repository, StoredToken};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_util::task::TaskTracker;

use super::Client;
use crate::contract::backends::Place;
use crate::contract::scene;

/// The token of the built-in administrator.
pub const ADMIN_TOKEN: &str = "administrator-of-the-tests-and-nobody-else";

/// A server that lives as long as the test.
pub struct Server {
    pub address: SocketAddr,
    pub services: Arc<Services>,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
    // Last, so that files are deleted after the server has stopped.
    _place: Box<dyn std::any::Any + Send + Sync>,
}

/// Settings for tests: no rate or connection limits, plus the test's own settings.
pub fn settings(own: &[(&str, &str)]) -> Config {
    let lookup = |name: &str| {
        let own = own.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned());
        own.or_else(|| match name {
            "PORT" | "COMMANDS_PER_SECOND" | "MAX_CONNECTIONS_PER_USER" => Some("0".into()),
            "LOGIN_ATTEMPTS_PER_MINUTE" | "SIGN_UPS_PER_HOUR" => Some("0".into()),
            // Password hashing is slow in a debug build.
            "AUTHENTICATE_WITHIN_SECONDS" => Some("60".into()),
            "API_TOKEN" => Some(ADMIN_TOKEN.into()),
            _ => None,
        })
    };
    Config::from_lookup(&lookup).expect("good settings")
}

/// A server with the settings of tests.
pub async fn start(place: Place) -> Server {
    start_with(place, &[]).await
}

/// A server with these settings in addition to those of tests.
pub async fn start_with(place: Place, own: &[(&str, &str)]) -> Server {
    let Place { repository, keep } = place;
    start_over(repository, keep, settings(own)).await
}

/// A server with these settings in addition to those of tests, and that clock for times and ids.
pub async fn start_at(place: Place, own: &[(&str, &str)], clock: Clock) -> Server {
    let Place { repository, keep } = place;
    start_over_at(repository, keep, settings(own), clock).await
}

/// A server over that repository; `keep` is dropped after it has ended.
pub async fn start_over(
    repository: Arc<dyn Repository>,
    keep: Box<dyn std::any::Any + Send + Sync>,
    config: Config,
) -> Server {
    start_over_at(repository, keep, config, Clock::System).await
}

async fn start_over_at(
    repository: Arc<dyn Repository>,
    keep: Box<dyn std::any::Any + Send + Sync>,
    config: Config,
    clock: Clock,
) -> Server {
    let tasks = TaskTracker::new();
    let names = handlers::TABLE.iter().map(|row| row.name);
    let services = Services::start(config, repository, clock, &tasks, names).await.expect("services");
    let services = Arc::new(services);
    let listener = listener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a free port");
    let address = listener.local_addr().expect("its address");
    let (stop, stopped) = oneshot::channel();
    let options = Options {
        tls: None,
        metrics: None,
        admin: None,
        mode: Mode::Chat,
        reference: pichat::api::contract::reference,
    };
    let stopped = async move { drop(stopped.await) };
    let serving = tokio::spawn(listener::run(listener, services.clone(), options, stopped));
    Server { address, services, stop: Some(stop), serving, _place: keep }
}

impl Server {
    /// The address of the WebSocket.
    pub fn url(&self) -> String {
        format!("ws://{}/ws", self.address)
    }

    /// The built-in administrator on a new connection, after CONNECTED.
    pub async fn admin(&self) -> Client {
        self.user_with(ADMIN_TOKEN).await
    }

    /// Connects with a token and reads CONNECTED.
    pub async fn user_with(&self, token: &str) -> Client {
        Client::greeted(&self.url(), token).await
    }

    /// A new user of that name on a new connection, after CONNECTED.
    pub async fn user(&self, name: &str) -> Client {
        let secret = self.token_of(name).await;
        self.user_with(&secret).await
    }

    /// A token of the user of that name, who is created if missing.
    pub async fn token_of(&self, name: &str) -> String {
        self.admin().await.token_of(name).await
    }

    /// The same user on another device, after CONNECTED.
    pub async fn device(&self, of: &Client) -> Client {
        self.user_with(&of.token).await
    }

    /// A new human user of that name on a new connection, after CONNECTED.
    pub async fn person(&self, name: &str) -> Client {
        let person = scene::user(&*self.services.repository, name).await;
        let secret = self.token_for(&person.id, None).await;
        self.user_with(&secret).await
    }

    /// A token stored directly, so that it may already have expired.
    pub async fn token_for(&self, user_id: &UserId, expires_at: Option<Timestamp>) -> String {
        self.scoped_token_for(user_id, vec![Scope::Read, Scope::Write], expires_at).await
    }

    /// The same with scopes that the server may not give any more.
    pub async fn scoped_token_for(
        &self,
        user_id: &UserId,
        scopes: Vec<Scope>,
        expires_at: Option<Timestamp>,
    ) -> String {
        let secret = auth::new_secret().expect("random bytes");
        let token = Token {
            id: self.services.clock.id().into(),
            name: "kept by the test".into(),
            scopes,
            user_id: user_id.clone(),
            created_at: self.services.clock.now(),
            expires_at,
            last_used_at: None,
        };
        let stored = StoredToken { token, maker: user_id.clone(), hash: auth::hash(&secret) };
        self.services.repository.create_token(&stored).await.expect("a new token");
        secret
    }

    /// Waits until the server's clock has advanced, so that later changes have newer times.
    pub async fn later(&self) {
        let before = self.services.clock.now();
        while self.services.clock.now() == before {
            tokio::task::yield_now().await;
        }
    }

    /// Asks the server to stop and waits until it has.
    pub async fn stop(&mut self) {
        self.begin_to_stop();
        (&mut self.serving).await.expect("the server exits successfully");
    }

    /// Asks the server to stop.
    pub fn begin_to_stop(&mut self) {
        drop(self.stop.take());
    }

    /// Runs something while the server stops.
    pub async fn while_stopping<T>(&mut self, during: impl Future<Output = T>) -> T {
        self.begin_to_stop();
        let (done, ended) = tokio::join!(during, &mut self.serving);
        ended.expect("the server exits successfully");
        done
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.begin_to_stop();
        self.serving.abort();
    }
}
