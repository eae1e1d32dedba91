//! Moderation of the server.

use std::sync::Arc;

use pichat::auth::{hash, new_secret};
use pichat::domain::{Action, Change};
use pichat::protocol::{
    Ban, ChatId, ChatKind, ChatRole, LargeChats, Scope, ServerRole, Timestamp, Token, User, UserId,
};
use pichat::store::repository::{Account, AccountName, Document, StoredToken};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Error;

use super::chats::made;
use crate::contract::backends::Place;
use crate::contract::scene;
use crate::support::frame::{assert_frame, event_of, with};
use crate::support::{self, Client, Server, http};

/// A user with that role and a token with every scope.
pub async fn ranked(server: &Server, name: &str, role: ServerRole) -> Client {
    let user = User { role, ..scene::person(name) };
    let user = server.services.repository.create_account(&Account::new(user)).await.expect("a new user").user;
    let secret = new_secret().expect("random bytes");
    let token = Token {
        id: server.services.clock.id().into(),
        name: "kept by the test".into(),
        scopes: vec![Scope::Read, Scope::Write, Scope::Admin],
        user_id: user.id.clone(),
        created_at: server.services.clock.now(),
        expires_at: None,
        last_used_at: None,
    };
    let stored = StoredToken { token, maker: user.id, hash: hash(&secret) };
    server.services.repository.create_token(&stored).await.expect("a new token");
    server.user_with(&secret).await
}

/// The HTTP status of a refused handshake.
async fn refused_status(server: &Server, token: &str) -> u16 {
    let bearer = format!("Bearer {token}");
    match Client::try_connect(&server.url(), &[("authorization", &bearer)]).await.err().map(|error| *error) {
        Some(Error::Http(response)) => response.status().as_u16(),
        other => panic!("not refused: {other:?}"),
    }
}

fn closed(reason: &str) -> support::Closed {
    Some((4403, reason.to_owned()))
}

pub async fn a_banned_user_is_disconnected_and_cannot_return(place: Place) {
    let server = support::start(place).await;
    let mut maud = ranked(&server, "maud", ServerRole::Moderator).await;
    let mut device = server.device(&maud).await;
    let mut ben = server.person("ben").await;
    let mut phone = server.device(&ben).await;
    let made = ben.command(json!({"type":"CREATE_API_TOKEN","name":"bot","botUsername":"bens-bot"})).await;
    let bots = made["secret"].as_str().expect("a secret").to_owned();
    let mut bot = server.user_with(&bots).await;
    let ban = json!({"type":"BAN_USER","requestId":"b","userId":"ben","reason":"spam","until":"2999-01-01T00:00:00Z"});
    let banned = maud.command(ban.clone()).await;
    let shape = json!({"type":"USER_BANNED","requestId":"b","userId":ben.user_id,"by":maud.user_id,"reason":"spam",
        "until":"2999-01-01T00:00:00.000Z"});
    assert_frame(&banned, shape.clone());
    assert_eq!(device.next().await, event_of(&banned));
    for client in [&mut ben, &mut phone, &mut bot] {
        assert_eq!(client.closed().await, closed("banned"));
    }
    for token in [&ben.token, &bots] {
        assert_eq!(refused_status(&server, token).await, 403);
        let refused = http::command(server.address, Some(token), &json!({"type":"GET_ME"})).await;
        assert_eq!((refused.status, &refused.json()["code"]), (403, &json!("FORBIDDEN")));
    }
    assert_frame(&maud.command(ban).await, with(shape, json!({"duplicate":true})));
    let pardon = json!({"type":"UNBAN_USER","requestId":"u","userId":ben.user_id});
    let pardoned = maud.command(pardon.clone()).await;
    let shape = json!({"type":"USER_UNBANNED","requestId":"u","userId":ben.user_id,"by":maud.user_id});
    assert_frame(&pardoned, shape.clone());
    assert_eq!(device.next().await, event_of(&pardoned));
    assert_frame(&maud.command(pardon).await, with(shape, json!({"duplicate":true})));
    server.device(&ben).await.hears_nothing().await;
    device.hears_nothing().await;
}

