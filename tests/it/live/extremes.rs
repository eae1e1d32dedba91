//! Numbers, times and cursors at the limits of their ranges.

use serde_json::{Value, json};

use super::chats::made;
use crate::contract::backends::Place;
use crate::support::{self, Client};

const NUMBERS: [&str; 7] =
    ["0", "1", "-1", "-1000000000000000", "-9223372036854775808", "9223372036854775807", "1000000000000000000"];

/// Asserts that a command succeeds or is refused, without an internal error.
async fn judged(client: &mut Client, command: Value) {
    let reply = client.reply(command.clone()).await;
    let code = reply["code"].as_str().unwrap_or_default();
    assert!(!["INTERNAL", "UNAVAILABLE"].contains(&code), "{command} was answered with {reply}");
}

pub async fn extreme_cursors_are_accepted_or_refused(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let id = made(&mut ann, "channel", "general", &mut []).await;
    ann.reply(json!({"type":"SEND_MESSAGE","chatId":id,"content":"hi @ann"})).await;
    let chat = id.as_str().expect("an id");
    let mut admin = server.admin().await;
    for number in NUMBERS {
        for cursor in [
            format!("{number}.1.{chat}"),
            format!("1.{number}.{chat}"),
            format!("{number}~~~{chat}"),
            format!("1~~{number}~{chat}"),
            format!("s1-{number}-1"),
            format!("s1-1-{number}"),
            number.to_owned(),
            "\u{0}\u{ffff}".to_owned(),
        ] {
            for mut command in [
                json!({"type":"SEARCH_MESSAGES","query":"hi"}),
                json!({"type":"GET_MENTIONS"}),
                json!({"type":"GET_CHATS"}),
                json!({"type":"GET_CHATS","scope":"public"}),
                json!({"type":"GET_MEMBERS","chatId":id}),
                json!({"type":"GET_USERS"}),
                json!({"type":"GET_CHAT_HISTORY","chatId":id,"search":"hi"}),
                json!({"type":"SYNC","chats":{}}),
            ] {
                command["cursor"] = json!(cursor);
                judged(&mut ann, command).await;
            }
            judged(&mut admin, json!({"type":"GET_AUDIT_LOG","cursor":cursor})).await;
        }
    }
}

/// No list accepts a made-up cursor, which would return an arbitrary page.
pub async fn unknown_cursors_are_refused(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let ben = server.user("ben").await;
    let id = made(&mut ann, "channel", "general", &mut []).await;
    ann.reply(json!({"type":"ADD_MEMBERS","chatId":id,"members":["ben"]})).await;
    let mut admin = server.admin().await;
    admin.reply(json!({"type":"JOIN_CHAT","chatId":id})).await;
    let users = admin.reply(json!({"type":"GET_USERS","limit":1})).await["nextCursor"].clone();
    let members = ann.reply(json!({"type":"GET_MEMBERS","chatId":id,"limit":1})).await["nextCursor"].clone();
    let lists = [
        json!({"type":"GET_USERS"}),
        json!({"type":"GET_ACCOUNTS"}),
        json!({"type":"GET_MEMBERS","chatId":id}),
        json!({"type":"GET_PRESENCE","chatId":id}),
        json!({"type":"GET_CHATS"}),
        json!({"type":"GET_MENTIONS"}),
        json!({"type":"GET_AUDIT_LOG"}),
        json!({"type":"SEARCH_MESSAGES","query":"hi"}),
    ];
    for mut list in lists {
        for cursor in ["zzz", "1", "eyJhIjoxfQ", "", "ben"] {
            list["cursor"] = json!(cursor);
            admin.refused(list.clone(), "INVALID_ARGUMENT", "cursor").await;
        }
    }
    for other in [members.clone(), json!(ben.user_id)] {
        admin.refused(json!({"type":"GET_USERS","cursor":other}), "INVALID_ARGUMENT", "cursor").await;
    }
    for own in [
        json!({"type":"GET_USERS","cursor":users}),
        json!({"type":"GET_ACCOUNTS","cursor":users}),
        json!({"type":"GET_MEMBERS","chatId":id,"cursor":members}),
        json!({"type":"GET_PRESENCE","chatId":id,"cursor":members}),
    ] {
        let page = admin.reply(own).await;
        assert_ne!(page["type"], "ERROR", "{page}");
    }
}

pub async fn extreme_times_and_positions_are_accepted_or_refused(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    let chat = id.as_str().expect("an id");
    for time in [
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59.999Z",
        "9999-12-31T23:59:59.999-23:59",
    ] {
        for command in [
            json!({"type":"BAN_MEMBER","chatId":id,"userId":ben.user_id,"until":time}),
            json!({"type":"UNBAN_MEMBER","chatId":id,"userId":ben.user_id}),
            json!({"type":"MUTE_CHAT","chatId":id,"until":time}),
            json!({"type":"CREATE_API_TOKEN","name":"t","expiresAt":time}),
            json!({"type":"GET_API_TOKENS"}),
            json!({"type":"GET_CHAT","chatId":id}),
        ] {
            judged(&mut ann, command).await;
        }
        let mut admin = server.admin().await;
        judged(&mut admin, json!({"type":"BAN_USER","userId":ben.user_id,"until":time})).await;
        judged(&mut admin, json!({"type":"UNBAN_USER","userId":ben.user_id})).await;
    }
    for seq in [0, 1, i64::MAX as u64, i64::MAX as u64 + 1, u64::MAX] {
        for command in [
            json!({"type":"GET_CHAT_HISTORY","chatId":id,"before":seq}),
            json!({"type":"GET_CHAT_HISTORY","chatId":id,"after":seq}),
            json!({"type":"GET_CHAT_HISTORY","chatId":id,"around":seq}),
            json!({"type":"GET_CHAT_HISTORY","chatId":id,"page":seq}),
            json!({"type":"MARK_READ","chatId":id,"seq":seq}),
            json!({"type":"MARK_DELIVERED","chatId":id,"seq":seq}),
            json!({"type":"SYNC","chats":{(chat):seq}}),
        ] {
            judged(&mut ann, command).await;
        }
    }
}
