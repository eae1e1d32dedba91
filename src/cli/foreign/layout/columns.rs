//! The columns that each section of a map may name, by meaning.

use super::{LayoutMap, TableMap};

/// Roles of columns, the required ones first.
pub(in crate::cli::foreign) struct KnownColumns {
    pub(in crate::cli::foreign) required: &'static [&'static str],
    pub(in crate::cli::foreign) optional: &'static [&'static str],
}

pub(in crate::cli::foreign) const USERS: KnownColumns = KnownColumns {
    required: &["id", "username"],
    optional: &["email", "password", "avatar", "created_at", "status", "banned_until"],
};
pub(in crate::cli::foreign) const CHATS: KnownColumns =
    KnownColumns { required: &["id"], optional: &["name", "description", "kind", "created_at", "updated_at"] };
pub(in crate::cli::foreign) const OWNERS: KnownColumns = KnownColumns { required: &["chat", "user"], optional: &[] };
pub(in crate::cli::foreign) const MEMBERS: KnownColumns =
    KnownColumns { required: &["chat", "user"], optional: &["joined_at"] };
pub(in crate::cli::foreign) const MESSAGES: KnownColumns = KnownColumns {
    required: &["id", "chat", "content"],
    optional: &[
        "sender",
        "sender_name",
        "receiver",
        "created_at",
        "edited",
        "edited_at",
        "read",
        "read_by_all_at",
        "role",
        "device",
        "written_at",
        "file_url",
        "file_name",
        "file_size",
        "mime_type",
    ],
};
pub(in crate::cli::foreign) const REACTIONS: KnownColumns =
    KnownColumns { required: &["message", "user", "emoji"], optional: &["at"] };
pub(in crate::cli::foreign) const READS: KnownColumns =
    KnownColumns { required: &["message", "user"], optional: &["at"] };
pub(in crate::cli::foreign) const MENTIONS: KnownColumns =
    KnownColumns { required: &["message", "user"], optional: &[] };
pub(in crate::cli::foreign) const ROLES: KnownColumns =
    KnownColumns { required: &["user", "role"], optional: &["chat"] };
pub(in crate::cli::foreign) const AUDIT: KnownColumns = KnownColumns {
    required: &["id", "action", "actor"],
    optional: &["at", "target_type", "target", "reason", "metadata"],
};

impl LayoutMap {
    /// Checks that each section names its required columns, and no unknown ones.
    pub(super) fn check_columns(&self) -> Result<(), String> {
        let table = |map: &Option<TableMap>| map.as_ref().map(|map| map.columns.clone());
        let sections = [
            ("users", USERS, self.users.as_ref().map(|map| map.columns.clone())),
            ("chats", CHATS, self.chats.table.as_ref().map(|_| self.chats.columns.clone())),
            ("owners", OWNERS, self.owners.table.as_ref().map(|_| self.owners.columns.clone())),
            ("members", MEMBERS, table(&self.members)),
            ("messages", MESSAGES, self.messages.as_ref().map(|map| map.columns.clone())),
            ("reactions", REACTIONS, table(&self.reactions)),
            ("reads", READS, table(&self.reads)),
            ("mentions", MENTIONS, table(&self.mentions)),
            ("roles", ROLES, self.roles.as_ref().map(|map| map.columns.clone())),
            ("audit", AUDIT, self.audit.as_ref().map(|map| map.columns.clone())),
        ];
        for (section, known, columns) in sections {
            let Some(columns) = columns else { continue };
            if let Some(missing) = known.required.iter().find(|role| !columns.contains_key(**role)) {
                return Err(format!("{section}.columns must name the column of {missing}"));
            }
            let is_known = |role: &&String| known.required.iter().chain(known.optional).any(|known| known == role);
            if let Some(stranger) = columns.keys().find(|role| !is_known(role)) {
                let all: Vec<&str> = known.required.iter().chain(known.optional).copied().collect();
                return Err(format!("{section}.columns must not name {stranger}; it may have {}", all.join(", ")));
            }
        }
        Ok(())
    }
}
