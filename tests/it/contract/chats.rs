//! Creating, updating and deleting chats.

use pichat::domain::{Action, ChatUpdate, name_key};
use pichat::protocol::error::Code;
use pichat::protocol::{ChatEvent, ChatId, ChatKind, ChatRole, ServerRole, User};
use pichat::store::repository::Repository;

use super::scene::*;

pub async fn a_new_chat_has_its_owner_and_initial_members(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    let outcome = commit(repository, create(&ann, "c", ChatKind::Group, &[&ben])).await.expect("a new chat");
    assert_eq!((outcome.event.seq(), outcome.duplicate), (Some(1), false));
    assert_eq!(outcome.joined, ids(&[&ann, &ben]));
    let ChatEvent::NewChat(event) = outcome.reply.expect("a reply with a viewer") else { panic!("not NEW_CHAT") };
    let seen = chat(repository, "c", &ann).await.expect("the chat");
    assert_eq!(event.chat, seen);
    assert_eq!((seen.seq, seen.member_count, seen.message_count, seen.active), (1, 2, 0, true));
    for (user, role) in [(&ann, Some(ChatRole::Owner)), (&ben, Some(ChatRole::Member)), (&cem, None)] {
        let seen = chat(repository, "c", user).await.expect("the chat").viewer.expect("a viewer");
        assert_eq!((seen.my_role, seen.read_seq, seen.unread_count), (role, 0, 0));
    }
}

pub async fn a_repeated_create_returns_the_existing_chat(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 3).await;
    let again = commit(repository, named(&ann, "c", ChatKind::Channel, "other", &[])).await.expect("the same");
    assert!(again.duplicate);
    let ChatEvent::NewChat(event) = again.event else { panic!("not NEW_CHAT") };
    assert_eq!((event.seq, event.duplicate), (4, true));
    assert_eq!(Some(event.chat), chat(repository, "c", &ann).await);
    assert_eq!(repository.channel_named(&name_key("other")).await.expect("an answer"), None);
}

pub async fn another_users_chat_id_is_a_conflict(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[&ben])]).await;
    assert_eq!(code(commit(repository, create(&ben, "c", ChatKind::Group, &[])).await), Code::Conflict);
    assert_eq!(clock(repository, "c").await, 1);
}

pub async fn channel_names_are_unique_ignoring_case(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [named(&ann, "a", ChatKind::Channel, "Grüße", &[])]).await;
    for name in ["Grüße", "gRÜSSE", "gRÜẞE", "Gru\u{308}ße"] {
        let error = commit(repository, named(&ben, "b", ChatKind::Channel, name, &[])).await.expect_err("taken");
        assert_eq!((error.code, error.field.as_deref()), (Code::Conflict, Some("name")), "{name}");
    }
    all(repository, [named(&ben, "b", ChatKind::Channel, "Gruss", &[])]).await;
    assert_eq!(code(commit(repository, rename(&ben, "b", "GRÜßE")).await), Code::Conflict);
    let found = repository.channel_named(&name_key("GRÜßE")).await.expect("an answer");
    assert_eq!(found, Some("a".into()));
    all(repository, [rename(&ann, "a", "GRÜßE")]).await;
}