pub async fn an_expired_server_ban_has_no_effect(place: Place) {
    let server = support::start(place).await;
    let ben = server.person("ben").await;
    let repository = &server.services.repository;
    let name = AccountName::Id(UserId::from(&*ben.user_id));
    let account = repository.account(&name).await.expect("an answer").expect("ben");
    let by = UserId::from("admin");
    let at = Timestamp::from_millis(0);
    let until = Some(Timestamp::from_millis(1));
    let account = Account { ban: Some(Ban { by, at, reason: None, until }), ..account };
    assert!(repository.update_account(&account).await.expect("an answer"));
    server.device(&ben).await.hears_nothing().await;
    let mut admin = server.admin().await;
    let pardoned = admin.command(json!({"type":"UNBAN_USER","userId":"ben"})).await;
    assert_eq!(pardoned["duplicate"], true);
}

pub async fn moderators_cannot_act_on_themselves_or_higher_roles(place: Place) {
    let server = support::start(place).await;
    let mut maud = ranked(&server, "maud", ServerRole::Moderator).await;
    let max = ranked(&server, "max", ServerRole::Moderator).await;
    let mut ann = server.person("ann").await;
    let mut admin = server.admin().await;
    for kind in ["BAN_USER", "UNBAN_USER", "DISCONNECT_USER"] {
        let on = |user: &str| json!({"type":kind,"userId":user});
        ann.refused(on("maud"), "FORBIDDEN", "").await;
        for user in [&max.user_id, &maud.user_id.clone(), "admin"] {
            maud.refused(on(user), "FORBIDDEN", "userId").await;
        }
        admin.refused(on("admin"), "FORBIDDEN", "userId").await;
        maud.refused(on("nobody"), "NOT_FOUND", "userId").await;
        maud.refused(with(on("ann"), json!({"reason":"r".repeat(501)})), "INVALID_ARGUMENT", "reason").await;
    }
    let past = json!({"type":"BAN_USER","userId":"ann","until":"2020-01-01T00:00:00Z"});
    maud.refused(past, "INVALID_ARGUMENT", "until").await;
    let crown = |user: &str, role: &str| json!({"type":"SET_USER_ROLE","userId":user,"role":role});
    maud.refused(crown("ann", "moderator"), "FORBIDDEN", "").await;
    admin.refused(crown("admin", "member"), "FORBIDDEN", "userId").await;
    ann.hears_nothing().await;
}

pub async fn a_server_role_applies_from_the_next_command(place: Place) {
    let server = support::start(place).await;
    let mut admin = server.admin().await;
    let mut ann = ranked(&server, "ann", ServerRole::Member).await;
    let ask = json!({"type":"GET_AUDIT_LOG"});
    ann.refused(ask.clone(), "FORBIDDEN", "").await;
    let crown = json!({"type":"SET_USER_ROLE","requestId":"r","userId":"ann","role":"moderator"});
    let given = admin.command(crown.clone()).await;
    let shape =
        json!({"type":"USER_ROLE_CHANGED","requestId":"r","userId":ann.user_id,"role":"moderator","by":"admin"});
    assert_frame(&given, shape.clone());
    assert_eq!(ann.next().await, event_of(&given));
    assert_eq!(ann.command(ask.clone()).await["type"], "AUDIT_LOG");
    assert_frame(&admin.command(crown.clone()).await, with(shape, json!({"duplicate":true})));
    admin.command(with(crown, json!({"role":"member"}))).await;
    ann.next_of("USER_ROLE_CHANGED").await;
    ann.refused(ask, "FORBIDDEN", "").await;
}

pub async fn a_disconnected_user_can_reconnect(place: Place) {
    let server = support::start(place).await;
    let mut admin = server.admin().await;
    let mut ben = server.person("ben").await;
    let mut phone = server.device(&ben).await;
    let command = json!({"type":"DISCONNECT_USER","requestId":"d","userId":"ben","reason":"calm down"});
    let done = admin.command(command).await;
    let shape =
        json!({"type":"USER_DISCONNECTED","requestId":"d","userId":ben.user_id,"by":"admin","reason":"calm down"});
    assert_frame(&done, shape);
    for client in [&mut ben, &mut phone] {
        assert_eq!(client.closed().await, closed("disconnected by a moderator"));
    }
    server.device(&ben).await.hears_nothing().await;
}

