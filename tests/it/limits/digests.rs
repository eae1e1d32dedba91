//! The cost of a chat's digest.

use serde_json::json;

use super::server;
use crate::contract::scene;

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
