//! A command with an `opId` runs once, and a retry returns the first outcome.

use std::sync::Arc;

use serde_json::{Value, json};

use super::accounts::{PASSWORD, logged_in, signed_up, stranger};
use crate::contract::backends::Place;
use crate::support::Client;
use crate::support::faulty::{Faulty, Mood};
use crate::support::frame::with;
use crate::support::http;
use crate::support::server::{self, start, start_with};

/// Asserts that a reply repeats the first outcome.
fn assert_repeated(first: &Value, again: &Value) {
    let mut expected = first.clone();
    expected["requestId"] = again["requestId"].clone();
    expected["duplicate"] = json!(true);
    assert_eq!(*again, expected);
}

async fn twice(client: &mut Client, command: Value) -> Value {
    let first = client.reply(command.clone()).await;
    assert_ne!(first["type"], "ERROR", "{first}");
    assert_eq!(first.get("duplicate"), None, "{first}");
    assert_repeated(&first, &client.reply(command).await);
    first
}

pub async fn a_repeated_op_id_changes_a_chat_once(place: Place) {
    let server = start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let create = json!({"type":"CREATE_CHAT","name":"g","members":[ben.user_id],"opId":"create"});
    let chat = twice(&mut ann, create).await["chatId"].clone();
    assert_eq!(ben.next().await["type"], "NEW_CHAT");
    let listed = ann.reply(json!({"type":"GET_CHATS"})).await;
    assert_eq!(listed["chats"].as_array().map(Vec::len), Some(1), "{listed}");
    let sent = twice(&mut ann, json!({"type":"SEND_MESSAGE","chatId":chat,"content":"one","opId":"send"})).await;
    assert_eq!(ben.next().await["message"]["content"], "one");
    let message = &sent["message"]["id"];
    let edit = |content: &str, id: &str| json!({"type":"EDIT_MESSAGE","chatId":chat,"messageId":message,"content":content,"opId":id});
    let first = twice(&mut ann, edit("two", "edit-1")).await;
    twice(&mut ann, edit("three", "edit-2")).await;
    // A later change is kept, and the retry returns the first outcome unchanged.
    assert_repeated(&first, &ann.reply(edit("two", "edit-1")).await);
    let now = ann.reply(json!({"type":"GET_MESSAGE","chatId":chat,"messageId":message})).await;
    assert_eq!(now["message"]["content"], "three");
    twice(&mut ben, json!({"type":"LEAVE_CHAT","chatId":chat,"opId":"leave"})).await;
    twice(&mut ann, json!({"type":"DELETE_CHAT","chatId":chat,"opId":"delete"})).await;
}

pub async fn a_repeated_op_id_runs_an_account_command_once(place: Place) {
    let server = start(place).await;
    let mut ann = server.person("ann").await;
    let rename = |name: &str, id: &str| json!({"type":"UPDATE_USER","displayName":name,"opId":id});
    let first = twice(&mut ann, rename("Ann One", "1")).await;
    twice(&mut ann, rename("Ann Two", "2")).await;
    assert_repeated(&first, &ann.reply(rename("Ann One", "1")).await);
    assert_eq!(ann.reply(json!({"type":"GET_ME"})).await["user"]["displayName"], "Ann Two");
    let made = ann.reply(json!({"type":"CREATE_API_TOKEN","name":"x"})).await;
    twice(&mut ann, json!({"type":"REVOKE_API_TOKEN","tokenId":made["token"]["id"],"opId":"revoke"})).await;
}

