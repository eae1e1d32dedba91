//! Several nodes over one database.

use futures_util::future::join_all;
use pichat::domain::Change;
use pichat::protocol::error::{Code, Error};
use pichat::protocol::{ChatId, ChatKind, User};
use pichat::store::error::{StoreError, UniqueField};
use pichat::store::postgres::PostgresRepository;
use pichat::store::repository::{Account, Accounts, Repository, Window};

use crate::contract::scene::*;
use crate::support::postgres::shared;

async fn nodes() -> Option<[PostgresRepository; 2]> {
    let place = shared().await?.place().await;
    let open = || PostgresRepository::open(&place);
    Some([open().await.expect("an empty schema"), open().await.expect("the same tables")])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_nodes_leave_no_gaps_in_chat_clocks() {
    let Some(nodes) = nodes().await else { return };
    let users = three(&nodes[0]).await;
    let [ann, ben, cem] = &users;
    let chats = ["a", "b", "c", "d", "e"];
    for chat in chats {
        all(&nodes[0], [create(ann, chat, ChatKind::Channel, &[ben, cem])]).await;
    }
    let writers = (0..12).map(|writer| {
        let node = &nodes[writer % 2];
        let user = [ann, ben, cem][writer % 3];
        async move {
            for round in 0..15 {
                let mut batch: Vec<Change> =
                    chats.iter().map(|chat| send(user, chat, &format!("{writer}-{round}"))).collect();
                batch.rotate_left(writer % 5);
                if round % 2 == 0 {
                    batch.reverse();
                }
                for result in node.commit(batch_of(&batch), now()).await {
                    assert!(!result.expect("a member").duplicate);
                }
            }
        }
    });
    join_all(writers).await;
    for chat in chats {
        let messages = history(&nodes[1], query(chat, Window::Newest, 500)).await.messages;
        assert_eq!(seqs(&messages), (2..=181).collect::<Vec<_>>());
        for (node, user) in nodes.iter().cycle().zip(&users) {
            let viewer =
                node.chat(&ChatId::from(chat), &user.id).await.expect("an answer").and_then(|chat| chat.viewer);
            assert_eq!(viewer.map(|viewer| viewer.unread_count), Some(120), "the others' messages were counted");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chat_created_concurrently_is_created_once() {
    let Some([one, other]) = nodes().await else { return };
    let [ann, ben, _] = three(&one).await;
    for round in 0..10 {
        let own = format!("own{round}");
        let common = format!("common{round}");
        let batch = |user: &User| [create(user, &common, ChatKind::Group, &[]), send(user, &common, "m")];
        let first = batch(&ann);
        let second = batch(&ben);
        let (first, second) = tokio::join!(one.commit(batch_of(&first), now()), other.commit(batch_of(&second), now()));
        let [winner, loser] = if first[0].is_ok() { [first, second] } else { [second, first] };
        assert!(winner.iter().all(|result| result.as_ref().is_ok_and(|done| !done.duplicate)), "{winner:?}");
        let codes: Vec<Code> = loser.into_iter().map(code).collect();
        assert_eq!(codes, [Code::Conflict, Code::NotFound]);
        let wish = || [create(&ann, &own, ChatKind::Group, &[])];
        let first = wish();
        let second = wish();
        let both = tokio::join!(one.commit(batch_of(&first), now()), other.commit(batch_of(&second), now()));
        let duplicates = [both.0, both.1].map(|mut told| told.remove(0).expect("the user's own").duplicate);
        assert_ne!(duplicates[0], duplicates[1]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_claimed_concurrently_has_one_winner() {
    let Some([one, other]) = nodes().await else { return };
    let [ann, ben, _] = three(&one).await;
    for round in 0..10 {
        let name = format!("wanted {round}");
        let a = format!("a{round}");
        let b = format!("b{round}");
        let wish = |user: &User, chat: &str| named(user, chat, ChatKind::Channel, &name, &[]);
        let (first, second) = tokio::join!(commit(&one, wish(&ann, &a)), commit(&other, wish(&ben, &b)));
        let winner = if first.is_ok() { a } else { b };
        let loser = if first.is_ok() { second } else { first };
        assert_eq!(code(loser), Code::Conflict);
        assert_eq!(one.channel_named(&name).await.expect("an answer"), Some(winner.as_str().into()));
        let person =
            |id: &str| Account::new(User { id: format!("{id}{round}").into(), ..person(&format!("wanted{round}")) });
        let first = person("a");
        let second = person("b");
        let made = tokio::join!(one.create_account(&first), other.create_account(&second));
        let refused: Vec<StoreError> = made.0.err().into_iter().chain(made.1.err()).collect();
        assert!(matches!(refused[..], [StoreError::Taken(UniqueField::Username)]), "{refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chat_deleted_during_a_write_stays_deleted() {
    let Some([one, other]) = nodes().await else { return };
    let [ann, ben, _] = three(&one).await;
    for round in 0..10 {
        let chat = format!("c{round}");
        talk(&one, &chat, &[&ann, &ben], 3).await;
        let batch: Vec<Change> = (0..20).map(|index| send(&ben, &chat, &format!("x{index}"))).collect();
        let deletion = [delete(&ann, &chat)];
        let (gone, sent) = tokio::join!(one.commit(batch_of(&deletion), now()), other.commit(batch_of(&batch), now()));
        assert!(gone[0].is_ok(), "{gone:?}");
        let told: Vec<Option<Code>> = sent.into_iter().map(|result| result.is_err().then(|| code(result))).collect();
        let before = [None; 20];
        let after = [Some(Code::NotFound); 20];
        assert!(told == before || told == after, "{told:?}");
        assert_eq!(one.message(&ChatId::from(&*chat), &"x0".into()).await.expect("an answer"), None);
    }
}

/// Creating a chat checks that its id is free; the table checks again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_retired_during_creation_is_not_reused() {
    let Some(server) = shared().await else { return };
    let place = server.place().await;
    let repository = PostgresRepository::open(&place).await.expect("an empty schema");
    let ann = user(&repository, "ann").await;
    let other = server.connect_in(&place).await;
    other.batch_execute("BEGIN; LOCK TABLE chats IN SHARE MODE").await.expect("the table");
    let made = commit(&repository, create(&ann, "c", ChatKind::Group, &[]));
    let ended = async {
        let waits = "SELECT 1 FROM pg_locks WHERE relation = 'chats'::regclass AND NOT granted";
        while other.query_opt(waits, &[]).await.expect("an answer").is_none() {
            tokio::task::yield_now().await;
        }
        other.batch_execute("INSERT INTO ended_chats VALUES ('c'); COMMIT").await.expect("the end");
    };
    let (made, ()) = tokio::join!(made, ended);
    assert_eq!(code(made), Code::Conflict);
    assert_eq!(chat(&repository, "c", &ann).await, None);
}

/// A node that stops mid-transaction locks its chat's row until the server times it out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_chat_row_does_not_block_other_chats() {
    let Some(server) = shared().await else { return };
    let place = server.place().await;
    let repository = PostgresRepository::open(&place).await.expect("an empty schema");
    let ann = user(&repository, "ann").await;
    all(&repository, ["hot", "cold", "cool"].map(|chat| create(&ann, chat, ChatKind::Group, &[]))).await;
    let stopped = server.connect_in(&place).await;
    stopped.batch_execute("BEGIN; SELECT * FROM chats WHERE id = 'hot' FOR UPDATE").await.expect("the row");
    let batch = [send(&ann, "cold", "a"), send(&ann, "hot", "b"), send(&ann, "cool", "c"), send(&ann, "cold", "d")];
    let mut results = repository.commit(batch.into(), now()).await;
    let held = results.remove(1).expect_err("the row is held");
    assert_eq!(Error::from(held).code, Code::Unavailable);
    let places: Vec<_> = results.into_iter().map(|result| message(&result.expect("not held")).seq).collect();
    assert_eq!(places, [2, 2, 3]);
    assert_eq!(code(commit(&repository, send(&ann, "hot", "b")).await), Code::Unavailable);
    stopped.batch_execute("ROLLBACK").await.expect("the end");
    assert_eq!(message(&commit(&repository, send(&ann, "hot", "b")).await.expect("its turn")).seq, 2);
}
