use super::*;
use crate::cluster::{Credential, RevokedCredentials};
use crate::protocol::Close;

#[test]
fn events_round_trip() {
    let event = Publication {
        chat: "c\n1".into(),
        seq: Some(7),
        text: "{\"added\":\"é\"}\n".into(),
        welcome: Some("{\"new\":\"ü\"}".into()),
        joined: vec!["ann".into()],
        left: vec!["ben".into()],
        sender: Some("cem".into()),
        members: Some(2),
    };
    let message = ClusterMessage::Event(event.clone());
    assert_eq!(message.topics().len(), 3);
    let Some(Envelope { node: 3, message: ClusterMessage::Event(read) }) = ClusterMessage::decode(&message.encode(3))
    else {
        panic!("no event")
    };
    assert_eq!((&read.chat, read.seq, &read.text), (&event.chat, event.seq, &event.text));
    assert_eq!((read.welcome, read.joined, read.left), (event.welcome, event.joined, event.left));
    assert_eq!(read.members, event.members);
}

#[test]
fn revocations_keep_their_code_and_invalid_ones_are_refused() {
    let close = Close { code: 4403, reason: "banned" };
    let which = RevokedCredentials::One(Credential::Token("t".into()));
    let revocation = Revocation { user: "ann".into(), which, close };
    let bytes = ClusterMessage::Revoked(revocation.clone()).encode(9);
    let Some(Envelope { node: 9, message: ClusterMessage::Revoked(read) }) = ClusterMessage::decode(&bytes) else {
        panic!("no revocation")
    };
    assert_eq!((read.user, read.which, read.close.code), (revocation.user, revocation.which, 4403));
    for nonsense in ["", "\n", "[1,{\"Event\":{}}]\n", "{\"node\":1,\"message\":\"Heartbeat\"}", "{}\n{}"] {
        assert!(ClusterMessage::decode(&Bytes::from_static(nonsense.as_bytes())).is_none(), "{nonsense:?}");
    }
}
