//! Users of another server as users of this one.

use std::collections::{HashMap, HashSet};

use super::database::{RowView, TableRows};
use super::layout::UsersMap;
use super::names::{Usernames, clean_name};
use super::rules::{ConversionRules, digits};
use super::tally::TableTally;
use crate::api::{accounts, validate};
use crate::auth::{administrator, imported_hash, is_costly};
use crate::domain::name_key;
use crate::protocol::text::EmailAddress;
use crate::protocol::{Ban, ServerRole, Timestamp, User, UserId, UserKind};
use crate::store::archive::ArchivedUser;
use crate::store::repository::Account;

/// A user, with facts that only the other server's database has.
#[derive(Debug)]
pub(super) struct ForeignPerson {
    pub(super) record: ArchivedUser,
    /// The original username.
    pub(super) old_name: String,
    /// True if the user was banned on the other server.
    pub(super) is_banned: bool,
    /// The end of that ban.
    pub(super) banned_until: Option<Timestamp>,
    has_time: bool,
}

/// All users, by original id.
#[derive(Debug)]
pub(super) struct ForeignPeople<'a> {
    rules: &'a ConversionRules,
    all: Vec<ForeignPerson>,
    by_old_id: HashMap<String, usize>,
    by_id: HashMap<UserId, usize>,
    by_old_name: HashMap<String, Vec<usize>>,
    by_username: HashMap<String, usize>,
    usernames: Usernames,
    emails: HashSet<String>,
}

impl<'a> ForeignPeople<'a> {
    /// An empty collection.
    pub(super) fn new(rules: &'a ConversionRules) -> Self {
        ForeignPeople {
            rules,
            all: vec![],
            by_old_id: HashMap::new(),
            by_id: HashMap::new(),
            by_old_name: HashMap::new(),
            by_username: HashMap::new(),
            usernames: Usernames::default(),
            emails: HashSet::new(),
        }
    }

    /// Reads the table of users.
    pub(super) fn read(&mut self, rows: &TableRows, map: &UsersMap, tally: &mut TableTally) {
        for row in rows.iter() {
            if let Some(id) = row.get("id") {
                self.usernames.reserve(row.text("username"), id);
            }
        }
        for row in rows.iter() {
            match row.get("id") {
                None => tally.leave_out("no id"),
                Some(id) if self.by_old_id.contains_key(id) => tally.leave_out("the id of another row"),
                Some(id) => {
                    let person = self.person(id, row, map, tally);
                    self.add(person, Some(id));
                    tally.import();
                }
            }
        }
    }

    fn person(&mut self, id: &str, row: RowView<'_>, map: &UsersMap, tally: &mut TableTally) -> ForeignPerson {
        let old_name = row.text("username").to_owned();
        let username = self.usernames.claim(&old_name, id);
        if username != old_name {
            tally.change("username changed", format!("{old_name:?} is now {username}"));
        }
        let display_name = self.display_name(&old_name, &username, tally);
        let created_at = self.rules.moment(row.get("created_at"));
        if created_at.is_none() && row.get("created_at").is_some() {
            tally.change("unreadable time, replaced with that of the first chat or message", &*old_name);
        }
        let user = User {
            id: UserId::from(self.rules.id("user", id)),
            username,
            display_name,
            avatar_url: avatar(row, tally),
            kind: UserKind::Human,
            role: ServerRole::Member,
            status: Default::default(),
            last_seen_at: None,
            created_at: created_at.unwrap_or(Timestamp::from_millis(0)),
            email: None,
            version: 1,
        };
        let mut record = archived(user);
        record.email = self.email(row, &old_name, tally);
        record.password = password(row, &old_name, map, tally);
        let is_banned = row.get("status").is_some_and(|status| map.banned.iter().any(|banned| banned == status));
        let banned_until = self.rules.moment(row.get("banned_until"));
        ForeignPerson { record, old_name, is_banned, banned_until, has_time: created_at.is_some() }
    }

