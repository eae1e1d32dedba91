//! Accounts: sign-up, log-in, changes and deletion.

use pichat::protocol::{Ban, Timestamp};
use pichat::store::repository::{Account, AccountName};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Error;

use super::chats::made;
use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, assert_refused, event_of, with};
use crate::support::{self, Client, Server, http};

pub const PASSWORD: &str = "correct horse battery";

/// An anonymous connection, after CONNECTED.
pub async fn stranger(server: &Server) -> Client {
    let mut client = Client::connect(&server.url()).await;
    client.next().await;
    client
}

/// A new user with a password, on a connection authenticated by SIGN_UP, and the reply.
pub async fn signed_up(server: &Server, name: &str) -> (Client, Value) {
    let mut client = stranger(server).await;
    let email = format!("{name}@example.org");
    let command = json!({"type":"SIGN_UP","username":name,"password":PASSWORD,"email":email});
    let reply = client.command(command).await;
    assert_eq!(reply["type"], "AUTHENTICATED", "{reply}");
    client.user_id = text(&reply["user"]["id"]);
    client.token = text(&reply["accessToken"]);
    (client, reply)
}

/// The same user, logged in on another device.
pub async fn logged_in(server: &Server, name: &str, device: &str) -> (Client, Value) {
    let mut client = stranger(server).await;
    let reply = client.command(log_in(name, PASSWORD, device)).await;
    assert_eq!(reply["type"], "AUTHENTICATED", "{reply}");
    client.user_id = text(&reply["user"]["id"]);
    client.token = text(&reply["accessToken"]);
    (client, reply)
}

pub fn log_in(name: &str, password: &str, device: &str) -> Value {
    json!({"type":"LOG_IN","username":name,"password":password,"deviceId":device})
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is not a string")).to_owned()
}

/// Changes an account in the storage, as another command would.
async fn change(server: &Server, user: &str, change: impl Fn(&mut Account)) {
    let repository = &server.services.repository;
    let mut account = repository.account(&AccountName::Id(user.into())).await.expect("an answer").expect("an account");
    change(&mut account);
    assert!(repository.update_account(&account).await.expect("an answer"));
}

fn human(id: &str, name: &str, status: &str) -> Value {
    json!({"id":id,"username":name,"displayName":name,"kind":"human","role":"member","status":status,
        "createdAt":"<time>","version":"<any>"})
}

fn authenticated(user: Value) -> Value {
    json!({"type":"AUTHENTICATED","user":user,"cursor":"<id>","accessToken":"<id>","accessTokenExpiresAt":"<time>",
        "refreshToken":"<id>","refreshTokenExpiresAt":"<time>"})
}

pub async fn sign_up_logs_in_and_registers_username_and_email(place: Place) {
    let server = support::start(place).await;
    let (mut ann, reply) = signed_up(&server, "Ann").await;
    let own = with(human(&ann.user_id, "Ann", "online"), json!({"email":"Ann@example.org"}));
    assert_frame(&reply, authenticated(own.clone()));
    assert_frame(&ann.command(json!({"type":"GET_ME"})).await, json!({"type":"USER","user":own}));
    for (field, name) in [("username", "ANN"), ("email", "ann@EXAMPLE.org"), ("username", "ann@example.org")] {
        let mut other = stranger(&server).await;
        let command = json!({"type":"LOG_IN","requestId":"l",field:name,"password":PASSWORD,"deviceId":"phone"});
        let reply = other.command(command).await;
        assert_frame(&reply, with(authenticated(own.clone()), json!({"requestId":"l"})));
        assert_ne!(reply["accessToken"], ann.token.as_str());
    }
    let token = ann.token.clone();
    let mut device = server.user_with(&token).await;
    assert_eq!(device.user_id, ann.user_id);
    let (mut ben, _) = signed_up(&server, "ben").await;
    let told = ben.command(json!({"type":"GET_USER","username":"ann"})).await;
    assert_frame(&told, json!({"type":"USER","user":human(&ann.user_id, "Ann", "offline")}));
    assert_eq!(ben.command(json!({"type":"GET_USER","userId":ann.user_id})).await, told);
    ben.refused(json!({"type":"GET_USER","username":"nobody"}), "NOT_FOUND", "username").await;
    ben.refused(json!({"type":"GET_USER","userId":"nobody"}), "NOT_FOUND", "userId").await;
    ben.refused(json!({"type":"GET_USER","userId":"a","username":"b"}), "INVALID_ARGUMENT", "userId").await;
    ben.refused(json!({"type":"GET_USER"}), "INVALID_ARGUMENT", "userId").await;
    device.hears_nothing().await;
}

