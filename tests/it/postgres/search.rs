//! Search in chats so long that most messages are in the index.

use std::time::Duration;

use pichat::protocol::{ChatKind, User};
use pichat::store::postgres::PostgresRepository;
use pichat::store::repository::{ReadBudget, Repository, Search, SearchQuery};
use tokio::time::sleep;
use tokio_postgres::Client;

use super::plans::looks;
use crate::contract::scene::*;
use crate::support::postgres::shared;

const LENGTH: usize = 2600;

/// Sends a rare word in every hundredth message.
async fn long_chat(repository: &dyn Repository, chat: &str, users: &[&User]) {
    let mut changes = vec![create(users[0], chat, ChatKind::Group, &users[1..])];
    for number in 2..=LENGTH {
        let rare = if number % 100 == 0 { " 世界平和 Straße" } else { "" };
        changes.push(say(users[number % users.len()], chat, &format!("m{number}"), &format!("word {number}{rare}")));
    }
    for batch in changes.chunks(500) {
        all(repository, batch.to_vec()).await;
    }
}

async fn found(repository: &PostgresRepository, user: &User, words: &[&str]) -> Vec<String> {
    let words = words.iter().map(|word| (*word).to_owned()).collect();
    let budget = ReadBudget::UNLIMITED;
    let mut query =
        SearchQuery { user: user.id.clone(), chat: None, words, sender: None, after: None, limit: 7, budget };
    let mut all = vec![];
    loop {
        let page = repository.search(&query).await.expect("an answer");
        all.extend(page.messages.iter().map(|message| format!("{}/{}", message.chat_id, message.seq)));
        query.after = page.next;
        if query.after.is_none() {
            return all;
        }
    }
}

async fn until_indexed(client: &Client) {
    for _ in 0..600 {
        let left: i64 = client.query_one("SELECT count(*) FROM to_index", &[]).await.expect("a count").get(0);
        if left == 0 {
            return;
        }
        sleep(Duration::from_millis(100)).await;
    }
    panic!("the index was never filled");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn indexed_and_unindexed_searches_agree() {
    let Some(server) = shared().await else { return };
    let place = server.place().await;
    let repository = PostgresRepository::open(&place).await.expect("an empty schema");
    let [ann, ben, _] = three(&repository).await;
    for chat in ["c", "d"] {
        long_chat(&repository, chat, &[&ann, &ben]).await;
    }
    let questions: [&[&str]; 7] =
        [&["世界"], &["平和", "strasse"], &["word", "700"], &["tras", "24"], &["界"], &["世平"], &["strasse", "x"]];
    let mut before = vec![];
    for words in questions {
        before.push(found(&repository, &ann, words).await);
    }
    assert_eq!(before[0].len(), 2 * LENGTH / 100);
    let client = server.connect_in(&place).await;
    until_indexed(&client).await;
    for (words, before) in questions.iter().zip(&before) {
        assert_eq!(&found(&repository, &ann, words).await, before, "{words:?}");
    }
    let mut tries = 0;
    while looks(&client, "message_parts").await == 0 {
        tries += 1;
        assert!(tries < 600, "the index was not used");
        sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_search_index_follows_edits_and_deletions() {
    let Some(server) = shared().await else { return };
    let place = server.place().await;
    let repository = PostgresRepository::open(&place).await.expect("an empty schema");
    let [ann, ben, _] = three(&repository).await;
    long_chat(&repository, "c", &[&ann, &ben]).await;
    let client = server.connect_in(&place).await;
    until_indexed(&client).await;
    all(&repository, [edit(&ann, "c", "m200", "全く別の言葉"), erase(&ann, "c", "m300")]).await;
    assert_eq!(found(&repository, &ben, &["別の"]).await, ["c/200"]);
    let rest: Vec<String> =
        (1..=26).rev().filter(|place| ![2, 3].contains(place)).map(|place| format!("c/{place}00")).collect();
    assert_eq!(found(&repository, &ben, &["平和"]).await, rest);
    all(&repository, [delete(&ann, "c")]).await;
    let left: i64 = client.query_one("SELECT count(*) FROM message_text", &[]).await.expect("a count").get(0);
    assert_eq!(left, 0);
    assert_eq!(found(&repository, &ben, &["平和"]).await, Vec::<String>::new());
}
