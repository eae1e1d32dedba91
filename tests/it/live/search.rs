use serde_json::{Value, json};

use super::chats::{made, refuse_bad_pages};
use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, assert_same_for_all};
use crate::support::{self, Client};

async fn says(sender: &mut Client, chat: &Value, id: &str, content: &str) -> Value {
    let command = json!({"type":"SEND_MESSAGE","chatId":chat,"message":{"id":id,"content":content}});
    let sent = sender.reply(command).await;
    assert_eq!(sent["type"], "NEW_MESSAGE", "{sent}");
    sent["message"].clone()
}

fn ids(list: &Value) -> Vec<&str> {
    assert_eq!(list["type"], "MESSAGE_LIST", "{list}");
    list["messages"].as_array().expect("messages").iter().map(|one| one["id"].as_str().expect("an id")).collect()
}

pub async fn mentioned_users_are_notified(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben.b").await;
    let mut cem = server.user("cem").await;
    let mut device = server.device(&ben).await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    device.next_of("NEW_CHAT").await;
    let sent = says(&mut ann, &id, "m", "@BEN.b, ask @cem or me (@ann). x@ben.b").await;
    assert_eq!(sent["mentions"], json!([ben.user_id]));
    for client in [&mut ben, &mut device] {
        assert_eq!(client.next().await["type"], "NEW_MESSAGE");
        let mention = client.next().await;
        assert_frame(&mention, json!({"type":"MENTION","chatId":id,"message":sent}));
        assert_same_for_all(&mention);
    }
    let seen = ben.command(json!({"type":"GET_CHAT","chatId":id})).await;
    assert_eq!((&seen["chat"]["mentionCount"], &seen["chat"]["unreadCount"]), (&json!(1), &json!(1)));
    assert_eq!(ben.command(json!({"type":"GET_MENTIONS"})).await, json!({"type":"MESSAGE_LIST","messages":[sent]}));
    ann.command(json!({"type":"ADD_MEMBERS","chatId":id,"members":["cem"]})).await;
    cem.next_of("NEW_CHAT").await;
    let edit = |text: &str| json!({"type":"EDIT_MESSAGE","chatId":id,"messageId":"m","content":text});
    let edited = ann.command(edit("@ben.b and @cem")).await;
    assert_eq!(edited["message"]["mentions"], json!([ben.user_id, cem.user_id]));
    assert_eq!(cem.next().await["type"], "MESSAGE_EDITED");
    assert_frame(&cem.next().await, json!({"type":"MENTION","chatId":id,"message":edited["message"]}));
    ben.next_of("MESSAGE_EDITED").await;
    ben.hears_nothing().await;
    ann.command(edit("nobody any more")).await;
    for client in [&mut ben, &mut cem] {
        client.next_of("MESSAGE_EDITED").await;
        assert_eq!(ids(&client.command(json!({"type":"GET_MENTIONS"})).await), Vec::<&str>::new());
    }
    ann.hears_nothing().await;
}

pub async fn mention_pages_are_listed_newest_first(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let one = made(&mut ann, "group", "one", &mut [&mut ben]).await;
    let two = made(&mut ann, "group", "two", &mut [&mut ben]).await;
    for (chat, id) in [(&one, "a"), (&two, "b"), (&one, "c")] {
        says(&mut ann, chat, id, "@ben").await;
        server.later().await;
    }
    for _ in 0..3 {
        ben.next_of("MENTION").await;
    }
    let first = ben.command(json!({"type":"GET_MENTIONS","limit":2})).await;
    assert_eq!(ids(&first), ["c", "b"]);
    let rest = json!({"type":"GET_MENTIONS","limit":2,"cursor":first["nextCursor"]});
    let rest = ben.command(rest).await;
    assert_eq!((ids(&rest), rest.get("nextCursor")), (vec!["a"], None));
    refuse_bad_pages(&mut ben, json!({"type":"GET_MENTIONS"})).await;
}