pub async fn sign_up_errors_name_the_field(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let mut visitor = stranger(&server).await;
    let good = json!({"type":"SIGN_UP","username":"visitor","password":PASSWORD});
    for (wrong, code, field) in [
        (json!({"username":"ANN"}), "CONFLICT", "username"),
        (json!({"email":"ANN@Example.ORG"}), "CONFLICT", "email"),
        (json!({"username":"Admin"}), "CONFLICT", "username"),
        (json!({"username":"system"}), "CONFLICT", "username"),
        (json!({"username":"deleted-1"}), "CONFLICT", "username"),
        (json!({"username":"ab"}), "INVALID_ARGUMENT", "username"),
        (json!({"username":"with space"}), "INVALID_ARGUMENT", "username"),
        (json!({"username":"\u{430}nn"}), "INVALID_ARGUMENT", "username"),
        (json!({"username":null}), "INVALID_ARGUMENT", "username"),
        (json!({"password":"short"}), "INVALID_ARGUMENT", "password"),
        (json!({"password":"x".repeat(129)}), "INVALID_ARGUMENT", "password"),
        (json!({"email":"nobody"}), "INVALID_ARGUMENT", "email"),
        (json!({"email":"a@b@c"}), "INVALID_ARGUMENT", "email"),
        (json!({"email":"a@b.c\u{202e}"}), "INVALID_ARGUMENT", "email"),
        (json!({"email":"a@b..c"}), "INVALID_ARGUMENT", "email"),
        (json!({"email":"\u{430}nn@example.org"}), "INVALID_ARGUMENT", "email"),
        (json!({"email":""}), "INVALID_ARGUMENT", "email"),
        (json!({"displayName":" "}), "INVALID_ARGUMENT", "displayName"),
    ] {
        visitor.refused(with(good.clone(), wrong), code, field).await;
    }
    ann.refused(good.clone(), "CONFLICT", "username").await;
    let by_email = json!({"type":"SIGN_UP","email":"only@example.org","password":"\u{1f600}".repeat(8)});
    let reply = visitor.command(by_email).await;
    let username = text(&reply["user"]["username"]);
    assert!(username.starts_with("user-") && !username.contains("only"), "{reply}");
    visitor.refused(good, "CONFLICT", "username").await;
}

pub async fn sign_up_can_be_disabled(place: Place) {
    let server = support::start_with(place, &[("ALLOW_SIGN_UP", "false")]).await;
    let command = json!({"type":"SIGN_UP","username":"visitor","password":PASSWORD});
    stranger(&server).await.refused(command, "FORBIDDEN", "").await;
}

