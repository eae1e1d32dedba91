//! Read and delivered positions of members, and the unread counts that follow.

use futures_util::future::join_all;
use pichat::domain::Action;
use pichat::protocol::error::Code;
use pichat::protocol::{Ban, ChatKind, ChatRole, Mark, Mute, Seq, Timestamp, User, UserKind};
use pichat::store::repository::{Account, AccountName, Advance, Advanced, Repository};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::scene::*;

fn step(chat: &str, user: &User, read: Seq, delivered: Seq) -> Advance {
    Advance { chat: chat.into(), user: user.id.clone(), read, delivered, at: now(), clears_unread: false }
}

async fn mark(repository: &dyn Repository, step: Advance) -> Option<Advanced> {
    let moved = repository.mark(&[step]).await.expect("an answer");
    assert_eq!(moved.len(), 1);
    moved[0]
}

async fn by_all(repository: &dyn Repository, ahead: &[(&User, Seq)]) -> Seq {
    let ahead: Vec<_> = ahead.iter().map(|(user, seq)| (user.id.clone(), *seq)).collect();
    repository.read_by_all(&"c".into(), &ahead, now()).await.expect("an answer")
}

/// The unread messages and the mark of a user.
async fn unread(repository: &dyn Repository, user: &User) -> (u64, Seq) {
    let viewer = chat(repository, "c", user).await.and_then(|chat| chat.viewer).expect("a viewer");
    (viewer.unread_count, viewer.read_seq)
}

pub async fn marks_only_advance_and_reading_implies_delivery(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 6).await;
    let joined = repository.members(&"c".into(), None, 9).await.expect("an answer").items[1].joined_at;
    let first = step("c", &ben, 3, 0);
    let moved = mark(repository, first.clone()).await.expect("a member");
    assert_eq!((moved.before.read, moved.before.delivered, moved.before.read_at), (0, 0, joined));
    assert_eq!((moved.now.read, moved.now.delivered, moved.now.read_at), (3, 3, first.at));
    let delivered = step("c", &ben, 0, 5);
    let moved = mark(repository, delivered.clone()).await.expect("a member");
    assert_eq!((moved.now.read, moved.now.read_at), (3, first.at));
    assert_eq!((moved.now.delivered, moved.now.delivered_at), (5, delivered.at));
    let back = mark(repository, step("c", &ben, 2, 4)).await.expect("a member");
    assert_eq!(back, Advanced { before: moved.now, now: moved.now, cleared: false });
    let beyond = mark(repository, step("c", &ben, 99, 0)).await.expect("a member");
    assert_eq!((beyond.now.read, beyond.now.delivered), (7, 7));
    let members = repository.members(&"c".into(), None, 9).await.expect("an answer").items;
    let marks: Vec<_> = members.iter().map(|member| (member.read_seq, member.delivered_seq)).collect();
    assert_eq!(marks, [(0, 0), (7, 7)]);
    assert_eq!(clock(repository, "c").await, 7);
}

pub async fn an_advance_clears_an_unread_mark_in_its_write(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 6).await;
    let clearing = |read| Advance { clears_unread: true, ..step("c", &ben, read, read) };
    let unread_from =
        async || chat(repository, "c", &ben).await.and_then(|chat| chat.viewer).expect("a viewer").unread_from_seq;
    repository.mark_unread(&"c".into(), &ben.id, 5).await.expect("an answer");
    assert!(!mark(repository, step("c", &ben, 6, 6)).await.expect("a member").cleared, "not asked for");
    assert!(!mark(repository, clearing(4)).await.expect("a member").cleared, "it is beyond");
    assert_eq!(unread_from().await, Some(5));
    // Also if no position moves.
    assert!(mark(repository, clearing(6)).await.expect("a member").cleared);
    assert_eq!(unread_from().await, None);
    assert!(!mark(repository, clearing(7)).await.expect("a member").cleared, "there is none");
    // Of several advances of one member in one write, the first that reaches it.
    repository.mark_unread(&"c".into(), &ben.id, 5).await.expect("an answer");
    let steps = [clearing(3), step("c", &ben, 7, 7), clearing(5), clearing(7), step("c", &ann, 7, 7)];
    let cleared = repository.mark(&steps).await.expect("an answer").into_iter().flatten().map(|moved| moved.cleared);
    assert_eq!(cleared.collect::<Vec<_>>(), [false, false, true, false, false]);
}

