//! The scrub: accepts sound records despite concurrent changes, and reports every injected damage.

use pichat::protocol::ChatKind;
use pichat::store::repository::Repository;
use pichat::store::scrub::{self, ScrubPlace};

use super::stores::{Store, fill};
use crate::contract::scene::{commit, create, person, say};

/// Records that may be read beyond the bound of a step: a page, and the files of its messages.
const PAGE: usize = 400;

/// The findings of a whole pass, in steps of a number of records.
async fn pass(repository: &dyn Repository, records: usize) -> Vec<String> {
    let mut place = ScrubPlace::default();
    let mut found = vec![];
    loop {
        let step = scrub::step(repository, place, records).await.expect("an answer");
        assert!(step.records <= records + PAGE, "{} records", step.records);
        let kept = serde_json::to_string(&step.place).expect("JSON");
        place = serde_json::from_str(&kept).expect("a place");
        assert_eq!(place, step.place, "a position is stored unchanged");
        found.extend(step.findings);
        if place.is_between_passes() {
            assert_eq!(place.problems(), found.len() as u64);
            return found;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scrubbing_finds_no_damage_in_any_store() {
    for store in Store::all().await {
        let repository = fill(&store).await;
        for records in [1, 3, 2000] {
            assert_eq!(pass(&*repository, records).await, [""; 0], "in steps of {records}");
        }
        for chat in ["zoo", "a-chat"] {
            commit(&*repository, create(&person("ann"), chat, ChatKind::Group, &[])).await.expect("a chat");
        }
        let chats = repository.every_chat(None, 9).await.expect("an answer");
        assert!(
            chats.is_sorted() && ["a-chat", "den", "zoo"].iter().all(|id| chats.contains(&(*id).into())),
            "{chats:?}"
        );
        assert!(!chats.contains(&"gone".into()), "{chats:?}");
        assert_eq!(repository.every_chat(chats.first(), 1).await.expect("an answer"), chats[1..2]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chats_changing_during_a_scrub_are_not_reported() {
    let store = Store::sqlite();
    let repository = fill(&store).await;
    let mut place = ScrubPlace::default();
    for number in 0..200 {
        let step = scrub::step(&*repository, place, 1).await.expect("an answer");
        assert_eq!(step.findings, [""; 0]);
        place = step.place;
        commit(&*repository, say(&person("ann"), "den", &format!("late-{number}"), "more")).await.expect("a message");
    }
    assert_eq!(place.problems(), 0);
}

/// A statement that causes damage, and the expected finding.
const DAMAGE: [(&str, &str); 5] = [
    ("UPDATE chats SET message_count = message_count + 1 WHERE id = 'den'", "messages, and there are"),
    ("UPDATE chats SET pinned = '[\"nothing\"]' WHERE id = 'den'", "the pinned message nothing does not exist"),
    (
        "UPDATE messages SET attachments = '[{\"id\":\"lost\",\"url\":\"/files/lost\",\"name\":\"a\",\"size\":1,\"mimeType\":\"text/plain\"}]' \
         WHERE chat_id = 'den' AND id = 'rich'",
        "chat den: message rich: its file lost has no record",
    ),
    ("UPDATE members SET read_seq = 100000 WHERE user_id = 'id-of-ben'", "readSeq 100000 of id-of-ben is beyond"),
    ("DELETE FROM members WHERE chat_id = 'den' AND user_id = 'id-of-ben'", "members, and there are 2"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scrubbing_detects_damage_to_a_sqlite_file() {
    let store = Store::sqlite();
    drop(fill(&store).await);
    let path = store.folder.path().join("pichat.db");
    let sound = std::fs::read(&path).expect("the database");
    let unreadable = [("UPDATE messages SET reactions = '[' WHERE chat_id = 'den' AND id = 'rich'", "cannot be read")];
    for (statement, words) in DAMAGE.into_iter().chain(unreadable) {
        std::fs::write(&path, &sound).expect("the database");
        let database = rusqlite::Connection::open(&path).expect("the database");
        database.execute_batch("PRAGMA foreign_keys = OFF").expect("a setting");
        database.execute_batch(statement).expect(statement);
        drop(database);
        let repository = store.open().await;
        let found = pass(&*repository, 7).await;
        assert!(found.iter().any(|finding| finding.contains(words)), "{words:?} after {statement}: {found:?}");
    }
}

#[cfg(feature = "postgres")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scrubbing_detects_damage_to_a_postgres_database() {
    let Some(store) = Store::postgres().await else { return };
    let repository = fill(&store).await;
    for (statement, words) in DAMAGE {
        store.damage(statement).await;
        let found = pass(&*repository, 7).await;
        assert!(found.iter().any(|finding| finding.contains(words)), "{words:?} after {statement}: {found:?}");
    }
}
