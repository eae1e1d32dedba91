//! Server outages, broken connections and lost replies.

use std::time::Duration;

use futures_util::future::join_all;
use pichat::protocol::error::Code;
use pichat::protocol::{ChatKind, Seq, User};
use pichat::store::postgres::PostgresRepository;
use pichat::store::repository::{Repository, Window};

use crate::contract::scene::*;
use crate::postgres::way::{Mood, Proxy};
use crate::support::postgres::{Server, own, shared};

const WRITERS: usize = 8;
const MESSAGES: usize = 60;
const LAST: Seq = 1 + (WRITERS * MESSAGES) as Seq;

/// Retries until acknowledged, as a client does; returns the message's `seq`.
async fn send_until_told(repository: &PostgresRepository, user: &User, id: &str) -> Seq {
    for attempt in 0..500 {
        match commit(repository, send(user, "c", id)).await {
            Ok(outcome) => {
                assert!(attempt > 0 || !outcome.duplicate, "{id} was reported as a duplicate although it was new");
                return message(&outcome).seq;
            }
            Err(error) => assert_eq!(error.code, Code::Unavailable, "{error:?}"),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{id} was never acknowledged");
}

async fn control(server: &Server, words: &'static str) {
    let control = server.control.clone();
    tokio::task::spawn_blocking(move || control.run(words)).await.expect("pg_ctl");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_restart_under_load_loses_and_repeats_nothing() {
    let Some(server) = own().await else { return };
    let place = server.place().await;
    let nodes = [0, 1].map(|_| PostgresRepository::open(&place));
    let nodes = join_all(nodes).await.into_iter().collect::<Result<Vec<_>, _>>().expect("an empty schema");
    let [ann, ben, cem] = three(&nodes[0]).await;
    all(&nodes[0], [create(&ann, "c", ChatKind::Group, &[&ben, &cem])]).await;
    let users = [&ann, &ben, &cem];
    let writers = (0..WRITERS).map(|writer| {
        let node = &nodes[writer % 2];
        let user = users[writer % 3];
        async move {
            let mut told = vec![];
            for index in 0..MESSAGES {
                let id = format!("{writer}-{index}");
                told.push((send_until_told(node, user, &id).await, id));
            }
            told
        }
    });
    let restarts = async {
        for words in ["restart -m fast", "restart -m immediate", "restart -m immediate"] {
            let enough = (clock(&nodes[0], "c").await + 40).min(LAST);
            while clock(&nodes[0], "c").await < enough {
                tokio::task::yield_now().await;
            }
            control(&server, words).await;
        }
    };
    let (told, ()) = tokio::join!(join_all(writers), restarts);
    let mut told = told.concat();
    told.sort();
    let stored = history(&nodes[1], query("c", Window::Newest, 500)).await.messages;
    let stored: Vec<(Seq, String)> = stored.iter().map(|message| (message.seq, message.id.to_string())).collect();
    assert_eq!(stored, told);
    assert_eq!(stored.len(), WRITERS * MESSAGES);
    assert_eq!(stored.last().map(|(seq, _)| *seq), Some(LAST));
    goes_and_comes_back(&server, &nodes[0], &ann).await;
}

/// During the outage commands are UNAVAILABLE; afterwards they work without intervention.
async fn goes_and_comes_back(server: &Server, node: &PostgresRepository, ann: &User) {
    control(server, "stop -m fast").await;
    assert_eq!(code(node.ready().await), Code::Unavailable);
    assert_eq!(code(node.history(&query("c", Window::Newest, 1)).await), Code::Unavailable);
    let batch = [send(ann, "c", "x"), send(ann, "c", "y")];
    for result in node.commit(batch_of(&batch), now()).await {
        let error = refusal(result);
        assert_eq!(error.code, Code::Unavailable);
        assert!(!error.message.contains("ostgres") && !error.message.contains("127.0.0.1"), "{}", error.message);
    }
    control(server, "start").await;
    node.ready().await.expect("ready");
    for result in node.commit(batch_of(&batch), now()).await {
        assert!(!result.expect("back").duplicate);
    }
}

/// A node behind a fault-injecting proxy, and one with a direct connection.
async fn disturbed() -> Option<(Proxy, [PostgresRepository; 2])> {
    let server = shared().await?;
    let place = server.place().await;
    let sound = PostgresRepository::open(&place).await.expect("an empty schema");
    let proxy = Proxy::start(server.port).await;
    let node = PostgresRepository::open(&server.through(&place, proxy.port)).await.expect("the same tables");
    Some((proxy, [node, sound]))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_with_a_lost_reply_reports_its_outcome() {
    let Some((proxy, [node, sound])) = disturbed().await else { return };
    let [ann, ben, cem] = three(&sound).await;
    talk(&sound, "c", &[&ann, &ben], 0).await;
    let mut seq = 1;
    for (mood, round) in [Mood::LosesAnswer, Mood::LosesQuestion, Mood::LosesAnswer].into_iter().zip(0..) {
        // The batch is reported as new: a join has no id to recognise it by.
        let batch = [
            send(&ben, "c", &format!("m{round}")),
            if round == 0 { add(&ann, "c", &[&cem]) } else { remove(&ann, "c", &[&cem]) },
            if round == 0 { send(&cem, "c", "in") } else { add(&ann, "c", &[&cem]) },
        ];
        proxy.on_commit(mood);
        for result in node.commit(batch_of(&batch), now()).await {
            let outcome = result.expect("told");
            seq += 1;
            assert_eq!((outcome.event.seq(), outcome.duplicate), (Some(seq), false), "{mood:?}");
        }
        assert!(proxy.has_struck(), "{mood:?}");
    }
    assert_eq!(clock(&sound, "c").await, seq);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_connection_is_replaced() {
    let Some((proxy, [node, sound])) = disturbed().await else { return };
    let [ann, ben, _] = three(&sound).await;
    talk(&sound, "c", &[&ann, &ben], 0).await;
    for round in 0..5 {
        assert_eq!(clock(&node, "c").await, 1 + round, "a read is retried");
        proxy.cut();
        assert_eq!(clock(&node, "c").await, 1 + round, "a read is retried");
        proxy.cut();
        let sent = commit(&node, send(&ann, "c", &format!("m{round}"))).await.expect("taken again");
        assert_eq!((message(&sent).seq, sent.duplicate), (2 + round, false));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unverifiable_commit_outcome_stays_unknown() {
    let Some((proxy, [node, sound])) = disturbed().await else { return };
    let [ann, ben, _] = three(&sound).await;
    talk(&sound, "c", &[&ann, &ben], 0).await;
    proxy.on_commit(Mood::EndsAfterwards);
    let batch = [send(&ann, "c", "m")];
    assert_eq!(code(node.commit(batch_of(&batch), now()).await.remove(0)), Code::Unavailable);
    assert_eq!(code(node.ready().await), Code::Unavailable);
    proxy.open_again();
    let again = node.commit(batch_of(&batch), now()).await.remove(0).expect("the same message");
    assert_eq!((message(&again).seq, again.duplicate), (2, true));
    assert_eq!(clock(&sound, "c").await, 2);
}
