//! Messages of another server, in the order of their chats.

use std::collections::{HashMap, HashSet};

use super::activity::ChatActivity;
use super::chat::{ForeignChat, ForeignFile, ForeignMessage};
use super::chats::Chats;
use super::database::RowView;
use super::layout::{MessageOrder, MessagesMap};
use super::moment::beyond_millis;
use super::people::ForeignPeople;
use super::rules::ConversionRules;
use super::tally::TableTally;
use super::uploads::{AttachedTo, Uploads, located};
use crate::api::validate;
use crate::protocol::text::{FileName, MimeType, is_visible};
use crate::protocol::{Attachment, ChatId, ClientId, MessageId, MessageRole, Timestamp, UserId};

/// Reads the table of messages.
pub(super) struct MessageReader<'a, 'b> {
    pub(super) map: &'a MessagesMap,
    pub(super) rules: &'a ConversionRules,
    pub(super) people: &'a mut ForeignPeople<'b>,
    pub(super) activity: &'a mut ChatActivity,
    pub(super) tally: &'a mut TableTally,
}

impl MessageReader<'_, '_> {
    /// Reads a row.
    ///
    /// # Errors
    /// Fails if a required owner cannot be created, or the disk is full.
    pub(super) fn row(&mut self, row: RowView<'_>, chats: &mut Chats) -> Result<(), String> {
        let chat = match row.get("chat") {
            Some(old) if chats.are_made_by_messages() => Some(chats.find_or_make(old, self.rules)),
            old => old.and_then(|old| chats.find(old)),
        };
        match chat {
            None => self.tally.leave_out("chat not found"),
            Some(place) => self.read(row, chats.get_mut(place))?,
        }
        Ok(())
    }

    fn read(&mut self, row: RowView<'_>, chat: &mut ForeignChat) -> Result<(), String> {
        let Some(old_id) = row.get("id") else {
            self.tally.leave_out("no id");
            return Ok(());
        };
        let at = self.written_at(row, old_id);
        let has_time = at.is_some();
        let at = at.or(chat.created_at).unwrap_or(Timestamp::from_millis(0));
        let sender = self.sender(row, at)?;
        let receiver = row.get("receiver").and_then(|old| self.people.find(old)).cloned();
        chat.has_open_message |= receiver.is_none();
        chat.takes_part(&sender, self.people);
        receiver.iter().for_each(|user| chat.takes_part(user, self.people));
        let content = row.text("content");
        let file = file(row);
        if !is_visible(content) && file.is_none() {
            self.tally.leave_out("no visible text and no attachment");
            return Ok(());
        }
        let length = content.chars().count();
        if length > self.rules.content_chars {
            let example = format!("{old_id} with {length} characters");
            self.tally.change("longer than allowed here, imported in full", example);
        }
        let edited_at = self.rules.moment(row.get("edited_at")).filter(|_| row.flag("edited"));
        let message = ForeignMessage {
            device: row.get("device").map(str::to_owned),
            missing: None,
            old_id: old_id.to_owned(),
            id: self.id(old_id),
            role: if row.text("role") == "assistant" { MessageRole::Assistant } else { MessageRole::User },
            sender,
            at,
            has_time,
            beyond: row.get("created_at").map_or(0, beyond_millis),
            edited_at: edited_at.or_else(|| row.flag("edited").then_some(at)),
            content: content.to_owned(),
            reply_to: None,
            attachments: vec![],
            read_by_all_at: self.rules.moment(row.get("read_by_all_at")),
            read_by: receiver.filter(|_| row.flag("read")),
            reactions: vec![],
            reads: vec![],
            file,
            number: old_id.parse().ok(),
        };
        self.tally.import();
        self.activity.add(chat.group, &message)
    }

    fn id(&self, old: &str) -> MessageId {
        let is_kept = self.map.keep_ids && ClientId::is_valid(old);
        MessageId::from(if is_kept { old.to_owned() } else { self.rules.id("message", old) })
    }

