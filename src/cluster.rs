//! The one place where this node says something: to its own [`Hub`], and to the other nodes.
//!
//! What concerns connections here goes to the hub at once, within the call. What the other nodes must know is handed
//! to a [`Carrier`] as a [`Letter`] that borrows everything: a node that is alone pays nothing for it. Nothing here
//! waits, so a lane may publish between two commits.

use std::fmt::Debug;
use std::sync::{Arc, Weak};
use std::time::Duration;

use async_trait::async_trait;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::auth::rate_limits::{RateLimits, Tried};
use crate::ops::telemetry::Telemetry;
use crate::protocol::error::Result;
use crate::protocol::{ChatId, Seq, User, UserId};
use crate::realtime::hub::{Connection, Hub, Publication, Revocation, Told, Wakers};
use crate::store::repository::Repository;

mod introduction;
mod letter;
mod local;
mod notes;
mod read;
mod redis;
mod repair;
mod watch;

pub use letter::{Letter, Topic};
pub use local::Alone;
pub use notes::{Notes, Running, Spot, Word};

use introduction::Speaking;
use notes::Noted;
use read::{Peers, Reader, follow, note_place};
use redis::Redis;
use repair::{GRACE, Repairs};
use watch::Watch;

/// How long a stopping node may take to say its last.
const FAREWELL_WITHIN: Duration = Duration::from_secs(1);

/// Takes letters to the other nodes.
#[async_trait]
pub trait Carrier: Debug + Send + Sync + 'static {
    /// Takes a letter along. It never waits; what cannot be taken along is dropped and made good by the reader.
    fn carry(&self, letter: Letter<'_>);

    /// Whether letters of that topic come to this node.
    fn hears(&self, topic: &Topic) -> bool;

    /// Has letters of these topics come to this node; returns when they do, or when that may take long.
    async fn hear(&self, topics: &[Topic]);

    /// Waits until everything has been sent.
    async fn flush(&self);
}

/// Where events are published.
#[derive(Debug)]
pub struct Bus {
    hub: Arc<Hub>,
    carrier: Arc<dyn Carrier>,
    others: Option<Others>,
}

/// What there is to do where other nodes are.
#[derive(Debug)]
struct Others {
    repository: Arc<dyn Repository>,
    repairs: Arc<Repairs>,
    watch: Arc<Watch>,
    noted: Noted,
    speaking: Arc<Speaking>,
    /// They end with the bus.
    _tasks: JoinSet<()>,
}

impl Bus {
    /// Publishes to the hub of a node that is alone.
    pub fn alone(hub: Arc<Hub>) -> Self {
        Bus { hub, carrier: Arc::new(Alone), others: None }
    }

    /// Publishes to the hub, and by Redis to the hubs of other nodes.
    pub fn over_redis(
        url: &secrecy::SecretString,
        (hub, rate_limits): (Arc<Hub>, Arc<RateLimits>),
        repository: &Arc<dyn Repository>,
        telemetry: &Arc<Telemetry>,
    ) -> Result<Self> {
        let redis = Redis::new(url, telemetry)?;
        hub.be_patient();
        let repairs = Repairs::new(&hub, repository, telemetry);
        let watch = Watch::new(&hub, repository, &repairs);
        let (noted, speaking) = (Noted::default(), Arc::<Speaking>::default());
        let reader = Reader {
            hub: hub.clone(),
            repairs: repairs.clone(),
            watch: watch.clone(),
            peers: Peers::default(),
            introductions: Default::default(),
            speaking: speaking.clone(),
            noted: noted.clone(),
            rate_limits,
        };
        let mut tasks = JoinSet::new();
        tasks.spawn(repairs.clone().run());
        tasks.spawn(watch.clone().run());
        tasks.spawn(redis.clone().run(Arc::new(reader)));
        let others = Others { repository: repository.clone(), repairs, watch, noted, speaking, _tasks: tasks };
        Ok(Bus { hub, carrier: redis, others: Some(others) })
    }

    /// Whether other nodes are heard; none where there are none.
    pub fn is_up(&self) -> Option<bool> {
        self.others.as_ref().map(|others| !others.watch.is_away())
    }

    /// Whether there are no other nodes.
    pub fn is_alone(&self) -> bool {
        self.others.is_none()
    }

    /// Has what other nodes say of what is never stored be noted there.
    pub fn note_in(&self, notes: Weak<dyn Notes>) {
        if let Some(others) = &self.others {
            others.noted.set(notes);
        }
    }

    /// Says something of streams to another node, or to all.
    pub fn say(&self, to: Option<u64>, word: &Word) {
        self.carrier.carry(Letter::Word(to, word));
    }

    /// Tells the other nodes what came of a log-in.
    pub fn tell_tried(&self, tried: &Tried) {
        self.carrier.carry(Letter::Tried(tried));
    }

    /// Tells the other nodes that this one ends, after everything else it had to say.
    pub async fn say_farewell(&self) {
        self.carrier.carry(Letter::Farewell);
        if timeout(FAREWELL_WITHIN, self.carrier.flush()).await.is_err() {
            tracing::warn!("the other nodes may not have heard everything");
        }
    }

    /// Has what is said to a user come to this node.
    pub async fn hear_user(&self, user: &UserId) {
        if self.others.is_some() {
            self.carrier.hear(&[Topic::User(user.clone())]).await;
        }
    }

    /// Has what passes by in these chats come to this node, for a while at least.
    pub async fn overhear(&self, chats: impl Iterator<Item = &ChatId>) {
        let topics: Vec<_> = chats.cloned().map(Topic::Chat).collect();
        self.carrier.hear(&topics).await;
    }

