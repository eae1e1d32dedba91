//! The table of commands. A command is one file below this one, its `mod` line, and its row.

mod chats;
mod messages;
mod moderation;
mod presence;
mod session;
mod streams;
mod tokens;
mod users;

use std::sync::LazyLock;

use std::collections::HashMap;

use crate::api::command::{Access, Prepared, Row};
use crate::auth::Identity;
use crate::protocol::ServerRole;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::wire::{Request, nearest};

pub use moderation::{UserBanned, UserDisconnected, UserRoleChanged, UserUnbanned};
pub use session::{SessionRevoked, welcome};
pub use tokens::ApiTokenRevoked;
pub use users::{AccountDeleted, PasswordChanged, Settings, UserUpdated};

/// Every command, by name.
pub static TABLE: &[Row] = &[
    Row::of::<chats::AddMembers>(),
    Row::of::<messages::AddReaction>(),
    Row::of::<streams::AppendStream>(),
    Row::of::<session::Authenticate>(),
    Row::of::<chats::BanMember>(),
    Row::of::<moderation::BanUser>(),
    Row::of::<users::ChangePassword>(),
    Row::of::<tokens::CreateApiToken>(),
    Row::of::<chats::CreateChat>(),
    Row::of::<users::DeleteAccount>(),
    Row::of::<tokens::DeleteBot>(),
    Row::of::<chats::DeleteChat>(),
    Row::of::<messages::DeleteMessage>(),
    Row::of::<moderation::DisconnectUser>(),
    Row::of::<messages::EditMessage>(),
    Row::of::<streams::EndStream>(),
    Row::of::<moderation::ExportMyData>(),
    Row::of::<tokens::GetApiTokens>(),
    Row::of::<moderation::GetAuditLog>(),
    Row::of::<tokens::GetBots>(),
    Row::of::<chats::GetChat>(),
    Row::of::<messages::GetChatHistory>(),
    Row::of::<chats::GetChats>(),
    Row::of::<session::GetMe>(),
    Row::of::<chats::GetMembers>(),
    Row::of::<messages::GetMentions>(),
    Row::of::<messages::GetMessage>(),
    Row::of::<presence::GetPresence>(),
    Row::of::<session::GetSessions>(),
    Row::of::<users::GetSettings>(),
    Row::of::<moderation::GetStats>(),
    Row::of::<users::GetUser>(),
    Row::of::<users::GetUsers>(),
    Row::of::<session::Help>(),
    Row::of::<chats::JoinChat>(),
    Row::of::<chats::LeaveChat>(),
    Row::of::<session::LogIn>(),
    Row::of::<session::LogOut>(),
    Row::of::<messages::MarkDelivered>(),
    Row::of::<messages::MarkRead>(),
    Row::of::<chats::MuteChat>(),
    Row::of::<messages::PinMessage>(),
    Row::of::<session::Ping>(),
    Row::of::<session::RefreshToken>(),
    Row::of::<chats::RemoveMembers>(),
    Row::of::<messages::RemoveReaction>(),
    Row::of::<tokens::RevokeApiToken>(),
    Row::of::<session::RevokeSession>(),
    Row::of::<messages::SearchMessages>(),
    Row::of::<messages::SendMessage>(),
    Row::of::<messages::SendPersonalMessage>(),
    Row::of::<presence::SetPresence>(),
    Row::of::<presence::SetTyping>(),
    Row::of::<moderation::SetUserRole>(),
    Row::of::<session::SignUp>(),
    Row::of::<streams::StartStream>(),
    Row::of::<streams::StopStream>(),
    Row::of::<messages::Sync>(),
    Row::of::<chats::UnbanMember>(),
    Row::of::<moderation::UnbanUser>(),
    Row::of::<messages::UnpinMessage>(),
    Row::of::<chats::UpdateChat>(),
    Row::of::<chats::UpdateMember>(),
    Row::of::<users::UpdateSettings>(),
    Row::of::<users::UpdateUser>(),
];

type Named = HashMap<&'static str, (&'static Row, &'static [(&'static str, &'static str)])>;

static BY_NAME: LazyLock<Named> = LazyLock::new(|| {
    let names = TABLE.iter().map(|row| (row.name, (row, &[][..])));
    let aliases = TABLE.iter().flat_map(|row| row.aliases.iter().map(move |alias| (alias.name, (row, alias.fields))));
    names.chain(aliases).collect()
});

/// Finds a command's row and gives its fields the names they have there.
pub fn find(request: &mut Request<'_>) -> Result<&'static Row> {
    let Some((row, renamed)) = BY_NAME.get(&*request.kind) else { return Err(unknown(&request.kind)) };
    for (from, to) in *renamed {
        for (name, _) in request.fields.iter_mut().filter(|(name, _)| name == from) {
            *name = (*to).into();
        }
    }
    Ok(row)
}

/// The row of that name, in any case; for HELP.
pub fn named(name: &str) -> Result<&'static Row> {
    BY_NAME.get(name.to_ascii_uppercase().as_str()).map(|(row, _)| *row).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> Error {
    let shown: String = name.chars().take(64).collect();
    let hint = match nearest(&shown, BY_NAME.keys().copied()) {
        Some(meant) => format!("did you mean {meant}?"),
        None => "HELP lists them".into(),
    };
    Error::new(Code::UnknownCommand, format!("no command {shown}; {hint}")).at("type")
}

/// Checks that the caller may send the command at all, then reads its fields.
pub fn admit(
    row: &Row,
    request: &Request<'_>,
    identity: Option<&Identity>,
    has_connection: bool,
) -> Result<Box<dyn Prepared>> {
    match (row.access, identity) {
        (Access::Open, _) => {}
        (Access::Scope(_) | Access::Authority(_), None) => {
            let sentence = "authenticate first: AUTHENTICATE with a token, or send it at the handshake";
            return Err(Error::new(Code::Unauthenticated, sentence));
        }
        (Access::Scope(scope), Some(identity)) if !identity.scopes.contains(&scope) => {
            return Err(Error::forbidden(format!("the token lacks the scope {}", scope.name())));
        }
        (Access::Authority(least), Some(identity)) if identity.authority() < least => {
            let who = if least == ServerRole::Admin { "admins" } else { "moderators" };
            let sentence = format!("{} is for {who} of the server, and for tokens with the scope admin", row.name);
            return Err(Error::forbidden(sentence));
        }
        _ => {}
    }
    if row.needs_connection && !has_connection {
        return Err(Error::conflict(format!("{} is about a connection; send it by WebSocket", row.name)));
    }
    (row.prepare)(&request.fields)
}