pub async fn of_several_advances_at_once_one_clears_an_unread_mark(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 20).await;
    for read in 2..12 {
        repository.mark_unread(&"c".into(), &ben.id, 2).await.expect("an answer");
        let step = Advance { clears_unread: true, ..step("c", &ben, read, read) };
        let moved = join_all((0..4).map(|_| mark(repository, step.clone()))).await;
        let new = moved.iter().flatten().filter(|moved| moved.cleared || moved.now.read > moved.before.read);
        assert_eq!(new.count(), 1, "{moved:?}");
        assert_eq!(moved.iter().flatten().filter(|moved| moved.cleared).count(), 1, "{moved:?}");
    }
}

pub async fn marks_moved_since_a_time_are_found_across_chats(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben, &cem], 6).await;
    talk(repository, "d", &[&ann, &ben], 3).await;
    talk(repository, "e", &[&ann, &ben], 3).await;
    let moved = async |chats: &[&str], since: Timestamp| {
        let chats: Vec<_> = chats.iter().map(|chat| (*chat).into()).collect();
        let found = repository.moved_marks(&chats, since).await.expect("an answer");
        let mut found: Vec<_> = found.into_iter().map(|mark| (mark.chat.to_string(), mark.user, mark.now)).collect();
        found.sort_by_key(|(chat, user, _)| (chat.clone(), user.clone()));
        found
    };
    let at = |millis: i64| Timestamp::from_millis(4_000_000_000_000 + millis);
    let marks = |chat: &str, user: &User, read, delivered, millis| Advance {
        at: at(millis),
        ..step(chat, user, read, delivered)
    };
    assert_eq!(moved(&["c", "d"], Timestamp::from_millis(0)).await, [], "joining moves no mark");
    let first = mark(repository, marks("c", &ben, 3, 3, 10)).await.expect("a member").now;
    let second = mark(repository, marks("d", &ben, 0, 2, 20)).await.expect("a member").now;
    mark(repository, marks("e", &ben, 2, 2, 30)).await.expect("a member");
    let both = [("c".to_owned(), ben.id.clone(), first), ("d".to_owned(), ben.id.clone(), second)];
    assert_eq!(moved(&["c", "d", "none"], at(9)).await, both);
    assert_eq!(moved(&["c", "d"], at(10)).await, both[1..]);
    assert_eq!(moved(&["c", "d"], at(20)).await, []);
    assert_eq!(moved(&[], at(0)).await, []);
}

pub async fn reader_and_recipient_counts_follow_the_marks(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben, &cem], 6).await;
    let counted = async |seq: Seq, ahead: &[Mark]| {
        let counts = repository.reach(&"c".into(), seq, &ann.id, ahead).await.expect("an answer");
        (counts.read, counts.delivered)
    };
    assert_eq!(counted(1, &[]).await, (0, 0));
    mark(repository, step("c", &ann, 6, 6)).await;
    mark(repository, step("c", &ben, 3, 5)).await;
    mark(repository, step("c", &cem, 0, 4)).await;
    assert_eq!(counted(3, &[]).await, (1, 2), "the author's own marks do not count");
    assert_eq!(counted(4, &[]).await, (0, 2));
    assert_eq!(counted(5, &[]).await, (0, 1));
    let ahead =
        |user: &User, read_seq: Seq, delivered_seq: Seq| Mark { user_id: user.id.clone(), read_seq, delivered_seq };
    let further = [ahead(&ann, 6, 6), ahead(&cem, 5, 6), ahead(&ben, 1, 5)];
    assert_eq!(counted(3, &further).await, (2, 2), "each counts once");
    assert_eq!(counted(5, &further).await, (1, 2));
    assert_eq!(counted(6, &further).await, (0, 1));
    all(repository, [remove(&ann, "c", &[&cem])]).await;
    assert_eq!(counted(3, &further).await, (1, 1), "only members count");
    let none = repository.reach(&"none".into(), 1, &ann.id, &further).await.expect("an answer");
    assert_eq!((none.read, none.delivered), (0, 0));
}

