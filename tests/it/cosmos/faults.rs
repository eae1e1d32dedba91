//! Failing requests, by the SDK's fault injection and by an emulator that stops.

use std::sync::Arc;
use std::time::Duration;

use azure_data_cosmos::fault_injection::{
    FaultInjectionConditionBuilder, FaultInjectionErrorType, FaultInjectionResultBuilder, FaultInjectionRule,
    FaultInjectionRuleBuilder, FaultOperationType,
};
use azure_data_cosmos::{AccountReference, CosmosClient, RoutingStrategy};
use pichat::ops::config::{CosmosAccount, CosmosCredential};
use pichat::protocol::error::Code;
use pichat::protocol::{ChatId, ChatKind, Seq, User};
use pichat::store::cosmos::{CosmosRepository, operation_options};
use pichat::store::repository::{Repository, Window};
use secrecy::ExposeSecret;
use serde_json::json;

use crate::contract::backends::Place;
use crate::contract::scene::*;
use crate::support;
use crate::support::emulator::{self, Emulator};

const WRITERS: usize = 8;
const MESSAGES: usize = 25;

type Rules = Vec<Arc<FaultInjectionRule>>;

fn rule(name: &str, error: FaultInjectionErrorType, probability: f32) -> Arc<FaultInjectionRule> {
    let result = FaultInjectionResultBuilder::new().with_error(error).with_probability(probability).build();
    let rule = FaultInjectionRuleBuilder::new(name.to_owned(), result);
    Arc::new(rule.with_condition(FaultInjectionConditionBuilder::new().with_container_id("messages").build()).build())
}

async fn faulty(account: &CosmosAccount, rules: Rules) -> CosmosRepository {
    let CosmosCredential::Key(key) = &account.credential else { panic!("tests set a key") };
    let endpoint = account.endpoint.parse().expect("an address");
    let reference = AccountReference::with_authentication_key(endpoint, key.expose_secret().to_owned());
    for rule in &rules {
        rule.disable();
    }
    pichat::ops::crypto::install();
    let client = CosmosClient::builder()
        .with_default_operation_options(operation_options())
        .with_fault_injection_rules(rules.clone())
        .expect("good rules")
        .build(reference, RoutingStrategy::PreferredRegions(vec![]))
        .await
        .expect("the account");
    let repository = CosmosRepository::over(&client, account).await.expect("the containers");
    for rule in &rules {
        rule.enable();
    }
    repository
}

async fn account() -> CosmosAccount {
    tokio::task::spawn_blocking(emulator::account).await.expect("an account")
}

