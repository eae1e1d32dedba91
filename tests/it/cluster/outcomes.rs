//! The outcome of an `opId` is the same on every node.

use serde_json::json;

use super::delivery::group;
use super::stage::cluster;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operation_that_is_repeated_on_another_node_is_done_once() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let chat = group(&mut [&mut ann, &mut ben]).await;
    let mut other = cluster.device(1, &ann).await;
    for round in 0..10 {
        let command = json!({"type":"SEND_MESSAGE","chatId":chat,"content":"one","opId":format!("op-{round}")});
        let (first, second) = tokio::join!(ann.reply(command.clone()), other.reply(command.clone()));
        let duplicates = [&first, &second].map(|reply| reply.get("duplicate").is_some());
        assert_ne!(duplicates[0], duplicates[1], "{first} and {second}");
        assert_eq!(first["seq"], second["seq"]);
        assert_eq!(ben.next_of("NEW_MESSAGE").await["seq"], first["seq"]);
    }
    ben.hears_nothing().await;
    let other_command = json!({"type":"SEND_MESSAGE","chatId":chat,"content":"two","opId":"op-0"});
    assert_eq!(other.reply(other_command).await["code"], "CONFLICT");
}
