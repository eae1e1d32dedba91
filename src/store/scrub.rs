//! Scrubbing: a walk over all chats, in steps of bounded size, that finds inconsistent records.
//!
//! A step ends after a number of records; its counts for the current chat are kept with the position until the next
//! step. Every durable record takes a position on its chat's clock when it changes, so findings count only if the clock
//! is where it was when the walk through the chat began: a chat that has changed is walked again, and one that changes
//! all the time is left for the next pass.

use serde::{Deserialize, Serialize};

use crate::protocol::{Chat, ChatId, FileId, Member, Message, MessageId, PageLimit, Seq, Timestamp, UserId};
use crate::store::error::{Result, StoreError};
use crate::store::repository::{HistoryQuery, ReadBudget, Repository, Window};

/// Number of chat ids looked up together.
const CHATS: usize = 100;
/// Maximum number of walks through a chat that keeps changing, before it is left for the next pass.
const WALKS: u32 = 3;
/// Maximum number of findings kept per chat.
const FINDINGS: usize = 20;

/// The position that a scrub has reached, and its findings so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ScrubPlace {
    /// The chat being walked or, between two chats, the one walked last.
    chat: Option<ChatId>,
    walk: Option<ChatWalk>,
    /// The chats to walk next.
    ahead: Vec<ChatId>,
    /// Number of problems found since the pass began.
    problems: u64,
    /// Number of problems that the latest complete pass found.
    last_problems: Option<u64>,
    /// The end of the latest pass, until the next one begins.
    pub ended_at: Option<Timestamp>,
}

impl ScrubPlace {
    /// Number of problems found by the current pass or, if that found more, the previous one.
    pub fn problems(&self) -> u64 {
        self.problems.max(self.last_problems.unwrap_or(0))
    }

    /// True between two passes.
    pub fn is_between_passes(&self) -> bool {
        self.chat.is_none()
    }
}

/// A walk through one chat: its members first, then its messages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct ChatWalk {
    /// 1 for the first walk through the chat in this pass.
    number: u32,
    /// The clock when the walk began.
    seq: Seq,
    /// The last member read.
    member: Option<UserId>,
    has_all_members: bool,
    /// The position up to which messages have been read.
    after: Seq,
    members: u64,
    messages: u64,
    /// Pinned messages not found yet.
    pinned: Vec<MessageId>,
    findings: Vec<String>,
}

/// The result of a step.
#[derive(Debug)]
pub struct ScrubStep {
    /// The position at which the next step begins.
    pub place: ScrubPlace,
    /// Number of records read.
    pub records: usize,
    /// The problems, one per line.
    pub findings: Vec<String>,
}

/// Continues from a position until a number of records has been read, or the pass ends. A started page is always
/// finished.
///
/// # Errors
/// Fails if the store does not respond. A record that cannot be read is a finding.
pub async fn step(repository: &dyn Repository, place: ScrubPlace, max: usize) -> Result<ScrubStep> {
    let mut step = ScrubStep { place, records: 0, findings: vec![] };
    while step.records < max {
        match step.place.walk.take() {
            Some(walk) => step.go_on(repository, walk).await?,
            None if step.begin_chat(repository).await? => {}
            None => break,
        }
    }
    Ok(step)
}

impl ScrubStep {
    /// Starts the next chat; false at the end of the pass.
    async fn begin_chat(&mut self, repository: &dyn Repository) -> Result<bool> {
        if self.place.ahead.is_empty() {
            let mut chats = repository.every_chat(self.place.chat.as_ref(), CHATS).await?;
            chats.reverse();
            self.place.ahead = chats;
        }
        let Some(chat) = self.place.ahead.pop() else {
            self.place = ScrubPlace { last_problems: Some(self.place.problems), ..ScrubPlace::default() };
            return Ok(false);
        };
        self.records += 1;
        self.place.walk = begin(repository, &chat, 1).await?;
        self.place.chat = Some(chat);
        Ok(true)
    }

    /// Reads the next page of a chat, and ends the walk after the last one.
    async fn go_on(&mut self, repository: &dyn Repository, mut walk: ChatWalk) -> Result<()> {
        let Some(chat) = self.place.chat.clone() else { return Ok(()) };
        let read = if walk.has_all_members {
            walk.read_messages(repository, &chat).await
        } else {
            walk.read_members(repository, &chat).await
        };
        match read {
            Ok(PageRead { records, is_last }) => {
                self.records += records.max(1);
                if !is_last {
                    self.place.walk = Some(walk);
                    return Ok(());
                }
            }
            Err(error) if error.is_temporary() => return Err(error),
            Err(error) => {
                self.records += 1;
                let place = if walk.has_all_members { "messages" } else { "members" };
                let after = walk.after;
                walk.find(format!("chat {chat}: its {place} after {after} cannot be read: {}", cause(&error)));
            }
        }
        self.end_chat(repository, &chat, walk).await
    }

