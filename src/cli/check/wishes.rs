use serde_json::{Value, json};

use super::view::View;
use super::{Picture, Run};

/// Messages sent without waiting between them.
const AT_ONCE: usize = 3;
const EMOJI: [&str; 3] = ["👍", "🎉", "🤔"];

/// A random choice of commands.
#[derive(Debug)]
pub(super) struct Wishes {
    user: String,
    number: usize,
    dice: u64,
    sent: usize,
    /// The last message that has arrived.
    arrived: Value,
}

impl Wishes {
    pub(super) fn new(number: usize, seed: u64, user: &str) -> Self {
        let dice = (seed ^ ((number as u64 + 1) << 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        Wishes { user: user.to_owned(), number, dice, sent: 0, arrived: Value::Null }
    }

    /// A number below `many`, by xorshift.
    pub(super) fn roll(&mut self, many: usize) -> usize {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        usize::try_from((self.dice >> 16) % many.max(1) as u64).unwrap_or(0)
    }

    pub(super) fn note_arrived(&mut self, command: &Value) {
        self.arrived = command.clone();
    }

    /// Mostly messages; now and then something else.
    pub(super) fn choose(&mut self, run: &Run, picture: &Picture) -> Vec<Value> {
        let mut chat = &run.chats[self.roll(run.chats.len())];
        if !picture.chats.contains_key(chat) {
            match self.roll(8) {
                0 => return vec![json!({"type":"JOIN_CHAT","chatId":chat})],
                // One must not.
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
            // A client that does not know if its message has arrived sends it again.
            34..38 if !self.arrived.is_null() => self.arrived.clone(),
            38..41 => json!({"type":"MARK_READ","chatId":chat}),
            41 => json!({"type":"MARK_UNREAD","chatId":chat,"seq":1}),
            _ => return (0..=self.roll(AT_ONCE)).map(|_| self.send(chat)).collect(),
        };
        vec![command]
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

    /// Edits one's own message or deletes it; it may be in another chat.
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

    /// One of the messages that one knows there.
    fn any_message(&mut self, view: &View) -> String {
        let place = self.roll(view.known.messages.len());
        view.known.messages.keys().nth(place).cloned().unwrap_or_else(|| "unknown".into())
    }
}