pub async fn moderation_is_recorded_in_the_audit_log(place: Place) {
    let server = support::start(place).await;
    let mut maud = ranked(&server, "maud", ServerRole::Moderator).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben, &mut cem]).await;
    ann.command(json!({"type":"REMOVE_MEMBERS","chatId":id,"userIds":[cem.user_id],"reason":"too loud"})).await;
    ben.next_of("MEMBERS_REMOVED").await;
    ben.command(json!({"type":"LEAVE_CHAT","chatId":id})).await;
    ann.next_of("MEMBERS_REMOVED").await;
    ann.command(json!({"type":"BAN_MEMBER","chatId":id,"userId":ben.user_id})).await;
    maud.command(json!({"type":"BAN_USER","userId":"cem","reason":"spam"})).await;
    let mut admin = server.admin().await;
    admin.command(json!({"type":"DELETE_CHAT","chatId":id})).await;
    ann.next_of("CHAT_DELETED").await;
    ann.refused(json!({"type":"GET_AUDIT_LOG"}), "FORBIDDEN", "").await;
    let log = maud.command(json!({"type":"GET_AUDIT_LOG","requestId":"a"})).await;
    let entry = |actor: &str, command: &str, target: &Value, more: Value| {
        let entry = json!({"id":"<id>","at":"<time>","actorId":actor,"command":command,"targetId":target});
        with(entry, more)
    };
    let entries = [
        entry("admin", "DELETE_CHAT", &id, json!({"chatId":id})),
        entry(&maud.user_id, "BAN_USER", &json!(cem.user_id), json!({"reason":"spam"})),
        entry(&ann.user_id, "BAN_MEMBER", &json!(ben.user_id), json!({"chatId":id})),
        entry(&ann.user_id, "REMOVE_MEMBERS", &json!(cem.user_id), json!({"chatId":id,"reason":"too loud"})),
    ];
    assert_frame(&log, json!({"type":"AUDIT_LOG","requestId":"a","entries":entries}));
    let of = |filter: Value| with(json!({"type":"GET_AUDIT_LOG"}), filter);
    let own = maud.command(of(json!({"actorId":maud.user_id}))).await;
    let commands: Vec<_> = own["entries"].as_array().expect("a list").iter().map(|entry| &entry["command"]).collect();
    assert_eq!(commands, ["GET_AUDIT_LOG", "BAN_USER"]);
    let page = maud.command(of(json!({"targetId":cem.user_id,"limit":1}))).await;
    assert_eq!(page["entries"][0]["command"], "BAN_USER");
    let rest = maud.command(of(json!({"targetId":cem.user_id,"limit":9,"cursor":page["nextCursor"]}))).await;
    let commands: Vec<_> = rest["entries"].as_array().expect("a list").iter().map(|entry| &entry["command"]).collect();
    assert_eq!(commands, ["REMOVE_MEMBERS"]);
    maud.refused(of(json!({"cursor":"nonsense"})), "INVALID_ARGUMENT", "cursor").await;
}

/// The entries of the log, oldest first, without ids and times.
async fn log(moderator: &mut Client) -> Vec<Value> {
    let log = moderator.command(json!({"type":"GET_AUDIT_LOG","limit":100})).await;
    let entries = log["entries"].as_array().unwrap_or_else(|| panic!("{log}"));
    let fields = ["actorId", "command", "targetId", "chatId", "reason"];
    entries.iter().rev().map(|entry| fields.iter().map(|field| entry[*field].clone()).collect()).collect()
}

pub async fn deletions_of_others_messages_are_audited(place: Place) {
    let server = support::start(place).await;
    let mut maud = ranked(&server, "maud", ServerRole::Moderator).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    for message in ["m1", "m2", "m3"] {
        ben.reply(json!({"type":"SEND_MESSAGE","chatId":id,"id":message,"content":"rude words"})).await;
    }
    let delete =
        |message: &str, more: Value| with(json!({"type":"DELETE_MESSAGE","chatId":id,"messageId":message}), more);
    ben.reply(delete("m1", json!({"reason":"mine"}))).await;
    let by_maud = maud.command(delete("m2", json!({"requestId":"d","reason":"rude"}))).await;
    assert_eq!((&by_maud["type"], &by_maud["by"]), (&json!("MESSAGE_DELETED"), &json!(maud.user_id)));
    assert_eq!((&by_maud["reason"], &by_maud["message"]["content"]), (&json!("rude"), &json!("")));
    assert_eq!(ben.next_of("MESSAGE_DELETED").await, event_of(&by_maud));
    assert_eq!(maud.reply(delete("m2", json!({"reason":"again"}))).await["duplicate"], true);
    ann.reply(delete("m3", json!({}))).await;
    let entry =
        |actor: &Client, message: &str, reason: Value| json!([actor.user_id, "DELETE_MESSAGE", message, id, reason]);
    assert_eq!(log(&mut maud).await, [entry(&maud, "m2", json!("rude")), entry(&ann, "m3", Value::Null)]);
}