pub async fn search_covers_only_readable_chats(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let den = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let news = made(&mut ann, "channel", "news", &mut []).await;
    says(&mut ann, &den, "a", "Lunch at noon?").await;
    says(&mut ben, &den, "b", "LUNCH, yes. 一緒に昼食").await;
    // Messages of one millisecond are ordered by chat id.
    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    says(&mut ann, &news, "c", "the lunch menu").await;
    let search = |query: &str| json!({"type":"SEARCH_MESSAGES","query":query});
    assert_eq!(ids(&ben.reply(search("lunch")).await), ["b", "a"]);
    assert_eq!(ids(&ann.reply(search("lunch")).await), ["c", "b", "a"]);
    assert_eq!(ids(&ben.reply(search("noon lun")).await), ["a"]);
    assert_eq!(ids(&ben.reply(search("昼食")).await), ["b"]);
    let with_chat = json!({"type":"SEARCH_MESSAGES","query":"lunch","chatId":"#news"});
    assert_eq!(ids(&ben.reply(with_chat).await), ["c"]);
    let with_sender = json!({"type":"SEARCH_MESSAGES","query":"lunch","senderId":ann.user_id});
    assert_eq!(ids(&ben.reply(with_sender).await), ["a"]);
    let first = ann.reply(json!({"type":"SEARCH_MESSAGES","query":"lunch","limit":2})).await;
    let rest = json!({"type":"SEARCH_MESSAGES","query":"lunch","limit":2,"cursor":first["nextCursor"]});
    assert_eq!((ids(&first), ids(&ann.reply(rest).await)), (vec!["c", "b"], vec!["a"]));
    ben.reply(json!({"type":"EDIT_MESSAGE","chatId":den,"messageId":"b","content":"dinner"})).await;
    ann.reply(json!({"type":"DELETE_MESSAGE","chatId":den,"messageId":"a"})).await;
    assert_eq!(ids(&ben.reply(search("lunch")).await), Vec::<&str>::new());
    assert_eq!(ids(&ben.reply(search("dinner")).await), ["b"]);
}

pub async fn search_errors_name_the_field(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let den = made(&mut ann, "group", "den", &mut []).await;
    for query in ["", " \n", &"x".repeat(257)] {
        ann.refused(json!({"type":"SEARCH_MESSAGES","query":query}), "INVALID_ARGUMENT", "query").await;
    }
    refuse_bad_pages(&mut ann, json!({"type":"SEARCH_MESSAGES","query":"x"})).await;
    ben.refused(json!({"type":"SEARCH_MESSAGES","query":"x","chatId":den}), "NOT_FOUND", "chatId").await;
    let news = made(&mut ann, "channel", "news", &mut []).await;
    ben.next_of("CHANNEL_LISTED").await;
    ann.reply(json!({"type":"BAN_MEMBER","chatId":news,"userId":ben.user_id})).await;
    ben.refused(json!({"type":"SEARCH_MESSAGES","query":"x","chatId":news}), "FORBIDDEN", "chatId").await;
}

pub async fn group_words_mention_all_or_online_members(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let mut ben = server.person("ben").await;
    let mut cem = server.person("cem").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben, &mut cem]).await;
    let mut ids = [ben.user_id.clone(), cem.user_id.clone(), ann.user_id.clone()];
    let mentions = |sent: &Value| {
        let users = sent["message"]["mentions"].as_array().expect("a list").iter();
        let mut users: Vec<String> = users.map(|user| user.as_str().expect("an id").to_owned()).collect();
        users.sort();
        users
    };
    let send = |content: &str| json!({"type":"SEND_MESSAGE","chatId":id,"content":content});
    ids[..2].sort();
    let sent = ann.reply(send("@channel: lunch")).await;
    assert_eq!(mentions(&sent), ids[..2]);
    for client in [&mut ben, &mut cem] {
        assert_eq!(client.next_of("MENTION").await["message"]["id"], sent["message"]["id"]);
    }
    let gone = cem.user_id.clone();
    drop(cem);
    ann.sees_presence = true;
    ann.until(|frame| frame["type"] == "PRESENCE" && frame["user"]["id"] == *gone && frame["status"] == "offline")
        .await;
    assert_eq!(mentions(&ann.reply(send("@here")).await), [ben.user_id.clone()]);
    assert_eq!(mentions(&ann.reply(send("`@channel` is a word")).await), Vec::<String>::new());
    // A direct chat has members too, from its first message on.
    for text in ["@channel", "@here, again"] {
        let sent = ann.reply(json!({"type":"SEND_PERSONAL_MESSAGE","to":"ben","content":text})).await;
        assert_eq!(mentions(&sent), [ben.user_id.clone()], "{sent}");
    }
    ben.next_of("NEW_CHAT").await;
    // In a channel only owners and admins can mention everyone.
    let news = made(&mut ann, "channel", "news", &mut [&mut ben]).await;
    let say = json!({"type":"SEND_MESSAGE","chatId":news,"id":"m","content":"@channel"});
    assert_eq!(mentions(&ben.reply(say).await), Vec::<String>::new());
    ann.reply(json!({"type":"UPDATE_MEMBER","chatId":news,"userId":ben.user_id,"role":"admin"})).await;
    let edit = json!({"type":"EDIT_MESSAGE","chatId":news,"messageId":"m","content":"@channel!"});
    assert_eq!(mentions(&ben.reply(edit).await), [ann.user_id.clone()]);
}
