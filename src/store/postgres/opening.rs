//! Connects to the server and upgrades the tables.

use std::cmp::Ordering;
use std::time::Duration;

use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, RecyclingMethod, Runtime};
use tokio::task::JoinHandle;
use tokio::time::sleep;
use tokio_postgres::config::TargetSessionAttrs;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config};

use super::session::Pool;
use super::tls;
use super::values::Text;
use crate::domain::look_alike_key;
use crate::ops::config::PostgresServer;
use crate::store::migrations::{Script, runner, scripts, upgrade};

/// The scripts that create the tables, step by step.
const SCRIPTS: &[Script] = scripts![
    "migrations":
    "V1__users_chats_messages"
    "V2__marks"
    "V3__reactions_mentions"
    "V4__audit"
    "V5__ordinals"
    "V6__spent_refresh_tokens"
    "V7__message_text"
    "V8__deletions"
    "V9__ended_chats"
    "V10__bots_and_addresses"
    "V11__operations"
    "V12__changed_users"
    "V13__posting_and_mentions"
    "V14__case_folding"
    "V15__files"
    "V16__unread_marks"
    "V18__retention"
    "V22__look_alikes"
    "V24__audit_retention"
    "V25__operation_claims"
    "V26__look_alike_blanks"
];

/// Time limit for connecting to a server that does not respond.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// Time limit for waiting for a free connection.
const WAIT_AT_MOST: Duration = Duration::from_secs(5);
/// The time without an acknowledgement after which a connection counts as lost.
const UNHEARD_AT_MOST: Duration = Duration::from_secs(10);
/// The interval at which a node checks if another has finished migrating.
const LOCK_AGAIN_AFTER: Duration = Duration::from_millis(100);

/// The oldest version of PostgreSQL with all required features.
const OLDEST: i32 = 13;

/// "PiCh", twice: serialises the migrations of nodes that start at the same time.
const LOCK: i64 = 0x5069_4368_5069_4368;

const HISTORY: &str = "SELECT to_regclass('refinery_schema_history') IS NOT NULL";
const SERVER: &str = "SELECT current_setting('server_version_num')::integer, current_setting('server_encoding'), \
    pg_is_in_recovery()";
const STRANGERS: &str = "SELECT coalesce(to_regclass('users'), to_regclass('chats'), to_regclass('messages'))::text";

const UNFILLED: &str = "SELECT k.chat_id, k.name_key FROM channels k JOIN chats c ON c.id = k.chat_id \
    WHERE k.look_key IS NULL ORDER BY c.created_at, c.id";
const FILL: &str = "UPDATE channels SET look_key = $2 WHERE chat_id = $1 AND look_key IS NULL \
    AND NOT EXISTS (SELECT 1 FROM channels o WHERE o.look_key = $2)";

/// Every statement here looks up by keys. Plans for other kinds of queries are disabled, so that nothing depends on
/// statistics that a new database does not have. A disconnected client does not keep its locks for long.
const EVERYBODY: &str = "SET jit = off; SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; \
    SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; \
    SET idle_in_transaction_session_timeout = '15s'; SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; \
    SET tcp_keepalives_count = 3; SET lock_timeout = '10s'; ";

/// The purpose of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Reading,
    Writing,
}

impl Purpose {
    /// Additional session settings of such connections.
    fn settings(self) -> &'static str {
        match self {
            Purpose::Reading => "SET default_transaction_read_only = on; SET statement_timeout = '10s'",
            // A node that stops while it holds a chat's row must not block the others: they wait for it for one second.
            // An acknowledged commit must be durable, whatever the server's default is.
            Purpose::Writing => {
                "SET statement_timeout = '12s'; SET lock_timeout = '1s'; SELECT set_config('synchronous_commit', 'on', false) \
                 WHERE current_setting('synchronous_commit') = 'off'"
            }
        }
    }
}

/// The reason why a database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PostgresOpenError {
    /// The server does not respond, or refuses the connection.
    #[error("cannot connect to PostgreSQL at {place}: {reason}")]
    Unreachable {
        /// The address of the database.
        place: String,
        /// The message of the system or the server.
        reason: String,
    },
    /// A newer version has changed the tables.
    #[error(
        "{place} was written by a newer version of PiChat (schema {found}, this one knows {known}); \
             start that version, or restore a backup from before the upgrade"
    )]
    Newer {
        /// The database.
        place: String,
        /// The schema in the database.
        found: i32,
        /// The latest schema that this version supports.
        known: i32,
    },
    /// The database is some other program's.
    #[error("{place} has a table {table} of another program; name another database")]
    Foreign {
        /// The database.
        place: String,
        /// A table that was found.
        table: String,
    },
    /// An older version wrote it, and it must not be changed here.
    #[error("{place} has no tables of this version of PiChat; start this version on it once to bring it up to date")]
    Older {
        /// The database.
        place: String,
    },
    /// Anything else: no permission, an old server, another encoding.
    #[error("cannot use PostgreSQL at {place}: {reason}")]
    Unusable {
        /// The database.
        place: String,
        /// The server's message.
        reason: String,
    },
}