    fn display_name(&self, old: &str, username: &str, tally: &mut TableTally) -> String {
        let max = self.rules.name_chars;
        let shown = clean_name(old, max)
            .filter(|name| accounts::require_display_name(name, max, ServerRole::Member).is_ok())
            .unwrap_or_else(|| username.to_owned());
        if !old.is_empty() && shown != old {
            tally.change("display name changed", format!("{old:?} is now {shown}"));
        }
        shown
    }

    fn email(&mut self, row: RowView<'_>, name: &str, tally: &mut TableTally) -> Option<String> {
        let email = row.get("email").filter(|email| !email.is_empty())?;
        if EmailAddress::parse("email", email).is_err() {
            tally.change("email left out, not an address", name);
            return None;
        }
        if !self.emails.insert(name_key(email)) {
            tally.change("email left out, another user has it", format!("{email} of {name}"));
            return None;
        }
        Some(email.to_owned())
    }

    fn add(&mut self, person: ForeignPerson, old_id: Option<&str>) -> UserId {
        let place = self.all.len();
        let id = person.record.id.clone();
        if let Some(old) = old_id {
            self.by_old_id.insert(old.to_owned(), place);
        }
        self.by_id.insert(id.clone(), place);
        self.by_username.insert(person.record.username_key.clone(), place);
        self.by_old_name.entry(person.old_name.clone()).or_default().push(place);
        self.all.push(person);
        id
    }

    /// The user with this original id.
    pub(super) fn find(&self, old_id: &str) -> Option<&UserId> {
        self.by_old_id.get(old_id).map(|place| &self.all[*place].record.id).filter(|id| !self.is_deleted(id))
    }

    /// The user that a row refers to; if there is none, the row is left out.
    pub(super) fn of_row(&self, row: RowView<'_>, tally: &mut TableTally) -> Option<&UserId> {
        let user = row.get("user").and_then(|old| self.find(old));
        if user.is_none() {
            tally.leave_out("user not found");
        }
        user
    }

    /// The only user with this original name.
    pub(super) fn find_named(&self, old_name: &str) -> Option<&UserId> {
        match self.by_old_name.get(old_name).map(Vec::as_slice) {
            Some([only]) => Some(&self.all[*only].record.id).filter(|id| !self.is_deleted(id)),
            _ => None,
        }
    }

    /// The user with this lower-case username.
    pub(super) fn named(&self, username: &str) -> Option<&UserId> {
        self.by_username.get(username).map(|place| &self.all[*place].record.id)
    }

    /// The person with this id.
    pub(super) fn person_mut(&mut self, id: &UserId) -> Option<&mut ForeignPerson> {
        self.by_id.get(id).map(|place| &mut self.all[*place])
    }

    /// The user with this id.
    pub(super) fn get(&self, id: &UserId) -> Option<&ForeignPerson> {
        self.by_id.get(id).map(|place| &self.all[*place])
    }

    /// True for a user whose account was deleted on the other server.
    pub(super) fn is_deleted(&self, id: &UserId) -> bool {
        self.get(id).is_some_and(|person| person.record.deleted_at.is_some())
    }

    /// The deleted user that replaces a missing sender.
    pub(super) fn deleted(&mut self, old: &str, at: Timestamp) -> UserId {
        if let Some(place) = self.by_old_id.get(old) {
            return self.all[*place].record.id.clone();
        }
        let id = self.rules.id("user", old);
        let user = User {
            username: format!("deleted-{}", digits(&id, 12)),
            display_name: "Deleted account".to_owned(),
            id: UserId::from(id),
            created_at: at,
            ..administrator(at)
        };
        let user = User { kind: UserKind::Human, role: ServerRole::Member, ..user };
        let record = ArchivedUser { deleted_at: Some(at), ..archived(user) };
        self.add(made(record), Some(old))
    }

