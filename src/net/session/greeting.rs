use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};

use crate::api::context::Services;
use crate::api::handlers::welcome;
use crate::api::sessions;
use crate::auth::Identity;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::wire;
use crate::realtime::outbox::Close;

use super::Session;

/// Who a connection was found to be at the handshake.
#[derive(Debug)]
pub enum Handshake {
    /// There were good credentials.
    Known(Arc<Identity>),
    /// There were none.
    Anonymous,
    /// They were refused, which a browser is only told after the handshake.
    Refused(Error),
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Session<S> {
    /// Has the caller be as the user is now.
    pub(super) fn renew(&mut self) {
        if let (Some(user), Some(identity)) = (self.connection.take_renewed(), &self.identity) {
            self.identity = Some(Arc::new(identity.renewed(&user)));
        }
    }

    pub(super) fn install(&mut self, identity: Arc<Identity>) {
        self.services.hub.keep_open(&self.connection, &identity.credential, identity.checked_at);
        self.deadlines.authenticated();
        self.place = None;
        self.identity = Some(identity);
    }

    /// The connection is its user's and hears its chats.
    pub(super) fn come_in(&self) {
        if let Some(identity) = &self.identity {
            self.services.features.entered(&self.connection, &identity.user);
        }
    }

    /// Says the first words: CONNECTED, or why there will be no more.
    pub(super) async fn greet(&mut self, handshake: Handshake) {
        let refusal = match handshake {
            Handshake::Refused(error) => Some((close_code(error.code), error)),
            Handshake::Anonymous => match self.services.rate_limits.anonymous(self.origin.address) {
                Ok(place) => {
                    self.place = Some(place);
                    self.push(&wire::encode(&welcome::Connected::new(&self.services, None)));
                    None
                }
                Err(error) => Some((close_code(error.code), error)),
            },
            Handshake::Known(identity) => match confirmed(&self.services, &identity).await {
                Err(error) => Some((close_code(error.code), error)),
                Ok(identity) => self.admit(identity).await,
            },
        };
        if let Some((code, error)) = refusal {
            self.push(&wire::encode_error(&error, None));
            drop(self.connection.outbox.close(Close { code, reason: error.code.name() }));
        }
        self.deadlines.set(&self.connection, self.identity.as_deref());
    }

    /// Makes the connection the user's; tells why that cannot be.
    async fn admit(&mut self, identity: Arc<Identity>) -> Option<(u16, Error)> {
        let user = identity.user.as_ref().clone();
        self.push(&wire::encode(&welcome::Connected::new(&self.services, Some(user))));
        match welcome::enter(&self.services, &self.connection, &identity.user).await {
            Ok(chats) => {
                self.install(identity);
                self.services.hub.attach(&self.connection, &chats);
                self.come_in();
                None
            }
            Err(error) => Some((close_code(error.code), error)),
        }
    }
}

/// The identity as it is now: the client may have taken its time to finish the handshake.
async fn confirmed(services: &Services, identity: &Identity) -> Result<Arc<Identity>> {
    let proved = sessions::confirm(services, identity).await?;
    Ok(Arc::new(proved.identity))
}

/// The close code for one who was refused before the first command.
fn close_code(code: Code) -> u16 {
    match code {
        Code::Unauthenticated | Code::TokenExpired => 4401,
        Code::Forbidden => 4403,
        Code::RateLimited => 4429,
        _ => 1013,
    }
}