pub async fn each_moderator_action_is_audited_once(place: Place) {
    let server = support::start(place).await;
    let mut maud = ranked(&server, "maud", ServerRole::Moderator).await;
    let mut admin = server.admin().await;
    let mut ann = server.user("ann").await;
    let ben = server.person("ben").await;
    let mut guest = server.user("cem").await;
    let id = made(&mut ann, "channel", "news", &mut [&mut guest]).await;
    let in_chat = |kind: &str, more: Value| with(json!({"type":kind,"chatId":id,"userId":"ben","reason":"spam"}), more);
    for _ in 0..2 {
        ann.reply(in_chat("BAN_MEMBER", json!({}))).await;
    }
    for _ in 0..2 {
        ann.reply(in_chat("UNBAN_MEMBER", json!({"reason":"sorry"}))).await;
    }
    ann.reply(json!({"type":"UPDATE_MEMBER","chatId":id,"userId":guest.user_id,"role":"admin"})).await;
    let on_server = |kind: &str, more: Value| with(json!({"type":kind,"userId":"ben"}), more);
    for _ in 0..2 {
        maud.reply(on_server("BAN_USER", json!({"reason":"spam"}))).await;
    }
    for _ in 0..2 {
        maud.reply(on_server("UNBAN_USER", json!({"reason":"sorry"}))).await;
    }
    maud.reply(on_server("DISCONNECT_USER", json!({"reason":"calm down"}))).await;
    maud.refused(on_server("SET_USER_ROLE", json!({"role":"admin"})), "FORBIDDEN", "").await;
    for _ in 0..2 {
        admin.reply(on_server("SET_USER_ROLE", json!({"role":"moderator"}))).await;
    }
    maud.reply(json!({"type":"GET_STATS"})).await;
    let by = |actor: &Client, command: &str, chat: &Value, reason: &str| {
        json!([actor.user_id, command, ben.user_id, chat, reason])
    };
    let nowhere = Value::Null;
    let expected = [
        by(&ann, "BAN_MEMBER", &id, "spam"),
        by(&ann, "UNBAN_MEMBER", &id, "sorry"),
        by(&maud, "BAN_USER", &nowhere, "spam"),
        by(&maud, "UNBAN_USER", &nowhere, "sorry"),
        by(&maud, "DISCONNECT_USER", &nowhere, "calm down"),
        by(&admin, "SET_USER_ROLE", &nowhere, "moderator"),
        json!([maud.user_id, "GET_STATS", null, null, null]),
    ];
    assert_eq!(log(&mut maud).await, expected);
}

pub async fn moderators_can_read_statistics(place: Place) {
    let server = support::start(place).await;
    let mut maud = ranked(&server, "maud", ServerRole::Moderator).await;
    let mut ann = server.user("ann").await;
    let before = maud.command(json!({"type":"GET_STATS"})).await;
    assert_eq!((&before["type"], &before["chats"]), (&json!("STATS"), &json!(0)), "{before}");
    for name in ["one", "two"] {
        let id = made(&mut ann, "group", name, &mut []).await;
        for content in ["a", "b"] {
            let sent = ann.reply(json!({"type":"SEND_MESSAGE","chatId":id,"content":content})).await;
            ann.reply(json!({"type":"ADD_REACTION","chatId":id,"messageId":sent["message"]["id"],"emoji":"👍"})).await;
            ann.reply(json!({"type":"ADD_REACTION","chatId":id,"messageId":sent["message"]["id"],"emoji":"👀"})).await;
            ann.reply(json!({"type":"REMOVE_REACTION","chatId":id,"messageId":sent["message"]["id"],"emoji":"👀"}))
                .await;
        }
        if name == "one" {
            ann.command(json!({"type":"DELETE_CHAT","chatId":id})).await;
        }
    }
    let after = maud.command(json!({"type":"GET_STATS"})).await;
    assert_eq!((&after["chats"], &after["messages"]), (&json!(1), &json!(2)), "{after}");
    assert_eq!(after["connections"], after["nodes"][0]["connections"]);
    assert!(after["connections"].as_u64() >= Some(2), "{after}");
    // The deleted chat's messages are deleted with it.
    assert_eq!(after["reactions"], json!({"👍": 2}));
    ann.refused(json!({"type":"GET_STATS"}), "FORBIDDEN", "").await;
}

