//! A revocation on one node takes effect on all, including open connections.

use pichat::protocol::ServerRole;
use serde_json::json;

use super::delivery::{group, say};
use super::stage::cluster;
use crate::live::moderation::ranked;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn token_revocation_closes_connections_on_every_node() {
    let Some(cluster) = cluster(2).await else { return };
    let mut admin = cluster.nodes[0].admin().await;
    let made = admin.command(json!({"type":"CREATE_API_TOKEN","name":"x","botUsername":"bot"})).await;
    let mut bot = cluster.nodes[1].user_with(made["secret"].as_str().expect("a secret")).await;
    admin.command(json!({"type":"REVOKE_API_TOKEN","tokenId":made["token"]["id"]})).await;
    assert_eq!(bot.closed().await.expect("a close code").0, 4401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bans_take_effect_on_every_node() {
    let Some(cluster) = cluster(2).await else { return };
    let mut admin = cluster.nodes[0].admin().await;
    let mut ben = cluster.nodes[1].person("ben").await;
    let banned = admin.command(json!({"type":"BAN_USER","userId":ben.user_id,"reason":"spam"})).await;
    assert_eq!(banned["type"], "USER_BANNED", "{banned}");
    assert_eq!(ben.closed().await.expect("a close code").0, 4403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn role_changes_take_effect_on_every_node() {
    let Some(cluster) = cluster(2).await else { return };
    let mut admin = cluster.nodes[0].admin().await;
    let mut ann = cluster.user(0, "ann").await;
    let mut maud = ranked(&cluster.nodes[1], "maud", ServerRole::Member).await;
    let chat = group(&mut [&mut ann]).await;
    for (role, refused) in [("moderator", false), ("member", true)] {
        let sent = ann.reply(say(&chat, "rude")).await;
        let delete = json!({"type":"DELETE_MESSAGE","chatId":chat,"messageId":sent["message"]["id"],"reason":"rude"});
        if !refused {
            maud.refused(delete.clone(), "NOT_FOUND", "chatId").await;
        }
        admin.command(json!({"type":"SET_USER_ROLE","userId":maud.user_id,"role":role})).await;
        assert_eq!(maud.next_of("USER_ROLE_CHANGED").await["role"], role);
        match refused {
            true => drop(maud.refused(delete, "NOT_FOUND", "chatId").await),
            false => {
                let deleted = maud.reply(delete).await;
                assert_eq!(deleted["type"], "MESSAGE_DELETED", "{deleted}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn member_removals_take_effect_on_every_node() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let chat = group(&mut [&mut ann, &mut ben]).await;
    ann.reply(json!({"type":"REMOVE_MEMBERS","chatId":chat,"userIds":[ben.user_id]})).await;
    ben.next_of("MEMBERS_REMOVED").await;
    ben.refused(say(&chat, "still here?"), "NOT_FOUND", "chatId").await;
    ann.reply(say(&chat, "gone")).await;
    ben.hears_nothing().await;
}
