//! What the writer knows of chats without reading them: it is what the file has, whoever changed it.

use pichat::domain::{Action, ChatUpdate};
use pichat::protocol::error::Code;
use pichat::protocol::{ChatKind, Mute, Posting, Seq, User};
use pichat::store::repository::{Advance, ReadCursors, Repository};
use pichat::store::sqlite::SqliteRepository;
use rusqlite::Connection;

use super::{open, place};
use crate::contract::scene::*;

/// The position of a new message, or the reason why there is none.
async fn said(repository: &SqliteRepository, user: &User, id: &str) -> Result<Seq, Code> {
    let sent = commit(repository, send(user, "c", id)).await;
    sent.map(|sent| message(&sent).seq).map_err(|error| error.code)
}

async fn posting(repository: &SqliteRepository, user: &User, posting: Posting) {
    let update = ChatUpdate { posting: Some(posting), ..ChatUpdate::default() };
    commit(repository, change(user, "c", Action::Update(update))).await.expect("an owner");
}

#[tokio::test]
async fn a_message_is_judged_by_what_every_other_command_has_left() {
    let (_folder, path) = place();
    let repository = open(&path);
    let ann = user(&repository, "ann").await;
    let ben = user(&repository, "ben").await;
    talk(&repository, "c", &[&ann, &ben], 1).await;
    assert_eq!(said(&repository, &ben, "1").await, Ok(3));
    assert_eq!(said(&repository, &ben, "1").await, Ok(3), "the same again");
    posting(&repository, &ann, Posting::Admins).await;
    assert_eq!(said(&repository, &ben, "2").await, Err(Code::Forbidden));
    assert_eq!(said(&repository, &ann, "2").await, Ok(5));
    posting(&repository, &ann, Posting::Everyone).await;
    assert_eq!(said(&repository, &ben, "3").await, Ok(7));
    commit(&repository, leave(&ben, "c")).await.expect("a member");
    assert_eq!(said(&repository, &ben, "4").await, Err(Code::NotFound));
    commit(&repository, add(&ann, "c", &[&ben])).await.expect("an owner");
    assert_eq!(said(&repository, &ben, "5").await, Ok(10));
    let ban = Action::Ban { user_id: ben.id.clone(), reason: None, until: None };
    commit(&repository, change(&ann, "c", ban)).await.expect("an owner");
    assert_eq!(said(&repository, &ben, "6").await, Err(Code::NotFound));
    assert_eq!(said(&repository, &ann, "7").await, Ok(12));
    commit(&repository, delete(&ann, "c")).await.expect("an owner");
    assert_eq!(said(&repository, &ann, "8").await, Err(Code::NotFound));
}

#[tokio::test]
async fn marks_and_settings_of_a_member_outlive_messages_and_changes_of_the_role() {
    let (_folder, path) = place();
    let repository = open(&path);
    let ann = user(&repository, "ann").await;
    let ben = user(&repository, "ben").await;
    talk(&repository, "c", &[&ann, &ben], 5).await;
    for round in 0..3 {
        said(&repository, &ben, &format!("{round}")).await.expect("a member");
        let step = Advance {
            chat: "c".into(),
            user: ben.id.clone(),
            read: 4 + round,
            delivered: 5 + round,
            at: now(),
            clears_unread: false,
        };
        repository.mark(&[step]).await.expect("an answer");
        said(&repository, &ben, &format!("again {round}")).await.expect("a member");
    }
    repository.mute(&"c".into(), &ben.id, Mute::Always).await.expect("an answer");
    repository.mark_unread(&"c".into(), &ben.id, 3).await.expect("an answer");
    said(&repository, &ben, "muted").await.expect("a member");
    let role = Action::SetRole { user_id: ben.id.clone(), role: pichat::protocol::ChatRole::Admin };
    commit(&repository, change(&ann, "c", role)).await.expect("an owner");
    let seen = chat(&repository, "c", &ben).await.and_then(|chat| chat.viewer).expect("a member");
    assert_eq!((seen.read_seq, seen.unread_from_seq, seen.muted), (6, Some(3), true));
}

#[tokio::test]
async fn a_change_by_another_program_is_seen_at_once() {
    let (_folder, path) = place();
    let repository = open(&path);
    let ann = user(&repository, "ann").await;
    let ben = user(&repository, "ben").await;
    talk(&repository, "c", &[&ann, &ben], 1).await;
    assert_eq!(said(&repository, &ben, "1").await, Ok(3));
    let other = Connection::open(&path).expect("the file");
    other.execute_batch("UPDATE chats SET posting = 'admins' WHERE id = 'c'").expect("a change");
    assert_eq!(said(&repository, &ben, "2").await, Err(Code::Forbidden));
    assert_eq!(said(&repository, &ann, "2").await, Ok(4));
    other.execute_batch("UPDATE members SET role = NULL WHERE role = 'owner'").expect("a change");
    assert_eq!(said(&repository, &ann, "3").await, Err(Code::NotFound));
}

#[tokio::test]
async fn a_batch_that_fails_leaves_neither_a_gap_nor_a_message() {
    let (_folder, path) = place();
    let repository = open(&path);
    let ann = user(&repository, "ann").await;
    talk(&repository, "c", &[&ann], 1).await;
    assert_eq!(said(&repository, &ann, "1").await, Ok(3));
    let other = Connection::open(&path).expect("the file");
    let refuse = "CREATE TRIGGER refuse BEFORE INSERT ON journal WHEN NEW.content = 'text of no' \
        BEGIN SELECT raise(ABORT, 'a disk that is full'); END";
    for round in 0..3 {
        other.execute_batch(refuse).expect("a trigger");
        let batch = [send(&ann, "c", &format!("yes {round}")), send(&ann, "c", "no")];
        let results = repository.commit(batch_of(&batch), now()).await;
        let seqs: Vec<_> = results.iter().map(|result| result.as_ref().ok().map(|sent| message(sent).seq)).collect();
        assert_eq!(seqs, [Some(4 + 2 * round), None]);
        other.execute_batch("DROP TRIGGER refuse").expect("a trigger");
        assert_eq!(said(&repository, &ann, &format!("and {round}")).await, Ok(5 + 2 * round));
    }
    let chat = chat(&repository, "c", &ann).await.expect("a member");
    assert_eq!((chat.seq, chat.message_count), (9, 8));
    assert_eq!(chat.kind, ChatKind::Group);
}
