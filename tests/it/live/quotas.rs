//! Quotas of one user.

use serde_json::{Value, json};

use super::accounts::{logged_in, signed_up};
use super::chats::made;
use crate::contract::backends::Place;
use crate::contract::scene;
use crate::support::{self, Client, Server, http};

/// Asserts that a refusal names the setting.
async fn over(client: &mut Client, command: Value, field: &str, setting: &str) {
    let refused = client.refused(command, "CONFLICT", field).await;
    assert!(refused["error"].as_str().is_some_and(|sentence| sentence.contains(setting)), "{refused}");
}

pub async fn pins_per_chat_are_bounded(place: Place) {
    let server = support::start_with(place, &[("MAX_PINS_PER_CHAT", "2")]).await;
    let mut ann = server.user("ann").await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    let pin = |message: &str| json!({"type":"PIN_MESSAGE","chatId":id,"messageId":message});
    for message in ["a", "b", "c"] {
        ann.reply(json!({"type":"SEND_MESSAGE","chatId":id,"id":message,"content":"hi"})).await;
    }
    ann.reply(pin("a")).await;
    ann.reply(pin("b")).await;
    over(&mut ann, pin("c"), "", "MAX_PINS_PER_CHAT").await;
    assert_eq!(ann.reply(pin("a")).await["duplicate"], true);
    ann.reply(json!({"type":"UNPIN_MESSAGE","chatId":id,"messageId":"a"})).await;
    assert_eq!(ann.reply(pin("c")).await["type"], "MESSAGE_PINNED");
}

pub async fn emoji_per_message_are_bounded(place: Place) {
    let server = support::start_with(place, &[("MAX_REACTIONS_PER_MESSAGE", "2")]).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut eve = server.user("eve").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    ann.reply(json!({"type":"SEND_MESSAGE","chatId":id,"id":"m","content":"hi"})).await;
    let react = |emoji: &str| json!({"type":"ADD_REACTION","chatId":id,"messageId":"m","emoji":emoji});
    ann.reply(react("👍")).await;
    ann.reply(react("❤️")).await;
    over(&mut ann, react("🎉"), "emoji", "MAX_REACTIONS_PER_MESSAGE").await;
    eve.refused(react("🎉"), "NOT_FOUND", "chatId").await;
    assert_eq!(ben.reply(react("👍")).await["type"], "REACTION_ADDED", "an existing one");
}

pub async fn tokens_and_bots_per_user_are_bounded(place: Place) {
    let server = support::start_with(place, &[("MAX_TOKENS_PER_USER", "4"), ("MAX_BOTS_PER_USER", "2")]).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let bot = |name: &str| json!({"type":"CREATE_API_TOKEN","name":"t","botUsername":name});
    ann.reply(bot("bot-1")).await;
    ann.reply(bot("bot-2")).await;
    over(&mut ann, bot("bot-3"), "", "MAX_BOTS_PER_USER").await;
    assert_eq!(ann.reply(bot("bot-2")).await["type"], "API_TOKEN_CREATED", "an existing one");
    ann.reply(json!({"type":"CREATE_API_TOKEN","name":"own"})).await;
    over(&mut ann, json!({"type":"CREATE_API_TOKEN","name":"own"}), "", "MAX_TOKENS_PER_USER").await;
    let mut admin = server.admin().await;
    for number in 0..6 {
        assert_eq!(admin.reply(bot(&format!("admin-bot-{number}"))).await["type"], "API_TOKEN_CREATED");
    }
}

pub async fn new_bots_count_against_the_sign_up_limit_of_the_address(place: Place) {
    let server = support::start_with(place, &[("SIGN_UPS_PER_HOUR", "3")]).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    for name in ["bot-1", "bot-2"] {
        let made = ann.reply(json!({"type":"CREATE_API_TOKEN","name":"t","botUsername":name})).await;
        assert_eq!(made["type"], "API_TOKEN_CREATED");
    }
    ann.refused(json!({"type":"CREATE_API_TOKEN","name":"t","botUsername":"bot-3"}), "RATE_LIMITED", "").await;
}

pub async fn memberships_per_user_are_bounded(place: Place) {
    let server = support::start_with(place, &[("MAX_CHATS_PER_USER", "2")]).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let lobby = made(&mut ben, "channel", "lobby", &mut []).await;
    ann.reply(json!({"type":"CREATE_CHAT","name":"one","id":"one"})).await;
    ann.reply(json!({"type":"CREATE_CHAT","name":"two","id":"two"})).await;
    over(&mut ann, json!({"type":"CREATE_CHAT","name":"three"}), "", "MAX_CHATS_PER_USER").await;
    over(&mut ann, json!({"type":"JOIN_CHAT","chatId":lobby}), "", "MAX_CHATS_PER_USER").await;
    let personal = json!({"type":"SEND_PERSONAL_MESSAGE","to":"ben","content":"hi"});
    over(&mut ann, personal, "", "MAX_CHATS_PER_USER").await;
    assert_eq!(ann.reply(json!({"type":"CREATE_CHAT","name":"two","id":"two"})).await["duplicate"], true);
    ann.reply(json!({"type":"LEAVE_CHAT","chatId":"one"})).await;
    assert_eq!(ann.reply(json!({"type":"JOIN_CHAT","chatId":lobby})).await["type"], "MEMBERS_ADDED");
    let mut admin = server.admin().await;
    for number in 0..4 {
        made(&mut admin, "group", &format!("admin {number}"), &mut []).await;
    }
}

