use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::protocol::digest::{ChatDigest, DIGESTED_MOST, chat_items, member_item, message_items};

use super::promise::Promise;
use super::socket::NodeSocket;
use super::view::{ChatGoal, CheckedChat, Goal, Members, line, roles};
use super::{Picture, Result, Run};

/// Messages or members per request.
const PAGE: u64 = 200;

/// The positions of the chats, from the first node that responds.
pub(super) async fn goal(run: &Run, token: &str) -> Result<Goal> {
    let mut failure = None;
    for url in &run.urls {
        match goal_at(url, token, run).await {
            Ok(goal) => return Ok(goal),
            Err(error) => failure = Some(error),
        }
    }
    Err(failure.unwrap_or_else(|| "there are no nodes".into()))
}

async fn goal_at(url: &str, token: &str, run: &Run) -> Result<Goal> {
    let mut socket = NodeSocket::connect(url, token).await?;
    let mut goal = Goal::new();
    for chat in &run.chats {
        let reply = socket.command(json!({"type":"GET_CHAT","chatId":chat})).await?;
        let seq = reply["chat"]["seq"].as_u64().ok_or("a chat has no seq")?;
        let members = Members::of(&Value::Array(members(&mut socket, chat).await?));
        goal.insert(chat.clone(), ChatGoal { seq, members });
    }
    Ok(goal)
}

/// Compares the clients' states with every node's answers, and those with the acknowledgements.
pub(super) async fn compare(run: &Run, token: &str, pictures: &[Picture]) {
    let mut answers: BTreeMap<&str, Vec<CheckedChat>> = BTreeMap::new();
    for url in &run.urls {
        if let Err(error) = read_all(url, token, run, &mut answers).await {
            run.ledger.fault(Promise::Same, format!("{url} does not report its state: {error}"));
        }
    }
    for (chat, answers) in answers {
        let Some(first) = answers.first() else { continue };
        if answers.iter().any(|other| other != first) {
            run.ledger.fault(Promise::Same, format!("the nodes disagree on {chat}"));
        }
        nothing_is_lost(run, chat, first);
        nothing_is_doubled(run, chat, first);
        pictures.iter().for_each(|picture| agrees(run, chat, first, picture));
    }
}

async fn read_all<'a>(
    url: &str,
    token: &str,
    run: &'a Run,
    answers: &mut BTreeMap<&'a str, Vec<CheckedChat>>,
) -> Result<()> {
    let mut socket = NodeSocket::connect(url, token).await?;
    for chat in &run.chats {
        let known = read(&mut socket, chat, run).await?;
        answers.entry(chat).or_default().push(known);
    }
    Ok(())
}

async fn read(socket: &mut NodeSocket, chat: &str, run: &Run) -> Result<CheckedChat> {
    let mut known = CheckedChat::default();
    let mut reply = socket.command(json!({"type":"GET_CHAT","chatId":chat})).await?;
    if reply["chat"]["seq"].as_u64().is_some_and(|seq| seq <= DIGESTED_MOST) {
        reply = socket.command(json!({"type":"GET_CHAT","chatId":chat,"digest":true})).await?;
    }
    known.take_chat(&reply["chat"]);
    let mut digest = ChatDigest::default();
    digest.add_all(chat_items(&typed(&reply["chat"])?));
    for member in members(socket, chat).await? {
        digest.add(&member_item(&chat.into(), &typed(&member)?));
        known.members.extend(roles(&Value::Array(vec![member])));
    }
    let mut after = 0;
    loop {
        let page = json!({"type":"GET_CHAT_HISTORY","chatId":chat,"after":after,"limit":PAGE});
        let page = socket.command(page).await?;
        for (id, message) in page["messages"].as_array().into_iter().flatten().filter_map(line) {
            after = message.seq;
            if known.messages.insert(id.clone(), message).is_some() {
                run.ledger.fault(Promise::Once, format!("{id} is stored twice in {chat}"));
            }
        }
        for message in page["messages"].as_array().into_iter().flatten() {
            digest.add_all(message_items(&typed(message)?));
        }
        if page["hasMore"] == true {
            continue;
        }
        if !reply["digest"].is_null() && reply["digest"] != digest.to_string() {
            let answer = &reply["digest"];
            run.ledger.fault(Promise::Same, format!("the digest of {chat} is {answer}, but its parts give {digest}"));
        }
        known.digest = digest.to_string();
        return Ok(known);
    }
}

