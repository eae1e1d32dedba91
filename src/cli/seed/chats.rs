//! The chats of a seed: new ones, or existing ones.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::people::Person;
use super::texts::{TOPICS, Talk};
use super::{Seed, progress};
use crate::cli::Failure;

/// Maximum number of members of a group.
const GROUP: usize = 6;

/// A chat and its members, by index among the users.
pub(super) struct SeededChat {
    pub(super) id: String,
    pub(super) members: Vec<usize>,
}

/// Creates the requested chats, or finds those of an earlier run.
pub(super) async fn create(seed: &Seed, people: &mut [Person]) -> Result<Vec<SeededChat>, Failure> {
    let mut chats = vec![];
    let mut talk = Talk::new();
    let count = people.len();
    let mut pairs = Pairs { count, drawn: BTreeSet::new() };
    let all = seed.channels + seed.groups + seed.directs;
    for place in 0..all {
        let members = match place {
            place if place < seed.channels => drawn(&mut talk, count, count),
            place if place < seed.channels + seed.groups => drawn(&mut talk, count, GROUP.min(count)),
            _ => pairs.draw(&mut talk),
        };
        let found = match place {
            _ if members.len() < 2 => None,
            place if place < seed.channels => channel(people, &members, place).await?,
            place if place < seed.channels + seed.groups => Some(group(people, members, place - seed.channels).await?),
            _ => Some(direct(people, members).await?),
        };
        chats.extend(found);
        progress("chats", place + 1, all);
    }
    Ok(chats)
}

/// A creator and some other users.
fn drawn(talk: &mut Talk, count: usize, max: usize) -> Vec<usize> {
    let creator = talk.below(count);
    let mut members = vec![creator];
    members.extend(talk.some(count, max).into_iter().filter(|member| *member != creator));
    members
}

/// The pairs of users who already have a direct chat; each pair has only one.
struct Pairs {
    count: usize,
    drawn: BTreeSet<[usize; 2]>,
}

impl Pairs {
    /// Another pair; empty once every pair has been used.
    fn draw(&mut self, talk: &mut Talk) -> Vec<usize> {
        while self.drawn.len() < self.count * self.count.saturating_sub(1) / 2 {
            let creator = talk.below(self.count);
            let other = talk.below(self.count);
            if creator != other && self.drawn.insert([creator.min(other), creator.max(other)]) {
                return vec![creator, other];
            }
        }
        vec![]
    }
}

/// A new channel, or the existing one with this name; none if nobody may join it.
async fn channel(people: &mut [Person], members: &[usize], place: u64) -> Result<Option<SeededChat>, Failure> {
    let (topic, about) = topic(place);
    let name = numbered(topic, place);
    let command = json!({"type":"CREATE_CHAT","kind":"channel","name":name,"description":about,"members":ids(people, &members[1..])});
    let created = people[members[0]].remote.ask(command).await?;
    if let Some(id) = chat_id(&created) {
        return Ok(Some(SeededChat { id, members: members.to_vec() }));
    }
    if created["code"] != "CONFLICT" {
        return Err(refused(&format!("the channel {name}"), &created));
    }
    let mut joined = vec![];
    let mut chat = None;
    for &member in members {
        let answer = people[member].remote.ask(json!({"type":"JOIN_CHAT","chatId":format!("#{name}")})).await?;
        if let Some(id) = chat_id(&answer) {
            joined.push(member);
            chat = Some(id);
        }
    }
    if chat.is_none() {
        eprintln!("Nobody may join #{name}; continuing without it");
    }
    Ok(chat.map(|id| SeededChat { id, members: joined }))
}

/// A new group, or the one that its creator made in an earlier run.
async fn group(people: &mut [Person], members: Vec<usize>, place: u64) -> Result<SeededChat, Failure> {
    let (topic, _) = topic(place);
    let name = numbered(&format!("{topic} crew"), place);
    let others = ids(people, &members[1..]);
    let creator = &mut people[members[0]];
    let id = format!("seed-{}-group-{place}", creator.username);
    let mut command = json!({"type":"CREATE_CHAT","id":id,"name":name,"members":others});
    let created = creator.remote.ask(command.clone()).await?;
    let complete = match created["duplicate"] == true {
        true => creator.remote.ask(json!({"type":"ADD_MEMBERS","chatId":id,"members":others})).await?,
        false => created,
    };
    if let Some(id) = chat_id(&complete) {
        return Ok(SeededChat { id, members });
    }
    // It was archived, left or deleted since, so its id cannot be used again.
    command.as_object_mut().expect("a command is an object").remove("id");
    let created = creator.remote.ask(command).await?;
    let id = chat_id(&created).ok_or_else(|| refused(&name, &created))?;
    Ok(SeededChat { id, members })
}

/// The direct chat of two users.
async fn direct(people: &mut [Person], members: Vec<usize>) -> Result<SeededChat, Failure> {
    let others = ids(people, &members[1..]);
    let command = json!({"type":"CREATE_CHAT","kind":"direct","members":others});
    let found = people[members[0]].remote.ask(command).await?;
    let id = chat_id(&found).ok_or_else(|| refused("a direct chat", &found))?;
    Ok(SeededChat { id, members })
}

fn topic(place: u64) -> (&'static str, &'static str) {
    TOPICS[usize::try_from(place % TOPICS.len() as u64).expect("less than the number of topics")]
}

/// The name, followed by a number from its second use on.
fn numbered(name: &str, place: u64) -> String {
    let round = place / TOPICS.len() as u64;
    if round == 0 { name.to_owned() } else { format!("{name}-{round}") }
}

fn ids(people: &[Person], members: &[usize]) -> Vec<String> {
    members.iter().map(|member| people[*member].id.clone()).collect()
}

/// The id of the chat in a reply, unless it is an ERROR.
fn chat_id(answer: &Value) -> Option<String> {
    answer["chatId"].as_str().filter(|_| answer["type"] != "ERROR").map(str::to_owned)
}

fn refused(what: &str, answer: &Value) -> Failure {
    format!("cannot create {what}: {}", answer["error"].as_str().unwrap_or_default()).into()
}
