//! Which way statements go in a database so young that the server knows nothing of its tables.

use std::time::Duration;

use pichat::model::ChatKind;
use pichat::store::postgres::PostgresRepository;
use tokio::time::sleep;
use tokio_postgres::Client;

use crate::contract::scene::*;
use crate::support::postgres::shared;

/// How often an index was looked into, as far as the sessions have told; they do so when they are idle for a while.
pub async fn looks(client: &Client, index: &str) -> i64 {
    let question = "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelid = $1::text::regclass";
    client.query_one(question, &[&index]).await.expect("an index").get(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_looked_up_by_its_id_and_not_among_all_of_its_chat() {
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
        assert!(tries < 600, "twenty messages were looked up by other ways");
        sleep(Duration::from_millis(100)).await;
    }
}
