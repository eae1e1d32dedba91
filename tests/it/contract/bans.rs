//! Roles and bans in a chat.

use pichat::domain::{Action, Change};
use pichat::protocol::error::{Code, Error};
use pichat::protocol::{ChatEvent, ChatId, ChatKind, ChatRole, Timestamp, User};
use pichat::store::repository::{ChatScope, ChatsFrom, ChatsQuery, Repository};

use super::scene::*;

fn set_role(actor: &User, chat: &str, user: &User, role: ChatRole) -> Change {
    change(actor, chat, Action::SetRole { user_id: user.id.clone(), role })
}

fn ban(actor: &User, chat: &str, user: &User, until: Option<Timestamp>) -> Change {
    change(actor, chat, Action::Ban { user_id: user.id.clone(), reason: Some("too loud".into()), until })
}

fn unban(actor: &User, chat: &str, user: &User) -> Change {
    change(actor, chat, Action::Unban { user_id: user.id.clone(), reason: None })
}

async fn role(repository: &dyn Repository, chat: &str, user: &User) -> Option<ChatRole> {
    let standing = repository.chat_access(&ChatId::from(chat), &user.id).await.expect("an answer");
    standing.expect("the chat").role
}

pub async fn only_an_owner_can_set_roles(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[&ben])]).await;
    assert_eq!(code(commit(repository, set_role(&ben, "c", &ben, ChatRole::Admin)).await), Code::Forbidden);
    assert_eq!(code(commit(repository, set_role(&cem, "c", &ben, ChatRole::Admin)).await), Code::NotFound);
    assert_eq!(code(commit(repository, set_role(&ann, "c", &cem, ChatRole::Admin)).await), Code::NotFound);
    let given = commit(repository, set_role(&ann, "c", &ben, ChatRole::Admin)).await.expect("an owner");
    let ChatEvent::MemberUpdated(event) = given.event else { panic!("not MEMBER_UPDATED") };
    assert_eq!((event.seq, &event.user_id, event.role, &event.by), (2, &ben.id, ChatRole::Admin, &ann.id));
    assert_eq!(role(repository, "c", &ben).await, Some(ChatRole::Admin));
    let again = commit(repository, set_role(&ann, "c", &ben, ChatRole::Admin)).await.expect("already set");
    assert_eq!((again.event.seq(), again.duplicate), (Some(2), true));
    let changes = repository.changes(&ChatId::from("c"), &ben.id, 1, 9).await.expect("an answer").expect("a member");
    let members = changes.members.expect("membership has changed");
    let roles: Vec<_> = members.items.iter().map(|member| (&member.user.id, member.role)).collect();
    assert_eq!(roles, [(&ann.id, ChatRole::Owner), (&ben.id, ChatRole::Admin)]);
    assert_eq!(changes.chat.and_then(|chat| chat.viewer?.my_role), Some(ChatRole::Admin));
}

pub async fn the_last_owner_must_transfer_ownership_first(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[&ben])]).await;
    assert_eq!(code(commit(repository, set_role(&ann, "c", &ann, ChatRole::Member)).await), Code::Conflict);
    let handed_over =
        [set_role(&ann, "c", &ben, ChatRole::Owner), set_role(&ann, "c", &ann, ChatRole::Member), leave(&ann, "c")];
    for result in repository.commit(batch_of(&handed_over), now()).await {
        result.expect("an allowed change");
    }
    assert_eq!(code(commit(repository, set_role(&ben, "c", &ben, ChatRole::Admin)).await), Code::Conflict);
    all(repository, [leave(&ben, "c")]).await;
}

pub async fn a_ban_removes_the_member_and_prevents_rejoining(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    for (chat, kind) in [("c", ChatKind::Channel), ("g", ChatKind::Group)] {
        all(repository, [create(&ann, chat, kind, &[&ben])]).await;
        let banned = commit(repository, ban(&ann, chat, &ben, None)).await.expect("an owner");
        assert_eq!((banned.event.seq(), banned.left.clone()), (Some(2), ids(&[&ben])));
        let ChatEvent::MemberBanned(event) = banned.event else { panic!("not MEMBER_BANNED") };
        assert_eq!((event.reason.as_deref(), event.until, &event.user_id), (Some("too loud"), None, &ben.id));
        assert!(!repository.memberships(&ben.id).await.expect("an answer").contains(&ChatId::from(chat)));
        let standing =
            repository.chat_access(&ChatId::from(chat), &ben.id).await.expect("an answer").expect("the chat");
        assert_eq!((standing.role, standing.chat.member_count), (None, 1));
        assert_eq!(standing.ban.expect("a ban").by, ann.id);
        assert_eq!(code(commit(repository, add(&ann, chat, &[&ben])).await), Code::Forbidden);
        let again = commit(repository, ban(&ann, chat, &ben, None)).await.expect("already set");
        assert_eq!((again.event.seq(), again.duplicate), (Some(2), true));
    }
    for barred in [join(&ben, "c"), leave(&ben, "c"), send(&ben, "c", "m")] {
        assert_eq!(code(commit(repository, barred).await), Code::Forbidden);
    }
    assert_eq!(code(commit(repository, join(&ben, "g")).await), Code::NotFound);
    let pardoned = commit(repository, unban(&ann, "c", &ben)).await.expect("an owner");
    assert_eq!((pardoned.event.seq(), pardoned.duplicate), (Some(3), false));
    let again = commit(repository, unban(&ann, "c", &ben)).await.expect("already set");
    assert_eq!((again.event.seq(), again.duplicate), (Some(3), true));
    all(repository, [join(&ben, "c"), send(&ben, "c", "m")]).await;
}

