//! A database that does not fit in memory.

use super::*;

const SCRIPT: &str = include_str!("fastapi-backend.sql");

const ROOMS: u64 = 32;
/// Messages of each room.
const MESSAGES: u64 = 64;
/// Bytes of each message.
const BYTES: u64 = 16_000;

/// The numbers from 0, as a table with the column `value`.
fn numbers(count: u64) -> String {
    let next = format!("SELECT value + 1 FROM s WHERE value < {}", count - 1);
    format!("(WITH RECURSIVE s (value) AS (SELECT 0 UNION ALL {next}) SELECT value FROM s)")
}

/// Rooms with messages in turn, each with a reaction and a read receipt.
fn filled() -> String {
    let rooms = numbers(ROOMS);
    let rounds = numbers(MESSAGES);
    let number = format!("1000 + n.value * {ROOMS} + r.id - 100");
    format!(
        "INSERT INTO chat_rooms SELECT 100 + value, 'room ' || value, '2021-04-01 07:10:00' FROM {rooms}; \
         INSERT INTO messages SELECT {number}, printf('%.*c', {BYTES}, 'x') || ({number}), 'text', NULL, NULL, NULL, \
         NULL, '2021-05-02 08:00:00', r.id, 1 FROM {rounds} n, chat_rooms r WHERE r.id >= 100; \
         INSERT INTO message_reactions SELECT id, id, 2, '👍', '2021-05-03 08:00:00', '2021-05-03 08:00:00' \
         FROM messages WHERE id >= 1000; \
         INSERT INTO message_reads SELECT id, id, 2, '2021-05-03 08:00:00' FROM messages WHERE id >= 1000;"
    )
}

/// A finished import.
struct Imported {
    said: String,
    /// The most memory that it was seen to have, without that of the program file, in bytes.
    peak: u64,
}

fn imported(mut command: std::process::Command) -> Imported {
    let mut child = command.spawn().expect("the binary starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("its state").is_none() {
        let status = std::fs::read_to_string(&status).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        peak = kilobytes.unwrap_or(0).max(peak);
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let output = child.wait_with_output().expect("an end");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Imported { said: String::from_utf8(output.stdout).expect("text"), peak: peak * 1024 }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_database_is_imported_chat_by_chat() {
    let store = Store::sqlite();
    let filled = filled();
    sqlite_file(&store, &[SCRIPT, &filled]);
    let command = store.command(&[&words("fastapi-backend", "chat.db")[..], &["--dry-run"]].concat());
    let Imported { said, peak } = tokio::task::spawn_blocking(move || imported(command)).await.expect("an end");
    let messages = ROOMS * MESSAGES;
    assert_says(
        &said,
        &[
            &format!("messages: rows {}, imported {}, left out 1", messages + 6, messages + 5),
            &format!("message_reactions: rows {}, imported {}, left out 0", messages + 2, messages + 2),
            &format!("message_reads: rows {}, imported {}, left out 2", messages + 6, messages + 4),
        ],
    );
    // All messages are 33 MB, those of one chat 1 MB.
    assert!(peak < messages * BYTES, "{peak} bytes at most");
}
