//! Statements that both databases accept, with SQLite's parameters (`?1`). [`postgres_statement`] converts them to
//! PostgreSQL's (`$1`).

use super::columns::{
    account_columns, member_columns, operation_columns, session_columns, token_columns, user_columns,
};

/// A shared statement with PostgreSQL's parameters, converted at compile time.
#[cfg(feature = "postgres")]
macro_rules! postgres_statement {
    ($shared:expr) => {{
        const SHARED: &str = $shared;
        const BYTES: [u8; SHARED.len()] = $crate::store::sql::statements::with_dollars(SHARED);
        match std::str::from_utf8(&BYTES) {
            Ok(statement) => statement,
            Err(_) => panic!("a statement stays UTF-8 when one ASCII character replaces another"),
        }
    }};
}

#[cfg(feature = "postgres")]
pub(in crate::store) use postgres_statement;

/// The statement with `$` for each `?`. No shared statement uses a question mark for anything else.
#[cfg(feature = "postgres")]
pub(in crate::store) const fn with_dollars<const N: usize>(statement: &str) -> [u8; N] {
    let from = statement.as_bytes();
    let mut bytes = [0; N];
    let mut index = 0;
    while index < N {
        bytes[index] = if from[index] == b'?' { b'$' } else { from[index] };
        index += 1;
    }
    bytes
}

pub(in crate::store) mod accounts {
    use super::{account_columns, user_columns};

    pub(in crate::store) const BY_ID: &str = concat!("SELECT ", account_columns!("u"), " FROM users u WHERE u.id = ?1");
    pub(in crate::store) const BY_NAME: &str =
        concat!("SELECT ", account_columns!("u"), " FROM users u WHERE u.username_key = ?1");
    pub(in crate::store) const BY_EMAIL: &str =
        concat!("SELECT ", account_columns!("u"), " FROM users u WHERE u.email_key = ?1");

    pub(in crate::store) const BOTS: &str =
        concat!("SELECT ", user_columns!("u"), " FROM users u WHERE u.owner_id = ?1 AND u.deleted_at IS NULL");

    /// Uses the index of changes: few accounts change while a client is away.
    pub(in crate::store) const CHANGED: &str = concat!(
        "SELECT ",
        user_columns!("u"),
        ", u.deleted_at IS NOT NULL, u.changed_at FROM users u \
         WHERE u.changed_at > ?2 AND (u.id = ?1 OR EXISTS (SELECT 1 \
         FROM members o JOIN members m ON m.chat_id = o.chat_id AND m.user_id = ?1 AND m.role IS NOT NULL \
         WHERE o.user_id = u.id AND (o.role IS NOT NULL OR u.deleted_at IS NOT NULL))) ORDER BY u.changed_at LIMIT ?3"
    );
}

pub(in crate::store) mod sessions {
    use super::session_columns;

    pub(in crate::store) const ALL: &str = concat!(
        "SELECT ",
        session_columns!("t"),
        " FROM sessions t WHERE t.user_id = ?1 ORDER BY t.created_at DESC, t.id DESC"
    );

    pub(in crate::store) const INSERT: &str = "INSERT INTO sessions \
        (user_id, id, device_id, created_at, last_seen_at, expires_at, family, refresh, spent, spent_at) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (user_id, id) DO NOTHING";

    pub(in crate::store) const RENEW: &str = "UPDATE sessions SET refresh = ?3, last_seen_at = ?4, expires_at = ?5, \
        spent = ?7, spent_at = ?8 WHERE user_id = ?1 AND id = ?2 AND refresh = ?6";

    pub(in crate::store) const TOUCH: &str =
        "UPDATE sessions SET last_seen_at = ?3 WHERE user_id = ?1 AND id = ?2 AND last_seen_at < ?3";

    pub(in crate::store) const FORGET: &str = "DELETE FROM sessions WHERE expires_at < ?1";
    pub(in crate::store) const DELETE: &str = "DELETE FROM sessions WHERE user_id = ?1 AND id = ?2";
}

pub(in crate::store) mod tokens {
    use super::{account_columns, token_columns};

    /// The owner's account, the maker, and the token.
    pub(in crate::store) const BY_HASH: &str = concat!(
        "SELECT ",
        account_columns!("u"),
        ", t.maker_id, ",
        token_columns!("t"),
        " FROM tokens t JOIN users u ON u.id = t.user_id WHERE t.hash = ?1"
    );

    /// The maker and the token.
    pub(in crate::store) const BY_ID: &str =
        concat!("SELECT t.maker_id, ", token_columns!("t"), " FROM tokens t WHERE t.id = ?1");

    pub(in crate::store) const OF_MAKER: &str = concat!(
        "SELECT ",
        token_columns!("t"),
        " FROM tokens t WHERE t.maker_id = ?1 ORDER BY t.created_at DESC, t.id DESC"
    );

    pub(in crate::store) const INSERT: &str = "INSERT INTO tokens \
        (id, hash, user_id, maker_id, name, scopes, created_at, expires_at, last_used_at) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO NOTHING";

    pub(in crate::store) const DELETE: &str = "DELETE FROM tokens WHERE id = ?1 AND maker_id = ?2";

    pub(in crate::store) const TOUCH: &str =
        "UPDATE tokens SET last_used_at = ?2 WHERE id = ?1 AND (last_used_at IS NULL OR last_used_at < ?2)";
}

pub(in crate::store) mod chats {
    use super::{member_columns, user_columns};

    pub(in crate::store) const CLOCK: &str = "SELECT seq FROM chats WHERE id = ?1";

