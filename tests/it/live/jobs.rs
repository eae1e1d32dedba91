//! The server's own work: what is due runs on the node that leads.

use pichat::api::jobs::{JOBS, run_due};
use pichat::protocol::{ServerRole, Timestamp};
use pichat::store::jobs::{self, LEASE_MILLIS};
use pichat::store::repository::StoredSession;
use serde_json::json;

use super::moderation::ranked;
use crate::contract::backends::Place;
use crate::contract::scene;
use crate::support;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(1_800_000_000_000 + millis)
}

pub async fn an_admin_runs_a_job_and_sees_its_figures(place: Place) {
    let server = support::start(place).await;
    let mut root = ranked(&server, "root", ServerRole::Admin).await;
    let mut ann = server.user("ann").await;
    let run = |name: &str| json!({"type":"RUN_JOB","name":name});
    ann.refused(run("retention"), "FORBIDDEN", "").await;
    let refused = root.refused(run("dishes"), "NOT_FOUND", "name").await;
    assert!(refused["error"].as_str().unwrap_or_default().contains("files, operations, orphans, retention, sessions"));
    for job in JOBS {
        let ran = root.command(run(job.name)).await;
        assert_eq!((&ran["type"], &ran["job"]["name"]), (&json!("JOB_RAN"), &json!(job.name)), "{ran}");
        assert_eq!((&ran["job"]["runs"], &ran["job"]["failures"]), (&json!(1), &json!(0)), "{ran}");
    }
    root.command(run("retention")).await;
    let stats = root.command(json!({"type":"GET_STATS"})).await;
    let figures = |name: &str| {
        let jobs = stats["jobs"].as_array().expect("jobs");
        jobs.iter().find(|job| job["name"] == name).cloned().unwrap_or_else(|| panic!("no {name}: {stats}"))
    };
    assert_eq!((&figures("retention")["runs"], &figures("files")["runs"]), (&json!(2), &json!(1)));
    assert_eq!(figures("retention")["lastRunAt"], figures("retention")["lastSuccessAt"]);
    let log = root.reply(json!({"type":"GET_AUDIT_LOG","targetId":"retention"})).await;
    assert_eq!(log["entries"].as_array().map(Vec::len), Some(2), "{log}");
    let metrics = support::http::send(server.address, "GET /metrics", &[], b"").await.body;
    assert!(metrics.contains("pichat_job_runs_total{job=\"sessions\",outcome=\"ok\"}"), "{metrics}");
}

pub async fn of_two_nodes_one_leads_until_its_lease_ends(place: Place) {
    let repository = &*place.repository;
    let leads =
        async |node: &str, millis: i64| jobs::lead(repository, node, at(millis)).await.expect("an answer").is_some();
    assert!(leads("one", 0).await);
    assert!(!leads("two", 1).await);
    assert!(leads("one", LEASE_MILLIS - 1).await, "it renews its lease");
    assert!(!leads("two", LEASE_MILLIS + 1).await);
    // The first has crashed.
    assert!(leads("two", 2 * LEASE_MILLIS).await);
    assert!(!leads("one", 2 * LEASE_MILLIS + 1).await);
    jobs::resign(repository, "one").await.expect("an answer");
    assert!(!leads("one", 2 * LEASE_MILLIS + 2).await);
    jobs::resign(repository, "two").await.expect("an answer");
    let at_once = futures_util::future::join_all((0..4).map(|node| {
        let name = format!("node-{node}");
        async move { jobs::lead(repository, &name, at(2 * LEASE_MILLIS + 3)).await.expect("an answer").is_some() }
    }));
    assert_eq!(at_once.await.into_iter().filter(|leads| *leads).count(), 1);
}

pub async fn due_jobs_run_once_whichever_node_looks(place: Place) {
    let Place { repository, keep } = place;
    let mut first = support::start(Place { repository: repository.clone(), keep: Box::new(()) }).await;
    let second = support::start(Place { repository: repository.clone(), keep }).await;
    let runs =
        async || jobs::read(&*repository).await.expect("an answer").jobs.values().map(|job| job.runs).sum::<u64>();
    let (one, two) = tokio::join!(run_due(&first.services), run_due(&second.services));
    one.and(two).expect("an answer");
    assert_eq!(runs().await, JOBS.len() as u64);
    run_due(&first.services).await.and(run_due(&second.services).await).expect("an answer");
    assert_eq!(runs().await, JOBS.len() as u64, "none is due again");
    first.stop().await;
    run_due(&second.services).await.expect("an answer");
    let lease = jobs::read(&*repository).await.expect("an answer").lease.expect("a leader");
    assert_eq!(lease.node, second.services.node);
}

pub async fn expired_sessions_are_deleted(place: Place) {
    let repository = place.repository.clone();
    let ann = scene::user(&*repository, "ann").await;
    for (id, expires_at) in [("old", at(-1)), ("new", at(1))] {
        let session = StoredSession {
            id: id.into(),
            user_id: ann.id.clone(),
            device_id: None,
            created_at: at(-9),
            last_seen_at: at(-9),
            expires_at,
            family: [1; 32],
            refresh: [2; 32],
            previous: None,
        };
        repository.create_session(&session).await.expect("a new session");
    }
    repository.forget_sessions(at(0)).await.expect("an answer");
    let left = repository.sessions(&ann.id).await.expect("an answer");
    assert_eq!(left.iter().map(|session| &*session.id).collect::<Vec<_>>(), ["new"]);
}
