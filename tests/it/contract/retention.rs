//! Retention: trimming of old messages, and chats on hold.

use std::collections::BTreeMap;

use pichat::domain::{Action, Change, ChatUpdate, Outcome, RetentionPolicy, name_key};
use pichat::protocol::error::{Code, Error, Result};
use pichat::protocol::{ChatEvent, ChatKind, Patch, Seq, ServerRole, Timestamp, User};
use pichat::store::repository::{Advance, MentionsQuery, Reacted, ReadBudget, Repository, SearchQuery, Window};

use super::scene::*;
use crate::support::dice::Dice;

const DAY: i64 = 24 * 3_600_000;
const MONTH: RetentionPolicy = RetentionPolicy { days: 30 };

/// Days after the base time of all cases.
fn day(number: i64) -> Timestamp {
    Timestamp::from_millis(1_780_000_000_000 + number * DAY)
}

async fn at(repository: &dyn Repository, time: Timestamp, changes: &[Change]) -> Vec<Result<Outcome>> {
    let results = repository.commit(batch_of(changes), time).await;
    results.into_iter().map(|result| result.map_err(Error::from)).collect()
}

async fn done(repository: &dyn Repository, time: Timestamp, changes: &[Change]) -> Vec<Outcome> {
    at(repository, time, changes).await.into_iter().map(|result| result.expect("an allowed change")).collect()
}

fn trim(chat: &str, policy: RetentionPolicy) -> Change {
    let server = User { role: ServerRole::Admin, ..person("server") };
    change(&server, chat, Action::Trim(policy))
}

fn hold(chat: &str, hold: bool) -> Change {
    let admin = User { role: ServerRole::Admin, ..person("root") };
    change(&admin, chat, Action::Hold(hold))
}

fn keep_for(actor: &User, chat: &str, days: Patch<u32>) -> Change {
    change(actor, chat, Action::Update(ChatUpdate { retention_days: days, ..ChatUpdate::default() }))
}

/// Trims a chat completely and returns the last position and `beforeSeq`.
async fn trim_all(repository: &dyn Repository, chat: &str, now: Timestamp, policy: RetentionPolicy) -> (Seq, Seq) {
    let mut last = (0, 0);
    loop {
        let outcome = done(repository, now, &[trim(chat, policy)]).await.remove(0);
        let ChatEvent::HistoryTrimmed(event) = &outcome.event else { panic!("not a trim: {outcome:?}") };
        if outcome.duplicate {
            return last;
        }
        assert!(event.before_seq > last.1 && event.seq > last.0, "{event:?} after {last:?}");
        last = (event.seq, event.before_seq);
    }
}

async fn expired(repository: &dyn Repository, now: Timestamp, policy: RetentionPolicy) -> Vec<String> {
    let mut found = vec![];
    let mut after = None;
    loop {
        let page = repository.expired_chats(policy, now, after.as_ref(), 1).await.expect("an answer");
        found.extend(page.items.iter().map(ToString::to_string));
        after = page.items.last().cloned();
        if !page.more {
            return found;
        }
    }
}

async fn found(repository: &dyn Repository, user: &User, word: &str) -> Vec<String> {
    let query = SearchQuery {
        user: user.id.clone(),
        chat: None,
        words: vec![name_key(word)],
        sender: None,
        after: None,
        limit: 50,
        budget: ReadBudget::UNLIMITED,
    };
    let page = repository.search(&query).await.expect("an answer");
    page.messages.iter().map(|message| message.id.to_string()).collect()
}

async fn mentions(repository: &dyn Repository, user: &User) -> Vec<String> {
    let query = MentionsQuery { user: user.id.clone(), after: None, limit: 50 };
    let page = repository.mentions(&query).await.expect("an answer");
    page.items.iter().map(|message| message.id.to_string()).collect()
}

/// Unread and mention counts of a user who has read up to a position.
async fn unread(repository: &dyn Repository, chat: &str, user: &User, read: Seq) -> (u64, u64) {
    let viewer = repository.viewer(&chat.into(), &user.id, read).await.expect("an answer").expect("a member");
    (viewer.unread_count, viewer.mention_count)
}

