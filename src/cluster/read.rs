use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::auth::rate_limits::RateLimits;
use crate::protocol::ChatId;
use crate::realtime::hub::{Arrival, Hub, Publication, Wakers};

use super::Carrier;
use super::introduction::{Introductions, Speaking};
use super::letter::{Letter, Received, Topic};
use super::notes::{Noted, Running, Spot};
use super::repair::{GRACE, Repairs};
use super::watch::Watch;

/// How long a node may be silent before it is held to have ended without a word.
pub(super) const LEASE: Duration = Duration::from_secs(5);

/// How many users' standings one letter tells.
const STANDINGS: usize = 500;

/// Gives what other nodes say to the hub.
#[derive(Debug)]
pub(super) struct Reader {
    pub(super) hub: Arc<Hub>,
    pub(super) repairs: Arc<Repairs>,
    pub(super) watch: Arc<Watch>,
    pub(super) peers: Peers,
    pub(super) introductions: Introductions,
    pub(super) speaking: Arc<Speaking>,
    pub(super) noted: Noted,
    pub(super) rate_limits: Arc<RateLimits>,
}

/// The other nodes, and when they were last heard.
#[derive(Debug, Default)]
pub(super) struct Peers(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    heard: HashMap<u64, Instant>,
    /// Those that were held to have ended.
    ended: HashSet<u64>,
}

impl Peers {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a node; true if it was held to have ended, so that one must ask how users stand there.
    fn heard(&self, node: u64) -> bool {
        let mut known = self.known();
        known.heard.insert(node, Instant::now());
        !known.ended.is_empty() && known.ended.remove(&node)
    }

    fn gone(&self, node: u64) {
        self.known().heard.remove(&node);
    }

    /// Begins their leases anew, because nobody could be heard.
    pub(super) fn renew(&self) {
        let now = Instant::now();
        self.known().heard.values_mut().for_each(|heard| *heard = now);
    }

    /// Forgets those whose lease is over.
    pub(super) fn take_silent(&self) -> Vec<u64> {
        let mut known = self.known();
        let silent: Vec<u64> =
            known.heard.extract_if(|_, heard| heard.elapsed() > LEASE).map(|(node, _)| node).collect();
        known.ended.extend(&silent);
        silent
    }
}

impl Reader {
    /// Does what a letter of that node says.
    pub(super) fn receive(&self, (node, letter): (u64, Received), carrier: &Arc<dyn Carrier>, wakers: &mut Wakers) {
        if self.peers.heard(node) {
            carrier.carry(Letter::Hello);
        }
        match letter {
            Received::Event(publication) => self.event(publication, carrier, wakers),
            Received::Passing { chat, text } => {
                let told = self.noted.get().and_then(|notes| notes.pass(node, &text));
                self.hub.publish_ephemeral(&chat, &text, told.as_deref(), wakers);
            }
            Received::Around { user, chats, text } => {
                self.hub.publish_ephemeral_around((&user, &chats), &text, (None, wakers));
            }
            Received::Personal { user, text, ephemeral: true } => {
                self.hub.publish_ephemeral_to_user(&user, &text, wakers);
            }
            Received::Personal { user, text, ephemeral: false } => self.hub.publish_to_user(&user, &text, None),
            Received::Outside { chat, text } => self.hub.publish_outside(&chat, &text, wakers),
            Received::Shared { user, chats, text } => self.hub.publish_shared((&user, &chats), &text, None),
            Received::Renewed(user) => self.hub.refresh_identity(&Arc::new(user)),
            Received::Revoked(revocation) => self.hub.revoke(&revocation),
            Received::Introduction(anew) => self.introductions.begin(&self.hub, (node, anew)),
            Received::Statuses(users) => {
                users.iter().for_each(|(user, standing)| self.introductions.note(&self.hub, node, (user, *standing)));
            }
            Received::Word(word) => {
                if let Some(notes) = self.noted.get() {
                    notes.take(node, word);
                }
            }
            Received::Running(streams) => self.introduced(node, streams),
            Received::Tried(tried) => self.rate_limits.note(tried),
            Received::Hello => self.introduce(&**carrier, false),
            Received::Alive => {}
            Received::Farewell => {
                self.peers.gone(node);
                self.introductions.forget(node);
                self.hub.forget_node(node);
                self.end_of_node(node);
            }
            Received::Lost => {
                self.watch.lost();
                self.doubt(None);
                carrier.carry(Letter::Hello);
            }
        }
    }

