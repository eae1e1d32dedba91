use serde_json::{Value, json};

use super::view::View;
use super::{Picture, Run};

/// Number of messages sent without waiting in between.
const AT_ONCE: usize = 3;
const EMOJI: [&str; 3] = ["👍", "🎉", "🤔"];

/// A random choice of commands.
#[derive(Debug)]
pub(super) struct Wishes {
    user: String,
    number: usize,
    dice: u64,
    sent: usize,
    /// The last message sent.
    message: Value,
    /// The last operation run.
    operation: Value,
    operations: usize,
}

impl Wishes {
    pub(super) fn new(number: usize, seed: u64, user: &str) -> Self {
        let dice = (seed ^ ((number as u64 + 1) << 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        Wishes {
            user: user.to_owned(),
            number,
            dice,
            sent: 0,
            message: Value::Null,
            operation: Value::Null,
            operations: 0,
        }
    }

    /// A number below `many`, by xorshift.
    pub(super) fn roll(&mut self, many: usize) -> usize {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        usize::try_from((self.dice >> 16) % many.max(1) as u64).unwrap_or(0)
    }

    pub(super) fn note_done(&mut self, command: &Value) {
        if command["type"] == "SEND_MESSAGE" {
            self.message = command.clone();
        } else if command.get("opId").is_some() {
            self.operation = command.clone();
        }
    }

    /// Adds an `opId` to a command, so that it can be repeated without acting twice.
    fn as_operation(&mut self, mut command: Value) -> Value {
        self.operations += 1;
        command["opId"] = format!("check-{}-{}", self.user, self.operations).into();
        command
    }

    /// Mostly messages; occasionally something else.
    pub(super) fn choose(&mut self, run: &Run, picture: &Picture) -> Vec<Value> {
        let mut chat = &run.chats[self.roll(run.chats.len())];
        if !picture.chats.contains_key(chat) {
            match self.roll(8) {
                0 => return vec![self.as_operation(json!({"type":"JOIN_CHAT","chatId":chat}))],
                // A command that is not permitted.
                1 => return vec![self.send(chat)],
                _ => {}
            }
            let own: Vec<&String> = run.chats.iter().filter(|chat| picture.chats.contains_key(*chat)).collect();
            let Some(mine) = own.get(self.roll(own.len())) else { return vec![json!({"type":"PING"})] };
            chat = mine;
        }
        let view = &picture.chats[chat];
        let someone = run.people[self.roll(run.people.len())].clone();
        let leads = view.known.members.get(&self.user).is_some_and(|role| role != "member");
        let command = match self.roll(100) {
            0..14 if leads => self.lead(chat, &someone, view),
            14..16 if self.number > 0 => json!({"type":"LEAVE_CHAT","chatId":chat}),
            16..20 => json!({"type":"JOIN_CHAT","chatId":chat}),
            20..28 => self.about_own(chat),
            28..34 => self.react(chat, view),
            // A client that does not know whether its command succeeded sends it again.
            34..37 if !self.message.is_null() => return vec![self.message.clone()],
            37..40 if !self.operation.is_null() => return vec![self.operation.clone()],
            40..43 => return vec![json!({"type":"MARK_READ","chatId":chat})],
            43 => json!({"type":"MARK_UNREAD","chatId":chat,"seq":1}),
            44..49 => self.for_oneself(chat),
            _ => return (0..=self.roll(AT_ONCE)).map(|_| self.send(chat)).collect(),
        };
        vec![self.as_operation(command)]
    }

    /// Changes of the client's own profile, settings and mutes.
    fn for_oneself(&mut self, chat: &str) -> Value {
        let value = self.roll(1_000_000);
        match self.roll(3) {
            0 => json!({"type":"UPDATE_SETTINGS","settings":{"check":value}}),
            1 => json!({"type":"UPDATE_USER","displayName":format!("client {value}")}),
            _ if value.is_multiple_of(2) => json!({"type":"MUTE_CHAT","chatId":chat}),
            _ => json!({"type":"MUTE_CHAT","chatId":chat,"until":null}),
        }
    }

    /// Commands of admins.
    fn lead(&mut self, chat: &str, someone: &str, view: &View) -> Value {
        match self.roll(10) {
            0..5 => json!({"type":"ADD_MEMBERS","chatId":chat,"members":[someone]}),
            5 if someone != self.user => json!({"type":"REMOVE_MEMBERS","chatId":chat,"userIds":[someone]}),
            6 => json!({"type":"UPDATE_CHAT","chatId":chat,"description":format!("described {} times", self.sent)}),
            7 => json!({"type":"UNPIN_MESSAGE","chatId":chat,"messageId":self.any_message(view)}),
            _ => json!({"type":"PIN_MESSAGE","chatId":chat,"messageId":self.any_message(view)}),
        }
    }

    fn send(&mut self, chat: &str) -> Value {
        self.sent += 1;
        let id = format!("{}-{}", self.user, self.sent);
        json!({"type":"SEND_MESSAGE","chatId":chat,"message":{"id":id,"content":format!("this is {id}")}})
    }

    /// Edits or deletes one of the client's own messages, possibly in another chat.
    fn about_own(&mut self, chat: &str) -> Value {
        let number = self.roll(self.sent + 1);
        let edit = self.roll(1000);
        let message = format!("{}-{number}", self.user);
        match edit % 3 {
            0 => json!({"type":"DELETE_MESSAGE","chatId":chat,"messageId":message}),
            _ => {
                let content = format!("edit {edit} of {message}");
                json!({"type":"EDIT_MESSAGE","chatId":chat,"messageId":message,"content":content})
            }
        }
    }

    fn react(&mut self, chat: &str, view: &View) -> Value {
        let kind = self.roll(3);
        let emoji = EMOJI[self.roll(EMOJI.len())];
        let kind = if kind == 0 { "REMOVE_REACTION" } else { "ADD_REACTION" };
        json!({"type":kind,"chatId":chat,"messageId":self.any_message(view),"emoji":emoji})
    }

    /// One of the messages that the client knows in the chat.
    fn any_message(&mut self, view: &View) -> String {
        let place = self.roll(view.known.messages.len());
        view.known.messages.keys().nth(place).cloned().unwrap_or_else(|| "unknown".into())
    }
}
