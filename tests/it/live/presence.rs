use serde_json::{Value, json};

use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, assert_same_for_all, bot, event_of, with};
use crate::support::{self, Client, Server};

/// The shape of a PRESENCE event.
fn told(id: &str, name: &str, status: &str) -> Value {
    let shape = json!({"type":"PRESENCE","user":bot(id, name, status),"status":status});
    if status != "offline" {
        return shape;
    }
    let user = with(bot(id, name, status), json!({"lastSeenAt":"<time>"}));
    with(shape, json!({"user":user,"lastSeenAt":"<time>"}))
}

/// A user that receives presence events.
async fn watcher(server: &Server, name: &str) -> Client {
    let mut client = server.user(name).await;
    client.sees_presence = true;
    client
}

async fn away(client: &mut Client, status: &str) -> Value {
    client.reply(json!({"type":"SET_PRESENCE","status":status})).await
}

pub async fn presence_changes_reach_every_contact_once(place: Place) {
    let server = support::start(place).await;
    let mut ann = watcher(&server, "ann").await;
    let mut dora = watcher(&server, "dora").await;
    let token = server.token_of("ben").await;
    for id in ["one", "two", "three"] {
        ann.command(json!({"type":"CREATE_CHAT","id":id,"name":id,"members":["ben"]})).await;
    }
    let ben = server.user_with(&token).await;
    let event = ann.next().await;
    assert_frame(&event, told(&ben.user_id, "ben", "online"));
    assert_same_for_all(&event);
    ann.hears_nothing().await;
    drop(ben);
    let event = ann.next().await;
    assert_frame(&event, told(event["user"]["id"].as_str().expect("an id"), "ben", "offline"));
    ann.hears_nothing().await;
    dora.hears_nothing().await;
}

pub async fn a_user_is_online_until_the_last_connection_closes(place: Place) {
    let server = support::start(place).await;
    let mut ann = watcher(&server, "ann").await;
    let mut first = server.user("ben").await;
    ann.command(json!({"type":"CREATE_CHAT","id":"den","name":"den","members":["ben"]})).await;
    let mut second = server.device(&first).await;
    let mut third = server.device(&first).await;
    third.hears_nothing().await;
    ann.hears_nothing().await;
    for tab in [&mut first, &mut second] {
        tab.socket.close(None).await.expect("a goodbye");
        tab.closed().await;
    }
    ann.hears_nothing().await;
    let list = ann.command(json!({"type":"GET_PRESENCE","userIds":[first.user_id]})).await;
    assert_eq!(list["presences"], json!([{"userId":first.user_id,"status":"online"}]));
    drop(third);
    let gone = ann.next().await;
    assert_frame(&gone, told(&first.user_id, "ben", "offline"));
    let list = ann.command(json!({"type":"GET_PRESENCE","userIds":[first.user_id]})).await;
    let presence = json!({"userId":first.user_id,"status":"offline","lastSeenAt":gone["lastSeenAt"]});
    assert_frame(&list, json!({"type":"PRESENCE_LIST","presences":[presence]}));
}

pub async fn a_user_is_away_only_if_every_connection_is(place: Place) {
    let server = support::start(place).await;
    let mut ann = watcher(&server, "ann").await;
    let mut ben = server.user("ben").await;
    ann.command(json!({"type":"CREATE_CHAT","id":"den","name":"den","members":["ben"]})).await;
    let mut phone = server.device(&ben).await;
    let mine = told(&ben.user_id, "ben", "away");
    let yours = told(&ben.user_id, "ben", "online");
    let still = away(&mut ben, "away").await;
    assert_frame(&event_of(&still), with(yours.clone(), json!({"duplicate":true})));
    ann.hears_nothing().await;
    let reply = away(&mut phone, "away").await;
    assert_frame(&event_of(&reply), mine);
    assert_eq!(ann.next().await, event_of(&reply));
    assert_eq!(ben.next_of("PRESENCE").await, event_of(&reply));
    let again = away(&mut phone, "away").await;
    assert_eq!((&again["status"], &again["duplicate"]), (&json!("away"), &json!(true)));
    let me = phone.reply(json!({"type":"GET_ME"})).await;
    assert_eq!(me["user"]["status"], "away");
    let back = away(&mut ben, "online").await;
    assert_frame(&event_of(&back), yours);
    assert_eq!(ann.next().await, event_of(&back));
    assert_eq!(phone.next_of("PRESENCE").await, event_of(&back));
    drop(ben);
    assert_eq!(ann.next().await["status"], "away");
    drop(phone);
    assert_eq!(ann.next().await["status"], "offline");
    ann.hears_nothing().await;
}

pub async fn last_seen_times_survive_a_restart(place: Place) {
    let repository = place.repository.clone();
    let mut server = support::start(place).await;
    let mut ann = watcher(&server, "ann").await;
    let ben = server.user("ben").await;
    ann.command(json!({"type":"CREATE_CHAT","id":"den","name":"den","members":["ben"]})).await;
    let id = ben.user_id.clone();
    drop(ben);
    let gone = ann.next().await;
    server.stop().await;
    let user = repository.users(&[&id]).await.expect("an answer").pop().flatten().expect("a user");
    assert_eq!(json!(user.last_seen_at), gone["lastSeenAt"]);
}