    pub(in crate::store) const EVERY: &str = "SELECT id FROM chats WHERE id > ?1 ORDER BY id LIMIT ?2";

    pub(in crate::store) const MEMBERS: &str = concat!(
        "SELECT ",
        member_columns!("m"),
        ", ",
        user_columns!("u"),
        " FROM members m JOIN users u ON u.id = m.user_id \
          WHERE m.chat_id = ?1 AND m.user_id > ?2 AND m.role IS NOT NULL ORDER BY m.user_id LIMIT ?3"
    );

    pub(in crate::store) const MEMBERSHIPS: &str =
        "SELECT chat_id FROM members WHERE user_id = ?1 AND role IS NOT NULL ORDER BY chat_id";

    pub(in crate::store) const EVER_JOINED: &str =
        "SELECT chat_id FROM members WHERE user_id = ?1 AND (role IS NOT NULL OR left_seq > 0) ORDER BY chat_id";
}

pub(in crate::store) mod messages {
    /// The senders of messages after one position and up to another.
    pub(in crate::store) const AUTHORS: &str =
        "SELECT DISTINCT sender_id FROM messages WHERE chat_id = ?1 AND seq > ?2 AND seq <= ?3";
}

pub(in crate::store) mod reactions {
    pub(in crate::store) const SINCE: &str =
        "SELECT seq FROM reactions WHERE chat_id = ?1 AND message_id = ?2 AND emoji = ?3 AND user_id = ?4";

    /// The first user after those that the message lists.
    pub(in crate::store) const NEXT: &str = "SELECT user_id FROM reactions \
        WHERE chat_id = ?1 AND message_id = ?2 AND emoji = ?3 ORDER BY seq LIMIT 1 OFFSET ?4";

    pub(in crate::store) const OWN: &str =
        "SELECT message_id, emoji FROM reactions WHERE chat_id = ?1 AND user_id = ?2 ORDER BY message_id, emoji";
}

pub(in crate::store) mod files {
    pub(in crate::store) const ONE: &str = "SELECT record FROM files WHERE id = ?1";
    pub(in crate::store) const INSERT: &str = "INSERT INTO files (id, owner_id, chat_id, state, size, due_at, version, record) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7) ON CONFLICT (id) DO NOTHING";
    // `version + 1 = ?4` instead of `version = ?4 - 1`, because PostgreSQL would infer the type `int4` for the
    // parameter.
    pub(in crate::store) const UPDATE: &str =
        "UPDATE files SET state = ?2, due_at = ?3, version = ?4, record = ?5 WHERE id = ?1 AND version + 1 = ?4";
    pub(in crate::store) const DELETE: &str = "DELETE FROM files WHERE id = ?1";
    pub(in crate::store) const DUE: &str = "SELECT record FROM files WHERE due_at <= ?1 ORDER BY due_at LIMIT ?2";
    pub(in crate::store) const OF_OWNER: &str =
        "SELECT record FROM files WHERE owner_id = ?1 AND id > ?2 AND state < 2 ORDER BY id LIMIT ?3";
    pub(in crate::store) const OF_CHAT: &str =
        "SELECT record FROM files WHERE chat_id = ?1 AND id > ?2 AND state < 2 ORDER BY id LIMIT ?3";
}

pub(in crate::store) mod operations {
    use super::operation_columns;

    pub(in crate::store) const ONE: &str =
        concat!("SELECT ", operation_columns!("o"), " FROM operations o WHERE o.user_id = ?1 AND o.id = ?2");
    /// Stores an outcome, unless the operation already has one.
    pub(in crate::store) const KEEP: &str = "INSERT INTO operations (user_id, id, fingerprint, chat_id, seq, outcome, at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
    pub(in crate::store) const FORGET: &str = "DELETE FROM operations WHERE at < ?1";
    /// Replaces an outcome from before `?6`, and the claim `?7`.
    pub(in crate::store) const CLAIM: &str = "INSERT INTO operations (user_id, id, fingerprint, seq, outcome, at, claim) \
         VALUES (?1, ?2, ?3, 0, '', ?4, ?5) ON CONFLICT (user_id, id) DO UPDATE SET fingerprint = excluded.fingerprint, \
         chat_id = NULL, seq = 0, outcome = '', at = excluded.at, claim = excluded.claim \
         WHERE (operations.claim IS NULL AND operations.at < ?6) OR operations.claim = ?7";
    /// The write that ended the claim has left no outcome.
    pub(in crate::store) const FINISH: &str = "UPDATE operations SET outcome = ?4, claim = NULL \
         WHERE user_id = ?1 AND id = ?2 AND (claim = ?3 OR (claim IS NULL AND outcome = ''))";
    pub(in crate::store) const RELEASE: &str = "DELETE FROM operations WHERE user_id = ?1 AND id = ?2 AND claim = ?3";
    pub(in crate::store) const USAGE: &str =
        "SELECT count(*), coalesce(sum(octet_length(outcome)), 0) FROM operations WHERE user_id = ?1";
}

pub(in crate::store) mod documents {
    pub(in crate::store) const ONE: &str = "SELECT version, text FROM documents WHERE place = ?1";
    pub(in crate::store) const INSERT: &str =
        "INSERT INTO documents (place, version, text) VALUES (?1, 1, ?2) ON CONFLICT (place) DO NOTHING";
    pub(in crate::store) const UPDATE: &str =
        "UPDATE documents SET text = ?2, version = ?3 WHERE place = ?1 AND version + 1 = ?3";
}
