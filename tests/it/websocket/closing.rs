use super::{Echo, Expected::Closed, echo};
use crate::support::raw::{self, CLOSE, PING, TEXT, close, frame, whole};

#[tokio::test]
async fn a_close_frame_is_echoed_with_its_code() {
    let server = Echo::start().await;
    server.answers(&whole(CLOSE, &[]), usize::MAX, &[Closed(0)]).await;
    let codes = (1000..=1003).chain(1007..=1013).chain([3000, 3999, 4000, 4999]);
    for code in codes {
        for reason in [&b""[..], "schöne Grüße".as_bytes(), &[b'x'; 123]] {
            server.answers(&close(code, reason), usize::MAX, &[Closed(code)]).await;
        }
        server.answers(&close(code, b"bye"), 1, &[Closed(code)]).await;
    }
}

#[tokio::test]
async fn reserved_close_codes_are_refused() {
    let server = Echo::start().await;
    for code in [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535] {
        server.answers(&close(code, b""), usize::MAX, &[Closed(1002)]).await;
        server.answers(&close(code, b"why"), usize::MAX, &[Closed(1002)]).await;
    }
}

#[tokio::test]
async fn a_malformed_close_frame_is_refused() {
    let server = Echo::start().await;
    server.answers(&whole(CLOSE, &[3]), usize::MAX, &[Closed(1002)]).await;
    server.answers(&close(1000, b"\xce\xba\xed\xa0\x80"), usize::MAX, &[Closed(1007)]).await;
    server.answers(&close(1000, &[b'x'; 124]), usize::MAX, &[Closed(1002)]).await;
}

#[tokio::test]
async fn frames_after_a_close_frame_are_ignored() {
    let server = Echo::start().await;
    let before = [whole(TEXT, b"before"), close(1000, b"")].concat();
    for after in [whole(TEXT, b"after"), whole(PING, b"after"), close(1001, b""), frame(0xf3, b"broken")] {
        let bytes = [before.clone(), after].concat();
        server.answers(&bytes, usize::MAX, &[echo(TEXT, "before"), Closed(1000)]).await;
    }
}

#[tokio::test]
async fn a_close_frame_may_interrupt_a_fragmented_message() {
    let server = Echo::start().await;
    let bytes = [frame(TEXT, b"never ends"), close(1000, b""), frame(0x80 | raw::CONTINUATION, b"late")].concat();
    for piece in [usize::MAX, 1] {
        server.answers(&bytes[..bytes.len() - 10], piece, &[Closed(1000)]).await;
        let mut raw = server.connect().await;
        raw.write(&bytes).await;
        raw.expect(&Closed(1000)).await;
        assert_eq!(raw.frame().await, None);
    }
}
