use std::sync::Arc;

use crate::protocol::{
    Attachment, ChatId, ChatKind, ChatRole, ClientJson, LargeChats, MessageId, MessageRole, Patch, Posting, ServerRole,
    Timestamp, User, UserId,
};

use super::{Operation, RetentionPolicy, channel_keys, mentions};

/// One change to one chat, requested by one user.
#[derive(Clone, Debug)]
pub struct Change {
    pub chat_id: ChatId,
    /// The user who requests it.
    pub actor: Arc<User>,
    /// The actor's role on the server, as far as the credentials permit its use.
    pub authority: ServerRole,
    pub action: Action,
    /// Present if the client sent an `opId`, so that the change is made only once.
    pub operation: Option<Operation>,
    /// The size above which the resulting events call a chat large.
    pub large_chats: LargeChats,
}

/// A requested change of a chat.
#[derive(Clone, Debug)]
pub enum Action {
    /// Creates the chat; the actor becomes its owner and is not among `members`.
    Create {
        /// Direct, group or channel; a direct chat has a [derived id](super::direct_chat) and one member.
        kind: ChatKind,
        /// Its name.
        name: String,
        description: Option<String>,
        /// The initial members, without the creator.
        members: Vec<User>,
    },
    /// Changes the properties that are present.
    Update(ChatUpdate),
    /// Deletes the chat and its messages.
    Delete,
    /// Joins the chat. Refused for a bot while one of its owners is banned.
    Join { owners: Vec<UserId> },
    /// Adds other users.
    Add { users: Vec<User> },
    /// Leaves the chat.
    Leave,
    /// Leaves permanently, because the account is deleted.
    Depart {
        /// Members who may become owners if the actor is the only one.
        successors: Vec<UserId>,
    },
    /// Gives the chat another owner, because its only owner is banned from the server.
    HandOver {
        user_id: UserId,
        /// Members who may become owners.
        successors: Vec<UserId>,
    },
    /// Removes other members.
    Remove { user_ids: Vec<UserId>, reason: Option<String> },
    /// Gives a member another role.
    SetRole { user_id: UserId, role: ChatRole },
    /// Bans a user, and removes them if they are a member.
    Ban {
        user_id: UserId,
        reason: Option<String>,
        /// End of the ban; none if it is permanent.
        until: Option<Timestamp>,
    },
    /// Lifts a user's ban.
    Unban { user_id: UserId, reason: Option<String> },
    /// Sends a message.
    Send(Draft),
    /// Edits a message.
    Edit {
        message: MessageId,
        /// The new text.
        content: String,
        /// Members that the text mentions as a group.
        group: Vec<UserId>,
        /// New files; `None` keeps the old.
        attachments: Option<Vec<Attachment>>,
        /// New metadata; `None` keeps the old.
        metadata: Option<ClientJson>,
    },
    /// Deletes a message.
    Erase { message: MessageId, reason: Option<String> },
    /// Adds an emoji to a message, or removes it.
    React {
        message: MessageId,
        emoji: String,
        /// True adds the reaction, false removes it.
        present: bool,
        /// Different emoji allowed on the message; 0 for any number.
        limit: usize,
    },
    /// Pins or unpins a message.
    Pin {
        message: MessageId,
        /// True pins the message, false unpins it.
        pinned: bool,
        /// Pinned messages allowed in the chat; 0 for any number.
        limit: usize,
    },
    /// Removes messages older than the chat's retention period.
    Trim(RetentionPolicy),
    /// Puts the chat on hold, or releases it.
    Hold(bool),
    /// Returns the recorded outcome of the operation.
    Repeat,
}

/// New properties of a chat; absent ones keep their values.
#[derive(Clone, Debug, Default)]
pub struct ChatUpdate {
    /// A new name.
    pub name: Option<String>,
    /// The new description; an empty one removes it.
    pub description: Option<String>,
    /// False archives the chat, true reopens it.
    pub active: Option<bool>,
    /// The members who may post.
    pub posting: Option<Posting>,
    /// Days after which messages are removed.
    pub retention_days: Patch<u32>,
}