pub async fn statistics_match_the_stored_data(place: Place) {
    let server = support::start(place).await;
    let mut maud = ranked(&server, "maud", ServerRole::Moderator).await;
    let mut ann = server.person("ann").await;
    let before = maud.command(json!({"type":"GET_STATS"})).await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    for number in 0..3 {
        let sent = ann.reply(json!({"type":"SEND_MESSAGE","chatId":id,"content":"a"})).await;
        let message = sent["message"]["id"].clone();
        ann.reply(json!({"type":"ADD_REACTION","chatId":id,"messageId":message,"emoji":"👍"})).await;
        if number == 0 {
            ann.reply(json!({"type":"DELETE_MESSAGE","chatId":id,"messageId":message})).await;
        }
    }
    // Stored directly, as by a node that was killed before it could count.
    scene::user(&*server.services.repository, "behind").await;
    let after = maud.command(json!({"type":"GET_STATS"})).await;
    assert_eq!((&after["chats"], &after["messages"], &after["reactions"]), (&json!(1), &json!(2), &json!({"👍": 2})));
    let users = |stats: &Value| stats["users"].as_u64().expect("a number");
    assert_eq!(users(&after), users(&before) + 1, "{after}");
    ann.reply(json!({"type":"DELETE_CHAT","chatId":id})).await;
    let last = maud.command(json!({"type":"GET_STATS"})).await;
    assert_eq!((&last["chats"], &last["messages"], &last["reactions"]), (&json!(0), &json!(0), &json!({})));
}

pub async fn users_can_export_their_data_as_json_lines(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    for number in 0..250 {
        ann.reply(json!({"type":"SEND_MESSAGE","chatId":id,"content":format!("mine {number}")})).await;
    }
    ben.reply(json!({"type":"SEND_MESSAGE","chatId":id,"id":"his","content":"not hers"})).await;
    ann.reply(json!({"type":"ADD_REACTION","chatId":id,"messageId":"his","emoji":"👍"})).await;
    let left = made(&mut ben, "group", "left", &mut [&mut ann]).await;
    ann.reply(json!({"type":"SEND_MESSAGE","chatId":left,"content":"mine before I left"})).await;
    ann.reply(json!({"type":"LEAVE_CHAT","chatId":left})).await;
    let ready = ann.reply(json!({"type":"EXPORT_MY_DATA"})).await;
    assert_eq!(ready["type"], "EXPORT_READY", "{ready}");
    let url = ready["url"].as_str().expect("an address");
    let path = url.strip_prefix(&format!("http://{}", server.address)).expect("this server");
    let response = http::send(server.address, &format!("GET {path}"), &[], b"").await;
    assert_eq!((response.status, response.header("content-type")), (200, Some("application/x-ndjson")));
    let lines: Vec<Value> = response.chunks().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((&lines[0]["type"], &lines[0]["user"]["id"]), (&json!("USER"), &json!(ann.user_id)));
    let of = |kind: &str| lines.iter().filter(|line| line["type"] == kind).collect::<Vec<_>>();
    let chats: Vec<_> = of("CHAT").iter().map(|line| &line["chat"]["id"]).collect();
    assert_eq!(chats, [&id]);
    let said: Vec<_> = of("MESSAGE").iter().map(|line| line["message"]["content"].as_str().expect("text")).collect();
    let mut expected: Vec<_> = (0..250).map(|number| format!("mine {number}")).collect();
    expected.push("mine before I left".to_owned());
    assert_eq!(said, expected);
    let reaction = json!({"type":"REACTION","chatId":id,"messageId":"his","emoji":"👍"});
    assert_eq!(of("REACTION"), [&reaction]);
    let secrets = ["secret", "hash", "refresh", "family"];
    assert!(!lines.iter().any(|line| secrets.iter().any(|secret| line.to_string().contains(secret))));
    let spoiled = path.replace('a', "b");
    let missing = http::send(server.address, &format!("GET {spoiled}"), &[], b"").await;
    assert_eq!((missing.status, &missing.json()["code"]), (404, &json!("NOT_FOUND")));
}

