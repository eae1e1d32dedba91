//! Permissions: every command of the table by every kind of caller, on a real server, against a checked-in table.
//! All commands are sent by `POST /command`, where a permitted command about a connection is answered with CONFLICT.
//!
//! A new command adds a line, with the fields of its example. Each cell has its own chat, caller and other users, so
//! that lines are independent.

use std::fmt::Write;
use std::fs;

use futures_util::future::join_all;
use pichat::api::command::{Access, Row};
use pichat::api::handlers::TABLE;
use pichat::auth::{hash, new_secret};
use pichat::domain::Action;
use pichat::protocol::{Ban, ChatKind, ChatRole, Scope, ServerRole, Timestamp, Token, User, UserId};
use pichat::store::repository::{Account, StoredToken};
use serde_json::{Value, json};

use crate::contract::{backends, scene};
use crate::protocol::{REMEDY, project};
use crate::support::{self, Server, http};

const FILE: &str = "tests/it/golden/access.txt";

/// A kind of caller.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Caller {
    Anonymous,
    WrongScope,
    Outsider,
    Member,
    ChatAdmin,
    ChatOwner,
    Moderator,
    Admin,
    Banned,
}

const CALLERS: [(Caller, &str); 9] = [
    (Caller::Anonymous, "anonymous"),
    (Caller::WrongScope, "wrong scope"),
    (Caller::Outsider, "outsider"),
    (Caller::Member, "member"),
    (Caller::ChatAdmin, "chat admin"),
    (Caller::ChatOwner, "chat owner"),
    (Caller::Moderator, "moderator"),
    (Caller::Admin, "admin"),
    (Caller::Banned, "banned"),
];

impl Caller {
    /// The role in the chat; none for a user outside it.
    fn chat_role(self) -> Option<ChatRole> {
        match self {
            Caller::Member => Some(ChatRole::Member),
            Caller::ChatAdmin => Some(ChatRole::Admin),
            Caller::ChatOwner | Caller::WrongScope | Caller::Banned => Some(ChatRole::Owner),
            _ => None,
        }
    }

    fn server_role(self) -> ServerRole {
        match self {
            Caller::Moderator => ServerRole::Moderator,
            Caller::Admin | Caller::WrongScope => ServerRole::Admin,
            _ => ServerRole::Member,
        }
    }