/// The second time a lost outcome is found by what was created, and the password is not set again.
pub async fn accounts_are_administered_once_per_op_id(place: Place) {
    let Place { repository, keep } = place;
    let is_atomic = repository.ends_claims_with_writes();
    let faulty = Faulty::new(repository);
    let storage: Arc<dyn pichat::store::repository::Repository> = faulty.clone();
    let server = server::start_over(storage, keep, server::settings(&[])).await;
    let mut admin = server.admin().await;
    let create = |name: &str| json!({"type":"CREATE_USER","username":name,"password":PASSWORD,"opId":name});
    let ann = twice(&mut admin, create("ann")).await;
    admin.refused(with(create("ann"), json!({"username":"anna"})), "CONFLICT", "opId").await;
    faulty.be(Mood::LosesOutcomes);
    let ben = admin.reply(create("ben")).await;
    faulty.be(Mood::Good);
    let again = admin.reply(create("ben")).await;
    assert_eq!((&again["user"]["id"], &again["duplicate"]), (&ben["user"]["id"], &json!(true)), "{again}");
    admin.refused(with(create("ben"), json!({"opId":"other"})), "CONFLICT", "username").await;

    let set = |new: &str, id: &str| json!({"type":"SET_USER_PASSWORD","userId":ann["user"]["id"],"newPassword":new,"opId":id});
    twice(&mut admin, set("the first horse", "one")).await;
    faulty.be(Mood::LosesOutcomes);
    assert_eq!(admin.reply(set("the second horse", "two")).await["type"], "USER_PASSWORD_SET");
    faulty.be(Mood::Good);
    twice(&mut admin, set("the third horse", "three")).await;
    let again = admin.reply(set("the second horse", "two")).await;
    if is_atomic {
        assert_eq!((&again["type"], &again["duplicate"]), (&json!("USER_PASSWORD_SET"), &json!(true)), "{again}");
    } else {
        assert_eq!((&again["code"], &again["field"]), (&json!("CONFLICT"), &json!("opId")), "{again}");
    }
    let mut guest = stranger(&server).await;
    let log_in = |password: &str| json!({"type":"LOG_IN","username":"ann","password":password});
    assert_eq!(guest.reply(log_in("the second horse")).await["code"], "UNAUTHENTICATED");
    assert_eq!(guest.reply(log_in("the third horse")).await["type"], "AUTHENTICATED");
}

pub async fn no_op_outcomes_are_stored_too(place: Place) {
    let server = start(place).await;
    let mut ann = server.user("ann").await;
    let chat = ann.reply(json!({"type":"CREATE_CHAT","name":"g"})).await["chatId"].clone();
    let sent = ann.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"content":"one"})).await;
    let react = |kind: &str| json!({"type":kind,"chatId":chat,"messageId":sent["message"]["id"],"emoji":"👍"});
    ann.reply(react("ADD_REACTION")).await;
    let mut again = react("ADD_REACTION");
    again["opId"] = json!("again");
    assert_eq!(ann.reply(again.clone()).await["duplicate"], true);
    ann.reply(react("REMOVE_REACTION")).await;
    assert_eq!(ann.reply(again).await["duplicate"], true);
    let now = ann.reply(json!({"type":"GET_MESSAGE","chatId":chat,"messageId":sent["message"]["id"]})).await;
    assert_eq!(now["message"]["reactions"], json!([]));
}

pub async fn op_id_records_contain_no_password(place: Place) {
    let server = start(place).await;
    let mut kept = vec![];
    for (name, new) in [("ann", "another horse entirely"), ("ben", "a third horse entirely")] {
        let (mut client, _) = signed_up(&server, name).await;
        let change = json!({"type":"CHANGE_PASSWORD","oldPassword":PASSWORD,"newPassword":new,"opId":"p"});
        assert_eq!(client.reply(change).await["type"], "PASSWORD_CHANGED");
        let found = server.services.repository.operation(&(&*client.user_id).into(), &"p".into()).await;
        kept.push(found.expect("an answer").expect("an outcome").fingerprint);
    }
    assert_eq!(kept[0], kept[1], "the fingerprint depends on the passwords");
    let mut admin = server.admin().await;
    let mut kept = vec![];
    for (id, password) in [("one", "another horse entirely"), ("two", "a third horse entirely")] {
        let set = json!({"type":"SET_USER_PASSWORD","userId":"ann","newPassword":password,"opId":id});
        assert_eq!(admin.reply(set).await["type"], "USER_PASSWORD_SET");
        let found = server.services.repository.operation(&(&*admin.user_id).into(), &id.into()).await;
        kept.push(found.expect("an answer").expect("an outcome").fingerprint);
    }
    assert_eq!(kept[0], kept[1], "the fingerprint depends on the passwords");
}

