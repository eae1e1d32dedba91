//! Roles, bans and the audit log of another server.

use std::collections::HashMap;

use serde_json::Value;

use super::chats::Chats;
use super::database::{RowView, TableRows};
use super::layout::{AuditMap, RolesMap};
use super::moment::without_gaps;
use super::names::{ToldValue, told_prose};
use super::people::ForeignPeople;
use super::rules::{ConversionRules, digits};
use super::tally::TableTally;
use crate::protocol::{AuditId, Ban, ChatId, MessageId, ServerRole, Timestamp, UserId};
use crate::store::archive::ArchivedAudit;

/// Maximum number of characters in a reason.
const REASON_CHARS: usize = 500;

/// Reads the table of roles; if a user has several, the highest counts.
pub(super) fn read_roles(
    rows: &TableRows,
    map: &RolesMap,
    people: &mut ForeignPeople<'_>,
    chats: &mut Chats,
    tally: &mut TableTally,
) {
    for row in rows.iter() {
        let role = row.text("role");
        let Some(user) = people.of_row(row, tally).cloned() else { continue };
        match row.get("chat") {
            Some(chat) => match chats.find(chat).map(|place| chats.get_mut(place)) {
                None => tally.leave_out("chat not found"),
                Some(chat) if !chat.members.contains_key(&user) => tally.leave_out("the user is not a member"),
                Some(_) if !map.chat_admins.iter().any(|known| known == role) => {
                    tally.leave_out("the default role of a member")
                }
                Some(chat) => {
                    chat.admins.insert(user);
                    tally.import();
                }
            },
            None => match (map.server.get(role).copied().map(ServerRole::from), people.person_mut(&user)) {
                (Some(role), Some(person)) => {
                    person.record.role = person.record.role.max(role);
                    tally.import();
                }
                _ => tally.leave_out("an unknown role"),
            },
        }
    }
}

/// Converts the audit log.
pub(super) struct AuditReader<'a> {
    pub(super) map: &'a AuditMap,
    pub(super) rules: &'a ConversionRules,
    /// The converted chats, by their original ids.
    pub(super) chats: &'a HashMap<String, ChatId>,
    /// The converted messages, by their original ids.
    pub(super) messages: &'a HashMap<String, MessageId>,
    /// The time of entries of which none has one.
    pub(super) otherwise: Timestamp,
}

impl AuditReader<'_> {
    /// Converts the table; returns the entries in archive order.
    pub(super) fn read(
        &self,
        rows: &TableRows,
        people: &mut ForeignPeople<'_>,
        tally: &mut TableTally,
    ) -> Vec<ArchivedAudit> {
        let mut entries: Vec<ArchivedAudit> = vec![];
        let times: Vec<Option<Timestamp>> = rows.iter().map(|row| self.rules.moment(row.get("at"))).collect();
        let filled = without_gaps(&times, self.otherwise);
        for (row, (found, at)) in rows.iter().zip(times.iter().zip(filled)) {
            let Some(command) = self.map.commands.get(row.text("action")) else {
                tally.leave_out("an action that the map does not name");
                continue;
            };
            if found.is_none() {
                tally.change("missing time, replaced with that of the entry beside it", row.text("id"));
            }
            let actor = row.text("actor");
            let actor_id = people.find(actor).cloned().unwrap_or_else(|| people.deleted(actor, at));
            let metadata: Value =
                row.get("metadata").and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
            entries.push(ArchivedAudit {
                id: self.id(row.text("id"), at),
                at,
                actor_id,
                command: command.clone(),
                target_id: self.target(row, &metadata, people),
                chat_id: metadata["channel_id"].as_str().and_then(|old| self.chats.get(old)).cloned(),
                reason: told_prose(
                    row.get("reason"),
                    REASON_CHARS,
                    &ToldValue { field: "reason", of: row.text("id") },
                    tally,
                ),
            });
            tally.import();
        }
        entries.sort_by(|one, other| one.id.cmp(&other.id));
        entries
    }

    /// Entries are listed by id, so the id begins with the time, like a UUID of version 7.
    fn id(&self, old: &str, at: Timestamp) -> AuditId {
        let random = digits(&self.rules.id("audit", old), 20);
        let bytes: Vec<u8> =
            (0..10).map(|place| u8::from_str_radix(&random[2 * place..2 * place + 2], 16).unwrap_or(0)).collect();
        let bytes: [u8; 10] = bytes.try_into().unwrap_or_default();
        let millis = u64::try_from(at.millis()).unwrap_or(0);
        AuditId::from(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid().to_string())
    }

    fn target(&self, row: RowView<'_>, metadata: &Value, people: &ForeignPeople<'_>) -> Option<String> {
        let target = row.get("target")?;
        let user = |old: &str| people.find(old).map_or_else(|| self.rules.id("user", old), |id| id.to_string());
        Some(match row.text("target_type") {
            "USER" => user(target),
            "ROLE" => user(metadata["user_id"].as_str()?),
            "MESSAGE" => self.messages.get(target).map_or_else(|| target.to_owned(), |id| id.to_string()),
            "CHANNEL" => self.chats.get(target).map_or_else(|| self.rules.id("chat", target), |id| id.to_string()),
            _ => target.to_owned(),
        })
    }
}

/// Bans the users marked as banned, with the reason of the latest entry that banned them.
///
/// # Errors
/// Fails if a required administrator cannot be created.
pub(super) fn settle_bans(
    entries: &[ArchivedAudit],
    latest: Timestamp,
    people: &mut ForeignPeople<'_>,
    tally: &mut TableTally,
) -> Result<(), String> {
    for user in people.banned() {
        let newest = |entry: &&ArchivedAudit| entry.command == "BAN_USER" && entry.target_id.as_deref() == Some(&*user);
        let entry = entries.iter().rev().find(newest);
        let until = people.get(&user).and_then(|person| person.banned_until);
        let by: UserId = match entry {
            Some(entry) => entry.actor_id.clone(),
            None => people.administrator(latest)?,
        };
        let at = entry.map_or(latest, |entry| entry.at);
        let ban = Ban { by, at, reason: entry.and_then(|entry| entry.reason.clone()), until };
        if until.is_some_and(|until| until < latest) {
            let name = people.get(&user).map(|person| person.old_name.clone());
            tally.change("the ban is over, although the user is still marked as banned", name.unwrap_or_default());
        }
        people.ban(&user, ban);
    }
    Ok(())
}
