//! Background jobs on several nodes, one of which stops in the middle.

use pichat::api::jobs::run_due;
use pichat::api::retention::trim_expired;
use pichat::protocol::{ChatKind, Timestamp};
use pichat::store::jobs;
use serde_json::{Value, json};

use super::stage::{Cluster, cluster_with};
use crate::contract::scene;
use crate::support::Client;

/// Messages of the year 2020, more than two transactions can trim.
const OLD: usize = 1_300;

/// A group of ann and ben with old messages; a client of each, on the first and the second node.
async fn old_chat(cluster: &Cluster) -> (Client, Client) {
    let repository = &*cluster.nodes[0].services.repository;
    let ann = scene::user(repository, "ann").await;
    let ben = scene::user(repository, "ben").await;
    let long_ago = Timestamp::from_millis(1_577_836_800_000);
    let mut changes = vec![scene::create(&ann, "den", ChatKind::Group, &[&ben])];
    changes.extend((0..OLD).map(|number| scene::send(&ann, "den", &format!("m{number}"))));
    for some in changes.chunks(250) {
        for result in repository.commit(scene::batch_of(some), long_ago).await {
            result.expect("an allowed change");
        }
    }
    let ann = cluster.nodes[0].user_with(&cluster.nodes[0].token_for(&ann.id, None).await).await;
    let ben = cluster.nodes[1].user_with(&cluster.nodes[1].token_for(&ben.id, None).await).await;
    (ann, ben)
}

/// Follows the chat's clock to a position; each `seq` is covered once, by an event or by LAGGED.
async fn follow(client: &mut Client, mut seq: u64, head: u64) {
    while seq < head {
        let told = client.until(|frame| frame["chatId"] == "den").await;
        let place = |name: &str| told[name].as_u64().unwrap_or_else(|| panic!("no {name}: {told}"));
        match told["type"].as_str() {
            Some("HISTORY_TRIMMED") => {
                assert_eq!(place("seq"), seq + 1, "{told}");
                seq += 1;
            }
            Some("LAGGED") => {
                assert_eq!(place("fromSeq"), seq + 1, "{told}");
                seq = place("toSeq");
            }
            _ => panic!("not an event of a trim: {told}"),
        }
    }
    assert_eq!(seq, head);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_trim_is_published_once_by_racing_nodes() {
    let Some(mut cluster) = cluster_with(3, &[("RETENTION_DAYS", "30")]).await else { return };
    let (mut ann, mut ben) = old_chat(&cluster).await;
    let before = OLD as u64 + 1;
    let ending = cluster.nodes.pop().expect("three nodes");
    let ended = tokio::spawn(async move {
        // It stops with its first commits in progress and publishes nothing.
        let _ = tokio::time::timeout(std::time::Duration::from_millis(40), trim_expired(&ending.services)).await;
        drop(ending);
    });
    let (one, two) = tokio::join!(trim_expired(&cluster.nodes[0].services), trim_expired(&cluster.nodes[1].services));
    one.and(two).expect("an answer");
    ended.await.expect("it ends");
    let chat = ann.reply(json!({"type":"GET_CHAT","chatId":"den"})).await["chat"].clone();
    assert_eq!(
        [&chat["firstSeq"], &chat["messageCount"], &chat["lastMessage"]],
        [&json!(before + 1), &json!(0), &Value::Null]
    );
    let head = chat["seq"].as_u64().expect("a position");
    assert_eq!(head, before + OLD.div_ceil(500) as u64, "no trim is repeated");
    follow(&mut ben, before, head).await;
    // Ann skipped the events before the reply; none is repeated.
    ben.hears_nothing().await;
    ann.hears_nothing().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_node_takes_over_the_jobs_of_a_stopped_leader() {
    let Some(mut cluster) = cluster_with(2, &[]).await else { return };
    let repository = cluster.nodes[1].services.repository.clone();
    run_due(&cluster.nodes[0].services).await.expect("an answer");
    run_due(&cluster.nodes[1].services).await.expect("an answer");
    let leader = async || jobs::read(&*repository).await.expect("an answer").lease.expect("a leader").node;
    assert_eq!(leader().await, cluster.nodes[0].services.node);
    cluster.nodes[0].stop().await;
    run_due(&cluster.nodes[1].services).await.expect("an answer");
    assert_eq!(leader().await, cluster.nodes[1].services.node);
    let record = jobs::read(&*repository).await.expect("an answer");
    assert!(record.jobs.values().all(|job| (job.runs, job.failures) == (1, 0)), "{record:?}");
}
