//! `pichat seed`: people who talk, for trying things out.

use std::collections::BTreeMap;
use std::io::IsTerminal;

use clap::Args;
use futures_util::future::try_join_all;
use serde_json::{Value, json};

use super::Failure;
use super::remote::{Own, Remote};
use crate::ops::clock::Clock;

mod texts;

use texts::{NAMES, TOPICS, Talk};

/// Messages on their way at the same time.
const TOGETHER: u64 = 100;

/// Fills the chat with people, chats of every kind and what they say.
///
/// Without --url it starts a server of its own, without limits, over the storage that the settings name; stop the one
/// that is running there, or name it with --url, and it is spoken to as fast as it allows. The same seed
/// can be sown again: what is there stays, what is missing comes.
#[derive(Debug, Args)]
pub(super) struct Seed {
    /// A running server, for instance ws://127.0.0.1:8080/ws.
    #[arg(long)]
    url: Option<String>,
    /// How many users.
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u64).range(2..=200))]
    users: u64,
    /// How many channels.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u64).range(0..=1000))]
    channels: u64,
    /// How many groups.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(0..=1000))]
    groups: u64,
    /// How many direct chats.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u64).range(0..=1000))]
    directs: u64,
    /// How many messages in all.
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u64).range(0..=10_000_000))]
    messages: u64,
    /// The password of all users; a new one is made, and told, where this is left out.
    #[arg(long)]
    password: Option<String>,
}

/// Somebody who can speak.
struct Person {
    id: String,
    username: String,
    remote: Remote,
}

/// A chat, and who is in it.
struct Room {
    id: String,
    members: Vec<usize>,
}

pub(super) fn main(seed: &Seed) -> Result<(), Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(sow(seed))
}

async fn sow(seed: &Seed) -> Result<(), Failure> {
    let own = seed.url.is_none().then(Own::start).transpose()?;
    let url = own.as_ref().map(|own| own.url.clone()).or(seed.url.clone()).unwrap_or_default();
    let password = seed.password.clone().unwrap_or_else(|| Clock::System.id());
    let mut people = vec![];
    for place in 0..seed.users {
        people.push(person(&url, &username(place), &password).await?);
        progress("users", place + 1, seed.users);
    }
    let rooms = rooms(seed, &mut people).await?;
    let mut talk = Talk::new();
    for from in (0..seed.messages).step_by(usize::try_from(TOGETHER)?) {
        let until = seed.messages.min(from + TOGETHER);
        say(&mut people, &rooms, &mut talk, from..until).await?;
        progress("messages", until, seed.messages);
    }
    drop(people.drain(..));
    own.map(Own::stop).transpose()?;
    let users = seed.users;
    let chats = rooms.len();
    let messages = seed.messages;
    println!(
        "{users} users, {chats} chats and {messages} messages. Log in as {}, with the password {password}",
        username(0)
    );
    Ok(())
}

/// The names are used up after a while, and then numbered.
fn username(place: u64) -> String {
    let round = place / NAMES.len() as u64;
    let name =
        NAMES[usize::try_from(place % NAMES.len() as u64).expect("less than the number of names")].to_lowercase();
    if round == 0 { name } else { format!("{name}{round}") }
}

/// A new user, or one of an earlier seed.
async fn person(url: &str, username: &str, password: &str) -> Result<Person, Failure> {
    let mut remote = Remote::connect(url, None).await?;
    let mut display = username.to_owned();
    display[..1].make_ascii_uppercase();
    let sign_up = json!({"type":"SIGN_UP","username":username,"password":password,"displayName":display});
    let mut answer = remote.ask(sign_up).await?;
    if answer["code"] == "CONFLICT" {
        answer = remote.ask(json!({"type":"LOG_IN","username":username,"password":password})).await?;
    }
    match answer["user"]["id"].as_str() {
        Some(id) => Ok(Person { id: id.to_owned(), username: username.to_owned(), remote }),
        None if answer["code"] == "UNAUTHENTICATED" => {
            Err(format!("a user {username} is there with another password; give it with --password").into())
        }
        None => Err(format!("{username} was refused: {}", answer["error"].as_str().unwrap_or_default()).into()),
    }
}

async fn rooms(seed: &Seed, people: &mut [Person]) -> Result<Vec<Room>, Failure> {
    let mut rooms = vec![];
    let mut talk = Talk::new();
    let count = people.len();
    let all = seed.channels + seed.groups + seed.directs;
    for place in 0..all {
        let (first, members) = match place {
            place if place < seed.channels => (talk.below(count), talk.some(count, count)),
            place if place < seed.channels + seed.groups => (talk.below(count), talk.some(count, 6.min(count))),
            _ => (talk.below(count), talk.some(count, 1)),
        };
        let others: Vec<usize> = members.into_iter().filter(|member| *member != first).collect();
        if others.is_empty() {
            continue;
        }
        let mut command = create(seed, place, others.iter().map(|other| people[*other].id.clone()).collect());
        let made = match people[first].remote.command(command.clone()).await {
            // Where it was deleted since an earlier seed, its id is not given again.
            Err(_) if command.as_object_mut().and_then(|command| command.remove("id")).is_some() => {
                people[first].remote.command(command).await?
            }
            made => made?,
        };
        let id = made["chatId"].as_str().ok_or("a chat without an id")?.to_owned();
        rooms.push(Room { id, members: std::iter::once(first).chain(others).collect() });
        progress("chats", place + 1, all);
    }
    Ok(rooms)
}

fn create(seed: &Seed, place: u64, members: Vec<String>) -> Value {
    let topic =
        |place: u64| TOPICS[usize::try_from(place % TOPICS.len() as u64).expect("less than the number of topics")];
    let numbered = |name: &str, place: u64| {
        let round = place / TOPICS.len() as u64;
        if round == 0 { name.to_owned() } else { format!("{name}-{round}") }
    };
    let group = place.saturating_sub(seed.channels);
    match place {
        place if place < seed.channels => {
            let (name, about) = topic(place);
            let name = numbered(name, place);
            json!({"type":"CREATE_CHAT","id":format!("seed-channel-{name}"),"kind":"channel","name":name,"description":about,"members":members})
        }
        _ if group < seed.groups => {
            let name = numbered(&format!("{} crew", topic(group).0), group);
            json!({"type":"CREATE_CHAT","id":format!("seed-group-{group}"),"name":name,"members":members})
        }
        _ => json!({"type":"CREATE_CHAT","kind":"direct","members":members}),
    }
}

/// Has some messages said, each author's in one frame and all authors' at the same time.
async fn say(
    people: &mut [Person],
    rooms: &[Room],
    talk: &mut Talk,
    places: std::ops::Range<u64>,
) -> Result<(), Failure> {
    let mut said: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    for place in places {
        let Some(room) = rooms.get(talk.low(rooms.len())) else { return Ok(()) };
        let author = room.members[talk.low(room.members.len())];
        let other = room.members[talk.below(room.members.len())];
        let content = talk.sentence(&people[other].username, other != author);
        let message = json!({"id":format!("seed-{place}"),"content":content});
        said.entry(author).or_default().push(json!({"type":"SEND_MESSAGE","chatId":room.id,"message":message}));
    }
    let speaking = people.iter_mut().enumerate().filter_map(|(place, person)| {
        let commands = said.remove(&place)?;
        Some(person.remote.commands(commands))
    });
    try_join_all(speaking).await?;
    Ok(())
}

/// A bar that grows, for those who look.
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
