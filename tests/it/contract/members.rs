//! Joining and leaving.

use pichat::domain::{Action, Outcome, direct_chat};
use pichat::protocol::error::Code;
use pichat::protocol::{ChatEvent, ChatId, ChatKind, ChatRole, Seq, User, UserId};
use pichat::store::repository::Repository;

use super::scene::*;

pub async fn joining_twice_has_one_effect(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Channel, &[]), send(&ann, "c", "m")]).await;
    let first = commit(repository, join(&ben, "c")).await.expect("a channel");
    assert_eq!((first.event.seq(), first.joined.clone(), first.duplicate), (Some(3), ids(&[&ben]), false));
    let Some(ChatEvent::MembersAdded(reply)) = first.reply else { panic!("no reply") };
    let seen = chat(repository, "c", &ben).await.expect("the chat");
    assert_eq!(reply.chat.as_ref(), Some(&seen));
    assert_eq!((seen.member_count, seen.viewer.map(|viewer| viewer.read_seq)), (2, Some(3)));
    assert!(matches!(first.welcome, Some(ChatEvent::NewChat(event)) if event.seq == 3));
    let again = commit(repository, join(&ben, "c")).await.expect("already a member");
    assert_eq!((again.event.seq(), again.duplicate), (Some(3), true));
}

pub async fn a_group_cannot_be_joined(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[])]).await;
    assert_eq!(code(commit(repository, join(&ben, "c")).await), Code::NotFound);
    assert_eq!(code(commit(repository, join(&ben, "none")).await), Code::NotFound);
}

pub async fn adding_members_takes_one_tick(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    let dan = user(repository, "dan").await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[&ben])]).await;
    let added = commit(repository, add(&ann, "c", &[&ben, &cem, &dan])).await.expect("an owner");
    assert_eq!((added.event.seq(), added.joined.clone()), (Some(2), ids(&[&cem, &dan])));
    let ChatEvent::MembersAdded(event) = &added.event else { panic!("not MEMBERS_ADDED") };
    let members = repository.members(&ChatId::from("c"), None, 9).await.expect("an answer").items;
    assert_eq!(event.members, members[2..]);
    let again = commit(repository, add(&ann, "c", &[&cem, &ben])).await.expect("already a member");
    assert_eq!((again.event.seq(), again.duplicate), (Some(2), true));
    assert_eq!(chat(repository, "c", &ann).await.map(|chat| chat.member_count), Some(4));
}

pub async fn a_member_listed_twice_is_added_once(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[&ben, &ann, &ben])]).await;
    assert_eq!(chat(repository, "c", &ann).await.map(|chat| chat.member_count), Some(2));
    all(repository, [add(&ann, "c", &[&cem, &cem])]).await;
    assert_eq!(chat(repository, "c", &ann).await.map(|chat| chat.member_count), Some(3));
    let removed = all(repository, [remove(&ann, "c", &[&cem, &ben, &cem])]).await;
    assert_eq!(removed[0].left, ids(&[&cem, &ben]));
    assert_eq!(chat(repository, "c", &ann).await.map(|chat| chat.member_count), Some(1));
}

pub async fn only_owners_and_admins_can_add_and_remove(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    all(repository, [create(&ann, "g", ChatKind::Group, &[&ben]), create(&ann, "c", ChatKind::Channel, &[&ben])]).await;
    for (chat, stranger) in [("g", Code::NotFound), ("c", Code::Forbidden)] {
        assert_eq!(code(commit(repository, add(&ben, chat, &[&cem])).await), Code::Forbidden);
        assert_eq!(code(commit(repository, remove(&ben, chat, &[&ann])).await), Code::Forbidden);
        assert_eq!(code(commit(repository, add(&cem, chat, &[&cem])).await), stranger);
        assert_eq!(code(commit(repository, remove(&cem, chat, &[&ann])).await), stranger);
    }
}