    async fn end_chat(&mut self, repository: &dyn Repository, chat: &ChatId, mut walk: ChatWalk) -> Result<()> {
        let Some(access) = repository.chat_access(chat, &UserId::from("")).await? else { return Ok(()) };
        if access.chat.seq != walk.seq {
            if walk.number < WALKS {
                self.place.walk = begin(repository, chat, walk.number + 1).await?;
            }
            return Ok(());
        }
        // Records that could not be read were not counted.
        if walk.findings.iter().all(|finding| !finding.contains("cannot be read")) {
            walk.compare(&access.chat);
        }
        self.place.problems += walk.findings.len() as u64;
        self.findings.append(&mut walk.findings);
        Ok(())
    }
}

/// A page of records.
struct PageRead {
    records: usize,
    is_last: bool,
}

/// Starts a walk; none if the chat was deleted.
async fn begin(repository: &dyn Repository, chat: &ChatId, number: u32) -> Result<Option<ChatWalk>> {
    let Some(access) = repository.chat_access(chat, &UserId::from("")).await? else { return Ok(None) };
    let Chat { seq, pinned, .. } = access.chat;
    Ok(Some(ChatWalk { number, seq, pinned, ..ChatWalk::default() }))
}

/// The root cause of a failure, on one line.
fn cause(error: &StoreError) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string().replace('\n', " ")
}

impl ChatWalk {
    fn find(&mut self, finding: String) {
        if self.findings.len() < FINDINGS {
            self.findings.push(finding);
        }
    }

    async fn read_members(&mut self, repository: &dyn Repository, chat: &ChatId) -> Result<PageRead> {
        let page = repository.members(chat, self.member.as_ref(), PageLimit::MAX).await?;
        for member in &page.items {
            self.member(chat, member);
        }
        self.has_all_members = !page.more;
        self.member = page.items.last().map(|last| last.user.id.clone());
        Ok(PageRead { records: page.items.len(), is_last: false })
    }

    fn member(&mut self, chat: &ChatId, member: &Member) {
        self.members += 1;
        for (name, seq) in [("readSeq", member.read_seq), ("deliveredSeq", member.delivered_seq)] {
            if seq > self.seq {
                let clock = self.seq;
                let user = &member.user.id;
                self.find(format!("chat {chat}: {name} {seq} of {user} is beyond its clock {clock}"));
            }
        }
    }

    async fn read_messages(&mut self, repository: &dyn Repository, chat: &ChatId) -> Result<PageRead> {
        let query = HistoryQuery {
            chat: chat.clone(),
            window: Window::After(self.after),
            limit: PageLimit::MAX,
            sender: None,
            search: None,
            budget: ReadBudget::UNLIMITED,
        };
        let Some(page) = repository.history(&query).await? else { return Ok(PageRead { records: 0, is_last: true }) };
        let mut records = page.messages.len();
        for message in &page.messages {
            records += self.message(repository, message).await?;
        }
        Ok(PageRead { records, is_last: !page.more || page.messages.is_empty() })
    }

    /// Checks a message; returns the number of additional records read for it.
    async fn message(&mut self, repository: &dyn Repository, message: &Message) -> Result<usize> {
        let of = format!("chat {}: message {}", message.chat_id, message.id);
        let latest = message.seq.max(message.updated_seq);
        if latest > self.seq {
            let clock = self.seq;
            self.find(format!("{of}: its position {latest} is beyond the clock {clock}"));
        }
        if message.seq <= self.after || message.updated_seq < message.seq {
            let Message { seq, updated_seq, .. } = message;
            self.find(format!("{of}: its positions {seq} and {updated_seq} are out of order"));
        }
        self.after = self.after.max(message.seq);
        if message.deleted_at.is_some() {
            if !message.content.is_empty() {
                self.find(format!("{of}: it is deleted but still has its text"));
            }
            return Ok(0);
        }
        self.messages += 1;
        self.pinned.retain(|pinned| *pinned != message.id);
        if message.reactions.iter().any(|reaction| reaction.count.max(1) < reaction.user_ids.len() as u64) {
            self.find(format!("{of}: it lists more users than it has reactions"));
        }
        let files = message.attachments.iter().filter_map(|attachment| attachment.id.as_deref());
        let mut records = 0;
        for file in files {
            records += 1;
            if repository.file(&FileId::from(file)).await?.is_none() {
                self.find(format!("{of}: its file {file} has no record"));
            }
        }
        Ok(records)
    }

    fn compare(&mut self, chat: &Chat) {
        let counts = [("members", chat.member_count, self.members), ("messages", chat.message_count, self.messages)];
        for (what, recorded, found) in counts.into_iter().filter(|(_, recorded, found)| recorded != found) {
            self.find(format!("chat {}: it has {recorded} {what}, and there are {found}", chat.id));
        }
        for message in std::mem::take(&mut self.pinned) {
            self.find(format!("chat {}: the pinned message {message} does not exist", chat.id));
        }
    }
}
