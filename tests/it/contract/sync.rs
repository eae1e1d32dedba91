//! Changes since a position.

use pichat::domain::Action;
use pichat::protocol::{ChatId, ChatKind, Seq, User};
use pichat::store::repository::{Changes, Repository};

use super::scene::*;

async fn since(repository: &dyn Repository, user: &User, after: Seq, limit: usize) -> Changes {
    repository.changes(&ChatId::from("c"), &user.id, after, limit).await.expect("an answer").expect("a member")
}

pub async fn no_changes_are_returned_at_the_current_position(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 3).await;
    let found = since(repository, &ann, 4, 10).await;
    assert_eq!((found.marks.len(), found.seq, &found.messages), (2, 4, &vec![]));
    assert!(found.chat.is_none() && found.members.is_none() && !found.more && !found.reset);
}

pub async fn only_members_get_changes(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    all(repository, [create(&ann, "c", ChatKind::Channel, &[&ben]), leave(&ben, "c")]).await;
    for (chat, user) in [("c", &ben), ("c", &cem), ("none", &ann)] {
        assert_eq!(repository.changes(&ChatId::from(chat), &user.id, 0, 9).await.expect("an answer"), None);
    }
}

pub async fn changed_messages_are_paged_from_a_position(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 10).await;
    let first = since(repository, &ann, 3, 4).await;
    assert_eq!((seqs(&first.messages), first.seq, first.more), ((4..=7).collect(), 7, true));
    let second = since(repository, &ann, first.seq, 4).await;
    assert_eq!((seqs(&second.messages), second.seq, second.more), ((8..=11).collect(), 11, false));
    assert_eq!((second.chat, second.members), (None, None));
}

pub async fn a_page_limit_of_zero_keeps_the_position(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 3).await;
    let none = since(repository, &ann, 2, 0).await;
    assert_eq!((none.messages.len(), none.seq, none.more), (0, 2, true));
    let none = since(repository, &ann, 4, 0).await;
    assert_eq!((none.messages.len(), none.seq, none.more), (0, 4, false));
}

pub async fn chat_and_members_are_included_only_if_changed(repository: &dyn Repository) {
    let [ann, ben, cem] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 2).await;
    all(repository, [rename(&ann, "c", "new"), send(&ann, "c", "x"), add(&ann, "c", &[&cem]), send(&ben, "c", "y")])
        .await;
    let everything = since(repository, &ben, 0, 1).await;
    assert_eq!((seqs(&everything.messages), everything.seq, everything.more), (vec![2], 2, true));
    assert_eq!(everything.chat, chat(repository, "c", &ben).await);
    let members = repository.members(&ChatId::from("c"), None, 9).await.expect("an answer");
    assert_eq!(everything.members, Some(members.clone()));
    let later = since(repository, &ben, 3, 9).await;
    assert_eq!((later.chat.is_some(), later.members), (true, Some(members)));
    let last = since(repository, &ben, 6, 9).await;
    assert_eq!((last.chat, last.members, seqs(&last.messages), last.seq), (None, None, vec![7], 7));
    all(repository, [rename(&ann, "c", "newer")]).await;
    let renamed = since(repository, &ben, 7, 9).await;
    assert_eq!((renamed.chat.map(|chat| chat.name), renamed.members, renamed.seq), (Some("newer".into()), None, 8));
}

pub async fn a_position_beyond_the_clock_resets_the_chat(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 3).await;
    let fresh = since(repository, &ann, 0, 9).await;
    assert!(!fresh.reset && fresh.chat.is_some() && fresh.members.is_some());
    for after in [5, u64::MAX] {
        assert_eq!(since(repository, &ann, after, 9).await, Changes { reset: true, ..fresh.clone() });
    }
}

pub async fn a_page_of_changes_is_bounded_in_bytes(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 0).await;
    let send = |id: &str, kib: usize| change(&ann, "c", Action::Send(draft(id, &"x".repeat(kib * 1024))));
    all(repository, [send("a", 300), send("b", 300), send("c", 600), send("d", 1), send("e", 1)]).await;
    let mut pages = vec![];
    let mut after = 1;
    loop {
        let page = since(repository, &ben, after, 99).await;
        after = page.seq;
        pages.push(seqs(&page.messages));
        if !page.more {
            break;
        }
    }
    assert_eq!(pages, [vec![2], vec![3], vec![4], vec![5, 6]]);
}

pub async fn changes_include_only_the_first_members_of_a_large_chat(repository: &dyn Repository) {
    let ann = user(repository, "ann").await;
    let mut others = vec![];
    for number in 0..204 {
        others.push(user(repository, &format!("user{number}")).await);
    }
    all(repository, [create(&ann, "c", ChatKind::Group, &others.iter().take(199).collect::<Vec<_>>())]).await;
    for (more, is_cut) in [(0, false), (1, true), (5, true)] {
        if more > 0 {
            all(repository, [add(&ann, "c", &others.iter().skip(199).take(more).collect::<Vec<_>>())]).await;
        }
        let members = since(repository, &ann, 0, 9).await.members.expect("they changed");
        assert_eq!((members.items.len(), members.more), (200, is_cut), "{more} more");
        let first = repository.members(&ChatId::from("c"), None, 200).await.expect("an answer");
        assert_eq!(members, first);
    }
}
