//! `pichat seed`: demonstration users, chats and messages.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::ops::Range;

use clap::Args;
use futures_util::future::try_join_all;
use serde_json::{Value, json};

use super::Failure;
use super::output::counted;
use super::remote::{Own, Remote, way};
use crate::api::validate;
use crate::ops::clock::Clock;

mod chats;
mod people;
mod texts;

use chats::SeededChat;
use people::Person;
use texts::Talk;

/// Number of messages sent before their replies are awaited.
const BATCH: u64 = 100;

/// Create demonstration users, chats of every kind, and their messages.
///
/// With --url it uses a running server, as fast as that server's limits allow. Otherwise it starts a separate server
/// without limits on the configured storage; a SQLite file must not be in use.
///
/// It prints the password before it creates anything. It can be repeated with the same --password: it reuses existing
/// users, chats and messages and adds missing ones. Usernames that belong to others are skipped, and existing channels
/// are joined.
#[derive(Debug, Args)]
pub(super) struct Seed {
    /// A running server, for example ws://127.0.0.1:8080/ws.
    #[arg(long, value_parser = way::checked)]
    url: Option<String>,
    /// Number of users.
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u64).range(2..=200))]
    users: u64,
    /// Number of channels.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u64).range(0..=1000))]
    channels: u64,
    /// Number of groups.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(0..=1000))]
    groups: u64,
    /// Number of direct chats.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u64).range(0..=1000))]
    directs: u64,
    /// Number of messages in total.
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u64).range(0..=10_000_000))]
    messages: u64,
    /// The password of all users; by default a new one is generated.
    #[arg(long)]
    password: Option<String>,
}

/// Fills the chat as requested on the command line.
pub(super) fn main(seed: &Seed) -> Result<(), Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(fill(seed))
}

async fn fill(seed: &Seed) -> Result<(), Failure> {
    if let Some(password) = &seed.password {
        validate::new_password("--password", password)?;
    }
    let own = seed.url.is_none().then(Own::start).transpose()?;
    let url = own.as_ref().map(|own| own.url.clone()).or(seed.url.clone()).unwrap_or_default();
    let password = seed.password.clone().unwrap_or_else(|| Clock::System.id());
    Remote::connect(&url, None).await?;
    // Printed before any user exists: if a later step fails, the users created so far can still log in.
    outln!("The password of all users is {password}")?;
    let mut people = people::enter(seed, &url, &password).await?;
    let names: Vec<String> = people.iter().map(|person| person.username.clone()).collect();
    outln!("Users: {}", names.join(", "))?;
    let chats = chats::create(seed, &mut people).await?;
    let messages = if chats.is_empty() { 0 } else { seed.messages };
    let mut talk = Talk::new();
    for from in (0..messages).step_by(usize::try_from(BATCH)?) {
        let until = messages.min(from + BATCH);
        send(&mut people, &chats, &mut talk, from..until).await?;
        progress("messages", until, messages);
    }
    drop(people);
    own.map(Own::stop).transpose()?;
    let users = counted(names.len() as u64, "user", "users");
    let chats = counted(chats.len() as u64, "chat", "chats");
    outln!("{users}, {chats} and {}", counted(messages, "message", "messages"))?;
    let page = seed.url.as_deref().and_then(page).map(|page| format!(" at {page}")).unwrap_or_default();
    outln!("Log in{page} as {}, or any of the others", names[0])?;
    Ok(())
}

/// The address of the chat page on the server with this WebSocket.
fn page(url: &str) -> Option<String> {
    Some(format!("http{}", url.strip_prefix("ws")?.strip_suffix("ws")?))
}

/// Sends some messages: each author's in one frame, those of different authors concurrently.
async fn send(
    people: &mut [Person],
    chats: &[SeededChat],
    talk: &mut Talk,
    numbers: Range<u64>,
) -> Result<(), Failure> {
    let mut commands: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    for number in numbers {
        let chat = &chats[talk.low(chats.len())];
        let author = chat.members[talk.low(chat.members.len())];
        let other = chat.members[talk.below(chat.members.len())];
        let content = talk.sentence(&people[other].username, other != author);
        // An id belongs to its author, so users of another run cannot collide with it.
        let message = json!({"id":format!("seed-{}-{number}", people[author].username),"content":content});
        commands.entry(author).or_default().push(json!({"type":"SEND_MESSAGE","chatId":chat.id,"message":message}));
    }
    let sending = people.iter_mut().enumerate().filter_map(|(place, person)| {
        let commands = commands.remove(&place)?;
        Some(person.remote.commands(commands))
    });
    try_join_all(sending).await?;
    Ok(())
}

/// Draws a progress bar, if standard error is a terminal.
fn progress(what: &str, done: u64, all: u64) {
    if !std::io::stderr().is_terminal() {
        return;
    }
    let filled = usize::try_from(done * 30 / all.max(1)).unwrap_or(30);
    eprint!("\r{what:<9} {}{} {done} of {all} ", "█".repeat(filled), "░".repeat(30 - filled));
    if done == all {
        eprintln!();
    }
}
