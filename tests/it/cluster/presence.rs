//! Who is there, on whichever node.

use serde_json::{Value, json};

use super::delivery::group;
use super::stage::cluster;
use crate::support::Client;
use crate::support::proxy::Weather;

async fn status(client: &mut Client, of: &str) -> Value {
    client.reply(json!({"type":"GET_PRESENCE","userIds":[of]})).await["presences"][0]["status"].clone()
}

async fn hears(client: &mut Client, of: &str, status: &str) {
    client.until(|frame| frame["type"] == "PRESENCE" && frame["user"]["id"] == of && frame["status"] == status).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_user_is_there_while_a_socket_on_any_node_is() {
    let Some(cluster) = cluster(2).await else { return };
    let (mut ann, mut ben) = (cluster.user(0, "ann").await, cluster.user(1, "ben").await);
    ann.sees_presence = true;
    group(&mut [&mut ann, &mut ben]).await;
    assert_eq!(status(&mut ann, &ben.user_id).await, "online");
    let phone = cluster.device(0, &ben).await;
    let ben_id = ben.user_id.clone();
    drop(ben);
    let mut ben = phone;
    // The other node has to say first that the other connection has ended.
    while ben.reply(json!({"type":"SET_PRESENCE","status":"away"})).await["status"] != "away" {}
    hears(&mut ann, &ben_id, "away").await;
    drop(ben);
    hears(&mut ann, &ben_id, "offline").await;
    assert_eq!(status(&mut ann, &ben_id).await, "offline");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn users_of_a_node_that_is_gone_are_so_within_its_lease() {
    let Some(cluster) = cluster(2).await else { return };
    let (mut ann, mut ben) = (cluster.user(0, "ann").await, cluster.user(1, "ben").await);
    ann.sees_presence = true;
    group(&mut [&mut ann, &mut ben]).await;
    cluster.proxies[1].set(Weather::Cut);
    hears(&mut ann, &ben.user_id.clone(), "offline").await;
    assert_eq!(status(&mut ann, &ben.user_id).await, "offline");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn typing_is_heard_on_every_node() {
    let Some(cluster) = cluster(2).await else { return };
    let (mut ann, mut ben) = (cluster.user(0, "ann").await, cluster.user(1, "ben").await);
    let chat = group(&mut [&mut ann, &mut ben]).await;
    ann.reply(json!({"type":"SET_TYPING","chatId":chat,"typing":true})).await;
    assert_eq!(ben.next_of("TYPING").await["typing"], true);
    ann.reply(json!({"type":"SET_TYPING","chatId":chat,"typing":false})).await;
    assert_eq!(ben.next_of("TYPING").await["typing"], false);
}
