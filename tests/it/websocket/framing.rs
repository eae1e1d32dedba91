use super::{Echo, Expected::Closed, echo};
use crate::support::raw::{self, BINARY, CONTINUATION, PING, PONG, TEXT, frame, head, whole};

const LAST: u8 = 0x80 | CONTINUATION;

#[tokio::test]
async fn pings_come_back_as_pongs_with_what_they_carry() {
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
async fn pongs_nobody_asked_for_are_passed_over() {
    let server = Echo::start().await;
    let bytes = [whole(PONG, b""), whole(PONG, b"unasked"), whole(PING, b"x"), whole(PONG, b""), whole(TEXT, b"y")];
    server.answers(&bytes.concat(), usize::MAX, &[echo(PONG, "x"), echo(TEXT, "y")]).await;
}

#[tokio::test]
async fn control_frames_of_more_than_125_bytes_or_in_fragments_are_refused() {
    let server = Echo::start().await;
    for opcode in [PING, PONG, raw::CLOSE] {
        server.answers(&whole(opcode, &[0xfe; 126]), usize::MAX, &[Closed(1002)]).await;
        server.answers(&frame(opcode, b"part"), usize::MAX, &[Closed(1002)]).await;
        server.answers(&whole(opcode, &[0xfe; 70_000]), usize::MAX, &[Closed(1002)]).await;
    }
}

#[tokio::test]
async fn reserved_bits_and_reserved_opcodes_are_refused_after_what_came_before() {
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
async fn frames_without_a_mask_are_refused() {
    let server = Echo::start().await;
    for opcode in [TEXT, BINARY, PING, raw::CLOSE] {
        let bytes = [head(0x80 | opcode, 0, 5), b"plain".to_vec()].concat();
        server.answers(&bytes, usize::MAX, &[Closed(1002)]).await;
    }
}

#[tokio::test]
async fn control_frames_may_come_between_fragments() {
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
async fn fragments_out_of_place_are_refused() {
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
async fn what_follows_a_broken_frame_is_not_echoed_and_the_code_arrives_all_the_same() {
    let server = Echo::start().await;
    let mut bytes = whole(4, b"");
    (0..5000).for_each(|_| bytes.extend(whole(TEXT, &[b'x'; 100])));
    server.answers(&bytes, usize::MAX, &[Closed(1002)]).await;
}
