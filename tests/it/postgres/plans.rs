//! Query plans in a new database without table statistics.

use std::time::Duration;

use pichat::protocol::ChatKind;
use pichat::store::postgres::PostgresRepository;
use pichat::store::repository::{HistoryQuery, ReadCursors, Window};
use tokio::time::sleep;
use tokio_postgres::Client;

use crate::contract::scene::*;
use crate::support::postgres::shared;

/// The number of index scans reported by sessions, which report after some idle time.
pub async fn looks(client: &Client, index: &str) -> i64 {
    let question = "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelid = $1::text::regclass";
    client.query_one(question, &[&index]).await.expect("an index").get(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn message_lookups_by_id_use_an_index() {
    let Some(server) = shared().await else { return };
    let place = server.place().await;
    let repository = PostgresRepository::open(&place).await.expect("an empty schema");
    let [ann, ben, _] = three(&repository).await;
    all(&repository, [create(&ann, "c", ChatKind::Group, &[&ben])]).await;
    for number in 0..20 {
        all(&repository, [send(&ann, "c", &format!("m{number}"))]).await;
    }
    let client = server.connect_in(&place).await;
    let mut tries = 0;
    while looks(&client, "messages_chat_id_id_key").await < 20 {
        tries += 1;
        assert!(tries < 600, "twenty message lookups did not use the index");
        sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_of_one_sender_use_the_sender_index() {
    let Some(server) = shared().await else { return };
    let place = server.place().await;
    let repository = PostgresRepository::open(&place).await.expect("an empty schema");
    let [ann, ben, _] = three(&repository).await;
    all(&repository, [create(&ann, "c", ChatKind::Group, &[&ben])]).await;
    all(&repository, (0..300).map(|number| send(&ann, "c", &format!("m{number}")))).await;
    all(&repository, [send(&ben, "c", "rare")]).await;
    let client = server.connect_in(&place).await;
    let begun = looks(&client, "messages_by_sender").await;
    for _ in 0..20 {
        let asked = HistoryQuery { sender: Some(ben.id.clone()), ..query("c", Window::Newest, 50) };
        assert_eq!(history(&repository, asked).await.messages.len(), 1);
    }
    let mut tries = 0;
    while looks(&client, "messages_by_sender").await < begun + 20 {
        tries += 1;
        assert!(tries < 600, "twenty pages of one sender did not use the index");
        sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deletions_are_counted_per_block() {
    let Some(server) = shared().await else { return };
    let place = server.place().await;
    let repository = PostgresRepository::open(&place).await.expect("an empty schema");
    let [ann, ben, cem] = three(&repository).await;
    all(&repository, [create(&ann, "c", ChatKind::Group, &[&ben, &cem])]).await;
    let client = server.connect_in(&place).await;
    // Every 35th position is a message, so that there are many sparse blocks.
    let insert = "INSERT INTO messages (chat_id, seq, id, updated_seq, sender_id, role, content, content_key, created_at, \
        ordinal, own_ordinal) SELECT 'c', 35 * i, 'm' || i, 35 * i, CASE i % 3 WHEN 0 THEN $1 ELSE $2 END, 'user', '', \
        '', now(), i, CASE i % 3 WHEN 0 THEN i / 3 ELSE i - i / 3 END FROM generate_series(1, 4000) i";
    client.execute(insert, &[&&*ann.id, &&*ben.id]).await.expect("messages");
    let deletions = "UPDATE messages SET deleted_at = now() WHERE seq % 10 <> 0; \
        UPDATE messages SET deleted_at = now() WHERE seq % 20 = 5; \
        UPDATE chats SET seq = 140000, message_count = 2000";
    client.batch_execute(deletions).await.expect("deletions");
    for read in [0_u64, 1, 255, 256, 300, 65_535, 65_536, 70_000, 131_071, 131_072, 139_990, 140_000] {
        for (user, is_own) in [(&ann, Some(true)), (&ben, Some(false)), (&cem, None)] {
            let viewer = repository.viewer(&"c".into(), &user.id, read).await.expect("an answer").expect("a member");
            let left = (1..=4000).filter(|number| 35 * number > read && 35 * number % 10 == 0);
            let others = left.filter(|number| is_own != Some(number % 3 == 0)).count() as u64;
            assert_eq!(viewer.unread_count, others, "of {} after {read}", user.username);
        }
    }
}
