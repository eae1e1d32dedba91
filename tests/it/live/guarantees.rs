use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::contract::backends::Place;
use crate::support::dice::Dice;
use crate::support::{self, Client, Server};

const ROOMY: &[(&str, &str)] = &[("OUTBOX_BYTES", "67108864")];

/// A client's state of one chat.
#[derive(Debug, Default, PartialEq)]
struct Known {
    seq: u64,
    name: String,
    /// Roles by user id.
    members: BTreeMap<String, String>,
    active: bool,
    /// The running streams: the next index and the text so far.
    streams: BTreeMap<String, (u64, String)>,
    pinned: Value,
    /// The current messages, by position.
    messages: BTreeMap<u64, Value>,
}

/// A client that maintains its state by events, and by SYNC where needed.
struct Follower {
    client: Client,
    chats: BTreeMap<String, Known>,
    /// Frames received while a reply was awaited, to be processed later.
    waiting: VecDeque<Value>,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

fn seq(frame: &Value) -> u64 {
    frame["seq"].as_u64().unwrap_or_else(|| panic!("no seq: {frame}"))
}

impl Known {
    fn take_messages(&mut self, messages: &Value) {
        for message in messages.as_array().expect("messages") {
            let mut message = message.clone();
            for reaction in message["reactions"].as_array_mut().into_iter().flatten() {
                // Only the client's own requests return it.
                reaction.as_object_mut().expect("a reaction").remove("me");
            }
            self.messages.insert(seq(&message), message);
        }
    }

    fn admit(&mut self, members: &Value) {
        let role = |member: &Value| (text(&member["user"]["id"]), text(&member["role"]));
        self.members.extend(members.as_array().expect("members").iter().map(role));
    }

    fn take_streams(&mut self, streams: &Value) {
        let so_far = |stream: &Value| {
            let next = stream["nextIndex"].as_u64().expect("a number");
            (text(&stream["id"]), (next, text(&stream["content"])))
        };
        self.streams = streams.as_array().expect("streams").iter().map(so_far).collect();
    }

    /// Applies a frame without a position; false if it has one.
    fn take_passing(&mut self, frame: &Value) -> bool {
        let id = || text(&frame["messageId"]);
        match frame["type"].as_str().expect("a type") {
            "TYPING" => {}
            "STREAM_STARTED" => {
                self.streams.entry(id()).or_default();
            }
            "STREAM_STOPPED" => drop(self.streams.remove(&id())),
            "MESSAGE_CHUNK" => {
                // A SYNC may already have covered it, or the end of its stream.
                if let Some((next, so_far)) = self.streams.get_mut(&id()).filter(|(next, _)| frame["index"] == *next) {
                    *next += 1;
                    so_far.push_str(&text(&frame["content"]));
                }
            }
            "NEW_MESSAGE" => {
                self.streams.remove(&text(&frame["message"]["id"]));
                return false;
            }
            _ => return false,
        }
        true
    }

    /// Checks a returned chat against the client's state.
    fn check_counts(&self, chat: &Value) {
        let living = || self.messages.values().filter(|message| message.get("deletedAt").is_none());
        assert_eq!(chat["memberCount"], self.members.len(), "{chat}");
        assert_eq!(chat["messageCount"], living().count(), "{chat}");
        assert_eq!(chat.get("lastMessage"), living().next_back(), "{chat}");
    }

    fn take_chat(&mut self, chat: &Value) {
        self.name = text(&chat["name"]);
        self.active = chat["active"] == true;
        self.pinned = chat["pinned"].clone();
    }

    fn take_members(&mut self, members: &Value) {
        self.members.clear();
        self.admit(members);
    }
}

impl Follower {
    /// Starts without state and syncs everything.
    async fn new(server: &Server, token: &str) -> Follower {
        let mut follower =
            Follower { client: server.user_with(token).await, chats: BTreeMap::new(), waiting: VecDeque::new() };
        follower.sync().await;
        follower
    }

    /// Drops the connection without a close frame and resumes on a new one.
    async fn resume(&mut self, server: &Server) {
        let token = self.client.token.clone();
        self.client = server.user_with(&token).await;
        self.waiting.clear();
        self.sync().await;
    }

