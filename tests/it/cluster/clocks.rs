//! Nodes with skewed clocks.

use std::sync::Arc;

use pichat::api::context::Services;
use pichat::api::handlers;
use pichat::ops::clock::Clock;
use pichat::protocol::error::Code;
use pichat::store::postgres::PostgresRepository;
use serde_json::{Value, json};
use tokio_util::task::TaskTracker;

use crate::contract::backends::Place;
use crate::support::Client;
use crate::support::postgres::shared;
use crate::support::server::{self, settings};

/// Clock skew of the second node in seconds.
const SKEW: i64 = 40;

fn millis(time: &Value) -> i64 {
    pichat::protocol::Timestamp::parse(time.as_str().expect("a time")).expect("RFC 3339").millis()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_with_a_skewed_clock_uses_the_databases_time() {
    let Some(database) = shared().await else { return };
    let place = database.place().await;
    let mut nodes = vec![];
    for skew in [0, SKEW * 1000] {
        let repository = PostgresRepository::open(&place).await.expect("a schema");
        let place = Place { repository: Arc::new(repository), keep: Box::new(()) };
        nodes.push(server::start_at(place, &[], Clock::shared(skew)).await);
    }
    let mut ann = nodes[0].user("ann").await;
    let mut there = nodes[1].user_with(&ann.token).await;
    let chat = ann.reply(json!({"type":"CREATE_CHAT","name":"g"})).await["chatId"].clone();
    let say = json!({"type":"SEND_MESSAGE","chatId":chat,"content":"one"});
    let ahead = there.reply(say.clone()).await;
    let right = ann.reply(say).await;
    let difference = millis(&ahead["message"]["createdAt"]) - millis(&right["message"]["createdAt"]);
    assert!(difference < SKEW * 1000 / 2, "{difference} ms");
    let [here, there] = [ann.reply(json!({"type":"PING"})).await, there.reply(json!({"type":"PING"})).await];
    assert!(millis(&there["serverTime"]) - millis(&here["serverTime"]) < SKEW * 1000 / 2, "{here} {there}");
    // A ban of twenty seconds applies on both, and an expired token is expired on both.
    let mut admin = nodes[0].admin().await;
    let ben = nodes[0].person("ben").await;
    let until = pichat::protocol::Timestamp::from_millis(millis(&here["serverTime"]) + SKEW * 500);
    let ban = json!({"type":"BAN_USER","userId":ben.user_id,"until":until.to_string()});
    assert_eq!(admin.reply(ban).await["type"], "USER_BANNED");
    for node in &nodes {
        let bearer = format!("Bearer {}", ben.token);
        let refused = Client::try_connect(&node.url(), &[("authorization", &bearer)]).await;
        assert!(refused.is_err(), "a banned user was accepted");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_skewed_by_over_a_minute_does_not_start() {
    let Some(database) = shared().await else { return };
    let place = database.place().await;
    for skew in [-90, 90] {
        let repository = Arc::new(PostgresRepository::open(&place).await.expect("a schema"));
        let names = handlers::TABLE.iter().map(|row| row.name);
        let tasks = TaskTracker::new();
        let started = Services::start(settings(&[]), repository, Clock::shared(skew * 1000), &tasks, names).await;
        let error = started.expect_err("a refusal");
        assert_eq!(error.code, Code::Unavailable);
        assert!(error.message.contains(&format!("by {skew} s")), "{}", error.message);
    }
}
