//! The number of requests per operation, counted by the emulator.

use std::sync::Arc;

use pichat::domain::{Action, Change};
use pichat::ops::config::CosmosAccount;
use pichat::protocol::{ChatId, ChatKind, User};
use pichat::store::cosmos::CosmosRepository;
use pichat::store::repository::{
    ChatPosition, ChatScope, ChatsFrom, ChatsQuery, Heads, HistoryQuery, Repository, SyncQuery, Window,
};

use crate::contract::scene::*;
use crate::support::emulator::{self, Emulator};

/// A separate emulator, because a real account does not report counts.
struct Counted {
    emulator: Arc<Emulator>,
    account: CosmosAccount,
    repository: CosmosRepository,
}

impl Counted {
    async fn new() -> Counted {
        let emulator = tokio::task::spawn_blocking(|| Emulator::start(0)).await.expect("an emulator");
        let account = emulator::account_of(&emulator);
        let repository = CosmosRepository::open(&account).await.expect("new containers");
        Counted { emulator: Arc::new(emulator), account, repository }
    }

    async fn requests(&self) -> u64 {
        let account = self.account.clone();
        let _running = self.emulator.clone();
        tokio::task::spawn_blocking(move || emulator::requests(&account)).await.expect("a count")
    }

    /// Counts the requests of some work.
    async fn of<T>(&self, work: impl Future<Output = T>) -> (T, u64) {
        let before = self.requests().await;
        let done = work.await;
        (done, self.requests().await - before)
    }