pub async fn an_expired_ban_has_no_effect(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Channel, &[&ben])]).await;
    let soon = Timestamp::from_millis(now().millis() + 500);
    all(repository, [ban(&ann, "c", &ben, Some(soon)), ban(&ann, "c", &cem, Some(soon))]).await;
    assert_eq!(code(commit(repository, join(&ben, "c")).await), Code::Forbidden);
    let joined = repository.commit(batch_of(&[join(&ben, "c"), add(&ann, "c", &[&cem])]), soon).await;
    let seqs: Vec<_> = joined.into_iter().map(|result| result.expect("no ban any more").event.seq()).collect();
    assert_eq!(seqs, [Some(4), Some(5)]);
    let standing = repository.chat_access(&ChatId::from("c"), &ben.id).await.expect("an answer").expect("the chat");
    assert_eq!((standing.role, standing.ban, standing.chat.member_count), (Some(ChatRole::Member), None, 3));
}

pub async fn a_user_can_be_banned_before_joining(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "g", ChatKind::Group, &[])]).await;
    let banned = commit(repository, ban(&ann, "g", &ben, None)).await.expect("an owner");
    assert_eq!((banned.event.seq(), banned.left), (Some(2), vec![]));
    assert_eq!(code(commit(repository, leave(&ben, "g")).await), Code::NotFound);
    assert_eq!(code(commit(repository, add(&ann, "g", &[&ben])).await), Code::Forbidden);
    let longer = Timestamp::from_millis(now().millis() + 1_000_000);
    let changed = commit(repository, ban(&ann, "g", &ben, Some(longer))).await.expect("another term");
    assert_eq!((changed.event.seq(), changed.duplicate), (Some(3), false));
    assert_eq!(chat(repository, "g", &ann).await.map(|chat| chat.member_count), Some(1));
}

pub async fn ban_permission_depends_on_both_roles(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    let dan = user(repository, "dan").await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[&ben, &cem, &dan])]).await;
    all(repository, [set_role(&ann, "c", &ben, ChatRole::Admin), set_role(&ann, "c", &cem, ChatRole::Admin)]).await;
    for (actor, other) in [(&ben, &ann), (&ben, &cem), (&ben, &ben), (&dan, &cem), (&ann, &ann)] {
        let refused = code(commit(repository, ban(actor, "c", other, None)).await);
        assert_eq!(refused, Code::Forbidden, "{} bans {}", actor.username, other.username);
    }
    assert_eq!(code(commit(repository, unban(&dan, "c", &ben)).await), Code::Forbidden);
    all(repository, [ban(&ben, "c", &dan, None), ban(&ann, "c", &cem, None)]).await;
    all(repository, [activate(&ann, "c", false)]).await;
    assert_eq!(code(commit(repository, unban(&ann, "c", &dan)).await), Code::Conflict);
}

pub async fn channels_are_not_listed_for_banned_users(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let until = Timestamp::from_millis(now().millis() + 1_000);
    for name in ["a", "b", "c"] {
        all(repository, [create(&ann, name, ChatKind::Channel, &[])]).await;
    }
    all(repository, [ban(&ann, "a", &ben, Some(until)), ban(&ann, "c", &ben, None)]).await;
    for (now, listed) in [(now(), &["b"][..]), (until, &["b", "a"])] {
        let scope = ChatScope::Public;
        let user = ben.id.clone();
        let query = ChatsQuery { user, scope, search: None, from: ChatsFrom::Newest, limit: 2, now };
        let page = repository.chats(&query).await.expect("an answer");
        let ids: Vec<&str> = page.items.iter().map(|chat| &*chat.id).collect();
        assert_eq!((ids.as_slice(), page.more), (listed, false));
    }
}

pub async fn a_bot_cannot_join_while_its_owner_is_banned(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    let bot = user(repository, "bot").await;
    all(repository, [create(&ann, "c", ChatKind::Channel, &[])]).await;
    let joins = |owners: &[&User]| change(&bot, "c", Action::Join { owners: ids(owners) });
    let ban = |until| Action::Ban { user_id: ben.id.clone(), reason: None, until };
    // The ban committed first wins, whatever was looked up before.
    let mut results = repository.commit([change(&ann, "c", ban(None)), joins(&[&cem, &ben])].into(), now()).await;
    let refused = results.pop().expect("two results").expect_err("its owner is banned");
    let refused = Error::from(refused);
    assert_eq!((refused.code, refused.field.as_deref()), (Code::Forbidden, Some("chatId")));
    assert_eq!(code(commit(repository, joins(&[&ben])).await), Code::Forbidden);
    commit(repository, joins(&[&cem])).await.expect("another's bot");
    all(repository, [leave(&bot, "c"), change(&ann, "c", Action::Unban { user_id: ben.id.clone(), reason: None })])
        .await;
    commit(repository, joins(&[&ben])).await.expect("no ban any more");
}
