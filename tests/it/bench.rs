//! `pichat bench` through the real binary: short measurements that check every frame.

use std::process::Command;

#[cfg(feature = "postgres")]
use crate::support::postgres::shared;

pub fn bench(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pichat"));
    let output =
        command.arg("bench").arg("--directory").arg(folder.path()).args(arguments).output().expect("a process");
    let text = String::from_utf8_lossy(&output.stdout);
    let problem = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{problem}");
    let left = folder.path().read_dir().expect("the folder").count();
    assert_eq!(left, 0, "leftovers: {text}{problem}");
    text.into_owned()
}

/// The counts of each line that reports exact delivery.
fn exact(report: &str) -> Vec<(u64, u64)> {
    let count = |text: &str| text.replace(',', "").parse::<u64>().expect("a number");
    let counts = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["exact", sent, "sent,", delivered, "delivered,", "each", "once", "and", "in", "order"] => {
                Some((count(sent), count(delivered)))
            }
            _ => None,
        }
    };
    report.lines().filter_map(counts).collect()
}

#[test]
fn fan_out_and_its_baselines_deliver_exactly() {
    let report = bench(&["fanout", "--rooms", "2", "--listeners", "5", "--senders", "2", "--seconds", "1"]);
    let counts = exact(&report);
    assert_eq!(counts.len(), 3, "{report}");
    assert!(counts.iter().all(|(sent, delivered)| *sent > 0 && *delivered == sent * 7), "{report}");
}

#[test]
fn fan_out_at_a_fixed_rate_delivers_exactly() {
    let report = bench(&["--alone", "fanout", "--listeners", "3", "--rate", "50", "--seconds", "1"]);
    assert!(matches!(exact(&report)[..], [(sent @ 1.., delivered)] if delivered == sent * 4), "{report}");
}

#[test]
fn many_rooms_deliver_exactly_and_report_writes() {
    let report = bench(&["rooms", "--rooms", "5", "--members", "3", "--seconds", "1"]);
    assert!(matches!(exact(&report)[..], [(sent @ 1.., delivered)] if delivered == sent * 3), "{report}");
    assert!(report.contains("calls per message"), "{report}");
}

#[test]
fn a_reexported_archive_has_the_same_digest() {
    let report = bench(&["archive", "--messages", "300", "--chats", "7"]);
    let lines: Vec<Vec<&str>> = report.lines().map(|line| line.split_whitespace().collect()).collect();
    for name in ["export", "import"] {
        let line = lines.iter().find(|words| words.first() == Some(&name)).unwrap_or_else(|| panic!("{report}"));
        assert!(
            matches!(line[..], [_, _, "s,", _, "messages/s,", peak, "MiB", "at", "most"] if peak != "0.0"),
            "{report}"
        );
    }
    assert!(lines.contains(&vec!["digests", "equal"]), "{report}");
}

#[test]
fn sends_are_exact_alone_and_under_load() {
    let report = bench(&["sends", "--connections", "3", "--seconds", "1"]);
    assert!(matches!(exact(&report)[..], [(sent @ 1.., delivered)] if delivered == sent), "{report}");
    let report = bench(&["sends", "--alone", "--connections", "3", "--shared", "--pipeline", "4", "--seconds", "1"]);
    assert!(matches!(exact(&report)[..], [(sent @ 1.., delivered)] if delivered == sent * 3), "{report}");
}

#[test]
fn idle_connections_and_history_pages_are_measured() {
    assert!(bench(&["idle", "--connections", "20"]).contains("KiB per connection"));
    let report = bench(&["history", "--few", "100", "--many", "300", "--times", "3"]);
    assert_eq!(report.matches("ratio").count(), 6, "{report}");
}

#[test]
fn command_costs_are_measured_over_growing_data() {
    let sizes = ["--messages", "60,120", "--members", "3,6", "--chats", "2,4", "--times", "2"];
    let report = bench(&[&["growth"], &sizes[..]].concat());
    assert_eq!(report.matches("ratio").count(), 20 + 11 + 8 + 1, "{report}");
    assert!(report.contains("connecting"), "{report}");
}

#[test]
fn log_ins_are_measured_during_messaging() {
    let few = ["--listeners", "3", "--rate", "50", "--seconds", "1", "--connections", "20", "--log-ins", "5"];
    let report = bench(&[&["log-ins"], &few[..]].concat());
    let counts = exact(&report);
    assert_eq!(counts.len(), 2, "{report}");
    assert!(counts.iter().all(|(sent, delivered)| *sent > 0 && *delivered == sent * 4), "{report}");
    assert_eq!((report.matches(" more").count(), report.matches("ratio").count()), (2, 1), "{report}");
}

#[test]
fn disconnected_clients_reconnect_and_catch_up() {
    let report = bench(&["reconnect", "--clients", "60", "--chats", "2"]);
    for said in ["60 of 60", "the last after", "requests per client", "once in each chat"] {
        assert!(report.contains(said), "{report}");
    }
}

#[test]
fn attacks_are_measured_separately_and_together() {
    let report = bench(&["hostile", "--seconds", "1", "--rate", "20"]);
    assert_eq!(report.matches("bytes each").count(), 17, "{report}");
    for said in ["idle", "attacked", "cost", "memory", "of the p99 without attacks"] {
        assert!(report.contains(said), "{report}");
    }
}

#[test]
fn benchmarks_refuse_remote_hosts() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pichat"));
    let arguments = ["bench", "fanout", "--url", "ws://192.0.2.1:8080/ws", "--token", "a-token-of-somebody"];
    let output = command.args(arguments).output().expect("a process");
    assert!(!output.status.success());
    let problem = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(problem.contains("not on this machine"), "{problem}");
}

#[cfg(feature = "postgres")]
#[tokio::test]
async fn sends_are_exact_over_postgres() {
    let Some(server) = shared().await else { return };
    let url = server.url_of(&server.place().await);
    let measure = move || bench(&["sends", "--database", &url, "--connections", "3", "--seconds", "1"]);
    let report = tokio::task::spawn_blocking(measure).await.expect("a report");
    assert!(matches!(exact(&report)[..], [(sent @ 1.., delivered)] if delivered == sent), "{report}");
    assert!(report.contains("ratio"), "{report}");
}
