//! Claims of operations: one of those who want it gets it, and a write under a lost claim does not happen.

use futures_util::future::join_all;
use pichat::domain::{OperationClaim, StoredOperation};
use pichat::protocol::error::Code;
use pichat::protocol::{ChatKind, Mute, Timestamp, UserId};
use pichat::store::repository::{Account, AccountName, Document, OperationUsage, Repository};

use super::scene::*;

fn claim(user: &UserId, id: &str, by: &str) -> OperationClaim {
    OperationClaim { user_id: user.clone(), id: id.into(), by: by.to_owned() }
}

fn wanted(claim: &OperationClaim) -> StoredOperation {
    StoredOperation {
        user_id: claim.user_id.clone(),
        id: claim.id.clone(),
        fingerprint: "what".into(),
        chat_id: None,
        seq: 0,
        outcome: String::new(),
        at: now(),
        claim: Some(claim.by.clone()),
    }
}

/// True if the claim was given.
async fn claims(repository: &dyn Repository, claim: &OperationClaim, over: Option<&str>) -> bool {
    repository.claim_operation(&wanted(claim), Timestamp::from_millis(0), over).await.expect("an answer").is_none()
}

/// The claim and the outcome of an operation.
async fn kept(repository: &dyn Repository, claim: &OperationClaim) -> Option<(Option<String>, String)> {
    let found = repository.operation(&claim.user_id, &claim.id).await.expect("an answer");
    found.map(|found| (found.claim, found.outcome))
}

pub async fn an_operation_is_claimed_by_one_of_those_who_want_it_at_once(repository: &dyn Repository) {
    let ann = UserId::from("ann");
    for round in 0..5 {
        let id = format!("op-{round}");
        let wanted: Vec<_> = (0..6).map(|number| claim(&ann, &id, &format!("n:{number}"))).collect();
        let given = join_all(wanted.iter().map(|claim| claims(repository, claim, None))).await;
        assert_eq!(given.iter().filter(|given| **given).count(), 1, "{given:?}");
        let winner = given.iter().position(|given| *given).map(|place| wanted[place].by.clone());
        assert_eq!(kept(repository, &wanted[0]).await, Some((winner, String::new())));
    }
    assert!(claims(repository, &claim(&"ben".into(), "op-0", "n:9"), None).await, "another user's");
}

pub async fn a_claim_ends_with_its_outcome_and_only_its_owner_ends_it(repository: &dyn Repository) {
    let ann = UserId::from("ann");
    let first = claim(&ann, "op", "n:1");
    let second = claim(&ann, "op", "m:2");
    assert!(claims(repository, &first, None).await);
    assert!(!claims(repository, &second, Some("n:other")).await, "not the one it takes over from");
    assert!(claims(repository, &second, Some("n:1")).await);
    repository.release_operation(&first).await.expect("nothing to do");
    repository.finish_operation(&first, "late").await.expect("nothing to do");
    assert_eq!(kept(repository, &first).await, Some((Some("m:2".into()), String::new())));
    repository.finish_operation(&second, "outcome").await.expect("an answer");
    repository.finish_operation(&second, "again").await.expect("nothing to do");
    repository.release_operation(&second).await.expect("nothing to do");
    assert_eq!(kept(repository, &first).await, Some((None, "outcome".into())));
    assert!(!claims(repository, &first, None).await, "it has an outcome");
    let later = Timestamp::from_millis(now().millis() + 1);
    let found = repository.claim_operation(&wanted(&first), later, None).await.expect("an answer");
    assert_eq!(found, None, "an outcome that has expired is none");
    repository.release_operation(&first).await.expect("an answer");
    assert_eq!(kept(repository, &first).await, None);
}

