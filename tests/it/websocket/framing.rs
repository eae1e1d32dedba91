use super::{Echo, Expected::Closed, echo};
use crate::support::raw::{self, BINARY, CONTINUATION, PING, PONG, TEXT, frame, head, whole};

const LAST: u8 = 0x80 | CONTINUATION;

#[tokio::test]
async fn pings_are_answered_with_their_payload() {
    let server = Echo::start().await;
    for length in [0, 1, 4, 124, 125] {
        let payload = vec![0xfe; length];
        server.answers(&whole(PING, &payload), usize::MAX, &[echo(PONG, &payload)]).await;
        server.answers(&whole(PING, &payload), 1, &[echo(PONG, &payload)]).await;
    }
    let ten: Vec<u8> = (0..10).flat_map(|number| whole(PING, &[number])).collect();
    let pongs: Vec<_> = (0..10).map(|number| echo(PONG, [number])).collect();
    server.answers(&ten, usize::MAX, &pongs).await;
    server.answers(&ten, 1, &pongs).await;
}

#[tokio::test]
async fn unsolicited_pongs_are_ignored() {
    let server = Echo::start().await;
    let bytes = [whole(PONG, b""), whole(PONG, b"unasked"), whole(PING, b"x"), whole(PONG, b""), whole(TEXT, b"y")];
    server.answers(&bytes.concat(), usize::MAX, &[echo(PONG, "x"), echo(TEXT, "y")]).await;
}

#[tokio::test]
async fn oversized_and_fragmented_control_frames_are_refused() {
    let server = Echo::start().await;
    for opcode in [PING, PONG, raw::CLOSE] {
        server.answers(&whole(opcode, &[0xfe; 126]), usize::MAX, &[Closed(1002)]).await;
        server.answers(&frame(opcode, b"part"), usize::MAX, &[Closed(1002)]).await;
        server.answers(&whole(opcode, &[0xfe; 70_000]), usize::MAX, &[Closed(1002)]).await;
    }
}

#[tokio::test]
async fn reserved_bits_and_opcodes_are_refused_after_earlier_frames() {
    let server = Echo::start().await;
    let hello = whole(TEXT, b"hello");
    for bits in 1..8 {
        let bytes = [hello.clone(), frame(0x80 | bits << 4 | TEXT, b"x"), whole(PING, b"")].concat();
        for piece in [usize::MAX, 1] {
            server.answers(&bytes, piece, &[echo(TEXT, "hello"), Closed(1002)]).await;
        }
    }
    for opcode in (3..8).chain(11..16) {
        for payload in [&b""[..], b"x"] {
            let bytes = [hello.clone(), whole(opcode, payload), whole(PING, b"")].concat();
            server.answers(&bytes, usize::MAX, &[echo(TEXT, "hello"), Closed(1002)]).await;
        }
    }
    server.answers(&frame(0xc0 | PING, b"x"), usize::MAX, &[Closed(1002)]).await;
}

#[tokio::test]
async fn unmasked_frames_are_refused() {
    let server = Echo::start().await;
    for opcode in [TEXT, BINARY, PING, raw::CLOSE] {
        let bytes = [head(0x80 | opcode, 0, 5), b"plain".to_vec()].concat();
        server.answers(&bytes, usize::MAX, &[Closed(1002)]).await;
    }
}

#[tokio::test]
async fn control_frames_may_interleave_fragments() {
    let server = Echo::start().await;
    let bytes = [
        frame(TEXT, b"one "),
        whole(PING, b"1"),
        frame(CONTINUATION, b"two "),
        whole(PING, b"2"),
        frame(CONTINUATION, b""),
        whole(PONG, b"?"),
        frame(LAST, b"three"),
    ]
    .concat();
    let expected = [echo(PONG, "1"), echo(PONG, "2"), echo(TEXT, "one two three")];
    for piece in [usize::MAX, 1, 5] {
        server.answers(&bytes, piece, &expected).await;
    }
    let empty = [frame(TEXT, b""), frame(CONTINUATION, b""), frame(LAST, b"")].concat();
    server.answers(&empty, usize::MAX, &[echo(TEXT, "")]).await;
}

#[tokio::test]
async fn misplaced_fragments_are_refused() {
    let server = Echo::start().await;
    for bytes in [frame(CONTINUATION, b"x"), frame(LAST, b"x")] {
        server.answers(&bytes, usize::MAX, &[Closed(1002)]).await;
        let after = [frame(TEXT, b"a"), frame(LAST, b"b"), bytes].concat();
        server.answers(&after, usize::MAX, &[echo(TEXT, "ab"), Closed(1002)]).await;
    }
    for second in [whole(TEXT, b"new"), frame(TEXT, b"new"), whole(BINARY, b"new")] {
        server.answers(&[frame(TEXT, b"begun"), second].concat(), usize::MAX, &[Closed(1002)]).await;
    }
}

#[tokio::test]
async fn frames_after_a_broken_one_are_dropped_and_the_code_sent() {
    let server = Echo::start().await;
    let mut bytes = whole(4, b"");
    (0..5000).for_each(|_| bytes.extend(whole(TEXT, &[b'x'; 100])));
    server.answers(&bytes, usize::MAX, &[Closed(1002)]).await;
}
