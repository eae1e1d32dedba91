use super::{Echo, echo};
use crate::support::raw::{BINARY, CONTINUATION, TEXT, frame, whole};

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|place| b'a' + (place % 23) as u8).collect()
}

#[tokio::test]
async fn messages_of_every_length_are_echoed() {
    let server = Echo::start().await;
    let mut raw = server.connect().await;
    for length in [0, 1, 2, 124, 125, 126, 127, 128, 255, 256, 4095, 4096, 4097, 65535, 65536, 65537, 200_000] {
        for opcode in [TEXT, BINARY] {
            raw.write(&whole(opcode, &content(length))).await;
            raw.expect(&echo(opcode, content(length))).await;
        }
    }
}

#[tokio::test]
async fn messages_are_echoed_for_any_segmentation() {
    let server = Echo::start().await;
    for piece in [1, 2, 3, 7, 997] {
        let bytes = [whole(TEXT, &content(130)), whole(BINARY, &content(3000)), whole(TEXT, b"")].concat();
        let expected = [echo(TEXT, content(130)), echo(BINARY, content(3000)), echo(TEXT, "")];
        server.answers(&bytes, piece, &expected).await;
    }
}

#[tokio::test]
async fn messages_of_many_megabytes_are_echoed() {
    let server = Echo::start().await;
    for (megabytes, piece) in [(1, 997), (1, 64), (4, 1 << 16), (16, 1 << 20), (16, 100_003)] {
        let content = content(megabytes << 20);
        for opcode in [TEXT, BINARY] {
            server.answers(&whole(opcode, &content), piece, &[echo(opcode, &content)]).await;
        }
    }
}

#[tokio::test]
async fn fragmented_messages_are_reassembled() {
    let server = Echo::start().await;
    for (length, size) in [(1 << 20, 64), (1 << 20, 4096), (4 << 20, 1 << 16), (8 << 20, 1 << 20)] {
        let content = content(length);
        let count = content.chunks(size).len();
        let mut bytes = vec![];
        for (place, part) in content.chunks(size).enumerate() {
            let opcode = if place == 0 { BINARY } else { CONTINUATION };
            let last = if place + 1 == count { 0x80 } else { 0 };
            bytes.extend(frame(last | opcode, part));
        }
        server.answers(&bytes, 1 << 16, &[echo(BINARY, &content)]).await;
    }
}
