use crate::api::context::Context;
use crate::protocol::error::{Error, Result};
use crate::protocol::{Attachment, ChatId, FileId, MessageId};
use crate::store::repository::{FilePurpose, FileState, StoredFile};

/// Attempts to attach a file that is being reviewed.
const ATTEMPTS: usize = 5;

/// The message that files are attached to.
pub struct Attaching<'a> {
    pub chat: &'a ChatId,
    pub message: &'a MessageId,
    /// The prefix of the field `attachments` in errors.
    pub within: &'static str,
    /// True if the message is new, false if it is being edited.
    pub is_new: bool,
}

/// Attaches uploaded files by their ids, and fills in their stored names, sizes and types.
///
/// A file is marked with its message before the message is committed. A failure in between leaves a mark without a
/// message, which the next review finds, but never a message whose file is deleted.
///
/// # Errors
/// `NOT_FOUND` for a file that is not a complete upload of the caller in this chat, `CONFLICT` for a file that another
/// message has.
pub async fn attach(context: &Context, to: Attaching<'_>, attachments: &mut [Attachment]) -> Result<()> {
    let Attaching { chat, message, within, is_new } = to;
    for (place, attachment) in attachments.iter_mut().enumerate() {
        // A file of another server may also have an id, but it has an address too.
        let Some(id) = attachment.id.clone().filter(|_| attachment.url.is_empty()) else { continue };
        let field = format!("{within}attachments[{place}].id");
        match claim(context, chat, message, &FileId::from(id)).await {
            Ok(file) => *attachment = attached(&file),
            Err(error) => {
                // A repeated send is answered with the stored message, even if its files have been deleted.
                let is_repeated = is_new && context.services.repository.message(chat, message).await?.is_some();
                return if is_repeated { Ok(()) } else { Err(error.at(field)) };
            }
        }
    }
    Ok(())
}

fn attached(file: &StoredFile) -> Attachment {
    let shown = file.shown();
    Attachment {
        id: Some(shown.id.to_string()),
        url: shown.url,
        name: shown.name,
        size: shown.size,
        mime_type: shown.mime_type,
        width: shown.width,
        height: shown.height,
    }
}

async fn claim(context: &Context, chat: &ChatId, message: &MessageId, id: &FileId) -> Result<StoredFile> {
    let services = &context.services;
    let unknown = || Error::not_found("id", "no complete upload of yours with this id in this chat");
    let caller = &context.user()?.id;
    for _ in 0..ATTEMPTS {
        let file = services.repository.file(id).await?;
        let file = file.filter(|file| file.purpose() == FilePurpose::Attachment(chat) && file.owner_id == *caller);
        let file = file.ok_or_else(unknown)?;
        if file.state != FileState::Complete {
            return Err(unknown());
        }
        match &file.message_id {
            Some(other) if other == message => return Ok(file),
            Some(other) if has(context, chat, other, id).await? => {
                return Err(Error::conflict("this file is attached to another message; upload it again"));
            }
            _ => {}
        }
        let now = services.clock.now();
        let attached = StoredFile {
            message_id: Some(message.clone()),
            attached_at: Some(now),
            due_at: crate::protocol::Timestamp::from_millis(now.millis() + super::UNATTACHED_MILLIS),
            ..file.next()
        };
        if services.repository.save_file(&attached).await? {
            return Ok(attached);
        }
    }
    Err(Error::passing("the file is being changed concurrently; try again"))
}

/// True if the message has the file, or had it before it was deleted.
async fn has(context: &Context, chat: &ChatId, message: &MessageId, file: &FileId) -> Result<bool> {
    let message = context.services.repository.message(chat, message).await?;
    Ok(message.is_some_and(|message| {
        message.deleted_at.is_some() || message.attachments.iter().any(|one| one.id.as_deref() == Some(&**file))
    }))
}
