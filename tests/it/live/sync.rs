use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::chats::{digest_of_answers, made};
use crate::contract::backends::Place;
use crate::contract::scene;
use crate::support::frame::{assert_frame, chat, message, seen_by, with};
use crate::support::{self, Client};

fn sync(chats: Value) -> Value {
    json!({"type":"SYNC","chats":chats})
}

pub async fn say(client: &mut Client, chat: &Value, content: &str) -> Value {
    client.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"content":content})).await
}

pub async fn sync_without_missed_changes_is_empty(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    assert_frame(
        &ann.command(sync(json!({}))).await,
        json!({"type":"SYNCED","chats":[],"newChats":[],"removedChatIds":[],"cursor":"<any>"}),
    );
    let id = made(&mut ann, "group", "den", &mut []).await;
    let position = json!({id.as_str().expect("an id"):1});
    let synced = ann.command(with(sync(position), json!({"requestId":"s"}))).await;
    let viewer = json!({"myRole":"owner","unreadCount":0,"mentionCount":0,"readSeq":0,"muted":false});
    let same = json!({"chatId":id,"seq":1,"viewer":viewer,"marks":"<any>","streams":[],"messages":[],"more":false});
    let whole = json!({"type":"SYNCED","requestId":"s","chats":[same],"newChats":[],"removedChatIds":[],
        "cursor":"<any>"});
    assert_frame(&synced, whole);
}

pub async fn sync_returns_changes_since_the_given_positions(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    say(&mut ann, &id, "seen").await;
    let missed = say(&mut ann, &id, "missed").await;
    let chat_id = id.as_str().expect("an id");
    let synced = ben.reply(sync(json!({chat_id:2}))).await;
    let shape = json!({"chatId":id,"seq":3,"viewer":"<any>","marks":"<any>","streams":[],
        "messages":[missed["message"]],"more":false});
    assert_frame(&synced["chats"][0], shape.clone());
    ann.reply(json!({"type":"ADD_MEMBERS","chatId":id,"members":["admin"]})).await;
    ann.reply(json!({"type":"UPDATE_CHAT","chatId":id,"name":"cave"})).await;
    let synced = ben.reply(sync(json!({chat_id:3}))).await;
    let last = message(&id, 3, &ann.user_id, "ann", "missed");
    let now = with(chat(&id, "group", "cave", 5, 3), json!({"messageCount":2,"lastMessage":last}));
    let now = with(seen_by(now, "member", 0), json!({"unreadCount":2}));
    let more = json!({"seq":5,"messages":[],"chat":now,"members":["<any>","<any>","<any>"]});
    assert_frame(&synced["chats"][0], with(shape, more));
    ann.reply(json!({"type":"UPDATE_CHAT","chatId":id,"name":"den"})).await;
    let synced = ben.reply(sync(json!({chat_id:5}))).await;
    assert!(synced["chats"][0].get("members").is_none() && synced["chats"][0].get("chat").is_some(), "{synced}");
}

pub async fn sync_includes_new_chats_and_removes_inaccessible_ones(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let left = made(&mut ann, "group", "left", &mut [&mut ben]).await;
    let foreign = made(&mut ann, "group", "x", &mut []).await;
    let channel = made(&mut ann, "channel", "news", &mut []).await;
    let new = made(&mut ann, "group", "new", &mut [&mut ben]).await;
    ben.reply(json!({"type":"LEAVE_CHAT","chatId":left})).await;
    let asked: Map<String, Value> = [&left, &foreign, &channel, &json!("none"), &json!("#news")]
        .map(|id| (id.as_str().expect("an id").to_owned(), json!(1)))
        .into_iter()
        .collect();
    let synced = ben.reply(sync(json!(asked))).await;
    let shape = seen_by(with(chat(&new, "group", "new", 1, 2), json!({"createdBy":ann.user_id})), "member", 0);
    assert_frame(&synced["newChats"], json!([with(shape, json!({"streams":[]}))]));
    let mut removed: Vec<_> = synced["removedChatIds"].as_array().expect("ids").iter().map(Value::to_string).collect();
    let mut known: Vec<_> = asked.keys().map(|id| json!(id).to_string()).collect();
    removed.sort();
    known.sort();
    assert_eq!((removed, &synced["chats"]), (known, &json!([])));
}

