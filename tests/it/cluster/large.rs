//! Large chats whose members are on several nodes.

use serde_json::{Value, json};

use super::delivery::{group, hearing_group};
use super::stage::{Cluster, cluster_with};
use crate::support::Client;

async fn large_cluster() -> Option<Cluster> {
    cluster_with(2, &[("LARGE_CHAT_MEMBERS", "2")]).await
}

async fn is_large(client: &mut Client, chat: &Value) -> bool {
    client.reply(json!({"type":"GET_CHAT","chatId":chat})).await["chat"]["large"] == true
}

async fn set_presence(client: &mut Client, status: &str) {
    client.reply(json!({"type":"SET_PRESENCE","status":status})).await;
}

/// Waits until a node sees that status of another node's user.
async fn until_known(client: &mut Client, of: &str, status: &str) {
    let asked = json!({"type":"GET_PRESENCE","userIds":[of]});
    while client.reply(asked.clone()).await["presences"][0]["status"] != status {}
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn presence_and_marks_of_a_large_chat_are_not_broadcast() {
    let Some(cluster) = large_cluster().await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let mut cem = cluster.user(1, "cem").await;
    let hall = hearing_group(&mut [&mut ann, &mut ben, &mut cem]).await;
    assert!(is_large(&mut ann, &hall).await && is_large(&mut ben, &hall).await);
    group(&mut [&mut ann, &mut ben]).await;
    ann.sees_presence = true;
    ann.hears_deliveries = true;
    let mut phone = cluster.device(0, &ben).await;
    ann.hears_nothing().await;
    set_presence(&mut cem, "away").await;
    until_known(&mut ann, &cem.user_id, "away").await;
    let marked = cem.reply(json!({"type":"MARK_READ","chatId":hall})).await;
    assert_eq!((&marked["type"], &marked["seq"]), (&json!("MESSAGE_READ"), &json!(3)));
    let read = ben.reply(json!({"type":"MARK_READ","chatId":hall})).await;
    assert_eq!(phone.next_of("MESSAGE_READ").await["at"], read["at"]);
    let state = async |client: &mut Client| {
        let history = client.reply(json!({"type":"GET_CHAT_HISTORY","chatId":hall})).await;
        let id = history["messages"][0]["id"].clone();
        client.reply(json!({"type":"GET_READ_STATE","chatId":hall,"messageId":id})).await
    };
    assert_eq!(state(&mut ann).await["readCount"], 2, "marks of the other node count");
    ann.hears_nothing().await;
    // Both of Ben's connections go away: the small chat is notified once.
    set_presence(&mut phone, "away").await;
    set_presence(&mut ben, "away").await;
    let told = ann.next().await;
    assert_eq!((&told["type"], &told["user"]["id"]), (&json!("PRESENCE"), &json!(ben.user_id)));
    until_known(&mut ann, &ben.user_id, "away").await;
    ann.hears_nothing().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_chat_status_is_shared_between_nodes() {
    let Some(cluster) = large_cluster().await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let mut cem = cluster.user(1, "cem").await;
    let den = hearing_group(&mut [&mut ann, &mut ben]).await;
    ann.sees_presence = true;
    set_presence(&mut ben, "away").await;
    assert_eq!(ann.next_of("PRESENCE").await["status"], "away");
    ann.reply(json!({"type":"ADD_MEMBERS","chatId":den,"members":[cem.user_id]})).await;
    cem.next_of("NEW_CHAT").await;
    set_presence(&mut ben, "online").await;
    until_known(&mut ann, &ben.user_id, "online").await;
    ann.hears_nothing().await;
    ann.reply(json!({"type":"REMOVE_MEMBERS","chatId":den,"userIds":[cem.user_id]})).await;
    ben.next_of("MEMBERS_REMOVED").await;
    set_presence(&mut ben, "away").await;
    assert_eq!(ann.next().await["status"], "away");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn typing_across_nodes_shows_at_most_five_users() {
    let Some(cluster) = large_cluster().await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut typists = vec![];
    for number in 0..8 {
        typists.push(cluster.user(number % 2, &format!("typist{number}")).await);
    }
    let mut members = vec![&mut ann];
    members.extend(typists.iter_mut());
    let hall = hearing_group(&mut members).await;
    for typist in &mut typists {
        typist.reply(json!({"type":"SET_TYPING","chatId":hall,"typing":true})).await;
    }
    // A later message from the other node arrives after its TYPING.
    typists[7].reply(json!({"type":"SEND_MESSAGE","chatId":hall,"message":{"content":"done"}})).await;
    let mut told = 0;
    loop {
        let frame = ann.next().await;
        match frame["type"].as_str() {
            Some("TYPING") => told += i32::from(frame["typing"] == true),
            Some("NEW_MESSAGE") => break,
            _ => {}
        }
    }
    assert_eq!(told, 5);
}