pub async fn only_members_have_marks(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 3).await;
    let steps = [step("c", &cem, 1, 1), step("c", &ann, 2, 2), step("none", &ann, 1, 1)];
    let moved = repository.mark(&steps).await.expect("an answer");
    assert_eq!(moved.iter().map(Option::is_some).collect::<Vec<_>>(), [false, true, false]);
    mark(repository, step("c", &ben, 4, 4)).await.expect("a member");
    all(repository, [leave(&ben, "c"), send(&ann, "c", "m"), add(&ann, "c", &[&ben]), send(&ann, "c", "n")]).await;
    assert_eq!(unread(repository, &ben).await, (1, 7));
    assert_eq!(mark(repository, step("c", &ben, 0, 0)).await.map(|moved| moved.now.read), Some(7));
    assert_eq!(repository.viewer(&"c".into(), &cem.id, 1).await.expect("an answer"), None);
}

pub async fn concurrent_marks_never_move_back(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 40).await;
    let one = step("c", &ben, 20, 0);
    let two = step("c", &ben, 0, 35);
    let three = step("c", &ben, 30, 0);
    let four = step("c", &ben, 10, 0);
    let change = change(&ann, "c", Action::SetRole { user_id: ben.id.clone(), role: ChatRole::Admin });
    let all = tokio::join!(
        mark(repository, one),
        mark(repository, two),
        commit(repository, change),
        mark(repository, three),
        mark(repository, four),
    );
    all.2.expect("an owner may");
    let moved = mark(repository, step("c", &ben, 0, 0)).await.expect("a member");
    assert_eq!((moved.now.read, moved.now.delivered), (30, 35));
    let rename = rename(&ann, "c", "other");
    commit(repository, rename).await.expect("an owner may");
    assert_eq!(unread(repository, &ben).await, (5, 30));
    let members = repository.members(&"c".into(), None, 9).await.expect("an answer").items;
    assert_eq!((members[1].role, members[1].read_seq, members[1].delivered_seq), (ChatRole::Admin, 30, 35));
}

pub async fn many_marks_are_stored_in_one_call(repository: &dyn Repository) {
    let ann = user(repository, "ann").await;
    let mut users = vec![];
    for number in 0..110 {
        users.push(user(repository, &format!("user{number}")).await);
    }
    let others: Vec<&User> = users.iter().collect();
    all(repository, [create(&ann, "c", ChatKind::Group, &others), send(&ann, "c", "m")]).await;
    let steps: Vec<_> = users.iter().map(|user| step("c", user, 2, 2)).collect();
    let moved = repository.mark(&steps).await.expect("an answer");
    assert!(moved.iter().flatten().filter(|moved| moved.before.read == 0 && moved.now.read == 2).count() == 110);
    assert_eq!(by_all(repository, &[]).await, 2);
    let changes = repository.changes(&"c".into(), &ann.id, 2, 9).await.expect("an answer").expect("a member");
    assert_eq!(changes.marks.len(), 111);
}

pub async fn authors_count_as_readers_of_their_own_messages(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[&ben, &cem])]).await;
    for id in ["a", "b", "c"] {
        all(repository, [send(&ann, "c", id)]).await;
    }
    assert_eq!(by_all(repository, &[]).await, 0);
    mark(repository, step("c", &ben, 3, 3)).await.expect("a member");
    assert_eq!(by_all(repository, &[]).await, 0);
    assert_eq!(by_all(repository, &[(&cem, 2)]).await, 2);
    mark(repository, step("c", &cem, 4, 4)).await.expect("a member");
    assert_eq!(by_all(repository, &[]).await, 3);
    assert_eq!(by_all(repository, &[(&ben, 4)]).await, 4);
    all(repository, [send(&ben, "c", "d"), send(&ann, "c", "e")]).await;
    assert_eq!(by_all(repository, &[(&cem, 6)]).await, 3);
    assert_eq!(by_all(repository, &[(&ben, 5), (&cem, 6)]).await, 4);
    all(repository, [remove(&ann, "c", &[&ben, &cem])]).await;
    assert_eq!(by_all(repository, &[]).await, 4);
    assert_eq!(repository.read_by_all(&"none".into(), &[], now()).await.expect("an answer"), 0);
}

