use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::Semaphore;

use super::Result;
use super::report::Times;

const EVENT: &[u8] = br#"{"type":"NEW_MESSAGE","#;
const REQUEST: &[u8] = br#""requestId":"#;
const CONTENT: &[u8] = br#""content":""#;

/// One chat under load. It counts the members that have seen each message: one that all have seen makes room for the
/// next, so that no member falls behind without bound.
#[derive(Debug)]
pub(super) struct Room {
    pub(super) id: String,
    /// Permits for messages in flight.
    pub(super) window: Semaphore,
    pub(super) backlog: u32,
    /// Number of connections that receive each message.
    pub(super) members: u32,
    pub(super) sent: AtomicU64,
    pub(super) bytes: AtomicU64,
    place: String,
    first: u64,
    seen: Vec<AtomicU32>,
    epoch: Instant,
    acks: Mutex<Times>,
    deliveries: Mutex<Times>,
}

impl Room {
    /// A room whose clock is at `seq`.
    pub(super) fn new(id: &str, seq: u64, members: u32, backlog: u32) -> Room {
        Room {
            id: id.to_owned(),
            window: Semaphore::new(backlog as usize),
            backlog,
            members,
            sent: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            place: format!(r#""chatId":"{id}","seq":"#),
            first: seq + 1,
            seen: (0..backlog).map(|_| AtomicU32::new(0)).collect(),
            epoch: Instant::now(),
            acks: Mutex::default(),
            deliveries: Mutex::default(),
        }
    }

    /// A reader for one member.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { room: self, expected: self.first, sampled: false }
    }

    /// A command with content of a given length, which begins with the time.
    pub(super) fn command(&self, request_id: u64, length: usize) -> String {
        let id = &self.id;
        let now = self.epoch.elapsed().as_micros();
        let content = format!("{now} {}", "x".repeat(length.saturating_sub(12)));
        format!(
            r#"{{"type":"SEND_MESSAGE","requestId":{request_id},"chatId":"{id}","message":{{"content":"{content}"}}}}"#
        )
    }

    /// A command that marks the messages up to this position as read.
    pub(super) fn mark(&self, seq: u64) -> String {
        let id = &self.id;
        format!(r#"{{"type":"MARK_READ","requestId":"read","chatId":"{id}","seq":{seq}}}"#)
    }

    /// Records that a member has seen a message. Every member sees messages in order, so all members together do too.
    fn seen(&self, seq: u64) {
        let place = usize::try_from(seq % u64::from(self.backlog)).unwrap_or_default();
        if self.seen[place].fetch_add(1, Ordering::AcqRel) + 1 == self.members {
            self.seen[place].store(0, Ordering::Release);
            self.window.add_permits(1);
        }
    }

    /// Waits until all members have seen all messages; nothing is sent any more.
    pub(super) async fn finish(&self) -> Result<()> {
        self.window.acquire_many(self.backlog).await?.forget();
        Ok(())
    }

    /// Records the latency of a reply.
    pub(super) fn acknowledged(&self, took: Duration) {
        lock(&self.acks).add(took);
    }

    /// Reply latencies.
    pub(super) fn acks(&self) -> Times {
        lock(&self.acks).clone()
    }

    /// Delivery latencies of the sampled members.
    pub(super) fn deliveries(&self) -> Times {
        lock(&self.deliveries).clone()
    }
}

/// Checks one member's frames: every message of the room must arrive exactly once and in order.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    room: &'a Room,
    expected: u64,
    sampled: bool,
}

impl Reader<'_> {
    /// Turns the measurement of delivery latencies on or off.
    pub(super) fn sampled(self, sampled: bool) -> Self {
        Reader { sampled, ..self }
    }

    /// The position of the latest message.
    pub(super) fn latest(&self) -> u64 {
        self.expected - 1
    }

    /// Checks one frame; true for the reply to one of the client's own commands. A NEW_MESSAGE is not parsed: it must
    /// begin as expected.
    pub(super) fn look(&mut self, frame: &[u8]) -> Result<bool> {
        let wrong = || format!("after seq {}: {}", self.expected - 1, String::from_utf8_lossy(frame));
        let Some(rest) = frame.strip_prefix(EVENT) else {
            let fatal =
                [r#"{"type":"ERROR""#, r#"{"type":"LAGGED""#].iter().any(|bad| frame.starts_with(bad.as_bytes()));
            return if fatal { Err(wrong().into()) } else { Ok(false) };
        };
        let (rest, own) = match rest.strip_prefix(REQUEST) {
            Some(rest) => (digits(rest).1.strip_prefix(b",").ok_or_else(wrong)?, true),
            None => (rest, false),
        };
        let (seq, rest) = digits(rest.strip_prefix(self.room.place.as_bytes()).ok_or_else(wrong)?);
        if seq != self.expected {
            return Err(wrong().into());
        }
        self.expected += 1;
        if self.sampled {
            self.room.bytes.fetch_max(frame.len() as u64, Ordering::Relaxed);
            self.sample(rest);
        }
        self.room.seen(seq);
        Ok(own)
    }

    fn sample(&self, rest: &[u8]) {
        if let Some(place) = rest.windows(CONTENT.len()).position(|window| window == CONTENT) {
            let sent = Duration::from_micros(digits(&rest[place + CONTENT.len()..]).0);
            let took = self.room.epoch.elapsed().saturating_sub(sent);
            lock(&self.room.deliveries).add(took);
        }
    }
}

fn lock(times: &Mutex<Times>) -> MutexGuard<'_, Times> {
    times.lock()
}

fn digits(text: &[u8]) -> (u64, &[u8]) {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let number = text[..end].iter().fold(0u64, |number, digit| number.wrapping_mul(10) + u64::from(digit - b'0'));
    (number, &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: &str = r#"{"type":"NEW_MESSAGE","chatId":"r","seq":5,"message":{}}"#;

    #[test]
    fn messages_pass_once_and_in_order() {
        let room = Room::new("r", 4, 1, 2);
        let mut reader = room.reader();
        assert!(!reader.look(br#"{"type":"PRESENCE"}"#).expect("not a message"));
        assert!(!reader.look(EVENT.as_bytes()).expect("the next"));
        assert!(reader.look(EVENT.as_bytes()).is_err(), "a repeat");
        let reply = br#"{"type":"NEW_MESSAGE","requestId":9,"chatId":"r","seq":6,"message":{}}"#;
        assert!(reader.look(reply).expect("the next"));
        assert!(reader.look(br#"{"type":"NEW_MESSAGE","chatId":"r","seq":8}"#).is_err(), "a gap");
        assert!(reader.look(br#"{"type":"NEW_MESSAGE","chatId":"q","seq":7}"#).is_err(), "another room");
        assert!(reader.look(br#"{"type":"LAGGED","chatId":"r"}"#).is_err(), "lost ones");
    }

    #[test]
    fn a_message_seen_by_every_member_frees_its_slot() {
        let room = Room::new("r", 4, 2, 1);
        room.window.try_acquire().expect("room at first").forget();
        room.reader().look(EVENT.as_bytes()).expect("the next");
        assert!(room.window.try_acquire().is_err());
        room.reader().look(EVENT.as_bytes()).expect("the next");
        assert!(room.window.try_acquire().is_ok());
    }
}