pub async fn a_repeated_op_id_creates_one_token_and_shows_its_secret_once(place: Place) {
    let server = start(place).await;
    let mut ann = server.person("ann").await;
    let make = json!({"type":"CREATE_API_TOKEN","name":"deploy","botUsername":"deploy-bot","opId":"t"});
    let made = ann.reply(make.clone()).await;
    let id = made["token"]["id"].as_str().expect("an id");
    let secret = made["secret"].as_str().expect("a secret");
    for _ in 0..2 {
        let refused = ann.refused(make.clone(), "CONFLICT", "opId").await;
        let sentence = refused["error"].as_str().expect("a sentence");
        assert!(sentence.contains(id) && !refused.to_string().contains(secret), "{refused}");
    }
    let posted = http::command(server.address, Some(&ann.token), &make).await;
    assert!(posted.status == 409 && posted.body.contains(id), "{}", posted.body);
    let listed = ann.reply(json!({"type":"GET_API_TOKENS"})).await;
    let named = listed["tokens"].as_array().into_iter().flatten().filter(|token| token["name"] == "deploy");
    assert_eq!(named.count(), 1, "{listed}");
    let kept = server.services.repository.operation(&(&*ann.user_id).into(), &"t".into()).await;
    let kept = kept.expect("an answer").expect("an outcome");
    assert!(kept.outcome.contains(id) && !kept.outcome.contains(secret), "{}", kept.outcome);
    let other = with(make, json!({"name":"other"}));
    ann.refused(other.clone(), "CONFLICT", "opId").await;
    assert_eq!(ann.reply(with(other, json!({"opId":"u"}))).await["type"], "API_TOKEN_CREATED");
}

