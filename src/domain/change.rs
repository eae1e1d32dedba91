use std::sync::Arc;

use serde_json::{Map, Value};

use crate::protocol::{
    Attachment, ChatId, ChatKind, ChatRole, MessageId, MessageRole, ServerRole, Timestamp, User, UserId,
};

use super::{mentions, name_key};

/// One wish of one user about one chat.
#[derive(Clone, Debug)]
pub struct Change {
    /// Which chat.
    pub chat_id: ChatId,
    /// Who wishes it.
    pub actor: Arc<User>,
    /// What the actor's role and credentials together allow on the whole server.
    pub authority: ServerRole,
    /// What.
    pub action: Action,
}

/// What a user wishes to happen.
#[derive(Clone, Debug)]
pub enum Action {
    /// Make the chat; the actor becomes its owner and is not among `members`.
    Create {
        /// Direct, group or channel; a direct chat has [its own id](super::direct_chat) and one member.
        kind: ChatKind,
        /// Its name.
        name: String,
        /// What it is about.
        description: Option<String>,
        /// Who is in from the beginning.
        members: Vec<User>,
    },
    /// Change what is given.
    Update {
        /// A new name.
        name: Option<String>,
        /// A new description; empty: none.
        description: Option<String>,
        /// False archives, true opens again.
        active: Option<bool>,
    },
    /// Delete the chat and its messages.
    Delete,
    /// Come in.
    Join,
    /// Bring others in.
    Add {
        /// Whom.
        users: Vec<User>,
    },
    /// Go out.
    Leave,
    /// Go out for good, because the account ends.
    Depart {
        /// Who may own the chat then, if the actor is the last owner.
        heirs: Vec<UserId>,
    },
    /// Put others out.
    Remove {
        /// Whom.
        user_ids: Vec<UserId>,
        /// Why.
        reason: Option<String>,
    },
    /// Give a member another role.
    SetRole {
        /// Whom.
        user_id: UserId,
        /// Which.
        role: ChatRole,
    },
    /// Put a user out, if they are in, and keep them out.
    Ban {
        /// Whom.
        user_id: UserId,
        /// Why.
        reason: Option<String>,
        /// Until when; none: for good.
        until: Option<Timestamp>,
    },
    /// Let a user come in again.
    Unban {
        /// Whom.
        user_id: UserId,
        /// Why.
        reason: Option<String>,
    },
    /// Say something.
    Send(Draft),
    /// Say something else instead.
    Edit {
        /// Which message.
        message: MessageId,
        /// The new text.
        content: String,
        /// What the sender's program keeps with it from now on, if that is to change.
        metadata: Option<Map<String, Value>>,
    },
    /// Delete a message.
    Erase {
        /// Which message.
        message: MessageId,
        /// Why.
        reason: Option<String>,
    },
    /// Put an emoji on a message, or take it back.
    React {
        /// Which message.
        message: MessageId,
        /// Which emoji.
        emoji: String,
        /// Whether it is to be there.
        present: bool,
    },
    /// Keep a message in sight, or no more.
    Pin {
        /// Which message.
        message: MessageId,
        /// Whether it is to be pinned.
        pinned: bool,
    },
}

/// A message before it has a place.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What stands before the names of its fields where an error names them: `message.` or nothing.
    pub within: &'static str,
    /// Chosen by the client, or made for it.
    pub id: MessageId,
    /// For whom it speaks.
    pub role: MessageRole,
    /// The text.
    pub content: String,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// Whatever the sender's program keeps with it.
    pub metadata: Option<Map<String, Value>>,
    /// The other of the two whose direct chat it goes to, which is made if it is not there.
    pub peer: Option<Box<User>>,
}

/// What must be known to decide a change.
#[derive(Debug, Default)]
pub struct Needs<'a> {
    /// How these users stand in the chat.
    pub members: Vec<&'a UserId>,
    /// These messages of the chat.
    pub messages: Vec<&'a MessageId>,
    /// Who has these usernames, in lower case, and how they stand in the chat.
    pub names: Vec<String>,
    /// Who has this channel name.
    pub channel: Option<String>,
    /// The chat's last message.
    pub last_message: bool,
    /// What the actor alone is told of the chat.
    pub viewer: bool,
}

impl Change {
    /// What must be known to decide this change, beside the chat itself and the channel name it would take.
    pub fn needs(&self) -> Needs<'_> {
        let mut needs = Needs { members: vec![&self.actor.id], ..Needs::default() };
        match &self.action {
            Action::Create { kind, name, .. } => {
                needs.channel = (*kind == ChatKind::Channel).then(|| name_key(name));
                needs.last_message = true;
                needs.viewer = true;
            }
            Action::Update { name, .. } => {
                needs.channel = name.as_deref().map(name_key);
                needs.last_message = true;
            }
            Action::Join => {
                needs.last_message = true;
                needs.viewer = true;
            }
            Action::Add { users } => {
                needs.members.extend(users.iter().map(|user| &user.id));
                needs.last_message = true;
            }
            Action::Remove { user_ids: users, .. } | Action::Depart { heirs: users } => needs.members.extend(users),
            Action::SetRole { user_id, .. } | Action::Ban { user_id, .. } | Action::Unban { user_id, .. } => {
                needs.members.push(user_id);
            }
            Action::Send(draft) => {
                needs.messages.push(&draft.id);
                needs.messages.extend(&draft.reply_to);
                needs.last_message = draft.peer.is_some();
                needs.names = mentions::names(&draft.content);
            }
            Action::Edit { message, content, .. } => {
                needs.messages.push(message);
                needs.names = mentions::names(content);
            }
            Action::React { message, .. } | Action::Pin { message, .. } => needs.messages.push(message),
            Action::Erase { message, .. } => {
                needs.messages.push(message);
                needs.last_message = true;
            }
            Action::Delete | Action::Leave => {}
        }
        needs
    }

    /// The message of before that it is about, if it is about one.
    pub fn target(&self) -> Option<&MessageId> {
        match &self.action {
            Action::Edit { message, .. }
            | Action::Erase { message, .. }
            | Action::React { message, .. }
            | Action::Pin { message, .. } => Some(message),
            _ => None,
        }
    }

    /// Whether it makes its chat if it is not there.
    pub fn makes(&self) -> bool {
        matches!(self.action, Action::Create { .. }) || self.peer().is_some()
    }

    /// About how many bytes of text it carries.
    pub fn size(&self) -> usize {
        let size = |content: &str, metadata: &Option<Map<_, _>>| {
            256 + content.len() + metadata.as_ref().map_or(0, Map::len) * 64
        };
        match &self.action {
            Action::Send(draft) => size(&draft.content, &draft.metadata),
            Action::Edit { content, metadata, .. } => size(content, metadata),
            _ => 1024,
        }
    }

    /// The other of a direct chat that the change makes if it is not there.
    pub fn peer(&self) -> Option<&User> {
        match &self.action {
            Action::Send(draft) => draft.peer.as_deref(),
            _ => None,
        }
    }

    pub(super) fn by_server_admin(&self) -> bool {
        self.authority == ServerRole::Admin
    }

    /// By one who keeps order on the whole server.
    pub(super) fn by_moderator(&self) -> bool {
        matches!(self.authority, ServerRole::Moderator | ServerRole::Admin)
    }
}
