//! A change with an unanswered COMMIT is published, and its retry finds it published.

use std::sync::Arc;

use pichat::store::postgres::PostgresRepository;
use serde_json::{Value, json};

use crate::postgres::way::{Mood, Proxy};
use crate::support::Client;
use crate::support::postgres::shared;
use crate::support::server::{self, Server, settings};

/// A server with a fault-injecting proxy to PostgreSQL.
async fn disturbed() -> Option<(Proxy, Server)> {
    let database = shared().await?;
    let place = database.place().await;
    let proxy = Proxy::start(database.port).await;
    let repository = PostgresRepository::open(&database.through(&place, proxy.port)).await.expect("an empty schema");
    Some((proxy, server::start_over(Arc::new(repository), Box::new(()), settings(&[])).await))
}

struct Scene {
    proxy: Proxy,
    ann: Client,
    ben: Client,
    cem: Client,
    chat: Value,
    // Last, so that the clients are dropped first.
    _server: Server,
}

/// Ann and Ben share a group; Cem is not a member.
async fn scene() -> Option<Scene> {
    let (proxy, server) = disturbed().await?;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    let cem = server.user("cem").await;
    let made = ann.reply(json!({"type":"CREATE_CHAT","name":"group","members":[ben.user_id]})).await;
    ben.next_of("NEW_CHAT").await;
    Some(Scene { proxy, ann, ben, cem, chat: made["chatId"].clone(), _server: server })
}

impl Scene {
    /// Sends Ann's command and drops the reply to its COMMIT; returns the command's reply.
    async fn lose(&mut self, command: Value) -> Value {
        self.proxy.on_commit(Mood::LosesAnswer);
        let reply = self.ann.reply(command).await;
        assert!(self.proxy.has_struck(), "{reply}");
        reply
    }

    async fn say(&mut self, content: &str) -> Value {
        self.ann.reply(json!({"type":"SEND_MESSAGE","chatId":self.chat,"content":content})).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_removal_with_a_lost_reply_takes_effect_immediately() {
    let Some(mut scene) = scene().await else { return };
    let remove = json!({"type":"REMOVE_MEMBERS","chatId":scene.chat,"userIds":[scene.ben.user_id]});
    let removed = scene.lose(remove.clone()).await;
    assert_eq!(removed["type"], "MEMBERS_REMOVED", "{removed}");
    assert_eq!(scene.ben.next().await["type"], "MEMBERS_REMOVED");
    let again = scene.ann.reply(remove).await;
    assert_eq!((&again["type"], &again["duplicate"]), (&json!("MEMBERS_REMOVED"), &json!(true)), "{again}");
    scene.say("for members").await;
    scene.ben.hears_nothing().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn additions_with_a_lost_reply_are_published_immediately() {
    let Some(mut scene) = scene().await else { return };
    let add = json!({"type":"ADD_MEMBERS","chatId":scene.chat,"members":[scene.cem.user_id]});
    assert_eq!(scene.lose(add).await["type"], "MEMBERS_ADDED");
    assert_eq!(scene.cem.next().await["chatId"], scene.chat);
    assert_eq!(scene.ben.next().await["type"], "MEMBERS_ADDED");
    let create = json!({"type":"CREATE_CHAT","name":"other","members":[scene.cem.user_id]});
    let made = scene.lose(create).await;
    assert_eq!(made["type"], "NEW_CHAT", "{made}");
    assert_eq!(scene.cem.next().await["chatId"], made["chatId"]);
    scene.say("for all").await;
    assert_eq!(scene.cem.next().await["message"]["content"], "for all");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn message_changes_with_a_lost_reply_are_published() {
    let Some(mut scene) = scene().await else { return };
    let sent = scene.say("first").await;
    scene.ben.next_of("NEW_MESSAGE").await;
    let message = &sent["message"]["id"];
    for (command, event) in [
        (json!({"type":"EDIT_MESSAGE","content":"second"}), "MESSAGE_EDITED"),
        (json!({"type":"ADD_REACTION","emoji":"👍"}), "REACTION_ADDED"),
        (json!({"type":"PIN_MESSAGE"}), "MESSAGE_PINNED"),
        (json!({"type":"DELETE_MESSAGE"}), "MESSAGE_DELETED"),
    ] {
        let mut command = command;
        command["chatId"] = scene.chat.clone();
        command["messageId"] = message.clone();
        assert_eq!(scene.lose(command).await["type"], event);
        assert_eq!(scene.ben.next().await["type"], event);
    }
    let delete = json!({"type":"DELETE_CHAT","chatId":scene.chat});
    assert_eq!(scene.lose(delete).await["type"], "CHAT_DELETED");
    assert_eq!(scene.ben.next().await["type"], "CHAT_DELETED");
}

/// PostgreSQL is unreachable until the command is refused, so the outcome stays unknown.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_outcome_is_published_once_resolved() {
    let Some(mut scene) = scene().await else { return };
    let sent = scene.say("first").await;
    scene.ben.next_of("NEW_MESSAGE").await;
    let remove = json!({"type":"REMOVE_MEMBERS","chatId":scene.chat,"userIds":[scene.ben.user_id]});
    scene.proxy.on_commit(Mood::EndsAfterwards);
    assert_eq!(scene.ann.reply(remove.clone()).await["code"], "UNAVAILABLE");
    scene.proxy.open_again();
    let lagged = scene.ben.next_of("LAGGED").await;
    let next = sent["seq"].as_u64().expect("a seq") + 1;
    assert_eq!((&lagged["chatId"], &lagged["toSeq"]), (&scene.chat, &json!(next)), "{lagged}");
    let again = scene.ann.reply(remove).await;
    assert_eq!((&again["type"], &again["duplicate"]), (&json!("MEMBERS_REMOVED"), &json!(true)), "{again}");
    scene.say("for members").await;
    scene.ben.hears_nothing().await;
    // The chat has not been published since its creation was refused.
    let add = json!({"type":"ADD_MEMBERS","chatId":scene.chat,"members":[scene.cem.user_id]});
    scene.proxy.on_commit(Mood::EndsAfterwards);
    assert_eq!(scene.ann.reply(add).await["code"], "UNAVAILABLE");
    scene.proxy.open_again();
    let welcome = scene.cem.next().await;
    assert_eq!((&welcome["type"], &welcome["chatId"]), (&json!("NEW_CHAT"), &scene.chat), "{welcome}");
    scene.say("for all").await;
    assert_eq!(scene.cem.next_of("NEW_MESSAGE").await["message"]["content"], "for all");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_profile_change_with_a_lost_reply_is_published() {
    let Some(mut scene) = scene().await else { return };
    scene.proxy.on_commit(Mood::LosesUpdate);
    let updated = scene.ann.reply(json!({"type":"UPDATE_USER","displayName":"Ann Other","opId":"rename"})).await;
    assert!(scene.proxy.has_struck());
    assert_eq!(updated["type"], "USER_UPDATED", "{updated}");
    assert_eq!(scene.ben.next().await["user"]["displayName"], "Ann Other");
}