    /// Syncs until nothing is pending.
    async fn sync(&mut self) {
        let mut again = true;
        while again {
            let positions: BTreeMap<_, _> = self.chats.iter().map(|(id, known)| (id, known.seq)).collect();
            self.client.send(json!({"type":"SYNC","chats":positions,"limit":7,"requestId":"sync"})).await;
            let synced = loop {
                let frame = self.client.next().await;
                if frame["requestId"] == "sync" {
                    break frame;
                }
                self.waiting.push_back(frame);
            };
            assert_eq!(synced["type"], "SYNCED", "{synced}");
            again = self.take_synced(&synced);
        }
    }

    /// True if there is more to sync.
    fn take_synced(&mut self, synced: &Value) -> bool {
        let mut again = false;
        for part in synced["chats"].as_array().expect("chats") {
            let known = self.chats.get_mut(&text(&part["chatId"])).expect("asked for");
            assert!(part.get("reset").is_none() && seq(part) >= known.seq, "{part}");
            known.seq = seq(part);
            if let Some(chat) = part.get("chat") {
                known.take_chat(chat);
            }
            if let Some(members) = part.get("members") {
                known.take_members(members);
            }
            known.take_messages(&part["messages"]);
            known.take_streams(&part["streams"]);
            again |= part["more"] == true;
        }
        for chat in synced["newChats"].as_array().expect("chats") {
            self.chats.insert(text(&chat["id"]), Known::default());
            again = true;
        }
        for id in synced["removedChatIds"].as_array().expect("ids") {
            self.chats.remove(&text(id));
        }
        again
    }

    /// Applies one event: each chat's next, or one that a SYNC already covered.
    async fn take(&mut self, frame: Value) {
        let kind = text(&frame["type"]);
        let id = frame["chatId"].as_str().unwrap_or_default().to_owned();
        match kind.as_str() {
            "CHANNEL_LISTED" | "MENTION" => return,
            "CHAT_DELETED" => {
                self.chats.remove(&id);
                return;
            }
            "NEW_CHAT" if !self.chats.contains_key(&id) => {
                self.chats.insert(id, Known::default());
                return self.sync().await;
            }
            _ => {}
        }
        // Events of a chat that a SYNC reported as removed may still arrive.
        let Some(known) = self.chats.get_mut(&id) else { return };
        if known.take_passing(&frame) || seq(&frame) <= known.seq {
            return;
        }
        assert_eq!(seq(&frame), known.seq + 1, "a gap before {frame}");
        known.seq += 1;
        match kind.as_str() {
            "CHAT_UPDATED" => known.take_chat(&frame["chat"]),
            "MEMBERS_ADDED" => known.admit(&frame["members"]),
            "MEMBER_UPDATED" => drop(known.members.insert(text(&frame["userId"]), text(&frame["role"]))),
            "MEMBER_UNBANNED" => {}
            "MEMBER_BANNED" => {
                known.members.remove(&text(&frame["userId"]));
                if frame["userId"] == self.client.user_id.as_str() {
                    self.chats.remove(&id);
                }
            }
            "MEMBERS_REMOVED" => {
                let gone: Vec<_> = frame["userIds"].as_array().expect("ids").iter().map(text).collect();
                known.members.retain(|member, _| !gone.contains(member));
                if gone.contains(&self.client.user_id) {
                    self.chats.remove(&id);
                }
            }
            "NEW_MESSAGE" | "MESSAGE_EDITED" => known.take_messages(&json!([frame["message"]])),
            "MESSAGE_DELETED" => {
                known.take_messages(&json!([frame["message"]]));
                let left = known.pinned.as_array().into_iter().flatten().filter(|id| **id != frame["messageId"]);
                known.pinned = left.cloned().collect();
            }
            "REACTION_ADDED" | "REACTION_REMOVED" => {
                let changed = known.messages.values_mut().find(|message| message["id"] == frame["messageId"]);
                let changed = changed.unwrap_or_else(|| panic!("an unknown message: {frame}"));
                changed["reactions"] = frame["reactions"].clone();
                changed["updatedSeq"] = frame["seq"].clone();
            }
            "MESSAGE_PINNED" | "MESSAGE_UNPINNED" => known.pinned = frame["pinned"].clone(),
            _ => panic!("an event without a cause: {frame}"),
        }
    }