/// Retries until acknowledged, as a client does; returns the message's `seq`.
async fn send_until_told(repository: &CosmosRepository, user: &User, id: &str) -> Seq {
    for attempt in 0..50 {
        match commit(repository, send(user, "c", id)).await {
            Ok(outcome) => {
                assert!(attempt > 0 || !outcome.duplicate, "{id} was reported as a duplicate although it was new");
                return message(&outcome).seq;
            }
            Err(error) => assert!(matches!(error.code, Code::Unavailable | Code::RateLimited), "{error:?}"),
        }
    }
    panic!("{id} was never acknowledged");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clocks_have_no_gaps_with_lost_replies_and_refusals() {
    let account = account().await;
    let sound = CosmosRepository::open(&account).await.expect("new containers");
    let [ann, ben, cem] = three(&sound).await;
    all(&sound, [create(&ann, "c", ChatKind::Group, &[&ben, &cem])]).await;
    let users = [&ann, &ben, &cem];
    let writers = (0..WRITERS).map(|writer| {
        let account = &account;
        let user = users[writer % 3];
        async move {
            let rules = vec![
                rule("lost", FaultInjectionErrorType::ResponseTimeoutAfterService, 0.1),
                rule("throttled", FaultInjectionErrorType::TooManyRequests, 0.1),
                rule("unavailable", FaultInjectionErrorType::ServiceUnavailable, 0.1),
            ];
            let node = faulty(account, rules).await;
            let mut told = vec![];
            for index in 0..MESSAGES {
                let id = format!("{writer}-{index}");
                told.push((send_until_told(&node, user, &id).await, id));
            }
            told
        }
    });
    let mut told = futures_util::future::join_all(writers).await.concat();
    told.sort();
    let stored = history(&sound, query("c", Window::Newest, 500)).await.messages;
    let stored: Vec<(Seq, String)> = stored.iter().map(|message| (message.seq, message.id.to_string())).collect();
    assert_eq!(stored, told);
    let last = 1 + (WRITERS * MESSAGES) as u64;
    assert_eq!(stored.iter().map(|(seq, _)| *seq).collect::<Vec<_>>(), (2..=last).collect::<Vec<_>>());
}

/// The clock is read before the messages; a change in between must not be missed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_changing_during_sync_is_not_missed() {
    let emulator = tokio::task::spawn_blocking(|| Emulator::start(0)).await.expect("an emulator");
    let account = emulator::account_of(&emulator);
    let sound = CosmosRepository::open(&account).await.expect("new containers");
    let [ann, ben, _] = three(&sound).await;
    talk(&sound, "c", &[&ann, &ben], 3).await;
    let queries = FaultInjectionConditionBuilder::new().with_container_id("messages");
    let queries = queries.with_operation_type(FaultOperationType::QueryItem).build();
    let slow = FaultInjectionResultBuilder::new().with_delay(Duration::from_secs(2)).build();
    let slow = FaultInjectionRuleBuilder::new("slow".to_owned(), slow).with_condition(queries).build();
    let reader = Arc::new(faulty(&account, vec![Arc::new(slow)]).await);
    let before = requests(&account).await;
    let reading = reader.clone();
    let user = ben.id.clone();
    let read = tokio::spawn(async move { reading.changes(&"c".into(), &user, 0, 50).await });
    while requests(&account).await == before {
        tokio::task::yield_now().await;
    }
    // The head has been read; the following query is blocked.
    all(&sound, [react(&ben, "c", "m3", "👍", true)]).await;
    let changes = read.await.expect("no panic").expect("an answer").expect("a member");
    let ids: Vec<_> = changes.messages.iter().map(|message| &*message.id).collect();
    assert_eq!((ids, changes.seq), (vec!["m2", "m4", "m3"], 4));
}

