//! The outcome of an `opId` is the same on every node, and so is the latest profile.

use serde_json::json;

use super::delivery::{group, say};
use super::stage::cluster;
use crate::support::proxy::Weather;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_op_id_repeated_on_another_node_runs_once() {
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_uses_of_an_op_id_on_two_nodes_make_one_change() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut other = cluster.device(1, &ann).await;
    let chat = ann.reply(json!({"type":"CREATE_CHAT","name":"g"})).await["chatId"].clone();
    for round in 0..10 {
        for mut command in [
            json!({"type":"UPDATE_SETTINGS","settings":{"round":round}}),
            json!({"type":"UPDATE_USER","displayName":format!("Ann {round}")}),
            json!({"type":"MUTE_CHAT","chatId":chat,"until":format!("299{round}-01-01T00:00:00.000Z")}),
        ] {
            let kind = command["type"].clone();
            command["opId"] = json!(format!("{kind}-{round}").replace('"', ""));
            let (first, second) = tokio::join!(ann.reply(command.clone()), other.reply(command.clone()));
            assert!(first["type"] != "ERROR" && second["type"] != "ERROR", "{first} and {second}");
            let duplicates = [&first, &second].map(|reply| reply.get("duplicate").is_some());
            assert_ne!(duplicates[0], duplicates[1], "{first} and {second}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unread_mark_is_published_and_kept_on_every_node() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let chat = group(&mut [&mut ann, &mut ben]).await;
    let mut other = cluster.device(1, &ann).await;
    for _ in 0..3 {
        ben.reply(say(&chat, "hi")).await;
    }
    other.reply(json!({"type":"MARK_READ","chatId":chat})).await;
    ann.next_of("MESSAGE_READ").await;
    let look = json!({"type":"GET_CHAT","chatId":chat});
    for round in 0..10 {
        // The node with the read position does not know the mark set on the other node.
        let marked = ann.reply(json!({"type":"MARK_UNREAD","chatId":chat,"seq":3})).await;
        assert_eq!(marked.get("duplicate"), None, "{marked}");
        assert_eq!(other.next_of("CHAT_MARKED_UNREAD").await["unreadFromSeq"], 3);
        let seen = other.reply(look.clone()).await["chat"].clone();
        assert_eq!((&seen["unreadFromSeq"], &seen["unreadCount"]), (&json!(3), &json!(2)), "round {round}");
        let read = other.reply(json!({"type":"MARK_READ","chatId":chat,"seq":4})).await;
        assert_eq!(read.get("duplicate"), None, "{read}");
        assert_eq!(ann.next_of("MESSAGE_READ").await["seq"], 4);
        assert_eq!(ann.reply(look.clone()).await["chat"].get("unreadFromSeq"), None, "round {round}");
    }
    // SYNC returns a mark that was lost on the bus.
    cluster.proxies[1].set(Weather::Cut);
    cluster.until_bus(1, "away").await;
    ann.reply(json!({"type":"MARK_UNREAD","chatId":chat,"seq":2})).await;
    let synced = other.reply(json!({"type":"SYNC","chats":{chat.as_str().expect("an id"):4}})).await;
    assert_eq!(synced["chats"][0]["viewer"]["unreadFromSeq"], 2, "{synced}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_published_profile_is_the_stored_one() {
    let Some(cluster) = cluster(2).await else { return };
    let mut here = cluster.user(0, "ann").await;
    let mut watchers = [cluster.user(0, "ben").await, cluster.user(1, "cem").await];
    let [ben, cem] = &mut watchers;
    let chat = group(&mut [&mut here, ben, cem]).await;
    let mut there = cluster.device(1, &here).await;
    let rename = |name: String| json!({"type":"UPDATE_USER","displayName":name});
    for round in 0..30 {
        let names = [format!("here {round}"), format!("there {round}")];
        let (first, second) = tokio::join!(here.reply(rename(names[0].clone())), there.reply(rename(names[1].clone())));
        let is_second_newer = second["user"]["version"].as_u64() > first["user"]["version"].as_u64();
        let stored = &names[usize::from(is_second_newer)];
        let known = here.reply(json!({"type":"GET_ME"})).await;
        assert_eq!(known["user"]["displayName"], stored.as_str(), "{known}");
        // Events published by a node before a message arrive before it.
        for device in [&mut here, &mut there] {
            device.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"content":"x"})).await;
        }
        for watcher in &mut watchers {
            let mut last = None;
            let mut messages = 0;
            while messages < 2 {
                let frame = watcher.next().await;
                match frame["type"].as_str() {
                    Some("USER_UPDATED") => last = frame["user"]["displayName"].as_str().map(str::to_owned),
                    Some("NEW_MESSAGE") => messages += 1,
                    _ => {}
                }
            }
            assert_eq!(last.as_ref(), Some(stored));
        }
        for device in [&mut here, &mut there] {
            let sent = device.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"content":"y"})).await;
            assert_eq!(sent["message"]["sender"]["displayName"], stored.as_str(), "{sent}");
        }
        for watcher in &mut watchers {
            for _ in 0..2 {
                watcher.until(|frame| frame["message"]["content"] == "y").await;
            }
        }
    }
}
