//! The reply to every command that authenticates.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::command::{NewBinding, Response, Secret};
use crate::api::context::Context;
use crate::api::sessions::Issued;
use crate::api::sync_cursor::SyncCursor;
use crate::auth::{IssuedToken, Proved};
use crate::protocol::error::{Error, Result};
use crate::protocol::{Timestamp, User, UserId};

use super::welcome;

/// The connection is authenticated; the tokens are for later connections.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "AUTHENTICATED", rename_all = "camelCase")]
pub struct Authenticated {
    /// The user.
    user: User,
    /// The cursor for SYNC.
    cursor: String,
    /// A token for handshakes and AUTHENTICATE.
    #[serde(skip_serializing_if = "Option::is_none")]
    access_token: Option<Secret>,
    /// Time at which it expires.
    #[serde(skip_serializing_if = "Option::is_none")]
    access_token_expires_at: Option<Timestamp>,
    /// A token for one REFRESH_TOKEN.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<Secret>,
    /// Time at which it expires.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token_expires_at: Option<Timestamp>,
}

/// Refuses to rebind a connection to another user.
pub(super) fn refuse_another(context: &Context, user: Option<&UserId>, field: &'static str) -> Result<()> {
    let holder = context.identity.as_ref().filter(|_| context.connection.is_some());
    if holder.is_none_or(|holder| Some(&holder.user.id) == user) {
        return Ok(());
    }
    Err(Error::conflict("this connection belongs to another user; open a new one").at(field))
}

/// The reply, which binds a socket to the user.
pub(super) async fn authenticate(
    context: &Context,
    proved: Proved,
    issued: Option<Issued>,
) -> Result<Response<Authenticated>> {
    let services = &context.services;
    let Proved { identity, account } = proved;
    let mut user = account.own();
    user.status = identity.user.status;
    let (access, refresh) = issued.map(|Issued { access, refresh }| (access, refresh)).unzip();
    let parts = |token: IssuedToken| (Secret::from(token.text), token.expires_at);
    let (access_token, access_token_expires_at) = access.map(parts).unzip();
    let (refresh_token, refresh_token_expires_at) = refresh.map(parts).unzip();
    let cursor = SyncCursor::now(services, &user.id).await?.text();
    let frame =
        Authenticated { user, cursor, access_token, access_token_expires_at, refresh_token, refresh_token_expires_at };
    let response = Response::reply(frame);
    let Some(connection) = &context.connection else { return Ok(response) };
    let renewed = context.identity.is_some();
    let chats = if renewed { vec![] } else { welcome::enter(services, connection, &identity).await? };
    Ok(response.binding(NewBinding { identity: Arc::new(identity), chats }))
}