pub async fn confusable_channel_names_outside_ascii_conflict(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    // Cyrillic letters, except the о of the second and the о and е of the third.
    let [sport, mixed, other] = ["спорт", "спoрт", "спoрт\u{435}"];
    all(repository, [named(&ann, "a", ChatKind::Channel, sport, &[]), named(&ann, "o", ChatKind::Channel, other, &[])])
        .await;
    let refused = async |change| {
        let error = commit(repository, change).await.expect_err("a look-alike");
        assert_eq!((error.code, error.field.as_deref()), (Code::Conflict, Some("name")), "{error}");
        error.to_string()
    };
    let told = refused(named(&ben, "b", ChatKind::Channel, mixed, &[])).await;
    assert!(told.contains("looks like"), "{told}");
    refused(rename(&ann, "o", mixed)).await;
    // Applies in both directions between ASCII and other scripts, and to archived channels.
    all(repository, [named(&ben, "c", ChatKind::Channel, "sсоре", &[])]).await;
    refused(named(&ann, "d", ChatKind::Channel, "Scope", &[])).await;
    all(repository, [activate(&ben, "c", false)]).await;
    let told = refused(named(&ann, "d", ChatKind::Channel, "scope", &[])).await;
    assert!(told.contains("archived"), "{told}");
    assert_eq!(repository.channel_named("scope").await.expect("an answer"), None, "it has another name");
    // A rename frees both keys, and so does deleting the channel. A channel may be renamed to a name confusable with
    // its own.
    all(
        repository,
        [
            rename(&ann, "a", mixed),
            rename(&ann, "a", "футбол"),
            named(&ben, "b", ChatKind::Channel, mixed, &[]),
            delete(&ben, "b"),
            rename(&ann, "o", sport),
            delete(&ben, "c"),
            named(&ann, "d", ChatKind::Channel, "scope", &[]),
        ],
    )
    .await;
    // White space beside punctuation makes no other name, and a channel is found without it.
    all(repository, [named(&ben, "w", ChatKind::Channel, "general - 2", &[])]).await;
    for name in ["general-2", "general -2", "General- 2", "gеneral-2"] {
        refused(named(&ann, "x", ChatKind::Channel, name, &[])).await;
    }
    for name in ["general-2", "general  - 2"] {
        assert_eq!(repository.channel_named(name).await.expect("an answer"), Some("w".into()), "{name}");
    }
    all(repository, [rename(&ben, "w", "general-2"), delete(&ben, "w")]).await;
    // Capitals count too, because names are compared without regard to case.
    all(repository, [named(&ben, "v", ChatKind::Channel, "board", &[])]).await;
    refused(named(&ann, "x", ChatKind::Channel, "Вoard", &[])).await;
    for (id, name) in [("1", "corn"), ("2", "com"), ("3", "l1"), ("4", "ll")] {
        all(repository, [named(&ben, id, ChatKind::Channel, name, &[])]).await;
    }
}

pub async fn concurrent_confusable_names_create_one_channel(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    for (round, [one, other]) in [["gеneral", "general"], ["спорт", "спoрт"]].into_iter().enumerate() {
        let create = |user: &User, id: &str, name: &str| {
            repository.commit(batch_of(&[named(user, &format!("{id}{round}"), ChatKind::Channel, name, &[])]), now())
        };
        let (mut first, second) = tokio::join!(create(&ann, "a", one), create(&ben, "b", other));
        first.extend(second);
        let (made, refused): (Vec<_>, Vec<_>) = first.into_iter().partition(Result::is_ok);
        assert_eq!((made.len(), refused.len()), (1, 1), "{refused:?}");
        refused.into_iter().for_each(|result| assert_eq!(code(result), Code::Conflict));
    }
}

pub async fn group_names_may_repeat(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(
        repository,
        [
            named(&ann, "a", ChatKind::Channel, "same", &[]),
            named(&ben, "b", ChatKind::Group, "same", &[]),
            named(&ann, "c", ChatKind::Group, "same", &[]),
        ],
    )
    .await;
    assert_eq!(repository.channel_named("same").await.expect("an answer"), Some("a".into()));
}

pub async fn a_rename_frees_the_old_name(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(
        repository,
        [
            named(&ann, "a", ChatKind::Channel, "one", &[]),
            rename(&ann, "a", "two"),
            named(&ben, "b", ChatKind::Channel, "one", &[]),
            delete(&ann, "a"),
            rename(&ben, "b", "two"),
        ],
    )
    .await;
    assert_eq!(repository.channel_named("one").await.expect("an answer"), None);
    assert_eq!(repository.channel_named("two").await.expect("an answer"), Some("b".into()));
}

pub async fn two_channels_can_swap_names_in_one_batch(repository: &dyn Repository) {
    let [ann, _, _] = three(repository).await;
    all(repository, [named(&ann, "a", ChatKind::Channel, "one", &[]), named(&ann, "b", ChatKind::Channel, "two", &[])])
        .await;
    let swap = [rename(&ann, "a", "three"), rename(&ann, "b", "one"), rename(&ann, "a", "two")];
    for result in repository.commit(batch_of(&swap), now()).await {
        result.expect("a free name");
    }
    assert_eq!(repository.channel_named("one").await.expect("an answer"), Some("b".into()));
    assert_eq!(repository.channel_named("two").await.expect("an answer"), Some("a".into()));
    assert_eq!(repository.channel_named("three").await.expect("an answer"), None);
    assert_eq!((clock(repository, "a").await, clock(repository, "b").await), (3, 2));
}