pub async fn only_members_can_query_presence_of_a_chat(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut cem = server.user("cem").await;
    let ben = server.token_of("ben").await;
    ann.command(json!({"type":"CREATE_CHAT","id":"den","name":"den","members":["ben"]})).await;
    let list = ann.command(json!({"type":"GET_PRESENCE","chatId":"den","requestId":1})).await;
    let mut statuses: Vec<Value> = list["presences"].as_array().expect("presences").clone();
    statuses.sort_by_key(|presence| presence["userId"] != ann.user_id.as_str());
    assert_frame(
        &json!(statuses),
        json!([{"userId":ann.user_id,"status":"online"},{"userId":"<id>","status":"offline"}]),
    );
    let page = ann.command(json!({"type":"GET_PRESENCE","chatId":"den","limit":1})).await;
    assert_eq!(page["presences"].as_array().map(Vec::len), Some(1));
    let rest = ann.command(json!({"type":"GET_PRESENCE","chatId":"den","cursor":page["nextCursor"]})).await;
    assert_eq!((rest["presences"].as_array().map(Vec::len), rest.get("nextCursor")), (Some(1), None), "{rest}");
    assert_ne!(page["presences"], rest["presences"]);
    cem.refused(json!({"type":"GET_PRESENCE","chatId":"den"}), "NOT_FOUND", "chatId").await;
    ann.command(json!({"type":"CREATE_CHAT","id":"hall","kind":"channel","name":"hall"})).await;
    cem.next_of("CHANNEL_LISTED").await;
    cem.refused(json!({"type":"GET_PRESENCE","chatId":"#hall"}), "FORBIDDEN", "chatId").await;
    drop(server.user_with(&ben).await);
}

/// Everything that tells of a user, asked by somebody.
async fn seen_by(client: &mut Client, user: &str) -> Vec<Value> {
    let got = client.reply(json!({"type":"GET_USER","username":user})).await;
    let listed = client.reply(json!({"type":"GET_USERS","search":user})).await;
    let members = client.reply(json!({"type":"GET_MEMBERS","chatId":"#hall"})).await;
    let members = members["members"].as_array().expect("members");
    let member = members.iter().find(|member| member["user"]["username"] == user).expect("a member");
    vec![got["user"].clone(), listed["users"][0].clone(), member["user"].clone()]
}

pub async fn strangers_see_a_profile_and_no_presence(place: Place) {
    let server = support::start(place).await;
    let mut ann = watcher(&server, "ann").await;
    let ben_token = server.token_of("ben").await;
    let mut stranger = server.user("stranger").await;
    ann.reply(json!({"type":"CREATE_CHAT","kind":"channel","name":"hall","members":["ben"]})).await;
    let ben = server.user_with(&ben_token).await;
    let id = ben.user_id.clone();
    ann.until(|frame| frame["user"]["id"] == id.as_str() && frame["status"] == "online").await;
    let hidden = bot(&id, "ben", "offline");
    for shown in seen_by(&mut stranger, "ben").await {
        assert_frame(&shown, hidden.clone());
    }
    for shown in seen_by(&mut ann, "ben").await {
        assert_frame(&shown, bot(&id, "ben", "online"));
    }
    let own = stranger.reply(json!({"type":"GET_USER","username":"stranger"})).await;
    assert_eq!(own["user"]["status"], "online", "one sees oneself");
    drop(ben);
    ann.until(|frame| frame["user"]["id"] == id.as_str() && frame["status"] == "offline").await;
    for shown in seen_by(&mut stranger, "ben").await {
        assert_frame(&shown, hidden.clone());
    }
    for shown in seen_by(&mut ann, "ben").await {
        assert_frame(&shown, with(bot(&id, "ben", "offline"), json!({"lastSeenAt":"<time>"})));
    }
    stranger.reply(json!({"type":"JOIN_CHAT","chatId":"#hall"})).await;
    for shown in seen_by(&mut stranger, "ben").await {
        assert_frame(&shown, with(bot(&id, "ben", "offline"), json!({"lastSeenAt":"<time>"})));
    }
}

pub async fn presence_is_limited_to_contacts(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let cem = server.user("cem").await;
    let ben = server.user("ben").await;
    ann.command(json!({"type":"CREATE_CHAT","id":"den","name":"den","members":["ben"]})).await;
    let ids = json!([cem.user_id, ben.user_id, "nobody", ben.user_id, "ben", ann.user_id]);
    let list = ann.command(json!({"type":"GET_PRESENCE","userIds":ids})).await;
    let online = |client: &Client| json!({"userId":client.user_id,"status":"online"});
    assert_frame(&list, json!({"type":"PRESENCE_LIST","presences":[online(&ben), online(&ann)]}));
    ann.refused(json!({"type":"GET_PRESENCE"}), "INVALID_ARGUMENT", "userIds").await;
    ann.refused(json!({"type":"GET_PRESENCE","userIds":[],"chatId":"den"}), "INVALID_ARGUMENT", "chatId").await;
    ann.refused(json!({"type":"GET_PRESENCE","userIds":vec!["x"; 201]}), "INVALID_ARGUMENT", "userIds").await;
    ann.refused(json!({"type":"GET_PRESENCE","userIds":["ok", "not ok"]}), "INVALID_ARGUMENT", "userIds[1]").await;
    ann.refused(json!({"type":"SET_PRESENCE","status":"offline"}), "INVALID_ARGUMENT", "status").await;
}