    async fn group(&self) -> [User; 3] {
        let users = three(&self.repository).await;
        let [ann, ben, _] = &users;
        talk(&self.repository, "c", &[ann, ben], 300).await;
        users
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_takes_one_request() {
    let counted = Counted::new().await;
    let [ann, ben, _] = counted.group().await;
    all(&counted.repository, [send(&ben, "c", "first")]).await;
    for (user, id) in [(&ann, "a"), (&ben, "b"), (&ann, "c")] {
        let (_, requests) = counted.of(all(&counted.repository, [send(user, "c", id)])).await;
        assert_eq!(requests, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_takes_one_request_per_90_messages() {
    let counted = Counted::new().await;
    let [ann, ..] = counted.group().await;
    for (count, expected) in [(90, 1), (91, 2), (250, 3)] {
        let batch: Vec<Change> = (0..count).map(|index| send(&ann, "c", &format!("{count}-{index}"))).collect();
        let (results, requests) = counted.of(counted.repository.commit(batch_of(&batch), now())).await;
        assert!(results.iter().all(Result::is_ok));
        assert_eq!(requests, expected, "for {count}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_messages_are_split_to_fit_cosmos_batches() {
    let counted = Counted::new().await;
    let [ann, ..] = counted.group().await;
    let long = "\u{1F600}".repeat(50 * 1024);
    let batch: Vec<Change> =
        (0..20).map(|index| change(&ann, "c", Action::Send(draft(&format!("long-{index}"), &long)))).collect();
    let results = counted.repository.commit(batch_of(&batch), now()).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(clock(&counted.repository, "c").await, 321);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn interactive_commands_take_one_request() {
    let counted = Counted::new().await;
    let [ann, _, cem] = counted.group().await;
    let repository = &counted.repository;
    let chat = ChatId::from("c");
    for user in [&ann, &cem] {
        let (standing, requests) = counted.of(repository.chat_access(&chat, &user.id)).await;
        assert!(standing.expect("an answer").is_some());
        assert_eq!(requests, 1, "permission check");
    }
    for (window, limit) in [(Window::Newest, 50), (Window::Before(250), 200), (Window::Before(60), 50)] {
        let (page, requests) = counted.of(history(repository, query("c", window, limit))).await;
        assert_eq!((page.messages.len(), requests), (limit, 1), "{window:?}");
    }
    let (found, requests) = counted.of(repository.memberships(&ann.id)).await;
    assert_eq!((found.expect("an answer").len(), requests), (1, 1), "memberships");
    let searched = HistoryQuery { search: Some("text of m7".into()), ..query("c", Window::Newest, 50) };
    let (page, requests) = counted.of(history(repository, searched)).await;
    assert_eq!((page.messages.len(), requests), (11, 2), "search: how long the chat is, and then a part of it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unread_requests_do_not_depend_on_own_messages() {
    let counted = Counted::new().await;
    let [ann, ben, _] = three(&counted.repository).await;
    talk(&counted.repository, "c", &[&ann, &ben], 6).await;
    let other = CosmosRepository::open(&counted.account).await.expect("another node");
    for (sent, node) in [(1010, &counted.repository), (90, &other)] {
        all(node, (0..sent).map(|index| send(&ann, "c", &format!("{sent}-{index}")))).await;
        // With deletions, three more: in the mark's block, and in later blocks, in total and by the user.
        let (others, expected_requests) = if sent == 90 { (1102, 9) } else { (1013, 6) };
        if sent == 90 {
            all(node, [erase(&ann, "c", "90-0")]).await;
        }
        for (user, expected) in [(&ann, 3), (&ben, others)] {
            // A node new to the chat reads its members once.
            chat(node, "c", user).await.expect("a member");
            let (chat, requests) = counted.of(chat(node, "c", user)).await;
            let unread = chat.and_then(|chat| chat.viewer).expect("a viewer").unread_count;
            assert_eq!((unread, requests), (expected, expected_requests), "of {} after {sent}", user.username);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unchanged_chats_take_few_requests() {
    let counted = Counted::new().await;
    let [ann, ben, _] = three(&counted.repository).await;
    let repository = &counted.repository;
    let chats: Vec<ChatId> = (0..250).map(|number| format!("c{number:03}").into()).collect();
    for chat in &chats {
        all(repository, [create(&ann, chat, ChatKind::Group, &[&ben])]).await;
    }
    let query = |count: usize| {
        let position = |chat: &ChatId| ChatPosition { chat: chat.clone(), after: 1, read: 0 };
        let chats = chats[..count].iter().map(position).collect();
        SyncQuery { user: ann.id.clone(), chats, limit: 50, bytes: usize::MAX }
    };
    // A request for several chats goes to every partition.
    let (heads, parts) = counted.of(repository.heads(&chats[..100])).await;
    assert_eq!(heads.expect("an answer"), vec![Some(1); 100]);
    assert!(parts <= 20, "{parts} requests for the heads of 100 chats");
    let (heads, requests) = counted.of(repository.heads(&chats)).await;
    assert_eq!(heads.expect("an answer"), vec![Some(1); 250]);
    assert!(requests <= 3 * parts, "{requests} requests for the heads of 250 chats");
    // Two for each hundred: heads with memberships, and marks.
    for (count, most) in [(1, 2), (10, 2 * parts), (100, 2 * parts), (250, 6 * parts)] {
        let (found, requests) = counted.of(repository.sync(&query(count))).await;
        let found = found.expect("an answer");
        assert_eq!(found.len(), count);
        for changes in found {
            let changes = changes.expect("a member");
            assert_eq!((changes.seq, changes.marks.len(), changes.messages.len(), changes.more), (1, 2, 0, false));
        }
        assert!(requests <= most, "{requests} requests to synchronise {count} chats");
    }
    let list = ChatsQuery {
        user: ann.id.clone(),
        scope: ChatScope::Mine,
        search: None,
        from: ChatsFrom::Newest,
        limit: 10,
        now: now(),
    };
    let (page, requests) = counted.of(repository.chats(&list)).await;
    let page = page.expect("an answer");
    assert_eq!((page.items.len(), page.more), (10, true));
    assert!(requests <= 1 + 3 * parts, "{requests} requests for a page of 250 chats");
}
