use serde_json::{Value, json};

use super::{Picture, Run};

/// How many messages are sent at most without waiting between them.
const AT_ONCE: usize = 3;
const EMOJI: [&str; 3] = ["👍", "🎉", "🤔"];

/// What a client wants, by chance.
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
    pub(super) fn new((number, seed): (usize, u64), user: &str) -> Self {
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
        let chat = run.chats[self.roll(run.chats.len())].clone();
        let someone = run.people[self.roll(run.people.len())].clone();
        let command = match self.roll(100) {
            0..5 => json!({"type":"JOIN_CHAT","chatId":chat}),
            5..8 if self.number > 0 => json!({"type":"LEAVE_CHAT","chatId":chat}),
            8..12 => json!({"type":"ADD_MEMBERS","chatId":chat,"members":[someone]}),
            12..15 if someone != self.user => json!({"type":"REMOVE_MEMBERS","chatId":chat,"userIds":[someone]}),
            15..17 => json!({"type":"UPDATE_CHAT","chatId":chat,"description":format!("described by {}", self.sent)}),
            17..20 => self.about_any(&chat, picture),
            20..26 => self.about_own(&chat),
            26..32 => self.react(&chat, picture),
            // Who does not know whether a message has arrived, sends it again.
            32..36 if !self.arrived.is_null() => self.arrived.clone(),
            36..39 => json!({"type":"MARK_READ","chatId":chat}),
            _ => return (0..=self.roll(AT_ONCE)).map(|_| self.send(&chat)).collect(),
        };
        vec![command]
    }

    fn send(&mut self, chat: &str) -> Value {
        self.sent += 1;
        let id = format!("{}-{}", self.user, self.sent);
        json!({"type":"SEND_MESSAGE","chatId":chat,"message":{"id":id,"content":format!("this is {id}")}})
    }

    /// Edits one's own message or deletes it; it may be in another chat.
    fn about_own(&mut self, chat: &str) -> Value {
        let (number, edit) = (self.roll(self.sent + 1), self.roll(1000));
        let message = format!("{}-{number}", self.user);
        match edit % 3 {
            0 => json!({"type":"DELETE_MESSAGE","chatId":chat,"messageId":message}),
            _ => {
                let content = format!("edit {edit} of {message}");
                json!({"type":"EDIT_MESSAGE","chatId":chat,"messageId":message,"content":content})
            }
        }
    }

    fn about_any(&mut self, chat: &str, picture: &Picture) -> Value {
        let kind = if self.roll(2) == 0 { "PIN_MESSAGE" } else { "UNPIN_MESSAGE" };
        json!({"type":kind,"chatId":chat,"messageId":self.any_message(chat, picture)})
    }

    fn react(&mut self, chat: &str, picture: &Picture) -> Value {
        let (kind, emoji) = (self.roll(3), EMOJI[self.roll(EMOJI.len())]);
        let kind = if kind == 0 { "REMOVE_REACTION" } else { "ADD_REACTION" };
        json!({"type":kind,"chatId":chat,"messageId":self.any_message(chat, picture),"emoji":emoji})
    }

    /// One of the messages that one knows there.
    fn any_message(&mut self, chat: &str, picture: &Picture) -> String {
        let Some(view) = picture.chats.get(chat) else { return "unknown".into() };
        let place = self.roll(view.known.messages.len());
        view.known.messages.keys().nth(place).cloned().unwrap_or_else(|| "unknown".into())
    }
}
