//! Users, including data that only the server sees.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, TransactionBehavior, named_params, params};

use super::rows::{self, SqliteColumns};
use super::values::{SqliteJson, filled, one_more};
use super::{SqliteRepository, failure};
use crate::domain::name_key;
use crate::protocol::{Timestamp, User, UserId};
use crate::store::error::{Result, StoreError, UniqueField};
use crate::store::repository::{Account, AccountName, Accounts, ChangedUser, EmailSearch, Page, UsersQuery};
use crate::store::sql::columns::user_columns;
use crate::store::sql::page::{page, sql_limit};
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::accounts::{BOTS, BY_EMAIL, BY_ID, BY_NAME, CHANGED};

const USER_BY_ID: &str =
    concat!("SELECT ", user_columns!("u"), " FROM users u WHERE u.id = ?1 AND u.deleted_at IS NULL");
const USER_BY_NAME: &str =
    concat!("SELECT ", user_columns!("u"), " FROM users u WHERE u.username_key = ?1 AND u.deleted_at IS NULL");

const INSERT: &str = "INSERT INTO users (id, username, username_key, display_name, avatar_url, kind, role, \
    last_seen_at, created_at, email, email_key, password, owner_id, ban, deleted_at, tokens_valid_from, ended_tokens, \
    email_unconfirmed, version) VALUES (:id, :username, :username_key, :display_name, :avatar_url, :kind, :role, :last_seen_at, \
    :created_at, :email, :email_key, :password, :owner_id, :ban, :deleted_at, :tokens_valid_from, :ended_tokens, \
    :email_unconfirmed, 1)";

/// The last-seen time is recorded without a new version: the latest is kept, except for a deleted account.
const UPDATE: &str = "UPDATE users SET username = :username, username_key = :username_key, \
    display_name = :display_name, avatar_url = :avatar_url, kind = :kind, role = :role, \
    last_seen_at = CASE WHEN :deleted_at IS NOT NULL THEN NULL WHEN ifnull(:last_seen_at, 0) > ifnull(last_seen_at, 0) THEN :last_seen_at ELSE last_seen_at END, \
    created_at = :created_at, email = :email, email_key = :email_key, password = :password, owner_id = :owner_id, \
    ban = :ban, deleted_at = :deleted_at, tokens_valid_from = :tokens_valid_from, ended_tokens = :ended_tokens, \
    email_unconfirmed = :email_unconfirmed, version = version + 1, \
    changed_at = CAST(unixepoch('subsec') * 1000 AS INTEGER) WHERE id = :id";

pub(super) const SEARCH: &str = concat!(
    "SELECT ",
    user_columns!("u"),
    " FROM users u WHERE u.username_key > :after AND u.deleted_at IS NULL \
      AND (:search IS NULL OR instr(u.username_key, :search) > 0 OR says(u.display_name, :search) \
      OR (u.email_key = :email AND (:all OR NOT u.email_unconfirmed))) AND (:chat IS NULL OR NOT EXISTS (SELECT 1 FROM members m \
      WHERE m.chat_id = :chat AND m.user_id = u.id AND m.role IS NOT NULL)) ORDER BY u.username_key LIMIT :limit"
);

const EXPIRED_BANS: &str = "SELECT id FROM users WHERE ban IS NOT NULL AND deleted_at IS NULL \
    AND json_extract(ban, '$.until') < ?1 LIMIT ?2";

#[async_trait]
impl Accounts for SqliteRepository {
    async fn users(&self, names: &[&str]) -> Result<Vec<Option<User>>> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        self.readers.read(move |snapshot| users(snapshot, &names)).await
    }

    async fn account(&self, name: &AccountName) -> Result<Option<Account>> {
        let name = name.clone();
        self.readers.read(move |snapshot| find(snapshot, &name)).await
    }

    async fn changed_users(&self, user: &UserId, after: Timestamp, limit: usize) -> Result<Page<ChangedUser>> {
        let user = user.clone();
        self.readers.read(move |snapshot| changed(snapshot, &user, after, limit)).await
    }

    async fn bots(&self, owner: &UserId) -> Result<Vec<User>> {
        let owner = owner.clone();
        let bots = |snapshot: &Connection, owner: &UserId| {
            snapshot.prepare_cached(BOTS)?.query_map([owner], rows::user)?.collect()
        };
        self.readers.read(move |snapshot| bots(snapshot, &owner)).await
    }

    async fn expired_bans(&self, before: Timestamp, limit: usize) -> Result<Vec<UserId>> {
        let before = before.to_string();
        let limit = sql_limit(limit);
        let found = |snapshot: &Connection, before: &str, limit: i64| {
            snapshot.prepare_cached(EXPIRED_BANS)?.query_map(params![before, limit], |row| row.get(0))?.collect()
        };
        self.readers.read(move |snapshot| found(snapshot, &before, limit)).await
    }

    async fn create_account(&self, account: &Account) -> Result<Account> {
        let account = account.clone();
        self.writer.run(move |connection| create(connection, account)).await?
    }

    async fn update_account(&self, account: &Account) -> Result<bool> {
        let account = account.clone();
        self.writer.run(move |connection| update(connection, &account)).await?
    }

    async fn search_users(&self, query: &UsersQuery) -> Result<Page<User>> {
        let query = query.clone();
        self.readers.read(move |snapshot| search(snapshot, &query)).await
    }
}

