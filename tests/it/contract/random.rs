//! Random histories: the clock has no gaps, and resuming from any position ends in the state of a fresh reader.

use std::collections::{BTreeMap, HashMap};

use pichat::domain::{Action, Change, Outcome};
use pichat::protocol::{Chat, ChatId, ChatKind, ChatRole, Member, Message, Seq, User, UserId};
use pichat::store::repository::Repository;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::scene::*;

const HISTORIES: usize = 12;
const STEPS: usize = 60;

/// The action, its actor, its target, and true if it begins a new batch.
type Step = (u8, usize, usize, bool);

fn wish(step: Step, index: usize, users: &[User], chat: &str) -> Change {
    let (kind, actor, other, _) = step;
    let actor = &users[actor];
    let other = &users[other];
    match kind {
        0..8 => {
            let text =
                if index.is_multiple_of(3) { format!("hi @{}.", other.username) } else { format!("said {index}") };
            say(actor, chat, &format!("m{}", index % 40), &text)
        }
        8 => join(actor, chat),
        9 => match index % 3 {
            0 => depart(actor, chat, &users.iter().collect::<Vec<_>>()),
            _ => leave(actor, chat),
        },
        10 => add(actor, chat, &[other, actor]),
        11 => remove(actor, chat, &[other]),
        12 => rename(actor, chat, &format!("{chat} {}", index % 7)),
        13 => activate(actor, chat, !index.is_multiple_of(4)),
        14 => create(actor, chat, ChatKind::Group, &[other]),
        15 => change(actor, chat, Action::Ban { user_id: other.id.clone(), reason: None, until: None }),
        16 => change(actor, chat, Action::Unban { user_id: other.id.clone(), reason: None }),
        17 => {
            let role = [ChatRole::Owner, ChatRole::Admin, ChatRole::Member][index % 3];
            change(actor, chat, Action::SetRole { user_id: other.id.clone(), role })
        }
        18 => delete(&User { id: users[0].id.clone(), ..actor.clone() }, chat),
        19..22 => edit(actor, chat, &some_message(index, other), &format!("@{} in step {}", other.username, index % 5)),
        22..25 => erase(actor, chat, &some_message(index, other)),
        25..30 => react(actor, chat, &some_message(index, other), ["👍", "🦀"][index % 2], !index.is_multiple_of(3)),
        _ => pin(actor, chat, &some_message(index, other), index.is_multiple_of(2)),
    }
}

/// A recent message, more likely than not.
fn some_message(index: usize, other: &User) -> String {
    format!("m{}", index.saturating_sub(1 + other.username.len() * index % 9) % 40)
}

/// The state of a client that follows a chat.
#[derive(Clone, Debug, Default, PartialEq)]
struct Client {
    seq: Seq,
    chat: Option<Chat>,
    members: Vec<Member>,
    messages: BTreeMap<Seq, Message>,
}

impl Client {
    async fn follow(&mut self, repository: &dyn Repository, chat: &ChatId, user: &User) {
        loop {
            let found = repository.changes(chat, &user.id, self.seq, 7).await.expect("an answer").expect("a member");
            if found.reset {
                *self = Client::default();
            }
            self.seq = found.seq;
            // Counts and the last message follow from the messages; only the rest is compared.
            self.chat = found.chat.map(plain).or(self.chat.take());
            self.members = found.members.map_or(std::mem::take(&mut self.members), |members| members.items);
            self.messages.extend(found.messages.into_iter().map(|message| (message.seq, message)));
            if !found.more {
                break;
            }
        }
    }
}

fn plain(chat: Chat) -> Chat {
    let viewer = chat.viewer.map(|viewer| pichat::protocol::Viewer { unread_count: 0, mention_count: 0, ..viewer });
    Chat { seq: 0, message_count: 0, updated_at: chat.created_at, last_message: None, viewer, ..chat }
}

