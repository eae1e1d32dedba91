//! Maps: the meaning of the tables and columns of another server's database.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::auth::ImportedScheme;
use crate::protocol::{ChatKind, ServerRole};

pub(super) mod columns;

/// The built-in maps.
const BUILT_IN: [(&str, &str); 6] = [
    ("fastapi-application", include_str!("maps/fastapi-application.toml")),
    ("fastapi-application-rooms", include_str!("maps/fastapi-application-rooms.toml")),
    ("fastapi-backend", include_str!("maps/fastapi-backend.toml")),
    ("pichat-fastapi", include_str!("maps/pichat-fastapi.toml")),
    ("pythia", include_str!("maps/pythia.toml")),
    ("windi", include_str!("maps/windi.toml")),
];

/// The layout of a database.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LayoutMap {
    /// The beginning of every id.
    pub(super) source: String,
    /// The UTC offset of times without one.
    #[serde(default = "utc")]
    pub(super) zone: String,
    pub(super) users: Option<UsersMap>,
    pub(super) chats: ChatsMap,
    #[serde(default)]
    pub(super) owners: OwnersMap,
    pub(super) members: Option<TableMap>,
    pub(super) messages: Option<MessagesMap>,
    pub(super) reactions: Option<TableMap>,
    pub(super) reads: Option<TableMap>,
    pub(super) mentions: Option<TableMap>,
    pub(super) roles: Option<RolesMap>,
    pub(super) audit: Option<AuditMap>,
    /// Tables that are left out on purpose, each with the reason.
    #[serde(default)]
    pub(super) ignored: BTreeMap<String, String>,
}

fn utc() -> String {
    "Z".to_owned()
}

/// A table and its columns, by meaning.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableMap {
    pub(super) table: String,
    pub(super) columns: BTreeMap<String, String>,
}

/// The table of users.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UsersMap {
    pub(super) table: String,
    pub(super) columns: BTreeMap<String, String>,
    /// The input of the bcrypt hashes.
    #[serde(default)]
    pub(super) password: PasswordInput,
    /// Accounts with publicly known passwords, which are imported without one.
    #[serde(default)]
    pub(super) without_password: Vec<String>,
    /// Values of `status` that mean a ban from the server.
    #[serde(default)]
    pub(super) banned: Vec<String>,
}

/// The input of bcrypt.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PasswordInput {
    #[default]
    Text,
    HexSha256,
}

impl From<PasswordInput> for ImportedScheme {
    fn from(input: PasswordInput) -> Self {
        match input {
            PasswordInput::Text => ImportedScheme::Password,
            PasswordInput::HexSha256 => ImportedScheme::HexSha256,
        }
    }
}

/// The table of chats; without one, every value of a message's `chat` is a chat.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChatsMap {
    pub(super) table: Option<String>,
    #[serde(default)]
    pub(super) columns: BTreeMap<String, String>,
    /// The kind of chats whose value is not in `kinds`.
    pub(super) kind: MappedKind,
    /// Kinds by value of the column `kind`.
    #[serde(default)]
    pub(super) kinds: BTreeMap<String, MappedKind>,
    /// The name of chats without one; `{id}` and `{time}` are filled in.
    #[serde(default = "default_name")]
    pub(super) default_name: String,
    /// True if chats without messages are left out.
    #[serde(default)]
    pub(super) leave_out_empty: bool,
}

fn default_name() -> String {
    "chat-{id}".to_owned()
}

/// The kind of a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum MappedKind {
    Direct,
    Group,
    Channel,
    /// Direct if exactly two users wrote to each other and every message has a receiver, otherwise a group.
    ByMembers,
}

impl MappedKind {
    /// The kind, unless it depends on the members.
    pub(super) fn fixed(self) -> Option<ChatKind> {
        match self {
            MappedKind::Direct => Some(ChatKind::Direct),
            MappedKind::Group => Some(ChatKind::Group),
            MappedKind::Channel => Some(ChatKind::Channel),
            MappedKind::ByMembers => None,
        }
    }
}

/// The owners of chats.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnersMap {
    pub(super) table: Option<String>,
    #[serde(default)]
    pub(super) columns: BTreeMap<String, String>,
    /// The owner of a chat without one in the table.
    #[serde(default)]
    pub(super) otherwise: DefaultOwner,
}

/// The owner of a chat without one in the database. If nobody qualifies, it is the administrator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum DefaultOwner {
    /// The member who joined first.
    #[default]
    FirstMember,
    /// The sender of the first message.
    FirstSender,
    /// The user given with `--owner`, or else the built-in administrator.
    Administrator,
}

