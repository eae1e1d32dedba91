//! Limits counted on one node apply on all.

use serde_json::{Value, json};

use super::delivery::{group, say};
use super::stage::{Cluster, cluster_with};
use crate::support::{Client, http};

fn named(kind: &str, name: &str, password: &str) -> Value {
    json!({"type":kind,"username":name,"password":password})
}

/// The error code of a command from that address, or the type of its reply.
async fn outcome(cluster: &Cluster, node: usize, address: &str, command: Value) -> String {
    let place = cluster.nodes[node].address;
    let body = command.to_string();
    let answer = http::send(place, "POST /command", &[("x-forwarded-for", address)], body.as_bytes()).await.json();
    answer["code"].as_str().or(answer["type"].as_str()).expect("a code or a type").to_owned()
}

/// Waits for one more message; earlier ones of the first node have arrived by then.
async fn settle(ann: &mut Client, ben: &mut Client, chat: &Value) {
    ann.reply(say(chat, "now")).await;
    ben.next_of("NEW_MESSAGE").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn failed_log_ins_throttle_account_and_address_on_every_node() {
    let settings = [("LOGIN_ATTEMPTS_PER_MINUTE", "1"), ("SIGN_UPS_PER_HOUR", "1"), ("TRUSTED_PROXIES", "127.0.0.1")];
    let Some(cluster) = cluster_with(2, &settings).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let chat = group(&mut [&mut ann, &mut ben]).await;
    let wrong = named("LOG_IN", "vic", "wrong horse");
    let right = named("LOG_IN", "vic", "correct horse");
    let home = "192.0.2.200";
    assert_eq!(outcome(&cluster, 0, home, named("SIGN_UP", "vic", "correct horse")).await, "AUTHENTICATED");
    assert_eq!(outcome(&cluster, 0, home, right.clone()).await, "AUTHENTICATED");
    assert_eq!(outcome(&cluster, 0, "192.0.2.1", wrong.clone()).await, "UNAUTHENTICATED");
    settle(&mut ann, &mut ben, &chat).await;
    // That address has no attempts left on the other node, and Vic's address cannot sign up again.
    assert_eq!(outcome(&cluster, 1, "192.0.2.1", right.clone()).await, "RATE_LIMITED");
    assert_eq!(outcome(&cluster, 1, home, named("SIGN_UP", "wim", "correct horse")).await, "RATE_LIMITED");
    let mut addresses = (2..200).map(|last| format!("192.0.2.{last}"));
    let mut refused_elsewhere = false;
    // One attempt is refilled every six seconds, perhaps just now.
    for _ in 0..3 {
        for address in addresses.by_ref() {
            if outcome(&cluster, 0, &address, wrong.clone()).await == "RATE_LIMITED" {
                break;
            }
        }
        settle(&mut ann, &mut ben, &chat).await;
        let address = addresses.next().expect("another address");
        refused_elsewhere |= outcome(&cluster, 1, &address, wrong.clone()).await == "RATE_LIMITED";
    }
    assert!(refused_elsewhere, "the account has attempts left on the other node");
    assert_eq!(outcome(&cluster, 1, home, right).await, "AUTHENTICATED");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_connection_limit_of_a_user_spans_nodes() {
    let Some(cluster) = cluster_with(2, &[("MAX_CONNECTIONS_PER_USER", "5")]).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let chat = group(&mut [&mut ann, &mut ben]).await;
    let _more = [cluster.device(0, &ann).await, cluster.device(0, &ann).await];
    settle(&mut ann, &mut ben, &chat).await;
    let _last = [cluster.device(1, &ann).await, cluster.device(1, &ann).await];
    let bearer = format!("Bearer {}", ann.token);
    let mut sixth = Client::connect_with(&cluster.nodes[1].url(), &[("authorization", &bearer)]).await;
    assert_eq!(sixth.closed().await.map(|(code, _)| code), Some(4429));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_new_chat_limit_spans_nodes() {
    let Some(cluster) = cluster_with(2, &[("NEW_CHATS_PER_HOUR", "3")]).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let mut elsewhere = cluster.device(1, &ann).await;
    let chat = group(&mut [&mut ann, &mut ben]).await;
    ann.reply(json!({"type":"CREATE_CHAT","name":"two"})).await;
    settle(&mut ann, &mut ben, &chat).await;
    let create = |name: &str| json!({"type":"CREATE_CHAT","name":name});
    let third = elsewhere.reply(create("three")).await;
    assert_eq!(third["type"], "NEW_CHAT", "{third}");
    elsewhere.refused(create("four"), "CONFLICT", "").await;
    ben.reply(create("another user's")).await;
}