/// An object of the protocol.
fn typed<T: DeserializeOwned>(value: &Value) -> Result<T> {
    Ok(serde_json::from_value(value.clone())?)
}

async fn members(socket: &mut NodeSocket, chat: &str) -> Result<Vec<Value>> {
    let mut all = vec![];
    let mut page = json!({"type":"GET_MEMBERS","chatId":chat,"limit":PAGE});
    loop {
        let reply = socket.command(page.clone()).await?;
        all.extend(reply["members"].as_array().into_iter().flatten().cloned());
        match &reply["nextCursor"] {
            Value::Null => return Ok(all),
            cursor => page["cursor"] = cursor.clone(),
        }
    }
}

fn nothing_is_lost(run: &Run, chat: &str, stored: &CheckedChat) {
    for (id, seq) in run.ledger.acknowledged_in(chat) {
        match stored.messages.get(&id) {
            Some(message) if message.seq == seq => {}
            Some(message) => run
                .ledger
                .fault(Promise::Durable, format!("{id} was acknowledged at {seq} and is stored at {}", message.seq)),
            None => run.ledger.fault(Promise::Durable, format!("{id} was acknowledged at {seq} of {chat} and is lost")),
        }
    }
    let received = run.ledger.received_in(chat);
    // A message must match the latest change that a client received, unless no client received a later one.
    let latest: BTreeMap<_, _> =
        received.iter().filter_map(|(seq, seen)| seen.message.as_ref().map(|(id, text)| (id, (seq, text)))).collect();
    for (id, (seq, text)) in latest {
        let is_there = |message: &&super::view::Line| message.updated >= *seq;
        match stored.messages.get(id).filter(is_there) {
            None => run.ledger.fault(
                Promise::Committed,
                format!("{id} was received with {text:?} at {seq} of {chat} and is not stored"),
            ),
            Some(message) if message.updated == *seq && message.content != *text => {
                let content = &message.content;
                run.ledger.fault(
                    Promise::Committed,
                    format!("{id} was received with {text:?} at {seq} of {chat} and is stored with {content:?}"),
                );
            }
            Some(_) => {}
        }
    }
}

fn nothing_is_doubled(run: &Run, chat: &str, stored: &CheckedChat) {
    let mut places = BTreeSet::new();
    let mut texts = BTreeSet::new();
    for (id, message) in &stored.messages {
        if !places.insert(message.seq) {
            run.ledger
                .fault(Promise::Once, format!("two messages of {chat} are stored at {}; one is {id}", message.seq));
        }
        if !message.content.is_empty() && !texts.insert(&message.content) {
            run.ledger
                .fault(Promise::Once, format!("{:?} was sent once and is stored twice in {chat}", message.content));
        }
    }
}

fn agrees(run: &Run, chat: &str, stored: &CheckedChat, picture: &Picture) {
    let user = &picture.user;
    let view = picture.chats.get(chat);
    if view.is_some() != stored.members.contains_key(user) {
        run.ledger.fault(Promise::Same, format!("{user} disagrees about being a member of {chat}"));
    }
    let Some(known) = view.map(|view| &view.known) else { return };
    let members: BTreeSet<&String> = known.members.keys().chain(stored.members.keys()).collect();
    for member in members {
        let roles = [&known.members, &stored.members].map(|members| members.get(member));
        if let [believed, kept] = roles
            && believed != kept
        {
            let at = view.map_or(0, |view| view.position);
            let sentence =
                format!("{user} at {at} has {believed:?} for {member} in {chat}, which is stored as {kept:?}");
            run.ledger.fault(Promise::Same, sentence);
        }
    }
    if known.pinned != stored.pinned || known.description != stored.description {
        run.ledger.fault(Promise::Same, format!("{user} disagrees about {chat} itself"));
    }
    for (id, message) in &stored.messages {
        if known.messages.get(id) != Some(message) {
            let believed = known.messages.get(id);
            run.ledger.fault(
                Promise::Same,
                format!("{user} has {believed:?} for {id} in {chat}, which is stored as {message:?}"),
            );
        }
    }
    if known.messages.len() > stored.messages.len() {
        run.ledger.fault(Promise::Same, format!("{user} has messages of {chat} that are not stored"));
    }
}
