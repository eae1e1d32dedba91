//! Pages of chats and members.

use pichat::protocol::{ChatId, ChatKind, ChatRole, Timestamp, User, UserId};
use pichat::store::repository::{ChatScope, ChatsFrom, ChatsQuery, Repository};

use super::scene::*;

fn list(user: &User, scope: ChatScope, limit: usize) -> ChatsQuery {
    ChatsQuery { user: user.id.clone(), scope, search: None, from: ChatsFrom::Newest, limit, now: now() }
}

async fn names(repository: &dyn Repository, query: ChatsQuery) -> (Vec<String>, bool) {
    let page = repository.chats(&query).await.expect("an answer");
    for item in &page.items {
        assert_eq!(
            chat(repository, &item.id, &User { id: query.user.clone(), ..person("asker") }).await.as_ref(),
            Some(item)
        );
    }
    (page.items.iter().map(|chat| chat.id.to_string()).collect(), page.more)
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

pub async fn chats_are_ordered_by_activity_then_id(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let at = now();
    let batch: Vec<_> = ["c", "a", "b"].map(|name| create(&ann, name, ChatKind::Channel, &[&ben])).into();
    repository.commit(batch_of(&batch), at).await;
    for scope in [ChatScope::Mine, ChatScope::Public] {
        assert_eq!(names(repository, list(&ben, scope, 9)).await, (words("a b c"), false));
    }
    all(repository, [send(&ann, "b", "m")]).await;
    for scope in [ChatScope::Mine, ChatScope::Public] {
        assert_eq!(names(repository, list(&ben, scope, 9)).await, (words("b a c"), false));
    }
}

pub async fn chat_pages_continue_after_the_last_chat(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let start = now().millis();
    for index in 0..10 {
        let batch = [create(&ann, &format!("c{index}"), ChatKind::Channel, &[&ben])];
        repository
            .commit(batch_of(&batch), Timestamp::from_millis(start - index / 3))
            .await
            .remove(0)
            .expect("a new chat");
    }
    for scope in [ChatScope::Mine, ChatScope::Public] {
        let mut seen = vec![];
        let mut from = ChatsFrom::Newest;
        loop {
            let query = ChatsQuery { from: from.clone(), ..list(&ben, scope, 4) };
            let page = repository.chats(&query).await.expect("an answer");
            seen.extend(page.items.iter().map(|chat| chat.id.to_string()));
            let last = page.items.last().expect("a chat");
            from = from.past(last.updated_at, &last.id);
            all(repository, [send(&ann, "c0", &format!("{scope:?}{}", seen.len()))]).await;
            if !page.more {
                break;
            }
        }
        assert_eq!(seen, words("c0 c1 c2 c3 c4 c5 c6 c7 c8 c9"));
    }
}

pub async fn scopes_select_own_public_and_archived_chats(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    all(
        repository,
        [
            create(&ann, "open", ChatKind::Channel, &[]),
            create(&ann, "closed", ChatKind::Channel, &[&ben]),
            activate(&ann, "closed", false),
            create(&ann, "group", ChatKind::Group, &[&ben]),
            create(&ann, "old", ChatKind::Group, &[&ben]),
            activate(&ann, "old", false),
            create(&ann, "gone", ChatKind::Group, &[&ben]),
            leave(&ben, "gone"),
        ],
    )
    .await;
    assert_eq!(names(repository, list(&ben, ChatScope::Mine, 9)).await.0, words("group"));
    assert_eq!(names(repository, list(&ben, ChatScope::Public, 9)).await.0, words("open"));
    assert_eq!(names(repository, list(&ben, ChatScope::Archived, 9)).await.0, words("old closed"));
    assert_eq!(names(repository, list(&cem, ChatScope::Archived, 9)).await.0, words(""));
    assert_eq!(names(repository, list(&cem, ChatScope::Public, 9)).await.0, words("open"));
}

pub async fn chat_search_ignores_case(repository: &dyn Repository) {
    let [ann, _, _] = three(repository).await;
    for (id, name) in [("a", "Große Übersicht"), ("b", "100% grob"), ("c", "ÜBER_uns")] {
        all(repository, [named(&ann, id, ChatKind::Channel, name, &[])]).await;
    }
    for scope in [ChatScope::Mine, ChatScope::Public] {
        for (search, found) in [("über", "c a"), ("GRO", "b a"), ("%", "b"), ("_", "c"), ("none", "")] {
            let query = ChatsQuery { search: Some(search.to_owned()), ..list(&ann, scope, 9) };
            assert_eq!(names(repository, query).await.0, words(found), "{search}");
        }
    }
}

pub async fn members_are_paged_by_id(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    let dan = user(repository, "dan").await;
    all(repository, [create(&ben, "c", ChatKind::Group, &[&dan, &ann, &cem]), leave(&cem, "c")]).await;
    let id = ChatId::from("c");
    let first = repository.members(&id, None, 2).await.expect("an answer");
    assert_eq!(first.items.iter().map(|member| member.user.clone()).collect::<Vec<_>>(), [ann, ben.clone()]);
    assert_eq!((first.more, first.items[1].role), (true, ChatRole::Owner));
    let second = repository.members(&id, Some(&ben.id), 2).await.expect("an answer");
    assert_eq!(second.items.iter().map(|member| member.user.clone()).collect::<Vec<_>>(), [dan]);
    assert!(!second.more);
}

pub async fn memberships_list_the_users_chats(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(
        repository,
        [
            create(&ann, "a", ChatKind::Group, &[&ben]),
            create(&ann, "b", ChatKind::Channel, &[]),
            create(&ann, "d", ChatKind::Group, &[&ben]),
            leave(&ben, "d"),
            join(&ben, "b"),
            activate(&ann, "a", false),
        ],
    )
    .await;
    let mut found = repository.memberships(&ben.id).await.expect("an answer");
    found.sort();
    assert_eq!(found, [ChatId::from("a"), ChatId::from("b")]);
}

pub async fn contacts_are_those_one_shares_a_chat_with(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    let dan = user(repository, "dan").await;
    let changes = [
        create(&ann, "a", ChatKind::Group, &[&ben, &cem]),
        create(&dan, "b", ChatKind::Channel, &[]),
        leave(&cem, "a"),
        activate(&ann, "a", false),
    ];
    all(repository, changes).await;
    let others = [&cem, &ben, &dan].map(|user| user.id.clone());
    let unknown = UserId::from("nobody");
    let asked: Vec<UserId> = others.into_iter().chain([unknown, UserId::from("")]).collect();
    let contacts = async |user: &User| repository.contacts(&user.id, &asked).await.expect("an answer");
    assert_eq!(
        contacts(&ann).await,
        std::slice::from_ref(&ben.id),
        "an archived chat is shared, a chat that one has left is not"
    );
    assert_eq!(contacts(&dan).await, std::slice::from_ref(&dan.id));
    all(repository, [join(&ann, "b")]).await;
    let mut found = contacts(&ann).await;
    found.sort();
    assert_eq!(found, [ben.id.clone(), dan.id.clone()]);
    assert_eq!(contacts(&cem).await, []);
    assert_eq!(repository.contacts(&ann.id, &[]).await.expect("an answer"), []);
}

pub async fn chat_access_reports_the_role(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 2).await;
    for (user, role) in [(&ann, Some(ChatRole::Owner)), (&ben, Some(ChatRole::Member)), (&cem, None)] {
        let found = repository.chat_access(&ChatId::from("c"), &user.id).await.expect("an answer").expect("the chat");
        assert_eq!((found.role, found.chat.seq), (role, 3));
        assert_eq!((found.chat.viewer, found.chat.last_message), (None, None));
    }
    assert_eq!(repository.chat_access(&ChatId::from("none"), &ann.id).await.expect("an answer"), None);
}