pub async fn random_histories_resume_from_any_position(repository: &dyn Repository) {
    let mut users = vec![];
    for name in ["ann", "ben", "cem", "dan"] {
        users.push(user(repository, name).await);
    }
    let step = (0..33_u8, 0..4_usize, 0..4_usize, proptest::bool::weighted(0.4));
    let histories = prop::collection::vec(step, STEPS);
    let mut runner = TestRunner::default();
    for round in 0..HISTORIES {
        let steps = histories.new_tree(&mut runner).expect("a history").current();
        one_history(repository, &users, &format!("chat{round}"), &steps).await;
    }
}

/// A history in which an edit mentions a user who has read the message, so that the message has an unread mention.
const MENTIONED_BY_EDIT: &[Step] = &[
    (27, 0, 3, true),
    (31, 2, 3, false),
    (3, 2, 2, true),
    (26, 2, 0, false),
    (10, 0, 3, false),
    (13, 0, 1, true),
    (31, 2, 3, false),
    (7, 3, 1, false),
    (25, 0, 3, true),
    (14, 1, 3, false),
    (8, 2, 1, false),
    (4, 1, 2, false),
    (29, 2, 1, false),
    (8, 0, 2, true),
    (20, 3, 2, true),
    (28, 3, 1, true),
    (10, 3, 2, false),
    (14, 2, 1, true),
    (23, 3, 1, true),
    (8, 0, 0, false),
    (22, 3, 3, true),
    (12, 3, 0, true),
    (10, 1, 3, false),
    (7, 3, 0, false),
    (28, 2, 3, false),
    (28, 2, 1, false),
    (15, 3, 3, false),
    (21, 0, 3, false),
    (22, 2, 2, false),
    (6, 1, 2, true),
    (30, 3, 0, false),
    (7, 1, 0, false),
    (25, 1, 0, false),
    (14, 1, 2, false),
    (25, 1, 1, false),
    (4, 2, 2, true),
    (4, 1, 0, false),
    (9, 1, 0, false),
    (21, 3, 1, true),
    (28, 0, 1, false),
    (4, 1, 0, false),
    (30, 2, 3, false),
    (25, 3, 3, true),
    (27, 0, 0, false),
    (3, 1, 3, false),
    (5, 0, 1, false),
    (32, 1, 3, true),
    (16, 3, 2, true),
    (16, 0, 2, true),
    (12, 0, 3, false),
    (28, 3, 3, true),
    (30, 1, 3, false),
    (32, 2, 0, false),
    (16, 0, 2, true),
    (21, 0, 2, true),
    (0, 2, 1, false),
    (0, 0, 1, false),
    (4, 0, 3, true),
    (15, 3, 2, true),
    (13, 0, 0, false),
];

pub async fn a_mention_by_a_later_edit_is_unread_after_any_history(repository: &dyn Repository) {
    let mut users = vec![];
    for name in ["ann", "ben", "cem", "dan"] {
        users.push(user(repository, name).await);
    }
    one_history(repository, &users, "chat9", MENTIONED_BY_EDIT).await;
}

/// Fills chats with permitted actions of these four users.
pub async fn histories(repository: &dyn Repository, users: &[User], chats: &[&str]) {
    let step = (0..33_u8, 0..4_usize, 0..4_usize, proptest::bool::weighted(0.4));
    let histories = prop::collection::vec(step, STEPS);
    let mut runner = TestRunner::default();
    for chat in chats {
        let steps = histories.new_tree(&mut runner).expect("a history").current();
        let mut batch = vec![create(&users[0], chat, ChatKind::Channel, &[&users[1]])];
        for (index, step) in steps.iter().enumerate() {
            batch.push(wish(*step, index, users, chat));
            if step.3 {
                // Actions that are not permitted are refused.
                drop(repository.commit(batch_of(&std::mem::take(&mut batch)), now()).await);
            }
        }
    }
}

