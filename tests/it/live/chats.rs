use pichat::protocol::digest::{ChatDigest, chat_items, member_item, message_items};
use pichat::protocol::{Member, Message};
use serde_json::{Value, json};

use crate::contract::backends::Place;
use crate::support::frame::{
    assert_frame, assert_refused, assert_same_for_all, chat, event_of, message, seen_by, with,
};
use crate::support::{self, Client, Server};

/// A chat created by `owner`; all other members have received NEW_CHAT.
pub async fn made(owner: &mut Client, kind: &str, name: &str, others: &mut [&mut Client]) -> Value {
    let members: Vec<&str> = others.iter().map(|other| other.user_id.as_str()).collect();
    let command = json!({"type":"CREATE_CHAT","kind":kind,"name":name,"members":members});
    let reply = owner.reply(command).await;
    assert_eq!(reply["type"], "NEW_CHAT", "{reply}");
    for other in others {
        assert_eq!(other.next_of("NEW_CHAT").await["chatId"], reply["chatId"]);
    }
    reply["chatId"].clone()
}

pub async fn a_joined_channel_delivers_its_messages(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let made = ann.command(json!({"type":"CREATE_CHAT","kind":"channel","name":"general","requestId":1})).await;
    assert_eq!(made["type"], "NEW_CHAT");
    assert_eq!(made["requestId"], 1);
    assert_eq!(made["seq"], 1);
    let listed = ben.next().await;
    assert_eq!(listed["type"], "CHANNEL_LISTED");
    let joined = ben.command(json!({"type":"JOIN_CHAT","chatId":"#GENERAL"})).await;
    assert_eq!(joined["type"], "MEMBERS_ADDED");
    assert_eq!(joined["chat"]["myRole"], "member");
    let heard = ann.next().await;
    assert_eq!(heard["type"], "MEMBERS_ADDED");
    assert!(heard.get("chat").is_none() && heard.get("requestId").is_none());
    let sent = ben.command(json!({"type":"SEND_MESSAGE","chatId":made["chatId"],"content":"hi","requestId":"x"})).await;
    let mut event = ann.next().await;
    event["requestId"] = json!("x");
    assert_eq!(event, sent);
    ann.hears_nothing().await;
    ben.hears_nothing().await;
}

pub async fn new_channels_are_announced_to_every_connection(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let mut device = server.device(&ann).await;
    let mut stranger = Client::connect(&server.url()).await;
    stranger.next().await;
    let command = json!({"type":"CREATE_CHAT","requestId":"c","kind":"channel","name":" news ","description":"what is new",
        "members":["BEN", ben.user_id, "ann"],"id":"the-news"});
    let made = ann.command(command).await;
    let id = json!("the-news");
    let shape = with(chat(&id, "channel", "news", 1, 2), json!({"description":"what is new","createdBy":ann.user_id}));
    let own = seen_by(shape.clone(), "owner", 0);
    assert_frame(&made, json!({"type":"NEW_CHAT","requestId":"c","chatId":id,"seq":1,"chat":own}));
    let event = ben.next().await;
    assert_frame(&event, json!({"type":"NEW_CHAT","chatId":id,"seq":1,"chat":shape}));
    assert_eq!(device.next().await, event);
    let listed = cem.next().await;
    assert_frame(&listed, json!({"type":"CHANNEL_LISTED","chat":shape}));
    assert_same_for_all(&event);
    assert_same_for_all(&listed);
    for client in [&mut ann, &mut ben, &mut cem, &mut device, &mut stranger] {
        client.hears_nothing().await;
    }
}

pub async fn new_groups_are_announced_to_their_members_only(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let made = ann.command(json!({"type":"CREATE_CHAT","members":["ben"]})).await;
    assert_frame(&made, json!({"type":"NEW_CHAT","chatId":"<id>","seq":1,"chat":"<any>"}));
    let name = made["chat"]["name"].as_str().expect("a name");
    let created = made["chat"]["createdAt"].as_str().expect("a time");
    assert_eq!(name, format!("Chat {} {}", &created[..10], &created[11..16]));
    assert_eq!(made["chat"]["kind"], "group");
    assert_same_for_all(&ben.next().await);
    cem.hears_nothing().await;
}