    fn scopes(self, row: &Row) -> Vec<Scope> {
        match (self, row.access) {
            (Caller::WrongScope, Access::Scope(Scope::Write)) => vec![Scope::Read],
            (Caller::WrongScope, Access::Scope(Scope::Read)) => vec![Scope::Write],
            (Caller::WrongScope, _) => vec![Scope::Read, Scope::Write],
            _ => vec![Scope::Read, Scope::Write, Scope::Admin],
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn permissions_match_the_golden_table() {
    let server = support::start(backends::sqlite().await.expect("the backend that is always there")).await;
    let mut table = format!("{:<24}", "");
    for (_, name) in CALLERS {
        write!(table, "{name:<17}").expect("a string");
    }
    for row in TABLE {
        let cells = CALLERS.iter().map(|(caller, name)| {
            let cell = Cell { server: &server, row, caller: *caller, name: format!("{}-{name}", row.name) };
            cell.code()
        });
        write!(table, "\n{:<24}", row.name).expect("a string");
        for code in join_all(cells).await {
            write!(table, "{code:<17}").expect("a string");
        }
    }
    let table: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    if std::env::var_os("UPDATE_PROTOCOL").is_some_and(|value| value == "1") {
        fs::write(project(FILE), &table).expect("a file for the table");
    }
    let there = fs::read_to_string(project(FILE)).unwrap_or_default();
    for (line, known) in table.lines().zip(there.lines()) {
        assert_eq!(line, known, "{FILE}: {REMEDY}");
    }
    assert_eq!(table, there, "{FILE}: {REMEDY}");
}

/// One command by one caller.
struct Cell<'a> {
    server: &'a Server,
    row: &'static Row,
    caller: Caller,
    /// No other value has this name.
    name: String,
}

impl Cell<'_> {
    async fn code(self) -> String {
        let caller = self.person("caller").await;
        let owner = self.person("owner").await;
        let victim = self.person("victim").await;
        let chat = self.chat(&caller, &owner, &victim).await;
        let command = self.command(&chat, &victim);
        let token = if self.caller == Caller::Anonymous { None } else { Some(self.token(&caller.id).await) };
        self.ban(&caller).await;
        code(&http::command(self.server.address, token.as_deref(), &command).await.json())
    }

    async fn person(&self, part: &str) -> User {
        let digest: String =
            hash(&format!("{} {part}", self.name)).iter().take(8).map(|b| format!("{b:02x}")).collect();
        let role = if part == "caller" { self.caller.server_role() } else { ServerRole::Member };
        let user = User { role, ..scene::person(&format!("{part}-{digest}")) };
        let account = self.server.services.repository.create_account(&Account::new(user)).await;
        account.expect("a new user").user
    }

    async fn token(&self, user: &UserId) -> String {
        let secret = new_secret().expect("random bytes");
        let token = Token {
            id: self.server.services.clock.id().into(),
            name: "of the table".into(),
            scopes: self.caller.scopes(self.row),
            user_id: user.clone(),
            created_at: Timestamp::from_millis(0),
            expires_at: None,
            last_used_at: None,
        };
        let stored = StoredToken { token, maker: user.clone(), hash: hash(&secret) };
        self.server.services.repository.create_token(&stored).await.expect("a new token");
        secret
    }

    /// A group with one message by its owner, where the caller has a given role.
    async fn chat(&self, caller: &User, owner: &User, victim: &User) -> String {
        let chat = format!("chat-of-{}", caller.id);
        let role = self.caller.chat_role();
        let mut members = vec![victim];
        members.extend(role.map(|_| caller));
        let mut changes = vec![scene::create(owner, &chat, ChatKind::Group, &members)];
        if let Some(role) = role {
            changes.push(scene::change(owner, &chat, Action::SetRole { user_id: caller.id.clone(), role }));
        }
        let author = if role == Some(ChatRole::Owner) { caller } else { owner };
        changes.push(scene::send(author, &chat, "hello-1"));
        let committed: Vec<_> = self.server.services.repository.commit(changes.into(), scene::now()).await;
        committed.into_iter().for_each(|result| drop(result.expect("an allowed change")));
        chat
    }

    async fn ban(&self, caller: &User) {
        if self.caller == Caller::Banned {
            let by = UserId::from("admin");
            let at = Timestamp::from_millis(0);
            let account =
                Account { ban: Some(Ban { by, at, reason: None, until: None }), ..Account::new(caller.clone()) };
            assert!(self.server.services.repository.update_account(&account).await.expect("an answer"));
        }
    }

    /// The row's example with the ids of this cell.
    fn command(&self, chat: &str, victim: &User) -> Value {
        let mut command = self.row.example();
        let unique: String = hash(&self.name).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        for (name, value) in command.as_object_mut().expect("an object") {
            match name.as_str() {
                "chatId" => *value = json!(chat),
                "chats" => *value = json!({chat:0}),
                "userId" | "to" => *value = json!(victim.id),
                "userIds" | "members" => *value = json!([victim.id]),
                "messageId" => *value = json!("hello-1"),
                "message" if value.is_object() && value.get("id").is_some() => value["id"] = json!("hello-2"),
                "name" | "botUsername" | "username" => *value = json!(unique),
                "email" => *value = json!(format!("{unique}@example.org")),
                _ => {}
            }
        }
        command["requestId"] = json!("cell");
        command
    }
}

fn code(reply: &Value) -> String {
    reply["code"].as_str().unwrap_or("OK").to_owned()
}