pub async fn chats_created_per_user_and_hour_are_bounded(place: Place) {
    let server = support::start_with(place, &[("NEW_CHATS_PER_HOUR", "3")]).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let personal = json!({"type":"SEND_PERSONAL_MESSAGE","to":"ben","content":"hi"});
    ann.reply(json!({"type":"CREATE_CHAT","name":"one"})).await;
    ann.reply(personal.clone()).await;
    ann.reply(json!({"type":"CREATE_CHAT","kind":"channel","name":"three"})).await;
    over(&mut ann, json!({"type":"CREATE_CHAT","name":"four"}), "", "NEW_CHATS_PER_HOUR").await;
    let posted = http::command(server.address, Some(&ann.token), &json!({"type":"CREATE_CHAT","name":"four"})).await;
    assert_eq!((posted.status, &posted.json()["code"]), (409, &json!("CONFLICT")));
    assert_eq!(ann.reply(personal).await["type"], "NEW_MESSAGE", "an existing chat");
    made(&mut ben, "group", "another user's", &mut []).await;
}

pub async fn the_oldest_session_is_evicted_at_the_limit(place: Place) {
    let server = support::start_with(place, &[("MAX_SESSIONS_PER_USER", "2")]).await;
    let (mut first, _) = signed_up(&server, "ann").await;
    server.later().await;
    drop(logged_in(&server, "ann", "second").await);
    server.later().await;
    let (mut third, _) = logged_in(&server, "ann", "third").await;
    assert_eq!(first.closed().await.map(|closed| closed.0), Some(4401));
    let listed = third.reply(json!({"type":"GET_SESSIONS"})).await;
    assert_eq!(listed["sessions"].as_array().map(Vec::len), Some(2));
}

pub async fn connections_of_a_user_share_one_command_budget(place: Place) {
    let server = support::start_with(place, &[("COMMANDS_PER_SECOND_PER_USER", "1")]).await;
    let mut ann = server.person("ann").await;
    let mut devices = [server.device(&ann).await, server.device(&ann).await];
    for device in &mut devices {
        for _ in 0..60 {
            device.send(json!({"type":"GET_ME"})).await;
        }
    }
    let mut refused = 0;
    for device in &mut devices {
        for _ in 0..60 {
            let reply = device.next().await;
            if reply["code"] == "RATE_LIMITED" {
                assert!(reply["retryAfterMs"].as_u64() > Some(0), "{reply}");
                refused += 1;
            }
        }
    }
    assert!(refused > 60, "{refused} of 120");
    let posted = http::command(server.address, Some(&ann.token), &json!({"type":"SYNC","chats":{}})).await;
    assert!([200, 429].contains(&posted.status));
    let mut ben = server.person("ben").await;
    assert_eq!(ben.command(json!({"type":"GET_ME"})).await["type"], "USER", "another user");
    ann.send(json!({"type":"PING"})).await;
}

/// The path of a new download of the caller's data.
async fn export(server: &Server, client: &mut Client) -> String {
    let ready = client.reply(json!({"type":"EXPORT_MY_DATA"})).await;
    let url = ready["url"].as_str().unwrap_or_else(|| panic!("no address: {ready}"));
    url.strip_prefix(&format!("http://{}", server.address)).expect("this server").to_owned()
}

async fn status(server: &Server, path: &str) -> u16 {
    http::send(server.address, &format!("GET {path}"), &[], b"").await.status
}

pub async fn export_links_are_revoked_with_the_session_or_password(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let (mut other, _) = logged_in(&server, "ann", "other").await;
    let of_ann = export(&server, &mut ann).await;
    let of_other = export(&server, &mut other).await;
    assert_eq!((status(&server, &of_ann).await, status(&server, &of_other).await), (200, 200));
    other.reply(json!({"type":"LOG_OUT"})).await;
    assert_eq!((status(&server, &of_ann).await, status(&server, &of_other).await), (200, 404));
    server.later().await;
    let command =
        json!({"type":"CHANGE_PASSWORD","oldPassword":super::accounts::PASSWORD,"newPassword":"another horse"});
    assert_eq!(ann.reply(command).await["type"], "PASSWORD_CHANGED");
    assert_eq!(status(&server, &of_ann).await, 404);
    let again = export(&server, &mut ann).await;
    assert_eq!(status(&server, &again).await, 200);
    server.later().await;
    ann.reply(json!({"type":"LOG_OUT","everywhere":true})).await;
    assert_eq!(status(&server, &again).await, 404);
    // Revoking a token revokes its downloads.
    let mut ben = server.user("ben").await;
    let made = server.admin().await.reply(json!({"type":"CREATE_API_TOKEN","name":"t","botUsername":"ben"})).await;
    let mut device = server.user_with(made["secret"].as_str().expect("a secret")).await;
    let kept = export(&server, &mut ben).await;
    let ended = export(&server, &mut device).await;
    server.admin().await.reply(json!({"type":"REVOKE_API_TOKEN","tokenId":made["token"]["id"]})).await;
    assert_eq!((status(&server, &kept).await, status(&server, &ended).await), (200, 404));
}

