use std::sync::Arc;

use crate::auth::Identity;
use crate::protocol::error::{Code, Error};

/// The outcome of a handshake.
#[derive(Debug)]
pub enum Handshake {
    /// The credentials were valid.
    Known(Arc<Identity>),
    /// The connection uses the administration socket, which has no limit on connections.
    Administration(Arc<Identity>),
    /// The handshake carried no credentials.
    Anonymous,
    /// The credentials were refused; a browser can see this only on the socket.
    Refused(Error),
}

/// The close code of a connection that is refused before its first command.
pub(super) fn close_code(code: Code) -> u16 {
    match code {
        Code::Unauthenticated | Code::TokenExpired => 4401,
        Code::Forbidden => 4403,
        Code::RateLimited => 4429,
        _ => 1013,
    }
}