    /// A node has said who is there and what is streamed: tells those here what they have not heard of it.
    fn introduced(&self, node: u64, streams: Vec<Running>) {
        let vanished = self.noted.get().map(|notes| notes.introduce(node, streams));
        self.vanished(vanished.unwrap_or_default());
        let changed = self.introductions.end(&self.hub, node);
        if !changed.is_empty() {
            let watch = self.watch.clone();
            tokio::spawn(async move { watch.tell_changed(changed).await });
        }
    }

    /// Parts of streams may have been missed, in these chats or in all.
    pub(super) fn doubt(&self, chats: Option<&[ChatId]>) {
        if let Some(notes) = self.noted.get() {
            notes.doubt(chats);
        }
    }

    fn end_of_node(&self, node: u64) {
        let vanished = self.noted.get().map(|notes| notes.end_of_node(node));
        self.vanished(vanished.unwrap_or_default());
    }

    fn vanished(&self, streams: Vec<Spot>) {
        if !streams.is_empty() {
            let watch = self.watch.clone();
            tokio::spawn(async move { watch.tell_stopped(streams).await });
        }
    }

    /// Tells the other nodes how everybody stands here, because one asked or because they may have missed it.
    pub(super) fn introduce(&self, carrier: &dyn Carrier, anew: bool) {
        let _whole = self.speaking.whole();
        carrier.carry(Letter::Introduction(anew));
        for users in self.hub.users_here().chunks(STANDINGS) {
            let _one = self.speaking.one();
            let standings: Vec<_> = users.iter().map(|user| (user.clone(), self.hub.here(user))).collect();
            carrier.carry(Letter::Statuses(&standings));
        }
        let streams = self.noted.get().map_or_else(Vec::new, |notes| notes.running());
        carrier.carry(Letter::Running(&streams));
    }

    /// A node has ended without a word: what it has committed and not told of, nobody else will tell of, and those who
    /// were there are so no more.
    pub(super) fn ended(&self, node: u64) {
        self.watch.lost();
        let (watch, gone) = (self.watch.clone(), self.hub.forget_node(node));
        tokio::spawn(async move { watch.tell_gone(gone).await });
        self.end_of_node(node);
    }

    fn event(&self, publication: Publication, carrier: &Arc<dyn Carrier>, wakers: &mut Wakers) {
        let chat = publication.chat.clone();
        let newcomers = publication.joined.iter().any(|user| self.hub.is_here(user));
        if let Some(notes) = self.noted.get().filter(|_| publication.seq.is_none() || !publication.left.is_empty()) {
            match publication.seq {
                None => notes.forget(&chat),
                Some(_) => notes.out(&chat, &publication.left),
            }
        }
        let place = self.hub.publish(publication, |_, _| {}, wakers);
        note_place(&self.repairs, &chat, place);
        if newcomers {
            follow(&self.watch, carrier, &chat);
        }
    }
}

/// Has looked up what an event shows to be missing.
pub(super) fn note_place(repairs: &Repairs, chat: &ChatId, place: Arrival) {
    match place {
        Arrival::Now | Arrival::Late => {}
        Arrival::Early => repairs.note(chat, GRACE, false),
        Arrival::Forced => repairs.note(chat, Duration::ZERO, true),
    }
}

/// Has a chat's events come to this node, if they do not yet, and looks up those between.
pub(super) fn follow(watch: &Arc<Watch>, carrier: &Arc<dyn Carrier>, chat: &ChatId) {
    let topic = Topic::Chat(chat.clone());
    if carrier.hears(&topic) {
        return;
    }
    let (watch, carrier, chat) = (watch.clone(), carrier.clone(), chat.clone());
    tokio::spawn(async move {
        carrier.hear(&[topic]).await;
        if let Err(error) = watch.look_at(&[(chat, 0)]).await {
            tracing::debug!(error = %error, "a chat could not be looked up");
            watch.lost();
        }
    });
}