/// A message without a position yet.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The prefix of field names in errors: `message.` or nothing.
    pub within: &'static str,
    /// Chosen by the client, or generated for it.
    pub id: MessageId,
    /// The message's role in a conversation with an assistant.
    pub role: MessageRole,
    /// The text.
    pub content: String,
    /// Members that the text mentions as a group.
    pub group: Vec<UserId>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// The message it replies to.
    pub reply_to: Option<MessageId>,
    /// Data of the sender's application.
    pub metadata: Option<ClientJson>,
    /// The other member of the direct chat to send to, which is created if it does not exist.
    pub peer: Option<Box<User>>,
}

/// Records that a decision needs.
#[derive(Debug, Default)]
pub struct Needs<'a> {
    /// Users whose membership is needed.
    pub members: Vec<&'a UserId>,
    /// The messages of the chat that are needed.
    pub messages: Vec<&'a MessageId>,
    /// Usernames in lower case whose owners, and their membership, are needed.
    pub names: Vec<String>,
    /// The keys of a channel name whose holders are needed.
    pub channels: Vec<String>,
    /// The chat's last message.
    pub last_message: bool,
    /// True if the reply shows the actor's own view of the chat.
    pub viewer: bool,
}

impl Change {
    /// The records needed to decide this change, apart from the chat itself.
    pub fn needs(&self) -> Needs<'_> {
        let mut needs = Needs { members: vec![&self.actor.id], ..Needs::default() };
        match &self.action {
            Action::Create { kind, name, .. } => {
                if *kind == ChatKind::Channel {
                    needs.channels = channel_keys(name);
                }
                needs.last_message = true;
                needs.viewer = true;
            }
            Action::Update(update) => {
                needs.channels = update.name.as_deref().map(channel_keys).unwrap_or_default();
                needs.last_message = true;
            }
            Action::Join { owners } => {
                needs.members.extend(owners);
                needs.last_message = true;
                needs.viewer = true;
            }
            Action::Add { users } => {
                needs.members.extend(users.iter().map(|user| &user.id));
                needs.last_message = true;
            }
            Action::Remove { user_ids: users, .. } | Action::Depart { successors: users } => {
                needs.members.extend(users)
            }
            Action::HandOver { user_id, successors } => {
                needs.members.push(user_id);
                needs.members.extend(successors);
            }
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
            // The server itself is the actor.
            Action::Trim(_) => needs.members.clear(),
            Action::Delete | Action::Leave | Action::Hold(_) | Action::Repeat => {}
        }
        needs
    }

    /// The existing message that the change refers to, if any.
    pub fn target(&self) -> Option<&MessageId> {
        match &self.action {
            Action::Edit { message, .. }
            | Action::Erase { message, .. }
            | Action::React { message, .. }
            | Action::Pin { message, .. } => Some(message),
            _ => None,
        }
    }

    /// True if the change creates its chat when it does not exist.
    pub fn makes(&self) -> bool {
        matches!(self.action, Action::Create { .. }) || self.peer().is_some()
    }

    /// The approximate number of bytes of text in the change.
    pub fn size(&self) -> usize {
        let size = |content: &str, metadata: &Option<ClientJson>| {
            256 + content.len() + metadata.as_ref().map_or(0, |metadata| metadata.text().len())
        };
        match &self.action {
            Action::Send(draft) => size(&draft.content, &draft.metadata),
            Action::Edit { content, metadata, .. } => size(content, metadata),
            _ => 1024,
        }
    }

    /// The other member of the direct chat that the change creates if it does not exist.
    pub fn peer(&self) -> Option<&User> {
        match &self.action {
            Action::Send(draft) => draft.peer.as_deref(),
            _ => None,
        }
    }

    pub(super) fn by_server_admin(&self) -> bool {
        self.authority == ServerRole::Admin
    }

    /// True if the actor acts as a moderator of the server.
    pub(super) fn by_moderator(&self) -> bool {
        matches!(self.authority, ServerRole::Moderator | ServerRole::Admin)
    }
}
