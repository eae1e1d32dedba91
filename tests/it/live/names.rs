//! Names and texts that cannot deceive their readers.

use serde_json::{Value, json};

use super::accounts::signed_up;
use super::chats::made;
use crate::contract::backends::Place;
use crate::support::frame::with;
use crate::support::{self, http};

/// Texts with invisible characters, or with characters that reorder their surroundings.
const HIDDEN: [&str; 8] = [
    "general\u{2060}",
    "gen\u{200b}eral",
    "\u{202e}lareneg",
    "a\u{0}b",
    "a\u{ad}b",
    "\u{3164}",
    "a\u{2066}b",
    "a\u{200d}b",
];

pub async fn names_reject_invisible_characters(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let id = made(&mut ann, "channel", "general", &mut []).await;
    for hidden in HIDDEN {
        ann.refused(json!({"type":"CREATE_CHAT","kind":"channel","name":hidden}), "INVALID_ARGUMENT", "name").await;
        ann.refused(json!({"type":"UPDATE_CHAT","chatId":id,"name":hidden}), "INVALID_ARGUMENT", "name").await;
        ann.refused(json!({"type":"UPDATE_CHAT","chatId":id,"description":hidden}), "INVALID_ARGUMENT", "description")
            .await;
        ann.refused(json!({"type":"UPDATE_USER","displayName":hidden}), "INVALID_ARGUMENT", "displayName").await;
        ann.refused(json!({"type":"CREATE_API_TOKEN","name":hidden}), "INVALID_ARGUMENT", "name").await;
        let sign_up = json!({"type":"SIGN_UP","username":"eve","password":"correct horse","displayName":hidden});
        let refused = http::command(server.address, None, &sign_up).await.json();
        assert_eq!((&refused["code"], &refused["field"]), (&json!("INVALID_ARGUMENT"), &json!("displayName")));
    }
    let reasons = json!({"type":"DELETE_MESSAGE","chatId":id,"messageId":"x","reason":"a\u{202e}b"});
    ann.refused(reasons, "INVALID_ARGUMENT", "reason").await;
}

pub async fn names_are_normalized_to_nfc(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let made = ann.reply(json!({"type":"CREATE_CHAT","name":"  Cafe\u{301} 👩‍👩‍👧 ❤️ "})).await;
    assert_eq!(made["chat"]["name"], "Caf\u{e9} 👩‍👩‍👧 ❤️");
    let named = ann.reply(json!({"type":"UPDATE_USER","displayName":"Zoe\u{308}"})).await;
    assert_eq!(named["user"]["displayName"], "Zo\u{eb}");
}

