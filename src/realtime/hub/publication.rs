use std::sync::Arc;
use std::task::Waker;

use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::protocol::{ChatId, Seq, UserId};

use super::Connection;

/// One event on its way to everybody concerned, encoded once.
#[derive(Debug)]
pub struct Publication {
    /// Whose clock.
    pub chat: ChatId,
    /// The place on it; none at its end.
    pub seq: Option<Seq>,
    /// What those hear who are in.
    pub text: Utf8Bytes,
    /// What those hear who come in with it, if not the same.
    pub welcome: Option<Utf8Bytes>,
    /// Those who come in with it.
    pub joined: Vec<UserId>,
    /// Those for whom it is the last.
    pub left: Vec<UserId>,
    /// The caller's connection, which gets the reply instead.
    pub caller: Option<Arc<Connection>>,
    /// Who has sent it, if it is a new message.
    pub sender: Option<UserId>,
}

impl Publication {
    /// Whether it changes nothing about who hears the chat.
    pub(super) fn is_plain(&self) -> bool {
        self.seq.is_some() && self.joined.is_empty() && self.left.is_empty()
    }

    pub(super) fn is_callers(&self, connection: &Connection) -> bool {
        self.caller.as_ref().is_some_and(|caller| caller.number == connection.number)
    }

    pub(super) fn text_for(&self, listener: &Connection) -> &Utf8Bytes {
        match &self.welcome {
            Some(welcome) if listener.user().is_some_and(|user| self.joined.contains(&user)) => welcome,
            _ => &self.text,
        }
    }

    /// About how many bytes it takes while it waits.
    pub(super) fn size(&self) -> usize {
        256 + self.text.len() + self.welcome.as_ref().map_or(0, |welcome| welcome.len())
    }
}

/// The wakers of connections that have something new, each once.
#[derive(Debug, Default)]
pub struct Wakers(Vec<Waker>);

impl Wakers {
    /// Keeps a waker for later.
    pub fn keep(&mut self, waker: Option<Waker>) {
        self.0.extend(waker);
    }

    /// Wakes them all.
    pub fn wake(self) {
        self.0.into_iter().for_each(Waker::wake);
    }
}