pub async fn chat_creation_errors_name_the_field(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let with_field = |field: Value| with(json!({"type":"CREATE_CHAT"}), field);
    let name = "n".repeat(81);
    let text = "d".repeat(501);
    let id = "i".repeat(129);
    let many: Vec<String> = (0..201).map(|number| number.to_string()).collect();
    for (field, code, at) in [
        (json!({"name":""}), "INVALID_ARGUMENT", "name"),
        (json!({"name":"  "}), "INVALID_ARGUMENT", "name"),
        (json!({"name":name}), "INVALID_ARGUMENT", "name"),
        (json!({"name":"line\nbreak"}), "INVALID_ARGUMENT", "name"),
        (json!({"name":"#news","kind":"channel"}), "INVALID_ARGUMENT", "name"),
        (json!({"kind":"Channel"}), "INVALID_ARGUMENT", "kind"),
        (json!({"description":text}), "INVALID_ARGUMENT", "description"),
        (json!({"id":""}), "INVALID_ARGUMENT", "id"),
        (json!({"id":".."}), "INVALID_ARGUMENT", "id"),
        (json!({"id":"with space"}), "INVALID_ARGUMENT", "id"),
        (json!({"id":id}), "INVALID_ARGUMENT", "id"),
        (json!({"members":["ann","nobody"]}), "NOT_FOUND", "members[1]"),
        (json!({"members":many}), "INVALID_ARGUMENT", "members"),
    ] {
        ann.refused(with_field(field), code, at).await;
    }
    assert_eq!(ann.command(json!({"type":"GET_CHATS"})).await["chats"], json!([]));
}

pub async fn a_reused_chat_id_returns_the_same_chat_or_a_conflict(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let command = json!({"type":"CREATE_CHAT","requestId":"c","id":"mine","name":"den","members":["ben"]});
    let first = ann.command(command.clone()).await;
    ben.next().await;
    ann.command(json!({"type":"SEND_MESSAGE","chatId":"mine","content":"hi"})).await;
    ben.next().await;
    let again = ann.command(with(command.clone(), json!({"name":"other"}))).await;
    let last = message(&json!("mine"), 2, &ann.user_id, "ann", "hi");
    let shape = with(first["chat"].clone(), json!({"seq":2,"messageCount":1,"lastMessage":last,"updatedAt":"<time>"}));
    let shape = json!({"type":"NEW_CHAT","requestId":"c","chatId":"mine","seq":2,"duplicate":true,"chat":shape});
    assert_frame(&again, shape);
    ben.refused(command, "CONFLICT", "id").await;
    ben.hears_nothing().await;
    ann.hears_nothing().await;
}

pub async fn channel_names_are_unique(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let channel = |name: &str| json!({"type":"CREATE_CHAT","kind":"channel","name":name});
    let id = ann.command(channel("General")).await["chatId"].clone();
    assert_eq!(ben.next().await["type"], "CHANNEL_LISTED");
    ben.refused(channel("gENERAL"), "CONFLICT", "name").await;
    let other = ben.command(channel("other")).await["chatId"].clone();
    assert_eq!(ann.next().await["type"], "CHANNEL_LISTED");
    ben.refused(json!({"type":"UPDATE_CHAT","chatId":other,"name":"GENERAL"}), "CONFLICT", "name").await;
    ben.refused(json!({"type":"UPDATE_CHAT","chatId":other,"name":"#x"}), "INVALID_ARGUMENT", "name").await;
    assert_eq!(ann.command(json!({"type":"UPDATE_CHAT","chatId":id,"name":"main"})).await["seq"], 2);
    ben.refused(json!({"type":"GET_CHAT","chatId":"#general"}), "NOT_FOUND", "chatId").await;
    let found = ben.command(json!({"type":"GET_CHAT","chatId":"#MAIN"})).await;
    assert_eq!(found["chat"]["id"], id);
    assert!(found["chat"].get("myRole").is_none());
    assert_eq!(ben.command(json!({"type":"UPDATE_CHAT","chatId":other,"name":"general"})).await["seq"], 2);
}