pub async fn sync_pages_continue_from_the_returned_position(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    for number in 1..=5 {
        say(&mut ann, &id, &number.to_string()).await;
    }
    let chat_id = id.as_str().expect("an id");
    let mut position = 1;
    let mut contents = vec![];
    loop {
        let page = ann.reply(with(sync(json!({chat_id:position})), json!({"limit":2}))).await["chats"][0].clone();
        let messages = page["messages"].as_array().expect("messages").clone();
        contents.extend(messages.iter().map(|message| message["content"].as_str().unwrap_or("?").to_owned()));
        position = page["seq"].as_u64().expect("a position");
        if page["more"] == false {
            break;
        }
        assert_eq!((messages.len(), &messages[1]["seq"]), (2, &page["seq"]));
    }
    assert_eq!((position, contents.concat()), (6, "12345".to_owned()));
    for limit in [json!(0), json!(201)] {
        ann.refused(with(sync(json!({})), json!({"limit":limit})), "INVALID_ARGUMENT", "limit").await;
    }
}

pub async fn sync_after_a_long_absence_loses_no_message(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut positions = Map::new();
    let content = "👋".repeat(4096);
    for name in ["a", "b", "c", "d"] {
        let id = made(&mut ann, "group", name, &mut []).await;
        for _ in 0..4 {
            let sends = vec![json!({"type":"SEND_MESSAGE","chatId":id,"content":content}); 10];
            ann.send(Value::Array(sends)).await;
            for _ in 0..10 {
                ann.next_of("NEW_MESSAGE").await;
            }
        }
        positions.insert(id.as_str().expect("an id").to_owned(), json!(1));
    }
    let mut heard = 0;
    let mut rounds = 0;
    while !positions.is_empty() {
        let synced = ann.reply(sync(json!(positions))).await;
        rounds += 1;
        for chat in synced["chats"].as_array().expect("chats") {
            heard += chat["messages"].as_array().expect("messages").len();
            let id = chat["chatId"].as_str().expect("an id");
            match chat["more"] == true {
                true => positions.insert(id.to_owned(), chat["seq"].clone()),
                false => positions.remove(id),
            };
        }
    }
    assert_eq!(heard, 160);
    assert!(rounds > 2, "a reply must not be too long");
}

pub async fn a_position_beyond_the_chats_clock_resets_it(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    let sent = say(&mut ann, &id, "hi").await;
    for position in [3, u64::MAX] {
        let synced = ann.command(sync(json!({id.as_str().expect("an id"):position}))).await;
        assert_frame(
            &synced["chats"][0],
            json!({"chatId":id,"seq":2,"chat":"<any>","viewer":"<any>","members":["<any>"],"marks":"<any>","streams":[],
                "messages":[sent["message"]],"more":false,"reset":true}),
        );
    }
}

pub async fn one_sync_accepts_up_to_two_thousand_chats(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let asked = |count: usize| -> Value {
        let chats: Map<String, Value> = (0..count).map(|number| (format!("c{number}"), json!(1))).collect();
        sync(Value::Object(chats))
    };
    ann.refused(asked(2001), "TOO_LARGE", "chats").await;
    let synced = ann.command(asked(2000)).await;
    assert_eq!(synced["removedChatIds"].as_array().map(Vec::len), Some(2000));
}

pub async fn chats_exceeding_a_reply_are_pending(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut said = BTreeSet::new();
    let mut positions: BTreeMap<String, u64> = BTreeMap::new();
    for name in ["one", "two", "three", "four", "five"] {
        let id = made(&mut ann, "group", name, &mut [&mut ben]).await;
        for _ in 0..12 {
            let sent = say(&mut ann, &id, &"😀".repeat(4096)).await;
            said.insert(sent["message"]["id"].as_str().expect("an id").to_owned());
        }
        positions.insert(id.as_str().expect("an id").to_owned(), 1);
    }
    let mut found = BTreeSet::new();
    let mut rounds = 0;
    let mut has_waited = false;
    while !positions.is_empty() {
        let synced = ben.reply(sync(json!(positions))).await;
        assert!(synced.to_string().len() < 700_000, "{} bytes", synced.to_string().len());
        let pending = synced["pending"].as_array().cloned().unwrap_or_default();
        has_waited |= !pending.is_empty();
        positions.retain(|id, _| pending.iter().any(|other| other == id.as_str()));
        for chat in synced["chats"].as_array().expect("chats") {
            let messages = chat["messages"].as_array().expect("messages").iter();
            found.extend(messages.map(|message| message["id"].as_str().expect("an id").to_owned()));
            if chat["more"] == true {
                let id = chat["chatId"].as_str().expect("an id").to_owned();
                positions.insert(id, chat["seq"].as_u64().expect("a position"));
            }
        }
        rounds += 1;
        assert!(rounds < 10, "it does not end");
    }
    assert!(has_waited, "everything fitted into one reply");
    assert_eq!(found, said);
}