pub async fn an_update_takes_one_tick_and_its_repeat_none(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 2).await;
    let text = |text: &str| Action::Update(ChatUpdate { description: Some(text.to_owned()), ..ChatUpdate::default() });
    let first = commit(repository, change(&ann, "c", text("about"))).await.expect("an update");
    assert_eq!((first.event.seq(), first.duplicate), (Some(4), false));
    let again = commit(repository, change(&ann, "c", text("about"))).await.expect("the same");
    assert_eq!((again.event.seq(), again.duplicate), (Some(4), true));
    let ChatEvent::ChatUpdated(event) = first.event else { panic!("not CHAT_UPDATED") };
    let seen = chat(repository, "c", &ben).await.expect("the chat");
    assert_eq!(seen.description.as_deref(), Some("about"));
    assert_eq!(pichat::protocol::Chat { viewer: None, ..seen }, event.chat);
    all(repository, [change(&ann, "c", text(""))]).await;
    assert_eq!(chat(repository, "c", &ben).await.expect("the chat").description, None);
}

pub async fn only_owners_and_admins_can_update_a_chat(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    all(repository, [create(&ann, "g", ChatKind::Group, &[&ben]), create(&ann, "c", ChatKind::Channel, &[&ben])]).await;
    assert_eq!(code(commit(repository, rename(&ben, "g", "x")).await), Code::Forbidden);
    assert_eq!(code(commit(repository, rename(&cem, "g", "x")).await), Code::NotFound);
    assert_eq!(code(commit(repository, rename(&cem, "c", "x")).await), Code::Forbidden);
    assert_eq!(code(commit(repository, rename(&ann, "none", "x")).await), Code::NotFound);
}

pub async fn an_archived_chat_is_read_only_until_reopened(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Channel, &[&ben]), activate(&ann, "c", false)]).await;
    let refused = [
        send(&ann, "c", "m"),
        rename(&ann, "c", "x"),
        activate(&ann, "c", false),
        join(&cem, "c"),
        add(&ann, "c", &[&cem]),
        remove(&ann, "c", &[&ben]),
    ];
    for change in refused {
        let shown = format!("{change:?}");
        assert_eq!(code(commit(repository, change).await), Code::Conflict, "{shown}");
    }
    assert_eq!(clock(repository, "c").await, 2);
    all(repository, [leave(&ben, "c"), activate(&ann, "c", true), send(&ann, "c", "m"), join(&cem, "c")]).await;
    assert_eq!(clock(repository, "c").await, 6);
}

pub async fn stored_items_are_counted(repository: &dyn Repository) {
    let before = repository.totals().await.expect("an answer");
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 3).await;
    talk(repository, "d", &[&ann, &ben], 1).await;
    let emoji = [("m2", "👍"), ("m3", "👍"), ("m3", "🦀"), ("m4", "👍")];
    all(repository, emoji.map(|(message, emoji)| react(&ben, "c", message, emoji, true))).await;
    all(repository, [react(&ann, "c", "m2", "👍", true), react(&ben, "d", "m2", "🦀", true)]).await;
    all(repository, [erase(&ann, "c", "m4"), react(&ben, "c", "m3", "🦀", false), delete(&ann, "d")]).await;
    let after = repository.totals().await.expect("an answer");
    assert_eq!((after.users - before.users, after.chats, after.messages), (3, 1, 2));
    assert_eq!(after.reactions.into_iter().collect::<Vec<_>>(), [("👍".to_owned(), 3)]);
    assert_eq!(repository.chats_ever_joined(&ben.id).await.expect("an answer"), ["c".into()]);
    let own = repository.reactions_in(&"c".into(), &ben.id).await.expect("an answer");
    assert_eq!(own.iter().map(|own| (&*own.message, &*own.emoji)).collect::<Vec<_>>(), [("m2", "👍"), ("m3", "👍")]);
}