async fn one_history(repository: &dyn Repository, users: &[User], chat: &str, steps: &[Step]) {
    let mut id = ChatId::from(chat);
    println!("the history of {chat}: {steps:?}");
    let mut told = Told::default();
    let mut clients = vec![];
    let begin = |id: &ChatId| create(&users[0], id, ChatKind::Channel, &[&users[1]]);
    let mut batch = vec![begin(&id)];
    for (index, step) in steps.iter().enumerate() {
        batch.push(wish(*step, index, users, &id));
        if !step.3 && index + 1 < steps.len() {
            continue;
        }
        let results = repository.commit(batch_of(&std::mem::take(&mut batch)), now()).await;
        for outcome in results.iter().flatten() {
            told.advance(outcome);
            if outcome.ended.is_some() {
                clients.clear();
                id = format!("{chat}-{index}").into();
                told = Told::default();
                batch.push(begin(&id));
            }
        }
        for user in users.iter().filter(|user| index % 3 == 0 || user.id == users[0].id) {
            let is_in = repository.memberships(&user.id).await.expect("an answer").contains(&id);
            if is_in {
                let mut client = Client::default();
                client.follow(repository, &id, user).await;
                assert_eq!(client.seq, told.clock, "after step {index} of {steps:?}");
                clients.push((user.clone(), client));
            }
        }
    }
    compare(repository, &id, clients, &told).await;
}

/// What the events of a chat have told so far.
#[derive(Debug, Default)]
struct Told {
    clock: Seq,
    /// The positions since which messages mention users: that of the message, or of an edit.
    mentioned: HashMap<Seq, HashMap<UserId, Seq>>,
}

impl Told {
    fn advance(&mut self, outcome: &Outcome) {
        if let Some(first) = &outcome.first {
            self.advance(first);
        }
        let Some(seq) = outcome.event.seq().filter(|_| !outcome.duplicate) else { return };
        self.clock += 1;
        assert_eq!(seq, self.clock);
        if let Some(message) = outcome.event.message() {
            let since = self.mentioned.entry(message.seq).or_default();
            since.retain(|user, _| message.mentions.contains(user));
            for user in &message.mentions {
                since.entry(user.clone()).or_insert(seq);
            }
        }
    }

    fn mentioned_since(&self, message: &Message, user: &UserId) -> Option<Seq> {
        self.mentioned.get(&message.seq)?.get(user).copied()
    }
}

/// Every remaining member catches up from their old position to the state of a fresh reader.
async fn compare(repository: &dyn Repository, chat: &ChatId, clients: Vec<(User, Client)>, told: &Told) {
    let mut fresh: HashMap<_, Client> = HashMap::new();
    for (user, mut client) in clients {
        let Some(found) = repository.changes(chat, &user.id, 0, 1).await.expect("an answer") else { continue };
        let reader = fresh.entry(user.id.clone()).or_default();
        if reader.seq == 0 {
            reader.follow(repository, chat, &user).await;
        }
        assert!(found.seq <= reader.seq);
        let from = client.seq;
        client.follow(repository, chat, &user).await;
        assert_eq!(&client, reader, "from {from}");
        let seen = repository.chat(chat, &user.id).await.expect("an answer").expect("the chat");
        assert_eq!(counts(&seen), client.counts(&seen, &user, told), "of {}", user.username);
    }
}

/// Counts of a chat that follow from its messages: all, the last one, unread ones, and unread mentions of the user.
type Counts = (u64, Option<Message>, u64, u64);

fn counts(chat: &Chat) -> Counts {
    let (unread, mentions) = chat.viewer.as_ref().map_or((0, 0), |viewer| (viewer.unread_count, viewer.mention_count));
    (chat.message_count, chat.last_message.as_deref().cloned(), unread, mentions)
}

impl Client {
    fn counts(&self, chat: &Chat, user: &User, told: &Told) -> Counts {
        let read = chat.viewer.as_ref().map_or(0, |viewer| viewer.read_seq);
        let left = || self.messages.values().filter(|message| message.deleted_at.is_none());
        let unread = || left().filter(|message| message.seq > read && message.sender.id != user.id);
        let is_new = |message: &&Message| told.mentioned_since(message, &user.id).is_some_and(|since| since > read);
        let mentions = left().filter(is_new).count();
        (left().count() as u64, left().next_back().cloned(), unread().count() as u64, mentions as u64)
    }
}