    /// Has the events of these chats come to this node; tells from which place on (0: from wherever they are).
    pub async fn hear_chats(&self, chats: Vec<ChatId>) -> Vec<(ChatId, Seq)> {
        let Some(others) = &self.others else { return chats.into_iter().map(|chat| (chat, 0)).collect() };
        let topics: Vec<_> = chats.iter().cloned().map(Topic::Chat).collect();
        self.carrier.hear(&topics).await;
        let (new, known): (Vec<_>, Vec<_>) = chats.into_iter().partition(|chat| !self.hub.is_heard(chat));
        // What comes after this place and not by the bus will be missed and looked up.
        let heads = if new.is_empty() { Ok(vec![]) } else { others.repository.heads(&new).await };
        let heads = heads.unwrap_or_else(|_| vec![None; new.len()]);
        let new = new.into_iter().zip(heads).map(|(chat, head)| (chat, head.unwrap_or(0)));
        new.chain(known.into_iter().map(|chat| (chat, 0))).collect()
    }

    /// Gives an event on a chat's clock to everybody concerned, after the reply that is owed to its caller, and lets
    /// membership take effect. Where the event has gone out already, the reply is told so.
    pub fn publish<A>(&self, publication: Publication, owed: A, wakers: &mut Wakers)
    where
        A: FnOnce(bool, &mut Wakers) + Send + 'static,
    {
        self.carrier.carry(Letter::Event(&publication));
        let Some(others) = &self.others else {
            self.hub.publish(publication, owed, wakers);
            return;
        };
        let chat = publication.chat.clone();
        let newcomers = publication.joined.iter().any(|user| self.hub.is_here(user));
        let place = self.hub.publish(publication, owed, wakers);
        note_place(&others.repairs, &chat, place);
        if newcomers {
            follow(&others.watch, &self.carrier, &chat);
        }
    }

    /// Gives the reply to one whose wish changed nothing, after those that wait for events of the chat.
    pub fn reply<A>(&self, chat: &ChatId, owed: A, wakers: &mut Wakers)
    where
        A: FnOnce(bool, &mut Wakers) + Send + 'static,
    {
        self.hub.reply(chat, owed, wakers);
    }

    /// How far a chat has come by here; 0 where nobody hears it.
    pub fn heard_up_to(&self, chat: &ChatId) -> Seq {
        self.hub.heard_up_to(chat)
    }

    /// Notes that a chat has come that far.
    pub fn note_head(&self, chat: &ChatId, head: Seq, wakers: &mut Wakers) {
        if self.hub.note_head(chat, head, wakers)
            && let Some(others) = &self.others
        {
            others.repairs.note(chat, GRACE, false);
        }
    }

    /// Gives what is never stored to a chat's listeners, but for the one who caused it.
    pub fn publish_ephemeral(&self, chat: &ChatId, text: &Utf8Bytes, caller: Option<&Connection>, wakers: &mut Wakers) {
        self.hub.publish_ephemeral(chat, text, caller, wakers);
        self.carrier.carry(Letter::Passing { chat, text });
    }

    /// Gives what is never stored to all who hear one of these chats and to the user's own connections, once each.
    pub fn publish_ephemeral_around(&self, around: (&UserId, &[ChatId]), text: &Utf8Bytes, told: Told<'_>) {
        let (user, chats) = around;
        self.hub.publish_ephemeral_around(around, text, told);
        self.carrier.carry(Letter::Around { user, chats, text });
    }

    /// Gives what is never stored to everybody who does not hear the chat itself.
    pub fn publish_outside(&self, chat: &ChatId, text: &Utf8Bytes, wakers: &mut Wakers) {
        self.hub.publish_outside(chat, text, wakers);
        self.carrier.carry(Letter::Outside { chat, text });
    }

    /// Gives a reply that one of a user's connections got to the user's others.
    pub fn publish_to_user(&self, user: &UserId, text: &Utf8Bytes, caller: Option<&Connection>) {
        self.hub.publish_to_user(user, text, caller);
        self.carrier.carry(Letter::Personal { user, text, ephemeral: false });
    }

    /// Gives what is never stored to a user's connections.
    pub fn publish_ephemeral_to_user(&self, user: &UserId, text: &Utf8Bytes, wakers: &mut Wakers) {
        self.hub.publish_ephemeral_to_user(user, text, wakers);
        self.carrier.carry(Letter::Personal { user, text, ephemeral: true });
    }

    /// Gives a frame to everybody who hears one of these chats, and to the user's own connections, once each.
    pub fn publish_shared(&self, (user, chats): (&UserId, &[ChatId]), text: &Utf8Bytes, caller: Option<&Connection>) {
        self.hub.publish_shared((user, chats), text, caller);
        self.carrier.carry(Letter::Shared { user, chats, text });
    }

    /// Has the user's connections act as the user is now, with their next command.
    pub fn refresh_identity(&self, user: &Arc<User>) {
        self.hub.refresh_identity(user);
        self.carrier.carry(Letter::Renewed(user));
    }

    /// Tells the other nodes how a user stands here.
    pub fn tell_standing(&self, user: &UserId) {
        if let Some(others) = &self.others {
            let _one = others.speaking.one();
            self.carrier.carry(Letter::Status(user, self.hub.here(user)));
        }
    }

    /// Ends the connections whose credentials are no longer good.
    pub fn revoke(&self, revocation: &Revocation) {
        self.hub.revoke(revocation);
        self.carrier.carry(Letter::Revoked(revocation));
    }
}
