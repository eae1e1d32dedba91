//! The share of the connections that one user's reads take.

use std::sync::Arc;

use pichat::protocol::UserId;
use pichat::store::postgres::PostgresRepository;
use pichat::store::repository::{AccountName, Accounts, Repository, Window};
use pichat::store::turns::reading_for;

use crate::contract::scene::*;
use crate::support::postgres::shared;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hanging_reads_leave_connections_for_other_users() {
    let Some(server) = shared().await else { return };
    let place = server.place().await;
    let repository = Arc::new(PostgresRepository::open(&place).await.expect("an empty schema"));
    let [ann, ben, _] = three(&*repository).await;
    talk(&*repository, "c", &[&ann, &ben], 5).await;
    let mut client = server.connect_in(&place).await;
    let lock = client.transaction().await.expect("a transaction");
    lock.batch_execute("LOCK TABLE messages IN ACCESS EXCLUSIVE MODE").await.expect("a lock");
    let hanging: Vec<_> = (0..40)
        .map(|_| {
            let repository = repository.clone();
            let user: UserId = ann.id.clone();
            tokio::spawn(reading_for(user, async move { repository.history(&query("c", Window::Newest, 5)).await }))
        })
        .collect();
    let name = AccountName::Id(ben.id.clone());
    for _ in 0..20 {
        let account = reading_for(ben.id.clone(), repository.account(&name));
        assert!(account.await.expect("a connection that ann's reads left").is_some());
        tokio::task::yield_now().await;
    }
    assert!(hanging.iter().all(|read| !read.is_finished()), "they wait for the table lock");
    lock.rollback().await.expect("the lock is released");
    for read in hanging {
        let page = read.await.expect("a task").expect("an answer").expect("the chat");
        assert_eq!(page.messages.len(), 5);
    }
}