pub async fn a_trim_removes_old_messages_and_their_dependents(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    done(repository, day(0), &[create(&ann, "c", ChatKind::Group, &[&ben, &cem])]).await;
    done(repository, day(0), &[say(&ann, "c", "a", "hello @ben ancient"), send(&ben, "c", "b"), send(&ann, "c", "d")])
        .await;
    done(repository, day(1), &[react(&ben, "c", "a", "👍", true), pin(&ann, "c", "a", true), erase(&ben, "c", "b")])
        .await;
    done(repository, day(20), &[say(&ben, "c", "e", "hi @ann recent"), pin(&ann, "c", "e", true)]).await;
    done(repository, day(20), &[react(&ann, "c", "e", "🎉", true)]).await;
    let before = chat(repository, "c", &ann).await.expect("the chat");
    assert_eq!((before.first_seq, before.message_count), (1, 3));
    assert_eq!(expired(repository, day(29), MONTH).await, [""; 0]);
    assert_eq!(expired(repository, day(31), MONTH).await, ["c"]);

    let (seq, first) = trim_all(repository, "c", day(31), MONTH).await;
    assert_eq!((seq, first), (before.seq + 1, 5), "a, b and d are at 2, 3 and 4");
    assert_eq!(expired(repository, day(31), MONTH).await, [""; 0]);

    let after = chat(repository, "c", &ann).await.expect("the chat");
    let pinned: Vec<&str> = after.pinned.iter().map(|id| &**id).collect();
    assert_eq!((after.seq, after.first_seq, after.message_count, pinned), (seq, 5, 1, vec!["e"]));
    assert_eq!(after.last_message.expect("a message").id.to_string(), "e");
    let page = history(repository, query("c", Window::Skip(0), 10)).await;
    assert_eq!((page.messages.len(), page.total, page.more), (1, Some(1), false));
    for gone in ["a", "b", "d"] {
        assert_eq!(repository.message(&"c".into(), &gone.into()).await.expect("an answer"), None, "{gone}");
    }
    assert_eq!((found(repository, &ben, "ancient").await, found(repository, &ben, "recent").await.len()), (vec![], 1));
    assert_eq!((mentions(repository, &ben).await, mentions(repository, &ann).await), (vec![], vec!["e".to_owned()]));
    let reacted =
        |message: &str, emoji: &str| Reacted { chat: "c".into(), message: message.into(), emoji: emoji.into() };
    let is_there = repository.reacted(&ben.id, &[reacted("a", "👍")]).await.expect("an answer");
    let totals = repository.totals().await.expect("an answer");
    assert_eq!((is_there, totals.messages), (vec![false], 1));
    assert_eq!(totals.reactions, BTreeMap::from([("🎉".to_owned(), 1)]));

    // A client that was offline learns of the trim and gets no trimmed message.
    let changes = repository.changes(&"c".into(), &cem.id, 1, 50).await.expect("an answer").expect("a member");
    assert_eq!(
        (changes.seq, changes.chat.expect("a change").first_seq, seqs(&changes.messages)),
        (seq, 5, vec![page.messages[0].seq])
    );
    // The id is free again, and the clock continues.
    let again = done(repository, day(31), &[send(&ann, "c", "a")]).await.remove(0);
    assert_eq!(message(&again).seq, seq + 1);
    assert_eq!(unread(repository, "c", &cem, 0).await.0, 2);
}

