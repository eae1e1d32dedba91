//! `pichat check` over nodes that are killed, partitioned and restarted; and its detection of injected faults.

use std::time::Duration;

use super::nodes::Nodes;
use crate::postgres::way::{self, Mood};
use crate::support::postgres;
use crate::support::proxy::Weather;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guarantees_hold_while_nodes_redis_and_storage_fail() {
    let Some(server) = postgres::own().await else { return };
    let Some(mut nodes) = Nodes::over(&server, 3, &[]).await else { return };
    let mut checking = nodes.check("--clients 30 --rest 400 --settle 60").await;
    checking.has_said(50).await;
    nodes.kill(1);
    checking.has_said(30).await;
    nodes.resume(1).await;
    nodes.fronts[0].set(Weather::Silent);
    nodes.ways[2].set(Weather::Silent);
    nodes.until_bus(2, "away").await;
    nodes.fronts[0].cut();
    nodes.fronts[0].set(Weather::Slow(Duration::from_millis(50)));
    nodes.ways[2].cut();
    nodes.ways[2].set(Weather::Slow(Duration::from_millis(150)));
    nodes.until_bus(2, "ok").await;
    checking.has_said(50).await;
    nodes.fronts[0].set(Weather::Fair);
    nodes.ways[2].set(Weather::Fair);
    nodes.redis.kill();
    checking.has_said(50).await;
    nodes.kill(0);
    nodes.redis.resume();
    nodes.resume(0).await;
    let control = server.control.clone();
    tokio::task::spawn_blocking(move || control.run("restart -m immediate")).await.expect("a restart");
    checking.has_said(50).await;
    println!("{}", checking.end_well().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rolling_restart_loses_repeats_and_reorders_no_message() {
    let Some(mut nodes) = Nodes::start(3, &[]).await else { return };
    let mut checking = nodes.check("--clients 30 --rest 400 --settle 60").await;
    for node in 0..3 {
        checking.has_said(30).await;
        nodes.restart(node).await;
    }
    checking.has_said(30).await;
    let said = checking.end_well().await;
    assert!(said.contains(" connections closed because a node is restarting"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guarantees_hold_with_a_paused_node_and_unanswered_commits() {
    let Some(server) = postgres::shared().await else { return };
    let way = way::Proxy::start(server.port).await;
    let place = server.place().await;
    let Some(mut nodes) = Nodes::over_database(&server.url_by(&place, way.port), 3, &[]).await else { return };
    let mut checking = nodes.check("--clients 30 --rest 400 --settle 60").await;
    for _ in 0..5 {
        checking.has_said(10).await;
        way.on_commit(Mood::LosesAnswer);
        while !way.has_struck() {
            checking.has_said(1).await;
        }
    }
    nodes.processes[1].pause();
    // Longer than a node's lease; clients of the other nodes continue.
    tokio::time::sleep(Duration::from_millis(6500)).await;
    nodes.processes[1].go_on();
    checking.has_said(30).await;
    nodes.redis.disconnect_clients().await;
    checking.has_said(30).await;
    // One node is killed while it waits for a commit's reply.
    way.on_commit(Mood::LosesAnswer);
    checking.has_said(1).await;
    nodes.kill(2);
    checking.has_said(30).await;
    nodes.resume(2).await;
    checking.has_said(30).await;
    println!("{}", checking.end_well().await);
}

/// Two nodes with that fault, one of them partitioned for a while: the checker must detect it and print this.
async fn finds(fault: &str, broken: &str) {
    let Some(nodes) = Nodes::start(2, &[("PICHAT_FAULT", fault)]).await else { return };
    let mut checking = nodes.check("--clients 10 --chats 3 --rest 150 --settle 5").await;
    checking.has_said(50).await;
    nodes.ways[0].set(Weather::Silent);
    nodes.until_bus(0, "away").await;
    nodes.ways[0].cut();
    nodes.ways[0].set(Weather::Fair);
    nodes.until_bus(0, "ok").await;
    checking.has_said(300).await;
    let (kept, said) = checking.end().await;
    println!("{fault}\n{said}");
    assert!(!kept && said.lines().any(|line| line.starts_with("BROKEN, ") && line.ends_with(broken)), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_before_the_commit_is_detected() {
    finds("ack-before-commit", "nothing that was acknowledged is lost").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_before_the_commit_is_detected() {
    finds("publish-before-commit", "nobody receives what is not stored").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_off_by_one_cursor_is_detected() {
    finds("cursor-off-by-one", "SYNC restores the state of a client that never left").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endless_sync_is_detected() {
    finds("endless-sync", "SYNC restores the state of a client that never left").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unrecovered_bus_loss_is_detected() {
    finds("no-repair", "everybody receives a chat complete and in one order").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_duplicated_by_a_retry_is_detected() {
    finds("double-on-retry", "nothing is duplicated").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_to_a_removed_member_is_detected() {
    finds("deliver-to-removed", "nothing of a chat reaches those who have left it").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_acknowledged_but_lost_mark_is_detected() {
    finds("lose-marks", "marks, mutes and settings stay as acknowledged").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_but_lost_settings_are_detected() {
    finds("lose-settings", "marks, mutes and settings stay as acknowledged").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_working_revoked_token_is_detected() {
    finds("keep-revoked", "a revoked token stops working on every node within 10 s").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operation_executed_twice_is_detected() {
    finds("forget-operations", "nothing is duplicated").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unpublished_profile_change_is_detected() {
    finds("hide-profiles", "everybody receives everything without SYNC").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_incomplete_chat_list_is_detected() {
    finds("skip-chats", "paging through the chats misses none that existed throughout").await;
}