pub async fn exports_are_audited_daily_and_bounded_in_parallel(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut path = String::new();
    for _ in 0..5 {
        path = export(&server, &mut ann).await;
    }
    let log = json!({"type":"GET_AUDIT_LOG","actorId":ann.user_id});
    let entries = server.admin().await.reply(log).await["entries"].clone();
    assert_eq!(entries.as_array().map(Vec::len), Some(1), "{entries}");
    let ticket = path.strip_prefix("/export/").expect("a ticket");
    let held: Vec<_> = futures_util::future::join_all((0..2).map(|_| redeem(&server, ticket))).await;
    assert!(held.iter().all(Result::is_ok));
    assert_eq!(status(&server, &path).await, 429);
    drop(held);
    assert_eq!(status(&server, &path).await, 200);
}

async fn redeem(server: &Server, ticket: &str) -> pichat::protocol::error::Result<pichat::api::export::Download> {
    pichat::api::export::redeem(&server.services, ticket, [127, 0, 0, 1].into()).await
}

pub async fn strangers_added_per_user_and_hour_are_bounded(place: Place) {
    let server = support::start_with(place, &[("NEW_CONTACTS_PER_HOUR", "3")]).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    for name in ["cem", "dot", "eve", "fay"] {
        scene::user(&*server.services.repository, name).await;
    }
    let lobby = made(&mut ben, "channel", "lobby", &mut []).await;
    ann.reply(json!({"type":"JOIN_CHAT","chatId":lobby})).await;
    let den = json!({"type":"CREATE_CHAT","name":"den","id":"den","members":["ben","cem","dot"]});
    ann.reply(den.clone()).await;
    assert_eq!(ann.reply(den).await["duplicate"], true, "a repeat costs nothing");
    let add = |members: &[&str]| json!({"type":"ADD_MEMBERS","chatId":"den","members":members});
    over(&mut ann, add(&["eve", "fay"]), "members", "NEW_CONTACTS_PER_HOUR").await;
    ann.reply(add(&["eve", "cem", "ben"])).await;
    over(&mut ann, add(&["fay"]), "members", "NEW_CONTACTS_PER_HOUR").await;
    let club = json!({"type":"CREATE_CHAT","name":"club","members":["fay"]});
    over(&mut ann, club.clone(), "members", "NEW_CONTACTS_PER_HOUR").await;
    ann.reply(json!({"type":"CREATE_CHAT","name":"friends","members":["ben","cem","dot","eve"]})).await;
    assert_eq!(ben.reply(club.clone()).await["type"], "NEW_CHAT", "another user's");
    assert_eq!(server.admin().await.reply(club).await["type"], "NEW_CHAT");
}

pub async fn bots_of_one_owner_share_a_command_budget(place: Place) {
    // Creating the bots costs one command each, within the user's burst.
    let server = support::start_with(place, &[("COMMANDS_PER_SECOND_PER_USER", "10")]).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let mut bots = vec![];
    for number in 0..10 {
        let bot = json!({"type":"CREATE_API_TOKEN","name":"t","botUsername":format!("bot-{number}")});
        let secret = ann.reply(bot).await["secret"].as_str().expect("a secret").to_owned();
        bots.push(Client::greeted(&server.url(), &secret).await);
    }
    // Ten bots could send three hundred in a burst, but together they are limited to a hundred and fifty.
    let many: Vec<Value> = (0..28).map(|_| json!({"type":"GET_ME"})).collect();
    let many = serde_json::to_string(&many).expect("JSON");
    let mut refused = 0;
    for bot in &mut bots {
        bot.send_text(&many).await;
    }
    for bot in &mut bots {
        for _ in 0..28 {
            let answer = bot.next().await;
            let is_theirs = answer["error"].as_str().is_some_and(|text| text.contains("user's bots"));
            refused += usize::from(answer["code"] == "RATE_LIMITED" && is_theirs);
        }
    }
    assert!(refused > 0, "all of them were answered");
    assert_eq!(ann.reply(json!({"type":"GET_ME"})).await["type"], "USER", "the owner has a separate share");
}
