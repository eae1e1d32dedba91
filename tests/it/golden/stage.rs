use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use pichat::auth::{RefreshToken, hash, new_secret};
use pichat::ops::clock::Clock;
use pichat::protocol::{Scope, Timestamp, Token, TokenId, User, UserId, UserKind};
use pichat::store::repository::{Account, StoredToken};
use serde_json::{Map, Value, json};

use crate::contract::backends;
use crate::support::{Client, Server, server};

/// The time at which every conversation begins.
const START: &str = "2026-01-02T03:04:05.678Z";
/// The users, with fixed ids.
pub const PEOPLE: [(&str, &str); 4] = [
    ("ann", "019b7ca9-8f2e-7000-8000-00000000000a"),
    ("ben", "019b7ca9-8f2e-7000-8000-00000000000b"),
    ("cleo", "019b7ca9-8f2e-7000-8000-00000000000c"),
    ("helper", "019b7ca9-8f2e-7000-8000-00000000000d"),
];

/// One conversation with a server with fixed times and ids, and the frames to record.
pub struct Stage {
    server: Server,
    clients: BTreeMap<&'static str, Client>,
    examples: BTreeMap<String, Map<String, Value>>,
    events: BTreeMap<String, Value>,
    said: String,
}

impl Stage {
    /// A new server with these settings, and its users.
    pub async fn open(settings: &[(&str, &str)]) -> Stage {
        let place = backends::sqlite().await.expect("the backend that is always there");
        let server = server::start_at(place, settings, Clock::counting(start())).await;
        for (name, id) in PEOPLE {
            let user = person(name, id);
            server.services.repository.create_account(&Account::new(user)).await.expect("a new user");
        }
        let (clients, examples, events) = Default::default();
        Stage { server, clients, examples, events, said: String::new() }
    }

    /// The address of the server.
    pub fn address(&self) -> std::net::SocketAddr {
        self.server.address
    }

    /// Advances the time by a number of days.
    pub fn let_pass(&self, days: i64) {
        match &*self.server.services.clock {
            Clock::Counting(next) => drop(next.fetch_add(days * 24 * 3_600_000, Ordering::Relaxed)),
            other => panic!("this clock advances by itself: {other:?}"),
        }
    }

    /// A token of that user; its id is its name.
    pub async fn token(&self, id: &str, person: &str, lives_millis: Option<i64>) -> String {
        let (_, user) = PEOPLE.into_iter().find(|(name, _)| *name == person).expect("one of the people");
        let secret = new_secret().expect("random bytes");
        let token = Token {
            id: TokenId::from(id),
            name: id.to_owned(),
            scopes: vec![Scope::Read, Scope::Write],
            user_id: UserId::from(user),
            created_at: start(),
            expires_at: lives_millis.map(|millis| Timestamp::from_millis(start().millis() + millis)),
            last_used_at: None,
        };
        let stored = StoredToken { token, maker: UserId::from(user), hash: hash(&secret) };
        self.server.services.repository.create_token(&stored).await.expect("a new token");
        secret
    }

    /// A connection without credentials.
    pub async fn connect(&mut self, client: &'static str) {
        let connection = Client::connect(&self.server.url()).await;
        self.clients.insert(client, connection);
    }

    /// A connection of a user that reads every frame.
    pub async fn enter(&mut self, client: &'static str, person: &str) {
        let token = self.token(client, person, None).await;
        self.connect_with(client, &token).await;
        // CONNECTED is sent before the chats are loaded; a reply comes after.
        self.client(client).hears_nothing().await;
    }

    /// A connection with that token.
    pub async fn connect_with(&mut self, client: &'static str, token: &str) {
        let mut connection = self.server.user_with(token).await;
        connection.hears_deliveries = true;
        self.clients.insert(client, connection);
    }

    fn client(&mut self, name: &str) -> &mut Client {
        self.clients.get_mut(name).unwrap_or_else(|| panic!("{name} is not connected"))
    }

    /// Sends a command that is not recorded, and returns its reply.
    pub async fn does(&mut self, who: &str, command: Value) -> Value {
        let command = with_request_id(command);
        let client = self.client(who);
        client.send(command).await;
        client.until(|frame| frame.get("requestId").is_some()).await
    }

    /// Sends a command and records it as the example of its type.
    pub async fn says(&mut self, who: &str, command: Value) -> Value {
        let reply = self.does(who, command.clone()).await;
        assert_ne!(reply["type"], "ERROR", "{command} was refused: {reply}");
        self.said = command["type"].as_str().expect("a type").to_owned();
        let mut example = Map::new();
        example.insert("command".into(), with_request_id(command));
        example.insert("reply".into(), reply.clone());
        let before = self.examples.insert(self.said.clone(), example);
        assert!(before.is_none(), "{} already has an example", self.said);
        reply
    }

