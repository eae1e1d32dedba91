//! Shorthands used by most cases.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use pichat::domain::{Action, Change, ChatUpdate, Draft, Outcome};
use pichat::protocol::error::{Code, Error, Result};
use pichat::protocol::{
    Chat, ChatEvent, ChatId, ChatKind, LargeChats, Message, MessageRole, PresenceStatus, Seq, ServerRole, Timestamp,
    User, UserId, UserKind,
};
use pichat::store::repository::{Account, HistoryQuery, ReadBudget, Repository, Window};

/// A moment later than all before.
pub fn now() -> Timestamp {
    static NEXT: AtomicI64 = AtomicI64::new(1_767_225_600_000);
    Timestamp::from_millis(NEXT.fetch_add(1, Ordering::Relaxed))
}

pub fn person(name: &str) -> User {
    User {
        id: format!("id-of-{name}").into(),
        username: name.to_owned(),
        display_name: format!("{name} the user"),
        avatar_url: None,
        kind: UserKind::Human,
        role: ServerRole::Member,
        status: PresenceStatus::Offline,
        last_seen_at: None,
        created_at: Timestamp::from_millis(1_767_000_000_000),
        email: None,
        version: 1,
    }
}

/// A stored user.
pub async fn user(repository: &dyn Repository, name: &str) -> User {
    kept(repository, &person(name)).await
}

/// Stores the user.
pub async fn kept(repository: &dyn Repository, user: &User) -> User {
    repository.create_account(&Account::new(user.clone())).await.expect("a new user").user
}

/// The three users of most cases.
pub async fn three(repository: &dyn Repository) -> [User; 3] {
    [user(repository, "ann").await, user(repository, "ben").await, user(repository, "cem").await]
}

pub fn change(actor: &User, chat: &str, action: Action) -> Change {
    let actor = actor.clone();
    let authority = actor.role;
    let large_chats = LargeChats::default();
    Change { chat_id: chat.into(), actor: actor.into(), authority, action, operation: None, large_chats }
}

pub fn create(actor: &User, chat: &str, kind: ChatKind, members: &[&User]) -> Change {
    named(actor, chat, kind, &format!("name of {chat}"), members)
}

pub fn named(actor: &User, chat: &str, kind: ChatKind, name: &str, members: &[&User]) -> Change {
    let members = members.iter().map(|user| (*user).clone()).collect();
    change(actor, chat, Action::Create { kind, name: name.to_owned(), description: None, members })
}

pub fn rename(actor: &User, chat: &str, name: &str) -> Change {
    change(actor, chat, Action::Update(ChatUpdate { name: Some(name.to_owned()), ..ChatUpdate::default() }))
}

pub fn activate(actor: &User, chat: &str, active: bool) -> Change {
    change(actor, chat, Action::Update(ChatUpdate { active: Some(active), ..ChatUpdate::default() }))
}

pub fn join(actor: &User, chat: &str) -> Change {
    change(actor, chat, Action::Join { owners: vec![] })
}

pub fn add(actor: &User, chat: &str, users: &[&User]) -> Change {
    change(actor, chat, Action::Add { users: users.iter().map(|user| (*user).clone()).collect() })
}

pub fn remove(actor: &User, chat: &str, users: &[&User]) -> Change {
    let user_ids = users.iter().map(|user| user.id.clone()).collect();
    change(actor, chat, Action::Remove { user_ids, reason: Some("because".to_owned()) })
}

pub fn leave(actor: &User, chat: &str) -> Change {
    change(actor, chat, Action::Leave)
}

pub fn depart(actor: &User, chat: &str, heirs: &[&User]) -> Change {
    change(actor, chat, Action::Depart { successors: ids(heirs) })
}

pub fn delete(actor: &User, chat: &str) -> Change {
    change(actor, chat, Action::Delete)
}

pub fn draft(id: &str, content: &str) -> Draft {
    Draft {
        within: "message.",
        id: id.into(),
        role: MessageRole::User,
        content: content.to_owned(),
        group: vec![],
        attachments: vec![],
        reply_to: None,
        metadata: None,
        peer: None,
    }
}

pub fn send(actor: &User, chat: &str, id: &str) -> Change {
    change(actor, chat, Action::Send(draft(id, &format!("text of {id}"))))
}

