//! The parts of starting and ending streams that involve the storage.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::api::changes;
use crate::api::command::Response;
use crate::api::context::{Context, Services};
use crate::api::group_mentions;
use crate::domain::{Action, Change, Draft, may_post};
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::text::is_visible;
use crate::protocol::{ChatId, ClientJson, Message, MessageId, NewMessage, StreamStopped};
use crate::realtime::hub::Connection;
use crate::realtime::streams::{Author, STREAM_BYTES, StreamKey, Unfinished};

use super::partial_commit::commit_part;
pub use crate::realtime::streams::unknown_stream as unknown;

/// Attempts to store the text of an author who has disconnected, and the pause after the first attempt.
const ATTEMPTS: u32 = 5;
const PAUSE: Duration = Duration::from_millis(100);

/// The caller as the author of a stream.
pub fn author(context: &Context) -> Result<Author> {
    let identity = context.identity()?;
    let connection = context.connection()?.clone();
    Ok(Author { user: identity.user.clone(), authority: identity.authority(), connection })
}

/// Checks that a stream can start: its id is new, the message it replies to exists, and the chat is not archived.
pub async fn require_startable(context: &Context, message: &Message) -> Result<()> {
    let repository = &context.services.repository;
    let chat = &message.chat_id;
    if repository.message(chat, &message.id).await?.is_some() {
        return Err(Error::conflict("this id is in use").at("message.id"));
    }
    if let Some(id) = &message.reply_to
        && repository.message(chat, id).await?.is_none()
    {
        let shown: String = id.chars().take(64).collect();
        return Err(Error::not_found("message.replyTo", format!("no message with id {shown} in this chat")));
    }
    let Some(access) = repository.chat_access(chat, &context.user()?.id).await? else { return Ok(()) };
    if !access.chat.active {
        return Err(Error::conflict("the chat is archived and read-only; UPDATE_CHAT with active:true opens it again"));
    }
    access.role.map_or(Ok(()), |role| may_post(access.chat.posting, role))
}

/// Refuses a message whose id is taken by another user's running stream.
pub async fn refuse_streamed_id(context: &Context, chat: &ChatId, draft: &Draft) -> Result<()> {
    let user = &context.user()?.id;
    let key = StreamKey { chat: chat.clone(), message: draft.id.clone() };
    if !context.services.features.streams.is_anothers(&key, user) {
        return Ok(());
    }
    // A user outside the chat must learn nothing about it.
    match context.services.repository.chat_access(chat, user).await? {
        Some(standing) if standing.role.is_some() => {
            Err(Error::conflict("this id is in use").at(format!("{}id", draft.within)))
        }
        _ => Ok(()),
    }
}

/// Ends a stream: its text becomes a message. A repetition finds the message.
pub async fn end(
    context: &Context,
    chat: &ChatId,
    message_id: &MessageId,
    content: Option<String>,
) -> Result<Response<NewMessage>> {
    content.as_deref().map_or(Ok(()), require_length)?;
    let author = context.user()?;
    let key = StreamKey { chat: chat.clone(), message: message_id.clone() };
    let message = match context.services.features.streams.unfinished(&key, author)? {
        Some(message) => {
            let content = content.unwrap_or(message.content);
            if !is_visible(&content) {
                return stop(context, &key);
            }
            Message { content, ..message }
        }
        None => {
            let message = context.services.repository.message(chat, message_id).await?;
            message.filter(|message| message.sender.id == author.id).ok_or_else(|| unknown(message_id))?
        }
    };
    let group = group_mentions::find(context, chat, &message.content).await?;
    context.commit(chat.clone(), changes::send(Draft { group, ..draft(message) }))
}

/// Checks that a text is short enough for a stream.
pub fn require_length(content: &str) -> Result<()> {
    if content.len() > STREAM_BYTES {
        let sentence = format!("a streamed message may have at most {STREAM_BYTES} bytes in all");
        return Err(Error::new(Code::TooLarge, sentence).at("content"));
    }
    Ok(())
}

/// Ends a stream without text, so there is nothing to store.
fn stop(context: &Context, key: &StreamKey) -> Result<Response<NewMessage>> {
    context.services.features.streams.give_up(key, Some(context.connection()?));
    let StreamKey { chat: chat_id, message: message_id } = key.clone();
    Ok(Response::instead(&StreamStopped { chat_id, message_id, duplicate: false }))
}

fn draft(message: Message) -> Draft {
    Draft {
        within: "message.",
        id: message.id,
        has_new_id: false,
        role: message.role,
        content: message.content,
        group: vec![],
        attachments: vec![],
        reply_to: message.reply_to,
        metadata: message.metadata,
        peer: None,
    }
}

/// Stores the text received so far for a closed connection's streams.
pub async fn interrupt(services: &Services, connection: &Connection) {
    let unfinished = services.features.streams.interrupt(connection);
    futures_util::future::join_all(unfinished.into_iter().map(|one| keep(services, one))).await;
}

/// Stores an unfinished text as a message; returns the code of the error.
async fn commit_unfinished(services: &Services, message: &Message, author: &Author) -> Option<Code> {
    let group = match group_mentions::find_of(services, &author.user.id, &message.chat_id, &message.content).await {
        Ok(group) => group,
        Err(error) => return Some(error.code),
    };
    let change = Change {
        chat_id: message.chat_id.clone(),
        actor: author.user.clone(),
        authority: author.authority,
        action: Action::Send(Draft { group, ..draft(message.clone()) }),
        operation: None,
        large_chats: services.large_chats(),
    };
    commit_part(services, "END_STREAM", None, change).await
}

async fn keep(services: &Services, Unfinished { mut message, author }: Unfinished) {
    let key = StreamKey { chat: message.chat_id.clone(), message: message.id.clone() };
    let interrupted = Map::from_iter([("interrupted".to_owned(), Value::Bool(true))]);
    message.metadata = Some(ClientJson::from(interrupted));
    for attempt in 0..ATTEMPTS {
        match commit_unfinished(services, &message, &author).await {
            None => return,
            Some(Code::Unavailable) => tokio::time::sleep(PAUSE * 2_u32.pow(attempt)).await,
            Some(code) => {
                tracing::debug!(code = code.name(), "an interrupted stream could not be stored");
                break;
            }
        }
    }
    services.features.streams.give_up(&key, None);
}
