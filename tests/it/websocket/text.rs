use super::{Echo, Expected::Closed, echo};
use crate::support::raw::{BINARY, CONTINUATION, TEXT, frame, head, whole};

const GOOD: &[&str] = &[
    "κόσμε",
    "Hello-µ@ßöäüàá-UTF-8!!",
    "\u{7f}\u{80}\u{7ff}\u{800}\u{d7ff}\u{e000}\u{fffd}\u{ffff}",
    "\u{10000}\u{10ffff}",
    "\0",
    "\u{feff}𝄞",
];
/// Stray and missing continuations, overlong forms, surrogates, code points beyond the last, bytes that never occur.
const BAD: &[&[u8]] = &[
    b"\x80",
    b"\xbf",
    b"\xc0\xaf",
    b"\xc1\xbf",
    b"\xe0\x80\xaf",
    b"\xf0\x80\x80\xaf",
    b"\xe0\x9f\xbf",
    b"\xed\xa0\x80",
    b"\xed\xbf\xbf",
    b"\xf4\x90\x80\x80",
    b"\xf5\x80\x80\x80",
    b"\xf8\x88\x80\x80\x80",
    b"\xfe",
    b"\xff",
    b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80edited",
    b"\xe2\x28\xa1",
    b"\xf0\x28\x8c\x28",
];
/// Incomplete characters.
const CUT: &[&[u8]] = &[b"\xc3", b"\xe2\x82", b"\xf0\x9d\x84", b"abc\xf4"];

/// One frame for each byte.
fn scattered(text: &[u8]) -> Vec<u8> {
    let mut bytes = frame(TEXT, b"");
    text.iter().for_each(|byte| bytes.extend(frame(CONTINUATION, &[*byte])));
    bytes.extend(frame(0x80 | CONTINUATION, b""));
    bytes
}

#[tokio::test]
async fn text_is_echoed_when_characters_are_split() {
    let server = Echo::start().await;
    for text in GOOD {
        for bytes in [whole(TEXT, text.as_bytes()), scattered(text.as_bytes())] {
            for piece in [usize::MAX, 1] {
                server.answers(&bytes, piece, &[echo(TEXT, text)]).await;
            }
        }
    }
}

#[tokio::test]
async fn invalid_utf_8_is_refused_with_1007() {
    let server = Echo::start().await;
    for text in BAD.iter().chain(CUT) {
        for bytes in [whole(TEXT, text), scattered(text)] {
            for piece in [usize::MAX, 1] {
                server.answers(&bytes, piece, &[Closed(1007)]).await;
            }
        }
        server.answers(&whole(BINARY, text), usize::MAX, &[echo(BINARY, text)]).await;
    }
}

#[tokio::test]
async fn an_invalid_utf_8_fragment_is_refused_immediately() {
    let server = Echo::start().await;
    for text in BAD {
        server.answers(&frame(TEXT, text), usize::MAX, &[Closed(1007)]).await;
        let later = [frame(TEXT, "κόσ".as_bytes()), frame(CONTINUATION, text)].concat();
        server.answers(&later, usize::MAX, &[Closed(1007)]).await;
    }
}

/// The header and the mask of a frame of that length.
fn begun(length: usize) -> Vec<u8> {
    [head(0x80 | BINARY, 0x80, length), vec![1, 2, 3, 4]].concat()
}

#[tokio::test]
async fn an_oversized_frame_is_refused_by_its_header() {
    let server = Echo::start().await;
    server.answers(&begun((32 << 20) + 1), usize::MAX, &[Closed(1009)]).await;
    server.answers(&begun(usize::MAX >> 1), usize::MAX, &[Closed(1009)]).await;
    let mut bytes = vec![];
    (0..33).for_each(|place| bytes.extend(frame(if place == 0 { BINARY } else { CONTINUATION }, &[7; 1 << 20])));
    server.answers(&bytes, 1 << 16, &[Closed(1009)]).await;
}
