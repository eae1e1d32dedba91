//! The table of commands. A command is a file in the folder of its area, its `mod` line, and its row.

mod chats;
mod files;
mod messages;
mod moderation;
mod presence;
mod session;
mod streams;
mod tokens;
mod users;

use std::sync::LazyLock;

use std::collections::HashMap;

use crate::api::command::{Access, Area, Command, Prepared, Row, WithOperation};
use crate::api::operations;
use crate::auth::Identity;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::wire::{Request, foreign_command, nearest};
use crate::protocol::{Scope, ServerRole};

#[cfg(test)]
pub use messages::read_search_cursor;
pub use moderation::{UserBanned, UserDisconnected, UserRoleChanged, UserUnbanned};
pub use session::{SessionRevoked, welcome};
pub use tokens::ApiTokenRevoked;
pub use users::{AccountDeleted, PasswordChanged, Settings, UserUpdated};

/// Every command, sorted by name. Dispatch, access, HELP, the reference, the schemas and the clients' types follow from
/// a row.
///
/// # Examples
/// ```
/// use pichat::api::handlers::{TABLE, named};
///
/// let row = named("ping")?;
/// assert_eq!(row.example()["type"], "PING");
/// assert!(TABLE.iter().all(|row| !row.summary.is_empty()));
/// # Ok::<(), pichat::protocol::error::Error>(())
/// ```
pub static TABLE: &[Row] = &[
    Row::of::<chats::AddMembers>(Area::Chats),
    Row::of::<messages::AddReaction>(Area::Messages),
    Row::of::<streams::AppendStream>(Area::Streams),
    Row::of::<session::Authenticate>(Area::Session),
    Row::of::<chats::BanMember>(Area::Chats),
    Row::of::<moderation::BanUser>(Area::Moderation),
    Row::of::<users::ChangePassword>(Area::Users),
    Row::of::<moderation::ConfirmEmail>(Area::Moderation),
    Row::of::<tokens::CreateApiToken>(Area::Tokens),
    Row::of::<chats::CreateChat>(Area::Chats),
    Row::of::<files::CreateUpload>(Area::Files),
    Row::of::<moderation::CreateUser>(Area::Moderation),
    Row::of::<users::DeleteAccount>(Area::Users),
    Row::of::<tokens::DeleteBot>(Area::Tokens),
    Row::of::<chats::DeleteChat>(Area::Chats),
    Row::of::<messages::DeleteMessage>(Area::Messages),
    Row::of::<moderation::DisconnectUser>(Area::Moderation),
    Row::of::<messages::EditMessage>(Area::Messages),
    Row::of::<streams::EndStream>(Area::Streams),
    Row::of::<moderation::ExportMyData>(Area::Moderation),
    Row::of::<moderation::GetAccounts>(Area::Moderation),
    Row::of::<tokens::GetApiTokens>(Area::Tokens),
    Row::of::<moderation::GetAuditLog>(Area::Moderation),
    Row::of::<tokens::GetBots>(Area::Tokens),
    Row::of::<chats::GetChat>(Area::Chats),
    Row::of::<messages::GetChatHistory>(Area::Messages),
    Row::of::<chats::GetChats>(Area::Chats),
    Row::of::<files::GetFile>(Area::Files),
    Row::of::<session::GetMe>(Area::Session),
    Row::of::<chats::GetMembers>(Area::Chats),
    Row::of::<messages::GetMentions>(Area::Messages),
    Row::of::<messages::GetMessage>(Area::Messages),
    Row::of::<presence::GetPresence>(Area::Presence),
    Row::of::<messages::GetReadState>(Area::Messages),
    Row::of::<session::GetSessions>(Area::Session),
    Row::of::<users::GetSettings>(Area::Users),
    Row::of::<moderation::GetStats>(Area::Moderation),
    Row::of::<users::GetUser>(Area::Users),
    Row::of::<users::GetUsers>(Area::Users),
    Row::of::<session::Help>(Area::Session),
    Row::of::<chats::JoinChat>(Area::Chats),
    Row::of::<chats::LeaveChat>(Area::Chats),
    Row::of::<session::LogIn>(Area::Session),
    Row::of::<session::LogOut>(Area::Session),
    Row::of::<messages::MarkDelivered>(Area::Messages),
    Row::of::<messages::MarkRead>(Area::Messages),
    Row::of::<messages::MarkUnread>(Area::Messages),
    Row::of::<chats::MuteChat>(Area::Chats),
    Row::of::<messages::PinMessage>(Area::Messages),
    Row::of::<session::Ping>(Area::Session),
    Row::of::<session::RefreshLogIn>(Area::Session),
    Row::of::<chats::RemoveMembers>(Area::Chats),
    Row::of::<messages::RemoveReaction>(Area::Messages),
    Row::of::<tokens::RevokeApiToken>(Area::Tokens),
    Row::of::<session::RevokeSession>(Area::Session),
    Row::of::<moderation::RunJob>(Area::Moderation),
    Row::of::<messages::SearchMessages>(Area::Messages),
    Row::of::<messages::SendMessage>(Area::Messages),
    Row::of::<messages::SendPersonalMessage>(Area::Messages),
    Row::of::<session::SetCapabilities>(Area::Session),
    Row::of::<moderation::SetHold>(Area::Moderation),
    Row::of::<presence::SetPresence>(Area::Presence),
    Row::of::<presence::SetTyping>(Area::Presence),
    Row::of::<moderation::SetUserPassword>(Area::Moderation),
    Row::of::<moderation::SetUserRole>(Area::Moderation),
    Row::of::<session::SignUp>(Area::Session),
    Row::of::<streams::StartStream>(Area::Streams),
    Row::of::<streams::StopStream>(Area::Streams),
    Row::of::<messages::Sync>(Area::Messages),
    Row::of::<chats::UnbanMember>(Area::Chats),
    Row::of::<moderation::UnbanUser>(Area::Moderation),
    Row::of::<messages::UnpinMessage>(Area::Messages),
    Row::of::<chats::UpdateChat>(Area::Chats),
    Row::of::<chats::UpdateMember>(Area::Chats),
    Row::of::<users::UpdateSettings>(Area::Users),
    Row::of::<users::UpdateUser>(Area::Users),
];