async fn requests(account: &CosmosAccount) -> u64 {
    let account = account.clone();
    tokio::task::spawn_blocking(move || emulator::requests(&account)).await.expect("a count")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_with_a_lost_reply_is_reported_as_new() {
    let account = account().await;
    let sound = CosmosRepository::open(&account).await.expect("new containers");
    let [ann, ben, cem] = three(&sound).await;
    let node = faulty(&account, vec![rule("lost", FaultInjectionErrorType::ResponseTimeoutAfterService, 0.5)]).await;
    for round in 0..6 {
        let chat = format!("c{round}");
        let wishes = [
            create(&ann, &chat, ChatKind::Channel, &[&ben]),
            join(&cem, &chat),
            rename(&ann, &chat, &format!("renamed {round}")),
            send(&cem, &chat, "m"),
            leave(&ben, &chat),
        ];
        for (index, wish) in wishes.into_iter().enumerate() {
            let outcome = commit(&node, wish.clone()).await.unwrap_or_else(|error| panic!("{wish:?}: {error:?}"));
            assert!(!outcome.duplicate, "{wish:?}");
            assert_eq!(outcome.event.seq(), Some(index as u64 + 1), "{wish:?}");
        }
        assert!(sound.memberships(&cem.id).await.expect("an answer").contains(&chat.as_str().into()));
        assert!(!sound.memberships(&ben.id).await.expect("an answer").contains(&chat.as_str().into()));
        let outcome = commit(&node, delete(&ann, &chat)).await.expect("the owner may");
        assert_eq!(outcome.event.seq(), None);
        assert_eq!(chat_of(&sound, &chat, &ann).await, None);
    }
}

async fn chat_of(repository: &CosmosRepository, id: &str, user: &User) -> Option<pichat::protocol::Chat> {
    repository.chat(&ChatId::from(id), &user.id).await.expect("an answer")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn throttling_reports_the_retry_delay() {
    let account = account().await;
    let sound = CosmosRepository::open(&account).await.expect("new containers");
    let [ann, ben, _] = three(&sound).await;
    talk(&sound, "c", &[&ann, &ben], 1).await;
    let throttled = rule("throttled", FaultInjectionErrorType::TooManyRequests, 1.0);
    let node = faulty(&account, vec![throttled.clone()]).await;
    for error in [
        commit(&node, send(&ann, "c", "m")).await.expect_err("a refusal"),
        refusal(node.chat_access(&ChatId::from("c"), &ann.id).await),
    ] {
        assert_eq!(error.code, Code::RateLimited, "{error:?}");
        assert!(error.retry_after.is_some(), "{error:?}");
    }
    throttled.disable();
    assert_eq!(message(&all(&node, [send(&ann, "c", "m")]).await[0]).seq, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_that_was_not_sent_can_be_retried() {
    let account = account().await;
    let sound = CosmosRepository::open(&account).await.expect("new containers");
    let [ann, ben, _] = three(&sound).await;
    talk(&sound, "c", &[&ann, &ben], 1).await;
    let condition = FaultInjectionConditionBuilder::new().with_operation_type(FaultOperationType::BatchItem).build();
    let result = FaultInjectionResultBuilder::new().with_error(FaultInjectionErrorType::ServiceUnavailable).build();
    let down = Arc::new(FaultInjectionRuleBuilder::new("down", result).with_condition(condition).build());
    let node = faulty(&account, vec![down.clone()]).await;
    let batch = [send(&ann, "c", "m"), send(&ben, "c", "n")];
    for result in node.commit(batch_of(&batch), now()).await {
        let error = refusal(result);
        assert_eq!((error.code, error.retry_after.is_some()), (Code::Unavailable, true));
    }
    down.disable();
    let seqs: Vec<Seq> =
        node.commit(batch_of(&batch), now()).await.into_iter().map(|one| message(&one.expect("new")).seq).collect();
    assert_eq!(seqs, [3, 4]);
}

/// The emulator keeps no data when it stops, so the data is recreated before the server is used again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_survives_a_storage_outage() {
    let emulator = tokio::task::spawn_blocking(|| Emulator::start(0)).await.expect("an emulator");
    let account = emulator::account_of(&emulator);
    let repository = Arc::new(CosmosRepository::open(&account).await.expect("new containers"));
    let server = support::start(Place { repository, keep: Box::new(()) }).await;
    let mut ann = server.user("ann").await;
    let made = ann.command(json!({"type":"CREATE_CHAT","name":"before"})).await;
    let send = |id: usize| json!({"type":"SEND_MESSAGE","chatId":made["chatId"],"id":format!("m{id}"),"content":"hi"});
    for id in 0..5 {
        assert_eq!(ann.command(send(id)).await["type"], "NEW_MESSAGE");
    }
    for id in 5..10 {
        ann.send(send(id)).await;
    }
    let port = emulator.port();
    tokio::task::spawn_blocking(move || drop(emulator)).await.expect("an end");
    let mut codes = vec![];
    for _ in 5..10 {
        codes.push(ann.next().await);
    }
    let refused = ann.command(send(10)).await;
    assert_eq!((&refused["code"], refused["retryAfterMs"].is_u64()), (&json!("UNAVAILABLE"), true), "{codes:?}");
    assert_eq!(ann.command(json!({"type":"PING"})).await["type"], "PONG");

    let _emulator = tokio::task::spawn_blocking(move || Emulator::start(port)).await.expect("an emulator");
    let anew = CosmosRepository::open(&account).await.expect("new containers");
    let user = User { id: ann.user_id.as_str().into(), ..person("ann") };
    kept(&anew, &user).await;
    let mut made = json!(null);
    for _ in 0..20 {
        made = ann.reply(json!({"type":"CREATE_CHAT","name":"after","id":"after"})).await;
        if made["type"] == "NEW_CHAT" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(made["type"], "NEW_CHAT", "{made}");
    let sent = ann.reply(json!({"type":"SEND_MESSAGE","chatId":"after","content":"hi"})).await;
    assert_eq!((&sent["type"], &sent["seq"]), (&json!("NEW_MESSAGE"), &json!(2)), "{sent}");
    assert_eq!(history(&anew, query("after", Window::Newest, 5)).await.messages.len(), 1);
}
