//! The start of a session, and the identity that its connection is bound to.

use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};

use super::Session;
use super::handshake::{Handshake, close_code};
use crate::api::handlers::welcome;
use crate::api::quota_checks;
use crate::api::sessions;
use crate::api::sync_cursor::SyncCursor;
use crate::auth::Identity;
use crate::cluster::ChatSubscription;
use crate::net::websocket::HangUp;
use crate::protocol::error::Error;
use crate::protocol::wire;
use crate::realtime::outbox::Close;

impl<S: AsyncRead + AsyncWrite + HangUp + Unpin + Send> Session<S> {
    /// Sends the first frame: CONNECTED, or the reason why the connection closes.
    pub(super) async fn greet(&mut self, handshake: Handshake) {
        let welcomed = match handshake {
            Handshake::Refused(error) => Err(error),
            Handshake::Anonymous => self.greet_anonymous(),
            Handshake::Known(identity) => {
                let most = self.services.config.limits.connections_per_user;
                self.greet_known(identity, most).await
            }
            Handshake::Administration(identity) => self.greet_known(identity, 0).await,
        };
        if let Err(error) = welcomed {
            self.push(&wire::encode_error(&error, None));
            let close = Close { code: close_code(error.code), reason: error.code.name() };
            // The session has not been polled yet, so no task needs waking.
            drop(self.connection.outbox.close(close));
        }
        self.schedule();
    }

    fn greet_anonymous(&mut self) -> Result<(), Error> {
        self.anonymous_slot = Some(self.services.rate_limits.anonymous(self.origin.address)?);
        self.push(&wire::encode(&welcome::Connected::new(&self.services, None, None)));
        Ok(())
    }

    /// Greets an authenticated user, who may have `most` connections; 0 is any number.
    async fn greet_known(&mut self, identity: Arc<Identity>, most: usize) -> Result<(), Error> {
        quota_checks::spend_on_subscription(&self.services, &identity)?;
        // The client may have finished the handshake slowly, so the account's current state counts.
        let identity = Arc::new(sessions::confirm(&self.services, &identity).await?.identity);
        let user = identity.user.as_ref().clone();
        let cursor = SyncCursor::now(&self.services, &user.id).await?;
        self.push(&wire::encode(&welcome::Connected::new(&self.services, Some(user), Some(cursor))));
        let chats = welcome::enter_within(&self.services, &self.connection, &identity, most).await?;
        self.bind(identity, &chats);
        Ok(())
    }

    /// Binds the connection to its user: the only place where a connection gets an identity. The hub already knows the
    /// user ([`welcome::enter`]); `chats` are the subscriptions that start now.
    ///
    /// The frame that announces the identity must already be queued, because events of the chats follow immediately.
    pub(super) fn bind(&mut self, identity: Arc<Identity>, chats: &[ChatSubscription]) {
        // Credentials may have been revoked, and the profile changed, since they were checked: the hub remembers both
        // and applies them here. A later revocation finds the connection by its credential.
        self.services.hub.keep_open(&self.connection, &identity.credential, identity.checked_at);
        self.deadlines.authenticated();
        self.anonymous_slot = None;
        self.socket.lift_message_limit();
        self.services.hub.attach(&self.connection, chats);
        self.services.features.connection_bound(&self.connection, &identity.user);
        self.identity = Some(identity);
        self.schedule();
    }

    /// Applies a change of the user's profile or role that the hub has stored for this connection.
    pub(super) fn refresh_identity(&mut self) {
        if let (Some(user), Some(identity)) = (self.connection.take_renewed(), &self.identity) {
            self.identity = Some(Arc::new(identity.renewed(&user)));
        }
    }
}
