use std::sync::Arc;

use crate::protocol::{
    Attachment, ChatId, ChatKind, ChatRole, ClientJson, LargeChats, MessageId, MessageRole, Patch, Posting, ServerRole,
    Timestamp, User, UserId,
};

use super::{Operation, RetentionPolicy, channel_keys, mentions};

/// One wish of one user about one chat.
#[derive(Clone, Debug)]
pub struct Change {
    pub chat_id: ChatId,
    /// The user who requests it.
    pub actor: Arc<User>,
    /// The actor's role on the server, as far as the credentials allow its use.
    pub authority: ServerRole,
    pub action: Action,
    /// Given if the client chose an `opId`: the change is made once.
    pub operation: Option<Operation>,
    /// The chats that its events call large.
    pub large_chats: LargeChats,
}

/// A requested change of a chat.
#[derive(Clone, Debug)]
pub enum Action {
    /// Make the chat; the actor becomes its owner and is not among `members`.
    Create {
        /// Direct, group or channel; a direct chat has [its own id](super::direct_chat) and one member.
        kind: ChatKind,
        /// Its name.
        name: String,
        description: Option<String>,
        /// The initial members, without the creator.
        members: Vec<User>,
    },
    /// Change what is given.
    Update(ChatUpdate),
    /// Delete the chat and its messages.
    Delete,
    /// Come in. A bot stays out while one of its owners is banned.
    Join { owners: Vec<UserId> },
    /// Bring others in.
    Add { users: Vec<User> },
    /// Go out.
    Leave,
    /// Leave permanently, because the account is deleted.
    Depart {
        /// Members who may become owners if the actor is the last one.
        successors: Vec<UserId>,
    },
    /// Give the chat another owner, because its only one is banned from the server.
    HandOver {
        user_id: UserId,
        /// Members who may become owners.
        successors: Vec<UserId>,
    },
    /// Put others out.
    Remove { user_ids: Vec<UserId>, reason: Option<String> },
    /// Give a member another role.
    SetRole { user_id: UserId, role: ChatRole },
    /// Put a user out, if they are in, and keep them out.
    Ban {
        user_id: UserId,
        reason: Option<String>,
        /// End of the ban; none if it is permanent.
        until: Option<Timestamp>,
    },
    /// Lift a user's ban.
    Unban { user_id: UserId, reason: Option<String> },
    /// Say something.
    Send(Draft),
    /// Say something else instead.
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
    /// Delete a message.
    Erase { message: MessageId, reason: Option<String> },
    /// Put an emoji on a message, or take it back.
    React {
        message: MessageId,
        emoji: String,
        /// True adds the reaction, false removes it.
        present: bool,
        /// Different emoji allowed on the message; 0 for any number.
        limit: usize,
    },
    /// Pin or unpin a message.
    Pin {
        message: MessageId,
        /// True pins the message, false unpins it.
        pinned: bool,
        /// Pinned messages allowed in the chat; 0 for any number.
        limit: usize,
    },
    /// Remove messages that are older than the chat keeps them.
    Trim(RetentionPolicy),
    /// Put the chat on hold, or release it.
    Hold(bool),
    /// Give the outcome that the operation has already.
    Repeat,
}

/// New properties of a chat; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct ChatUpdate {
    /// A new name.
    pub name: Option<String>,
    /// A new description; empty: none.
    pub description: Option<String>,
    /// False archives, true opens again.
    pub active: Option<bool>,
    /// The members who may post.
    pub posting: Option<Posting>,
    /// Days after which messages are removed.
    pub retention_days: Patch<u32>,
}

/// A message before it has a place.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The prefix of field names in errors: `message.` or nothing.
    pub within: &'static str,
    /// Chosen by the client, or made for it.
    pub id: MessageId,
    /// True if the server made the id for this command, so that no message can have it yet.
    pub has_new_id: bool,
    /// The role in whose name it speaks.
    pub role: MessageRole,
    /// The text.
    pub content: String,
    /// Members that the text mentions as a group.
    pub group: Vec<UserId>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// Data of the sender's program.
    pub metadata: Option<ClientJson>,
    /// The other member of the direct chat to send to, which is created if it does not exist.
    pub peer: Option<Box<User>>,
}

/// Records that a decision needs.
#[derive(Debug, Default)]
pub struct Needs<'a> {
    /// Users whose membership is needed.
    pub members: Vec<&'a UserId>,
    /// These messages of the chat.
    pub messages: Vec<&'a MessageId>,
    /// Usernames in lower case whose owners, and their membership, are needed.
    pub names: Vec<String>,
    /// The keys of a channel name whose holders are needed.
    pub channels: Vec<String>,
    /// The chat's last message.
    pub last_message: bool,
}

impl Change {
    /// The records needed to decide this change, besides the chat itself.
    pub fn needs(&self) -> Needs<'_> {
        let mut needs = Needs { members: vec![&self.actor.id], ..Needs::default() };
        match &self.action {
            Action::Create { kind, name, .. } => {
                if *kind == ChatKind::Channel {
                    needs.channels = channel_keys(name);
                }
                needs.last_message = true;
            }
            Action::Update(update) => {
                needs.channels = update.name.as_deref().map(channel_keys).unwrap_or_default();
                needs.last_message = true;
            }
            Action::Join { owners } => {
                needs.members.extend(owners);
                needs.last_message = true;
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
                needs.messages.extend((!draft.has_new_id).then_some(&draft.id));
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

    /// True if the reply shows the actor's own view of the chat.
    pub fn shows_viewer(&self) -> bool {
        matches!(self.action, Action::Create { .. } | Action::Join { .. })
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

    /// True if the change creates its chat when it does not exist.
    pub fn makes(&self) -> bool {
        matches!(self.action, Action::Create { .. }) || self.peer().is_some()
    }

    /// About how many bytes of text it carries.
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

    /// By a moderator of the server.
    pub(super) fn by_moderator(&self) -> bool {
        matches!(self.authority, ServerRole::Moderator | ServerRole::Admin)
    }
}
