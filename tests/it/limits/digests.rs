//! The cost of a chat's digest.

use pichat::protocol::{ChatId, ChatKind};
use serde_json::{Value, json};

use super::server;
use crate::contract::scene;
use crate::support::Client;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_digest_costs_more_than_a_chat() {
    let server = server(&[("COMMANDS_PER_SECOND_PER_USER", "10")]).await;
    for (digest, is_limited) in [(false, false), (true, true)] {
        let mut user = server.user(if digest { "ann" } else { "ben" }).await;
        let chat = user.reply(json!({"type":"CREATE_CHAT","name":"g"})).await["chatId"].clone();
        let mut limited = false;
        for _ in 0..12 {
            let reply = user.reply(json!({"type":"GET_CHAT","chatId":chat,"digest":digest})).await;
            limited |= reply["code"] == "RATE_LIMITED";
        }
        assert_eq!(limited, is_limited, "with a digest: {digest}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn digests_of_huge_chats_are_refused() {
    let server = server(&[]).await;
    let mut ann = server.user("ann").await;
    ann.reply(json!({"type":"CREATE_CHAT","id":"long"})).await;
    let repository = &*server.services.repository;
    let user = repository.users(&["ann"]).await.expect("an answer").remove(0).expect("ann");
    for few in 0..20 {
        let batch: Vec<_> =
            (few * 1000..few * 1000 + 1000).map(|number| scene::send(&user, "long", &format!("m{number}"))).collect();
        for result in repository.commit(batch.into(), server.services.clock.now()).await {
            result.expect("a member");
        }
    }
    let refused = ann.refused(json!({"type":"GET_CHAT","chatId":"long","digest":true}), "TOO_LARGE", "digest").await;
    assert_eq!(refused["error"], "a digest is available only for chats with at most 20000 changes");
    assert_eq!(ann.reply(json!({"type":"GET_CHAT","chatId":"long"})).await["chat"]["seq"], 20_001);
}

/// The number of digests in the reply to a SYNC of these chats.
async fn synced_digests(client: &mut Client, chats: &Value) -> usize {
    let synced = client.reply(json!({"type":"SYNC","chats":chats,"digest":true})).await;
    let chats = synced["chats"].as_array().expect("chats");
    chats.iter().filter(|chat| chat.get("digest").is_some()).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn digests_that_were_computed_before_cost_nothing_more() {
    let server = server(&[("COMMANDS_PER_SECOND_PER_USER", "10")]).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let repository = &*server.services.repository;
    let mut users = repository.users(&["ann", "ben"]).await.expect("an answer").into_iter().flatten();
    let [one, other] = [users.next().expect("ann"), users.next().expect("ben")];
    let ids: Vec<String> = (0..100).map(|number| format!("c{number}")).collect();
    let batch: Vec<_> = ids.iter().map(|id| scene::create(&one, id, ChatKind::Group, &[&other])).collect();
    for result in repository.commit(batch.into(), server.services.clock.now()).await {
        result.expect("a new chat");
    }
    let positions: Value = ids.iter().map(|id| (id.clone(), Value::from(1))).collect::<serde_json::Map<_, _>>().into();
    let computed = synced_digests(&mut ann, &positions).await;
    assert!((1..100).contains(&computed), "{computed} digests were paid for");
    let ids: Vec<ChatId> = ids.iter().map(|id| id.as_str().into()).collect();
    for chat in repository.chats_by_id(&other.id, &ids).await.expect("an answer") {
        let digest = server.services.digests.compute(repository, &chat.expect("his chat")).await;
        assert!(digest.expect("an answer").is_some());
    }
    assert_eq!(synced_digests(&mut ben, &positions).await, 100);
}