/// The cause of an error, on one line.
fn reason(error: &tokio_postgres::Error) -> String {
    if let Some(error) = error.as_db_error() {
        return error.message().to_owned();
    }
    match std::error::Error::source(error) {
        Some(source) => source.to_string(),
        None => error.to_string(),
    }
}

fn unusable(server: &PostgresServer, reason: impl std::fmt::Display) -> PostgresOpenError {
    PostgresOpenError::Unusable { place: server.place(), reason: reason.to_string().replace('\n', " ") }
}

/// The address with options for all connections.
fn address(server: &PostgresServer) -> Config {
    let mut address = server.address.clone();
    if address.get_connect_timeout().is_none() {
        address.connect_timeout(CONNECT_WITHIN);
    }
    if address.get_tcp_user_timeout().is_none() {
        address.tcp_user_timeout(UNHEARD_AT_MOST);
    }
    if address.get_application_name().is_none() {
        address.application_name("pichat");
    }
    if address.get_hosts().len() > 1 {
        // If there are several hosts, use the one that accepts writes.
        address.target_session_attrs(TargetSessionAttrs::ReadWrite);
    }
    address
}

/// Connections that are opened on demand.
pub(super) fn pool(server: &PostgresServer, most: usize, purpose: Purpose) -> Result<Pool, PostgresOpenError> {
    let tls = tls::connector(&server.trust).map_err(|reason| unusable(server, reason))?;
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = Manager::from_config(address(server), tls, recycling);
    let settings = format!("{EVERYBODY}{}", purpose.settings());
    let greet = Hook::async_fn(move |client: &mut deadpool_postgres::ClientWrapper, _| {
        let settings = settings.clone();
        Box::pin(async move { client.batch_execute(&settings).await.map_err(HookError::Backend) })
    });
    let pool = deadpool_postgres::Pool::builder(manager)
        .max_size(most)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(WAIT_AT_MOST))
        .create_timeout(Some(CONNECT_WITHIN * 2))
        .recycle_timeout(Some(CONNECT_WITHIN))
        .post_create(greet)
        .build();
    let connections = pool.map_err(|error| unusable(server, error))?;
    Ok(Pool::new(connections, purpose == Purpose::Reading))
}

/// Connects to a database that may belong to another program, and changes nothing in it.
pub async fn connect_to_read(server: &PostgresServer) -> Result<Client, PostgresOpenError> {
    Ok(connect(server).await?.0)
}

/// A connection without the settings that apply to clients' requests. It ends with the client.
async fn connect(server: &PostgresServer) -> Result<(Client, JoinHandle<()>), PostgresOpenError> {
    let tls = tls::connector(&server.trust).map_err(|reason| unusable(server, reason))?;
    let connected = address(server).connect(tls).await;
    let (client, connection) = connected.map_err(|error| PostgresOpenError::Unreachable {
        place: server.place(),
        reason: reason(&error).replace('\n', " "),
    })?;
    // The next statement reports any error of the connection.
    Ok((client, tokio::spawn(async { drop(connection.await) })))
}

/// True if the database has the tables of some version. Nothing is changed.
///
/// # Errors
/// Fails if the server cannot be reached.
pub async fn has_tables(server: &PostgresServer) -> Result<bool, PostgresOpenError> {
    let (client, _) = connect(server).await?;
    let found = schema(&client).await.map_err(|error| unusable(server, reason(&error)))?;
    Ok(found.is_some())
}

/// Connects, and checks that there are tables of this version, without changing them.
pub(super) async fn inspect(server: &PostgresServer) -> Result<Client, PostgresOpenError> {
    let (client, _) = connect(server).await?;
    let failed = |error: tokio_postgres::Error| unusable(server, reason(&error));
    let known = runner(SCRIPTS).get_migrations().iter().map(|migration| migration.version()).max().unwrap_or(0);
    let place = server.place();
    let found = schema(&client).await.map_err(failed)?;
    match found.unwrap_or(0).cmp(&known) {
        Ordering::Equal => Ok(client),
        Ordering::Less => Err(PostgresOpenError::Older { place }),
        Ordering::Greater => Err(PostgresOpenError::Newer { place, found: found.unwrap_or(0), known }),
    }
}

