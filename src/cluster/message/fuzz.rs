//! Fuzz target for bytes from another node.

use bytes::Bytes;

use super::{ClusterMessage, Envelope};
use crate::ops::mutator::{Target, fingerprint};

#[test]
fn fuzzed_cluster_messages_round_trip() {
    let words = &["\n", "null", "\"welcome\":9,", "{\"Event\":", "\"Join\"", "\"Leave\"", "\"MessagesLost\"", "}", "]"];
    Target { name: "cluster", words, longest: 4096, runs: 5000 }.run(|input| {
        let Some(Envelope { node, message }) = ClusterMessage::decode(&Bytes::copy_from_slice(input)) else { return 0 };
        assert!(message.topics().len() <= 1 + input.len());
        let written = message.encode(node);
        assert!(written.len() <= 512 + 8 * input.len(), "{} bytes of {}", written.len(), input.len());
        let again = ClusterMessage::decode(&written).expect("what was written is read");
        assert_eq!((again.node, again.message.encode(node)), (node, written));
        fingerprint(std::mem::discriminant(&again.message))
    });
}