    /// The time of the message. A local time written by an assistant is corrected by the time at which the database
    /// stored it, to a quarter of an hour; no zone differs from UTC by more than 14 hours.
    fn written_at(&mut self, row: RowView<'_>, id: &str) -> Option<Timestamp> {
        const QUARTER: i64 = 15 * 60_000;
        const FARTHEST: i64 = 14 * 4 * QUARTER;
        let at = self.rules.moment(row.get("created_at"))?;
        let stored = self.rules.moment(row.get("written_at")).filter(|_| row.text("role") == "assistant");
        let ahead = stored.map_or(0, |stored| at.millis() - stored.millis());
        let zone = (ahead as f64 / QUARTER as f64).round() as i64 * QUARTER;
        if zone == 0 || zone.abs() > FARTHEST {
            return Some(at);
        }
        self.tally.change("local time corrected", id);
        Some(Timestamp::from_millis(at.millis() - zone))
    }

    fn sender(&mut self, row: RowView<'_>, at: Timestamp) -> Result<UserId, String> {
        match row.get("role") {
            Some("assistant") => {
                let owner = self.people.administrator(at)?;
                return Ok(self.people.assistant(&owner, at));
            }
            Some(_) => return self.people.administrator(at),
            None => {}
        }
        let old = row.get("sender").or(row.get("sender_name"));
        let known = match row.get("sender") {
            Some(old) => self.people.find(old),
            None => row.get("sender_name").and_then(|name| self.people.find_named(name)),
        };
        if let Some(known) = known {
            return Ok(known.clone());
        }
        let named = row.get("sender_name").map(|name| format!("name:{name}"));
        self.tally.change("unknown sender, replaced with a deleted account", old.unwrap_or("nobody"));
        let stand_in = row.get("sender").map(str::to_owned).or(named).unwrap_or_else(|| "nobody".to_owned());
        Ok(self.people.deleted(&stand_in, at))
    }
}

fn file(row: RowView<'_>) -> Option<ForeignFile> {
    let url = row.get("file_url").filter(|url| !url.is_empty())?.to_owned();
    let size = row.get("file_size").and_then(|size| size.parse().ok()).unwrap_or(0);
    let last = url.rsplit('/').next().unwrap_or_default();
    let name = row.get("file_name").filter(|name| FileName::parse("name", name).is_ok()).unwrap_or(last);
    let name = if FileName::parse("name", name).is_ok() { name } else { "file" }.to_owned();
    let mime_type = row.get("mime_type").filter(|kind| MimeType::parse("mimeType", kind).is_ok());
    Some(ForeignFile { url, name, size, mime_type: mime_type.unwrap_or("application/octet-stream").to_owned() })
}

/// Leaves out messages with the id of an earlier one.
pub(super) fn leave_out_repeated(messages: &mut Vec<ForeignMessage>, tally: &mut TableTally) {
    let mut ids: HashSet<MessageId> = HashSet::new();
    messages.retain(|message| {
        let is_new = ids.insert(message.id.clone());
        if !is_new {
            tally.drop_imported("the id of another row");
        }
        is_new
    });
}

/// Gives every message without a time that of the message before it by id; the first ones get that of the next.
fn fill_missing_times(messages: &mut [ForeignMessage], tally: &mut TableTally) {
    let untimed = messages.iter().filter(|message| !message.has_time).count();
    if untimed == messages.len() {
        messages.iter().for_each(|message| tally.change("missing time, replaced with the chat's", &*message.old_id));
        return;
    }
    if untimed == 0 {
        return;
    }
    messages.sort_by_key(|message| message.number.unwrap_or(i64::MAX));
    let mut known = messages.iter().find(|message| message.has_time).map(|message| message.at);
    for message in messages {
        if message.has_time {
            known = Some(message.at);
        } else if let Some(at) = known {
            tally.change("missing time, replaced with that of the message beside it", &*message.old_id);
            message.at = at;
        }
    }
}