pub async fn retention_follows_the_chat_or_the_server(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    const EVER: RetentionPolicy = RetentionPolicy { days: 0 };
    for name in ["short", "server"] {
        done(repository, day(0), &[create(&ann, name, ChatKind::Group, &[&ben]), send(&ann, name, "m")]).await;
    }
    assert_eq!(
        code(at(repository, day(0), &[keep_for(&ben, "short", Patch::Set(7))]).await.remove(0)),
        Code::Forbidden
    );
    done(repository, day(0), &[keep_for(&ann, "short", Patch::Set(7))]).await;
    assert_eq!(chat(repository, "short", &ann).await.expect("the chat").retention_days, Some(7));
    for (now, policy, due) in [
        (6, MONTH, vec![]),
        (8, MONTH, vec!["short"]),
        (8, EVER, vec!["short"]),
        (31, MONTH, vec!["server", "short"]),
        (400, EVER, vec!["short"]),
    ] {
        assert_eq!(expired(repository, day(now), policy).await, due, "on day {now} with {policy:?}");
    }
    done(repository, day(1), &[keep_for(&ann, "short", Patch::Remove)]).await;
    assert_eq!(expired(repository, day(400), EVER).await, [""; 0]);
    assert_eq!(trim_all(repository, "short", day(400), EVER).await, (0, 0));
    assert_eq!(trim_all(repository, "short", day(31), MONTH).await, (5, 3));
    let empty = chat(repository, "short", &ben).await.expect("the chat");
    assert_eq!((empty.message_count, empty.last_message, empty.first_seq), (0, None, 3));
}

pub async fn a_chat_on_hold_is_not_trimmed(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    done(repository, day(0), &[create(&ann, "c", ChatKind::Group, &[&ben]), send(&ann, "c", "m")]).await;
    assert_eq!(code(at(repository, day(0), &[change(&ann, "c", Action::Hold(true))]).await.remove(0)), Code::Forbidden);
    let held = done(repository, day(1), &[hold("c", true), hold("c", true)]).await;
    assert_eq!((held[0].event.seq(), held[0].duplicate, held[1].duplicate), (Some(3), false, true));
    assert!(chat(repository, "c", &ben).await.expect("the chat").hold);
    assert_eq!(expired(repository, day(99), MONTH).await, [""; 0]);
    let admin = User { role: ServerRole::Admin, ..ann.clone() };
    let wishes = [
        trim("c", MONTH),
        erase(&ann, "c", "m"),
        erase(&admin, "c", "m"),
        edit(&ann, "c", "m", "no"),
        delete(&admin, "c"),
    ];
    for wish in wishes {
        let refused = refusal(at(repository, day(99), std::slice::from_ref(&wish)).await.remove(0));
        assert!(refused.code == Code::Forbidden && refused.message.contains("on hold"), "{wish:?}: {refused:?}");
    }
    assert_eq!(stored(repository, "c", "m").await.content, "text of m");
    // Everything else still works.
    done(repository, day(99), &[send(&ben, "c", "n"), react(&ann, "c", "m", "👍", true), hold("c", false)]).await;
    assert_eq!(trim_all(repository, "c", day(99), MONTH).await, (7, 3));
}

pub async fn a_chat_on_hold_outlives_its_last_member(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    for (name, leaving) in [("left", leave(&ann, "left")), ("departed", depart(&ann, "departed", &[]))] {
        done(repository, day(0), &[create(&ann, name, ChatKind::Group, &[]), send(&ann, name, "m"), hold(name, true)])
            .await;
        let left = done(repository, day(1), &[leaving]).await.remove(0);
        assert_eq!(left.ended, None, "{name}");
        assert_eq!(stored(repository, name, "m").await.content, "text of m", "{name}");
        assert_eq!(chat(repository, name, &ben).await.expect("the chat").member_count, 0, "{name}");
    }
}

/// The expected counts, computed message by message.
#[derive(Default)]
struct Ledger {
    /// By position: the sender, and the mentioned users.
    messages: BTreeMap<Seq, (usize, Option<usize>)>,
    first: Seq,
}

impl Ledger {
    fn unread(&self, user: usize, read: Seq) -> (u64, u64) {
        let mut left = self.messages.range(self.first.max(read + 1)..);
        let others: Vec<_> = left.by_ref().map(|(_, message)| *message).filter(|(sender, _)| *sender != user).collect();
        (others.len() as u64, others.iter().filter(|(_, mentioned)| *mentioned == Some(user)).count() as u64)
    }
}