pub async fn a_member_stays_out_after_leaving_until_added(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[&ben])]).await;
    let left = commit(repository, leave(&ben, "c")).await.expect("a member");
    assert_eq!((left.event.seq(), left.left.clone()), (Some(2), ids(&[&ben])));
    assert_eq!(repository.memberships(&ben.id).await.expect("an answer"), vec![]);
    assert_eq!(code(commit(repository, send(&ben, "c", "m")).await), Code::NotFound);
    let standing = repository.chat_access(&ChatId::from("c"), &ben.id).await.expect("an answer").expect("the chat");
    assert_eq!((standing.role, standing.chat.member_count), (None, 1));
    all(repository, [send(&ann, "c", "n"), add(&ann, "c", &[&ben]), send(&ben, "c", "m")]).await;
    let viewer = chat(repository, "c", &ben).await.and_then(|chat| chat.viewer).expect("a viewer");
    assert_eq!((viewer.my_role, viewer.read_seq, viewer.unread_count), (Some(ChatRole::Member), 4, 0));
}

pub async fn leaving_twice_returns_the_first_position(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    all(repository, [create(&ann, "g", ChatKind::Group, &[&ben]), create(&ann, "c", ChatKind::Channel, &[&ben])]).await;
    for (chat, seq) in [("g", 2), ("c", 3)] {
        all(repository, [leave(&ben, chat), send(&ann, chat, "m")]).await;
        let again = commit(repository, leave(&ben, chat)).await.expect("already out");
        assert_eq!((again.event.seq(), again.duplicate), (Some(seq), true), "{chat}");
    }
    assert_eq!(code(commit(repository, leave(&cem, "g")).await), Code::NotFound);
    assert!(commit(repository, leave(&cem, "c")).await.expect("already out").duplicate);
}

pub async fn the_last_owner_cannot_leave_other_members(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[&ben])]).await;
    assert_eq!(code(commit(repository, leave(&ann, "c")).await), Code::Conflict);
    all(repository, [leave(&ben, "c"), leave(&ann, "c")]).await;
}

pub async fn a_group_is_deleted_when_its_last_member_leaves(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [named(&ann, "c", ChatKind::Channel, "name", &[]), activate(&ann, "c", false)]).await;
    let left = commit(repository, leave(&ann, "c")).await.expect("alone, although it is archived");
    assert!(matches!(left.event, ChatEvent::MembersRemoved(event) if event.seq == 3));
    assert_eq!(chat(repository, "c", &ann).await, None);
    all(repository, [named(&ben, "d", ChatKind::Channel, "name", &[])]).await;
}

pub async fn the_last_owner_cannot_be_removed(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[&ben])]).await;
    assert_eq!(code(commit(repository, remove(&ann, "c", &[&ann])).await), Code::Conflict);
    assert_eq!(code(commit(repository, remove(&ann, "c", &[&ben, &ann])).await), Code::Conflict);
    assert_eq!(clock(repository, "c").await, 1);
}

pub async fn removing_several_members_takes_one_tick(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Channel, &[&ben, &cem])]).await;
    let removed = commit(repository, remove(&ann, "c", &[&ben, &cem])).await.expect("an owner");
    assert_eq!((removed.event.seq(), removed.left.clone()), (Some(2), ids(&[&ben, &cem])));
    let ChatEvent::MembersRemoved(event) = removed.event else { panic!("not MEMBERS_REMOVED") };
    assert_eq!(event.reason.as_deref(), Some("because"));
    for user in [&ben, &cem] {
        assert_eq!(repository.memberships(&user.id).await.expect("an answer"), vec![]);
    }
}

pub async fn removing_a_non_member_changes_nothing(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[])]).await;
    let removed = commit(repository, remove(&ann, "c", &[&ben])).await.expect("an owner");
    assert_eq!((removed.event.seq(), removed.duplicate), (Some(1), true));
}

pub async fn unknown_users_are_skipped_when_members_are_added(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[])]).await;
    let ghost = person("ghost");
    let batch = [send(&ann, "c", "m"), add(&ann, "c", &[&ghost]), add(&ann, "c", &[&ben]), send(&ben, "c", "n")];
    let results = repository.commit(batch_of(&batch), now()).await;
    let seqs: Vec<_> = results.iter().map(|result| result.as_ref().ok().and_then(|done| done.event.seq())).collect();
    assert_eq!(seqs, [Some(2), None, Some(3), Some(4)]);
    assert_eq!(clock(repository, "c").await, 4);
}

