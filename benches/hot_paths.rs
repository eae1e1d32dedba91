//! The steps of a message through the server: `cargo bench --bench hot_paths`.

use std::collections::VecDeque;
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Waker};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use jsonwebtoken::{EncodingKey, Header, encode};
use pichat::api::handlers;
use pichat::auth::{AccessGrant, Authenticator, Identity, hash, new_secret};
use pichat::cluster::{ChatSubscription, Publication};
use pichat::domain::{Action, Change, Draft, State, decide};
use pichat::ops::clock::Clock;
use pichat::ops::config::Config;
use pichat::protocol::wire::{self, Request};
use pichat::protocol::{
    ChatEvent, ChatId, ChatKind, LargeChats, MessageRole, PresenceStatus, Scope, ServerRole, Timestamp, Token, User,
    UserKind,
};
use pichat::realtime::hub::{Caller, Connection, Hub, Wakers};
use pichat::realtime::outbox::Outbox;
use pichat::store::repository::{Account, Accounts, Sessions, StoredSession, StoredToken, Tokens};
use pichat::store::sqlite::SqliteRepository;
use serde_json::json;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

const LISTENERS: usize = 1000;
const CHAT: &str = "019aa0c8-0000-7000-8000-000000000001";
const COMMAND: &str = r#"{"type":"SEND_MESSAGE","requestId":"7","chatId":"019aa0c8-0000-7000-8000-000000000001",
    "message":{"id":"019aa0c8-0000-7000-8000-000000000002","content":"Hello, world! How are you today?"}}"#;

fn user() -> Arc<User> {
    Arc::new(User {
        id: "019aa0c8-0000-7000-8000-000000000003".into(),
        username: "ann".into(),
        display_name: "Ann".into(),
        avatar_url: None,
        kind: UserKind::Human,
        role: ServerRole::Member,
        status: PresenceStatus::Online,
        last_seen_at: None,
        created_at: Timestamp::from_millis(0),
        email: None,
        version: 1,
    })
}

fn change(action: Action) -> Change {
    Change {
        chat_id: CHAT.into(),
        actor: user(),
        authority: ServerRole::Member,
        action,
        operation: None,
        large_chats: LargeChats::default(),
    }
}

fn send() -> Change {
    change(Action::Send(Draft {
        within: "message.",
        id: "019aa0c8-0000-7000-8000-000000000002".into(),
        has_new_id: true,
        role: MessageRole::User,
        content: "Hello, world! How are you today?".into(),
        group: vec![],
        attachments: vec![],
        reply_to: None,
        metadata: None,
        peer: None,
    }))
}

/// The state of a chat that the user has just created.
fn state() -> State {
    let mut state = State::default();
    let chat = ChatId::from(CHAT);
    let create = Action::Create { kind: ChatKind::Group, name: "general".into(), description: None, members: vec![] };
    state.load_chat(&chat, None);
    state.load_member(&chat, &user().id, None);
    decide(&mut state, &change(create), Timestamp::from_millis(1)).expect("a new chat");
    state.load_message(&chat, &"019aa0c8-0000-7000-8000-000000000002".into(), None);
    state
}

fn event() -> ChatEvent {
    decide(&mut state(), &send(), Timestamp::from_millis(2)).expect("a message").event
}

fn reading(criterion: &mut Criterion) {
    let session = "019aa0c8-0000-7000-8000-000000000004".into();
    let identity = Identity::of_session(&Account::new((*user()).clone()), &session, Timestamp::from_millis(i64::MAX));
    criterion.bench_function("read a SEND_MESSAGE", |bencher| {
        bencher.iter(|| {
            let mut request = Request::parse(black_box(COMMAND)).expect("a command");
            let row = handlers::find(&mut request).expect("a known one");
            handlers::admit(row, &request, Some(&identity), true).expect("an allowed one").pipeline().map(str::len)
        });
    });
}

fn deciding(criterion: &mut Criterion) {
    let send = send();
    criterion.bench_function("decide a message", |bencher| {
        let decide =
            |mut state: State| (decide(&mut state, &send, Timestamp::from_millis(2)).expect("a message"), state);
        bencher.iter_batched(state, decide, BatchSize::SmallInput);
    });
    let event = event();
    criterion.bench_function("encode an event", |bencher| bencher.iter(|| wire::encode(black_box(&event))));
}

