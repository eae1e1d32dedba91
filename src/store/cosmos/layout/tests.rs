use super::*;

const QUERIES: [(Kind, &str); 46] = [
    (Kind::Messages, OLDER),
    (Kind::Messages, NEWEST_FIRST),
    (Kind::Messages, NEWER),
    (Kind::Messages, OLDEST_FIRST),
    (Kind::Messages, NUMBERED),
    (Kind::Messages, NUMBERED_ORDER),
    (Kind::Messages, TOTAL),
    (Kind::Messages, PREVIOUS),
    (Kind::Messages, OF_SENDER),
    (Kind::Messages, SAYING),
    (Kind::Messages, HAVING_WORD),
    (Kind::Messages, UNREAD),
    (Kind::Messages, LAST_READ),
    (Kind::Messages, LAST_SENT),
    (Kind::Messages, LOWEST),
    (Kind::Messages, FURTHEST),
    (Kind::Messages, NEXT_OTHER),
    (Kind::Messages, GONE),
    (Kind::Messages, DELETED),
    (Kind::Messages, AUTHORS),
    (Kind::Messages, MENTION_COUNT),
    (Kind::Messages, FOUND),
    (Kind::Messages, MENTIONING),
    (Kind::Messages, LATEST_BEFORE),
    (Kind::Messages, NEXT_REACTOR),
    (Kind::Messages, CHANGED),
    (Kind::Messages, MEMBERS),
    (Kind::Messages, PEER),
    (Kind::Messages, LEFT_MEMBERS),
    (Kind::Messages, LEFT),
    (Kind::Messages, BY_ID),
    (Kind::Users, LISTED),
    (Kind::Users, TOKENS),
    (Kind::Users, SESSIONS),
    (Kind::Users, PEOPLE),
    (Kind::Users, KNOWN_AS),
    (Kind::Users, BY_NAME),
    (Kind::Settings, AUDIT),
    (Kind::Settings, BY_ACTOR),
    (Kind::Settings, AT_TARGET),
    (Kind::Settings, LATEST_ENTRY_FIRST),
    (Kind::Settings, MONTHS),
    (Kind::Chats, CHANNELS),
    (Kind::Chats, NAMED),
    (Kind::Chats, LATEST_FIRST),
    (Kind::Chats, "SELECT c.id"),
];

/// The paths of a query, as `sender.id` of `c.sender.id`.
fn paths(query: &str) -> Vec<String> {
    let begins = query
        .match_indices("c.")
        .filter(|(at, _)| !query[..*at].ends_with(|before: char| before.is_ascii_alphanumeric() || before == '_'));
    let path = |at: usize| query[at + 2..].chars().take_while(|next| next.is_ascii_alphanumeric() || *next == '.');
    begins.map(|(at, _)| path(at).collect()).collect()
}

#[test]
fn every_path_that_is_queried_is_indexed() {
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
fn nothing_is_indexed_that_is_not_queried() {
    for kind in Kind::ALL {
        let queried: Vec<String> =
            QUERIES.iter().filter(|(of, _)| *of == kind).flat_map(|(_, query)| paths(query)).collect();
        for path in kind.indexed() {
            let path = path.trim_start_matches('/').trim_end_matches("/?").trim_end_matches("/[]").replace('/', ".");
            assert!(queried.contains(&path), "{path} of {kind:?}");
        }
    }
}

#[test]
fn an_order_by_several_paths_has_its_index() {
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

/// Queries stand here and nowhere else, or the checks above would not see them.
#[test]
fn no_query_stands_elsewhere() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/store/cosmos");
    for entry in std::fs::read_dir(folder).expect("this folder") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            // These checks are all that stands there.
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("source");
        assert!(path.ends_with("layout.rs") || !text.contains("SELECT "), "{}", path.display());
    }
}