pub async fn chat_updates_are_published_to_members(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let mut device = server.device(&ann).await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    device.next_of("NEW_CHAT").await;
    let command = json!({"type":"UPDATE_CHAT","requestId":5,"chatId":id,"name":"cave","description":"dark"});
    let updated = ann.command(command.clone()).await;
    let shape = with(chat(&id, "group", "cave", 2, 2), json!({"description":"dark","createdBy":ann.user_id}));
    assert_frame(
        &updated,
        json!({"type":"CHAT_UPDATED","requestId":5,"chatId":id,"seq":2,"chat":shape,"by":ann.user_id}),
    );
    let event = event_of(&updated);
    assert_same_for_all(&event);
    assert_eq!((ben.next().await, device.next().await), (event.clone(), event));
    let again = ann.command(command).await;
    assert_frame(&again, with(updated, json!({"duplicate":true})));
    let cleared = ann.command(json!({"type":"UPDATE_CHAT","chatId":id,"description":""})).await;
    assert!(cleared["chat"].get("description").is_none(), "{cleared}");
    ben.next_of("CHAT_UPDATED").await;
    for client in [&mut ann, &mut ben, &mut cem] {
        client.hears_nothing().await;
    }
    ann.refused(json!({"type":"UPDATE_CHAT","chatId":id}), "INVALID_ARGUMENT", "name").await;
    ben.refused(json!({"type":"UPDATE_CHAT","chatId":id,"name":"mine"}), "FORBIDDEN", "").await;
}

pub async fn an_archived_chat_rejects_writes_until_reopened(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "channel", "old", &mut [&mut ben]).await;
    let archived = ann.command(json!({"type":"UPDATE_CHAT","chatId":id,"active":false})).await;
    assert_eq!((&archived["seq"], &archived["chat"]["active"]), (&json!(2), &json!(false)));
    assert_eq!(ben.next().await, archived);
    for command in [
        json!({"type":"SEND_MESSAGE","chatId":id,"content":"hi"}),
        json!({"type":"UPDATE_CHAT","chatId":id,"name":"new"}),
        json!({"type":"ADD_MEMBERS","chatId":id,"members":["admin"]}),
        json!({"type":"REMOVE_MEMBERS","chatId":id,"userIds":[ben.user_id]}),
    ] {
        ann.refused(command, "CONFLICT", "").await;
    }
    let taken = json!({"type":"CREATE_CHAT","kind":"channel","name":"OLD"});
    let refusal = ben.refused(taken, "CONFLICT", "name").await;
    assert!(refusal["error"].as_str().is_some_and(|error| error.contains("archived")), "{refusal}");
    server.admin().await.refused(json!({"type":"JOIN_CHAT","chatId":id}), "CONFLICT", "").await;
    let scope = |scope: &str| json!({"type":"GET_CHATS","scope":scope});
    assert_eq!(ben.command(scope("mine")).await["chats"], json!([]));
    assert_eq!(ben.command(scope("public")).await["chats"], json!([]));
    assert_eq!(ben.command(scope("archived")).await["chats"][0]["id"], id);
    assert_eq!(ben.command(json!({"type":"GET_CHAT_HISTORY","chatId":id})).await["type"], "CHAT_HISTORY");
    let mut cem = server.user("cem").await;
    let other = made(&mut ann, "channel", "older", &mut [&mut cem]).await;
    ann.command(json!({"type":"UPDATE_CHAT","chatId":other,"active":false})).await;
    assert_eq!(cem.reply(json!({"type":"LEAVE_CHAT","chatId":other})).await["type"], "MEMBERS_REMOVED");
    ann.next_of("MEMBERS_REMOVED").await;
    let opened = ann.command(json!({"type":"UPDATE_CHAT","chatId":id,"active":true})).await;
    assert_eq!(ben.next_of("CHAT_UPDATED").await, opened);
    assert_eq!(ben.command(json!({"type":"SEND_MESSAGE","chatId":id,"content":"hi"})).await["seq"], 4);
}