pub async fn only_an_owner_or_server_admin_can_delete_a_chat(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    let root = User { role: ServerRole::Admin, ..person("root") };
    let root = kept(repository, &root).await;
    for name in ["a", "b"] {
        all(repository, [create(&ann, name, ChatKind::Group, &[&ben])]).await;
    }
    assert_eq!(code(commit(repository, delete(&ben, "a")).await), Code::Forbidden);
    assert_eq!(code(commit(repository, delete(&cem, "a")).await), Code::NotFound);
    let outcomes = all(repository, [delete(&ann, "a"), delete(&root, "b")]).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome.event, ChatEvent::ChatDeleted(_))));
    assert_eq!(code(commit(repository, delete(&root, "b")).await), Code::NotFound);
}

pub async fn a_deleted_chat_leaves_no_data(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 5).await;
    all(repository, [delete(&ann, "c")]).await;
    let id = ChatId::from("c");
    assert_eq!(chat(repository, "c", &ann).await, None);
    assert_eq!(repository.chat_access(&id, &ann.id).await.expect("an answer"), None);
    assert_eq!(
        repository.history(&query("c", pichat::store::repository::Window::Newest, 9)).await.expect("an answer"),
        None
    );
    assert_eq!(repository.message(&id, &"m2".into()).await.expect("an answer"), None);
    assert_eq!(repository.changes(&id, &ann.id, 0, 9).await.expect("an answer"), None);
    assert_eq!(repository.members(&id, None, 9).await.expect("an answer").items, vec![]);
    assert_eq!(repository.memberships(&ben.id).await.expect("an answer"), vec![]);
    assert_eq!(code(commit(repository, send(&ann, "c", "m9")).await), Code::NotFound);
}

pub async fn chats_are_hidden_from_users_without_access(repository: &dyn Repository) {
    let [ann, _, cem] = three(repository).await;
    all(repository, [create(&ann, "hidden", ChatKind::Group, &[])]).await;
    for wish in [
        send,
        |user: &User, chat: &str, _: &str| leave(user, chat),
        |user: &User, chat: &str, _: &str| join(user, chat),
    ] {
        let hidden = commit(repository, wish(&cem, "hidden", "m")).await.expect_err("a refusal");
        let absent = commit(repository, wish(&cem, "absent", "m")).await.expect_err("a refusal");
        assert_eq!(hidden.message.replace("hidden", "absent"), absent.message);
        assert_eq!((hidden.code, hidden.field), (Code::NotFound, absent.field));
    }
}

pub async fn a_direct_chat_shows_its_peer_and_cannot_be_updated(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    all(repository, [named(&ann, "c", ChatKind::Direct, "", &[&ben]), send(&ann, "c", "m")]).await;
    for (user, other) in [(&ann, &ben), (&ben, &ann)] {
        let seen = chat(repository, "c", user).await.expect("the chat");
        assert_eq!(seen.viewer.and_then(|viewer| viewer.peer).as_ref(), Some(other));
    }
    for change in [rename(&ann, "c", "x"), add(&ann, "c", &[&cem]), remove(&ann, "c", &[&ben]), leave(&ann, "c")] {
        let shown = format!("{change:?}");
        assert_eq!(code(commit(repository, change).await), Code::Conflict, "{shown}");
    }
    assert_eq!(code(commit(repository, delete(&cem, "c")).await), Code::NotFound);
    all(repository, [delete(&ben, "c")]).await;
}

pub async fn a_repeated_join_reports_unread_counts(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Channel, &[&ben]), send(&ann, "c", "m"), send(&ben, "c", "n")]).await;
    let again = commit(repository, join(&ben, "c")).await.expect("already a member");
    let ChatEvent::MembersAdded(event) = again.event else { panic!("not MEMBERS_ADDED") };
    assert!(again.duplicate && event.duplicate && event.members.is_empty());
    assert_eq!(event.chat, chat(repository, "c", &ben).await);
    assert_eq!(event.chat.and_then(|chat| chat.viewer).map(|viewer| viewer.unread_count), Some(1));
}
