use std::sync::Arc;

use rusqlite::{Connection, StatementStatus};

use super::super::journal::JournalIndex;
use super::super::{chats, opening};
use super::commit;
use crate::domain::{Action, Change, Draft};
use crate::protocol::{
    ChatKind, LargeChats, MessageRole, PresenceStatus, ServerRole, Timestamp, User, UserId, UserKind,
};

const CHATS: usize = 20;

fn change(chat: usize, action: Action) -> Change {
    let user = User {
        id: "u".into(),
        username: "u".into(),
        display_name: String::new(),
        avatar_url: None,
        kind: UserKind::Human,
        role: ServerRole::Member,
        status: PresenceStatus::Online,
        last_seen_at: None,
        created_at: Timestamp::from_millis(0),
        email: None,
        version: 1,
    };
    Change {
        chat_id: format!("chat {chat}").into(),
        actor: Arc::new(user),
        authority: ServerRole::Member,
        action,
        operation: None,
        large_chats: LargeChats::default(),
    }
}

fn said(chat: usize, round: usize) -> Change {
    let draft = Draft {
        within: "",
        id: format!("m{round}").into(),
        has_new_id: round.is_multiple_of(2),
        role: MessageRole::User,
        content: "hi".to_owned(),
        group: vec![],
        attachments: vec![],
        reply_to: None,
        metadata: None,
        peer: None,
    };
    change(chat, Action::Send(draft))
}

fn runs(connection: &Connection, statement: &str) -> i32 {
    connection.prepare_cached(statement).expect(statement).get_status(StatementStatus::Run)
}

#[test]
fn chats_and_members_are_read_once_however_many_messages_follow() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let mut connection = opening::prepare(&folder.path().join("a.db")).expect("a new file");
    let journal = JournalIndex::load(&connection).expect("an empty journal");
    let user = "INSERT INTO users (id, username, username_key, display_name, kind, role, created_at) \
        VALUES ('u', 'u', 'u', '', 'human', 'member', 0)";
    connection.execute(user, []).expect("a user");
    let all = |connection: &mut Connection, changes: Vec<Change>| {
        let results = commit(connection, &journal, &changes, Timestamp::from_millis(1));
        assert!(results.iter().all(Result::is_ok), "{results:?}");
    };
    let create = |chat| {
        let kind = ChatKind::Group;
        change(chat, Action::Create { kind, name: "name".to_owned(), description: None, members: vec![] })
    };
    all(&mut connection, (0..CHATS).map(create).collect());
    all(&mut connection, (0..CHATS).map(|chat| said(chat, 0)).collect());
    let read = [chats::CHAT, chats::MEMBER].map(|statement| runs(&connection, statement));
    let places: Vec<_> = (0..CHATS).map(|chat| journal.place_of(&said(chat, 0).chat_id)).collect();
    for round in 1..10 {
        all(&mut connection, (0..CHATS).map(|chat| said(chat, round)).collect());
    }
    let now: Vec<_> = (0..CHATS).map(|chat| journal.place_of(&said(chat, 0).chat_id)).collect();
    assert_eq!(now, places, "what is pending was copied");
    assert!(places.iter().all(Option::is_some));
    assert_eq!([chats::CHAT, chats::MEMBER].map(|statement| runs(&connection, statement)), read);
    // Whatever else was written may concern a chat.
    connection.execute("UPDATE chats SET posting = 'admins'", []).expect("a change");
    all(&mut connection, (0..CHATS).map(|chat| said(chat, 10)).collect());
    let again = i32::try_from(CHATS).expect("a few");
    assert_eq!(runs(&connection, chats::CHAT), read[0] + again);
    assert_eq!(runs(&connection, chats::MEMBER), read[1] + again);
}

#[test]
fn the_id_of_a_new_message_is_looked_up_unless_it_is_new() {
    let [new, chosen] = [said(0, 0), said(0, 1)];
    assert!(new.needs().messages.is_empty());
    assert_eq!(chosen.needs().messages, [&"m1".into()]);
    assert_eq!(new.needs().members, [&UserId::from("u")]);
}