pub async fn only_admins_can_post_in_an_announcement_channel(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let mut ben = server.person("ben").await;
    let mut bot = server.user("bot").await;
    let id = made(&mut ann, "channel", "news", &mut [&mut ben, &mut bot]).await;
    let closed = ann.reply(json!({"type":"UPDATE_CHAT","chatId":id,"posting":"admins"})).await;
    assert_eq!(closed["chat"]["posting"], "admins", "{closed}");
    assert_eq!(ben.next_of("CHAT_UPDATED").await["chat"]["posting"], "admins");
    let again = ann.reply(json!({"type":"UPDATE_CHAT","chatId":id,"posting":"admins"})).await;
    assert_eq!(again["duplicate"], true);
    let send = |id: &Value| json!({"type":"SEND_MESSAGE","chatId":id,"id":"m","content":"news"});
    ben.refused(send(&id), "FORBIDDEN", "chatId").await;
    let refusal = bot.reply(json!({"type":"START_STREAM","chatId":id})).await;
    assert_eq!((&refusal["code"], &refusal["field"]), (&json!("FORBIDDEN"), &json!("chatId")));
    ann.reply(send(&id)).await;
    let react = json!({"type":"ADD_REACTION","chatId":id,"messageId":"m","emoji":"👍"});
    assert_eq!(ben.reply(react).await["type"], "REACTION_ADDED");
    assert_eq!(ben.reply(json!({"type":"MARK_READ","chatId":id})).await["type"], "MESSAGE_READ");
    let seen = ben.reply(json!({"type":"GET_CHAT","chatId":id})).await;
    assert_eq!(seen["chat"]["posting"], "admins");
    ann.reply(json!({"type":"UPDATE_MEMBER","chatId":id,"userId":ben.user_id,"role":"admin"})).await;
    let send = json!({"type":"SEND_MESSAGE","chatId":id,"content":"more news"});
    assert_eq!(ben.reply(send).await["type"], "NEW_MESSAGE");
    let opened = ann.reply(json!({"type":"UPDATE_CHAT","chatId":id,"posting":"everyone"})).await;
    assert_eq!(opened["chat"]["posting"], "everyone");
    assert_eq!(bot.reply(json!({"type":"START_STREAM","chatId":id})).await["type"], "STREAM_STARTED");
    let wrong = ann.reply(json!({"type":"UPDATE_CHAT","chatId":id,"posting":"nobody"})).await;
    assert_eq!((&wrong["code"], &wrong["field"]), (&json!("INVALID_ARGUMENT"), &json!("posting")));
}

pub async fn a_deleted_chat_disappears_for_every_member(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let mut device = server.device(&ann).await;
    let id = made(&mut ann, "channel", "brief", &mut [&mut ben]).await;
    device.next_of("NEW_CHAT").await;
    cem.next_of("CHANNEL_LISTED").await;
    ben.refused(json!({"type":"DELETE_CHAT","chatId":id}), "FORBIDDEN", "").await;
    cem.refused(json!({"type":"DELETE_CHAT","chatId":id}), "FORBIDDEN", "chatId").await;
    let deleted = ann.command(json!({"type":"DELETE_CHAT","requestId":"d","chatId":"#brief"})).await;
    assert_frame(&deleted, json!({"type":"CHAT_DELETED","requestId":"d","chatId":id,"by":ann.user_id}));
    let event = event_of(&deleted);
    assert_eq!((ben.next().await, device.next().await), (event.clone(), event));
    for client in [&mut ann, &mut ben, &mut cem, &mut device] {
        client.hears_nothing().await;
        client.refused(json!({"type":"GET_CHAT","chatId":id}), "NOT_FOUND", "chatId").await;
        client.refused(json!({"type":"GET_CHAT_HISTORY","chatId":"#brief"}), "NOT_FOUND", "chatId").await;
    }
    ann.refused(json!({"type":"DELETE_CHAT","chatId":id}), "NOT_FOUND", "chatId").await;
}

pub async fn an_admins_token_without_the_admin_scope_acts_as_a_member(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut admin = server.admin().await;
    let id = ann.command(json!({"type":"CREATE_CHAT"})).await["chatId"].clone();
    let made = admin.command(json!({"type":"CREATE_API_TOKEN","name":"for a script"})).await;
    let mut script = server.user_with(made["secret"].as_str().expect("a secret")).await;
    script.refused(json!({"type":"DELETE_CHAT","chatId":id}), "NOT_FOUND", "chatId").await;
    assert_eq!(admin.command(json!({"type":"DELETE_CHAT","chatId":id})).await["type"], "CHAT_DELETED");
}

pub async fn a_server_admin_can_delete_any_chat(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut admin = server.admin().await;
    let mut other = server.admin().await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    let deleted = admin.command(json!({"type":"DELETE_CHAT","chatId":id})).await;
    assert_frame(&deleted, json!({"type":"CHAT_DELETED","chatId":id,"by":"admin"}));
    assert_eq!(ann.next().await, deleted);
    other.hears_nothing().await;
}