fn delivering(criterion: &mut Criterion) {
    let text = wire::encode(&event());
    let chat = ChatId::from(CHAT);
    let task = Context::from_waker(Waker::noop());
    let mut frames = VecDeque::<Message>::new();
    let outboxes: Vec<Outbox> = (0..LISTENERS).map(|_| Outbox::new(1 << 20)).collect();
    criterion.bench_function("push to and take from 1,000 outboxes", |bencher| {
        bencher.iter(|| {
            for outbox in &outboxes {
                drop(outbox.push_event(&text, &chat, 2));
                outbox.poll(&task, &mut frames, true);
                frames.clear();
            }
        });
    });
    let (hub, listeners) = full_room(&chat);
    criterion.bench_function("publish to 1,000 listeners and take", |bencher| {
        bencher.iter(|| {
            publish(&hub, &chat, &text);
            for listener in &listeners {
                listener.outbox.poll(&task, &mut frames, true);
                frames.clear();
            }
        });
    });
}

fn full_room(chat: &ChatId) -> (Hub, Vec<Arc<Connection>>) {
    let hub = Hub::default();
    let user = user();
    let listeners: Vec<_> = (0..LISTENERS).map(|_| Arc::new(Connection::new(1 << 20))).collect();
    for listener in &listeners {
        hub.open(listener);
        hub.bind(listener, &user.id, 0);
        hub.attach(listener, &[ChatSubscription { chat: chat.clone(), seq: 0, members: 0 }]);
    }
    (hub, listeners)
}

fn publish(hub: &Hub, chat: &ChatId, text: &Utf8Bytes) {
    let chat = chat.clone();
    let text = text.clone();
    static SEQ: AtomicU64 = AtomicU64::new(1);
    let seq = Some(SEQ.fetch_add(1, Ordering::Relaxed));
    let sender = Some(user().id.clone());
    let publication =
        Publication { chat, seq, text, welcome: None, joined: vec![], left: vec![], sender, members: None };
    let mut wakers = Wakers::default();
    hub.publish(publication, Caller::default(), &mut wakers);
    wakers.wake();
}

const SECRET_KEY: &str = "a key that another service knows too";

/// A repository with one user, a log-in and an API token, with its secret and an access token of the log-in.
async fn known(folder: &std::path::Path, authenticator: &Authenticator) -> (SqliteRepository, String, String) {
    let repository = SqliteRepository::open(&folder.join("pichat.db")).expect("a new file");
    let user = user();
    let now = Clock::System.now();
    repository.create_account(&Account::new((*user).clone())).await.expect("a new user");
    let session = StoredSession {
        id: "019aa0c8-0000-7000-8000-000000000004".into(),
        user_id: user.id.clone(),
        device_id: None,
        created_at: now,
        last_seen_at: now,
        expires_at: Timestamp::from_millis(now.millis() + 86_400_000),
        family: [1; 32],
        refresh: [2; 32],
        previous: None,
    };
    repository.create_session(&session).await.expect("a new session");
    let secret = new_secret().expect("random bytes");
    let scopes = vec![Scope::Read, Scope::Write];
    let id = "019aa0c8-0000-7000-8000-000000000005".into();
    let user_id = user.id.clone();
    let token =
        Token { id, name: "t".into(), scopes, user_id, created_at: now, expires_at: None, last_used_at: Some(now) };
    let stored = StoredToken { token, maker: user.id.clone(), hash: hash(&secret) };
    repository.create_token(&stored).await.expect("a new token");
    let grant = AccessGrant { user: &user.id, session: &session.id, id: "j", now, lifetime_seconds: 3600 };
    let access = authenticator.issue(&grant).expect("a token");
    (repository, secret, access.text)
}

/// Whole, with the look into the storage: what a connection costs that brings credentials.
fn authenticating(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let lookup = |name: &str| (name == "SECRET_KEY").then(|| SECRET_KEY.to_owned());
    let config = Config::from_lookup(&lookup).expect("good settings");
    let (repository, authenticator, secret, access) = runtime.block_on(async {
        let other = SqliteRepository::open(&folder.path().join("other.db")).expect("a new file");
        let authenticator = Authenticator::start(&config, &other, &Clock::System).await.expect("a key");
        let (repository, secret, access) = known(folder.path(), &authenticator).await;
        (repository, authenticator, secret, access)
    });
    let now = Clock::System.now().millis() / 1000;
    let claims = json!({"sub":user().id,"iat":now,"exp":now + 3600,"jti":"from-elsewhere","typ":"access"});
    let foreign = encode(&Header::default(), &claims, &EncodingKey::from_secret(SECRET_KEY.as_bytes()));
    let foreign = foreign.expect("a token");
    for (name, token) in [("a log-in's JWT", &access), ("another service's JWT", &foreign), ("an API token", &secret)] {
        criterion.bench_function(&format!("authenticate by {name}"), |bencher| {
            bencher.iter(|| {
                let found = authenticator.authenticate(&repository, black_box(token), Clock::System.now());
                runtime.block_on(found).expect("good credentials")
            });
        });
    }
}

criterion_group!(hot_paths, reading, deciding, delivering, authenticating);
criterion_main!(hot_paths);
