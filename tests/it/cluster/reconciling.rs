//! A decision on one node takes effect on the others even if every message about it is lost.

use std::time::Duration;

use pichat::protocol::{Ban, ServerRole, SessionId, TokenId, UserId};
use pichat::store::repository::{Account, AccountName, Repository};
use serde_json::{Value, json};

use super::delivery::hearing_group;
use super::delivery::{group, say};
use super::nodes::Nodes;
use super::stage::{Cluster, cluster};
use crate::live::moderation::ranked;
use crate::support::proxy::Weather;
use crate::support::{ADMIN_TOKEN, Client};

fn storage(cluster: &Cluster) -> &dyn Repository {
    &*cluster.nodes[0].services.repository
}

/// Changes an account only in the storage, like a node that dies between commit and publication.
async fn change_unheard(cluster: &Cluster, user: &str, change: impl Fn(&mut Account)) {
    let name = AccountName::Id(UserId::from(user));
    loop {
        let mut account = storage(cluster).account(&name).await.expect("an answer").expect("an account");
        change(&mut account);
        if storage(cluster).update_account(&account).await.expect("an answer") {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unpublished_ban_disconnects_the_user_and_their_bots() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ben = cluster.nodes[1].person("ben").await;
    let made = ben.command(json!({"type":"CREATE_API_TOKEN","name":"x","botUsername":"ben-bot"})).await;
    let mut bot = cluster.nodes[1].user_with(made["secret"].as_str().expect("a secret")).await;
    let at = cluster.nodes[0].services.clock.now();
    change_unheard(&cluster, &ben.user_id, |account| {
        account.ban = Some(Ban { by: UserId::from("admin"), at, reason: None, until: None });
    })
    .await;
    assert_eq!(ben.closed().await.expect("a close code").0, 4403);
    assert_eq!(bot.closed().await.expect("a close code").0, 4403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unpublished_account_deletion_closes_connections() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ben = cluster.nodes[1].person("ben").await;
    let at = cluster.nodes[0].services.clock.now();
    change_unheard(&cluster, &ben.user_id, |account| account.deleted_at = Some(at)).await;
    assert_eq!(ben.closed().await.expect("a close code").0, 4401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unpublished_token_revocation_closes_only_its_connections() {
    let Some(cluster) = cluster(2).await else { return };
    let mut admin = cluster.nodes[0].admin().await;
    let make = json!({"type":"CREATE_API_TOKEN","name":"x","botUsername":"bot"});
    let lost = admin.command(make.clone()).await;
    let kept = admin.command(make).await;
    let mut bot = cluster.nodes[1].user_with(lost["secret"].as_str().expect("a secret")).await;
    let mut other = cluster.nodes[1].user_with(kept["secret"].as_str().expect("a secret")).await;
    let token = TokenId::from(lost["token"]["id"].as_str().expect("an id"));
    assert!(storage(&cluster).revoke_token(&UserId::from("admin"), &token).await.expect("an answer"));
    assert_eq!(bot.closed().await.expect("a close code").0, 4401);
    assert_eq!(other.reply(json!({"type":"PING"})).await["type"], "PONG");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unpublished_session_end_closes_its_connections() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ben = Client::connect(&cluster.nodes[1].url()).await;
    ben.next_of("CONNECTED").await;
    let signed = ben.reply(json!({"type":"SIGN_UP","username":"ben","password":"correct horse battery"})).await;
    assert_eq!(signed["type"], "AUTHENTICATED", "{signed}");
    let sessions = ben.reply(json!({"type":"GET_SESSIONS"})).await;
    let session = SessionId::from(sessions["sessions"][0]["id"].as_str().expect("an id"));
    let user = UserId::from(signed["user"]["id"].as_str().expect("an id"));
    assert!(storage(&cluster).end_session(&user, &session).await.expect("an answer"));
    assert_eq!(ben.closed().await.expect("a close code").0, 4401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_demotion_during_a_redis_outage_takes_effect() {
    let Some(cluster) = cluster(2).await else { return };
    let mut admin = cluster.nodes[0].admin().await;
    let mut ann = cluster.user(0, "ann").await;
    let mut maud = ranked(&cluster.nodes[1], "maud", ServerRole::Moderator).await;
    let chat = group(&mut [&mut ann]).await;
    cluster.proxies[1].set(Weather::Cut);
    cluster.until_bus(1, "away").await;
    admin.command(json!({"type":"SET_USER_ROLE","userId":maud.user_id,"role":"member"})).await;
    cluster.proxies[1].set(Weather::Fair);
    cluster.until_bus(1, "ok").await;
    // Her devices are notified, and the node refuses commands she is no longer permitted.
    let told = maud.next_of("USER_UPDATED").await;
    assert_eq!((&told["user"]["id"], &told["user"]["role"]), (&json!(maud.user_id), &json!("member")));
    let sent = ann.reply(say(&chat, "rude")).await;
    let delete = json!({"type":"DELETE_MESSAGE","chatId":chat,"messageId":sent["message"]["id"],"reason":"rude"});
    maud.refused(delete, "NOT_FOUND", "chatId").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unpublished_rename_is_published_and_used() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(1, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let chat = group(&mut [&mut ann, &mut ben]).await;
    change_unheard(&cluster, &ben.user_id, |account| account.user.display_name = "Benjamin".into()).await;
    for client in [&mut ann, &mut ben] {
        assert_eq!(client.next_of("USER_UPDATED").await["user"]["displayName"], "Benjamin");
    }
    ben.reply(say(&chat, "it is me")).await;
    assert_eq!(ann.next_of("NEW_MESSAGE").await["message"]["sender"]["displayName"], "Benjamin");
}

/// Bans that user through the first node.
async fn ban(nodes: &Nodes, user: &str) {
    let mut admin = Client::greeted(&nodes.processes[0].url(), ADMIN_TOKEN).await;
    let banned = admin.command(json!({"type":"BAN_USER","userId":user,"reason":"spam"})).await;
    assert_eq!(banned["type"], "USER_BANNED", "{banned}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paused_node_applies_the_bans_it_missed() {
    let Some(nodes) = Nodes::start(2, &[]).await else { return };
    let mut ben = nodes.processes[1].user("ben").await;
    nodes.processes[1].pause();
    ban(&nodes, &ben.user_id).await;
    // Longer than a node waits for its own heartbeat: pending messages from Redis are dropped with the connection.
    tokio::time::sleep(Duration::from_millis(3500)).await;
    nodes.processes[1].go_on();
    assert_eq!(ben.closed().await.expect("a close code").0, 4403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ban_left_unpublished_by_a_dead_node_takes_effect() {
    let Some(mut nodes) = Nodes::start(2, &[]).await else { return };
    let mut ben = nodes.processes[1].user("ben").await;
    nodes.ways[0].set(Weather::Silent);
    ban(&nodes, &ben.user_id).await;
    nodes.kill(0);
    assert_eq!(ben.closed().await.expect("a close code").0, 4403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rename_left_unpublished_by_a_dead_node_is_published() {
    let Some(mut nodes) = Nodes::start(2, &[]).await else { return };
    let mut ann = nodes.processes[1].user("ann").await;
    let mut ben = nodes.processes[0].user("ben").await;
    hearing_group(&mut [&mut ann, &mut ben]).await;
    nodes.ways[0].set(Weather::Silent);
    ben.reply(json!({"type":"UPDATE_USER","displayName":"Benjamin"})).await;
    nodes.kill(0);
    assert_eq!(ann.next_of("USER_UPDATED").await["user"]["displayName"], "Benjamin");
    ann.hears_nothing().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn marks_lost_on_the_bus_are_reconciled() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(1, "ann").await;
    let mut ben = cluster.user(0, "ben").await;
    let chat = hearing_group(&mut [&mut ann, &mut ben]).await;
    ann.reply(say(&chat, "one")).await;
    ann.reply(say(&chat, "two")).await;
    ben.next_of("NEW_MESSAGE").await;
    ben.next_of("NEW_MESSAGE").await;
    cluster.proxies[1].set(Weather::Cut);
    cluster.until_bus(1, "away").await;
    let marked = ben.reply(json!({"type":"MARK_READ","chatId":chat,"seq":4})).await;
    let read = ann.next_of("MESSAGE_READ").await;
    assert_eq!((&read["userId"], &read["seq"]), (&json!(ben.user_id), &json!(4)));
    assert_eq!(read["readByAllSeq"], marked["readByAllSeq"], "{read}");
    cluster.proxies[1].set(Weather::Fair);
    cluster.until_bus(1, "ok").await;
    ann.hears_nothing_of("MESSAGE_READ").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reconciled_delivery_is_not_announced_as_read() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(1, "ann").await;
    let mut ben = cluster.user(0, "ben").await;
    ann.hears_deliveries = true;
    let chat = hearing_group(&mut [&mut ann, &mut ben]).await;
    let sent = ann.reply(say(&chat, "one")).await;
    let is_delivery = |frame: &Value| frame["type"] == "MESSAGE_DELIVERED" && frame["seq"] == sent["seq"];
    ann.until(is_delivery).await;
    cluster.proxies[1].set(Weather::Cut);
    cluster.until_bus(1, "away").await;
    loop {
        let frame = ann.next().await;
        assert_ne!(frame["type"], "MESSAGE_READ", "nobody has read anything: {frame}");
        if is_delivery(&frame) {
            break;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mark_left_unpublished_by_a_dead_node_is_published() {
    let Some(mut nodes) = Nodes::start(2, &[]).await else { return };
    let mut ann = nodes.processes[1].user("ann").await;
    let mut ben = nodes.processes[0].user("ben").await;
    let chat = hearing_group(&mut [&mut ann, &mut ben]).await;
    ann.reply(say(&chat, "one")).await;
    ben.next_of("NEW_MESSAGE").await;
    nodes.ways[0].set(Weather::Silent);
    ben.reply(json!({"type":"MARK_READ","chatId":chat,"seq":4})).await;
    nodes.kill(0);
    let read = ann.next_of("MESSAGE_READ").await;
    assert_eq!((&read["userId"], &read["seq"]), (&json!(ben.user_id), &json!(4)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn private_changes_lost_on_the_bus_are_reconciled() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(0, "ben").await;
    let chats = [group(&mut [&mut ann, &mut ben]).await, group(&mut [&mut ann, &mut ben]).await];
    for chat in &chats {
        ben.reply(say(chat, "one")).await;
        ann.next_of("NEW_MESSAGE").await;
    }
    ann.reply(json!({"type":"MARK_UNREAD","chatId":chats[1],"seq":2})).await;
    let mut phone = cluster.device(1, &ann).await;
    cluster.proxies[1].set(Weather::Cut);
    cluster.until_bus(1, "away").await;
    ann.reply(json!({"type":"UPDATE_SETTINGS","settings":{"theme":"dark"}})).await;
    ann.reply(json!({"type":"MUTE_CHAT","chatId":chats[0]})).await;
    ann.reply(json!({"type":"MARK_UNREAD","chatId":chats[0],"seq":2})).await;
    ann.reply(json!({"type":"MARK_READ","chatId":chats[1],"seq":2})).await;
    cluster.proxies[1].set(Weather::Fair);
    let mut awaited = vec!["SETTINGS", "CHAT_MUTED", "CHAT_MARKED_UNREAD", "MESSAGE_READ"];
    while !awaited.is_empty() {
        let told = phone.next().await;
        awaited.retain(|kind| !match *kind {
            "SETTINGS" => told["settings"]["theme"] == "dark",
            "CHAT_MUTED" => told["chatId"] == chats[0] && told["muted"] == true,
            "CHAT_MARKED_UNREAD" => told["chatId"] == chats[0] && told["unreadFromSeq"] == 2,
            _ => told["chatId"] == chats[1] && told["seq"] == 2 && told["type"] == "MESSAGE_READ",
        });
    }
}