    /// Sends a command that is refused and records the refusal as an example of ERROR.
    pub async fn is_refused(&mut self, who: &str, command: Value) {
        let reply = self.does(who, command).await;
        assert_eq!(reply["type"], "ERROR");
        self.events.insert("ERROR".into(), reply);
    }

    /// Waits for the event of the last recorded command and adds it to that example.
    pub async fn hears(&mut self, who: &str, kind: &str) {
        let reply = self.examples[&self.said]["reply"].clone();
        let same = |frame: &Value, field| frame.get(field) == reply.get(field);
        let fits = |frame: &Value| frame["type"] == kind && (same(frame, "chatId") && same(frame, "seq"));
        let event = self.client(who).until(fits).await;
        self.events.entry(kind.to_owned()).or_insert_with(|| event.clone());
        self.examples.get_mut(&self.said).expect("it was said").insert("event".into(), event);
    }

    /// Makes a client report presence changes.
    pub fn sees_presence(&mut self, who: &str) {
        self.client(who).sees_presence = true;
    }

    /// Waits for an event that no command caused.
    pub async fn notices(&mut self, who: &str, kind: &str) {
        let event = self.client(who).next_of(kind).await;
        self.events.entry(kind.to_owned()).or_insert(event);
    }

    /// The example files of this conversation.
    pub async fn close(mut self) -> BTreeMap<String, String> {
        self.clients.clear();
        self.server.stop().await;
        let examples =
            self.examples.into_iter().map(|(name, example)| (format!("{name}.json"), Value::Object(example)));
        let events = self.events.into_iter().map(|(name, event)| (format!("events/{name}.json"), event));
        examples.chain(events).map(|(path, example)| (path, text(example))).collect()
    }
}

fn start() -> Timestamp {
    Timestamp::parse(START).expect("a time")
}

fn person(name: &str, id: &str) -> User {
    let (first, rest) = name.split_at(1);
    User {
        id: UserId::from(id),
        username: name.to_owned(),
        display_name: first.to_uppercase() + rest,
        avatar_url: None,
        kind: if name == "helper" { UserKind::Bot } else { UserKind::Human },
        role: pichat::protocol::ServerRole::Member,
        status: Default::default(),
        last_seen_at: None,
        created_at: start(),
        email: None,
        version: 1,
    }
}

/// Fixed, so that a new step of one conversation does not change the others.
fn with_request_id(command: Value) -> Value {
    let Value::Object(fields) = command else { panic!("a command is an object") };
    let (kind, rest): (Map<_, _>, Map<_, _>) = fields.into_iter().partition(|(name, _)| name == "type");
    let request_id = ("requestId".to_owned(), json!("1"));
    Value::Object(kind.into_iter().chain([request_id]).chain(rest).collect())
}

fn text(mut example: Value) -> String {
    mask(&mut example);
    serde_json::to_string_pretty(&example).expect("JSON") + "\n"
}

/// Only secrets are random.
fn mask(value: &mut Value) {
    match value {
        Value::String(text) if pichat::auth::is_well_formed(text) => *text = format!("pichat_{}", "0".repeat(72)),
        Value::String(text) if RefreshToken::parse(text).is_some() => {
            *text = format!("pichat_refresh_{}", "0".repeat(178));
        }
        Value::String(text) if text.starts_with("eyJ") => *text = format!("eyJ{}.eyJ{0}.{0}", "0".repeat(40)),
        Value::String(text) if text.contains("/export/") => *text = "https://chat.example/export/…".to_owned(),
        Value::String(text) if text.contains("/uploads/") => *text = "https://chat.example/uploads/…".to_owned(),
        Value::String(text) if text.contains("?ticket=") => {
            let path = text.split('?').next().and_then(|url| url.split("/files/").nth(1)).unwrap_or_default();
            *text = format!("https://chat.example/files/{path}?ticket=…");
        }
        Value::Array(array) => array.iter_mut().for_each(mask),
        Value::Object(object) => {
            // Durations vary too.
            object
                .iter_mut()
                .filter(|(name, rate)| name.ends_with("PerSecond") && rate.is_f64())
                .for_each(|(_, rate)| *rate = json!(0.5));
            object.values_mut().for_each(mask);
        }
        _ => {}
    }
}
