//! The audit log.

use pichat::protocol::{AuditEntry, AuditId, Timestamp};
use pichat::store::repository::{AuditQuery, Repository};

/// An entry of that hour since 1970; each is later than those of the hours before.
fn entry(hour: u64, actor: &str, target: Option<&str>) -> AuditEntry {
    let id = uuid::Builder::from_unix_timestamp_millis(hour * 3_600_000, &[7; 10]).into_uuid();
    AuditEntry {
        id: AuditId::from(id.to_string()),
        at: Timestamp::from_millis(i64::try_from(hour).expect("an hour") * 3_600_000),
        actor_id: actor.into(),
        command: "BAN_USER".into(),
        target_id: target.map(str::to_owned),
        chat_id: None,
        reason: Some(format!("reason {hour}")),
    }
}

async fn page(repository: &dyn Repository, query: AuditQuery) -> (Vec<AuditEntry>, bool) {
    let page = repository.audit_log(&query).await.expect("an answer");
    (page.items, page.more)
}

pub async fn entries_are_listed_newest_first_across_months(repository: &dyn Repository) {
    let entries: Vec<_> = (0..9).map(|number| entry(490_000 + number * 300, "ann", Some("ben"))).collect();
    for pair in entries.chunks(2) {
        repository.append_audit(pair).await.expect("an answer");
    }
    let mut seen = vec![];
    let mut before = None;
    loop {
        let (items, more) = page(repository, AuditQuery { before, limit: 2, ..AuditQuery::default() }).await;
        before = items.last().map(|last| last.id.clone());
        seen.extend(items);
        if !more {
            break;
        }
    }
    assert_eq!(seen, entries.into_iter().rev().collect::<Vec<_>>());
}

pub async fn entries_are_filtered_by_actor_and_target(repository: &dyn Repository) {
    let entries = [
        entry(490_000, "ann", Some("ben")),
        entry(490_001, "ann", None),
        entry(490_002, "dan", Some("ben")),
        entry(490_003, "dan", Some("ann")),
    ];
    repository.append_audit(&entries).await.expect("an answer");
    let limit = 9;
    let query = |actor: Option<&str>, target: Option<&str>| AuditQuery {
        actor: actor.map(Into::into),
        target: target.map(str::to_owned),
        before: None,
        limit,
    };
    for (query, places) in [
        (query(Some("ann"), None), &[1, 0][..]),
        (query(None, Some("ben")), &[2, 0]),
        (query(Some("dan"), Some("ben")), &[2]),
        (query(Some("nobody"), None), &[]),
    ] {
        let found = page(repository, query.clone()).await;
        let known: Vec<_> = places.iter().map(|place| entries[*place].clone()).collect();
        assert_eq!(found, (known, false), "{query:?}");
    }
}

pub async fn a_repeated_entry_is_stored_once(repository: &dyn Repository) {
    let first = entry(490_000, "ann", None);
    for _ in 0..2 {
        repository.append_audit(std::slice::from_ref(&first)).await.expect("an answer");
    }
    let other = AuditEntry { reason: None, ..first.clone() };
    repository.append_audit(&[other]).await.expect("an answer");
    assert_eq!(page(repository, AuditQuery { limit: 9, ..AuditQuery::default() }).await, (vec![first], false));
}
