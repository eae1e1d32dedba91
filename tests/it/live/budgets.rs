//! No list is longer than a reply may be: the rest is on the next page, and no page leaves anything out.

use std::collections::BTreeSet;

use pichat::protocol::{ChatKind, User};
use serde_json::{Value, json};

use crate::contract::backends::Place;
use crate::contract::scene;
use crate::support::Client;
use crate::support::server::start;

/// The bound on a reply, and what stands around its items.
const MOST: usize = (512 << 10) + (32 << 10);

/// About 32 KB: four-byte characters, and metadata of quotes, which take two bytes as JSON.
fn long(content: &str) -> Value {
    let content = format!("@ann needle {content}{}", "😀".repeat(4000));
    json!({"content":content,"metadata":{"quotes":"\"".repeat(7900)}})
}

fn ids(reply: &Value, list: &str, id: &str) -> Vec<String> {
    let items = reply[list].as_array().unwrap_or_else(|| panic!("no {list}: {}", reply["type"]));
    items.iter().map(|item| item.pointer(id).and_then(Value::as_str).expect("an id").to_owned()).collect()
}

/// Every page of a list; each is bounded, and there is more than one.
async fn pages(client: &mut Client, command: Value, list: &str, id: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut command = command;
    for page in 1.. {
        let reply = client.reply(command.clone()).await;
        let bytes = reply.to_string().len();
        assert!(bytes <= MOST, "{bytes} bytes of {command}");
        found.extend(ids(&reply, list, id));
        let Some(next) = reply.get("nextCursor") else {
            assert!(page > 1, "all on one page of {command}");
            return found;
        };
        for field in ["page", "size"] {
            command.as_object_mut().expect("a command").remove(field);
        }
        command["cursor"] = next.clone();
    }
    unreachable!("there is a last page")
}

pub async fn no_list_of_messages_or_chats_is_longer_than_a_reply(place: Place) {
    let server = start(place).await;
    let mut ann = server.person("ann").await;
    let mut ben = server.person("ben").await;
    let mut chats = BTreeSet::new();
    let mut sent = BTreeSet::new();
    for number in 0..20 {
        let made = ben.reply(json!({"type":"CREATE_CHAT","name":format!("g{number}"),"members":[ann.user_id]})).await;
        let chat = made["chatId"].clone();
        let messages = if number == 0 { 20 } else { 1 };
        for message in 0..messages {
            let command = json!({"type":"SEND_MESSAGE","chatId":chat,"message":long(&format!("{number}-{message}"))});
            let reply = ben.reply(command).await;
            assert_eq!(reply["type"], "NEW_MESSAGE", "{}", reply["error"]);
            sent.insert(reply["message"]["id"].as_str().expect("an id").to_owned());
        }
        chats.insert(chat.as_str().expect("an id").to_owned());
    }
    let list = json!({"type":"GET_CHATS","limit":200});
    assert_eq!(pages(&mut ann, list, "chats", "/id").await, chats);
    for command in
        [json!({"type":"SEARCH_MESSAGES","query":"needle","limit":200}), json!({"type":"GET_MENTIONS","limit":200})]
    {
        assert_eq!(pages(&mut ann, command, "messages", "/id").await, sent);
    }
    let listed = ann.reply(json!({"type":"GET_CHATS","search":"g0"})).await;
    let chat = &listed["chats"][0]["id"];
    let numbered = json!({"type":"GET_CHAT_HISTORY","chatId":chat,"page":1,"size":200});
    let first = ann.reply(numbered.clone()).await;
    assert_eq!((&first["partial"], &first["hasMore"], &first["total"]), (&json!(true), &json!(true), &json!(20)));
    let history = pages(&mut ann, numbered, "messages", "/id").await;
    assert_eq!(history.len(), 20);
    let seq = first["seq"].as_u64().expect("a seq");
    for window in [json!({"before":seq + 1}), json!({"after":0}), json!({"around":seq / 2}), json!({})] {
        let mut command = json!({"type":"GET_CHAT_HISTORY","chatId":chat,"limit":200});
        command.as_object_mut().expect("a command").extend(window.as_object().expect("fields").clone());
        let reply = ann.reply(command).await;
        let bytes = reply.to_string().len();
        assert!(bytes <= MOST && reply["hasMore"] == true, "{bytes} bytes for {window}");
    }
}

pub async fn no_list_of_people_is_longer_than_a_reply(place: Place) {
    let server = start(place).await;
    let repository = &*server.services.repository;
    let mut ann = server.person("ann").await;
    let owner = scene::kept(repository, &scene::person("owner")).await;
    let mut people: Vec<User> = vec![];
    for number in 0..190 {
        let name = format!("user-{number:03}");
        let avatar_url = Some(format!("https://example.org/{}", "a".repeat(3000)));
        let display_name = "😀".repeat(80);
        let user = User { avatar_url, display_name, ..scene::person(&name) };
        people.push(scene::kept(repository, &user).await);
    }
    let all: Vec<&User> = people.iter().collect();
    let ann_here = scene::person("ann");
    let members: Vec<&User> = all.iter().copied().chain([&ann_here]).collect();
    scene::all(repository, [scene::create(&owner, "den", ChatKind::Channel, &members)]).await;
    let ids: BTreeSet<String> = people.iter().map(|user| user.id.to_string()).collect();
    let members =
        pages(&mut ann, json!({"type":"GET_MEMBERS","chatId":"den","limit":200}), "members", "/user/id").await;
    assert!(members.is_superset(&ids));
    let users = pages(&mut ann, json!({"type":"GET_USERS","limit":200}), "users", "/id").await;
    assert!(users.is_superset(&ids));
    let mut admin = server.admin().await;
    let accounts = pages(&mut admin, json!({"type":"GET_ACCOUNTS","limit":200}), "accounts", "/user/id").await;
    assert!(accounts.is_superset(&ids));
}

pub async fn streams_that_do_not_fit_in_a_reply_are_pending(place: Place) {
    let server = start(place).await;
    let mut ann = server.person("ann").await;
    let mut bot = server.user("bot").await;
    let mut expected = BTreeSet::new();
    for number in 0..12 {
        let id = format!("den-{number}");
        bot.reply(json!({"type":"CREATE_CHAT","id":id,"name":id,"members":[ann.user_id]})).await;
        bot.reply(json!({"type":"START_STREAM","chatId":id,"message":{"id":"s","role":"assistant"}})).await;
        let piece = json!({"type":"APPEND_STREAM","chatId":id,"messageId":"s","content":"x".repeat(60_000)});
        assert_eq!(bot.reply(piece).await["type"], "STREAM_APPENDED");
        expected.insert(id);
    }
    // Every chat is known already.
    let mut asked = json!({});
    expected.iter().for_each(|id| asked[id] = json!(1));
    let mut streaming = BTreeSet::new();
    let mut rounds = 0;
    while asked != json!({}) {
        let reply = ann.reply(json!({"type":"SYNC","chats":asked})).await;
        let bytes = reply["chats"].to_string().len();
        assert!(bytes <= MOST, "{bytes} bytes");
        for chat in reply["chats"].as_array().expect("a list") {
            let id = chat["chatId"].as_str().expect("an id");
            assert_eq!(chat["streams"].as_array().map(Vec::len), Some(1), "{id}");
            assert!(streaming.insert(id.to_owned()), "{id} twice");
        }
        asked = json!({});
        for id in reply["pending"].as_array().into_iter().flatten() {
            asked[id.as_str().expect("an id")] = json!(1);
        }
        rounds += 1;
    }
    assert!(rounds > 1, "all in one reply");
    assert_eq!(streaming, expected);
}
