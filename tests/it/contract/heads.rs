use pichat::protocol::{ChatId, ChatKind};
use pichat::store::repository::{ChatSize, Repository};

use super::scene::*;

pub async fn heads_are_returned_in_request_order(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    all(repository, [create(&ann, "a", ChatKind::Group, &[&ben]), create(&ben, "b", ChatKind::Group, &[])]).await;
    all(repository, [send(&ann, "a", "1"), send(&ben, "a", "2")]).await;
    all(repository, [create(&ann, "gone", ChatKind::Group, &[]), delete(&ann, "gone")]).await;
    let chats = ["b", "no such chat", "a", "gone"].map(ChatId::from);
    assert_eq!(repository.heads(&chats).await.expect("an answer"), [Some(1), None, Some(3), None]);
    let sizes = repository.sizes(&chats).await.expect("an answer");
    assert_eq!(
        sizes,
        [Some((1, 1)), None, Some((3, 2)), None].map(|size| size.map(|(seq, members)| ChatSize { seq, members }))
    );
    assert_eq!(repository.heads(&[]).await.expect("an answer"), []);
}
