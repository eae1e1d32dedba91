use serde_json::{Value, json};

use super::chats::made;
use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, assert_same_for_all, bot, event_of, with};
use crate::support::{self, Client};

async fn said(sender: &mut Client, chat: &Value, others: &mut [&mut Client]) {
    let command = json!({"type":"SEND_MESSAGE","chatId":chat,"message":{"id":"m","content":"hello"}});
    let sent = sender.command(command).await;
    for other in others {
        assert_eq!(other.next().await, sent);
    }
}

pub async fn a_reaction_is_published_and_counted_once(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut device = server.device(&ben).await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    device.next_of("NEW_CHAT").await;
    said(&mut ann, &id, &mut [&mut ben, &mut device]).await;
    let command = |kind: &str| json!({"type":kind,"requestId":"r","chatId":id,"messageId":"m","emoji":"👍"});
    let added = ben.command(command("ADD_REACTION")).await;
    let shape = json!({"type":"REACTION_ADDED","requestId":"r","chatId":id,"seq":3,"messageId":"m","emoji":"👍",
        "user":bot(&ben.user_id, "ben", "online"),"reactions":[{"emoji":"👍","count":1,"userIds":[ben.user_id]}]});
    assert_frame(&added, shape.clone());
    for client in [&mut ann, &mut device] {
        let event = client.next().await;
        assert_eq!(event, event_of(&added));
        assert_same_for_all(&event);
    }
    assert_frame(&ben.command(command("ADD_REACTION")).await, with(shape.clone(), json!({"duplicate":true})));
    let seen = |me: bool| json!([{"emoji":"👍","count":1,"userIds":[ben.user_id],"me":me}]);
    for (client, me) in [(&mut ann, false), (&mut device, true)] {
        let asked = client.command(json!({"type":"GET_MESSAGE","chatId":id,"messageId":"m"})).await;
        assert_eq!((&asked["message"]["reactions"], &asked["message"]["updatedSeq"]), (&seen(me), &json!(3)));
        let history = client.command(json!({"type":"GET_CHAT_HISTORY","chatId":id})).await;
        assert_eq!(history["messages"][0]["reactions"], seen(me));
        let synced = client.command(json!({"type":"SYNC","chats":{(id.as_str().expect("an id")):2}})).await;
        assert_eq!(synced["chats"][0]["messages"][0]["reactions"], seen(me));
        let found = client.command(json!({"type":"SEARCH_MESSAGES","query":"hello"})).await;
        assert_eq!(found["messages"][0]["reactions"], seen(me));
    }
    let removed = ben.command(command("REMOVE_REACTION")).await;
    let gone = with(shape, json!({"type":"REACTION_REMOVED","seq":4,"reactions":[]}));
    assert_frame(&removed, gone.clone());
    for client in [&mut ann, &mut device] {
        assert_eq!(client.next().await, event_of(&removed));
    }
    assert_frame(&ben.command(command("REMOVE_REACTION")).await, with(gone, json!({"duplicate":true})));
    for client in [&mut ann, &mut ben, &mut device] {
        client.hears_nothing().await;
    }
}

pub async fn reaction_errors_name_the_field(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "channel", "news", &mut []).await;
    ben.next_of("CHANNEL_LISTED").await;
    said(&mut ann, &id, &mut []).await;
    for kind in ["ADD_REACTION", "REMOVE_REACTION"] {
        let command = json!({"type":kind,"chatId":id,"messageId":"m","emoji":"👍"});
        for (fields, code, field) in [
            (json!({"emoji":""}), "INVALID_ARGUMENT", "emoji"),
            (json!({"emoji":" "}), "INVALID_ARGUMENT", "emoji"),
            (json!({"emoji":"a\u{7}"}), "INVALID_ARGUMENT", "emoji"),
            (json!({"emoji":"👍👍"}), "INVALID_ARGUMENT", "emoji"),
            (json!({"emoji":"a"}), "INVALID_ARGUMENT", "emoji"),
            (json!({"emoji":":Shipit:"}), "INVALID_ARGUMENT", "emoji"),
            (json!({"emoji":format!(":{}:", "x".repeat(31))}), "INVALID_ARGUMENT", "emoji"),
            (json!({"messageId":"none"}), "NOT_FOUND", "messageId"),
            (json!({"chatId":"none"}), "NOT_FOUND", "chatId"),
        ] {
            if kind == "ADD_REACTION" || code == "NOT_FOUND" {
                ann.refused(with(command.clone(), fields), code, field).await;
            }
        }
        ben.refused(command, "FORBIDDEN", "chatId").await;
    }
    ann.command(json!({"type":"ADD_REACTION","chatId":id,"messageId":"m","emoji":"🏴󠁧󠁢󠁥󠁮󠁧󠁿"})).await;
    ann.command(json!({"type":"DELETE_MESSAGE","chatId":id,"messageId":"m"})).await;
    let late = json!({"type":"ADD_REACTION","chatId":id,"messageId":"m","emoji":"👍"});
    ann.refused(late, "CONFLICT", "messageId").await;
}

pub async fn variants_of_an_emoji_are_one_reaction(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    ann.reply(json!({"type":"SEND_MESSAGE","chatId":id,"id":"m","content":"hi"})).await;
    let react = |kind: &str, emoji: &str| json!({"type":kind,"chatId":id,"messageId":"m","emoji":emoji});
    let heart = ann.reply(react("ADD_REACTION", "\u{2764}")).await;
    assert_eq!(heart["emoji"], "\u{2764}\u{fe0f}", "{heart}");
    let both = ben.reply(react("ADD_REACTION", "\u{2764}\u{fe0f}")).await;
    assert_eq!(both["reactions"].as_array().map(Vec::len), Some(1), "{both}");
    assert_eq!(both["reactions"][0]["count"], 2);
    let one = ben.reply(react("REMOVE_REACTION", "\u{2764}")).await;
    assert_eq!(one["reactions"][0]["count"], 1, "{one}");
    for emoji in ["👩🏽\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👨🏿", ":party-parrot_2+:", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "#️⃣"]
    {
        let added = ann.reply(react("ADD_REACTION", emoji)).await;
        assert_eq!((&added["type"], &added["emoji"]), (&json!("REACTION_ADDED"), &json!(emoji)), "{added}");
    }
}
