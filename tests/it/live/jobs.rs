//! Background jobs, which run on the leading node.

use pichat::api::jobs::{JOBS, run_due};
use pichat::api::{accounts, audit, bots, scrub};
use pichat::protocol::{AuditEntry, AuditId, Ban, ChatKind, Scope, ServerRole, Timestamp, Token};
use pichat::store::jobs::{self, LEASE_MILLIS};
use pichat::store::repository::{Account, AccountName, AuditQuery, StoredSession, StoredToken};
use serde_json::json;

use super::moderation::ranked;
use crate::contract::backends::Place;
use crate::contract::scene;
use crate::support;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(1_800_000_000_000 + millis)
}

pub async fn an_admin_can_run_a_job_and_see_its_results(place: Place) {
    let server = support::start(place).await;
    let mut root = ranked(&server, "root", ServerRole::Admin).await;
    let mut ann = server.user("ann").await;
    let run = |name: &str| json!({"type":"RUN_JOB","name":name});
    ann.refused(run("retention"), "FORBIDDEN", "").await;
    let refused = root.refused(run("dishes"), "NOT_FOUND", "name").await;
    assert!(
        refused["error"]
            .as_str()
            .unwrap_or_default()
            .contains("audit, bans, files, operations, orphans, retention, scrub, sessions, tokens")
    );
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

pub async fn one_node_leads_until_its_lease_expires(place: Place) {
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

pub async fn due_jobs_run_once_across_nodes(place: Place) {
    let Place { repository, keep } = place;
    let mut first = support::start(Place { repository: repository.clone(), keep: Box::new(()) }).await;
    let second = support::start(Place { repository: repository.clone(), keep }).await;
    let runs =
        async || jobs::read(&*repository).await.expect("an answer").jobs.values().map(|job| job.runs).sum::<u64>();
    let (one, two) = tokio::join!(run_due(&first.services), run_due(&second.services));
    one.and(two).expect("an answer");
    assert_eq!(runs().await, JOBS.len() as u64);
    run_due(&first.services).await.and(run_due(&second.services).await).expect("an answer");
    assert_eq!(runs().await, JOBS.len() as u64, "no job is due again");
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

/// An entry from a number of days ago.
fn audited(now: Timestamp, days: i64) -> AuditEntry {
    let at = Timestamp::from_millis(now.millis() - days * 86_400_000);
    let millis = u64::try_from(at.millis()).expect("after 1970");
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &[7; 10]).into_uuid();
    AuditEntry {
        id: AuditId::from(id.to_string()),
        at,
        actor_id: "ann".into(),
        command: "BAN_USER".into(),
        target_id: Some(format!("{days} days")),
        chat_id: None,
        reason: None,
    }
}

pub async fn audit_entries_are_deleted_after_the_configured_time(place: Place) {
    let Place { repository, keep } = place;
    let here = || Place { repository: repository.clone(), keep: Box::new(()) };
    let first = support::start_with(here(), &[("AUDIT_RETENTION_DAYS", "30")]).await;
    let second = support::start_with(here(), &[("AUDIT_RETENTION_DAYS", "30")]).await;
    let now = first.services.clock.now();
    // More than one removal takes, over several months, with the newest expired entry next to the oldest kept one.
    let mut entries: Vec<AuditEntry> = (0..520).map(|number| audited(now, 31 + number)).collect();
    entries.extend([audited(now, 29), audited(now, 1)]);
    for some in entries.chunks(100) {
        repository.append_audit(some).await.expect("an answer");
    }
    let (one, two) = tokio::join!(audit::forget_expired(&first.services), audit::forget_expired(&second.services));
    one.and(two).expect("an answer");
    let left = repository.audit_log(&AuditQuery { limit: 600, ..AuditQuery::default() }).await.expect("an answer");
    let targets: Vec<_> = left.items.iter().filter_map(|entry| entry.target_id.as_deref()).collect();
    assert_eq!(targets, ["1 days", "29 days"]);
    // Later entries with older times are kept: the log continues as before.
    repository.append_audit(&[audited(now, 2)]).await.expect("an answer");
    assert_eq!(repository.forget_audit(audited(now, 30).at, 9).await.expect("an answer"), 0);
    let forever = support::start_with(Place { repository: repository.clone(), keep }, &[]).await;
    audit::forget_expired(&forever.services).await.expect("an answer");
    let left = repository.audit_log(&AuditQuery { limit: 600, ..AuditQuery::default() }).await.expect("an answer");
    assert_eq!(left.items.len(), 3, "0 keeps them forever");
}

pub async fn long_expired_tokens_are_deleted(place: Place) {
    let server = support::start(place).await;
    let repository = &*server.services.repository;
    let ann = scene::user(repository, "ann").await;
    let now = server.services.clock.now();
    let day = 86_400_000;
    for (name, ended) in [("old", Some(31)), ("ended", Some(29)), ("good", Some(-1)), ("endless", None)] {
        let token = Token {
            id: format!("token-{name}").into(),
            name: name.to_owned(),
            scopes: vec![Scope::Read],
            user_id: ann.id.clone(),
            created_at: Timestamp::from_millis(now.millis() - 60 * day),
            expires_at: ended.map(|days: i64| Timestamp::from_millis(now.millis() - days * day)),
            last_used_at: None,
        };
        let hash = [u8::try_from(name.len()).expect("a short name"); 32];
        let stored = StoredToken { token, maker: ann.id.clone(), hash };
        repository.create_token(&stored).await.expect("a new token");
    }
    bots::forget_expired_tokens(&server.services).await.expect("an answer");
    let left = repository.tokens(&ann.id).await.expect("an answer");
    let mut names: Vec<_> = left.iter().map(|token| &*token.name).collect();
    names.sort_unstable();
    assert_eq!(names, ["ended", "endless", "good"]);
    assert!(repository.token_by_hash(&[3; 32]).await.expect("an answer").is_none(), "its secret is deleted too");
}

pub async fn a_scrub_resumes_on_another_node_and_pauses_after_a_pass(place: Place) {
    let Place { repository, keep } = place;
    let first = support::start(Place { repository: repository.clone(), keep: Box::new(()) }).await;
    let second = support::start(Place { repository: repository.clone(), keep }).await;
    let ann = scene::user(&*repository, "ann").await;
    for number in 0..3 {
        let chat = format!("chat-{number}");
        scene::commit(&*repository, scene::create(&ann, &chat, ChatKind::Group, &[])).await.expect("a chat");
    }
    let stands = async || jobs::read(&*repository).await.expect("an answer").scrub;
    assert!(stands().await.ended_at.is_none());
    let (one, two) = tokio::join!(scrub::check_some(&first.services), scrub::check_some(&second.services));
    one.and(two).expect("an answer");
    let rested = stands().await;
    assert!(rested.is_between_passes() && rested.ended_at.is_some() && rested.problems() == 0, "{rested:?}");
    scrub::check_some(&second.services).await.expect("an answer");
    assert_eq!(stands().await, rested, "the next pass begins a day later");
    let mut root = ranked(&first, "root", ServerRole::Admin).await;
    let ran = root.command(json!({"type":"RUN_JOB","name":"scrub"})).await;
    assert_eq!(ran["job"]["problems"], 0, "{ran}");
}

pub async fn expired_bans_are_deleted(place: Place) {
    let server = support::start(place).await;
    let repository = &*server.services.repository;
    let now = server.services.clock.now();
    let until = |millis: i64| Some(Timestamp::from_millis(now.millis() + millis));
    for (name, until) in [("ended", until(-1)), ("banned", until(60_000)), ("for-good", None)] {
        let ban = Ban { by: "admin".into(), at: now, reason: None, until };
        let account = Account { ban: Some(ban), ..Account::new(scene::person(name)) };
        repository.create_account(&account).await.expect("a new account");
    }
    accounts::forget_expired_bans(&server.services).await.expect("an answer");
    for (name, is_banned) in [("ended", false), ("banned", true), ("for-good", true)] {
        let found = repository.account(&AccountName::Username(name.to_owned())).await.expect("an answer");
        assert_eq!(found.expect("an account").ban.is_some(), is_banned, "{name}");
    }
    assert_eq!(repository.expired_bans(now, 9).await.expect("an answer"), []);
}