pub async fn confusable_channel_names_are_refused(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    // Nobody sees how many blanks there are, or which.
    let release = ann.reply(json!({"type":"CREATE_CHAT","kind":"channel","name":"release  \u{a0}2"})).await;
    assert_eq!(release["chat"]["name"], "release 2");
    ben.next_of("CHANNEL_LISTED").await;
    for look_alike in ["release 2", "release\u{a0}2", "release \u{2009} 2", "Release\u{3000}2"] {
        let command = json!({"type":"CREATE_CHAT","kind":"channel","name":look_alike});
        ben.refused(command, "CONFLICT", "name").await;
        let got = ben.reply(json!({"type":"GET_CHAT","chatId":format!("#{look_alike}")})).await;
        assert_eq!(got["chat"]["id"], release["chatId"], "{look_alike}");
    }
    ann.reply(json!({"type":"UPDATE_CHAT","chatId":release["chatId"],"name":"release - 2"})).await;
    for look_alike in ["release-2", "release -2", "release\u{a0}- 2"] {
        ben.refused(json!({"type":"CREATE_CHAT","kind":"channel","name":look_alike}), "CONFLICT", "name").await;
        let got = ben.reply(json!({"type":"GET_CHAT","chatId":format!("#{look_alike}")})).await;
        assert_eq!(got["chat"]["id"], release["chatId"], "{look_alike}");
    }
    made(&mut ann, "channel", "general", &mut []).await;
    let other = made(&mut ben, "channel", "Straße", &mut []).await;
    for look_alike in ["gеneral", "ɡeneral", "Ｇｅｎｅｒａｌ", "𝐠eneral", "gеnеral"] {
        let command = json!({"type":"CREATE_CHAT","kind":"channel","name":look_alike});
        ben.refused(command, "CONFLICT", "name").await;
        ben.refused(json!({"type":"UPDATE_CHAT","chatId":other,"name":look_alike}), "CONFLICT", "name").await;
    }
    ben.reply(json!({"type":"UPDATE_CHAT","chatId":other,"name":"Straße"})).await;
    // Two names outside ASCII may not be confusable, nor a name in ASCII with an archived one.
    let cyrillic = made(&mut ben, "channel", "спорт", &mut []).await;
    let mixed = json!({"type":"CREATE_CHAT","kind":"channel","name":"спoрт"});
    ben.refused(mixed.clone(), "CONFLICT", "name").await;
    ben.refused(json!({"type":"UPDATE_CHAT","chatId":other,"name":"спoрт"}), "CONFLICT", "name").await;
    let posted = http::command(server.address, Some(&ben.token), &mixed).await.json();
    assert_eq!((&posted["code"], &posted["field"]), (&json!("CONFLICT"), &json!("name")));
    ben.reply(json!({"type":"UPDATE_CHAT","chatId":cyrillic,"name":"sсоре","active":false})).await;
    ben.refused(json!({"type":"CREATE_CHAT","kind":"channel","name":"scope"}), "CONFLICT", "name").await;
    made(&mut ben, "channel", "спoрт", &mut []).await;
    // A ligature for a phrase counts as long as the phrase.
    let ligatures = json!({"type":"CREATE_CHAT","kind":"channel","name":"\u{fdfa}".repeat(80)});
    ben.refused(ligatures, "INVALID_ARGUMENT", "name").await;
    // Group names are not restricted, and different ASCII names are never confusable.
    made(&mut ben, "group", "gеneral", &mut []).await;
    made(&mut ben, "channel", "corn", &mut []).await;
    made(&mut ben, "channel", "com", &mut []).await;
}

pub async fn official_display_names_require_the_admin_role(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    for name in ["Administrator", "SYSTEM", "Аdministrator", "PiChat", "-- System --"] {
        ann.refused(json!({"type":"UPDATE_USER","displayName":name}), "FORBIDDEN", "displayName").await;
        let sign_up = json!({"type":"SIGN_UP","username":"eve","password":"correct horse","displayName":name});
        assert_eq!(http::command(server.address, None, &sign_up).await.json()["code"], "FORBIDDEN", "{name}");
    }
    ann.reply(json!({"type":"UPDATE_USER","displayName":"System of a Down"})).await;
    let named = server.admin().await.reply(json!({"type":"UPDATE_USER","displayName":"Administrator"})).await;
    assert_eq!(named["user"]["displayName"], "Administrator");
}

pub async fn misleading_attachments_are_refused(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    let good = json!({"url":"https://example.org/a.png","name":"a.png","size":1,"mimeType":"image/png"});
    let message = |attachment: Value| json!({"type":"SEND_MESSAGE","chatId":id,"message":{"content":"look","attachments":[attachment]}});
    for (field, value) in [
        ("name", "a\u{0}.png"),
        ("name", "a\n.png"),
        ("name", "gnp\u{202e}.exe"),
        ("name", "\u{200b}"),
        ("mimeType", "image/png\r\nX-Evil: 1"),
        ("mimeType", "image/png\r\n; a"),
        ("mimeType", "image/png\u{2028}; a"),
        ("mimeType", "image/"),
        ("url", "https://"),
        ("url", "https:///a"),
        ("url", "https://:80/"),
        ("url", "https://bank.example@attacker.example/"),
        ("url", "https://example.org/\u{202e}gnp.exe"),
        ("url", "javascript:alert(1)"),
    ] {
        let bad = with(good.clone(), json!({field:value}));
        ann.refused(message(bad), "INVALID_ARGUMENT", &format!("message.attachments[0].{field}")).await;
    }
    let sent = ann.reply(message(with(good, json!({"name":"Cafe\u{301}.png"})))).await;
    assert_eq!(sent["message"]["attachments"][0]["name"], "Caf\u{e9}.png");
}

