//! Reads a chat as of one position of its clock, which may advance in the meantime.

use azure_data_cosmos::Query;
use futures_util::{StreamExt, TryStreamExt, stream};

use crate::protocol::{ChatId, Seq};
use crate::store::archive::{ArchiveRecord, ArchivedChat, ArchivedMember, ArchivedMessage, RecordSender, StreamClosed};
use crate::store::cosmos::documents::{HeadDocument, MemberDocument, MessageDocument};
use crate::store::cosmos::query::CosmosQuery;
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
    members: Vec<ArchivedMember>,
}

/// Sends a chat with its members and messages; false if it was deleted.
///
/// New messages do not matter, because they are beyond the clock. An edit of a message that has not been read yet does,
/// because its earlier version is lost.
pub(super) async fn dump_chat(store: &Store, chat: &ChatId, out: &mut RecordSender) -> Result<bool> {
    for _ in 0..ATTEMPTS {
        let Some(ChatMoment { chat: found, members }) = moment(store, chat).await? else { return Ok(false) };
        let clock = found.seq;
        let is_kept = found.message_count <= KEPT;
        let mut kept = vec![ArchiveRecord::Chat(Box::new(found))];
        kept.extend(members.into_iter().map(|member| ArchiveRecord::Member(Box::new(member))));
        let mut after = 0;
        loop {
            let page = page(store, chat, after, clock).await?;
            let Some(last) = page.last() else {
                for record in kept {
                    out.send(record).await.map_err(closed)?;
                }
                return Ok(true);
            };
            after = last.seq;
            if page.iter().any(|message| message.updated_seq > clock) {
                break;
            }
            kept.extend(page.into_iter().map(|message| ArchiveRecord::Message(Box::new(message))));
            if !is_kept {
                for record in kept.drain(..) {
                    out.send(record).await.map_err(closed)?;
                }
            }
        }
        if !is_kept {
            break;
        }
    }
    Err(StoreError::unavailable(format!("messages of chat {chat} were changed while it was read; export again")))
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

async fn last_seq(store: &Store, head: &HeadDocument) -> Result<Option<Seq>> {
    let Some(last) = &head.last_message_id else { return Ok(None) };
    let found: Option<MessageDocument> = store.messages.read(&head.chat_id, &ids::message(last), "export").await?;
    Ok(found.map(|message| message.seq))
}

async fn members(store: &Store, chat: &ChatId) -> Result<Vec<ArchivedMember>> {
    let mut members: Vec<ArchivedMember> = vec![];
    loop {
        let after = members.last().map_or("", |member| &*member.user_id).to_owned();
        let query = CosmosQuery(Query::from(queries::EVER_MEMBERS)).with("@after", after)?.with("@top", PAGE)?;
        let found: Vec<MemberDocument> = store.messages.query(chat, query.0, "export").await?;
        if found.is_empty() {
            return Ok(members);
        }
        members.extend(found.into_iter().map(MemberDocument::archived));
    }
}

/// Messages after a position, with their reactions.
async fn page(store: &Store, chat: &ChatId, after: Seq, clock: Seq) -> Result<Vec<ArchivedMessage>> {
    let text = format!("{}{}", queries::NEWER, queries::OLDEST_FIRST);
    let query = CosmosQuery(Query::from(text)).with("@from", after + 1)?.with("@clock", clock)?.with("@top", PAGE)?;
    let found: Vec<MessageDocument> = store.messages.query(chat, query.0, "export").await?;
    let messages = found.into_iter().map(MessageDocument::archived);
    let whole: Vec<_> = messages.map(|message| with_reactors(store, message)).collect();
    stream::iter(whole).buffered(CONCURRENT).try_collect().await
}

async fn with_reactors(store: &Store, mut message: ArchivedMessage) -> Result<ArchivedMessage> {
    if !message.reactions.is_empty() {
        message.reactors = store.reactors_of(&message.chat_id, &message.id).await?;
    }
    Ok(message)
}

pub(super) fn closed(closed: StreamClosed) -> StoreError {
    StoreError::unavailable(closed)
}