pub async fn an_op_id_belongs_to_one_command_of_one_user(place: Place) {
    let server = start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let create = |name: &str| json!({"type":"CREATE_CHAT","name":name,"opId":"x"});
    let chat = ann.reply(create("one")).await["chatId"].clone();
    ann.refused(create("two"), "CONFLICT", "opId").await;
    ann.refused(json!({"type":"SEND_MESSAGE","chatId":chat,"content":"a","opId":"x"}), "CONFLICT", "opId").await;
    ann.refused(json!({"type":"UPDATE_USER","displayName":"A","opId":"x"}), "CONFLICT", "opId").await;
    // Field order and envelope form do not make it a different command.
    let same = json!({"payload":{"opId":"x","name":"one"},"type":"CREATE_CHAT"});
    assert_eq!(ann.reply(same).await["duplicate"], true);
    assert_eq!(ben.reply(create("two")).await.get("duplicate"), None);
    // Numbers that are equal as doubles but differ in digits are different commands.
    let message = r#""content":"a","metadata":"#;
    let count =
        |digits: &str| format!(r#"{{"type":"SEND_MESSAGE","chatId":{chat},{message}{{"n":{digits}}},"opId":"n"}}"#);
    ann.send_text(&count("12345678901234567890123")).await;
    assert_eq!(ann.next_of("NEW_MESSAGE").await.get("duplicate"), None);
    ann.send_text(&count("12345678901234567890124")).await;
    assert_eq!(ann.next().await["code"], "CONFLICT");
    // A refusal stores no outcome: the id is still free.
    ann.refused(json!({"type":"DELETE_CHAT","chatId":"none","opId":"y"}), "NOT_FOUND", "chatId").await;
    assert_eq!(ann.reply(json!({"type":"DELETE_CHAT","chatId":chat,"opId":"y"})).await["type"], "CHAT_DELETED");
}

pub async fn concurrent_uses_of_an_op_id_make_one_change(place: Place) {
    let server = start(place).await;
    let mut ann = server.user("ann").await;
    let chat = ann.reply(json!({"type":"CREATE_CHAT","name":"g"})).await["chatId"].clone();
    for round in 0..5 {
        let id = format!("op-{round}");
        let command = json!({"type":"SEND_MESSAGE","chatId":chat,"content":"one","opId":id,"requestId":id});
        let mut devices = vec![];
        for _ in 0..4 {
            devices.push(server.device(&ann).await);
        }
        for device in &mut devices {
            device.send(command.clone()).await;
        }
        let mut replies = vec![];
        for device in &mut devices {
            replies.push(device.until(|frame| frame["requestId"] == id.as_str()).await);
        }
        let new = replies.iter().filter(|reply| reply.get("duplicate").is_none()).count();
        assert_eq!(new, 1, "{replies:?}");
        assert!(replies.iter().all(|reply| reply["seq"] == replies[0]["seq"]), "{replies:?}");
        ann.next_of("NEW_MESSAGE").await;
    }
    ann.hears_nothing().await;
}

/// The replies of several devices to one command that they send at the same time.
async fn all_at_once(devices: &mut [Client], command: &Value) -> Vec<Value> {
    for device in &mut *devices {
        device.send(command.clone()).await;
    }
    let mut replies = vec![];
    for device in devices {
        replies.push(device.until(|frame| frame["requestId"] == command["requestId"]).await);
    }
    replies
}

pub async fn commands_that_change_no_chat_run_once_per_op_id(place: Place) {
    let server = start(place).await;
    let mut ann = server.person("ann").await;
    let ben = server.person("ben").await;
    let chat = ann.reply(json!({"type":"CREATE_CHAT","name":"g"})).await["chatId"].clone();
    let mut devices = vec![];
    let mut admins = vec![];
    for _ in 0..4 {
        devices.push(server.device(&ann).await);
        admins.push(server.admin().await);
    }
    for round in 0..4 {
        let token = ann.reply(json!({"type":"CREATE_API_TOKEN","name":"x"})).await["token"]["id"].clone();
        let own = [
            json!({"type":"UPDATE_SETTINGS","settings":{"round":round}}),
            json!({"type":"MUTE_CHAT","chatId":chat,"until":format!("299{round}-01-01T00:00:00.000Z")}),
            json!({"type":"MARK_UNREAD","chatId":chat,"seq":1}),
            json!({"type":"UPDATE_USER","displayName":format!("Ann {round}")}),
            json!({"type":"REVOKE_API_TOKEN","tokenId":token}),
        ];
        let ban = json!({"type":"BAN_USER","userId":ben.user_id,"reason":format!("reason {round}")});
        for (number, mut command) in own.into_iter().chain([ban]).enumerate() {
            let id = format!("op-{round}-{number}");
            command["opId"] = json!(id);
            command["requestId"] = json!(id);
            let who = if command["type"] == "BAN_USER" { &mut admins } else { &mut devices };
            let replies = all_at_once(who, &command).await;
            assert!(replies.iter().all(|reply| reply["type"] != "ERROR"), "{command}: {replies:?}");
            let new = replies.iter().filter(|reply| reply.get("duplicate").is_none()).count();
            let is_repeated_mark = command["type"] == "MARK_UNREAD" && round > 0;
            assert_eq!(new, usize::from(!is_repeated_mark), "{command}: {replies:?}");
        }
    }
    let log = admins[0].reply(json!({"type":"GET_AUDIT_LOG","targetId":ben.user_id})).await;
    let entries = log["entries"].as_array().expect("entries");
    let bans = entries.iter().filter(|entry| entry["command"] == "BAN_USER").count();
    assert_eq!(bans, 4, "{log}");
}

/// The server stops between the write and the outcome: the storage loses the outcome, and a later change follows.
pub async fn a_retry_without_an_outcome_overwrites_no_later_change(place: Place) {
    let Place { repository, keep } = place;
    let is_atomic = repository.ends_claims_with_writes();
    let faulty = Faulty::new(repository);
    let storage: Arc<dyn pichat::store::repository::Repository> = faulty.clone();
    let server = server::start_over(storage, keep, server::settings(&[])).await;
    let mut ann = server.person("ann").await;
    let mut admin = server.admin().await;
    let ben = server.person("ben").await;
    let chat = ann.reply(json!({"type":"CREATE_CHAT","name":"g"})).await["chatId"].clone();
    let settings = |theme: &str| json!({"type":"UPDATE_SETTINGS","settings":{"theme":theme}});
    let mute = |until: Value| json!({"type":"MUTE_CHAT","chatId":chat,"until":until});
    let rename = |name: &str| json!({"type":"UPDATE_USER","displayName":name});
    let ban = json!({"type":"BAN_USER","userId":ben.user_id});
    let unban = json!({"type":"UNBAN_USER","userId":ben.user_id});
    let role = |role: &str| json!({"type":"SET_USER_ROLE","userId":ben.user_id,"role":role});
    let unread = json!({"type":"MARK_UNREAD","chatId":chat,"seq":1});
    let read = json!({"type":"MARK_READ","chatId":chat,"seq":1});
    let own = [
        (settings("one"), settings("two")),
        (mute("2991-01-01T00:00:00.000Z".into()), mute(Value::Null)),
        (rename("Ann One"), rename("Ann Two")),
        (unread, read),
    ];
    let moderated = [(ban, unban), (role("moderator"), role("member"))];
    for (number, (first, later)) in own.into_iter().chain(moderated).enumerate() {
        let client = if number < 4 { &mut ann } else { &mut admin };
        let mut first = first;
        first["opId"] = json!(format!("op-{number}"));
        faulty.be(Mood::LosesOutcomes);
        let done = client.reply(first.clone()).await;
        assert_ne!(done["type"], "ERROR", "{done}");
        faulty.be(Mood::Good);
        let changed = client.reply(later.clone()).await;
        assert_eq!((&changed["type"] == "ERROR", changed.get("duplicate")), (false, None), "{changed}");
        let again = client.reply(first).await;
        if is_atomic || matches!(done["type"].as_str(), Some("CHAT_MUTED" | "CHAT_MARKED_UNREAD")) {
            assert_eq!((&again["type"], &again["duplicate"]), (&done["type"], &json!(true)), "{again}");
        } else {
            assert_eq!((&again["code"], &again["field"]), (&json!("CONFLICT"), &json!("opId")), "{again}");
        }
        // The later change is still there.
        let unchanged = client.reply(later).await;
        let is_unchanged = unchanged["duplicate"] == true || unchanged["settings"]["theme"] == "two";
        assert!(is_unchanged, "{unchanged}");
    }
    let stored = ann.reply(json!({"type":"GET_SETTINGS"})).await;
    assert_eq!(stored["settings"]["theme"], "two", "{stored}");
}

pub async fn a_harmless_command_without_an_outcome_runs_again(place: Place) {
    let Place { repository, keep } = place;
    let faulty = Faulty::new(repository);
    let storage: Arc<dyn pichat::store::repository::Repository> = faulty.clone();
    let server = server::start_over(storage, keep, server::settings(&[])).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    logged_in(&server, "ann", "phone").await;
    let mut ben = server.person("ben").await;
    let chat = ben.reply(json!({"type":"CREATE_CHAT","name":"g","members":[ann.user_id]})).await["chatId"].clone();
    ben.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"message":{"content":"hi"}})).await;
    let token = ann.reply(json!({"type":"CREATE_API_TOKEN","name":"x"})).await["token"]["id"].clone();
    let made = ann.reply(json!({"type":"CREATE_API_TOKEN","name":"y","botUsername":"robot"})).await;
    let sessions = ann.reply(json!({"type":"GET_SESSIONS"})).await["sessions"].clone();
    let phone = sessions.as_array().expect("a list").iter().find(|session| session["deviceId"] == "phone");
    let commands = [
        json!({"type":"MARK_DELIVERED","chatId":chat,"seq":2}),
        json!({"type":"MARK_READ","chatId":chat,"seq":2}),
        json!({"type":"REVOKE_API_TOKEN","tokenId":token}),
        json!({"type":"DELETE_BOT","userId":made["token"]["userId"]}),
        json!({"type":"REVOKE_SESSION","sessionId":phone.expect("the phone")["id"]}),
    ];
    for (number, mut command) in commands.into_iter().enumerate() {
        command["opId"] = json!(format!("harmless-{number}"));
        faulty.be(Mood::LosesOutcomes);
        let done = ann.reply(command.clone()).await;
        faulty.be(Mood::Good);
        assert_ne!(done["type"], "ERROR", "{done}");
        assert_repeated(&done, &ann.reply(command).await);
    }
}