async fn role(repository: &dyn Repository, chat: &str, user: &User) -> Option<ChatRole> {
    let standing = repository.chat_access(&ChatId::from(chat), &user.id).await.expect("an answer");
    standing.expect("the chat").role
}

fn updated(outcome: &Outcome) -> Option<(Option<Seq>, UserId, ChatRole)> {
    let first = outcome.first.as_ref()?;
    let ChatEvent::MemberUpdated(event) = &first.event else { panic!("not MEMBER_UPDATED: {first:?}") };
    Some((first.event.seq(), event.user_id.clone(), event.role))
}

pub async fn a_departing_last_owner_is_succeeded_by_seniority(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    let dan = user(repository, "dan").await;
    let eve = user(repository, "eve").await;
    let appoint = |user: &User, role| change(&ann, "c", Action::SetRole { user_id: user.id.clone(), role });
    // By id dan precedes eve, who joined first.
    all(repository, [create(&ann, "c", ChatKind::Group, &[]), add(&ann, "c", &[&ben])]).await;
    all(repository, [add(&ann, "c", &[&eve]), add(&ann, "c", &[&dan]), appoint(&dan, ChatRole::Admin)]).await;
    let everybody = [&ann, &ben, &cem, &dan, &eve];
    assert_eq!(code(commit(repository, depart(&ann, "c", &[&cem, &ann])).await), Code::Conflict);
    for (actor, heir, seq) in [(&ann, Some(&dan), 6), (&dan, Some(&ben), 8), (&eve, None, 10)] {
        let gone = commit(repository, depart(actor, "c", &everybody)).await.expect("a member");
        let expected = heir.map(|heir| (Some(seq), heir.id.clone(), ChatRole::Owner));
        assert_eq!((updated(&gone), gone.event.seq()), (expected, Some(seq + u64::from(heir.is_some()))));
        assert_eq!((gone.left.clone(), role(repository, "c", actor).await), (ids(&[actor]), None));
        assert!(matches!(gone.event, ChatEvent::MembersRemoved(event) if event.by == actor.id));
    }
    assert_eq!(role(repository, "c", &ben).await, Some(ChatRole::Owner));
    let gone = commit(repository, depart(&ben, "c", &[])).await.expect("alone");
    assert_eq!((gone.ended, chat(repository, "c", &ben).await), (Some(0), None));
}

pub async fn the_last_departure_deletes_a_group_and_empties_a_channel(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    all(repository, [create(&ann, "g", ChatKind::Group, &[]), create(&ann, "c", ChatKind::Channel, &[])]).await;
    all(repository, [send(&ann, "c", "m"), depart(&ann, "g", &[]), depart(&ann, "c", &[])]).await;
    assert_eq!(chat(repository, "g", &ann).await, None);
    let left = chat(repository, "c", &ben).await.expect("a channel");
    assert_eq!((left.member_count, left.message_count, left.seq), (0, 1, 3));
    let joined = commit(repository, join(&ben, "c")).await.expect("a channel");
    let Some(ChatEvent::MembersAdded(reply)) = joined.reply else { panic!("no reply") };
    let viewer = reply.chat.and_then(|chat| chat.viewer).expect("a viewer");
    assert_eq!((viewer.my_role, reply.members[0].role), (Some(ChatRole::Owner), ChatRole::Owner));
    all(repository, [join(&cem, "c"), rename(&ben, "c", "mine")]).await;
    assert_eq!(role(repository, "c", &cem).await, Some(ChatRole::Member));
    assert_eq!(code(commit(repository, leave(&ben, "c")).await), Code::Conflict);
}

pub async fn departures_include_archived_chats_but_not_direct_ones(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[&ben]), activate(&ann, "c", false)]).await;
    all(repository, [depart(&ann, "c", &[&ben]), activate(&ben, "c", true)]).await;
    let direct = direct_chat(&ann.id, &ben.id, 0);
    all(repository, [create(&ann, &direct, ChatKind::Direct, &[&ben])]).await;
    assert_eq!(code(commit(repository, depart(&ann, &direct, &[&ben])).await), Code::Conflict);
    assert_eq!(code(commit(repository, depart(&cem, "c", &[])).await), Code::NotFound);
}
