//! `pichat check` over nodes that are killed, cut off and restarted; and that it finds what is wrong.

use std::time::Duration;

use super::nodes::Nodes;
use crate::postgres::way::{self, Mood};
use crate::support::postgres;
use crate::support::proxy::Weather;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_promise_is_kept_while_nodes_redis_and_the_storage_fail() {
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
async fn a_rolling_restart_under_load_loses_doubles_and_reorders_nothing() {
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
async fn every_promise_is_kept_while_a_node_sleeps_and_commits_go_unanswered() {
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
    // Longer than the lease of a node; the clients of the others go on.
    tokio::time::sleep(Duration::from_millis(6500)).await;
    nodes.processes[1].go_on();
    checking.has_said(30).await;
    nodes.redis.disconnect_clients().await;
    checking.has_said(30).await;
    // One node is killed while it waits for the answer to a commit.
    way.on_commit(Mood::LosesAnswer);
    checking.has_said(1).await;
    nodes.kill(2);
    checking.has_said(30).await;
    nodes.resume(2).await;
    checking.has_said(30).await;
    println!("{}", checking.end_well().await);
}

/// Two nodes with that fault, of which one hears nothing for a while: the checker must find it, and say this.
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
async fn an_acknowledgement_before_the_commit_is_found() {
    finds("ack-before-commit", "nothing that was acknowledged is lost").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_before_the_commit_is_found() {
    finds("publish-before-commit", "nobody receives what is not stored").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cursor_that_is_off_by_one_is_found() {
    finds("cursor-off-by-one", "SYNC restores the state of a client that never left").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sync_that_never_ends_is_found() {
    finds("endless-sync", "SYNC restores the state of a client that never left").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_that_is_lost_on_the_bus_and_not_made_good_is_found() {
    finds("no-repair", "everybody receives a chat complete and in one order").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_is_doubled_when_it_is_sent_again_is_found() {
    finds("double-on-retry", "nothing is duplicated").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_for_a_user_who_was_removed_is_found() {
    finds("deliver-to-removed", "nothing of a chat reaches those who have left it").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mark_that_is_acknowledged_and_lost_is_found() {
    finds("lose-marks", "marks, mutes and settings stay as acknowledged").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_that_are_acknowledged_and_lost_are_found() {
    finds("lose-settings", "marks, mutes and settings stay as acknowledged").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revoked_token_that_still_works_is_found() {
    finds("keep-revoked", "a revoked token stops working on every node within 10 s").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operation_that_is_done_twice_is_found() {
    finds("forget-operations", "nothing is duplicated").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_profile_of_which_nobody_is_told_is_found() {
    finds("hide-profiles", "everybody receives everything without SYNC").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_of_chats_that_lacks_one_is_found() {
    finds("skip-chats", "paging through the chats misses none that existed throughout").await;
}
