use super::*;
use crate::realtime::hub::{Credential, RevokedCredentials};
use crate::realtime::outbox::Close;

#[test]
fn an_event_arrives_as_it_was_sent() {
    let event = Publication {
        chat: "c\n1".into(),
        seq: Some(7),
        text: "{\"added\":\"é\"}\n".into(),
        welcome: Some("{\"new\":\"ü\"}".into()),
        joined: vec!["ann".into()],
        left: vec!["ben".into()],
        caller: None,
        sender: Some("cem".into()),
    };
    let letter = Letter::Event(&event);
    assert_eq!(letter.topics().len(), 3);
    let Some((3, Received::Event(read))) = read(letter.write(3)) else { panic!("no event") };
    assert_eq!((&read.chat, read.seq, &read.text), (&event.chat, event.seq, &event.text));
    assert_eq!((read.welcome, read.joined, read.left), (event.welcome, event.joined, event.left));
}

#[test]
fn a_revocation_keeps_its_code_and_nonsense_is_no_letter() {
    let close = Close { code: 4403, reason: "banned" };
    let which = RevokedCredentials::One(Credential::Token("t".into()));
    let revocation = Revocation { user: "ann".into(), which, close };
    let Some((9, Received::Revoked(read))) = super::read(Letter::Revoked(&revocation).write(9)) else {
        panic!("no revocation")
    };
    assert_eq!((read.user, read.which, read.close.code), (revocation.user, revocation.which, 4403));
    for nonsense in ["", "\n", "[1,{\"Event\":{}}]\n", "[1,\"Alive\"]", "{}\n{}"] {
        assert!(super::read(Bytes::from_static(nonsense.as_bytes())).is_none(), "{nonsense:?}");
    }
}