pub async fn a_write_ends_its_claim_and_does_not_happen_without_it(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[])]).await;
    let account =
        async || repository.account(&AccountName::Id(ann.id.clone())).await.expect("an answer").expect("her account");
    let renamed = async |name: &str| {
        let mut account = account().await;
        account.user.display_name = name.to_owned();
        account
    };
    let document = Document { version: 1, text: "{}".into() };
    for number in 0..4 {
        let id = format!("op-{number}");
        let lost = claim(&ann.id, &id, "n:1");
        let held = claim(&ann.id, &id, "m:2");
        assert!(claims(repository, &lost, None).await);
        assert!(claims(repository, &held, Some("n:1")).await);
        for owner in [&lost, &held] {
            let written = match number {
                0 => repository.update_account_once(&renamed("Ann Other").await, owner).await.map(drop),
                1 => repository.save_document_once("user:ann", &document, owner).await.map(drop),
                2 => repository.mute_once(&"c".into(), &ann.id, Mute::Always, owner).await.map(drop),
                _ => repository.mark_unread_once(&"c".into(), &ann.id, 1, owner).await.map(drop),
            };
            assert_eq!(written.is_ok(), owner.by == held.by, "{number}: {written:?}");
            let code = written.err().map(|error| pichat::protocol::error::Error::from(error).code);
            assert_eq!(code, (owner.by == lost.by).then_some(Code::Unavailable));
            let is_there = match number {
                0 => account().await.user.display_name == "Ann Other",
                1 => repository.document("user:ann").await.expect("an answer").is_some(),
                _ => {
                    let chat = repository.chat(&"c".into(), &ann.id).await.expect("an answer").expect("her chat");
                    let viewer = chat.viewer.expect("hers");
                    if number == 2 { viewer.muted } else { viewer.unread_from_seq == Some(1) }
                }
            };
            assert_eq!(is_there, owner.by == held.by, "{number}");
        }
        let ended = repository.ends_claims_with_writes().then_some((None, String::new()));
        assert_eq!(kept(repository, &held).await, ended.or(Some((Some("m:2".into()), String::new()))));
        repository.finish_operation(&held, "done").await.expect("an answer");
        assert_eq!(kept(repository, &held).await, Some((None, "done".into())));
        let expired = Timestamp::from_millis(now().millis() + 1);
        repository.claim_operation(&wanted(&held), expired, None).await.expect("an answer");
        repository.release_operation(&held).await.expect("an answer");
    }
    // What writes nothing ends nothing.
    let held = claim(&ann.id, "op", "m:2");
    assert!(claims(repository, &held, None).await);
    let old = Account { version: 1000, ..renamed("Ann Third").await };
    assert!(!repository.update_account_once(&old, &held).await.expect("an answer"));
    assert!(!repository.save_document_once("user:ann", &document, &held).await.expect("an answer"));
    assert_eq!(repository.mute_once(&"c".into(), &ben.id, Mute::Always, &held).await.expect("an answer"), None);
    assert_eq!(repository.mark_unread_once(&"c".into(), &ben.id, 1, &held).await.expect("an answer"), None);
    assert_eq!(kept(repository, &held).await, Some((Some("m:2".into()), String::new())));
}

pub async fn a_change_of_a_membership_is_made_once_whoever_resumes_it(repository: &dyn Repository) {
    let [ann, _, _] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Group, &[])]).await;
    let chat = "c".into();
    let mut resumed = 0;
    for is_given_back in [true, false] {
        for is_mute in [true, false] {
            let id = format!("op-{is_given_back}-{is_mute}");
            let first = claim(&ann.id, &id, "n:1");
            let second = claim(&ann.id, &id, "m:2");
            let write = async |claim: &OperationClaim| {
                if is_mute {
                    let before = repository.mute_once(&chat, &ann.id, Mute::Always, claim).await.expect("an answer");
                    before.expect("a member") != Mute::Always
                } else {
                    let is_new = repository.mark_unread_once(&chat, &ann.id, 1, claim).await.expect("an answer");
                    is_new.expect("a member")
                }
            };
            assert!(claims(repository, &first, None).await);
            assert!(write(&first).await, "{id}");
            // The first one has stopped before it kept the outcome, and another device has changed the state since.
            repository.mute(&chat, &ann.id, Mute::No).await.expect("an answer");
            repository.clear_unread(&chat, &ann.id, 1).await.expect("an answer");
            if is_given_back {
                repository.release_operation(&first).await.expect("an answer");
            }
            if claims(repository, &second, Some("n:1")).await {
                assert!(!write(&second).await, "{id}");
                resumed += 1;
            } else {
                assert_eq!(kept(repository, &first).await, Some((None, String::new())), "{id}");
            }
            let stored = repository.chat(&chat, &ann.id).await.expect("an answer").expect("her chat");
            let viewer = stored.viewer.expect("hers");
            assert_eq!((viewer.muted, viewer.unread_from_seq), (false, None), "{id}");
        }
    }
    assert_eq!(resumed, if repository.ends_claims_with_writes() { 0 } else { 4 });
    // An operation of another command is refused.
    let other = claim(&ann.id, "op-true-true", "k:3");
    repository.release_operation(&claim(&ann.id, "op-true-true", "m:2")).await.expect("an answer");
    let wanted = StoredOperation { fingerprint: "something else".into(), ..wanted(&other) };
    if repository.claim_operation(&wanted, Timestamp::from_millis(0), None).await.expect("an answer").is_none() {
        let refused = repository.mark_unread_once(&chat, &ann.id, 1, &other).await.expect_err("another command");
        assert_eq!(pichat::protocol::error::Error::from(refused).code, Code::Conflict);
    }
}

pub async fn the_outcomes_of_a_user_are_counted(repository: &dyn Repository) {
    let [ann, _, _] = three(repository).await;
    let usage = async || repository.operation_usage(&ann.id).await.expect("an answer");
    assert_eq!(usage().await, OperationUsage::default());
    for (number, outcome) in ["x", "yy", ""].into_iter().enumerate() {
        let claim = claim(&ann.id, &format!("op-{number}"), "n:1");
        assert!(claims(repository, &claim, None).await);
        repository.finish_operation(&claim, outcome).await.expect("an answer");
    }
    assert_eq!(usage().await, OperationUsage { count: 3, bytes: 3 });
    assert_eq!(repository.operation_usage(&"ben".into()).await.expect("an answer"), OperationUsage::default());
}
