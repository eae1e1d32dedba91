//! Users, including data that only the server sees.

use async_trait::async_trait;
use tokio_postgres::error::SqlState;

use super::PostgresRepository;
use super::claims::ends_claim;
use super::error::{PgError, failure};
use super::rows::{PgColumns, PgResult};
use super::session::Parameters;
use super::values::{PgJson, Text, filled, integer, one_more};
use crate::domain::{OperationClaim, name_key};
use crate::protocol::{Timestamp, User, UserId};
use crate::store::error::{Result, StoreError, UniqueField};
use crate::store::repository::{Account, AccountName, Accounts, ChangedUser, EmailSearch, Page, UsersQuery};
use crate::store::sql::columns::{SqlColumns, account_columns, user_columns};
use crate::store::sql::page::{page, sql_limit};
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::{accounts, postgres_statement};

/// The users with that id and those with that username, for each name by index.
const USERS: &str = concat!(
    "SELECT w.place, true, ",
    user_columns!("u"),
    " FROM unnest($1::text[]) WITH ORDINALITY AS w (name, place) JOIN users u ON u.id = w.name \
      WHERE u.deleted_at IS NULL UNION ALL SELECT w.place, false, ",
    user_columns!("u"),
    " FROM unnest($2::text[]) WITH ORDINALITY AS w (name, place) JOIN users u ON u.username_key = w.name \
      WHERE u.deleted_at IS NULL"
);

const BY_ID: &str = postgres_statement!(accounts::BY_ID);
const BY_NAME: &str = postgres_statement!(accounts::BY_NAME);
const BY_EMAIL: &str = postgres_statement!(accounts::BY_EMAIL);
const BOTS: &str = postgres_statement!(accounts::BOTS);

const INSERT: &str = concat!(
    "INSERT INTO users AS u (id, username, username_key, display_name, display_key, avatar_url, kind, role, \
     last_seen_at, created_at, email, email_key, password, owner_id, ban, deleted_at, tokens_valid_from, \
     ended_tokens, version, email_unconfirmed) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) \
     ON CONFLICT DO NOTHING RETURNING ",
    account_columns!("u")
);

/// The last-seen time is recorded without a new version: the latest is kept, except for a deleted account.
macro_rules! update_users {
    () => {
        "UPDATE users SET username = $2, username_key = $3, display_name = $4, display_key = $5, \
    avatar_url = $6, kind = $7, role = $8, last_seen_at = CASE WHEN $16::timestamptz IS NULL \
    THEN greatest(last_seen_at, $9) END, created_at = $10, email = $11, \
    email_key = $12, password = $13, owner_id = $14, ban = $15, deleted_at = $16, tokens_valid_from = $17, \
    ended_tokens = $18, email_unconfirmed = $20, version = version + 1, changed_at = clock_timestamp() WHERE id = $1 AND version = $19"
    };
}

const UPDATE: &str = concat!(update_users!(), " RETURNING id");
pub(super) const UPDATE_ONCE: &str =
    ends_claim!("$21", "$22", "$23", update_users!(), " AND EXISTS (SELECT FROM held) RETURNING id");

pub(super) const CHANGED: &str = postgres_statement!(accounts::CHANGED);

const SEARCH: &str = concat!(
    "SELECT ",
    user_columns!("u"),
    " FROM users u WHERE u.username_key > $1 AND u.deleted_at IS NULL \
      AND ($2::text IS NULL OR strpos(u.username_key, $2) > 0 OR strpos(u.display_key, $2) > 0 \
      OR (u.email_key = $5 AND ($6 OR NOT u.email_unconfirmed))) \
      AND ($3::text IS NULL OR NOT EXISTS (SELECT 1 FROM members m \
      WHERE m.chat_id = $3 AND m.user_id = u.id AND m.role IS NOT NULL)) ORDER BY u.username_key LIMIT $4"
);

const EXPIRED_BANS: &str = "SELECT id FROM users WHERE ban IS NOT NULL AND deleted_at IS NULL \
    AND ban->>'until' COLLATE \"C\" < $1 LIMIT $2";

#[async_trait]
impl Accounts for PostgresRepository {
    async fn users(&self, names: &[&str]) -> Result<Vec<Option<User>>> {
        self.found_users(names).await.map_err(failure)
    }

    async fn account(&self, name: &AccountName) -> Result<Option<Account>> {
        self.found_account(name).await.map_err(failure)
    }

    async fn changed_users(&self, user: &UserId, after: Timestamp, limit: usize) -> Result<Page<ChangedUser>> {
        let found = self.readers.rows(CHANGED, &[user, &after, &one_more(limit)]).await.map_err(failure)?;
        let changed = |row| PgColumns::of(row).changed_user();
        Ok(page(found.iter().map(changed).collect::<PgResult<_>>().map_err(failure)?, limit))
    }

    async fn bots(&self, owner: &UserId) -> Result<Vec<User>> {
        let rows = self.readers.rows(BOTS, &[owner]).await.map_err(failure)?;
        rows.iter().map(|row| PgColumns::of(row).user().map_err(failure)).collect()
    }

    async fn expired_bans(&self, before: Timestamp, limit: usize) -> Result<Vec<UserId>> {
        let before = before.to_string();
        let limit = sql_limit(limit);
        let rows = self.readers.rows(EXPIRED_BANS, &[&before, &limit]).await.map_err(failure)?;
        rows.iter().map(|row| PgColumns::of(row).get().map_err(failure)).collect()
    }

