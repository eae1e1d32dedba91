use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::protocol::{ChatId, SessionId, TokenId, User, UserId};
use crate::realtime::outbox::Close;

use super::{Connection, Hub, Wakers, lock};

/// How long it is remembered what happened to a user. Nobody takes so long from showing credentials to being known.
const REMEMBERED: Duration = Duration::from_secs(30);

/// What keeps a connection open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Credential {
    /// The built-in administrator's token.
    Administrator,
    /// An API token.
    Token(TokenId),
    /// A log-in.
    Session(SessionId),
    /// A token that another service has signed, by the id it was given there.
    Foreign(String),
}

/// Credentials that are no longer good.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Revocation {
    /// Whose.
    pub user: UserId,
    /// Which of them.
    pub which: RevokedCredentials,
    /// What the connections are told that they kept open.
    pub close: Close,
}

/// Which of a user's credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RevokedCredentials {
    /// All.
    All,
    /// This one.
    One(Credential),
    /// Log-ins and tokens of other services, but for one; API tokens stay.
    LogIns {
        /// The one that stays too.
        but: Option<Credential>,
    },
}

impl Revocation {
    /// Whether a connection ends that these credentials keep open.
    pub fn concerns(&self, credential: Option<&Credential>) -> bool {
        match &self.which {
            RevokedCredentials::All => true,
            RevokedCredentials::One(one) => credential == Some(one),
            RevokedCredentials::LogIns { but } => {
                let is_log_in = matches!(credential, Some(Credential::Session(_) | Credential::Foreign(_)));
                is_log_in && credential != but.as_ref()
            }
        }
    }
}

/// Something that happened to a user, of which one must hear who was shaking hands meanwhile.
#[derive(Debug)]
enum News {
    Revoked(Revocation),
    Renewed(Arc<User>),
}

/// What happened to users lately.
#[derive(Debug, Default)]
pub(super) struct Recently(Mutex<VecDeque<(Instant, News)>>);

impl Recently {
    pub(super) fn revoked(&self, revocation: &Revocation) {
        self.note(News::Revoked(revocation.clone()));
    }

    pub(super) fn renewed(&self, user: &Arc<User>) {
        self.note(News::Renewed(user.clone()));
    }

    fn note(&self, news: News) {
        let mut recently = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while recently.front().is_some_and(|(at, _)| at.elapsed() > REMEMBERED) {
            recently.pop_front();
        }
        recently.push_back((Instant::now(), news));
    }

    /// Whether the credentials have been revoked since then, and how the user is now if that has changed.
    pub(super) fn since(
        &self,
        then: Instant,
        (user, credential): (&UserId, Option<&Credential>),
    ) -> (Option<Close>, Option<Arc<User>>) {
        let recently = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut close, mut present) = (None, None);
        for (_, news) in recently.iter().rev().take_while(|(at, _)| *at >= then) {
            match news {
                News::Revoked(revocation) if revocation.user == *user && revocation.concerns(credential) => {
                    close.get_or_insert_with(|| revocation.close.clone());
                }
                News::Renewed(now) if now.id == *user => drop(present.get_or_insert_with(|| now.clone())),
                _ => {}
            }
        }
        (close, present)
    }
}

impl Hub {
    /// Ends the connections whose credentials are no longer good.
    pub fn revoke(&self, revocation: &Revocation) {
        // Noted first: who is not known yet looks at this after having become known.
        self.recently.revoked(revocation);
        let mut wakers = Wakers::default();
        for connection in lock(&self.users).get(&revocation.user).into_iter().flatten() {
            if revocation.concerns(connection.credential().as_ref()) {
                wakers.keep(connection.outbox.close(revocation.close.clone()));
            }
        }
        wakers.wake();
    }

    /// Has the user's connections act as the user is now, with their next command.
    pub fn refresh_identity(&self, user: &Arc<User>) {
        self.recently.renewed(user);
        for connection in lock(&self.users).get(&user.id).into_iter().flatten() {
            connection.refresh_identity(user.clone());
        }
    }

    /// Notes what keeps a connection open, which was looked at then; what has happened since takes effect.
    pub fn keep_open(&self, connection: &Connection, credential: &Credential, checked_at: Instant) {
        connection.set_credential(credential.clone());
        let Some(user) = connection.user() else { return };
        let (close, present) = self.recently.since(checked_at, (&user, Some(credential)));
        if let Some(present) = present {
            connection.refresh_identity(present);
        }
        if let Some(waker) = close.and_then(|close| connection.outbox.close(close)) {
            waker.wake();
        }
    }

    /// Gives a frame to everybody who hears one of these chats, and to the user's own connections, once each.
    pub fn publish_shared(&self, (user, chats): (&UserId, &[ChatId]), text: &Utf8Bytes, caller: Option<&Connection>) {
        let mut told: HashSet<u64> = caller.iter().map(|connection| connection.number).collect();
        let mut listeners: Vec<Arc<Connection>> = lock(&self.users).get(user).cloned().unwrap_or_default();
        for chat in chats {
            let room = lock(&self.rooms).get(chat).cloned();
            room.into_iter().for_each(|room| listeners.extend(lock(&room).listeners.iter().cloned()));
        }
        let mut wakers = Wakers::default();
        for connection in listeners.iter().filter(|connection| told.insert(connection.number)) {
            wakers.keep(connection.outbox.push_vital(text.clone(), None));
        }
        wakers.wake();
    }
}
