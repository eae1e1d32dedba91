use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::own_state::OwnState;
use super::promise::Promise;
use super::socket::NodeSocket;
use super::view::texts;
use super::wishes::Wishes;
use super::{Phase, Picture, Result, Run};

/// The pause before a client tries another node.
const ELSEWHERE: Duration = Duration::from_millis(150);
/// The time that a client listens before its next command.
const LISTENS: Duration = Duration::from_millis(50);
/// The silence after which a client checks that the node is alive.
const DOUBTS: Duration = Duration::from_secs(1);
/// One in this many commands is followed by a disconnect.
const HANGS_UP: usize = 60;
/// One in this many commands is followed by paging through the list of chats.
const LISTS: usize = 25;
/// Number of chats on a page of the list.
const LISTED: u64 = 2;
/// The pause if the server does not suggest one.
const PAUSE_MS: u64 = 200;

/// A client that behaves like a person.
#[derive(Debug)]
pub(super) struct SimulatedClient {
    pub(super) id: String,
    token: String,
    number: usize,
    wishes: Wishes,
    picture: Picture,
    own: OwnState,
    /// Commands with unknown outcomes, because their replies were lost.
    unsure: Vec<Value>,
    is_silent: bool,
}

fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

impl SimulatedClient {
    pub(super) fn new(number: usize, seed: u64, id: String, token: String) -> Self {
        let picture = Picture { user: id.clone(), ..Picture::default() };
        let wishes = Wishes::new(number, seed, &id);
        let own = OwnState::default();
        SimulatedClient { id, token, number, wishes, picture, own, unsure: vec![], is_silent: false }
    }

    /// Sends commands until the deadline, then waits until it has received everything; returns its final state.
    pub(super) async fn live(mut self, run: Arc<Run>) -> Option<Picture> {
        let mut node = self.number;
        while !run.is_over() {
            match self.visit(&run, &run.urls[node % run.urls.len()]).await {
                Ok(()) => return Some(self.picture),
                Err(error) => {
                    run.ledger.count("connections closed");
                    if error.to_string() == "1012" {
                        run.ledger.count("connections closed because a node is restarting");
                    }
                }
            }
            node += 1;
            sleep(ELSEWHERE).await;
        }
        run.ledger.fault(Promise::Heard, format!("{} found no node with the final state in time", self.id));
        None
    }

    /// One connection, from its first SYNC to its end; an error if it ended early.
    async fn visit(&mut self, run: &Run, url: &str) -> Result<()> {
        let mut socket = NodeSocket::connect(url, &self.token).await?;
        self.picture.begin();
        self.catch_up(&mut socket, run).await?;
        while run.is_busy() {
            if self.wishes.roll(HANGS_UP) == 0 {
                return Err("the client reconnects by choice".into());
            }
            self.speak(&mut socket, run).await?;
            if self.wishes.roll(LISTS) == 0 {
                self.page_through_chats(&mut socket, run).await?;
            }
            let rest = run.rest.mul_f64(self.wishes.roll(200) as f64 / 100.0);
            self.listen(&mut socket, run, rest).await?;
            self.catch_up(&mut socket, run).await?;
        }
        while !self.unsure.is_empty() {
            self.speak(&mut socket, run).await?;
        }
        if !std::mem::replace(&mut self.is_silent, true) {
            run.silent.send_modify(|silent| *silent += 1);
        }
        self.settle(&mut socket, run).await
    }

    /// Listens until its events cover everything; then SYNC must return nothing more.
    async fn settle(&mut self, socket: &mut NodeSocket, run: &Run) -> Result<()> {
        let mut doubts = Instant::now() + DOUBTS;
        loop {
            self.listen(socket, run, LISTENS).await?;
            self.catch_up(socket, run).await?;
            match run.phase() {
                Phase::Listen(goal, _) if self.picture.lacks(&goal).is_none() => break,
                Phase::Listen(goal, by) if Instant::now() >= by => {
                    let lacks = self.picture.lacks(&goal).unwrap_or_default();
                    run.ledger.fault(Promise::Heard, format!("{} has not received everything: {lacks}", self.id));
                    break;
                }
                Phase::Quiet(by) if Instant::now() >= by + DOUBTS => return Err("the goal is unknown".into()),
                _ => {}
            }
            // The connection may be dead without having closed.
            if Instant::now() >= doubts {
                self.ask(socket, run, &[json!({"type":"PING"})]).await?;
                doubts = Instant::now() + DOUBTS;
            }
        }
        self.ask_for_more(socket, run).await
    }

    /// Checks that a client that received everything has nothing left to fetch.
    async fn ask_for_more(&mut self, socket: &mut NodeSocket, run: &Run) -> Result<()> {
        let before = self.picture.positions();
        self.picture.ask_again();
        self.catch_up(socket, run).await?;
        for (chat, after) in self.picture.positions() {
            if before.get(&chat).is_none_or(|before| *before < after) {
                let user = &self.id;
                run.ledger.fault(
                    Promise::Resume,
                    format!("{user} had to fetch what happened in {chat}: {before:?}, {after}"),
                );
            }
        }
        let settings = socket.command(json!({"type":"GET_SETTINGS"})).await?;
        self.own.compare(&self.picture, &settings["settings"], &run.ledger);
        Ok(())
    }

