use std::sync::Arc;

use serde_json::{Value, json};

use super::chats::made;
use super::sync::say;
use crate::contract::backends::Place;
use crate::support::faulty::Faulty;
use crate::support::frame::{assert_frame, assert_same_for_all, event_of, with};
use crate::support::{self, Client, server};

fn read(chat: &Value) -> Value {
    json!({"type":"MARK_READ","chatId":chat})
}

fn read_to(chat: &Value, seq: u64) -> Value {
    json!({"type":"MARK_READ","chatId":chat,"seq":seq})
}

async fn one(client: &mut Client, chat: &Value) -> Value {
    client.reply(json!({"type":"GET_CHAT","chatId":chat})).await["chat"].clone()
}

pub async fn a_read_mark_reaches_all_members_and_devices(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let mut ben = server.person("ben").await;
    let mut cem = server.person("cem").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben, &mut cem]).await;
    let mut phone = server.device(&ben).await;
    let mut tablet = server.device(&ben).await;
    phone.hears_nothing().await;
    tablet.hears_nothing().await;
    for content in ["one", "two"] {
        say(&mut ann, &id, content).await;
    }
    let marked = ben.reply(read(&id)).await;
    let shape = json!({"type":"MESSAGE_READ","requestId":"<any>","chatId":id,"userId":ben.user_id,"seq":3,"at":"<time>",
        "readByAllSeq":0});
    assert_frame(&marked, shape.clone());
    for client in [&mut ann, &mut cem, &mut phone, &mut tablet] {
        let heard = client.next_of("MESSAGE_READ").await;
        assert_eq!(heard, event_of(&marked));
        assert_same_for_all(&heard);
    }
    let back = ben.reply(read_to(&id, 2)).await;
    assert_frame(&back, with(shape, json!({"at":marked["at"],"duplicate":true})));
    let by_all = cem.reply(read_to(&id, 99)).await;
    assert_eq!((&by_all["seq"], &by_all["readByAllSeq"]), (&json!(3), &json!(3)));
    for client in [&mut ann, &mut ben, &mut phone, &mut tablet] {
        assert_eq!(client.next_of("MESSAGE_READ").await, event_of(&by_all));
        client.hears_nothing().await;
    }
}

pub async fn mark_errors_name_the_field(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let channel = made(&mut ann, "channel", "news", &mut []).await;
    for kind in ["MARK_READ", "MARK_DELIVERED", "MUTE_CHAT"] {
        let mut command = json!({"type":kind,"chatId":channel});
        if kind == "MARK_DELIVERED" {
            command["seq"] = json!(1);
        }
        ben.reply(command.clone()).await;
        ben.refused(command, "FORBIDDEN", "chatId").await;
    }
    ann.refused(json!({"type":"MARK_DELIVERED","chatId":channel}), "INVALID_ARGUMENT", "seq").await;
    ann.refused(json!({"type":"MARK_READ","chatId":channel,"seq":-1}), "INVALID_ARGUMENT", "seq").await;
    let past = json!({"type":"MUTE_CHAT","chatId":channel,"until":"2001-01-01T00:00:00Z"});
    ann.refused(past, "INVALID_ARGUMENT", "until").await;
    ann.reply(json!({"type":"UPDATE_CHAT","chatId":channel,"active":false})).await;
    assert_eq!(ann.reply(read(&channel)).await["type"], "MESSAGE_READ");
    assert_eq!(ann.reply(json!({"type":"MUTE_CHAT","chatId":channel})).await["type"], "CHAT_MUTED");
}