    /// The owner of chats without one in the database.
    ///
    /// # Errors
    /// Fails if the given username is not valid.
    pub(super) fn administrator(&mut self, at: Timestamp) -> Result<UserId, String> {
        let Some(name) = self.rules.owner.clone() else {
            let user = administrator(at);
            let known = self.by_id.contains_key(&user.id);
            return Ok(if known { user.id } else { self.add(made(archived(user)), None) });
        };
        let key = name_key(&name);
        if let Some(user) = self.named(&key) {
            return Ok(user.clone());
        }
        accounts::require_username("--owner", &name).map_err(|error| error.to_string())?;
        self.usernames.claim(&name, &name);
        let user = User {
            id: UserId::from(self.rules.id("owner", &key)),
            display_name: name.clone(),
            username: name,
            kind: UserKind::Human,
            role: ServerRole::Member,
            ..administrator(at)
        };
        Ok(self.add(made(archived(user)), None))
    }

    /// The bot that represents an assistant, owned by this user.
    pub(super) fn assistant(&mut self, owner: &UserId, at: Timestamp) -> UserId {
        let id = UserId::from(self.rules.id("bot", "assistant"));
        if self.by_id.contains_key(&id) {
            return id;
        }
        let username = self.usernames.claim("assistant", "assistant");
        let user = User {
            id,
            username,
            display_name: "Assistant".to_owned(),
            kind: UserKind::Bot,
            role: ServerRole::Member,
            ..administrator(at)
        };
        let record = ArchivedUser { owner_id: Some(owner.clone()), ..archived(user) };
        self.add(made(record), None)
    }

    /// Sets this time of creation for users without one.
    pub(super) fn fill_times(&mut self, earliest: Timestamp) {
        for person in self.all.iter_mut().filter(|person| !person.has_time) {
            person.record.created_at = earliest;
        }
    }

    /// Bans a user.
    pub(super) fn ban(&mut self, user: &UserId, ban: Ban) {
        if let Some(person) = self.person_mut(user) {
            person.record.ban = Some(ban);
        }
    }

    /// The banned users, in table order.
    pub(super) fn banned(&self) -> Vec<UserId> {
        self.all.iter().filter(|person| person.is_banned).map(|person| person.record.id.clone()).collect()
    }

    /// The beginning of every id.
    pub(super) fn source(&self) -> &str {
        &self.rules.source
    }

    /// All users in archive order: bots last, each by id.
    pub(super) fn in_order(&self) -> Vec<&ArchivedUser> {
        let mut records: Vec<&ArchivedUser> = self.all.iter().map(|person| &person.record).collect();
        records.sort_by_key(|record| (record.owner_id.is_some(), &record.id));
        records
    }
}

/// A person who is not in a table.
fn made(record: ArchivedUser) -> ForeignPerson {
    let old_name = String::new();
    ForeignPerson { record, old_name, is_banned: false, banned_until: None, has_time: true }
}

fn archived(user: User) -> ArchivedUser {
    let Account { user, username_key, version, .. } = Account::new(user);
    ArchivedUser {
        id: user.id,
        username: user.username,
        username_key,
        display_name: user.display_name,
        avatar_url: user.avatar_url,
        kind: user.kind,
        role: user.role,
        owner_id: None,
        email: None,
        email_unconfirmed: false,
        password: None,
        ban: None,
        ended_tokens: vec![],
        tokens_valid_from: None,
        created_at: user.created_at,
        changed_at: None,
        last_seen_at: None,
        deleted_at: None,
        version,
    }
}

fn avatar(row: RowView<'_>, tally: &mut TableTally) -> Option<String> {
    let avatar = row.get("avatar").filter(|avatar| !avatar.is_empty())?;
    if validate::url("avatar", avatar).is_err() {
        tally.change("avatar left out, not an http address", row.text("username"));
        return None;
    }
    Some(avatar.to_owned())
}

fn password(row: RowView<'_>, name: &str, map: &UsersMap, tally: &mut TableTally) -> Option<String> {
    let hash = row.get("password").filter(|hash| !hash.is_empty())?;
    if map.without_password.iter().any(|known| known == name) {
        tally.change("password left out, it is public", name);
        return None;
    }
    let stored = imported_hash(hash, map.password.into());
    if stored.is_none() {
        tally.change("password left out, not a bcrypt hash of cost 4 to 14", name);
    }
    if stored.as_ref().is_some_and(is_costly) {
        tally.change("bcrypt cost above 12, the first log-in takes long", name);
    }
    stored.map(|hash| hash.0)
}
