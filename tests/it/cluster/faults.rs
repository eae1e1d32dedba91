//! No event is lost or repeated when the bus fails.

use std::time::Duration;

use serde_json::json;

use super::delivery::{group, hears_all, say};
use super::stage::cluster;
use crate::support::proxy::Weather;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_are_delivered_during_and_after_a_redis_outage() {
    let Some(mut cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let mut cem = cluster.user(1, "cem").await;
    let mut dan = cluster.user(1, "dan").await;
    let chat = group(&mut [&mut ann, &mut ben, &mut cem]).await;
    cluster.redis.kill();
    cluster.until_bus(0, "away").await;
    cluster.until_bus(1, "away").await;
    ann.reply(say(&chat, "without redis")).await;
    assert_eq!(hears_all(&mut ben, &chat, 2..=2).await[0]["content"], "without redis");
    ann.reply(json!({"type":"ADD_MEMBERS","chatId":chat,"members":[dan.user_id]})).await;
    assert_eq!(dan.next_of("NEW_CHAT").await["chatId"], chat);
    let missed = ben.next_of("LAGGED").await;
    assert_eq!((&missed["fromSeq"], &missed["toSeq"]), (&json!(3), &json!(3)));
    ann.reply(json!({"type":"REMOVE_MEMBERS","chatId":chat,"userIds":[cem.user_id]})).await;
    cem.until(|frame| frame["type"] == "LAGGED" && frame["toSeq"] == 4).await;
    ben.next_of("LAGGED").await;
    cluster.redis.resume();
    cluster.until_bus(0, "ok").await;
    cluster.until_bus(1, "ok").await;
    for number in 0..20 {
        ann.reply(say(&chat, &number.to_string())).await;
    }
    hears_all(&mut ben, &chat, 5..=24).await;
    hears_all(&mut dan, &chat, 5..=24).await;
    cem.hears_nothing().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_half_open_redis_connection_loses_no_event() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let chat = group(&mut [&mut ann, &mut ben]).await;
    cluster.proxies[1].set(Weather::Silent);
    ann.reply(say(&chat, "into the silence")).await;
    hears_all(&mut ben, &chat, 2..=2).await;
    ben.reply(say(&chat, "out of the silence")).await;
    cluster.proxies[1].set(Weather::Fair);
    hears_all(&mut ann, &chat, 3..=3).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn late_events_are_backfilled_and_not_repeated() {
    let Some(cluster) = cluster(3).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let mut cem = cluster.user(2, "cem").await;
    let chat = group(&mut [&mut ann, &mut ben, &mut cem]).await;
    cluster.proxies[0].set(Weather::Slow(Duration::from_millis(400)));
    for round in 0..3 {
        let place = 2 + 2 * round;
        ann.reply(say(&chat, "slow")).await;
        ben.reply(say(&chat, "fast")).await;
        hears_all(&mut cem, &chat, place..=place + 1).await;
    }
    cluster.proxies[0].set(Weather::Fair);
    ann.reply(say(&chat, "fair")).await;
    hears_all(&mut cem, &chat, 8..=8).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_redis_connections_lose_no_event_under_load() {
    let Some(cluster) = cluster(2).await else { return };
    let mut ann = cluster.user(0, "ann").await;
    let mut ben = cluster.user(1, "ben").await;
    let chat = group(&mut [&mut ann, &mut ben]).await;
    for round in 0..4 {
        for number in 0..25 {
            ann.send(say(&chat, &format!("{round} {number}"))).await;
            if number == 10 {
                cluster.proxies[round % 2].set(Weather::Cut);
            }
        }
        cluster.proxies[round % 2].set(Weather::Fair);
    }
    let all = hears_all(&mut ann, &chat, 2..=101).await;
    assert_eq!(hears_all(&mut ben, &chat, 2..=101).await, all);
}
