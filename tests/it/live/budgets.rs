//! No list is longer than a reply may be: the rest is on the next page, and no page leaves anything out.

use std::collections::BTreeSet;

use pichat::auth;
use pichat::protocol::{ChatKind, Scope, Timestamp, Token, User, UserId, UserKind};
use pichat::store::repository::{Account, AccountName, StoredSession, StoredToken};
use serde_json::{Value, json};

use crate::contract::backends::Place;
use crate::contract::scene;
use crate::support::server::start;
use crate::support::{Client, Server};

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

/// A bot that streams 60 KB to ann in each of these chats.
async fn streaming(server: &Server, ann: &Client, chats: &[String]) -> Client {
    let mut bot = server.user("bot").await;
    for id in chats {
        bot.reply(json!({"type":"CREATE_CHAT","id":id,"name":id,"members":[ann.user_id]})).await;
        stream(&mut bot, id, "s").await;
    }
    bot
}

async fn stream(bot: &mut Client, chat: &str, message: &str) {
    bot.reply(json!({"type":"START_STREAM","chatId":chat,"message":{"id":message,"role":"assistant"}})).await;
    let piece = json!({"type":"APPEND_STREAM","chatId":chat,"messageId":message,"content":format!("{}xyz", "x".repeat(60_000))});
    assert_eq!(bot.reply(piece).await["type"], "STREAM_APPENDED");
}

pub async fn streams_of_new_chats_that_do_not_fit_in_a_reply_are_left_out(place: Place) {
    let server = start(place).await;
    let mut ann = server.person("ann").await;
    let chats: Vec<String> = (0..12).map(|number| format!("den-{number}")).collect();
    let _bot = streaming(&server, &ann, &chats).await;
    let reply = ann.reply(json!({"type":"SYNC","chats":{}})).await;
    let bytes = reply.to_string().len();
    assert!(bytes <= MOST, "{bytes} bytes");
    let told: BTreeSet<String> = ids(&reply, "newChats", "/id").into_iter().collect();
    assert_eq!(told, chats.into_iter().collect());
    let of = |chat: &Value| chat["streams"].as_array().map_or(0, Vec::len);
    let listed = reply["newChats"].as_array().expect("a list");
    let left_out = listed.iter().find(|chat| of(chat) == 0).expect("a chat without its stream");
    assert!(listed.iter().filter(|chat| of(chat) == 1).count() >= 6, "{bytes} bytes");
    // The client asks for the chat when it misses a piece.
    let mut asked = json!({});
    asked[left_out["id"].as_str().expect("an id")] = left_out["seq"].clone();
    let reply = ann.reply(json!({"type":"SYNC","chats":asked})).await;
    assert_eq!(of(&reply["chats"][0]), 1);
}

pub async fn the_streams_and_members_of_one_chat_fit_in_a_reply(place: Place) {
    let server = start(place).await;
    let mut ann = server.person("ann").await;
    let mut bot = streaming(&server, &ann, &["den".into()]).await;
    for number in 0..11 {
        stream(&mut bot, "den", &format!("s{number}")).await;
    }
    let reply = ann.reply(json!({"type":"SYNC","chats":{"den":1}})).await;
    let bytes = reply.to_string().len();
    let streams = reply["chats"][0]["streams"].as_array().expect("streams");
    assert!(bytes <= MOST && streams.len() == 12, "{} streams, {bytes} bytes", streams.len());
    for stream in streams {
        let content = stream["content"].as_str().expect("a text");
        assert!(content.ends_with("xyz") && (20_000..60_000).contains(&content.len()), "{}", content.len());
        assert_eq!(stream["nextIndex"], 1);
    }
    // Members with long profiles, beside more messages than fit.
    let repository = &*server.services.repository;
    let mut members = vec![];
    for number in 0..190 {
        let avatar_url = Some(format!("https://example.org/{}", "a".repeat(3000)));
        members
            .push(scene::kept(repository, &User { avatar_url, ..scene::person(&format!("user-{number:03}")) }).await);
    }
    let owner = scene::person("user-000");
    let ann_here = repository.account(&AccountName::Id(ann.user_id.as_str().into())).await;
    let ann_here = ann_here.expect("an answer").expect("ann").user;
    let all: Vec<&User> = members.iter().skip(1).chain([&ann_here]).collect();
    scene::all(repository, [scene::create(&owner, "hall", ChatKind::Group, &all)]).await;
    let says = |number| scene::say(&owner, "hall", &format!("m{number}"), &"y".repeat(20_000));
    scene::all(repository, (0..30).map(says)).await;
    let reply = ann.reply(json!({"type":"SYNC","chats":{"hall":0}})).await;
    let bytes = reply.to_string().len();
    let hall = &reply["chats"][0];
    assert!(bytes <= MOST && hall["membersTruncated"] == true && hall["more"] == true, "{bytes} bytes");
    assert!(hall["messages"].as_array().is_some_and(|messages| !messages.is_empty()));
}

pub async fn no_list_of_bots_tokens_or_sessions_is_longer_than_a_reply(place: Place) {
    let server = start(place).await;
    let repository = &*server.services.repository;
    let mut ann = server.person("ann").await;
    let id: UserId = ann.user_id.as_str().into();
    let [mut bots, mut tokens, mut sessions] = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
    for number in 0..180 {
        let avatar_url = Some(format!("https://example.org/{}", "a".repeat(3000)));
        let bot = User { avatar_url, kind: UserKind::Bot, ..scene::person(&format!("bot-{number:03}")) };
        bots.insert(bot.id.to_string());
        repository.create_account(&Account::of_bot(bot, id.clone())).await.expect("a bot");
    }
    for number in 0..1400 {
        // Two of each moment.
        let created_at = Timestamp::from_millis(1_767_000_000_000 + number / 2);
        let token = Token {
            id: format!("token-{number}").into(),
            name: "😀".repeat(80),
            scopes: vec![Scope::Read],
            user_id: id.clone(),
            created_at,
            expires_at: None,
            last_used_at: None,
        };
        tokens.insert(token.id.to_string());
        let hash = auth::hash(&token.id);
        repository.create_token(&StoredToken { token, maker: id.clone(), hash }).await.expect("a token");
    }
    for number in 0..900 {
        let session = StoredSession {
            id: format!("session-{number}").into(),
            user_id: id.clone(),
            device_id: Some("😀".repeat(128)),
            created_at: Timestamp::from_millis(1_767_000_000_000 + number / 2),
            last_seen_at: Timestamp::from_millis(1_767_000_000_000),
            expires_at: Timestamp::from_millis(32_503_680_000_000),
            family: auth::hash(&format!("family {number}")),
            refresh: auth::hash(&format!("refresh {number}")),
            previous: None,
        };
        sessions.insert(session.id.to_string());
        repository.create_session(&session).await.expect("a session");
    }
    assert_eq!(pages(&mut ann, json!({"type":"GET_BOTS"}), "bots", "/id").await, bots);
    let listed = pages(&mut ann, json!({"type":"GET_API_TOKENS"}), "tokens", "/id").await;
    assert!(listed.is_superset(&tokens));
    let listed = pages(&mut ann, json!({"type":"GET_SESSIONS"}), "sessions", "/id").await;
    assert!(listed.is_superset(&sessions));
}