/// Sorts the messages of a chat so that times never decrease.
pub(super) fn sort(messages: &mut [ForeignMessage], order: MessageOrder, tally: &mut TableTally) {
    fill_missing_times(messages, tally);
    match order {
        MessageOrder::Id => messages.sort_by_key(|message| message.number.unwrap_or(i64::MAX)),
        MessageOrder::Time => messages.sort_by_key(|message| (message.at, message.beyond, message.number)),
    }
    let mut latest = Timestamp::from_millis(i64::MIN);
    for message in messages {
        if message.at < latest {
            tally.change("time set to that of the previous message", &*message.old_id);
            message.at = latest;
        }
        latest = message.at;
    }
}

/// Turns messages that begin with a quotation of an earlier one into replies.
pub(super) fn find_replies(messages: &mut [ForeignMessage], people: &ForeignPeople<'_>, tally: &mut TableTally) {
    let mut quotable: HashMap<String, MessageId> = HashMap::new();
    for message in messages {
        let raw = message.content.clone();
        if raw.starts_with("> @") {
            let breaks = raw.match_indices("\n\n").map(|(at, _)| at);
            let quoted =
                breaks.filter(|at| is_visible(&raw[at + 2..])).find_map(|at| Some((at, quotable.get(&raw[..at])?)));
            if let Some((at, id)) = quoted {
                message.reply_to = Some(id.clone());
                message.content = raw[at + 2..].trim_start().to_owned();
                tally.change("quotation turned into a reply", &*message.old_id);
            }
        }
        if let Some(sender) = people.get(&message.sender) {
            quotable.insert(format!("> @{}: {raw}", sender.old_name), message.id.clone());
        }
    }
}

/// Attaches the files of a chat's messages, once the chat has its id.
pub(super) fn attach(
    chat: &ChatId,
    messages: &mut [ForeignMessage],
    map: &MessagesMap,
    rules: &ConversionRules,
    uploads: &mut Uploads,
    tally: &mut TableTally,
) {
    for message in messages {
        let Some(file) = message.file.take() else { continue };
        let upload = map.upload_address.as_ref().and_then(|address| file.url.strip_prefix(address.as_str()));
        let given = Attachment {
            id: None,
            url: file.url.clone(),
            name: file.name.clone(),
            size: file.size,
            mime_type: file.mime_type.clone(),
            width: None,
            height: None,
        };
        let attached = match upload {
            Some(upload) => {
                let path = located(&rules.uploads, &map.upload_folders, upload);
                let to = AttachedTo { chat, message: &message.id, sender: &message.sender, at: message.at };
                uploads.take(path, given, &to)
            }
            None => Some(given).filter(|given| validate::url("url", &given.url).is_ok()),
        };
        if attached.is_none() {
            tally.change("attachment left out, the file is missing", &*message.old_id);
            message.missing = Some(file);
        }
        message.attachments.extend(attached);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A message whose original id is `number`, at that second; none: without a time.
    fn message(number: i64, second: Option<i64>) -> ForeignMessage {
        ForeignMessage {
            old_id: number.to_string(),
            id: MessageId::from(number.to_string()),
            sender: UserId::from("ann"),
            role: MessageRole::User,
            at: Timestamp::from_millis(1000 * second.unwrap_or(0)),
            has_time: second.is_some(),
            beyond: 0,
            edited_at: None,
            content: String::new(),
            reply_to: None,
            attachments: vec![],
            device: None,
            missing: None,
            read_by_all_at: None,
            read_by: None,
            reactions: vec![],
            reads: vec![],
            file: None,
            number: Some(number),
        }
    }

    #[test]
    fn a_message_without_a_time_gets_that_of_the_message_beside_it() {
        for order in [MessageOrder::Id, MessageOrder::Time] {
            let mut messages =
                vec![message(3, None), message(1, None), message(2, Some(50)), message(4, Some(60)), message(5, None)];
            sort(&mut messages, order, &mut TableTally::new("messages", 5));
            let sorted: Vec<_> = messages.iter().map(|message| (message.number, message.at.millis())).collect();
            let expected = [(1, 50_000), (2, 50_000), (3, 50_000), (4, 60_000), (5, 60_000)];
            assert_eq!(sorted, expected.map(|(number, at)| (Some(number), at)));
        }
    }
}
