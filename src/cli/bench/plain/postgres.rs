use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

use super::{Rate, Work};
use crate::cli::bench::Result;
use crate::ops::config::PostgresServer;

const CHATS: &str = "INSERT INTO chats (id, kind, name, name_key, active, created_by, created_at, updated_at, seq, \
    member_count, message_count, owners, changed_seq, members_seq) \
    SELECT id, 'group', 'benchmark', 'benchmark', true, 'sender', now(), now(), 0, 1, 0, 1, 0, 0 FROM unnest($1::text[]) id";
const MESSAGES: &str = "INSERT INTO messages (chat_id, seq, id, updated_seq, sender_id, role, content, content_key, \
    created_at) SELECT chat_id, seq, id, seq, 'sender', 'user', $4, $4, now() \
    FROM unnest($1::text[], $2::bigint[], $3::text[]) AS w (chat_id, seq, id)";
const TICK: &str = "UPDATE chats c SET updated_at = now(), seq = w.seq, message_count = w.seq, last_seq = w.seq \
    FROM (SELECT chat_id, max(seq) AS seq FROM unnest($1::text[], $2::bigint[]) AS w (chat_id, seq) GROUP BY chat_id) w \
    WHERE c.id = w.chat_id";
const CLEAR: &str = "DELETE FROM messages WHERE chat_id = ANY ($1)";
const CLEAR_CHATS: &str = "DELETE FROM chats WHERE id = ANY ($1)";

/// The number of writing connections of a server with default settings.
const WRITERS: u32 = 3;

type Values<'a> = &'a [&'a (dyn ToSql + Sync)];

impl Work {
    /// Measures one plain loop, then as many as the server has writing connections.
    pub(super) async fn on_postgres(self, url: &str) -> Result<Vec<Rate>> {
        let single = Rate { loops: "a plain loop", rows: self.run_on(url, 1).await? };
        let rows = self.run_on(url, WRITERS).await?;
        Ok(vec![single, Rate { loops: "as many plain loops as the server has writing connections", rows }])
    }

    /// Rows per second over a number of connections, each with its own chats, in the server's tables.
    async fn run_on(self, url: &str, connections: u32) -> Result<f64> {
        let server = PostgresServer::from_url(url, 1)?;
        let rooms = self.rooms.div_ceil(connections.max(1)).max(1);
        let hands = (0..connections.max(1)).map(|_| self.hand(&server, rooms));
        Ok(try_join_all(hands).await?.into_iter().sum())
    }

    async fn hand(self, server: &PostgresServer, rooms: u32) -> Result<f64> {
        let (client, connection) = server.address.connect(NoTls).await?;
        let connection = tokio::spawn(connection);
        let rooms: Vec<String> = (0..rooms).map(|_| Uuid::now_v7().to_string()).collect();
        client.execute(CHATS, &[&rooms]).await?;
        let rate = self.fill(&client, &rooms).await;
        client.execute(CLEAR, &[&rooms]).await?;
        client.execute(CLEAR_CHATS, &[&rooms]).await?;
        drop(client);
        connection.await??;
        rate
    }

    async fn fill(self, client: &Client, rooms: &[String]) -> Result<f64> {
        let insert = client.prepare(MESSAGES).await?;
        let tick = client.prepare(TICK).await?;
        let content = "x".repeat(usize::try_from(self.content)?);
        let begun = Instant::now();
        let mut count = 0u64;
        let mut transactions = 0u64;
        while begun.elapsed() < Duration::from_secs(self.seconds) {
            transactions += 1;
            let mut chats = vec![];
            let mut places = vec![];
            let mut ids = vec![];
            while (count as f64) < transactions as f64 * self.batch {
                chats.push(&rooms[usize::try_from(count)? % rooms.len()]);
                places.push(i64::try_from(count / rooms.len() as u64)? + 1);
                ids.push(Uuid::now_v7().to_string());
                count += 1;
            }
            let rows: Values<'_> = &[&chats, &places, &ids, &content];
            let ticks: Values<'_> = &[&chats, &places];
            let done = futures_util::join!(
                client.batch_execute("BEGIN"),
                client.execute(&insert, rows),
                client.execute(&tick, ticks),
                client.batch_execute("COMMIT"),
            );
            done.0.and(done.1.map(drop)).and(done.2.map(drop)).and(done.3)?;
        }
        Ok(count as f64 / begun.elapsed().as_secs_f64())
    }
}
