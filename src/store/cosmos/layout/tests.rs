use super::*;
use crate::store::cosmos::queries::*;

const QUERIES: [(ContainerKind, &str); 75] = [
    (ContainerKind::Messages, OLDER),
    (ContainerKind::Messages, NEWEST_FIRST),
    (ContainerKind::Messages, NEWER),
    (ContainerKind::Messages, OLDEST_FIRST),
    (ContainerKind::Messages, NUMBERED),
    (ContainerKind::Messages, NUMBERED_ORDER),
    (ContainerKind::Messages, TOTAL),
    (ContainerKind::Messages, PREVIOUS),
    (ContainerKind::Messages, OF_SENDER),
    (ContainerKind::Messages, SAYING),
    (ContainerKind::Messages, HAVING_WORD),
    (ContainerKind::Messages, UNREAD),
    (ContainerKind::Messages, LAST_READ),
    (ContainerKind::Messages, LAST_SENT),
    (ContainerKind::Messages, LOWEST),
    (ContainerKind::Messages, FURTHEST),
    (ContainerKind::Messages, OTHERS_MARKS),
    (ContainerKind::Messages, NEXT_OTHER),
    (ContainerKind::Messages, GONE),
    (ContainerKind::Messages, DELETED),
    (ContainerKind::Messages, AUTHORS),
    (ContainerKind::Messages, MENTION_COUNT),
    (ContainerKind::Messages, LATE_MENTIONS),
    (ContainerKind::Messages, FOUND),
    (ContainerKind::Messages, MENTIONING),
    (ContainerKind::Messages, LATEST_BEFORE),
    (ContainerKind::Messages, NEXT_REACTOR),
    (ContainerKind::Messages, CHANGED),
    (ContainerKind::Messages, MEMBERS),
    (ContainerKind::Messages, PEER),
    (ContainerKind::Messages, LEFT_MEMBERS),
    (ContainerKind::Messages, LEFT),
    (ContainerKind::Messages, BY_ID),
    (ContainerKind::Messages, EVER_JOINED),
    (ContainerKind::Messages, REACTIONS),
    (ContainerKind::Messages, EVERY_DELETED),
    (ContainerKind::Chats, EVERY_NAME),
    (ContainerKind::Messages, EVERY_CHAT),
    (ContainerKind::Messages, HEADS_AND_MEMBERSHIPS),
    (ContainerKind::Messages, MARKS_OF_CHATS),
    (ContainerKind::Messages, MEMBERS_OF_CHATS),
    (ContainerKind::Messages, ONE_CHAT),
    (ContainerKind::Messages, NEWEST_OF_SENDER),
    (ContainerKind::Messages, EVERY_REACTION),
    (ContainerKind::Users, EVERY_ACCOUNT),
    (ContainerKind::Users, LISTED),
    (ContainerKind::Users, TOKENS),
    (ContainerKind::Users, SESSIONS),
    (ContainerKind::Users, PEOPLE),
    (ContainerKind::Users, KNOWN_AS),
    (ContainerKind::Users, BY_NAME),
    (ContainerKind::Messages, EVER_MEMBERS),
    (ContainerKind::Messages, REACTORS),
    (ContainerKind::Users, ACCOUNT_KEYS),
    (ContainerKind::Settings, EVERY_DOCUMENT),
    (ContainerKind::Settings, COMPLETE_FILES),
    (ContainerKind::Settings, AUDIT_AFTER),
    (ContainerKind::Settings, AUDIT),
    (ContainerKind::Settings, BY_ACTOR),
    (ContainerKind::Settings, AT_TARGET),
    (ContainerKind::Settings, LATEST_ENTRY_FIRST),
    (ContainerKind::Settings, MONTHS),
    (ContainerKind::Settings, FILES_DUE),
    (ContainerKind::Settings, FILES_OF_OWNER),
    (ContainerKind::Settings, FILES_OF_CHAT),
    (ContainerKind::Settings, FILE_BYTES_OF_OWNER),
    (ContainerKind::Settings, UNFINISHED_FILES),
    (ContainerKind::Settings, FILE_COUNT),
    (ContainerKind::Settings, FILE_BYTES),
    (ContainerKind::Chats, CHANNELS),
    (ContainerKind::Chats, ACTIVE_CHANNELS),
    (ContainerKind::Chats, BY_CHAT),
    (ContainerKind::Chats, NAMED),
    (ContainerKind::Chats, LATEST_FIRST),
    (ContainerKind::Chats, "SELECT c.id"),
];

/// The paths of a query, as `sender.id` of `c.sender.id`. Objects that a query only returns need no index.
fn paths(query: &str) -> Vec<String> {
    let shown = query.strip_prefix("SELECT VALUE {").and_then(|query| query.split_once("} FROM "));
    let query = shown.map_or(query, |(_, conditions)| conditions);
    let begins = query
        .match_indices("c.")
        .filter(|(at, _)| !query[..*at].ends_with(|before: char| before.is_ascii_alphanumeric() || before == '_'));
    let path = |at: usize| query[at + 2..].chars().take_while(|next| next.is_ascii_alphanumeric() || *next == '.');
    begins.map(|(at, _)| path(at).collect()).collect()
}

#[test]
fn every_queried_path_is_indexed() {
    for (kind, query) in QUERIES {
        for path in paths(query) {
            let indexed = format!("/{}/?", path.replace('.', "/"));
            let elements = format!("/{}/[]/?", path.replace('.', "/"));
            let is_indexed = kind.indexed().contains(&&*indexed) || kind.indexed().contains(&&*elements);
            assert!(path == "id" || is_indexed, "{indexed} of {kind:?}: {query}");
        }
    }
}

#[test]
fn only_queried_paths_are_indexed() {
    for kind in ContainerKind::ALL {
        let queried: Vec<String> =
            QUERIES.iter().filter(|(of, _)| *of == kind).flat_map(|(_, query)| paths(query)).collect();
        for path in kind.indexed() {
            let path = path.trim_start_matches('/').trim_end_matches("/?").trim_end_matches("/[]").replace('/', ".");
            assert!(queried.contains(&path), "{path} of {kind:?}");
        }
    }
}

#[test]
fn every_composite_order_has_an_index() {
    for (kind, query) in QUERIES {
        let Some((_, order)) = query.split_once("ORDER BY ") else { continue };
        let order = order.split(" OFFSET").next().unwrap_or(order);
        if !order.contains(", ") {
            continue;
        }
        let direction = |order: &CompositeIndexOrder| match order {
            CompositeIndexOrder::Descending => "DESC",
            _ => "ASC",
        };
        let indexed = kind.ordered_together().iter();
        let indexed: Vec<_> =
            indexed.map(|(path, order)| format!("c.{} {}", path[1..].replace('/', "."), direction(order))).collect();
        assert_eq!(order, indexed.join(", "));
    }
}

/// Queries in other files would escape the checks above.
#[test]
fn every_query_is_in_the_query_file() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/store/cosmos");
    for entry in std::fs::read_dir(folder).expect("this folder") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            // It contains only these checks.
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("source");
        assert!(path.ends_with("queries.rs") || !text.contains("SELECT "), "{}", path.display());
    }
}