pub async fn bots_and_banned_users_do_not_hold_back_read_by_all(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    let bot = kept(repository, &User { kind: UserKind::Bot, ..person("bot") }).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[&ben, &cem, &bot]), send(&ann, "c", "m")]).await;
    mark(repository, step("c", &ben, 2, 2)).await.expect("a member");
    assert_eq!(by_all(repository, &[]).await, 0);
    let until = Timestamp::from_millis(now().millis() + 60_000);
    for (until, read) in [(Some(until), 2), (Some(Timestamp::from_millis(0)), 0), (None, 2)] {
        let found = repository.account(&AccountName::Id(cem.id.clone())).await.expect("an answer").expect("an account");
        let ban = Some(Ban { by: ann.id.clone(), at: now(), reason: None, until });
        assert!(repository.update_account(&Account { ban, ..found }).await.expect("an answer"));
        assert_eq!(by_all(repository, &[]).await, read, "{until:?}");
    }
    all(repository, [create(&bot, "b", ChatKind::Group, &[]), send(&bot, "b", "m")]).await;
    assert_eq!(repository.read_by_all(&"b".into(), &[], now()).await.expect("an answer"), 2);
}

pub async fn authors_are_listed_between_two_positions(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben, &cem], 6).await;
    for (between, expected) in
        [((1, 2), ids(&[&ann])), ((2, 4), ids(&[&ben, &cem])), ((7, 99), vec![]), ((3, 3), vec![])]
    {
        let mut found = repository.authors(&"c".into(), between.0, between.1).await.expect("an answer");
        found.sort();
        assert_eq!(found, expected, "{between:?}");
    }
}

pub async fn a_mute_is_private_to_its_user(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 3).await;
    let chat_id = "c".into();
    let end = Timestamp::from_millis(1_999_999_999_000);
    let mute = |user: &User, mute| {
        let chat_id = &chat_id;
        let user = user.id.clone();
        async move { repository.mute(chat_id, &user, mute).await.expect("an answer") }
    };
    assert_eq!(mute(&ben, Mute::Until(end)).await, Some(Mute::No));
    assert_eq!(mute(&ben, Mute::Until(end)).await, Some(Mute::Until(end)));
    assert_eq!(mute(&cem, Mute::Always).await, None);
    mark(repository, step("c", &ben, 2, 2)).await.expect("a member");
    all(repository, [rename(&ann, "c", "other")]).await;
    let seen = |user| async move { chat(repository, "c", user).await.and_then(|chat| chat.viewer).expect("a viewer") };
    let viewer = seen(&ben).await;
    assert_eq!((viewer.muted, viewer.muted_until, viewer.read_seq), (true, Some(end), 2));
    assert!(!seen(&ann).await.muted);
    assert_eq!(mute(&ben, Mute::Always).await, Some(Mute::Until(end)));
    assert_eq!((seen(&ben).await.muted, seen(&ben).await.muted_until), (true, None));
    assert_eq!(clock(repository, "c").await, 5);
    all(repository, [leave(&ben, "c"), add(&ann, "c", &[&ben])]).await;
    assert!(!seen(&ben).await.muted);
    assert_eq!(code(commit(repository, rename(&ben, "c", "x")).await), Code::Forbidden);
}