pub async fn a_mark_is_visible_immediately_in_every_reply(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let mut ben = server.person("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    for _ in 0..10 {
        say(&mut ann, &id, "hi").await;
    }
    let chat_id = id.as_str().expect("an id");
    for seq in 2..=11_u64 {
        assert_eq!(ben.reply(read_to(&id, seq)).await["seq"], seq);
        let seen = one(&mut ben, &id).await;
        assert_eq!((&seen["readSeq"], &seen["unreadCount"]), (&json!(seq), &json!(11 - seq)));
        let listed = ben.reply(json!({"type":"GET_CHATS"})).await;
        assert_eq!(listed["chats"][0]["unreadCount"], 11 - seq);
        let synced = ann.reply(json!({"type":"SYNC","chats":{chat_id:11}})).await;
        let marks = synced["chats"][0]["marks"].as_array().expect("marks").clone();
        let mark = marks.iter().find(|mark| mark["userId"] == ben.user_id.as_str()).expect("a mark");
        assert_eq!(mark["readSeq"], seq);
        let members = ann.reply(json!({"type":"GET_MEMBERS","chatId":id})).await["members"].clone();
        let member = |member: &&Value| member["user"]["id"] == ben.user_id.as_str();
        assert_eq!(members.as_array().expect("members").iter().find(member).expect("a member")["readSeq"], seq);
    }
}

pub async fn marks_survive_disconnects_and_restarts(place: Place) {
    let Place { repository, keep } = place;
    let mut server = server::start_over(repository.clone(), keep, server::settings(&[])).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    for _ in 0..4 {
        say(&mut ann, &id, "hi").await;
    }
    for seq in [2, 3, 4] {
        ben.reply(read_to(&id, seq)).await;
    }
    let mut again = server.device(&ben).await;
    assert_eq!(one(&mut again, &id).await["readSeq"], 4);
    server.stop().await;
    let members = repository.members(&id.as_str().expect("an id").into(), None, 9).await.expect("an answer").items;
    let mut marks: Vec<_> = members.iter().map(|member| member.read_seq).collect();
    marks.sort();
    assert_eq!(marks, [0, 4]);
}

pub async fn a_mark_is_stored_before_its_reply(place: Place) {
    let Place { repository, keep } = place;
    let faulty = Faulty::new(repository);
    let storage: Arc<dyn pichat::store::repository::Repository> = faulty.clone();
    let server = server::start_over(storage, keep, server::settings(&[])).await;
    let mut ann = server.user("ann").await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    for _ in 0..9 {
        say(&mut ann, &id, "hi").await;
    }
    for seq in 2..=10 {
        assert_eq!(ann.reply(read_to(&id, seq)).await["seq"], seq);
        assert_eq!(one_stored(&faulty, &id).await, seq);
    }
}

pub async fn concurrent_marks_share_one_write(place: Place) {
    let Place { repository, keep } = place;
    let faulty = Faulty::new(repository);
    let storage: Arc<dyn pichat::store::repository::Repository> = faulty.clone();
    let server = server::start_over(storage, keep, server::settings(&[])).await;
    let mut people = vec![];
    for name in ["ann", "ben", "cem", "dee", "eve"] {
        people.push(server.user(name).await);
    }
    let (first, others) = people.split_first_mut().expect("five");
    let mut others: Vec<&mut Client> = others.iter_mut().collect();
    let id = made(first, "group", "den", &mut others).await;
    say(first, &id, "hi").await;
    for person in &mut others {
        person.next_of("NEW_MESSAGE").await;
    }
    let before = faulty.mark_calls();
    faulty.hold_marks();
    first.send(read_to(&id, 2)).await;
    faulty.entered().await;
    for person in &mut others {
        person.send(read_to(&id, 2)).await;
    }
    // All of them wait for the first, which is then released.
    while server.services.receipts.asked() < 5 {
        tokio::task::yield_now().await;
    }
    faulty.let_go();
    for person in &mut people {
        let own = person.user_id.clone();
        person.until(|frame| frame["type"] == "MESSAGE_READ" && frame["userId"] == own.as_str()).await;
    }
    assert_eq!(faulty.mark_calls() - before, 2);
}

