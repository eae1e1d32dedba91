//! Running streams in the reply, as far as they fit.

use super::Synced;
use crate::api::reply_budget::{self, REPLY_BYTES, size};
use crate::protocol::StreamedMessage;
use crate::protocol::error::Result;

impl Synced {
    /// Postpones the chats whose running streams do not fit: the client asks for them next. The first chat would be
    /// postponed for ever, so its texts are shortened.
    pub(super) fn fit_streams(&mut self, room: &mut usize) -> Result<()> {
        for (number, mut chat) in std::mem::take(&mut self.chats).into_iter().enumerate() {
            if number == 0 {
                shorten(&mut chat.streams, (*room).max(REPLY_BYTES / 4))?;
            }
            let bytes = size(&chat.streams)?;
            if bytes > *room && !chat.streams.is_empty() && number > 0 {
                self.pending.push(chat.chat_id);
                continue;
            }
            *room = room.saturating_sub(bytes);
            self.chats.push(chat);
        }
        Ok(())
    }
}

/// Shortens the texts of streams that do not fit to their ends, which the following pieces continue.
fn shorten(streams: &mut Vec<StreamedMessage>, room: usize) -> Result<()> {
    if size(streams)? <= room {
        return Ok(());
    }
    // A tenth is for the rest of each message.
    let each = room / streams.len().max(1) / 10 * 9;
    for stream in &mut *streams {
        let bytes = size(stream)?;
        if bytes > each {
            let content = &mut stream.message.content;
            let from = content.len() - content.len() * each / bytes;
            let from = (from..=content.len()).find(|place| content.is_char_boundary(*place)).unwrap_or(0);
            content.drain(..from);
        }
    }
    streams.truncate(reply_budget::fitting_in(room, streams)?);
    Ok(())
}