/// Each user by id, or else by username.
fn users(connection: &Connection, names: &[String]) -> rusqlite::Result<Vec<Option<User>>> {
    let one = |query: &str, name: &str| connection.prepare_cached(query)?.query_row([name], rows::user).optional();
    let find = |name: &String| match one(USER_BY_ID, name)? {
        None => one(USER_BY_NAME, &name_key(name)),
        found => Ok(found),
    };
    names.iter().map(find).collect()
}

fn find(connection: &Connection, name: &AccountName) -> rusqlite::Result<Option<Account>> {
    match name {
        AccountName::Id(id) => one(connection, BY_ID, id),
        AccountName::Username(name) => one(connection, BY_NAME, &name_key(name)),
        AccountName::Email(email) => one(connection, BY_EMAIL, &name_key(email)),
    }
}

/// The account with this id.
pub(super) fn by_id(connection: &Connection, user: &UserId) -> rusqlite::Result<Option<Account>> {
    one(connection, BY_ID, user)
}

/// The user with this lower-case username.
pub(super) fn id_of(connection: &Connection, username_key: &str) -> rusqlite::Result<Option<UserId>> {
    let mut query = connection.prepare_cached("SELECT id FROM users WHERE username_key = ?1 AND deleted_at IS NULL")?;
    query.query_row([username_key], |row| row.get(0)).optional()
}

fn one(connection: &Connection, query: &str, name: &str) -> rusqlite::Result<Option<Account>> {
    connection.prepare_cached(query)?.query_row([name], |row| SqliteColumns::of(row).account()).optional()
}

/// Creates an account, unless the id exists or a name is taken.
fn create(connection: &mut Connection, account: Account) -> Result<Account> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failure)?;
    if let Some(existing) = by_id(&transaction, &account.user.id).map_err(failure)? {
        return Ok(existing);
    }
    refuse_taken(&transaction, &account)?;
    write(&transaction, INSERT, &account).map_err(failure)?;
    transaction.commit().map_err(failure)?;
    Ok(Account { version: 1, ..account })
}

/// Replaces an account, unless it has changed since it was read.
fn update(connection: &mut Connection, account: &Account) -> Result<bool> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failure)?;
    let is_written = rewrite(&transaction, account)?;
    transaction.commit().map_err(failure)?;
    Ok(is_written)
}

/// Replaces an account within a transaction; false if it was written since it was read.
pub(super) fn rewrite(transaction: &Connection, account: &Account) -> Result<bool> {
    let present = by_id(transaction, &account.user.id).map_err(failure)?;
    if present.is_none_or(|present| present.version != account.version) {
        return Ok(false);
    }
    refuse_taken(transaction, account)?;
    write(transaction, UPDATE, account).map_err(failure)?;
    Ok(true)
}

fn refuse_taken(connection: &Connection, account: &Account) -> Result<()> {
    let id = &account.user.id;
    let is_anothers = |found: Option<Account>| found.is_some_and(|found| found.user.id != *id);
    if is_anothers(one(connection, BY_NAME, &account.username_key).map_err(failure)?) {
        return Err(StoreError::Taken(UniqueField::Username));
    }
    if let Some(key) = account.email_key()
        && is_anothers(one(connection, BY_EMAIL, &key).map_err(failure)?)
    {
        return Err(StoreError::Taken(UniqueField::Email));
    }
    Ok(())
}

fn write(connection: &Connection, statement: &str, account: &Account) -> rusqlite::Result<()> {
    let Account { user, username_key, email, owner, deleted_at, tokens_valid_from, .. } = account;
    let User { id, username, display_name, avatar_url, kind, role, last_seen_at, created_at, .. } = user;
    let password = account.password.as_ref().map(|hash| &hash.0);
    let ban = account.ban.as_ref().map(SqliteJson);
    let email_key = account.email_key();
    let ended = filled(&account.ended_tokens);
    let parameters: &[(&str, &dyn ToSql)] = named_params! {
        ":id": id, ":username": username, ":username_key": username_key, ":display_name": display_name,
        ":avatar_url": avatar_url, ":kind": kind, ":role": role, ":last_seen_at": last_seen_at,
        ":created_at": created_at, ":email": email, ":email_key": email_key, ":password": password,
        ":owner_id": owner, ":ban": ban, ":deleted_at": deleted_at, ":tokens_valid_from": tokens_valid_from,
        ":ended_tokens": ended, ":email_unconfirmed": account.email_unconfirmed,
    };
    connection.prepare_cached(statement)?.execute(parameters).map(drop)
}

fn search(connection: &Connection, query: &UsersQuery) -> rusqlite::Result<Page<User>> {
    let search = query.search.as_deref().map(name_key);
    let email = search.as_ref().filter(|_| query.emails != EmailSearch::Off);
    let parameters = named_params! {
        ":after": query.after.as_deref().unwrap_or_default(), ":search": search, ":email": email,
        ":all": query.emails == EmailSearch::All, ":chat": query.not_in, ":limit": one_more(query.limit),
    };
    let mut statement = connection.prepare_cached(SEARCH)?;
    let found = statement.query_map(parameters, rows::user)?.collect::<rusqlite::Result<_>>()?;
    Ok(page(found, query.limit))
}

fn changed(
    connection: &Connection,
    user: &UserId,
    after: Timestamp,
    limit: usize,
) -> rusqlite::Result<Page<ChangedUser>> {
    let mut query = connection.prepare_cached(CHANGED)?;
    let changed = |row: &Row<'_>| SqliteColumns::of(row).changed_user();
    let found = query.query_map(params![user, after, one_more(limit)], changed)?.collect::<rusqlite::Result<_>>()?;
    Ok(page(found, limit))
}