    /// Reads the whole list of chats in small pages while others change their order.
    async fn page_through_chats(&mut self, socket: &mut NodeSocket, run: &Run) -> Result<()> {
        let memberships = &self.picture.memberships;
        let before: Vec<_> = self.picture.chats.keys().map(|chat| (chat.clone(), memberships.epoch(chat))).collect();
        let mut listed: Vec<String> = vec![];
        let mut command = json!({"type":"GET_CHATS","limit":LISTED});
        loop {
            let page = self.ask(socket, run, &[command.clone()]).await?.pop().unwrap_or_default();
            if page["type"] != "CHAT_LIST" {
                self.heed(&page, run).await;
                return Ok(());
            }
            listed.extend(texts(&page["chats"], "/id").into_iter().map(str::to_owned));
            match &page["nextCursor"] {
                Value::Null => break,
                cursor => command["cursor"] = cursor.clone(),
            }
        }
        run.ledger.count("lists of chats read");
        self.own.take_list(&before, &listed);
        Ok(())
    }

    async fn listen(&mut self, socket: &mut NodeSocket, run: &Run, wait: Duration) -> Result<()> {
        let until = Instant::now() + wait;
        while let Some(frame) = socket.next_within(until.saturating_duration_since(Instant::now())).await? {
            self.picture.see(&frame, &run.ledger);
        }
        Ok(())
    }

    /// Sends SYNC until nothing is missing.
    async fn catch_up(&mut self, socket: &mut NodeSocket, run: &Run) -> Result<()> {
        while self.picture.is_behind() {
            run.ledger.count("catch-ups with SYNC");
            let command = self.picture.sync();
            for reply in self.ask(socket, run, &[command]).await? {
                self.heed(&reply, run).await;
            }
        }
        Ok(())
    }

    /// Sends commands and returns their replies, which must arrive in the same order.
    async fn ask(&mut self, socket: &mut NodeSocket, run: &Run, commands: &[Value]) -> Result<Vec<Value>> {
        let picture = &mut self.picture;
        let replies = socket.ask(commands, |frame| picture.see(frame, &run.ledger)).await?;
        for (number, reply) in &replies {
            if reply["requestId"] != *number {
                run.ledger.fault(Promise::Replies, format!("{} expected reply {number} and received {reply}", self.id));
            }
        }
        Ok(replies.into_iter().map(|(_, reply)| reply).collect())
    }

    /// Repeats a message that may not have arrived, or sends a new one.
    async fn speak(&mut self, socket: &mut NodeSocket, run: &Run) -> Result<()> {
        let commands = if self.unsure.is_empty() {
            self.wishes.choose(run, &self.picture)
        } else {
            run.ledger.count("resends of commands with unknown outcomes");
            self.unsure.clone()
        };
        let is_durable = |command: &&Value| command["type"] == "SEND_MESSAGE" || command.get("opId").is_some();
        self.unsure = commands.iter().filter(is_durable).cloned().collect();
        let chat = commands.first().map(|command| text(command, "/chatId")).unwrap_or_default();
        let epoch = self.picture.memberships.epoch(chat);
        let replies = self.ask(socket, run, &commands).await?;
        for (command, reply) in commands.iter().zip(&replies) {
            self.take_reply(run, command, reply);
            self.own.take_reply(command, reply, epoch, &self.picture);
        }
        for reply in &replies {
            self.heed(reply, run).await;
        }
        Ok(())
    }

    fn take_reply(&mut self, run: &Run, command: &Value, reply: &Value) {
        run.ledger.count("commands answered");
        if reply["code"] == "UNAVAILABLE" || reply["code"] == "RATE_LIMITED" {
            return;
        }
        self.unsure.retain(|unsure| unsure != command);
        if let Some(operation) = command["opId"].as_str() {
            run.ledger.outcome(operation, reply);
        }
        if reply["type"] != "ERROR" {
            self.wishes.note_done(command);
        }
        let id = text(command, "/message/id");
        if command["type"] == "SEND_MESSAGE" && reply["type"] != "ERROR" {
            run.ledger.acknowledged(text(command, "/chatId"), id, reply["seq"].as_u64().unwrap_or(0));
        }
    }

    /// Waits if the server asks for it; reports a reply that the protocol does not allow.
    async fn heed(&self, reply: &Value, run: &Run) {
        match reply["code"].as_str() {
            None => {}
            Some("RATE_LIMITED" | "UNAVAILABLE") => {
                run.ledger.count("commands deferred");
                sleep(Duration::from_millis(reply["retryAfterMs"].as_u64().unwrap_or(PAUSE_MS))).await;
            }
            // Others act too: the client may have been removed from a chat, or a member may have left.
            Some("NOT_FOUND" | "FORBIDDEN" | "CONFLICT") => run.ledger.count("commands refused"),
            Some(_) => run.ledger.fault(Promise::Replies, format!("{} was answered with {reply}", self.id)),
        }
    }
}
