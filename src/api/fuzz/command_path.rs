//! The whole path of a command, from its frame to its reply, over a store in memory.
//!
//! Commands that hash a password are left out, because each takes as long as thousands of others; the commands target
//! parses their fields.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::time::timeout;
use tokio_util::task::TaskTracker;

use super::{WORDS, refusal};
use crate::api::context::{Context, Origin, Services};
use crate::api::{dispatch, handlers, sessions};
use crate::auth::Identity;
use crate::ops::clock::{Clock, SimulatedClock};
use crate::ops::config::Config;
use crate::ops::mutator::{Target, fingerprint};
use crate::protocol::wire::{self, Request};
use crate::realtime::hub::Connection;
use crate::realtime::reply::{Asked, PendingReply, Recipient};
use crate::store::memory::MemoryRepository;

/// Commands that compute a hash.
const HASHING: &[&str] =
    &["CHANGE_PASSWORD", "CREATE_USER", "DELETE_ACCOUNT", "LOG_IN", "SET_USER_PASSWORD", "SIGN_UP"];

/// Inputs per stage: leftover data slows later inputs.
const INPUTS: usize = 500;

/// The time after which a command counts as unanswered; time passes only when the runtime is idle.
const ANSWERED_WITHIN: Duration = Duration::from_secs(60);

/// The state that the corpus refers to.
const SCENE: &[&str] = &[
    r##"{"type":"CREATE_API_TOKEN","name":"cleo","botUsername":"cleo"}"##,
    r##"{"type":"CREATE_CHAT","id":"chat-1","kind":"channel","name":"general","members":["cleo"]}"##,
    r##"{"type":"CREATE_CHAT","id":"chat-2","kind":"group","name":"plans","members":["cleo"]}"##,
    r##"{"type":"SEND_MESSAGE","chatId":"chat-1","message":{"id":"hello-1","content":"Hello, @cleo!"}}"##,
    r##"{"type":"SEND_MESSAGE","chatId":"chat-2","message":{"id":"hello-2","content":"Hello"}}"##,
];

/// A node, with the administrator as its caller.
struct CommandStage {
    runtime: Runtime,
    services: Arc<Services>,
    identity: Arc<Identity>,
    connection: Arc<Connection>,
}

impl CommandStage {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        let runtime = runtime.expect("a runtime");
        let services = Arc::new(runtime.block_on(services()));
        let proved = runtime.block_on(sessions::administrator(&services)).expect("the administrator");
        let connection = Arc::new(Connection::new(services.config.limits.outbox_bytes));
        services.hub.open(&connection);
        assert!(services.hub.bind(&connection, &proved.identity.user.id, 0), "a slot for the connection");
        services.hub.attach(&connection, []);
        let stage = CommandStage { runtime, services, identity: Arc::new(proved.identity), connection };
        SCENE.iter().for_each(|frame| assert!(stage.execute(frame).is_some(), "{frame}"));
        stage
    }

    /// The reply to one command; none if it was refused before it ran.
    fn execute(&self, text: &str) -> Option<Value> {
        let mut request = Request::parse(text).ok()?;
        let row = handlers::find(&mut request).ok()?;
        if HASHING.contains(&row.name) {
            return None;
        }
        let id = request.request_id.clone();
        let (sender, receiver) = oneshot::channel();
        let recipient = Recipient::Command(self.connection.clone(), sender);
        let asked = Asked { command: Some(row.name), request_id: id.clone(), ..Asked::default() };
        let pending = PendingReply::expect(recipient, asked, &self.services.telemetry);
        let context = Context {
            services: self.services.clone(),
            identity: Some(self.identity.clone()),
            connection: Some(self.connection.clone()),
            origin: Origin { address: Ipv4Addr::LOCALHOST.into(), site: "".into() },
            operation: None,
            claim: None,
        };
        let answer = self.runtime.block_on(async {
            let completed = match handlers::admit(row, &request, Some(&self.identity), false) {
                Ok(command) => dispatch::execute(context, command, pending).await,
                Err(error) => Some(dispatch::Completed { pending, result: Err(error) }),
            };
            if let Some(completed) = completed {
                dispatch::respond(&self.services, Some(&self.identity), completed);
            }
            timeout(ANSWERED_WITHIN, receiver).await
        });
        let answer = answer.unwrap_or_else(|_| panic!("no reply to {text}")).expect("every command is answered");
        let reply: Value = serde_json::from_str(&answer.text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_ne!(reply["code"], "INTERNAL", "{text} was answered with {reply}");
        assert!(reply["type"].is_string(), "{text} was answered with {reply}");
        assert_eq!(id.is_some(), reply.get("requestId").is_some(), "{text} was answered with {reply}");
        Some(reply)
    }
}

async fn services() -> Services {
    let lookup = |name: &str| match name {
        "API_TOKEN" => Some("administrator-of-the-fuzz-target-and-nobody-else".to_owned()),
        "COMMANDS_PER_SECOND" | "MAX_CHATS_PER_USER" | "NEW_CHATS_PER_HOUR" => Some("0".to_owned()),
        _ => None,
    };
    let config = Config::from_lookup(&lookup).expect("good settings");
    let clock = SimulatedClock::default();
    let repository = Arc::new(MemoryRepository::new(Arc::new(Clock::Simulated(clock.clone()))));
    let names = handlers::TABLE.iter().map(|row| row.name);
    let started = Services::start(config, repository, Clock::Simulated(clock), &TaskTracker::new(), names).await;
    started.expect("services over a storage that works")
}

#[test]
fn every_command_is_answered_once_and_no_input_crashes_the_server() {
    let mut stage = CommandStage::new();
    let mut inputs = 0;
    let target = Target { name: "commands", words: WORDS, longest: 8192, runs: 3000 };
    target.run_text(|text| {
        inputs += 1;
        if inputs % INPUTS == 0 {
            stage = CommandStage::new();
        }
        let frames = match wire::split(text, 50) {
            Err(error) => return refusal(&error),
            Ok(None) => vec![text],
            Ok(Some(elements)) => elements.into_iter().map(|element| element.get()).collect(),
        };
        let outcome = |frame: &&str| {
            let reply = stage.execute(frame)?;
            let fields = reply.as_object().map_or(0, serde_json::Map::len);
            Some((reply["type"].to_string(), reply["code"].to_string(), reply["field"].to_string(), fields))
        };
        fingerprint(frames.iter().map(outcome).collect::<Vec<_>>())
    });
}
