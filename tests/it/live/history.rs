use serde_json::{Value, json};

use super::chats::made;
use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, bot, message, with};
use crate::support::{self, Client, Server, http};

/// A chat in which Ann and Ben sent `1` to `9` in turn, at positions 2 to 10.
async fn talk(server: &Server) -> (Client, Client, Value) {
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    for number in 1..=9 {
        let (speaker, listener) = if number % 2 == 1 { (&mut ann, &mut ben) } else { (&mut ben, &mut ann) };
        let command = json!({"type":"SEND_MESSAGE","chatId":id,"content":format!("Number {number}")});
        assert_eq!(speaker.command(command).await["seq"], number + 1);
        assert_eq!(listener.next().await["seq"], number + 1);
    }
    (ann, ben, id)
}

fn ask(chat: &Value, fields: Value) -> Value {
    with(json!({"type":"GET_CHAT_HISTORY","chatId":chat}), fields)
}

fn seqs(page: &Value) -> Vec<u64> {
    let messages = page["messages"].as_array().unwrap_or_else(|| panic!("no messages: {page}"));
    messages.iter().filter_map(|message| message["seq"].as_u64()).collect()
}

pub async fn history_starts_at_the_newest_without_a_cursor(place: Place) {
    let server = support::start(place).await;
    let (ann, mut ben, id) = talk(&server).await;
    let page = ben.command(ask(&id, json!({"requestId":"h","limit":1}))).await;
    let newest = message(&id, 10, &ann.user_id, "ann", "Number 9");
    assert_frame(
        &page,
        json!({"type":"CHAT_HISTORY","requestId":"h","chatId":id,"messages":[newest],"hasMore":true,"seq":10}),
    );
    let all = ben.command(ask(&id, json!({}))).await;
    assert_eq!((seqs(&all), &all["hasMore"]), ((2..=10).collect(), &json!(false)));
    assert_eq!(seqs(&ben.command(ask(&id, json!({"limit":200}))).await).len(), 9);
}

pub async fn history_can_be_read_before_after_and_around_a_position(place: Place) {
    let server = support::start(place).await;
    let (_, mut ben, id) = talk(&server).await;
    for (fields, found, more) in [
        (json!({"before":6,"limit":2}), vec![4, 5], true),
        (json!({"before":4}), vec![2, 3], false),
        (json!({"before":0}), vec![], false),
        (json!({"before":u64::MAX,"limit":1}), vec![10], true),
        (json!({"after":6,"limit":2}), vec![7, 8], true),
        (json!({"after":8}), vec![9, 10], false),
        (json!({"after":10}), vec![], false),
        (json!({"after":u64::MAX}), vec![], false),
        (json!({"around":6,"limit":3}), vec![5, 6, 7], true),
        (json!({"around":2,"limit":3}), vec![2, 3, 4], true),
        (json!({"around":99,"limit":3}), vec![8, 9, 10], true),
        (json!({"around":6}), (2..=10).collect(), false),
    ] {
        let page = ben.command(ask(&id, fields.clone())).await;
        assert_eq!((seqs(&page), &page["hasMore"]), (found, &json!(more)), "{fields}");
    }
}

pub async fn pages_are_numbered_from_the_newest(place: Place) {
    let server = support::start(place).await;
    let (_, mut ben, id) = talk(&server).await;
    let numbers = |page: &Value| {
        ["total", "page", "size", "pages"].map(|name| page[name].as_u64().unwrap_or_else(|| panic!("{name}: {page}")))
    };
    for (fields, found, more, counted) in [
        (json!({"page":1,"size":4}), vec![7, 8, 9, 10], true, [9, 1, 4, 3]),
        (json!({"page":2,"size":4}), vec![3, 4, 5, 6], true, [9, 2, 4, 3]),
        (json!({"page":3,"size":4}), vec![2], false, [9, 3, 4, 3]),
        (json!({"page":4,"size":4}), vec![], false, [9, 4, 4, 3]),
        (json!({"page":u64::MAX,"size":200}), vec![], false, [9, u64::MAX, 200, 1]),
        (json!({"page":1}), (2..=10).collect(), false, [9, 1, 50, 1]),
        (json!({"size":9}), (2..=10).collect(), false, [9, 1, 9, 1]),
    ] {
        let page = ben.command(ask(&id, fields.clone())).await;
        assert_eq!((seqs(&page), &page["hasMore"]), (found, &json!(more)), "{fields}");
        assert_eq!(numbers(&page), counted, "{fields}");
    }
}

