//! Search by full-text index, if the messages container has one.

use azure_data_cosmos::models::{ContainerProperties, FullTextIndex, FullTextPath, FullTextPolicy};
use pichat::ops::config::CosmosAccount;
use pichat::store::cosmos::{CosmosRepository, connect};
use pichat::store::repository::{ReadBudget, Search, SearchQuery};

use crate::contract::scene::*;
use crate::support::emulator;

/// An account with a full-text index on the messages container.
async fn account() -> CosmosAccount {
    let account = tokio::task::spawn_blocking(emulator::account).await.expect("an account");
    drop(CosmosRepository::open(&account).await.expect("containers"));
    let client = connect(&account).await.expect("the account");
    let database = client.database_client(account.database.clone());
    let usual = database.container_client(account.messages.clone(), None).await.expect("the container");
    let usual: ContainerProperties = usual.read(None).await.expect("an answer").into_model().expect("properties");
    let policy = usual.indexing_policy.expect("an indexing policy");
    let indexed = ContainerProperties::new("indexed".to_owned(), "/chatId".into())
        .with_indexing_policy(policy.with_full_text_index(FullTextIndex::new("/content")))
        .with_full_text_policy(FullTextPolicy::new("en-US").with_full_text_path(FullTextPath::new("/content")));
    database.create_container(indexed, None).await.expect("a new container");
    CosmosAccount { messages: "indexed".to_owned(), ..account }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_scripts_bypass_the_full_text_index() {
    let repository = CosmosRepository::open(&account().await).await.expect("usable containers");
    let [ann, ben, _] = three(&repository).await;
    talk(&repository, "c", &[&ann, &ben], 0).await;
    for (id, text) in
        [("a", "Lunch at noon"), ("b", "lunchbox"), ("c", "昼ごはんを食べる"), ("d", "v1.2-rc and Éclair")]
    {
        commit(&repository, say(&ann, "c", id, text)).await.expect("a member");
    }
    for (words, expected) in [
        (vec!["lunch"], vec!["a"]),
        (vec!["lunch", "noon"], vec!["a"]),
        (vec!["lunch", "box"], vec![]),
        (vec!["ごはん"], vec!["c"]),
        (vec!["1.2-r"], vec!["d"]),
        (vec!["écl", "and"], vec!["d"]),
    ] {
        let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        let budget = ReadBudget::UNLIMITED;
        let query =
            SearchQuery { user: ben.id.clone(), chat: None, words, sender: None, after: None, limit: 9, budget };
        let found = repository.search(&query).await.expect("an answer");
        let found: Vec<_> = found.messages.iter().map(|message| &*message.id).collect();
        assert_eq!(found, expected, "{:?}", query.words);
    }
}
