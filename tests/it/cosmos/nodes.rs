//! Several nodes on one account.

use pichat::domain::Action;
use pichat::protocol::error::Code;
use pichat::protocol::{ChatId, ChatKind, User};
use pichat::store::cosmos::CosmosRepository;
use pichat::store::repository::{Account, Accounts, Repository, Window};

use crate::contract::scene::*;
use crate::support::emulator;

async fn nodes() -> [CosmosRepository; 2] {
    let account = tokio::task::spawn_blocking(emulator::account).await.expect("an account");
    let open = || CosmosRepository::open(&account);
    let first = open().await.expect("new containers");
    [first, open().await.expect("the same containers")]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stale_cache_does_not_reject_other_nodes_changes() {
    let [one, other] = nodes().await;
    let [ann, ben, cem] = three(&one).await;
    all(&one, [create(&ann, "c", ChatKind::Group, &[&ben])]).await;
    assert_eq!(code(commit(&other, send(&cem, "c", "early")).await), Code::NotFound);
    all(&one, [add(&ann, "c", &[&cem])]).await;
    all(&other, [send(&cem, "c", "in")]).await;
    all(&one, [remove(&ann, "c", &[&cem]), send(&ben, "c", "he is out")]).await;
    assert_eq!(code(commit(&other, send(&cem, "c", "late")).await), Code::NotFound);
    all(&other, [delete(&ann, "c")]).await;
    assert_eq!(code(commit(&one, send(&ann, "c", "gone")).await), Code::NotFound);
    for node in [&one, &other] {
        assert_eq!(code(commit(node, create(&ann, "c", ChatKind::Group, &[])).await), Code::Conflict);
        assert_eq!(node.memberships(&ann.id).await.expect("an answer"), vec![]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ban_of_a_non_member_applies_on_every_node() {
    let [one, other] = nodes().await;
    let [ann, _, cem] = three(&one).await;
    all(&one, [create(&ann, "c", ChatKind::Channel, &[]), send(&ann, "c", "m")]).await;
    // From here on this node has cached that he is not a member.
    assert_eq!(code(commit(&other, send(&cem, "c", "early")).await), Code::Forbidden);
    let ban = Action::Ban { user_id: cem.id.clone(), reason: None, until: None };
    all(&one, [change(&ann, "c", ban)]).await;
    all(&other, [edit(&ann, "c", "m", "edited")]).await;
    assert_eq!(code(commit(&other, join(&cem, "c")).await), Code::Forbidden);
    let access = one.chat_access(&"c".into(), &cem.id).await.expect("an answer").expect("a channel");
    assert!(access.ban.is_some() && access.role.is_none(), "{access:?}");
    let unban = Action::Unban { user_id: cem.id.clone(), reason: None };
    all(&one, [change(&ann, "c", unban)]).await;
    all(&other, [edit(&ann, "c", "m", "edited again"), join(&cem, "c")]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_name_claimed_concurrently_has_one_winner() {
    let [one, other] = nodes().await;
    let [ann, ben, _] = three(&one).await;
    for round in 0..8 {
        let name = format!("wanted {round}");
        let a = format!("a{round}");
        let b = format!("b{round}");
        let wish = |user: &User, chat: &str| named(user, chat, ChatKind::Channel, &name, &[]);
        let (first, second) = tokio::join!(commit(&one, wish(&ann, &a)), commit(&other, wish(&ben, &b)));
        assert_eq!([&first, &second].iter().filter(|result| result.is_ok()).count(), 1, "{first:?} {second:?}");
        let winner = if first.is_ok() { a } else { b };
        assert_eq!(one.channel_named(&name).await.expect("an answer"), Some(winner.as_str().into()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_username_claimed_concurrently_has_one_winner() {
    let [one, other] = nodes().await;
    for round in 0..8 {
        let name = format!("wanted{round}");
        let named = |id: &str| Account::new(User { id: format!("{id}{round}").into(), ..person(&name) });
        let first = named("a");
        let second = named("b");
        let made = tokio::join!(one.create_account(&first), other.create_account(&second));
        let winners = [&made.0, &made.1].into_iter().filter(|result| result.is_ok()).count();
        assert_eq!(winners, 1, "{made:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_beyond_one_batch_are_added_with_one_tick() {
    let [one, other] = nodes().await;
    let [ann, ..] = three(&one).await;
    let mut many = vec![];
    for index in 0..200 {
        many.push(user(&one, &format!("user{index:03}")).await);
    }
    let many: Vec<&User> = many.iter().collect();
    all(&one, [create(&ann, "c", ChatKind::Group, &many[..150])]).await;
    let members = other.members(&ChatId::from("c"), None, 500).await.expect("an answer").items;
    assert_eq!(members.len(), 151);
    let told = all(&other, [add(&ann, "c", &many), remove(&ann, "c", &many[..120])]).await;
    assert_eq!(told.iter().map(|outcome| outcome.event.seq()).collect::<Vec<_>>(), [Some(2), Some(3)]);
    assert_eq!(told[0].joined.len(), 50);
    let changes = one.changes(&ChatId::from("c"), &ann.id, 1, 9).await.expect("an answer").expect("a member");
    assert_eq!((changes.seq, changes.members.map(|members| members.items.len())), (3, Some(81)));
    assert_eq!(one.memberships(&many[119].id).await.expect("an answer"), vec![]);
    assert_eq!(one.memberships(&many[120].id).await.expect("an answer"), [ChatId::from("c")]);
    all(&one, [send(many[150], "c", "m")]).await;
    assert_eq!(history(&other, query("c", Window::Newest, 9)).await.seq, 4);
}