pub async fn history_can_be_filtered_by_text_and_sender(place: Place) {
    let server = support::start(place).await;
    let (ann, mut ben, id) = talk(&server).await;
    for (fields, found) in [
        (json!({"senderId":ann.user_id}), vec![2, 4, 6, 8, 10]),
        (json!({"senderId":ann.user_id,"before":6,"limit":1}), vec![4]),
        (json!({"senderId":"nobody"}), vec![]),
        (json!({"search":"nUMBER 7"}), vec![8]),
        (json!({"search":"umber","after":8}), vec![9, 10]),
        (json!({"search":"%"}), vec![]),
        (json!({"search":"Number 7","senderId":ben.user_id}), vec![]),
    ] {
        assert_eq!(seqs(&ben.command(ask(&id, fields.clone())).await), found, "{fields}");
    }
    let counted = ben.command(ask(&id, json!({"senderId":ann.user_id,"page":1,"size":2}))).await;
    assert_eq!((&counted["total"], &counted["pages"]), (&json!(5), &json!(3)));
}

pub async fn page_errors_name_the_field(place: Place) {
    let server = support::start(place).await;
    let (_, mut ben, id) = talk(&server).await;
    for (fields, field) in [
        (json!({"limit":0}), "limit"),
        (json!({"limit":201}), "limit"),
        (json!({"size":0}), "size"),
        (json!({"size":201}), "size"),
        (json!({"page":0}), "page"),
        (json!({"before":-1}), "before"),
        (json!({"before":5,"after":1}), "after"),
        (json!({"after":5,"around":1}), "around"),
        (json!({"before":5,"page":1}), "before"),
        (json!({"around":5,"size":1}), "around"),
        (json!({"limit":5,"page":1}), "limit"),
    ] {
        ben.refused(ask(&id, fields), "INVALID_ARGUMENT", field).await;
    }
}

pub async fn channel_history_is_readable_without_membership(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "channel", "news", &mut []).await;
    let sent = ann.command(json!({"type":"SEND_MESSAGE","chatId":id,"content":"hi"})).await;
    ben.next_of("CHANNEL_LISTED").await;
    let page = ben.command(json!({"type":"GET_CHAT_HISTORY","chatId":"#news"})).await;
    assert_eq!((&page["messages"][0], &page["chatId"]), (&sent["message"], &id));
    let asked = json!({"type":"GET_MESSAGE","chatId":"#news","messageId":sent["message"]["id"]});
    assert_eq!(ben.command(asked).await["message"], sent["message"]);
    // Of the members, a reader sees what is public: not what they have read.
    let listed = ben.command(json!({"type":"GET_MEMBERS","requestId":"m","chatId":"#news"})).await;
    let owner = json!({"user":bot(&ann.user_id, "ann", "offline"),"role":"owner","joinedAt":"<time>"});
    assert_frame(&listed, json!({"type":"MEMBER_LIST","requestId":"m","chatId":id,"members":[owner]}));
    let posted = http::command(server.address, Some(&ben.token), &json!({"type":"GET_MEMBERS","chatId":id})).await;
    assert!(!posted.body.contains("Seq"), "{}", posted.body);
    let own = ann.command(json!({"type":"GET_MEMBERS","chatId":"#news"})).await;
    assert!(own["members"][0]["readSeq"].is_u64() && own["members"][0]["deliveredSeq"].is_u64(), "{own}");
    ben.hears_nothing().await;
}