pub async fn an_unread_mark_is_private_and_ends_with_the_membership(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 3).await;
    all(repository, [say(&ann, "c", "x", "@ben look")]).await;
    let seen = |user| async move { chat(repository, "c", user).await.and_then(|chat| chat.viewer).expect("a viewer") };
    mark(repository, step("c", &ben, 5, 5)).await.expect("a member");
    let chat_id = "c".into();
    assert_eq!(repository.mark_unread(&chat_id, &ben.id, 2).await.expect("an answer"), Some(true));
    assert_eq!(repository.mark_unread(&chat_id, &ben.id, 2).await.expect("an answer"), Some(false));
    assert_eq!(repository.mark_unread(&chat_id, &cem.id, 2).await.expect("an answer"), None);
    assert_eq!(repository.mark_unread(&"none".into(), &ben.id, 2).await.expect("an answer"), None);
    let shown = |viewer: &pichat::protocol::Viewer| {
        (viewer.unread_count, viewer.mention_count, viewer.read_seq, viewer.unread_from_seq)
    };
    assert_eq!(shown(&seen(&ben).await), (3, 1, 5, Some(2)));
    let access = repository.chat_access(&chat_id, &ben.id).await.expect("an answer").expect("a chat");
    assert_eq!(access.unread_from, Some(2));
    let as_if_read = repository.viewer(&chat_id, &ben.id, 5).await.expect("an answer").expect("a member");
    assert_eq!(shown(&as_if_read), (3, 1, 5, Some(2)));
    assert_eq!(shown(&seen(&ann).await).3, None);
    // A mark beyond the read position changes no count.
    assert_eq!(repository.mark_unread(&chat_id, &ann.id, 4).await.expect("an answer"), Some(true));
    assert_eq!(shown(&seen(&ann).await), (1, 0, 0, Some(4)));
    // Changes of the chat and of another membership do not affect it, and it takes no tick.
    all(repository, [rename(&ann, "c", "other"), add(&ann, "c", &[&cem])]).await;
    assert_eq!(shown(&seen(&ben).await), (3, 1, 5, Some(2)));
    assert_eq!(clock(repository, "c").await, 7);
    assert!(!repository.clear_unread(&chat_id, &ben.id, 1).await.expect("an answer"));
    assert!(!repository.clear_unread(&chat_id, &cem.id, 9).await.expect("an answer"));
    let role = Action::SetRole { user_id: ben.id.clone(), role: ChatRole::Admin };
    all(repository, [change(&ann, "c", role)]).await;
    assert_eq!(shown(&seen(&ben).await), (3, 1, 5, Some(2)));
    assert!(repository.clear_unread(&chat_id, &ben.id, 2).await.expect("an answer"));
    assert!(!repository.clear_unread(&chat_id, &ben.id, 2).await.expect("an answer"));
    assert_eq!(shown(&seen(&ben).await), (0, 0, 5, None));
    repository.mark_unread(&chat_id, &ben.id, 2).await.expect("an answer");
    all(repository, [leave(&ben, "c"), add(&ann, "c", &[&ben])]).await;
    assert_eq!(shown(&seen(&ben).await).3, None);
}

pub async fn changes_include_marks(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 3).await;
    mark(repository, step("c", &ben, 2, 4)).await.expect("a member");
    let changes = repository.changes(&"c".into(), &ann.id, 4, 9).await.expect("an answer").expect("a member");
    let mut marks = changes.marks;
    marks.sort_by(|one, other| one.user_id.cmp(&other.user_id));
    let expected = [(&ann, 0, 0), (&ben, 2, 4)];
    let mark =
        |(user, read_seq, delivered_seq): (&User, Seq, Seq)| Mark { user_id: user.id.clone(), read_seq, delivered_seq };
    assert_eq!(marks, expected.map(mark));
}

/// The messages with their senders, and the read positions.
#[derive(Default)]
struct Model {
    /// The place, the sender, and whether it is deleted.
    said: Vec<(Seq, usize, bool)>,
    read: [Seq; 3],
    unread_from: [Option<Seq>; 3],
}

impl Model {
    fn unread(&self, user: usize) -> u64 {
        let after = self.unread_from[user].map_or(self.read[user], |from| self.read[user].min(from - 1));
        let counts = |(seq, sender, gone): &&(Seq, usize, bool)| *seq > after && *sender != user && !gone;
        self.said.iter().filter(counts).count() as u64
    }

    fn reach(&self, user: usize) -> Seq {
        let after = self.said.iter().filter(|(seq, ..)| *seq > self.read[user]);
        after.take_while(|(_, sender, _)| *sender == user).last().map_or(self.read[user], |(seq, ..)| *seq)
    }
}