pub async fn outcomes_are_bounded_in_bytes_and_number(place: Place) {
    let server = start_with(place, &[("MAX_OPERATIONS_PER_USER", "5"), ("OPERATION_BYTES_PER_USER", "6000")]).await;
    let mut ann = server.person("ann").await;
    let mut ben = server.person("ben").await;
    let kept = async |client: &Client| {
        server.services.repository.operation_usage(&(&*client.user_id).into()).await.expect("an answer")
    };
    // Of large settings nothing is kept but that they were changed.
    let long = "x".repeat(15_000);
    for number in 0..5 {
        let settings = json!({"number":number,"long":long});
        let command = json!({"type":"UPDATE_SETTINGS","settings":settings,"opId":format!("s-{number}")});
        assert_eq!(ann.reply(command.clone()).await["type"], "SETTINGS");
        let again = ann.reply(command).await;
        assert_eq!((&again["settings"], &again["duplicate"]), (&settings, &json!(true)));
    }
    let usage = kept(&ann).await;
    assert_eq!((usage.count, usage.bytes), (5, 0));
    let sixth = json!({"type":"UPDATE_SETTINGS","settings":{"number":6},"opId":"s-6"});
    let error = ann.refused(sixth, "CONFLICT", "opId").await;
    assert!(error["error"].as_str().is_some_and(|text| text.contains("MAX_OPERATIONS_PER_USER")), "{error}");
    // What is known is still answered, and what carries no opId is done.
    let known = json!({"type":"UPDATE_SETTINGS","settings":{"number":4,"long":long},"opId":"s-4"});
    assert_eq!(ann.reply(known).await["duplicate"], true);
    assert_eq!(ann.reply(json!({"type":"UPDATE_SETTINGS","settings":{"number":7}})).await["type"], "SETTINGS");
    let chat = ben.reply(json!({"type":"CREATE_CHAT","name":"g"})).await["chatId"].clone();
    let send = |id: &str| json!({"type":"SEND_MESSAGE","chatId":chat,"content":"x".repeat(4000),"opId":id});
    for number in 0..2 {
        assert_eq!(ben.reply(send(&format!("m-{number}"))).await["type"], "NEW_MESSAGE");
    }
    let usage = kept(&ben).await;
    assert_eq!(usage.count, 2);
    assert!((8_000..12_000).contains(&usage.bytes), "{usage:?}");
    server.services.operation_usage.forget();
    let error = ben.refused(send("m-2"), "CONFLICT", "opId").await;
    assert!(error["error"].as_str().is_some_and(|text| text.contains("OPERATION_BYTES_PER_USER")), "{error}");
    assert_eq!(ben.reply(send("m-1")).await["duplicate"], true);
}