pub async fn banning_the_only_owner_transfers_ownership(place: Place) {
    let server = support::start(place).await;
    let mut maud = ranked(&server, "maud", ServerRole::Moderator).await;
    let mut ann = server.person("ann").await;
    let mut ben = server.person("ben").await;
    let mut cem = server.person("cem").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben, &mut cem]).await;
    let alone = made(&mut ann, "group", "alone", &mut []).await;
    ann.reply(json!({"type":"UPDATE_MEMBER","chatId":id,"userId":cem.user_id,"role":"admin"})).await;
    cem.next_of("MEMBER_UPDATED").await;
    maud.reply(json!({"type":"BAN_USER","userId":ann.user_id})).await;
    for (seq, user, role) in [(3, &cem.user_id, "owner"), (4, &ann.user_id, "member")] {
        let expected =
            json!({"type":"MEMBER_UPDATED","chatId":id,"seq":seq,"userId":user,"role":role,"by":maud.user_id});
        assert_frame(&ben.until(|frame| frame["seq"] == seq && frame["type"] == "MEMBER_UPDATED").await, expected);
    }
    let renamed = cem.reply(json!({"type":"UPDATE_CHAT","chatId":id,"name":"cem's den"})).await;
    assert_eq!(renamed["type"], "CHAT_UPDATED", "{renamed}");
    maud.reply(json!({"type":"BAN_USER","userId":ann.user_id})).await;
    let chat = cem.reply(json!({"type":"GET_CHAT","chatId":id})).await;
    assert_eq!(chat["chat"]["seq"], renamed["seq"], "the second ban is a no-op");
    let access = server
        .services
        .repository
        .chat_access(&ChatId::from(alone.as_str().expect("an id")), &UserId::from(&*ann.user_id))
        .await;
    assert_eq!(access.expect("an answer").and_then(|access| access.role), Some(ChatRole::Owner));
}

/// The ids of a chat's members, as seen by a member.
async fn members(client: &mut Client, id: &Value) -> Vec<String> {
    let listed = client.reply(json!({"type":"GET_MEMBERS","chatId":id})).await;
    let members = listed["members"].as_array().expect("members");
    members.iter().map(|member| member["user"]["id"].as_str().expect("an id").to_owned()).collect()
}

pub async fn a_user_added_during_account_deletion_is_not_a_member(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    let mut admin = server.admin().await;
    admin.reply(json!({"type":"CREATE_API_TOKEN","name":"a bot","botUsername":"robot"})).await;
    let robot = admin.reply(json!({"type":"GET_USER","username":"robot"})).await["user"]["id"].clone();
    let robot = UserId::from(robot.as_str().expect("an id"));
    let repository = &server.services.repository;
    let found = repository.account(&AccountName::Id(robot.clone())).await.expect("an answer").expect("a bot");
    let deleted = admin.reply(json!({"type":"DELETE_BOT","userId":&*robot})).await;
    assert_eq!(deleted["type"], "BOT_DELETED", "{deleted}");
    // ADD_MEMBERS looked up the bot earlier and commits only now.
    let actor = repository.account(&AccountName::Id(UserId::from(&*ann.user_id))).await.expect("an answer");
    let change = Change {
        chat_id: ChatId::from(id.as_str().expect("an id")),
        actor: Arc::new(actor.expect("an account").user),
        authority: ServerRole::Member,
        action: Action::Add { users: vec![found.user] },
        operation: None,
        large_chats: LargeChats::default(),
    };
    let added = repository.commit([change].into(), server.services.clock.now()).await.remove(0);
    added.expect("a new member");
    while members(&mut ann, &id).await.len() > 1 {}
    assert_eq!(members(&mut ann, &id).await, [ann.user_id.clone()]);
}

pub async fn an_interrupted_account_departure_is_completed(place: Place) {
    let Place { repository, keep } = place;
    let [ann, ben] = [scene::user(&*repository, "ann").await, scene::user(&*repository, "ben").await];
    scene::all(&*repository, [scene::create(&ben, "den", ChatKind::Group, &[&ann])]).await;
    // The state left by a node killed in the middle of DELETE_ACCOUNT.
    let now = Timestamp::from_millis(1_767_225_600_000);
    let users = json!({"users":{&*ben.id:now}}).to_string();
    assert!(repository.save_document("departures", &Document { version: 1, text: users }).await.expect("an answer"));
    let found = repository.account(&AccountName::Id(ben.id.clone())).await.expect("an answer").expect("an account");
    assert!(repository.update_account(&Account { deleted_at: Some(now), ..found }).await.expect("an answer"));
    let server = support::server::start_over(repository, keep, support::server::settings(&[])).await;
    let mut client = server.user_with(&server.token_for(&ann.id, None).await).await;
    let id = json!("den");
    while members(&mut client, &id).await.len() > 1 {}
    let listed = client.reply(json!({"type":"GET_MEMBERS","chatId":id})).await;
    assert_eq!(listed["members"][0]["user"]["id"], json!(ann.id));
    assert_eq!(listed["members"][0]["role"], "owner");
}
