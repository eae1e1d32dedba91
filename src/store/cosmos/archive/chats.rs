//! Reads a chat as of one position of its clock, which may advance in the meantime.

use azure_data_cosmos::Query;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::Value;

use crate::protocol::{ChatId, Seq};
use crate::store::archive::{ArchiveRecord, ArchivedChat, ArchivedMember, ArchivedMessage, RecordSender, StreamClosed};
use crate::store::cosmos::documents::{HeadDocument, MemberDocument, MessageDocument};
use crate::store::cosmos::query::CosmosQuery;
use crate::store::cosmos::reactions::ReadReactors;
use crate::store::cosmos::readable::{self, ArchivePage, FailedRead, Readable};
use crate::store::cosmos::{CONCURRENT, Store, ids, queries};
use crate::store::error::{Result, StoreError};

/// Number of documents read together.
const PAGE: usize = 200;
/// Maximum number of messages of a chat that is read again if it changes during the read; longer chats do not fit in
/// memory.
const KEPT: u64 = 4096;
/// Attempts to read a chat that changes during the read.
const ATTEMPTS: usize = 10;

/// A chat and its current and former members at one position.
struct ChatMoment {
    chat: ArchivedChat,
    members: Vec<Readable<ArchivedMember>>,
}

/// Sends a chat with its members and messages; false if it was deleted.
///
/// New messages do not matter, because they are beyond the clock. An edit of a message that has not been read yet does,
/// because its earlier version is lost.
pub(super) async fn dump_chat(store: &Store, chat: &ChatId, out: &mut RecordSender) -> Result<bool> {
    for _ in 0..ATTEMPTS {
        let found = match moment(store, chat).await {
            Err(error) => {
                let failed = FailedRead { container: &store.messages, partition: chat, id: ids::HEAD, error };
                let unreadable = failed.unreadable::<HeadDocument>(readable::CHAT).await?;
                out.pass(Err(unreadable)).await.map_err(closed)?;
                return Ok(true);
            }
            found => found?,
        };
        let Some(ChatMoment { chat: found, members }) = found else { return Ok(false) };
        let clock = found.seq;
        let is_kept = found.message_count <= KEPT;
        let mut kept: Vec<Readable<ArchiveRecord>> = vec![Ok(ArchiveRecord::Chat(Box::new(found)))];
        let member = |member: ArchivedMember| ArchiveRecord::Member(Box::new(member));
        kept.extend(members.into_iter().map(|read| read.map(member)));
        let mut after = 0;
        loop {
            let page = page(store, chat, after, clock).await?;
            let Some(last) = page.last else {
                send(kept, out).await?;
                return Ok(true);
            };
            after = last;
            if page.messages.iter().flatten().any(|message| message.updated_seq > clock) {
                break;
            }
            let message = |message: ArchivedMessage| ArchiveRecord::Message(Box::new(message));
            kept.extend(page.messages.into_iter().map(|read| read.map(message)));
            if !is_kept {
                send(std::mem::take(&mut kept), out).await?;
            }
        }
        if !is_kept {
            break;
        }
    }
    Err(StoreError::unavailable(format!("messages of chat {chat} were changed while it was read; export again")))
}

async fn send(records: Vec<Readable<ArchiveRecord>>, out: &mut RecordSender) -> Result<()> {
    for record in records {
        out.pass(record).await.map_err(closed)?;
    }
    Ok(())
}

/// The chat and its members; none if it was deleted.
async fn moment(store: &Store, chat: &ChatId) -> Result<Option<ChatMoment>> {
    for _ in 0..ATTEMPTS {
        let look = store.look(chat, &[], "export").await?;
        let Some(head) = look.living() else { return Ok(None) };
        let last_seq = last_seq(store, head).await?;
        let members = members(store, chat).await?;
        let now = store.look(chat, &[], "export").await?;
        // Marks change without the head, and each is consistent on its own.
        let is_same = |now: &HeadDocument| now.changed_seq == head.changed_seq && now.members_seq == head.members_seq;
        if now.living().is_some_and(is_same) {
            return Ok(head.archived(last_seq).map(|chat| ChatMoment { chat, members }));
        }
    }
    Err(StoreError::unavailable(format!("members of chat {chat} were changed while they were read; export again")))
}

/// The position of the last message, whether or not the rest of its document can be read.
async fn last_seq(store: &Store, head: &HeadDocument) -> Result<Option<Seq>> {
    let Some(last) = &head.last_message_id else { return Ok(None) };
    let found: Option<Value> = store.messages.read(&head.chat_id, &ids::message(last), "export").await?;
    Ok(found.and_then(|message| message["seq"].as_u64()))
}

async fn members(store: &Store, chat: &ChatId) -> Result<Vec<Readable<ArchivedMember>>> {
    let mut members = vec![];
    let mut after = String::new();
    loop {
        let query = CosmosQuery(Query::from(queries::EVER_MEMBERS)).with("@after", &after)?.with("@top", PAGE)?;
        let found: Vec<Value> = store.messages.query(chat, query.0, "export").await?;
        let read = |document: &Value| readable::MEMBER.read(document).map(MemberDocument::archived);
        let ArchivePage { records, last } = ArchivePage::of(&found, "userId", read);
        let Some(last) = last else { return Ok(members) };
        after = last;
        members.extend(records);
    }
}

/// Messages after a position.
struct MessagePage {
    /// The messages with their reactions; before them what cannot be read of those.
    messages: Vec<Readable<ArchivedMessage>>,
    /// The last position; none if there is no message.
    last: Option<Seq>,
}

async fn page(store: &Store, chat: &ChatId, after: Seq, clock: Seq) -> Result<MessagePage> {
    let text = format!("{}{}", queries::NEWER, queries::OLDEST_FIRST);
    let query = CosmosQuery(Query::from(text)).with("@from", after + 1)?.with("@clock", clock)?.with("@top", PAGE)?;
    let found: Vec<Value> = store.messages.query(chat, query.0, "export").await?;
    // The position of a damaged document may be a fraction, after which the walk goes on.
    let seq = |document: &Value| document["seq"].as_f64().map(|seq| seq as Seq);
    let last = found.last().map(|document| seq(document).unwrap_or(clock));
    let messages = found.iter().map(|document| readable::MESSAGE.read(document).map(MessageDocument::archived));
    let whole: Vec<_> = messages.map(|message| with_reactors(store, message)).collect();
    let whole: Vec<_> = stream::iter(whole).buffered(CONCURRENT).try_collect().await?;
    Ok(MessagePage { messages: whole.into_iter().flatten().collect(), last })
}

/// The message with its reactions, after those that cannot be read.
async fn with_reactors(store: &Store, message: Readable<ArchivedMessage>) -> Result<Vec<Readable<ArchivedMessage>>> {
    let mut message = match message {
        Ok(message) if !message.reactions.is_empty() => message,
        other => return Ok(vec![other]),
    };
    let ReadReactors { reactors, unreadable } = store.reactors_of(&message.chat_id, &message.id).await?;
    message.reactors = reactors;
    Ok(unreadable.into_iter().map(Err).chain([Ok(message)]).collect())
}

pub(super) fn closed(closed: StreamClosed) -> StoreError {
    StoreError::unavailable(closed)
}