async fn one_stored(storage: &Arc<Faulty>, chat: &Value) -> u64 {
    use pichat::store::repository::Repository;
    let members = storage.members(&chat.as_str().expect("an id").into(), None, 9).await.expect("an answer");
    members.items[0].read_seq
}

pub async fn authors_receive_delivery_marks(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben, &mut cem]).await;
    let mut device = server.device(&ann).await;
    for client in [&mut ann, &mut ben, &mut cem, &mut device] {
        client.hears_nothing().await;
        client.hears_deliveries = true;
    }
    say(&mut ann, &id, "hi").await;
    let shape = json!({"type":"MESSAGE_DELIVERED","chatId":id,"userId":"<id>","seq":2,"at":"<time>"});
    for client in [&mut ann, &mut device] {
        let mut reached = vec![];
        for _ in 0..2 {
            let heard = client.next_of("MESSAGE_DELIVERED").await;
            assert_frame(&heard, shape.clone());
            assert_same_for_all(&heard);
            reached.push(heard["userId"].as_str().expect("an id").to_owned());
        }
        reached.sort();
        let mut expected = vec![ben.user_id.clone(), cem.user_id.clone()];
        expected.sort();
        assert_eq!(reached, expected);
    }
    let members = ann.reply(json!({"type":"GET_MEMBERS","chatId":id})).await["members"].clone();
    let delivered = |member: &Value| (member["user"]["id"] == ann.user_id.as_str(), member["deliveredSeq"].clone());
    let delivered: Vec<_> = members.as_array().expect("members").iter().map(delivered).collect();
    assert!(delivered.iter().all(|(own, seq)| *seq == if *own { 0 } else { 2 }), "{delivered:?}");
    assert_eq!(ben.next_of("NEW_MESSAGE").await["seq"], 2);
    assert_eq!(cem.next_of("NEW_MESSAGE").await["seq"], 2);
    let again = ben.reply(json!({"type":"MARK_DELIVERED","chatId":id,"seq":2})).await;
    assert_eq!((&again["duplicate"], &again["seq"]), (&json!(true), &json!(2)));
    for client in [&mut ann, &mut ben, &mut cem, &mut device] {
        client.hears_nothing().await;
    }
}

pub async fn messages_received_by_sync_count_as_delivered(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let away = (ben.user_id.clone(), ben.token.clone());
    ben.socket.close(None).await.expect("the server listens");
    ben.closed().await;
    ann.hears_deliveries = true;
    for content in ["one", "two"] {
        say(&mut ann, &id, content).await;
    }
    let mut back = server.user_with(&away.1).await;
    back.reply(json!({"type":"SYNC","chats":{id.as_str().expect("an id"):1}})).await;
    let heard = ann.next_of("MESSAGE_DELIVERED").await;
    assert_eq!((&heard["userId"], &heard["seq"]), (&json!(away.0), &json!(3)));
}

pub async fn authors_receive_no_delivery_marks_after_leaving(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let mut cem = server.user("cem").await;
    let id = made(&mut ben, "group", "den", &mut [&mut ann, &mut cem]).await;
    ben.socket.close(None).await.expect("the server listens");
    ben.closed().await;
    say(&mut ann, &id, "one").await;
    say(&mut cem, &id, "two").await;
    ann.reply(json!({"type":"LEAVE_CHAT","chatId":id})).await;
    [&mut ann, &mut cem].into_iter().for_each(|author| author.hears_deliveries = true);
    let mut back = server.user_with(&ben.token).await;
    back.reply(json!({"type":"SYNC","chats":{id.as_str().expect("an id"):1}})).await;
    let of_ben = |frame: &Value| frame["type"] == "MESSAGE_DELIVERED" && frame["userId"] == ben.user_id.as_str();
    cem.until(of_ben).await;
    ann.hears_nothing().await;
}