pub async fn unread_counts_match_a_model_after_any_history(repository: &dyn Repository) {
    let users = three(repository).await;
    all(repository, [create(&users[0], "c", ChatKind::Group, &[&users[1], &users[2]])]).await;
    let steps = prop::collection::vec((0..8_u8, 0..3_usize, 0..100_u64), 60);
    let steps = steps.new_tree(&mut TestRunner::default()).expect("a history").current();
    let mut model = Model::default();
    let mut clock = 1;
    let mut ids: Vec<String> = vec![];
    for (index, (kind, who, choice)) in steps.iter().enumerate() {
        match kind {
            0..4 => {
                for part in 0..=choice % 3 {
                    all(repository, [send(&users[*who], "c", &format!("m{index}-{part}"))]).await;
                    clock += 1;
                    model.said.push((clock, *who, false));
                    ids.push(format!("m{index}-{part}"));
                }
            }
            5 if !ids.is_empty() => {
                let place = *choice as usize % ids.len();
                let (_, sender, gone) = &mut model.said[place];
                all(repository, [erase(&users[*sender], "c", &ids[place])]).await;
                clock += u64::from(!std::mem::replace(gone, true));
            }
            4 => {
                all(repository, [rename(&users[0], "c", &format!("name {index}"))]).await;
                clock += 1;
            }
            6 if choice % 3 > 0 => {
                let from = 1 + choice % clock;
                let is_new = model.unread_from[*who] != Some(from);
                let marked = repository.mark_unread(&"c".into(), &users[*who].id, from).await.expect("an answer");
                assert_eq!(marked, Some(is_new));
                model.unread_from[*who] = Some(from);
            }
            6 => {
                let read = choice % (clock + 2);
                let is_cleared = model.unread_from[*who].is_some_and(|from| from <= read);
                let cleared = repository.clear_unread(&"c".into(), &users[*who].id, read).await.expect("an answer");
                assert_eq!(cleared, is_cleared);
                model.unread_from[*who].take_if(|_| is_cleared);
            }
            _ => {
                let read = choice % (clock + 2);
                mark(repository, step("c", &users[*who], read, 0)).await.expect("a member");
                model.read[*who] = model.read[*who].max(read.min(clock));
            }
        }
        for (number, user) in users.iter().enumerate() {
            let expected = (model.unread(number), model.read[number]);
            assert_eq!(unread(repository, user).await, expected, "of {number} after {index} of {steps:?}");
        }
        let reach = (0..3).map(|number| model.reach(number)).min();
        assert_eq!(Some(by_all(repository, &[]).await), reach, "after {index} of {steps:?}");
    }
}

pub async fn a_message_deleted_in_its_own_batch_is_never_unread(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 300).await;
    let once = [send(&ann, "c", "a"), send(&ann, "c", "b"), erase(&ann, "c", "a")];
    let results = repository.commit(batch_of(&once), now()).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!((unread(repository, &ann).await, unread(repository, &ben).await), ((150, 0), (151, 0)));
}

pub async fn large_unread_counts_are_exact(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[&ben, &cem])]).await;
    // Two of three messages are Ann's; every hundredth tick is not a message, and every fiftieth message is deleted.
    let mut open = vec![];
    for start in (2..1600).step_by(400) {
        let mut changes = vec![];
        for seq in start..start + 400 {
            if seq % 100 == 0 {
                changes.push(rename(&ann, "c", &format!("c {seq}")));
                continue;
            }
            let author = if seq % 3 == 0 { &ben } else { &ann };
            changes.push(send(author, "c", &format!("m{seq}")));
            open.push((seq, author.id.clone()));
        }
        all(repository, changes).await;
    }
    let erased: Vec<u64> = open.iter().map(|(seq, _)| *seq).step_by(50).collect();
    let author = |seq: u64| if seq.is_multiple_of(3) { &ben } else { &ann };
    all(repository, erased.iter().map(|seq| erase(author(*seq), "c", &format!("m{seq}")))).await;
    open.retain(|(seq, _)| !erased.contains(seq));
    for read in [0, 1, 2, 99, 100, 301, 500, 640, 1100, 1601] {
        for user in [&ann, &ben, &cem] {
            mark(repository, step("c", user, read, 0)).await;
            let expected = open.iter().filter(|(seq, author)| *seq > read && *author != user.id).count();
            assert_eq!(unread(repository, user).await, (expected as u64, read), "of {}", user.username);
        }
    }
}
