//! Opening the database: ownership, refusals and their wording.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use pichat::ops::config::PostgresServer;
use pichat::protocol::ChatKind;
use pichat::protocol::error::Code;
use pichat::store::postgres::{PostgresOpenError, PostgresRepository};
use pichat::store::repository::Repository;

use crate::contract::scene::*;
use crate::support::postgres::{CERTIFICATE, shared};

async fn refusal(place: &PostgresServer) -> PostgresOpenError {
    PostgresRepository::open(place).await.expect_err("a refusal")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_starting_together_create_the_tables_once() {
    let Some(server) = shared().await else { return };
    let place = server.place().await;
    let opened = join_all((0..8).map(|_| PostgresRepository::open(&place))).await;
    let nodes: Vec<PostgresRepository> = opened.into_iter().map(|node| node.expect("the same tables")).collect();
    let ann = user(&nodes[0], "ann").await;
    talk(&nodes[7], "c", &[&ann], 3).await;
    assert_eq!(clock(&nodes[3], "c").await, 4);
    assert_eq!(clock(&PostgresRepository::open(&place).await.expect("the same tables"), "c").await, 4);
}

/// As in schemas without confusable keys, which allowed two confusable channels.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn confusable_keys_are_backfilled_and_the_oldest_channel_wins() {
    let Some(server) = shared().await else { return };
    let place = server.place().await;
    let repository = PostgresRepository::open(&place).await.expect("an empty schema");
    let [ann, ben, _] = three(&repository).await;
    let channel = |id: &str, name: &str| named(&ann, id, ChatKind::Channel, name, &[]);
    all(&repository, [channel("old", "спорт"), channel("young", "x"), channel("ascii", "plain")]).await;
    let before = "UPDATE channels SET look_key = NULL; UPDATE channels SET name_key = 'спoрт' WHERE chat_id = 'young'; \
        UPDATE chats SET name = 'спoрт', name_key = 'спoрт' WHERE id = 'young'";
    server.execute_in(&place, before).await;
    for _ in 0..2 {
        let repository = PostgresRepository::open(&place).await.expect("the same tables");
        for name in ["спoрт", "cпoрт", "Спорт", "plаin"] {
            let refused = commit(&repository, named(&ben, "new", ChatKind::Channel, name, &[])).await;
            assert_eq!(code(refused), Code::Conflict, "{name}");
        }
        // The newer channel is unchanged.
        all(&repository, [join(&ben, "young"), leave(&ben, "young")]).await;
        assert_eq!(repository.channel_named("спoрт").await.expect("an answer"), Some("young".into()));
    }
}

