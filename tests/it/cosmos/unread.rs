//! Unread counts in chats with a large `seq`.

use azure_data_cosmos::clients::ContainerClient;
use pichat::ops::config::CosmosAccount;
use pichat::protocol::{ChatKind, Seq};
use pichat::store::cosmos::{CosmosRepository, connect};
use pichat::store::repository::ReadCursors;
use serde_json::Value;

use crate::contract::scene::*;
use crate::support::emulator;

async fn container(account: &CosmosAccount) -> ContainerClient {
    let database = connect(account).await.expect("the account").database_client(account.database.clone());
    database.container_client(account.messages.clone(), None).await.expect("the container")
}

/// Advances a chat's clock, as if after many changes.
async fn go_on(container: &ContainerClient, to: Seq) {
    let head = container.read_item("c", "head", None).await.expect("a head");
    let mut head: Value = head.into_model().expect("JSON");
    head["seq"] = to.into();
    head["chat"]["seq"] = to.into();
    container.replace_item("c", "head", head, None).await.expect("a head");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deletions_are_counted_per_block() {
    let account = tokio::task::spawn_blocking(emulator::account).await.expect("an account");
    let repository = CosmosRepository::open(&account).await.expect("new containers");
    let [ann, ben, cem] = three(&repository).await;
    all(&repository, [create(&ann, "c", ChatKind::Group, &[&ben, &cem])]).await;
    let container = container(&account).await;
    let mut places = vec![];
    let mut gone = vec![];
    for begin in [1, 200, 250, 1_000, 65_500, 66_000, 131_000, 140_000, 140_300] {
        go_on(&container, begin).await;
        let author = |seq: Seq| if seq.is_multiple_of(3) { &ann } else { &ben };
        let sent: Vec<Seq> = (begin + 1..begin + 21).collect();
        all(&repository, sent.iter().map(|seq| send(author(*seq), "c", &format!("m{seq}")))).await;
        places.extend(sent.iter().map(|seq| (*seq, author(*seq).id.clone())));
        gone.extend(sent.into_iter().filter(|seq| seq % 2 == 0));
    }
    // More than fits into one batch, each twice.
    for _ in 0..2 {
        all(
            &repository,
            gone.iter().map(|seq| {
                let author = if seq.is_multiple_of(3) { &ann } else { &ben };
                erase(author, "c", &format!("m{seq}"))
            }),
        )
        .await;
    }
    for read in [0, 100, 205, 255, 256, 1_005, 65_510, 65_536, 66_010, 131_010, 131_072, 139_000, 140_305] {
        for user in [&ann, &ben, &cem] {
            let unread = |(seq, author): &&(Seq, _)| *seq > read && *author != user.id && !gone.contains(seq);
            let expected = places.iter().filter(unread).count() as u64;
            let viewer = repository.viewer(&"c".into(), &user.id, read).await.expect("an answer").expect("a member");
            assert_eq!(viewer.unread_count, expected, "of {} after {read}", user.username);
        }
    }
}
