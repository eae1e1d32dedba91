//! Pages of messages.

use pichat::domain::Action;
use pichat::protocol::ChatKind;
use pichat::store::repository::{HistoryQuery, Repository, Window};

use super::scene::*;

async fn page(repository: &dyn Repository, window: Window, limit: usize) -> (Vec<u64>, bool) {
    let page = history(repository, query("c", window, limit)).await;
    (seqs(&page.messages), page.more)
}

fn range(from: u64, to: u64) -> Vec<u64> {
    (from..=to).collect()
}

pub async fn the_newest_messages_are_returned_without_a_cursor(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 10).await;
    assert_eq!(page(repository, Window::Newest, 4).await, (range(8, 11), true));
    assert_eq!(page(repository, Window::Newest, 10).await, (range(2, 11), false));
    assert_eq!(page(repository, Window::Newest, 99).await, (range(2, 11), false));
    let newest = history(repository, query("c", Window::Newest, 1)).await;
    assert_eq!((newest.seq, newest.total), (11, None));
    all(repository, [create(&ann, "empty", ChatKind::Group, &[])]).await;
    let empty = history(repository, query("empty", Window::Newest, 5)).await;
    assert_eq!((empty.messages, empty.more, empty.seq), (vec![], false, 1));
}

pub async fn pages_before_and_after_a_position_meet_without_a_gap(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 10).await;
    assert_eq!(page(repository, Window::Before(8), 3).await, (range(5, 7), true));
    assert_eq!(page(repository, Window::Before(5), 3).await, (range(2, 4), false));
    assert_eq!(page(repository, Window::Before(2), 3).await, (vec![], false));
    assert_eq!(page(repository, Window::Before(u64::MAX), 3).await, (range(9, 11), true));
    assert_eq!(page(repository, Window::After(0), 3).await, (range(2, 4), true));
    assert_eq!(page(repository, Window::After(4), 3).await, (range(5, 7), true));
    assert_eq!(page(repository, Window::After(8), 3).await, (range(9, 11), false));
    assert_eq!(page(repository, Window::After(11), 3).await, (vec![], false));
    assert_eq!(page(repository, Window::After(u64::MAX), 3).await, (vec![], false));
}

pub async fn a_page_around_a_position_fills_from_the_other_side(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 20).await;
    assert_eq!(page(repository, Window::Around(10), 6).await, (range(7, 12), true));
    assert_eq!(page(repository, Window::Around(10), 5).await, (range(8, 12), true));
    assert_eq!(page(repository, Window::Around(10), 1).await, (range(10, 10), true));
    assert_eq!(page(repository, Window::Around(3), 6).await, (range(2, 7), true));
    assert_eq!(page(repository, Window::Around(0), 6).await, (range(2, 7), true));
    assert_eq!(page(repository, Window::Around(20), 6).await, (range(16, 21), true));
    assert_eq!(page(repository, Window::Around(900), 6).await, (range(16, 21), true));
    assert_eq!(page(repository, Window::Around(10), 50).await, (range(2, 21), false));
    assert_eq!(page(repository, Window::Around(10), 20).await, (range(2, 21), false));
}

pub async fn numbered_pages_count_from_the_newest_and_report_the_total(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 10).await;
    for (skip, expected, more) in [(0, range(8, 11), true), (4, range(4, 7), true), (8, range(2, 3), false)] {
        let page = history(repository, query("c", Window::Skip(skip), 4)).await;
        assert_eq!((seqs(&page.messages), page.more, page.total), (expected, more, Some(10)));
    }
    let beyond = history(repository, query("c", Window::Skip(u64::MAX), 4)).await;
    assert_eq!((beyond.messages, beyond.more, beyond.total), (vec![], false, Some(10)));
}

pub async fn a_page_can_be_filtered_by_sender_or_text(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 10).await;
    for text in ["Straße 100%", "STRASSE_", "straSSe"] {
        all(repository, [change(&ann, "c", Action::Send(draft(text.get(..3).expect("ASCII"), text)))]).await;
    }
    let of = |sender: Option<&str>, search: Option<&str>, window, limit| HistoryQuery {
        sender: sender.map(|_| ben.id.clone()),
        search: search.map(str::to_owned),
        ..query("c", window, limit)
    };
    let page = history(repository, of(Some("ben"), None, Window::Newest, 3)).await;
    assert_eq!((seqs(&page.messages), page.more), (vec![7, 9, 11], true));
    let page = history(repository, of(Some("ben"), None, Window::Skip(3), 3)).await;
    assert_eq!((seqs(&page.messages), page.more, page.total), (vec![3, 5], false, Some(5)));
    let page = history(repository, of(None, Some("STRAßE"), Window::Newest, 9)).await;
    assert_eq!(seqs(&page.messages), [12, 13, 14]);
    let page = history(repository, of(None, Some("strasse"), Window::After(12), 9)).await;
    assert_eq!(seqs(&page.messages), [13, 14]);
    for (search, found) in [("0%", vec![12]), ("e_", vec![13]), ("%", vec![12]), ("nothing", vec![])] {
        let page = history(repository, of(None, Some(search), Window::Newest, 9)).await;
        assert_eq!(seqs(&page.messages), found, "{search}");
    }
    let page = history(repository, of(Some("ben"), Some("m1"), Window::Around(5), 9)).await;
    assert_eq!(seqs(&page.messages), [11]);
}

pub async fn a_page_is_bounded_in_bytes(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 0).await;
    let long = "x".repeat(200 * 1024);
    let sends = (2..=9).map(|index| change(&ann, "c", Action::Send(draft(&format!("m{index}"), &long))));
    all(repository, sends).await;
    assert_eq!(page(repository, Window::Newest, 50).await, (range(8, 9), true));
    assert_eq!(page(repository, Window::Before(8), 50).await, (range(6, 7), true));
    assert_eq!(page(repository, Window::After(1), 50).await, (range(2, 3), true));
    assert_eq!(page(repository, Window::After(7), 50).await, (range(8, 9), false));
    assert_eq!(page(repository, Window::Around(5), 50).await, (range(4, 5), true));
    assert_eq!(page(repository, Window::Skip(0), 5).await, (range(5, 9), true));
}

pub async fn an_unknown_chat_has_no_history(repository: &dyn Repository) {
    let found = repository.history(&query("none", Window::Newest, 5)).await.expect("an answer");
    assert_eq!(found, None);
}

pub async fn pages_are_stable_under_concurrent_writes(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 30).await;
    let mut seen = vec![];
    let mut from = u64::MAX;
    loop {
        let (mut found, more) = page(repository, Window::Before(from), 7).await;
        from = *found.first().expect("a message");
        found.append(&mut seen);
        seen = found;
        all(repository, [send(&ann, "c", &format!("new{from}"))]).await;
        if !more {
            break;
        }
    }
    assert_eq!(seen, range(2, 31));
}