pub async fn sync_includes_the_first_members_of_a_large_chat(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let id = made(&mut ann, "group", "hall", &mut []).await;
    let chat_id = id.as_str().expect("an id");
    for wave in 0..2 {
        let mut names = vec![];
        for number in 0..110 {
            let user = scene::user(&*server.services.repository, &format!("user{wave}-{number}")).await;
            names.push(user.id.to_string());
        }
        ann.reply(json!({"type":"ADD_MEMBERS","chatId":id,"members":names})).await;
    }
    let synced = ann.reply(sync(json!({chat_id:1}))).await;
    let chat = &synced["chats"][0];
    assert_eq!(chat["members"].as_array().map(Vec::len), Some(200));
    assert_eq!((&chat["membersTruncated"], &chat["chat"]["memberCount"]), (&json!(true), &json!(221)));
}

pub async fn a_sync_cursor_returns_profile_and_settings_changes(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let mut ben = server.person("ben").await;
    let mut dora = server.person("dora").await;
    let made = ann.reply(json!({"type":"CREATE_CHAT","name":"g","members":[ben.user_id]})).await;
    let chat = &made["chatId"];
    let synced = ann.reply(json!({"type":"SYNC","chats":{}})).await;
    assert_eq!((synced.get("users"), synced.get("settings")), (None, None), "{synced}");
    assert_eq!(synced["newChats"][0]["streams"], json!([]), "{synced}");
    let first = synced["cursor"].clone();
    assert!(first.is_string(), "{synced}");
    // Another device changes the settings, mutes the chat and reads; a contact and a stranger change their names.
    let mut device = server.device(&ann).await;
    device.reply(json!({"type":"UPDATE_SETTINGS","settings":{"theme":"dark"}})).await;
    device.reply(json!({"type":"MUTE_CHAT","chatId":chat})).await;
    ben.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"content":"@ann one"})).await;
    ben.reply(json!({"type":"UPDATE_USER","displayName":"Ben Two"})).await;
    dora.reply(json!({"type":"UPDATE_USER","displayName":"Dora Two"})).await;
    let synced = ann.reply(json!({"type":"SYNC","chats":{chat.as_str().expect("an id"):1},"cursor":first})).await;
    let names: Vec<&Value> =
        synced["users"].as_array().expect("users").iter().map(|user| &user["displayName"]).collect();
    assert_eq!(names, ["Ben Two"], "{synced}");
    assert_eq!(synced["settings"], json!({"theme":"dark"}));
    let viewer = json!({"myRole":"owner","unreadCount":1,"mentionCount":1,"readSeq":0,"muted":true});
    assert_eq!(synced["chats"][0]["viewer"], viewer, "{synced}");
    // The next SYNC has no settings change.
    let again = ann.reply(json!({"type":"SYNC","chats":{},"cursor":synced["cursor"]})).await;
    assert_eq!(again.get("settings"), None, "{again}");
    // CONNECTED has a cursor, too.
    let connected =
        Client::connect_with(&server.url(), &[("authorization", &format!("Bearer {}", ann.token))]).await.next().await;
    let again = ann.reply(json!({"type":"SYNC","chats":{},"cursor":connected["cursor"]})).await;
    assert_eq!((again["type"].as_str(), again.get("settings")), (Some("SYNCED"), None), "{again}");
    ann.refused(json!({"type":"SYNC","chats":{},"cursor":"x"}), "INVALID_ARGUMENT", "cursor").await;
    // A cursor of somebody else, or from the future, tells nothing of what the client knows.
    let own = again["cursor"].as_str().expect("a cursor");
    let mut parts: Vec<&str> = own.split('-').collect();
    parts[1] = "9000000000000";
    let theirs = ben.reply(json!({"type":"SYNC","chats":{}})).await["cursor"].clone();
    for cursor in [json!(parts.join("-")), theirs] {
        let synced = ann.reply(json!({"type":"SYNC","chats":{},"cursor":cursor})).await;
        let known = synced["users"].as_array().expect("users").iter().any(|user| user["id"] == ben.user_id);
        assert!(known && synced["settings"].is_object(), "{cursor}: {synced}");
    }
    ann.send_text(r#"{"type":"SYNC","chats":{"a":1,"a":2}}"#).await;
    let refused = ann.next_of("ERROR").await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("INVALID_ARGUMENT"), &json!("chats")), "{refused}");
}