/// As in versions that kept double blanks.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_stored_with_double_blanks_is_found_and_renamed() {
    let Some(server) = shared().await else { return };
    let place = server.place().await;
    let repository = PostgresRepository::open(&place).await.expect("an empty schema");
    let [ann, ben, _] = three(&repository).await;
    let channel = |id: &str, name: &str| named(&ann, id, ChatKind::Channel, name, &[]);
    all(&repository, [channel("wide", "x"), channel("other", "y")]).await;
    let before = "UPDATE channels SET look_key = 'team  a', name_key = 'team  a' WHERE chat_id = 'wide'; \
        UPDATE channels SET look_key = 'team - b', name_key = 'team - b' WHERE chat_id = 'other'; \
        UPDATE chats SET name = 'team  a', name_key = 'team  a' WHERE id = 'wide'; \
        UPDATE chats SET name = 'team - b', name_key = 'team - b' WHERE id = 'other'; \
        DELETE FROM refinery_schema_history WHERE version >= 26";
    server.execute_in(&place, before).await;
    let repository = PostgresRepository::open(&place).await.expect("the same tables");
    for (name, id) in [("team a", "wide"), ("team  a", "wide"), ("team-b", "other"), ("team - b", "other")] {
        assert_eq!(repository.channel_named(name).await.expect("an answer"), Some(id.into()), "{name}");
    }
    for name in ["team a", "team-b"] {
        let refused = commit(&repository, named(&ben, "new", ChatKind::Channel, name, &[])).await;
        assert_eq!(code(refused), Code::Conflict, "{name}");
    }
    all(&repository, [rename(&ann, "wide", "team a"), rename(&ann, "other", "team-b")]).await;
    assert_eq!(repository.channel_named("team  a").await.expect("an answer"), Some("wide".into()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newer_database_schema_is_refused() {
    let Some(server) = shared().await else { return };
    let place = server.place().await;
    drop(PostgresRepository::open(&place).await.expect("an empty schema"));
    let later = "INSERT INTO refinery_schema_history VALUES (9999, 'later', '2030-01-01T00:00:00Z', '1')";
    server.execute_in(&place, later).await;
    let error = refusal(&place).await;
    assert!(matches!(error, PostgresOpenError::Newer { found: 9999, .. }), "{error:?}");
    assert!(error.to_string().contains("newer version of PiChat") && !error.to_string().contains('\n'), "{error}");
    assert!(
        error.to_string().ends_with("; start that version, or restore a backup from before the upgrade"),
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_programs_tables_are_refused_and_untouched() {
    let Some(server) = shared().await else { return };
    let place = server.place().await;
    server.execute_in(&place, "CREATE TABLE users (theirs text)").await;
    let error = refusal(&place).await;
    assert!(matches!(error, PostgresOpenError::Foreign { .. }), "{error:?}");
    server.execute_in(&place, "INSERT INTO users (theirs) VALUES ('still theirs')").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unreachable_server_is_named_without_the_password() {
    let begun = Instant::now();
    let nowhere = PostgresServer::from_url("postgres://ann:s3cret@127.0.0.1:9/chat", 4).expect("a valid address");
    let error = refusal(&nowhere).await.to_string();
    assert_eq!(error, "cannot connect to PostgreSQL at 127.0.0.1:9, database chat: Connection refused (os error 111)");
    assert!(begun.elapsed() < Duration::from_secs(20));
    let Some(server) = shared().await else { return };
    let absent = server.url().replace("/postgres?", "/absent?");
    let error = refusal(&PostgresServer::from_url(&absent, 4).expect("a valid address")).await.to_string();
    assert!(error.contains("database \"absent\" does not exist"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn certificates_are_verified_when_configured() {
    let Some(server) = shared().await else { return };
    let schema = server.place().await;
    let at = |host: &str, parameters: &str| {
        let url = server.url_of(&schema).replace("127.0.0.1", host).replace("sslmode=disable", parameters);
        PostgresServer::from_url(&url, 4).expect("a valid address")
    };
    let root = CERTIFICATE.replace('/', "%2F");
    let trusted = at("localhost", &format!("sslmode=verify-full&sslrootcert={root}"));
    let repository = PostgresRepository::open(&trusted).await.expect("a certificate that is trusted");
    user(&repository, "ann").await;
    server.execute_in(&schema, "DO $$ BEGIN ASSERT (SELECT count(*) > 0 FROM pg_stat_ssl WHERE ssl); END $$").await;
    drop(PostgresRepository::open(&at("localhost", "sslmode=require")).await.expect("any certificate will do"));
    let error = refusal(&at("localhost", "sslmode=verify-full")).await.to_string();
    assert!(error.contains("certificate") && !error.contains('\n'), "{error}");
    let error = refusal(&at("localhost", "sslmode=verify-full&sslrootcert=/none.pem")).await.to_string();
    assert!(error.contains("sslrootcert /none.pem"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn waiting_for_a_connection_is_bounded() {
    let Some(server) = shared().await else { return };
    let place = server.place().await;
    let repository = PostgresRepository::open(&PostgresServer { connections: 2, ..place.clone() }).await;
    let repository = repository.expect("an empty schema");
    let ann = user(&repository, "ann").await;
    talk(&repository, "c", &[&ann], 0).await;
    let holder = server.connect_in(&place).await;
    holder.batch_execute("BEGIN; SELECT * FROM chats FOR UPDATE").await.expect("the rows");
    let held = commit(&repository, send(&ann, "c", "m"));
    let reads = async {
        let all = join_all((0..50).map(|_| clock(&repository, "c"))).await;
        assert!(all.iter().all(|clock| *clock == 1), "reads continue");
        holder.batch_execute("ROLLBACK").await.expect("the end");
    };
    let (held, ()) = tokio::join!(held, reads);
    // On a busy machine reads may outlast a writer's timeout.
    let held = match held {
        Err(error) if error.code == Code::Unavailable => commit(&repository, send(&ann, "c", "m")).await,
        held => held,
    };
    assert_eq!(message(&held.expect("its turn")).seq, 2);
    holder.batch_execute("BEGIN; SELECT * FROM chats FOR UPDATE").await.expect("the rows");
    assert_eq!(code(commit(&repository, send(&ann, "c", "n")).await), Code::Unavailable);
    holder.batch_execute("ROLLBACK").await.expect("the end");
    assert_eq!(message(&commit(&repository, send(&ann, "c", "n")).await.expect("its turn")).seq, 3);
}