/// The table of messages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MessagesMap {
    pub(super) table: String,
    pub(super) columns: BTreeMap<String, String>,
    /// The order within a chat.
    #[serde(default)]
    pub(super) order: MessageOrder,
    /// True if ids are kept, because they are UUIDs or similar.
    #[serde(default)]
    pub(super) keep_ids: bool,
    /// True if replies begin with a line `> @username: text` and an empty line.
    #[serde(default)]
    pub(super) quotes: bool,
    /// The beginning of addresses of uploaded files.
    pub(super) upload_address: Option<String>,
    /// Folders of uploaded files, below the one given with `--uploads`.
    #[serde(default)]
    pub(super) upload_folders: Vec<String>,
}

/// The order of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum MessageOrder {
    /// By time, then by integer id, or else in database order.
    #[default]
    Time,
    /// By integer id.
    Id,
}

/// The table of roles.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RolesMap {
    pub(super) table: String,
    pub(super) columns: BTreeMap<String, String>,
    /// Roles on the server, by value.
    pub(super) server: BTreeMap<String, MappedRole>,
    /// Values that make a member an admin of the chat in the row.
    #[serde(default)]
    pub(super) chat_admins: Vec<String>,
}

/// A role on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum MappedRole {
    Member,
    Moderator,
    Admin,
}

impl From<MappedRole> for ServerRole {
    fn from(role: MappedRole) -> Self {
        match role {
            MappedRole::Member => ServerRole::Member,
            MappedRole::Moderator => ServerRole::Moderator,
            MappedRole::Admin => ServerRole::Admin,
        }
    }
}

/// The table of administrators' actions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AuditMap {
    pub(super) table: String,
    pub(super) columns: BTreeMap<String, String>,
    /// Commands of the audit log, by value of `action`; rows with other values are left out.
    pub(super) commands: BTreeMap<String, String>,
}

impl LayoutMap {
    /// The built-in map with this name, or the map in this file.
    ///
    /// # Errors
    /// Fails if the map does not exist, or has an unknown field or column.
    pub(super) fn find(name: &str) -> Result<Self, String> {
        let built_in = BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned());
        let text = match built_in {
            Some(text) => text,
            None if name.contains(['.', '/']) || Path::new(name).exists() => {
                std::fs::read_to_string(name).map_err(|error| format!("cannot read the map {name}: {error}"))?
            }
            None => {
                let known: Vec<&str> = BUILT_IN.iter().map(|(known, _)| *known).collect();
                return Err(format!("there is no map {name}; give a file, or one of {}", known.join(", ")));
            }
        };
        LayoutMap::parse(&text).map_err(|problem| format!("the map {name} is not valid: {problem}"))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let map: LayoutMap = toml::from_str(text).map_err(|error| error.message().replace('\n', " "))?;
        let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !(1..=32).contains(&map.source.len()) || !map.source.bytes().all(is_word) {
            return Err("source must have 1 to 32 characters of a-z 0-9 -".to_owned());
        }
        map.check_columns()?;
        Ok(map)
    }

    /// Every table in the map.
    pub(super) fn tables(&self) -> Vec<String> {
        let all = [
            self.users.as_ref().map(|map| &map.table),
            self.chats.table.as_ref(),
            self.owners.table.as_ref(),
            self.members.as_ref().map(|map| &map.table),
            self.messages.as_ref().map(|map| &map.table),
            self.reactions.as_ref().map(|map| &map.table),
            self.reads.as_ref().map(|map| &map.table),
            self.mentions.as_ref().map(|map| &map.table),
            self.roles.as_ref().map(|map| &map.table),
            self.audit.as_ref().map(|map| &map.table),
        ];
        all.into_iter().flatten().chain(self.ignored.keys()).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, LayoutMap};

    #[test]
    fn every_built_in_map_is_valid() {
        for (name, _) in BUILT_IN {
            LayoutMap::find(name).unwrap_or_else(|problem| panic!("{problem}"));
        }
    }

    #[test]
    fn map_errors_name_the_field() {
        let good = "source = \"x\"\n[chats]\nkind = \"group\"\n";
        LayoutMap::parse(good).expect("a map");
        for (text, words) in [
            ("", "missing field `source`"),
            (&good.replace("\"x\"", "\"X y\""), "source must have"),
            (&good.replace("group", "crowd"), "unknown variant `crowd`"),
            (
                &format!("{good}[users]\ntable = \"u\"\n[users.columns]\nid = \"id\"\n"),
                "users.columns must name the column of username",
            ),
            (
                &format!(
                    "{good}[reads]\ntable = \"r\"\n[reads.columns]\nmessage = \"m\"\nuser = \"u\"\nwhen = \"w\"\n"
                ),
                "reads.columns must not name when; it may have message, user, at",
            ),
        ] {
            let problem = LayoutMap::parse(text).expect_err(text);
            assert!(problem.contains(words), "{words:?} is missing from {problem}");
        }
        let problem = LayoutMap::find("windy").expect_err("no map");
        assert!(problem.contains("there is no map windy; give a file, or one of fastapi-application,"), "{problem}");
    }
}
