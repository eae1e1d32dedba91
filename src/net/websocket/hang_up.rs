//! Finding out that a peer has gone without reading what it sent.

use std::task::{Context, Poll};

/// A stream that can tell that its peer has gone.
pub trait HangUp {
    /// Ready once the peer has gone. While bytes of the peer wait to be read, nobody knows.
    fn poll_hang_up(&self, context: &mut Context<'_>) -> Poll<()>;
}