pub async fn chats_are_listed_by_scope_search_and_page(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut ids = vec![];
    for name in ["alpha", "beta", "gamma"] {
        ids.push(made(&mut ann, "channel", name, &mut [&mut ben]).await);
        server.later().await;
    }
    made(&mut ann, "channel", "delta", &mut []).await;
    ann.command(json!({"type":"SEND_MESSAGE","chatId":ids[0],"content":"hi"})).await;
    ben.next_of("NEW_MESSAGE").await;
    let first = ben.command(json!({"type":"GET_CHATS","requestId":"l","limit":2})).await;
    assert_frame(&first, json!({"type":"CHAT_LIST","requestId":"l","chats":["<any>","<any>"],"nextCursor":"<id>"}));
    let last = message(&ids[0], 2, &ann.user_id, "ann", "hi");
    let shape = with(chat(&ids[0], "channel", "alpha", 2, 2), json!({"lastMessage":last,"messageCount":1}));
    let shape = with(seen_by(shape, "member", 0), json!({"unreadCount":1}));
    assert_frame(&first["chats"][0], shape);
    let rest = ben.command(json!({"type":"GET_CHATS","limit":2,"cursor":first["nextCursor"]})).await;
    assert_eq!(rest["chats"][0]["id"], ids[1]);
    assert!(rest["chats"].as_array().is_some_and(|chats| chats.len() == 1) && rest.get("nextCursor").is_none());
    let found = ben.command(json!({"type":"GET_CHATS","scope":"public","search":"ELT"})).await;
    assert_eq!((&found["chats"][0]["name"], found["chats"][0].get("myRole")), (&json!("delta"), None));
    refuse_bad_pages(&mut ben, json!({"type":"GET_CHATS"})).await;
    ben.refused(json!({"type":"GET_CHATS","scope":"theirs"}), "INVALID_ARGUMENT", "scope").await;
}

/// Limits from 1 to 200 and the server's own cursors are accepted; others are refused, not adjusted.
pub async fn refuse_bad_pages(client: &mut Client, command: Value) {
    for limit in [json!(0), json!(201), json!(-1), json!(1.5), json!("5")] {
        client.refused(with(command.clone(), json!({"limit":limit})), "INVALID_ARGUMENT", "limit").await;
    }
    for cursor in ["", "no cursor of the server", &"c".repeat(200)] {
        client.refused(with(command.clone(), json!({"cursor":cursor})), "INVALID_ARGUMENT", "cursor").await;
    }
    let most = client.command(with(command, json!({"limit":200}))).await;
    assert_ne!(most["type"], "ERROR", "{most}");
}

pub async fn get_chat_returns_the_callers_view(place: Place) {
    let server: Server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    let told = ann.command(json!({"type":"GET_CHAT","requestId":"g","chatId":id})).await;
    let shape = seen_by(chat(&id, "group", "den", 1, 1), "owner", 0);
    assert_frame(&told, json!({"type":"CHAT","requestId":"g","chat":shape}));
    let error = ben.command(json!({"type":"GET_CHAT","requestId":"g","chatId":id})).await;
    assert_refused(&error, "NOT_FOUND", "chatId");
}