pub async fn a_client_can_mark_messages_as_delivered(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let token = ben.token.clone();
    ben.socket.close(None).await.expect("the server listens");
    ben.closed().await;
    say(&mut ann, &id, "hi").await;
    ann.hears_deliveries = true;
    let command = json!({"type":"MARK_DELIVERED","chatId":id,"seq":9});
    let reply = support::http::command(server.address, Some(&token), &command).await.json();
    let shape = json!({"type":"MESSAGE_DELIVERED","chatId":id,"userId":ben.user_id,"seq":2,"at":"<time>"});
    assert_frame(&reply, shape);
    assert_eq!(ann.next_of("MESSAGE_DELIVERED").await, reply);
    let again = support::http::command(server.address, Some(&token), &command).await.json();
    assert_eq!(again, with(reply, json!({"duplicate":true})));
    ann.hears_nothing().await;
}

pub async fn a_mute_is_sent_to_the_users_devices_only(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let mut device = server.device(&ann).await;
    device.hears_nothing().await;
    let mute = json!({"type":"MUTE_CHAT","chatId":id});
    let muted = ann.reply(mute.clone()).await;
    assert_frame(&muted, json!({"type":"CHAT_MUTED","requestId":"<any>","chatId":id,"muted":true}));
    assert_eq!(device.next().await, event_of(&muted));
    let again = ann.reply(mute.clone()).await;
    assert_eq!(event_of(&again), with(event_of(&muted), json!({"duplicate":true})));
    let seen = one(&mut ann, &id).await;
    assert_eq!((&seen["muted"], seen.get("mutedUntil"), &seen["seq"]), (&json!(true), None, &json!(1)));
    let until = "2999-01-01T00:00:00.000Z";
    let shorter = device.reply(with(mute.clone(), json!({"until":"2999-01-01T02:00:00+02:00"}))).await;
    assert_eq!((&shorter["muted"], &shorter["until"]), (&json!(true), &json!(until)));
    assert_eq!(ann.next().await, event_of(&shorter));
    assert_eq!(one(&mut ann, &id).await["mutedUntil"], until);
    let unmuted = ann.reply(with(mute, json!({"until":null}))).await;
    assert_frame(&unmuted, json!({"type":"CHAT_MUTED","requestId":"<any>","chatId":id,"muted":false}));
    assert_eq!(one(&mut ann, &id).await["muted"], false);
    assert_eq!(device.next().await, event_of(&unmuted));
    assert_eq!(one(&mut ben, &id).await["muted"], false);
    for client in [&mut ann, &mut ben, &mut device] {
        client.hears_nothing().await;
    }
}

pub async fn an_expired_mute_has_no_effect(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let id = made(&mut ann, "group", "den", &mut []).await;
    let end = pichat::protocol::Timestamp::from_millis(server.services.clock.now().millis() + 200);
    let muted = ann.reply(json!({"type":"MUTE_CHAT","chatId":id,"until":end.to_string()})).await;
    assert_eq!((&muted["muted"], &muted["until"]), (&json!(true), &json!(end.to_string())));
    while server.services.clock.now() < end {
        server.later().await;
    }
    let seen = one(&mut ann, &id).await;
    assert_eq!((&seen["muted"], seen.get("mutedUntil")), (&json!(false), None));
}

fn unread_from(chat: &Value, seq: u64) -> Value {
    json!({"type":"MARK_UNREAD","chatId":chat,"seq":seq})
}

/// The unread mark and the counts of a chat.
fn unread(chat: &Value) -> [&Value; 4] {
    [&chat["unreadFromSeq"], &chat["unreadCount"], &chat["mentionCount"], &chat["readSeq"]]
}

