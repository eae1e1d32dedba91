//! Chat digests: equal on every store, and always of one position.

use std::collections::HashMap;

use pichat::domain::{Action, Change};
use pichat::protocol::{ChatKind, ChatRole, Mute, Seq, Timestamp, User};
use pichat::store::digest::{DigestAt, digest_of};
use pichat::store::repository::{Advance, Repository};

use super::scene::*;

async fn digest(repository: &dyn Repository, chat: &str) -> DigestAt {
    digest_of(repository, &chat.into()).await.expect("an answer").expect("the chat")
}

/// Commits each change separately, one millisecond apart from a fixed time.
async fn at_fixed_times(repository: &dyn Repository, changes: impl IntoIterator<Item = Change>) {
    for (place, change) in changes.into_iter().enumerate() {
        let at = Timestamp::from_millis(1_800_000_000_000 + i64::try_from(place).expect("a small number"));
        for result in repository.commit([change].into(), at).await {
            result.expect("an allowed change");
        }
    }
}

fn history_of(ann: &User, ben: &User, cem: &User) -> Vec<Change> {
    let mut draft = draft("m3", "Grüße \u{1f600} \"quoted\" \\ \u{7f} @ben");
    draft.reply_to = Some("m1".into());
    draft.metadata = Some(serde_json::from_str(r#"{"n":12345678901234567890.10,"a":[1,null]}"#).expect("an object"));
    vec![
        create(ann, "c", ChatKind::Group, &[ben]),
        send(ben, "c", "m1"),
        send(ann, "c", "m2"),
        change(ann, "c", Action::Send(draft)),
        add(ann, "c", &[cem]),
        change(ann, "c", Action::SetRole { user_id: cem.id.clone(), role: ChatRole::Admin }),
        edit(ann, "c", "m2", "edited"),
        react(ben, "c", "m1", "👍", true),
        react(cem, "c", "m1", "👍", true),
        react(cem, "c", "m3", ":shipit:", true),
        react(cem, "c", "m3", ":shipit:", false),
        pin(ann, "c", "m1", true),
        pin(ann, "c", "m3", true),
        pin(ann, "c", "m1", false),
        send(cem, "c", "m4"),
        erase(cem, "c", "m4"),
        leave(ben, "c"),
    ]
}

pub async fn equal_histories_have_equal_digests_on_every_store(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    assert_eq!(digest_of(repository, &"c".into()).await.expect("an answer"), None);
    at_fixed_times(repository, history_of(&ann, &ben, &cem)).await;
    let found = digest(repository, "c").await;
    assert_eq!(found.seq, 17);
    // Computed by an independent program from the final state of this history.
    assert_eq!(found.digest.to_string(), "e58937556c40f03444bb2555a034d867b7931290869b88075fa4b5f727f5ee9b");
    // Changes without a position are not included.
    let step =
        Advance { chat: "c".into(), user: ann.id.clone(), read: 9, delivered: 9, at: now(), clears_unread: false };
    repository.mark(&[step]).await.expect("an answer");
    repository.mark_unread(&"c".into(), &ann.id, 3).await.expect("an answer");
    repository.mute(&"c".into(), &ann.id, Mute::Always).await.expect("an answer");
    assert_eq!(digest(repository, "c").await, found);
}

pub async fn a_digest_is_consistent_under_concurrent_writes(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    // More than one page, so that writes fall between the reads.
    talk(repository, "c", &[&ann, &ben], 300).await;
    let mut expected: HashMap<Seq, DigestAt> = HashMap::new();
    let write = async {
        for round in 0..12 {
            let known = digest(repository, "c").await;
            expected.insert(known.seq, known);
            let changes = [
                edit(&ann, "c", "m2", &format!("edited {round}")),
                react(&ben, "c", "m300", "👍", round % 2 == 0),
                pin(&ann, "c", "m4", round % 2 == 0),
            ];
            all(repository, changes).await;
        }
        let known = digest(repository, "c").await;
        expected.insert(known.seq, known);
    };
    let mut seen = vec![];
    let look = async {
        for _ in 0..30 {
            match digest_of(repository, &"c".into()).await {
                Ok(found) => seen.push(found.expect("the chat")),
                Err(error) => assert!(error.is_temporary(), "{error:?}"),
            }
        }
    };
    tokio::join!(write, look);
    let mut known: HashMap<Seq, DigestAt> = expected;
    for found in seen {
        assert_eq!(*known.entry(found.seq).or_insert(found), found);
    }
    let mut digests: Vec<String> = known.values().map(|found| found.digest.to_string()).collect();
    let positions = digests.len();
    digests.sort();
    digests.dedup();
    assert_eq!(digests.len(), positions, "two positions have the same digest");
}
