//! Presence across nodes.

use serde_json::{Value, json};

use super::delivery::{group, hearing_group};
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
async fn a_user_is_online_while_connected_to_any_node() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    ann.sees_presence = true;
    group(&mut [&mut ann, &mut ben]).await;
    assert_eq!(status(&mut ann, &ben.user_id).await, "online");
    let phone = cluster.device(0, &ben).await;
    let ben_id = ben.user_id.clone();
    drop(ben);
    let mut ben = phone;
    // The other node must first report that the other connection has closed.
    while ben.reply(json!({"type":"SET_PRESENCE","status":"away"})).await["status"] != "away" {}
    hears(&mut ann, &ben_id, "away").await;
    drop(ben);
    hears(&mut ann, &ben_id, "offline").await;
    assert_eq!(status(&mut ann, &ben_id).await, "offline");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn users_of_a_dead_node_go_offline_within_its_lease() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    ann.sees_presence = true;
    group(&mut [&mut ann, &mut ben]).await;
    cluster.proxies[1].set(Weather::Cut);
    hears(&mut ann, &ben.user_id.clone(), "offline").await;
    assert_eq!(status(&mut ann, &ben.user_id).await, "offline");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn typing_reaches_every_node() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let chat = hearing_group(&mut [&mut ann, &mut ben]).await;
    ann.reply(json!({"type":"SET_TYPING","chatId":chat,"typing":true})).await;
    assert_eq!(ben.next_of("TYPING").await["typing"], true);
    ann.reply(json!({"type":"SET_TYPING","chatId":chat,"typing":false})).await;
    assert_eq!(ben.next_of("TYPING").await["typing"], false);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn typing_ends_when_the_typists_node_dies() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let chat = hearing_group(&mut [&mut ann, &mut ben]).await;
    ann.reply(json!({"type":"SET_TYPING","chatId":chat,"typing":true})).await;
    assert_eq!(ben.next_of("TYPING").await["typing"], true);
    cluster.proxies[0].set(Weather::Cut);
    let ended = ben.next_of("TYPING").await;
    assert_eq!((&ended["typing"], &ended["user"]["id"]), (&json!(false), &json!(ann.user_id)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn presence_is_resynchronised_when_redis_returns() {
    let Some(mut cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let mut cem = cluster.user(1, "cem").await;
    let dan = cluster.user(1, "dan").await;
    ann.sees_presence = true;
    let mut dan = dan;
    group(&mut [&mut ann, &mut ben, &mut cem, &mut dan]).await;
    let ben_id = ben.user_id.clone();
    let cem_id = cem.user_id.clone();
    let dan_token = dan.token.clone();
    let dan_id = dan.user_id.clone();
    drop(dan);
    hears(&mut ann, &dan_id, "offline").await;
    cluster.redis.kill();
    cluster.until_bus(0, "away").await;
    cluster.until_bus(1, "away").await;
    drop(ben);
    let dan = cluster.nodes[1].user_with(&dan_token).await;
    cem.reply(json!({"type":"SET_PRESENCE","status":"away"})).await;
    while cem.reply(json!({"type":"GET_PRESENCE","userIds":[ben_id]})).await["presences"][0]["status"] != "offline" {}
    cluster.redis.resume();
    let mut news = vec![];
    while news.len() < 3 {
        let told = ann.next_of("PRESENCE").await;
        news.push((told["user"]["id"].clone(), told["status"].clone()));
    }
    for (user, expected) in [(&ben_id, "offline"), (&cem_id, "away"), (&dan.user_id, "online")] {
        assert!(news.contains(&(json!(user), json!(expected))), "{user} is not reported as {expected}: {news:?}");
        assert_eq!(status(&mut ann, user).await, expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn users_of_a_partitioned_node_return_online_with_it() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    ann.sees_presence = true;
    group(&mut [&mut ann, &mut ben]).await;
    cluster.proxies[1].set(Weather::Cut);
    hears(&mut ann, &ben.user_id.clone(), "offline").await;
    cluster.proxies[1].set(Weather::Fair);
    hears(&mut ann, &ben.user_id.clone(), "online").await;
    assert_eq!(status(&mut ann, &ben.user_id).await, "online");
    assert_eq!(status(&mut ben, &ann.user_id).await, "online");
}

/// Waits until a device's node knows of the user's other device, which is online.
async fn knows_the_other(device: &mut Client) {
    while device.reply(json!({"type":"SET_PRESENCE","status":"away"})).await["status"] != "online" {}
    device.reply(json!({"type":"SET_PRESENCE","status":"online"})).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn simultaneous_last_disconnects_leave_the_user_offline() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut cem = cluster.user(1, "cem").await;
    let mut ben = cluster.user(0, "ben").await;
    ann.sees_presence = true;
    cem.sees_presence = true;
    group(&mut [&mut ann, &mut ben, &mut cem]).await;
    let mut phone = cluster.device(1, &ben).await;
    knows_the_other(&mut phone).await;
    knows_the_other(&mut ben).await;
    // Each node's report arrives after the other has sent its own.
    cluster.proxies.iter().for_each(|proxy| proxy.set(Weather::Slow(std::time::Duration::from_millis(300))));
    let ben_id = ben.user_id.clone();
    drop((ben, phone));
    for watcher in [&mut ann, &mut cem] {
        hears(watcher, &ben_id, "offline").await;
        let seen = watcher.reply(json!({"type":"GET_PRESENCE","userIds":[ben_id]})).await;
        assert_eq!(seen["presences"][0]["status"], "offline", "{seen}");
    }
    let id = pichat::protocol::UserId::from(ben_id.as_str());
    let stored = async || cluster.nodes[0].services.repository.users(&[&*id]).await.expect("an answer");
    while stored().await[0].as_ref().expect("a user").last_seen_at.is_none() {
        tokio::task::yield_now().await;
    }
}