/// Upgrades the tables and connects in order to fill them.
pub(super) async fn connect_to_fill(server: &PostgresServer) -> Result<Client, PostgresOpenError> {
    migrate(server).await?;
    let (client, _) = connect(server).await?;
    client
        .batch_execute("SET jit = off; SET synchronous_commit = off")
        .await
        .map_err(|error| unusable(server, reason(&error)))?;
    Ok(client)
}

/// Upgrades the tables, one node at a time.
pub(super) async fn migrate(server: &PostgresServer) -> Result<(), PostgresOpenError> {
    let (mut client, connection) = connect(server).await?;
    let done = migrate_over(&mut client, server).await;
    // The lock is released with the connection.
    drop(client);
    let _ = connection.await;
    done
}

async fn migrate_over(client: &mut Client, server: &PostgresServer) -> Result<(), PostgresOpenError> {
    let failed = |error: tokio_postgres::Error| unusable(server, reason(&error));
    if let Some(problem) = unfit(client).await.map_err(failed)? {
        return Err(unusable(server, problem));
    }
    while !lock(client).await.map_err(failed)? {
        sleep(LOCK_AGAIN_AFTER).await;
    }
    let runner = runner(SCRIPTS);
    let known = runner.get_migrations().iter().map(|migration| migration.version()).max().unwrap_or(0);
    let place = server.place();
    let found = schema(client).await.map_err(failed)?;
    if let Some(found) = found.filter(|found| *found > known) {
        return Err(PostgresOpenError::Newer { place, found, known });
    }
    if found.is_none()
        && let Some(table) = stranger(client).await.map_err(failed)?
    {
        return Err(PostgresOpenError::Foreign { place, table });
    }
    for runner in upgrade(SCRIPTS, found.unwrap_or(0)) {
        runner.run_async(client).await.map_err(|error| unusable(server, explained(&error)))?;
    }
    fill_look_keys(client).await.map_err(failed)
}

/// Computes the look-alike keys that the migration left out. A taken key stays with its holder.
async fn fill_look_keys(client: &Client) -> Result<(), tokio_postgres::Error> {
    for row in client.query(UNFILLED, &[]).await? {
        let chat: &str = row.try_get(0)?;
        let Text(name_key) = row.try_get::<_, Text<String>>(1)?;
        match client.execute(FILL, &[&chat, &Text(look_alike_key(&name_key))]).await {
            // Another node has just taken the name.
            Err(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION) => {}
            filled => drop(filled?),
        }
    }
    Ok(())
}

/// The reason why the server cannot be used, if any.
async fn unfit(client: &Client) -> Result<Option<String>, tokio_postgres::Error> {
    let row = client.query_one(SERVER, &[]).await?;
    let version: i32 = row.try_get(0)?;
    let encoding: String = row.try_get(1)?;
    let is_standby: bool = row.try_get(2)?;
    Ok(match (version / 10_000, &*encoding, is_standby) {
        (version, ..) if version < OLDEST => Some(format!("its version is {version}, at least {OLDEST} is required")),
        (_, "UTF8", false) => None,
        (_, "UTF8", true) => Some("it is a standby and cannot be written to".into()),
        (_, encoding, _) => Some(format!("the database's encoding is {encoding}, but UTF8 is required")),
    })
}

async fn lock(client: &Client) -> Result<bool, tokio_postgres::Error> {
    client.query_one("SELECT pg_try_advisory_lock($1)", &[&LOCK]).await?.try_get(0)
}

/// The latest migration applied to the database; none if there was none.
async fn schema(client: &Client) -> Result<Option<i32>, tokio_postgres::Error> {
    let has_history: bool = client.query_one(HISTORY, &[]).await?.try_get(0)?;
    if !has_history {
        return Ok(None);
    }
    client.query_one("SELECT coalesce(max(version), 0) FROM refinery_schema_history", &[]).await?.try_get(0).map(Some)
}

/// A table of another program with the same name as one of ours.
async fn stranger(client: &Client) -> Result<Option<String>, tokio_postgres::Error> {
    client.query_one(STRANGERS, &[]).await?.try_get(0)
}

/// The reason why a migration failed.
fn explained(error: &refinery_core::Error) -> String {
    let Some(source) = std::error::Error::source(error) else { return error.to_string() };
    source.downcast_ref().map_or_else(|| source.to_string(), reason)
}

#[cfg(test)]
mod tests {
    use super::SCRIPTS;
    use crate::store::migrations::assert_complete;

    #[test]
    fn every_migration_is_compiled_in() {
        assert_complete("postgres/migrations", SCRIPTS);
    }
}
