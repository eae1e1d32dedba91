use serde_json::{Value, json};

use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, assert_same_for_all, bot, event_of};
use crate::support::{self, Client, Server};

fn typing(chat: &str, typing: bool) -> Value {
    json!({"type":"SET_TYPING","chatId":chat,"typing":typing})
}

/// The shape of a TYPING event.
fn told(chat: &str, id: &str, name: &str, typing: bool) -> Value {
    let mut shape = json!({"type":"TYPING","chatId":chat,"user":bot(id, name, "online"),"typing":typing});
    if typing {
        shape["expiresAt"] = json!("<time>");
    }
    shape
}

/// Ann and Ben in a group "den".
async fn den(server: &Server) -> (Client, Client) {
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let made = ann.command(json!({"type":"CREATE_CHAT","id":"den","name":"den","members":["ben"]})).await;
    assert_eq!(made["type"], "NEW_CHAT", "{made}");
    assert_eq!(ben.next().await["type"], "NEW_CHAT");
    (ann, ben)
}

pub async fn typing_is_published_to_the_others_and_ends(place: Place) {
    let server = support::start(place).await;
    let (mut ann, mut ben) = den(&server).await;
    let mut phone = server.device(&ann).await;
    let mut cem = server.user("cem").await;
    phone.hears_nothing().await;
    let reply = ann.command(json!({"type":"SET_TYPING","chatId":"den","typing":true,"requestId":1})).await;
    let mut shape = told("den", &ann.user_id, "ann", true);
    let event = ben.next().await;
    assert_frame(&event, shape.clone());
    assert_same_for_all(&event);
    assert_eq!(event, event_of(&reply));
    shape["requestId"] = json!(1);
    assert_frame(&reply, shape);
    assert_eq!(phone.next().await, event);
    let reply = ann.command(typing("den", false)).await;
    assert_frame(&reply, told("den", &ann.user_id, "ann", false));
    assert_eq!((ben.next().await, phone.next().await), (reply.clone(), reply));
    ann.hears_nothing().await;
    cem.hears_nothing().await;
}

pub async fn repeated_typing_is_not_republished(place: Place) {
    let server = support::start(place).await;
    let (mut ann, mut ben) = den(&server).await;
    ann.command(typing("den", true)).await;
    for _ in 0..20 {
        let again = ann.command(typing("den", true)).await;
        assert_eq!((&again["typing"], &again["duplicate"]), (&json!(true), &json!(true)), "{again}");
    }
    assert_eq!(ben.next().await["typing"], true);
    ben.hears_nothing().await;
    ann.command(typing("den", false)).await;
    let again = ann.command(typing("den", false)).await;
    assert_eq!((&again["typing"], &again["duplicate"]), (&json!(false), &json!(true)), "{again}");
    assert_eq!(ben.next().await["typing"], false);
    ben.hears_nothing().await;
}

pub async fn sending_a_message_ends_typing(place: Place) {
    let server = support::start(place).await;
    let (mut ann, mut ben) = den(&server).await;
    let mut phone = server.device(&ann).await;
    phone.hears_nothing().await;
    ann.command(typing("den", true)).await;
    let sent = ann.command(json!({"type":"SEND_MESSAGE","chatId":"den","content":"hi"})).await;
    assert_eq!(sent["type"], "NEW_MESSAGE", "{sent}");
    for other in [&mut ben, &mut phone] {
        assert_eq!(other.next().await["typing"], true);
        assert_frame(&other.next().await, told("den", &ann.user_id, "ann", false));
        assert_eq!(other.next().await, sent);
        other.hears_nothing().await;
    }
    ann.hears_nothing().await;
}

pub async fn leaving_or_removal_ends_typing(place: Place) {
    let server = support::start(place).await;
    let (mut ann, mut ben) = den(&server).await;
    ben.command(typing("den", true)).await;
    let gone = ben.command(json!({"type":"LEAVE_CHAT","chatId":"den"})).await;
    assert_eq!(gone["type"], "MEMBERS_REMOVED", "{gone}");
    assert_eq!(ann.next().await["typing"], true);
    assert_frame(&ann.next().await, told("den", &ben.user_id, "ben", false));
    assert_eq!(ann.next().await, gone);
    ann.command(json!({"type":"ADD_MEMBERS","chatId":"den","members":["ben"]})).await;
    assert_eq!(ben.next().await["type"], "NEW_CHAT");
    ben.command(typing("den", true)).await;
    let removal = json!({"type":"REMOVE_MEMBERS","chatId":"den","userIds":[ben.user_id]});
    assert_eq!(ann.next_of("TYPING").await["typing"], true);
    let stopped = ann.command(removal).await;
    assert_frame(&stopped, told("den", &ben.user_id, "ben", false));
    let gone = ann.next().await;
    assert_eq!(gone["type"], "MEMBERS_REMOVED", "{gone}");
    assert_eq!(ben.next().await["typing"], false);
    assert_eq!(ben.next().await, event_of(&gone));
    ben.hears_nothing().await;
    ben.refused(typing("den", true), "NOT_FOUND", "chatId").await;
}

pub async fn disconnecting_ends_typing(place: Place) {
    let server = support::start(place).await;
    let (mut ann, mut ben) = den(&server).await;
    let mut phone = server.device(&ann).await;
    phone.hears_nothing().await;
    ann.command(typing("den", true)).await;
    assert_eq!(phone.next().await["typing"], true);
    drop(ann);
    assert_eq!(ben.next().await["typing"], true);
    assert_frame(&ben.next().await, told("den", &phone.user_id, "ann", false));
    assert_eq!(phone.next().await["typing"], false);
}

pub async fn typing_expires_without_renewal(place: Place) {
    let server = support::start(place).await;
    let (mut ann, mut ben) = den(&server).await;
    ann.command(typing("den", true)).await;
    assert_eq!(ben.next().await["typing"], true);
    assert_frame(&ben.next().await, told("den", &ann.user_id, "ann", false));
    ann.hears_nothing().await;
}

pub async fn only_members_can_send_typing(place: Place) {
    let server = support::start(place).await;
    let (mut ann, mut ben) = den(&server).await;
    let mut cem = server.user("cem").await;
    cem.refused(typing("den", true), "NOT_FOUND", "chatId").await;
    cem.refused(typing("nowhere", true), "NOT_FOUND", "chatId").await;
    ann.command(json!({"type":"CREATE_CHAT","id":"hall","kind":"channel","name":"Hall"})).await;
    cem.next_of("CHANNEL_LISTED").await;
    cem.refused(typing("#hall", true), "FORBIDDEN", "chatId").await;
    cem.command(json!({"type":"JOIN_CHAT","chatId":"hall"})).await;
    assert_frame(&cem.command(typing("#hall", true)).await, told("hall", &cem.user_id, "cem", true));
    ann.next_of("TYPING").await;
    ben.next_of("CHANNEL_LISTED").await;
    ben.hears_nothing().await;
}