pub async fn a_sync_cursor_reports_deleted_contacts(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let mut ben = Client::connect(&server.url()).await;
    ben.next_of("CONNECTED").await;
    let signed = ben.reply(json!({"type":"SIGN_UP","username":"ben","password":"correct horse"})).await;
    assert!(signed["cursor"].is_string(), "{signed}");
    ann.reply(json!({"type":"CREATE_CHAT","name":"g","members":["ben"]})).await;
    let cursor = ann.reply(json!({"type":"SYNC","chats":{}})).await["cursor"].clone();
    let deleted = ben.reply(json!({"type":"DELETE_ACCOUNT","password":"correct horse"})).await;
    assert_eq!(deleted["type"], "ACCOUNT_DELETED", "{deleted}");
    let synced = ann.reply(json!({"type":"SYNC","chats":{},"cursor":cursor})).await;
    let [user] = &synced["users"].as_array().expect("users")[..] else { panic!("{synced}") };
    assert_eq!((&user["id"], &user["deleted"]), (&signed["user"]["id"], &json!(true)), "{synced}");
}

/// The digests in the reply to a SYNC from these positions.
async fn digests(client: &mut Client, positions: Value) -> BTreeMap<String, Value> {
    let synced = client.reply(with(sync(positions), json!({"digest":true}))).await;
    let chats = synced["chats"].as_array().expect("chats");
    let digest = |chat: &Value| (chat["chatId"].as_str().expect("an id").to_owned(), chat["digest"].clone());
    chats.iter().map(digest).collect()
}

pub async fn sync_returns_digests_on_request(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let den = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let hall = made(&mut ann, "group", "hall", &mut [&mut ben]).await;
    let [den_id, hall_id] = [&den, &hall].map(|id| id.as_str().expect("an id").to_owned());
    for content in ["one", "two"] {
        say(&mut ann, &den, content).await;
    }
    let positions = json!({&den_id:1,&hall_id:1});
    let plain = ben.reply(sync(positions.clone())).await;
    assert!(plain["chats"].as_array().is_some_and(|chats| chats.iter().all(|chat| chat.get("digest").is_none())));
    let first = digests(&mut ben, positions.clone()).await;
    assert_eq!(first[&den_id], digest_of_answers(&mut ann, &den).await);
    assert_eq!(first[&hall_id], digest_of_answers(&mut ann, &hall).await);
    let part = ben.reply(with(sync(json!({&den_id:1})), json!({"digest":true,"limit":1}))).await;
    assert_eq!((&part["chats"][0]["more"], part["chats"][0].get("digest")), (&json!(true), None), "{part}");
    say(&mut ann, &den, "three").await;
    let second = digests(&mut ben, positions).await;
    assert_eq!(second[&hall_id], first[&hall_id]);
    assert_ne!(second[&den_id], first[&den_id]);
    assert_eq!(second[&den_id], digest_of_answers(&mut ann, &den).await);
    // The command for one chat has the same.
    let told = ann.reply(json!({"type":"GET_CHAT","chatId":den,"digest":true})).await;
    assert_eq!(told["digest"], second[&den_id]);
    ann.refused(with(sync(json!({})), json!({"digest":1})), "INVALID_ARGUMENT", "digest").await;
}