pub async fn paging_skips_no_chat_under_concurrent_activity(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ids = vec![];
    for number in 0..30 {
        let create = json!({"type":"CREATE_CHAT","kind":"channel","name":format!("room {number}")});
        ids.push(ann.reply(create).await["chatId"].as_str().expect("an id").to_owned());
    }
    for scope in ["mine", "public"] {
        let mut listed: Vec<String> = vec![];
        let mut page = ann.reply(json!({"type":"GET_CHATS","scope":scope,"limit":4})).await;
        loop {
            let chats = page["chats"].as_array().expect("chats");
            listed.extend(chats.iter().map(|chat| chat["id"].as_str().expect("an id").to_owned()));
            let Some(cursor) = page["nextCursor"].as_str().map(str::to_owned) else { break };
            // The chats not yet listed move to the top, which the pages have passed.
            for id in ids.iter().filter(|id| !listed.contains(id)).take(5) {
                ann.reply(json!({"type":"SEND_MESSAGE","chatId":id,"content":"up"})).await;
            }
            page = ann.reply(json!({"type":"GET_CHATS","scope":scope,"limit":4,"cursor":cursor})).await;
        }
        for id in &ids {
            let times = listed.iter().filter(|other| *other == id).count();
            assert!((1..=2).contains(&times), "{scope}: {id} was listed {times} times of {}", listed.len());
        }
    }
    // Without activity each chat is listed once, and the last page has no cursor.
    for limit in [4, 10, 30] {
        let mut listed = vec![];
        let mut command = json!({"type":"GET_CHATS","limit":limit});
        loop {
            let page = ann.reply(command.clone()).await;
            let chats = page["chats"].as_array().expect("chats");
            assert!(!chats.is_empty(), "an empty page after {}", listed.len());
            listed.extend(chats.iter().map(|chat| chat["id"].to_string()));
            if page["nextCursor"].is_null() {
                break;
            }
            command["cursor"] = page["nextCursor"].clone();
        }
        assert_eq!(listed.len(), 30);
    }
    ann.refused(json!({"type":"GET_CHATS","cursor":"~"}), "INVALID_ARGUMENT", "cursor").await;
}

/// The digest of the server's replies about a chat.
pub async fn digest_of_answers(client: &mut Client, id: &Value) -> String {
    let mut digest = ChatDigest::default();
    let chat = client.reply(json!({"type":"GET_CHAT","chatId":id})).await["chat"].clone();
    digest.add_all(chat_items(&serde_json::from_value(chat).expect("a chat")));
    let members = client.reply(json!({"type":"GET_MEMBERS","chatId":id,"limit":200})).await["members"].clone();
    let members: Vec<Member> = serde_json::from_value(members).expect("members");
    let chat_id = id.as_str().expect("an id").into();
    digest.add_all(members.iter().map(|member| member_item(&chat_id, member)));
    let messages = client.reply(json!({"type":"GET_CHAT_HISTORY","chatId":id,"limit":200})).await["messages"].clone();
    let messages: Vec<Message> = serde_json::from_value(messages).expect("messages");
    digest.add_all(messages.iter().flat_map(message_items));
    digest.to_string()
}

pub async fn get_chat_returns_a_digest_on_request(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let plain = ann.reply(json!({"type":"GET_CHAT","chatId":id})).await;
    assert_eq!(plain.get("digest"), None, "{plain}");
    let message = json!({"id":"m","content":"hi","metadata":{"n":1}});
    let changes = [
        json!({"type":"SEND_MESSAGE","chatId":id,"message":message}),
        json!({"type":"EDIT_MESSAGE","chatId":id,"messageId":"m","content":"hello"}),
        json!({"type":"ADD_REACTION","chatId":id,"messageId":"m","emoji":"👍"}),
        json!({"type":"PIN_MESSAGE","chatId":id,"messageId":"m"}),
        json!({"type":"UPDATE_CHAT","chatId":id,"description":"about"}),
        json!({"type":"UPDATE_MEMBER","chatId":id,"userId":ben.user_id,"role":"admin"}),
        json!({"type":"DELETE_MESSAGE","chatId":id,"messageId":"m"}),
    ];
    let ask = json!({"type":"GET_CHAT","chatId":id,"digest":true});
    let mut known = vec![];
    for change in changes {
        let changed = ann.reply(change).await;
        let told = ann.reply(ask.clone()).await;
        assert_eq!(told["chat"]["seq"], changed["seq"], "{changed} {told}");
        assert_eq!(told["digest"], digest_of_answers(&mut ann, &id).await, "after {changed}");
        assert_eq!(ben.reply(ask.clone()).await["digest"], told["digest"], "it is the same for every member");
        assert!(!known.contains(&told["digest"]), "after {changed}");
        known.push(told["digest"].clone());
    }
    ben.reply(json!({"type":"MARK_READ","chatId":id})).await;
    ben.reply(json!({"type":"MUTE_CHAT","chatId":id})).await;
    assert_eq!(Some(&ann.reply(ask.clone()).await["digest"]), known.last(), "marks and mutes take no position");
    let mut cem = server.user("cem").await;
    cem.refused(ask, "NOT_FOUND", "chatId").await;
    ann.refused(json!({"type":"GET_CHAT","chatId":id,"digest":1}), "INVALID_ARGUMENT", "digest").await;
}