/// Long enough for counting by ordinals and by blocks of deletions.
pub async fn unread_counts_stay_exact_after_trims(repository: &dyn Repository) {
    let users = three(repository).await;
    let [ann, ben, cem] = &users;
    let mut dice = Dice(18);
    let mut ledger = Ledger::default();
    done(repository, day(0), &[create(ann, "c", ChatKind::Group, &[ben, cem])]).await;
    let mut clock = 1;
    for today in 0..12 {
        let mut changes = vec![];
        for _ in 0..120 {
            let erased = ledger.messages.keys().rev().nth(usize::try_from(dice.below(90)).expect("small")).copied();
            clock += 1;
            match erased.filter(|seq| dice.below(8) == 0 && *seq >= ledger.first) {
                Some(seq) => {
                    ledger.messages.remove(&seq);
                    changes.push(erase(ann, "c", &format!("m{seq}")));
                }
                None => {
                    let sender = usize::try_from(dice.below(if today > 5 { 2 } else { 3 })).expect("small");
                    let mentioned = (sender != 0 && dice.below(4) == 0).then_some(0);
                    let text = if mentioned.is_some() { "hello @ann" } else { "hello" };
                    changes.push(say(&users[sender], "c", &format!("m{clock}"), text));
                    ledger.messages.insert(clock, (sender, mentioned));
                }
            }
        }
        done(repository, day(today), &changes).await;
        if today % 3 == 2 {
            let (seq, first) = trim_all(repository, "c", day(today), RetentionPolicy { days: 2 }).await;
            let read = clock / 2;
            clock = seq.max(clock);
            ledger.first = first.max(ledger.first);
            let step = Advance {
                chat: "c".into(),
                user: cem.id.clone(),
                read,
                delivered: 0,
                at: day(today),
                clears_unread: false,
            };
            repository.mark(&[step]).await.expect("an answer");
        }
        let kept = ledger.messages.range(ledger.first..).count() as u64;
        assert_eq!(chat(repository, "c", ann).await.expect("the chat").message_count, kept, "day {today}");
        for read in
            [0, 1, ledger.first / 2, ledger.first.saturating_sub(2), ledger.first, ledger.first + 7, clock - 40, clock]
        {
            for (place, user) in users.iter().enumerate() {
                let expected = ledger.unread(place, read);
                assert_eq!(unread(repository, "c", user, read).await, expected, "day {today}, {place} from {read}");
            }
        }
    }
    let all = trim_all(repository, "c", day(99), RetentionPolicy { days: 2 }).await;
    assert!(all.1 > ledger.first);
    done(repository, day(99), &[send(ben, "c", "x"), send(ann, "c", "y"), send(ben, "c", "z")]).await;
    assert_eq!((unread(repository, "c", ann, 0).await.0, unread(repository, "c", ben, 0).await.0), (2, 1));
    assert_eq!(unread(repository, "c", cem, all.0 + 1).await.0, 2);
}

pub async fn a_trim_sees_earlier_changes_of_its_batch(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    done(
        repository,
        day(0),
        &[create(&ann, "c", ChatKind::Group, &[&ben]), send(&ann, "c", "a"), send(&ben, "c", "b")],
    )
    .await;
    let batch = [
        edit(&ann, "c", "a", "changed"),
        react(&ben, "c", "a", "👍", true),
        erase(&ben, "c", "b"),
        trim("c", MONTH),
        send(&ann, "c", "a"),
        edit(&ann, "c", "b", "gone"),
    ];
    let results = at(repository, day(40), &batch).await;
    let places: Vec<Option<Seq>> = results.iter().map(|result| result.as_ref().ok()?.event.seq()).collect();
    assert_eq!(places, [Some(4), Some(5), Some(6), Some(7), Some(8), None]);
    assert_eq!(code(results.into_iter().next_back().expect("six")), Code::NotFound);
    let page = history(repository, query("c", Window::Newest, 10)).await;
    assert_eq!(seqs(&page.messages), [8]);
    assert_eq!((unread(repository, "c", &ben, 0).await, unread(repository, "c", &ann, 0).await), ((1, 0), (0, 0)));
    assert_eq!(repository.totals().await.expect("an answer").reactions, BTreeMap::new());
}