type Named = HashMap<&'static str, (&'static Row, &'static [(&'static str, &'static str)])>;

static BY_NAME: LazyLock<Named> = LazyLock::new(|| {
    let names = TABLE.iter().map(|row| (row.name, (row, &[][..])));
    let aliases = TABLE.iter().flat_map(|row| row.aliases.iter().map(move |alias| (alias.name, (row, alias.fields))));
    names.chain(aliases).collect()
});

/// Finds a command's row and renames the fields of an alias.
///
/// # Errors
/// `UNKNOWN_COMMAND` with the nearest name, if there is no such command.
pub fn find(request: &mut Request<'_>) -> Result<&'static Row> {
    let Some((row, renamed)) = BY_NAME.get(&*request.kind) else { return Err(unknown(&request.kind)) };
    for (from, to) in *renamed {
        for (name, _) in request.fields.iter_mut().filter(|(name, _)| name == from) {
            *name = (*to).into();
        }
    }
    Ok(row)
}

/// The row with this name, ignoring case; for HELP.
///
/// # Errors
/// `UNKNOWN_COMMAND` with the nearest name, if there is no such command.
pub fn named(name: &str) -> Result<&'static Row> {
    BY_NAME.get(name.to_ascii_uppercase().as_str()).map(|(row, _)| *row).ok_or_else(|| unknown(name))
}

/// True if a command ends the session of the connection that sends it.
pub fn ends_login(name: &str) -> bool {
    [session::LogOut::NAME, users::DeleteAccount::NAME].contains(&name)
}

fn unknown(name: &str) -> Error {
    let shown: String = name.chars().take(64).collect();
    let hint = match foreign_command(&shown).or_else(|| nearest(&shown, BY_NAME.keys().copied())) {
        Some(meant) => format!("did you mean {meant}?"),
        None => "HELP lists them".into(),
    };
    Error::new(Code::UnknownCommand, format!("no command {shown}; {hint}")).at("type")
}

/// Refuses credentials that lack the command's scope. The replies to commands that write show more than was written:
/// JOIN_CHAT the chat, UPDATE_SETTINGS all settings. So they also need the scope `read`, which old tokens may lack.
/// A message is answered with itself.
fn require_scopes(row: &Row, identity: &Identity, scope: Scope) -> Result<()> {
    let shows_only_written = row.name == messages::SendMessage::NAME;
    let also = if shows_only_written { scope } else { Scope::Read };
    match [scope, also].into_iter().find(|scope| !identity.scopes.contains(scope)) {
        Some(missing) => Err(Error::forbidden(format!("the token lacks the scope {}", missing.name()))),
        None => Ok(()),
    }
}

/// Checks that the caller may send the command, then reads its fields.
///
/// # Errors
/// `UNAUTHENTICATED` without an identity, `FORBIDDEN` without the scope or role, `CONFLICT` if the command needs a
/// connection, or the error of the first invalid field.
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
        (Access::Scope(scope), Some(identity)) => require_scopes(row, identity, scope)?,
        (Access::Authority(least), Some(identity)) if identity.authority() < least => {
            let who = if least == ServerRole::Admin { "admins" } else { "moderators" };
            let sentence = format!("{} is for {who} of the server, and for tokens with the scope admin", row.name);
            return Err(Error::forbidden(sentence));
        }
        // As on a connection, which a token without the scope does not get.
        (Access::Authority(_), Some(identity)) => require_scopes(row, identity, Scope::Read)?,
    }
    if row.needs_connection && !has_connection {
        return Err(Error::conflict(format!("{} concerns a connection; send it over a WebSocket", row.name)));
    }
    let operation = operations::of_request(row, request)?;
    let command = (row.prepare)(&request.fields)?;
    Ok(match operation {
        Some(operation) => {
            let again = Some((row.prepare)(&request.fields)?);
            Box::new(WithOperation { command, again, operation })
        }
        None => command,
    })
}