pub fn say(actor: &User, chat: &str, id: &str, text: &str) -> Change {
    change(actor, chat, Action::Send(draft(id, text)))
}

pub fn react(actor: &User, chat: &str, id: &str, emoji: &str, present: bool) -> Change {
    change(actor, chat, Action::React { message: id.into(), emoji: emoji.to_owned(), present, limit: 100 })
}

pub fn edit(actor: &User, chat: &str, id: &str, content: &str) -> Change {
    change(
        actor,
        chat,
        Action::Edit {
            message: id.into(),
            content: content.to_owned(),
            group: vec![],
            attachments: None,
            metadata: None,
        },
    )
}

pub fn erase(actor: &User, chat: &str, id: &str) -> Change {
    change(actor, chat, Action::Erase { message: id.into(), reason: None })
}

pub fn pin(actor: &User, chat: &str, id: &str, pinned: bool) -> Change {
    change(actor, chat, Action::Pin { message: id.into(), pinned, limit: 50 })
}

/// A batch in the form that a repository takes.
pub fn batch_of(changes: &[Change]) -> Arc<[Change]> {
    changes.into()
}

/// Commits one change alone.
pub async fn commit(repository: &dyn Repository, change: Change) -> Result<Outcome> {
    let mut results = repository.commit([change].into(), now()).await;
    assert_eq!(results.len(), 1, "one result per change");
    results.remove(0).map_err(Error::from)
}

/// Commits each change separately; all succeed.
pub async fn all(repository: &dyn Repository, changes: impl IntoIterator<Item = Change>) -> Vec<Outcome> {
    let mut outcomes = vec![];
    for change in changes {
        outcomes.push(commit(repository, change).await.expect("an allowed change"));
    }
    outcomes
}

/// A group of the first user with the others, and that many messages in turn, from seq 2 on.
pub async fn talk(repository: &dyn Repository, chat: &str, users: &[&User], messages: usize) {
    let mut changes = vec![create(users[0], chat, ChatKind::Group, &users[1..])];
    changes.extend((0..messages).map(|index| send(users[index % users.len()], chat, &format!("m{}", index + 2))));
    for result in repository.commit(batch_of(&changes), now()).await {
        result.expect("an allowed change");
    }
}

/// The error as a client gets it.
pub fn refusal<T: std::fmt::Debug>(result: Result<T, impl Into<Error> + std::fmt::Debug>) -> Error {
    result.expect_err("a refusal").into()
}

/// The code of a refusal.
pub fn code<T: std::fmt::Debug>(result: Result<T, impl Into<Error> + std::fmt::Debug>) -> Code {
    refusal(result).code
}

/// The clock of a chat.
pub async fn clock(repository: &dyn Repository, chat: &str) -> Seq {
    let newest = history(repository, query(chat, Window::Newest, 1)).await;
    newest.seq
}

pub fn query(chat: &str, window: Window, limit: usize) -> HistoryQuery {
    HistoryQuery { chat: chat.into(), window, limit, sender: None, search: None, budget: ReadBudget::UNLIMITED }
}

pub async fn history(repository: &dyn Repository, query: HistoryQuery) -> pichat::store::repository::History {
    repository.history(&query).await.expect("an answer").expect("the chat")
}

/// The stored message.
pub async fn stored(repository: &dyn Repository, chat: &str, id: &str) -> Message {
    repository.message(&ChatId::from(chat), &id.into()).await.expect("an answer").expect("the message")
}

pub async fn chat(repository: &dyn Repository, chat: &str, user: &User) -> Option<Chat> {
    repository.chat(&ChatId::from(chat), &user.id).await.expect("an answer")
}

pub fn seqs(messages: &[Message]) -> Vec<Seq> {
    messages.iter().map(|message| message.seq).collect()
}

pub fn ids(users: &[&User]) -> Vec<UserId> {
    users.iter().map(|user| user.id.clone()).collect()
}

/// The message of a NEW_MESSAGE, MESSAGE_EDITED or MESSAGE_DELETED.
pub fn message(outcome: &Outcome) -> &Message {
    match &outcome.event {
        ChatEvent::NewMessage(event) => &event.message,
        ChatEvent::MessageEdited(event) => &event.message,
        ChatEvent::MessageDeleted(event) => &event.message,
        other => panic!("not a message: {other:?}"),
    }
}