pub async fn an_unread_mark_is_sent_to_the_users_devices_only(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let mut ben = server.person("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let mut device = server.device(&ann).await;
    device.hears_nothing().await;
    for content in ["one", "@ann two", "three"] {
        say(&mut ben, &id, content).await;
    }
    ann.until(|frame| frame["message"]["content"] == "three").await;
    ann.reply(read(&id)).await;
    ben.next_of("MESSAGE_READ").await;
    device.next_of("MESSAGE_READ").await;
    let marked = ann.reply(unread_from(&id, 3)).await;
    assert_frame(&marked, json!({"type":"CHAT_MARKED_UNREAD","requestId":"<any>","chatId":id,"unreadFromSeq":3}));
    assert_eq!(device.next_of("CHAT_MARKED_UNREAD").await, event_of(&marked));
    let again = ann.reply(unread_from(&id, 3)).await;
    assert_eq!(event_of(&again), with(event_of(&marked), json!({"duplicate":true})));
    // The unread count starts at the mark, and the read position does not move.
    assert_eq!(unread(&one(&mut device, &id).await), [&json!(3), &json!(2), &json!(1), &json!(4)]);
    assert_eq!(unread(&one(&mut ben, &id).await)[0], &Value::Null);
    let members = ben.reply(json!({"type":"GET_MEMBERS","chatId":id})).await;
    assert!(members["members"].as_array().expect("members").iter().any(|member| member["readSeq"] == 4), "{members}");
    say(&mut ben, &id, "four").await;
    assert_eq!(unread(&one(&mut ann, &id).await), [&json!(3), &json!(3), &json!(1), &json!(4)]);
    ben.hears_nothing().await;
    // A retried operation does not set a cleared mark again.
    let operation = with(unread_from(&id, 2), json!({"opId":"unread-1"}));
    assert_eq!(ann.reply(operation.clone()).await.get("duplicate"), None);
    ann.reply(read(&id)).await;
    assert_eq!(ann.reply(operation).await["duplicate"], true);
    assert_eq!(unread(&one(&mut ann, &id).await), [&Value::Null, &json!(0), &json!(0), &json!(5)]);
}

pub async fn reading_to_the_unread_mark_clears_it(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let mut ben = server.person("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    let mut device = server.device(&ann).await;
    device.hears_nothing().await;
    for content in ["one", "two", "three"] {
        say(&mut ben, &id, content).await;
    }
    ann.until(|frame| frame["message"]["content"] == "three").await;
    device.until(|frame| frame["message"]["content"] == "three").await;
    ann.reply(read(&id)).await;
    ann.reply(unread_from(&id, 3)).await;
    // Reading up to before the mark keeps it.
    let before = ann.reply(read_to(&id, 2)).await;
    assert_eq!((&before["seq"], &before["duplicate"]), (&json!(4), &json!(true)));
    assert_eq!(unread(&one(&mut ann, &id).await), [&json!(3), &json!(2), &json!(0), &json!(4)]);
    ben.next_of("MESSAGE_READ").await;
    // Reading to the mark clears it. Only the user's own devices are notified, because the read position stays.
    let reached = ann.reply(read_to(&id, 3)).await;
    assert_eq!((&reached["seq"], reached.get("duplicate")), (&json!(4), None));
    for kind in ["MESSAGE_READ", "CHAT_MARKED_UNREAD"] {
        assert_eq!(device.next().await["type"], kind);
    }
    assert_eq!(device.next().await, event_of(&reached));
    assert_eq!(unread(&one(&mut device, &id).await), [&Value::Null, &json!(0), &json!(0), &json!(4)]);
    ben.hears_nothing().await;
    let again = ann.reply(read_to(&id, 3)).await;
    assert_eq!(again["duplicate"], true);
    device.hears_nothing().await;
    // Reading new messages beyond the mark clears it, and every member is notified.
    ann.reply(unread_from(&id, 2)).await;
    device.next_of("CHAT_MARKED_UNREAD").await;
    say(&mut ben, &id, "four").await;
    let further = ann.reply(read(&id)).await;
    assert_eq!(ben.next_of("MESSAGE_READ").await, event_of(&further));
    assert_eq!(unread(&one(&mut ann, &id).await), [&Value::Null, &json!(0), &json!(0), &json!(5)]);
}

pub async fn an_unread_mark_is_included_with_every_view_of_the_chat(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let mut ben = server.person("ben").await;
    let id = made(&mut ann, "group", "den", &mut [&mut ben]).await;
    say(&mut ben, &id, "one").await;
    say(&mut ben, &id, "two").await;
    ann.reply(read(&id)).await;
    ann.reply(unread_from(&id, 2)).await;
    let expected = [&json!(2), &json!(2), &json!(0), &json!(3)];
    let mut device = server.device(&ann).await;
    let listed = device.reply(json!({"type":"GET_CHATS"})).await;
    assert_eq!(unread(&listed["chats"][0]), expected, "{listed}");
    let known = device.reply(json!({"type":"SYNC","chats":{id.as_str().expect("an id"):3}})).await;
    assert_eq!(unread(&known["chats"][0]["viewer"]), expected, "{known}");
    let unknown = device.reply(json!({"type":"SYNC","chats":{}})).await;
    assert_eq!(unread(&unknown["newChats"][0]), expected, "{unknown}");
    let export = device.reply(json!({"type":"EXPORT_MY_DATA"})).await;
    let url = export["url"].as_str().expect("an address");
    let path = url.strip_prefix(&format!("http://{}", server.address)).expect("this server");
    let lines = support::http::send(server.address, &format!("GET {path}"), &[], b"").await.chunks();
    let chat = lines.lines().find(|line| line.contains("\"type\":\"CHAT\"")).expect("the chat");
    let chat: Value = serde_json::from_str(chat).expect("JSON");
    assert_eq!(unread(&chat["chat"]), expected, "{chat}");
    // The mark ends with the membership.
    ann.reply(json!({"type":"UPDATE_MEMBER","chatId":id,"userId":ben.user_id,"role":"owner"})).await;
    ann.reply(json!({"type":"LEAVE_CHAT","chatId":id})).await;
    ben.reply(json!({"type":"ADD_MEMBERS","chatId":id,"members":[ann.user_id]})).await;
    assert_eq!(unread(&one(&mut device, &id).await)[0], &Value::Null);
}

pub async fn unread_mark_errors_name_the_field(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let mut ben = server.person("ben").await;
    let channel = made(&mut ann, "channel", "news", &mut []).await;
    ben.next_of("CHANNEL_LISTED").await;
    say(&mut ann, &channel, "one").await;
    for seq in [0, 3] {
        let refused = ann.refused(unread_from(&channel, seq), "INVALID_ARGUMENT", "seq").await;
        assert_eq!(refused["error"], "seq must be between 1 and 2, the chat's seq");
    }
    ann.refused(json!({"type":"MARK_UNREAD","chatId":channel}), "INVALID_ARGUMENT", "seq").await;
    ann.refused(unread_from(&json!("nowhere"), 1), "NOT_FOUND", "chatId").await;
    ben.refused(unread_from(&channel, 1), "FORBIDDEN", "chatId").await;
    let den = made(&mut ann, "group", "den", &mut []).await;
    ben.refused(unread_from(&den, 1), "NOT_FOUND", "chatId").await;
    let reader = ann.reply(json!({"type":"CREATE_API_TOKEN","name":"r","scopes":["read"]})).await;
    let mut reader = server.user_with(reader["secret"].as_str().expect("a secret")).await;
    reader.refused(unread_from(&channel, 1), "FORBIDDEN", "").await;
    // The mark is private, so an archived chat can be marked too.
    ann.reply(json!({"type":"UPDATE_CHAT","chatId":channel,"active":false})).await;
    assert_eq!(ann.reply(unread_from(&channel, 2)).await["type"], "CHAT_MARKED_UNREAD");
    assert_eq!(unread(&one(&mut ann, &channel).await)[0], &json!(2));
}