    async fn create_account(&self, account: &Account) -> Result<Account> {
        let made = self.write_account(INSERT, &Account { version: 1, ..account.clone() }, None).await?;
        if let Some(row) = made {
            return read(&row).map_err(failure);
        }
        if let Some(existing) = self.writers.row(BY_ID, &[&account.user.id]).await.map_err(failure)? {
            return read(&existing).map_err(failure);
        }
        let name = self.writers.row(BY_NAME, &[&Text(&account.username_key)]).await.map_err(failure)?;
        Err(taken(if name.is_some() { USERNAMES } else { EMAILS }))
    }

    async fn update_account(&self, account: &Account) -> Result<bool> {
        Ok(self.write_account(UPDATE, account, None).await?.is_some())
    }

    async fn search_users(&self, query: &UsersQuery) -> Result<Page<User>> {
        self.found_page(query).await.map_err(failure)
    }
}

/// Unique constraints on values that only one account may have.
const USERNAMES: &str = "usernames";
const EMAILS: &str = "emails";

fn taken(constraint: &str) -> StoreError {
    match constraint {
        EMAILS => StoreError::Taken(UniqueField::Email),
        _ => StoreError::Taken(UniqueField::Username),
    }
}

/// Maps a violated unique constraint to a conflict on the field.
fn refused(error: PgError) -> StoreError {
    if let PgError::Race(error) = &error
        && error.code() == Some(&SqlState::UNIQUE_VIOLATION)
        && let Some(constraint) = error.as_db_error().and_then(|error| error.constraint())
        && [USERNAMES, EMAILS].contains(&constraint)
    {
        return taken(constraint);
    }
    failure(error)
}

impl PostgresRepository {
    /// Each user by id, or else by username.
    async fn found_users(&self, names: &[&str]) -> PgResult<Vec<Option<User>>> {
        if names.is_empty() {
            return Ok(vec![]);
        }
        let ids: Vec<_> = names.iter().map(Text).collect();
        let keys: Vec<_> = names.iter().map(|name| Text(name_key(name))).collect();
        let mut found: Vec<Option<User>> = vec![None; names.len()];
        for row in self.readers.rows(USERS, &[&ids, &keys]).await? {
            let mut columns = PgColumns::of(&row);
            let place = columns.number()?;
            let by_id = columns.get::<bool>()?;
            let slot = usize::try_from(place - 1).ok().and_then(|place| found.get_mut(place));
            if let Some(slot) = slot.filter(|slot| by_id || slot.is_none()) {
                *slot = Some(columns.user()?);
            }
        }
        Ok(found)
    }

    async fn found_account(&self, name: &AccountName) -> PgResult<Option<Account>> {
        let row = match name {
            AccountName::Id(id) => self.readers.row(BY_ID, &[id]).await?,
            AccountName::Username(name) => self.readers.row(BY_NAME, &[&Text(name_key(name))]).await?,
            AccountName::Email(email) => self.readers.row(BY_EMAIL, &[&Text(name_key(email))]).await?,
        };
        row.as_ref().map(read).transpose()
    }

    async fn found_page(&self, query: &UsersQuery) -> PgResult<Page<User>> {
        let after = Text(query.after.as_deref().unwrap_or_default());
        let search = query.search.as_deref().map(|search| Text(name_key(search)));
        let email = search.as_ref().filter(|_| query.emails != EmailSearch::Off);
        let all = query.emails == EmailSearch::All;
        let values: Parameters<'_> = &[&after, &search, &query.not_in, &one_more(query.limit), &email, &all];
        let rows = self.readers.rows(SEARCH, values).await?;
        Ok(page(rows.iter().map(|row| PgColumns::of(row).user()).collect::<PgResult<_>>()?, query.limit))
    }

    /// Runs a statement with the columns of an account, and those of a claim that it ends.
    pub(super) async fn write_account(
        &self,
        statement: &str,
        account: &Account,
        claim: Option<&OperationClaim>,
    ) -> Result<Option<tokio_postgres::Row>> {
        let Account { user, username_key, email, owner, deleted_at, tokens_valid_from, .. } = account;
        let User { id, username, display_name, avatar_url, kind, role, last_seen_at, created_at, .. } = user;
        let username = Text(username);
        let username_key = Text(username_key);
        let display_key = Text(name_key(display_name));
        let display_name = Text(display_name);
        let avatar_url = avatar_url.as_ref().map(Text);
        let email = email.as_ref().map(Text);
        let email_key = account.email_key().map(Text);
        let ended = filled(&account.ended_tokens);
        let password = account.password.as_ref().map(|hash| &hash.0);
        let ban = account.ban.as_ref().map(PgJson);
        let version = integer(account.version);
        #[rustfmt::skip]
        let values: Parameters<'_> = &[
            id, &username, &username_key, &display_name, &display_key, &avatar_url, kind, role, last_seen_at,
            created_at, &email, &email_key, &password, owner, &ban, deleted_at, tokens_valid_from, &ended, &version,
            &account.email_unconfirmed,
        ];
        let by = claim.map(|claim| Text(&claim.by));
        let mut values = values.to_vec();
        if let Some((claim, by)) = claim.zip(by.as_ref()) {
            values.extend_from_slice(&[&claim.user_id, &claim.id, by]);
        }
        self.writers.row(statement, &values).await.map_err(refused)
    }
}

fn read(row: &tokio_postgres::Row) -> PgResult<Account> {
    PgColumns::of(row).account()
}