pub async fn invisible_messages_and_reactions_are_refused(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    let sent = ann.reply(json!({"type":"SEND_MESSAGE","chatId":id,"content":"a\u{200b}b"})).await;
    assert_eq!(sent["message"]["content"], "a\u{200b}b", "a text is stored unchanged");
    let message = &sent["message"]["id"];
    for invisible in ["\u{200b}", "\u{2060}\u{2060}", "\u{3164}", " \u{fe0f}", "\u{2800}"] {
        let say = json!({"type":"SEND_MESSAGE","chatId":id,"content":invisible});
        ann.refused(say.clone(), "INVALID_ARGUMENT", "content").await;
        let posted = http::command(server.address, Some(&ann.token), &say).await.json();
        assert_eq!(posted["code"], "INVALID_ARGUMENT");
        let edit = json!({"type":"EDIT_MESSAGE","chatId":id,"messageId":message,"content":invisible});
        ann.refused(edit, "INVALID_ARGUMENT", "content").await;
        let react = json!({"type":"ADD_REACTION","chatId":id,"messageId":message,"emoji":invisible});
        ann.refused(react, "INVALID_ARGUMENT", "emoji").await;
    }
    for emoji in ["👍🏽", "❤️", "🏳️‍🌈", "👩‍👩‍👧", "1️⃣"] {
        let react = json!({"type":"ADD_REACTION","chatId":id,"messageId":message,"emoji":emoji});
        assert_eq!(ann.reply(react).await["type"], "REACTION_ADDED", "{emoji}");
    }
}

pub async fn metadata_is_limited_to_16_kib(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    // {"a":"…"} has eight bytes besides the text.
    let [fits, is_over] = [(16 << 10) - 8, (16 << 10) - 7].map(|length| json!({"a":"x".repeat(length)}));
    let say = |metadata: &Value| json!({"type":"SEND_MESSAGE","chatId":id,"id":"m","content":"hi","metadata":metadata});
    ann.refused(say(&is_over), "TOO_LARGE", "metadata").await;
    assert_eq!(ann.reply(say(&fits)).await["message"]["metadata"], fits);
    let edit = |metadata: &Value| json!({"type":"EDIT_MESSAGE","chatId":id,"messageId":"m","content":"ho","metadata":metadata});
    ann.refused(edit(&is_over), "TOO_LARGE", "metadata").await;
    assert_eq!(ann.reply(edit(&fits)).await["type"], "MESSAGE_EDITED");
}

pub async fn names_and_searches_are_compared_by_case_folding(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    for (name, same, part) in [("Hauptstraße", "HAUPTSTRASSE", "strasse"), ("Λόγος", "ΛΌΓΟΣ", "ΌΓΟΣ")] {
        let id = made(&mut ann, "channel", name, &mut []).await;
        let again = json!({"type":"CREATE_CHAT","kind":"channel","name":same});
        ann.refused(again, "CONFLICT", "name").await;
        let found = ann.reply(json!({"type":"GET_CHAT","chatId":format!("#{same}")})).await;
        assert_eq!(found["chat"]["id"], id, "{found}");
        let listed = ann.reply(json!({"type":"GET_CHATS","search":part})).await;
        assert_eq!(listed["chats"][0]["id"], id, "{listed}");
        let sent = ann.reply(json!({"type":"SEND_MESSAGE","chatId":id,"content":format!("see {name}!")})).await;
        for query in [same, part, name] {
            let found = ann.reply(json!({"type":"SEARCH_MESSAGES","query":query})).await;
            assert_eq!(found["messages"][0]["id"], sent["message"]["id"], "{query}: {found}");
        }
    }
}