    /// Processes everything published before this call.
    async fn settle(&mut self) {
        self.client.send(json!({"type":"PING","requestId":"settle"})).await;
        loop {
            let frame = match self.waiting.pop_front() {
                Some(frame) => frame,
                None => self.client.next().await,
            };
            if frame["requestId"] == "settle" {
                return;
            }
            self.take(frame).await;
        }
    }

    /// Checks the lists that commands other than SYNC return.
    async fn check_lists(&mut self) {
        let ids: Vec<_> = self.chats.keys().cloned().collect();
        for id in ids {
            let history = self.client.reply(json!({"type":"GET_CHAT_HISTORY","chatId":id,"limit":200})).await;
            let members = self.client.reply(json!({"type":"GET_MEMBERS","chatId":id,"limit":100})).await;
            let chat = self.client.reply(json!({"type":"GET_CHAT","chatId":id})).await;
            let mut listed = Known { seq: seq(&chat["chat"]), ..Known::default() };
            listed.take_chat(&chat["chat"]);
            listed.take_messages(&history["messages"]);
            listed.take_members(&members["members"]);
            listed.check_counts(&chat["chat"]);
            listed.streams = self.chats[&id].streams.clone();
            assert_eq!(history["hasMore"], false, "few enough for one page");
            assert_eq!(Some(&listed), self.chats.get(&id), "chat {id}");
        }
    }
}

/// The created chats, and the streams started in them.
type Chats = Arc<Mutex<(Vec<String>, Vec<(String, String)>)>>;

/// A random command of one of these users, permitted or not.
fn any_command(dice: &mut Dice, chats: &Chats, people: &[String]) -> Value {
    let mut known = chats.lock().expect("no panic");
    let (known, streams) = &mut *known;
    let person = &people[dice.below(people.len() as u64) as usize];
    let number = dice.below(1 << 40);
    let roll = dice.below(130);
    if known.is_empty() || roll < 4 {
        let id = format!("chat-{number}");
        let kind = if roll.is_multiple_of(2) { "channel" } else { "group" };
        known.push(id.clone());
        return json!({"type":"CREATE_CHAT","id":id,"kind":kind,"name":format!("n{number}"),"members":people});
    }
    let chat = &known[dice.below(known.len() as u64) as usize];
    let message = format!("m{}", number % 8);
    let (in_chat, stream) = match streams.len() as u64 {
        0 => (chat.clone(), "none".to_owned()),
        count => streams[dice.below(count) as usize].clone(),
    };
    let emoji = if number.is_multiple_of(2) { "👍" } else { "🦀" };
    match roll {
        4..=5 => json!({"type":"DELETE_CHAT","chatId":chat}),
        6..=14 => json!({"type":"REMOVE_MEMBERS","chatId":chat,"userIds":[person]}),
        15..=28 => json!({"type":"ADD_MEMBERS","chatId":chat,"members":[person]}),
        29..=33 => json!({"type":"LEAVE_CHAT","chatId":chat}),
        34..=39 => json!({"type":"JOIN_CHAT","chatId":chat}),
        40..=46 => json!({"type":"UPDATE_CHAT","chatId":chat,"name":format!("renamed {number}")}),
        47..=55 => {
            json!({"type":"EDIT_MESSAGE","chatId":chat,"messageId":message,"content":format!("edited {number}")})
        }
        56..=60 => json!({"type":"DELETE_MESSAGE","chatId":chat,"messageId":message}),
        61..=64 => json!({"type":"PIN_MESSAGE","chatId":chat,"messageId":message}),
        65..=66 => json!({"type":"UNPIN_MESSAGE","chatId":chat,"messageId":message}),
        100..=104 => {
            let role = ["owner", "admin", "member"][number as usize % 3];
            json!({"type":"UPDATE_MEMBER","chatId":chat,"userId":person,"role":role})
        }
        105..=106 => json!({"type":"BAN_MEMBER","chatId":chat,"userId":person}),
        107..=109 => json!({"type":"UNBAN_MEMBER","chatId":chat,"userId":person}),
        110..=112 => json!({"type":"UPDATE_CHAT","chatId":chat,"active":!number.is_multiple_of(4)}),
        113..=116 => {
            let id = format!("s{number}");
            streams.push((chat.clone(), id.clone()));
            json!({"type":"START_STREAM","chatId":chat,"message":{"id":id}})
        }
        117..=122 => json!({"type":"APPEND_STREAM","chatId":in_chat,"messageId":stream,"content":format!("{number} ")}),
        123..=126 => {
            json!({"type":"END_STREAM","chatId":in_chat,"messageId":stream,"content":format!("ended {number}")})
        }
        127 => json!({"type":"STOP_STREAM","chatId":in_chat,"messageId":stream}),
        128..=129 => json!({"type":"SET_TYPING","chatId":chat,"typing":!number.is_multiple_of(3)}),
        67..=72 => {
            json!({"type":"ADD_REACTION","chatId":chat,"messageId":message,"emoji":emoji})
        }
        73..=75 => json!({"type":"REMOVE_REACTION","chatId":chat,"messageId":message,"emoji":"👍"}),
        76..=84 => json!({"type":"SEND_MESSAGE","chatId":chat,"id":message,"content":format!("said {number}")}),
        _ => json!({"type":"SEND_MESSAGE","chatId":chat,"content":format!("said {number}")}),
    }
}

/// A user that sends a number of commands; refused ones have no effect.
fn act(mut client: Client, chats: &Chats, people: &[String], mut dice: Dice) -> JoinHandle<(u64, Client)> {
    let chats = chats.clone();
    let people = people.to_vec();
    tokio::spawn(async move {
        let mut done = 0;
        for _ in 0..120 {
            let command = any_command(&mut dice, &chats, &people);
            let reply = client.reply(command.clone()).await;
            done += u64::from(reply["type"] != "ERROR");
            let refusal = reply["code"].as_str().unwrap_or("NOT_FOUND");
            assert!(matches!(refusal, "NOT_FOUND" | "FORBIDDEN" | "CONFLICT"), "{command}: {reply}");
        }
        // Its streams continue until it disconnects.
        (done, client)
    })
}

async fn history(server: &Server, seed: u64) {
    let mut people = vec![];
    for name in ["ann", "ben", "cem", "dora"] {
        people.push(server.user(&format!("{name}{seed}")).await);
    }
    let names: Vec<_> = people.iter().map(|client| client.user_id.clone()).collect();
    let token = people[0].token.clone();
    let chats = Chats::default();
    let mut stayed = Follower::new(server, &token).await;
    let mut cut = Follower::new(server, &token).await;
    let mut dice = Dice(seed);
    let mut acting = vec![];
    for person in people {
        acting.push(act(person, &chats, &names, Dice(dice.below(u64::MAX))));
    }
    while !acting.iter().all(JoinHandle::is_finished) {
        for _ in 0..dice.below(3) {
            cut.settle().await;
        }
        cut.resume(server).await;
        stayed.settle().await;
    }
    let mut done = 0;
    let mut staying = vec![];
    for actor in acting {
        let (did, client) = actor.await.expect("an actor");
        done += did;
        staying.push(client);
    }
    // A single user might be removed from every chat.
    assert!(done > 20, "only {done} of 480 commands took effect");
    stayed.settle().await;
    cut.settle().await;
    assert_eq!(stayed.chats, cut.chats, "seed {seed}: the connected client, the resumed client");
    assert_eq!(Follower::new(server, &token).await.chats, cut.chats, "seed {seed}: a fresh client, the resumed client");
    cut.check_lists().await;
}

pub async fn a_resumed_client_converges_with_a_connected_one(place: Place) {
    let server = support::start_with(place, ROOMY).await;
    for seed in [1, 0xbeef, 0x5eed_0003, 0x1234_5678_9abc, 77_777, 0xfeed_f00d] {
        history(&server, seed).await;
    }
}
