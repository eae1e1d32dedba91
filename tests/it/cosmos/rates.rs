//! Send rates of the server and of a bare SDK loop. The figures are printed (`-- rates --nocapture`); the assertion is
//! that the server batches messages, because a request costs as much as a whole batch.

use std::sync::Arc;
use std::time::Instant;

use azure_data_cosmos::models::TransactionalBatch;
use azure_data_cosmos::options::{BatchReplaceOptions, Precondition};
use pichat::store::cosmos::{CosmosRepository, connect};
use serde_json::{Value, json};

use crate::contract::backends::Place;
use crate::support::emulator::{self, Emulator};
use crate::support::{self, Client};

const CLIENTS: usize = 4;
const MESSAGES: usize = 250;
const CONTENT: &str = "About as long as what people say to each other when they are in no hurry, and not longer.";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_messages_share_requests() {
    let all = CLIENTS * MESSAGES;
    let (through, requests) = through_the_server().await;
    let batch = all.div_ceil(requests);
    let bare = bare_loop(all, batch).await;
    let share = 100.0 * through / bare;
    println!("server {through:.0}/s in batches of {batch}, bare loop {bare:.0}/s: {share:.0} %");
    assert!(requests <= all / 5, "{requests} requests for {all} messages");
}

/// Messages a second, and how many requests they took.
async fn through_the_server() -> (f64, usize) {
    let emulator = tokio::task::spawn_blocking(|| Emulator::start(0)).await.expect("an emulator");
    let account = emulator::account_of(&emulator);
    let repository = Arc::new(CosmosRepository::open(&account).await.expect("new containers"));
    let server = support::start(Place { repository, keep: Box::new(emulator) }).await;
    let mut clients = vec![];
    for index in 0..CLIENTS {
        clients.push(server.user(&format!("user{index}")).await);
    }
    let members: Vec<String> = clients[1..].iter().map(|client| client.user_id.clone()).collect();
    let made = clients[0].command(json!({"type":"CREATE_CHAT","members":members})).await;
    let before = counted(&account).await;
    let begun = Instant::now();
    let sending = clients.into_iter().map(|client| tokio::spawn(send_all(client, made["chatId"].clone())));
    for sent in futures_util::future::join_all(sending).await {
        sent.expect("all are acknowledged");
    }
    let rate = (CLIENTS * MESSAGES) as f64 / begun.elapsed().as_secs_f64();
    (rate, usize::try_from(counted(&account).await - before).expect("a small number"))
}

async fn counted(account: &pichat::ops::config::CosmosAccount) -> u64 {
    let account = account.clone();
    tokio::task::spawn_blocking(move || emulator::requests(&account)).await.expect("a count")
}

/// Sends as fast as permitted and waits for every acknowledgement.
async fn send_all(mut client: Client, chat: Value) {
    for index in 0..MESSAGES {
        let command = json!({"type":"SEND_MESSAGE","chatId":chat,"content":CONTENT,"requestId":index});
        client.send(command).await;
    }
    for index in 0..MESSAGES {
        let reply = client.until(|frame| frame["requestId"] == index).await;
        assert_eq!(reply["type"], "NEW_MESSAGE", "{reply}");
    }
}

/// Messages a second of bare consecutive transactional batches.
async fn bare_loop(all: usize, size: usize) -> f64 {
    let emulator = tokio::task::spawn_blocking(|| Emulator::start(0)).await.expect("an emulator");
    let account = emulator::account_of(&emulator);
    CosmosRepository::open(&account).await.expect("new containers");
    let client = connect(&account).await.expect("the account");
    let database = client.database_client(account.database.clone());
    let container = database.container_client("messages", None).await.expect("the container");
    let head = |seq: usize| json!({"id":"head","chatId":"bare","seq":seq});
    let made = container.create_item("bare", "head", head(0), None).await.expect("a new head");
    let mut etag = made.headers().etag().expect("an etag").to_string();
    let begun = Instant::now();
    for from in (0..all).step_by(size) {
        let mut batch = TransactionalBatch::new("bare");
        for seq in from..all.min(from + size) {
            let message = json!({"id":format!("x:{seq}"),"chatId":"bare","seq":seq,"updatedSeq":seq,"content":CONTENT,
                "sender":{"id":"u","username":"u","displayName":"u","kind":"human"},"role":"user"});
            batch = batch.create_item(message).expect("a document");
        }
        let options = BatchReplaceOptions::default().with_precondition(Precondition::if_match(etag));
        let batch = batch.replace_item("head", head(from + size), Some(options)).expect("a document");
        let answer = container.execute_transactional_batch(batch, None).await.expect("an answer");
        let answer = answer.into_model().expect("results");
        let last = answer.results().last().expect("a result");
        etag = last.etag().expect("the batch is durable").to_owned();
    }
    all as f64 / begun.elapsed().as_secs_f64()
}
