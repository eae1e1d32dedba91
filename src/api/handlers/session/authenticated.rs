//! How one who has proved who they are is answered, whichever command proved it.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::api::command::{Reply, Secret};
use crate::api::context::Context;
use crate::api::service::sessions::Issued;
use crate::auth::{IssuedToken, Proved};
use crate::protocol::error::{Error, Result};
use crate::protocol::wire;
use crate::protocol::{Timestamp, User, UserId};

use super::welcome;

/// You are the user: the connection is yours from here on, and the tokens are for the next ones.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "AUTHENTICATED", rename_all = "camelCase")]
pub struct Authenticated {
    /// Who.
    user: User,
    /// A token for handshakes and AUTHENTICATE.
    #[serde(skip_serializing_if = "Option::is_none")]
    access_token: Option<Secret>,
    /// When it stops working.
    #[serde(skip_serializing_if = "Option::is_none")]
    access_token_expires_at: Option<Timestamp>,
    /// A token to get new ones with, once, by REFRESH_TOKEN.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<Secret>,
    /// When it stops working.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token_expires_at: Option<Timestamp>,
}

/// A connection stays its user's: whoever else wants it needs a new one.
pub(super) fn refuse_another(context: &Context, user: Option<&UserId>, field: &'static str) -> Result<()> {
    let holder = context.identity.as_ref().filter(|_| context.connection.is_some());
    if holder.is_none_or(|holder| Some(&holder.user.id) == user) {
        return Ok(());
    }
    Err(Error::conflict("the connection is another user's; open a new one").at(field))
}

/// The answer; on a socket, the connection is the user's from here on.
pub(super) async fn entered(context: &Context, proved: Proved, issued: Option<Issued>) -> Result<Reply> {
    let services = &context.services;
    let Proved { identity, account } = proved;
    let mut user = account.own();
    user.status = identity.user.status;
    let (access, refresh) = issued.map(|Issued { access, refresh }| (access, refresh)).unzip();
    let parts = |token: IssuedToken| (Secret::from(token.text), token.expires_at);
    let (access_token, access_token_expires_at) = access.map(parts).unzip();
    let (refresh_token, refresh_token_expires_at) = refresh.map(parts).unzip();
    let frame = Authenticated { user, access_token, access_token_expires_at, refresh_token, refresh_token_expires_at };
    let Some(connection) = &context.connection else { return Ok(Reply::now(&frame)) };
    let renewed = context.identity.is_some();
    let chats = if renewed { vec![] } else { welcome::enter(services, connection, &identity.user).await? };
    Ok(Reply::Entered { identity: Arc::new(identity), text: wire::encode(&frame), chats })
}
