use serde_json::json;

use crate::contract::backends::Place;
use crate::support;

pub async fn a_channel_is_made_joined_and_heard(place: Place) {
    let server = support::start(place).await;
    let (mut ann, mut ben) = (server.user("ann").await, server.user("ben").await);
    let made = ann.command(json!({"type":"CREATE_CHAT","kind":"channel","name":"general","requestId":1})).await;
    assert_eq!(made["type"], "NEW_CHAT");
    assert_eq!(made["requestId"], 1);
    assert_eq!(made["seq"], 1);
    let listed = ben.next().await;
    assert_eq!(listed["type"], "CHANNEL_LISTED");
    let joined = ben.command(json!({"type":"JOIN_CHAT","chatId":"#GENERAL"})).await;
    assert_eq!(joined["type"], "MEMBERS_ADDED");
    assert_eq!(joined["chat"]["myRole"], "member");
    let heard = ann.next().await;
    assert_eq!(heard["type"], "MEMBERS_ADDED");
    assert!(heard.get("chat").is_none() && heard.get("requestId").is_none());
    let sent = ben.command(json!({"type":"SEND_MESSAGE","chatId":made["chatId"],"content":"hi","requestId":"x"})).await;
    let mut event = ann.next().await;
    event["requestId"] = json!("x");
    assert_eq!(event, sent);
    ann.hears_nothing().await;
    ben.hears_nothing().await;
}