pub async fn op_id_errors_name_the_field(place: Place) {
    let server = start(place).await;
    let mut ann = server.user("ann").await;
    for id in [json!(""), json!("a".repeat(65)), json!("a b"), json!("ä"), json!(7), json!(null)] {
        let command = json!({"type":"CREATE_CHAT","name":"g","opId":id});
        ann.refused(command, "INVALID_ARGUMENT", "opId").await;
    }
    for command in ["GET_ME", "PING", "GET_CHATS"] {
        ann.refused(json!({"type":command,"opId":"x"}), "INVALID_ARGUMENT", "opId").await;
    }
}

/// The storage commits the change and does not reply.
pub async fn changes_with_a_lost_commit_reply_are_published_and_found(place: Place) {
    let Place { repository, keep } = place;
    let faulty = Faulty::new(repository);
    let storage: Arc<dyn pichat::store::repository::Repository> = faulty.clone();
    let server = server::start_over(storage, keep, server::settings(&[])).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let made = ann.reply(json!({"type":"CREATE_CHAT","name":"g","members":[ben.user_id]})).await;
    let chat = &made["chatId"];
    let sent = ann.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"content":"one","opId":"send"})).await;
    ben.next_of("NEW_MESSAGE").await;
    let edit =
        json!({"type":"EDIT_MESSAGE","chatId":chat,"messageId":sent["message"]["id"],"content":"two","opId":"edit"});
    let add = json!({"type":"ADD_MEMBERS","chatId":chat,"members":[cem.user_id],"opId":"add"});
    let remove = json!({"type":"REMOVE_MEMBERS","chatId":chat,"userIds":[ben.user_id],"opId":"remove"});
    for (place, command) in [edit, add, remove].into_iter().enumerate() {
        faulty.be(Mood::Mute);
        assert_eq!(ann.reply(command.clone()).await["code"], "UNAVAILABLE", "{command}");
        faulty.be(Mood::Good);
        let again = ann.reply(command).await;
        assert_eq!(again["duplicate"], true, "{again}");
        assert_eq!(ben.next_of("LAGGED").await["toSeq"], 3 + place);
    }
    assert_eq!(cem.next_of("NEW_CHAT").await["chatId"], *chat);
    ann.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"content":"three"})).await;
    assert_eq!(cem.next_of("NEW_MESSAGE").await["message"]["content"], "three");
    ben.hears_nothing().await;
}