pub async fn unknown_users_and_wrong_passwords_get_the_same_reply(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    server.token_of("ann-bot").await;
    let mut visitor = stranger(&server).await;
    let mut answers = vec![];
    for (name, password) in
        [("ann", "wrong"), ("nobody", PASSWORD), ("ann-bot", PASSWORD), ("ann", ""), ("a@b", "x"), ("\u{1f600}", "x")]
    {
        let before = server.services.authenticator.passwords.computed();
        answers.push(visitor.refused(log_in(name, password, "d"), "UNAUTHENTICATED", "").await);
        assert_eq!(server.services.authenticator.passwords.computed(), before + 1, "{name}");
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    for (wrong, field) in [
        (json!({"username":"ann","email":"ann@example.org","password":"x"}), "email"),
        (json!({"password":"x"}), "username"),
        (json!({"username":"ann","password":"x".repeat(129)}), "password"),
        (json!({"username":"ann","password":"x","deviceId":""}), "deviceId"),
        (json!({"username":"ann","password":"x","deviceId":" "}), "deviceId"),
        (json!({"username":"ann","password":"x","deviceId":"a\u{202e}b"}), "deviceId"),
    ] {
        visitor.refused(with(wrong, json!({"type":"LOG_IN"})), "INVALID_ARGUMENT", field).await;
    }
    assert_eq!(visitor.command(log_in("ann", PASSWORD, "d")).await["type"], "AUTHENTICATED", "it stays connected");
    ann.hears_nothing().await;
}

pub async fn a_log_in_on_a_session_requires_the_same_user(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let (ben, _) = signed_up(&server, "ben").await;
    ann.refused(log_in("ben", PASSWORD, "d"), "CONFLICT", "username").await;
    ann.refused(json!({"type":"AUTHENTICATE","token":ben.token}), "CONFLICT", "token").await;
    let (_, of_ben) = logged_in(&server, "ben", "d").await;
    let foreign = json!({"type":"REFRESH_TOKEN","refreshToken":of_ben["refreshToken"]});
    ann.refused(foreign.clone(), "CONFLICT", "refreshToken").await;
    assert_eq!(stranger(&server).await.command(foreign).await["type"], "AUTHENTICATED", "it was not consumed");
    let renewed = ann.command(log_in("ann", PASSWORD, "d")).await;
    assert_eq!(renewed["user"]["id"], ann.user_id.as_str());
    let renewed = ann.command(json!({"type":"AUTHENTICATE","token":renewed["accessToken"]})).await;
    assert!(renewed.get("accessToken").is_none() && renewed["type"] == "AUTHENTICATED", "{renewed}");
}

pub async fn a_banned_user_is_refused_with_every_credential(place: Place) {
    let server = support::start(place).await;
    let (mut ann, reply) = signed_up(&server, "ann").await;
    let api_token = ann.command(json!({"type":"CREATE_API_TOKEN","name":"t"})).await["secret"].clone();
    let bot =
        ann.command(json!({"type":"CREATE_API_TOKEN","name":"t","botUsername":"anns-bot"})).await["secret"].clone();
    let ban = |until: i64| {
        let until = Timestamp::from_millis(server.services.clock.now().millis() + until);
        Some(Ban { by: "admin".into(), at: until, reason: Some("spam".into()), until: Some(until) })
    };
    change(&server, &ann.user_id, |account| account.ban = ban(60_000)).await;
    let mut visitor = stranger(&server).await;
    visitor.refused(log_in("ann", "wrong password", "d"), "UNAUTHENTICATED", "").await;
    let told = visitor.refused(log_in("ann", PASSWORD, "d"), "FORBIDDEN", "").await;
    assert!(text(&told["error"]).contains("spam"), "{told}");
    let refresh = json!({"type":"REFRESH_TOKEN","refreshToken":reply["refreshToken"]});
    visitor.refused(refresh, "FORBIDDEN", "").await;
    for token in [json!(ann.token), api_token, bot] {
        visitor.refused(json!({"type":"AUTHENTICATE","token":token}), "FORBIDDEN", "").await;
        let bearer = format!("Bearer {}", text(&token));
        let refused = Client::try_connect(&server.url(), &[("authorization", &bearer)]).await;
        let Err(error) = refused else { panic!("a banned user was accepted") };
        assert!(matches!(&*error, Error::Http(response) if response.status() == 403), "{error}");
        let origin = format!("http://{}", server.address);
        let mut browser = Client::connect_with(&server.url(), &[("authorization", &bearer), ("origin", &origin)]).await;
        assert_refused(&browser.next().await, "FORBIDDEN", "");
        assert_eq!(browser.closed().await.map(|(code, _)| code), Some(4403));
        let posted = http::command(server.address, Some(&text(&token)), &json!({"type":"PING"})).await;
        assert_eq!(posted.status, 403, "{}", posted.body);
    }
    change(&server, &ann.user_id, |account| account.ban = ban(-1)).await;
    assert_eq!(visitor.command(log_in("ann", PASSWORD, "d")).await["type"], "AUTHENTICATED", "the ban is over");
}

pub async fn profile_changes_are_published_to_contacts(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let den = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    made(&mut ann, "group", "den too", &mut [&mut ben]).await;
    let mut device = server.device(&ann).await;
    device.hears_nothing().await;
    ann.command(json!({"type":"SEND_MESSAGE","chatId":den,"content":"before"})).await;
    ben.next().await;
    device.next().await;
    let update = json!({"type":"UPDATE_USER","requestId":"u","username":"Anna","displayName":" Anna B. ",
        "email":"anna@example.org","avatarUrl":"https://example.org/a.png"});
    let updated = ann.command(update).await;
    let anna = with(
        human(&ann.user_id, "Anna", "online"),
        json!({"displayName":"Anna B.",
        "avatarUrl":"https://example.org/a.png"}),
    );
    assert_frame(&updated, json!({"type":"USER_UPDATED","requestId":"u","user":anna}));
    assert_eq!(ben.next().await, event_of(&updated), "once, for any number of shared chats");
    assert_eq!(device.next().await, event_of(&updated));
    cem.hears_nothing().await;
    let version = &updated["user"]["version"];
    for client in [&mut ann, &mut device] {
        let sent = client.reply(json!({"type":"SEND_MESSAGE","chatId":den,"content":"after"})).await;
        assert_eq!(sent["message"]["sender"]["username"], "Anna", "{sent}");
        assert_eq!(&sent["message"]["sender"]["version"], version, "{sent}");
        assert_eq!(ben.next().await["message"]["sender"]["displayName"], "Anna B.");
    }
    let history = ben.command(json!({"type":"GET_CHAT_HISTORY","chatId":den})).await;
    let senders: Vec<_> = history["messages"].as_array().expect("messages").iter().map(|m| &m["sender"]).collect();
    let is_current = |sender: &Value| sender["username"] == "Anna" && &sender["version"] == version;
    assert!(senders.into_iter().all(is_current), "{history}");
    let again = ann.reply(json!({"type":"UPDATE_USER","displayName":"Anna B."})).await;
    assert_eq!(again["duplicate"], true, "{again}");
    let bare = ann.reply(json!({"type":"UPDATE_USER","email":null,"avatarUrl":null})).await;
    assert!(bare["user"].get("avatarUrl").is_none(), "{bare}");
    let me = ann.reply(json!({"type":"GET_ME"})).await;
    assert!(me["user"].get("email").is_none(), "{me}");
    let (mut heir, _) = signed_up(&server, "ann").await;
    heir.hears_nothing().await;
}

pub async fn profile_errors_name_the_field(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    signed_up(&server, "ben").await;
    for (wrong, code, field) in [
        (json!({"username":"BEN"}), "CONFLICT", "username"),
        (json!({"username":"root"}), "CONFLICT", "username"),
        (json!({"username":"no"}), "INVALID_ARGUMENT", "username"),
        (json!({"email":"BEN@example.org"}), "CONFLICT", "email"),
        (json!({"email":"ben"}), "INVALID_ARGUMENT", "email"),
        (json!({"displayName":""}), "INVALID_ARGUMENT", "displayName"),
        (json!({"displayName":"x".repeat(81)}), "INVALID_ARGUMENT", "displayName"),
        (json!({"avatarUrl":"javascript:alert(1)"}), "INVALID_ARGUMENT", "avatarUrl"),
        (json!({"role":"admin"}), "INVALID_ARGUMENT", "role"),
    ] {
        ann.refused(with(wrong, json!({"type":"UPDATE_USER"})), code, field).await;
    }
    let mut admin = server.admin().await;
    admin.refused(json!({"type":"UPDATE_USER","username":"boss"}), "FORBIDDEN", "username").await;
    let unchanged = ann.command(json!({"type":"UPDATE_USER"})).await;
    assert_eq!((&unchanged["type"], &unchanged["duplicate"]), (&json!("USER_UPDATED"), &json!(true)));
}

pub async fn a_deleted_account_keeps_its_messages_and_username_reserved(place: Place) {
    let server = support::start(place).await;
    let (mut ann, reply) = signed_up(&server, "ann").await;
    let mut ben = server.user("ben").await;
    let den = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    ann.command(json!({"type":"SEND_MESSAGE","chatId":den,"content":"my last words"})).await;
    ben.next().await;
    let api_token = ann.command(json!({"type":"CREATE_API_TOKEN","name":"t"})).await["secret"].clone();
    let mut program = server.user_with(&text(&api_token)).await;
    program.hears_nothing().await;
    ann.refused(json!({"type":"DELETE_ACCOUNT","password":"wrong password"}), "UNAUTHENTICATED", "password").await;
    let deleted = ann.command(json!({"type":"DELETE_ACCOUNT","requestId":"d","password":PASSWORD})).await;
    assert_frame(&deleted, json!({"type":"ACCOUNT_DELETED","requestId":"d","userId":ann.user_id}));
    let heir =
        json!({"type":"MEMBER_UPDATED","chatId":den,"seq":3,"userId":ben.user_id,"role":"owner","by":ann.user_id});
    assert_frame(&ben.next().await, heir.clone());
    let gone = json!({"type":"MEMBERS_REMOVED","chatId":den,"seq":4,"userIds":[ann.user_id],"by":ann.user_id});
    assert_frame(&ben.next().await, gone.clone());
    assert_eq!(ben.next().await, event_of(&deleted));
    assert_frame(&program.next().await, heir);
    assert_frame(&program.next().await, gone);
    assert_eq!(program.next().await, event_of(&deleted));
    for client in [&mut ann, &mut program] {
        assert_eq!(client.closed().await, Some((4401, "account deleted".into())));
    }
    let history = ben.command(json!({"type":"GET_CHAT_HISTORY","chatId":den})).await;
    let message = &history["messages"][0];
    assert_eq!((&message["content"], &message["sender"]["id"]), (&json!("my last words"), &json!(ann.user_id)));
    assert_eq!(message["sender"]["displayName"], "Deleted account");
    assert!(!history.to_string().contains("\"ann\""), "{history}");
    let mut visitor = stranger(&server).await;
    visitor.refused(log_in("ann", PASSWORD, "d"), "UNAUTHENTICATED", "").await;
    for token in [json!(ann.token), api_token] {
        visitor.refused(json!({"type":"AUTHENTICATE","token":token}), "UNAUTHENTICATED", "").await;
    }
    let refresh = json!({"type":"REFRESH_TOKEN","refreshToken":reply["refreshToken"]});
    visitor.refused(refresh, "UNAUTHENTICATED", "refreshToken").await;
    visitor.refused(json!({"type":"SIGN_UP","username":"Ann","password":PASSWORD}), "CONFLICT", "username").await;
    ben.refused(json!({"type":"GET_USER","userId":ann.user_id}), "NOT_FOUND", "userId").await;
    ben.refused(json!({"type":"CREATE_CHAT","members":[ann.user_id]}), "NOT_FOUND", "members[0]").await;
    let email = json!({"type":"SIGN_UP","username":"someone","email":"ann@example.org","password":PASSWORD});
    assert_eq!(visitor.command(email).await["type"], "AUTHENTICATED", "the e-mail address is free");
}

pub async fn users_are_found_by_name_and_by_exact_email_address(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let (mut joanna, _) = signed_up(&server, "joanna").await;
    let (ben, _) = signed_up(&server, "ben").await;
    ann.command(json!({"type":"UPDATE_USER","displayName":"Somebody Else"})).await;
    let den = made(&mut ann, "group", "den", &mut [&mut joanna]).await;
    let find = async |client: &mut Client, more: Value| {
        let list = client.reply(with(json!({"type":"GET_USERS"}), more)).await;
        assert_eq!(list["type"], "USER_LIST", "{list}");
        assert!(!list.to_string().contains("@example"), "{list}");
        let names = list["users"].as_array().expect("users").iter().map(|user| text(&user["username"]));
        (names.collect::<Vec<_>>(), list["nextCursor"].clone())
    };
    for (more, expected) in [
        (json!({"search":"ANN"}), vec!["ann", "joanna"]),
        (json!({"search":"somebody"}), vec!["ann"]),
        (json!({"search":"BEN@example.org"}), vec!["ben"]),
        (json!({"search":"example.org"}), vec![]),
        (json!({"notInChat":den}), vec!["admin", "ben"]),
        (json!({"notInChat":den,"search":"ann"}), vec![]),
    ] {
        let (mut found, next) = find(&mut ann, more.clone()).await;
        found.retain(|name| name != "admin" || more.get("search").is_none());
        assert_eq!((found, next), (expected.into_iter().map(str::to_owned).collect(), Value::Null), "{more}");
    }
    let (first, next) = find(&mut ann, json!({"limit":3})).await;
    let (rest, end) = find(&mut ann, json!({"limit":3,"cursor":next})).await;
    assert_eq!(
        (first, rest, end),
        (vec!["admin".into(), "ann".into(), "ben".into()], vec!["joanna".into()], Value::Null)
    );
    let mut outsider = server.user_with(&ben.token).await;
    outsider.refused(json!({"type":"GET_USERS","notInChat":den}), "NOT_FOUND", "notInChat").await;
    outsider.refused(json!({"type":"GET_USERS","limit":0}), "INVALID_ARGUMENT", "limit").await;
}

pub async fn users_are_found_by_their_ids(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let (ben, _) = signed_up(&server, "ben").await;
    let (mut cleo, _) = signed_up(&server, "cleo").await;
    let (mut gone, _) = signed_up(&server, "gone").await;
    made(&mut ann, "group", "den", &mut [&mut cleo]).await;
    gone.reply(json!({"type":"DELETE_ACCOUNT","password":PASSWORD})).await;
    // A username is no id, nobody is named twice, and strangers show no presence.
    let ids = [&cleo.user_id, "nobody", &ben.user_id, "ann", &gone.user_id, &cleo.user_id, &ann.user_id];
    let list = ann.reply(json!({"type":"GET_USERS","userIds":ids})).await;
    let users = list["users"].as_array().expect("users");
    let seen: Vec<_> = users.iter().map(|user| (text(&user["username"]), text(&user["status"]))).collect();
    let expected = [("cleo", "online"), ("ben", "offline"), ("ann", "online")];
    assert_eq!(seen, expected.map(|(name, status)| (name.to_owned(), status.to_owned())));
    assert!(list.get("nextCursor").is_none(), "{list}");
    let none = ann.reply(json!({"type":"GET_USERS","userIds":[]})).await;
    assert_eq!(none["users"], json!([]));
    let many: Vec<_> = (0..201).map(|number| format!("user-{number}")).collect();
    ann.refused(json!({"type":"GET_USERS","userIds":many}), "INVALID_ARGUMENT", "userIds").await;
    for (field, value) in [("search", "ann"), ("notInChat", "den"), ("cursor", "x")] {
        let both = with(json!({"type":"GET_USERS","userIds":[ann.user_id]}), json!({field:value}));
        ann.refused(both, "INVALID_ARGUMENT", field).await;
    }
}

pub async fn concurrent_settings_updates_are_all_answered(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let mut device = server.device(&ann).await;
    let update = |mark: u8| json!({"type":"UPDATE_SETTINGS","settings":{"text":"x".repeat(15_000),"mark":mark}});
    device.command(update(0)).await;
    // More than the connection and its outbox can hold, so that replies wait while the settings change.
    for number in 0..600 {
        ann.send(json!({"type":"GET_SETTINGS","requestId":number})).await;
    }
    for mark in 1..20 {
        device.command(update(mark)).await;
    }
    let mut awaited = 0;
    let mut latest = 0;
    while awaited < 600 || latest < 19 {
        let frame = ann.next_of("SETTINGS").await;
        latest = frame["settings"]["mark"].as_u64().expect("a mark");
        if let Some(number) = frame["requestId"].as_u64() {
            assert_eq!(number, awaited, "a reply is missing");
            awaited += 1;
        }
    }
}

pub async fn settings_are_merged_and_sent_to_the_users_devices(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let mut device = server.device(&ann).await;
    device.hears_nothing().await;
    let (mut ben, _) = signed_up(&server, "ben").await;
    let get = json!({"type":"GET_SETTINGS"});
    assert_frame(&ann.command(get.clone()).await, json!({"type":"SETTINGS","settings":{}}));
    let update = |settings: Value| json!({"type":"UPDATE_SETTINGS","settings":settings});
    for (patch, merged) in [
        (
            json!({"theme":"dark","sound":{"on":true,"volume":1.5}}),
            json!({"theme":"dark","sound":{"on":true,"volume":1.5}}),
        ),
        (json!({"sound":{"on":false},"theme":null}), json!({"sound":{"on":false,"volume":1.5}})),
    ] {
        let reply = ann.command(with(update(patch), json!({"requestId":"s"}))).await;
        assert_frame(&reply, json!({"type":"SETTINGS","requestId":"s","settings":merged}));
        assert_eq!(device.next().await, event_of(&reply));
        assert_frame(&device.command(get.clone()).await, json!({"type":"SETTINGS","settings":merged}));
    }
    ann.command(update(json!({"sound":{"on":false}}))).await;
    device.hears_nothing().await;
    ann.refused(update(json!({"big":"x".repeat(16 << 10)})), "TOO_LARGE", "settings").await;
    ann.refused(update(json!([])), "INVALID_ARGUMENT", "settings").await;
    assert_frame(&ben.command(get).await, json!({"type":"SETTINGS","settings":{}}));
}

pub async fn open_commands_work_over_post(place: Place) {
    let server = support::start(place).await;
    let post = async |token: Option<&str>, command: Value| {
        let answer = http::command(server.address, token, &command).await;
        (answer.status, answer.json())
    };
    let sign_up = json!({"type":"SIGN_UP","requestId":1,"username":"ann","password":PASSWORD});
    let (status, reply) = post(None, sign_up.clone()).await;
    let user = human("<id>", "ann", "online");
    assert_eq!(status, 200, "{reply}");
    assert_frame(&reply, with(authenticated(user), json!({"requestId":1})));
    assert_eq!(post(None, sign_up).await.0, 409);
    assert_eq!(post(None, log_in("ann", "wrong", "cron")).await.0, 401);
    let (status, logged_in) = post(None, log_in("ann", PASSWORD, "cron")).await;
    assert_eq!(status, 200, "{logged_in}");
    let token = text(&logged_in["accessToken"]);
    assert_eq!(post(Some(&token), json!({"type":"GET_ME"})).await.1["user"]["username"], "ann");
    let refresh = json!({"type":"REFRESH_TOKEN","refreshToken":logged_in["refreshToken"]});
    let (status, renewed) = post(None, refresh.clone()).await;
    assert_eq!(status, 200, "{renewed}");
    let (status, sessions) = post(Some(&token), json!({"type":"GET_SESSIONS"})).await;
    assert_eq!((status, sessions["sessions"].as_array().map(Vec::len)), (200, Some(2)), "{sessions}");
    assert_eq!(post(Some(&token), json!({"type":"LOG_OUT"})).await.0, 200);
    assert_eq!(post(Some(&token), json!({"type":"GET_ME"})).await.0, 401);
    assert_eq!(post(None, refresh).await.0, 401);
}
