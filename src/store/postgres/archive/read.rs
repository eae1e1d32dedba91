//! The tables as records, some rows at a time.

use std::collections::HashMap;

use tokio_postgres::{Row, Statement, Transaction};

use crate::protocol::{ChatId, MessageId, Seq};
use crate::store::archive::{
    ArchiveRecord, ArchivedAudit, ArchivedChat, ArchivedDocument, ArchivedEnd, ArchivedMember, ArchivedMention,
    ArchivedMessage, ArchivedReactor, ArchivedSession, ArchivedSpentToken, ArchivedToken, ArchivedUser, RecordSender,
    StreamClosed, UNFINISHED,
};
use crate::store::jobs;
use crate::store::postgres::error::PgError;
use crate::store::postgres::rows::{Columns, PgResult};
use crate::store::postgres::session::Parameters;
use crate::store::postgres::values::{PgJson, Text, integer};
use crate::store::repository::StoredFile;

const USERS: &str = "SELECT id, username, username_key, display_name, avatar_url, kind, role, owner_id, email, \
    email_unconfirmed, password, ban, ended_tokens, tokens_valid_from, created_at, nullif(changed_at, 'epoch'), \
    last_seen_at, deleted_at, version FROM users ORDER BY owner_id IS NOT NULL, id";

const SESSIONS: &str = "SELECT user_id, id, device_id, created_at, last_seen_at, expires_at, family, refresh, spent, \
    spent_at FROM sessions ORDER BY user_id, id";

const TOKENS: &str = "SELECT maker_id, id, user_id, name, scopes, hash, created_at, expires_at, last_used_at \
    FROM tokens ORDER BY maker_id, id";

const DOCUMENTS: &str = "SELECT place, version, text FROM documents WHERE place NOT IN ($1, $2) ORDER BY place";

const CHATS: &str = "SELECT id, kind, name, description, active, posting, created_by, created_at, updated_at, seq, \
    changed_seq, members_seq, last_seq, member_count, message_count, owners, pinned, \
    first_seq, retention_days, hold FROM chats ORDER BY id";

const MEMBERS: &str = "SELECT chat_id, user_id, role, joined_at, read_seq, read_at, delivered_seq, delivered_at, \
    left_seq, ban, muted_until, unread_from FROM members WHERE chat_id = $1 ORDER BY user_id";

const MESSAGES: &str = "SELECT chat_id, seq, id, updated_seq, sender_id, role, content, attachments, reply_to, \
    mentions, reactions, metadata::text, created_at, edited_at, deleted_at FROM messages WHERE chat_id = $1 ORDER BY seq";

const LATE: &str = "SELECT seq, user_id, mentioned_seq FROM mentions \
    WHERE chat_id = $1 AND seq = ANY ($2) AND mentioned_seq <> seq ORDER BY seq, user_id";

const REACTORS: &str = "SELECT message_id, emoji, user_id, seq FROM reactions \
    WHERE chat_id = $1 AND message_id = ANY ($2) ORDER BY message_id, emoji, user_id";

const ENDED: &str = "SELECT id FROM ended_chats ORDER BY id";

const FILES: &str = "SELECT record FROM files WHERE state = 1 ORDER BY id";

const AUDIT: &str = "SELECT id, at, actor_id, command, target_id, chat_id, reason FROM audit ORDER BY id";

/// Rows that are fetched together.
const ROWS: i32 = 500;

/// The end of a dump before its end.
#[derive(Debug)]
pub(super) enum DumpFailure {
    Closed(StreamClosed),
    Postgres(PgError),
}

impl From<StreamClosed> for DumpFailure {
    fn from(closed: StreamClosed) -> Self {
        DumpFailure::Closed(closed)
    }
}

impl From<PgError> for DumpFailure {
    fn from(error: PgError) -> Self {
        DumpFailure::Postgres(error)
    }
}

impl From<tokio_postgres::Error> for DumpFailure {
    fn from(error: tokio_postgres::Error) -> Self {
        DumpFailure::Postgres(error.into())
    }
}

/// A dump that is under way.
pub(super) struct PgDump<'a> {
    snapshot: &'a Transaction<'a>,
    out: &'a mut RecordSender,
    members: Statement,
    messages: Statement,
    late: Statement,
    reactors: Statement,
}

impl<'a> PgDump<'a> {
    pub(super) async fn new(
        snapshot: &'a Transaction<'a>,
        out: &'a mut RecordSender,
    ) -> Result<PgDump<'a>, DumpFailure> {
        Ok(PgDump {
            members: snapshot.prepare(MEMBERS).await?,
            messages: snapshot.prepare(MESSAGES).await?,
            late: snapshot.prepare(LATE).await?,
            reactors: snapshot.prepare(REACTORS).await?,
            snapshot,
            out,
        })
    }

    /// Sends everything.
    pub(super) async fn everything(&mut self) -> Result<(), DumpFailure> {
        self.rows(USERS, &[], |row| Ok(ArchiveRecord::User(Box::new(user(row)?)))).await?;
        self.rows(SESSIONS, &[], |row| Ok(ArchiveRecord::Session(Box::new(session(row)?)))).await?;
        self.rows(TOKENS, &[], |row| Ok(ArchiveRecord::Token(Box::new(token(row)?)))).await?;
        self.rows(DOCUMENTS, &[&UNFINISHED, &jobs::DOCUMENT], |row| {
            Ok(ArchiveRecord::Document(Box::new(document(row)?)))
        })
        .await?;
        self.chats().await?;
        self.rows(ENDED, &[], |row| Ok(ArchiveRecord::EndedChat(ArchivedEnd { id: Columns::of(row).get()? }))).await?;
        self.rows(FILES, &[], |row| {
            let PgJson(file): PgJson<StoredFile> = Columns::of(row).get()?;
            Ok(ArchiveRecord::File(Box::new(file)))
        })
        .await?;
        self.rows(AUDIT, &[], |row| Ok(ArchiveRecord::Audit(Box::new(audit(row)?)))).await
    }

    /// Sends a record for every row.
    async fn rows(
        &mut self,
        query: &str,
        values: Parameters<'_>,
        record: impl Fn(&Row) -> PgResult<ArchiveRecord>,
    ) -> Result<(), DumpFailure> {
        let portal = self.snapshot.bind(query, values).await?;
        loop {
            let rows = self.snapshot.query_portal(&portal, ROWS).await?;
            for row in &rows {
                self.out.send(record(row)?).await?;
            }
            if rows.len() < ROWS as usize {
                return Ok(());
            }
        }
    }

    async fn chats(&mut self) -> Result<(), DumpFailure> {
        let portal = self.snapshot.bind(CHATS, &[]).await?;
        loop {
            let rows = self.snapshot.query_portal(&portal, ROWS).await?;
            for row in &rows {
                let chat = chat(row)?;
                let id = chat.id.clone();
                self.out.send(ArchiveRecord::Chat(Box::new(chat))).await?;
                self.members_of(&id).await?;
                self.messages_of(&id).await?;
            }
            if rows.len() < ROWS as usize {
                return Ok(());
            }
        }
    }

    async fn members_of(&mut self, chat: &ChatId) -> Result<(), DumpFailure> {
        let portal = self.snapshot.bind(&self.members, &[chat]).await?;
        loop {
            let rows = self.snapshot.query_portal(&portal, ROWS).await?;
            for row in &rows {
                self.out.send(ArchiveRecord::Member(Box::new(member(row)?))).await?;
            }
            if rows.len() < ROWS as usize {
                return Ok(());
            }
        }
    }

    async fn messages_of(&mut self, chat: &ChatId) -> Result<(), DumpFailure> {
        let portal = self.snapshot.bind(&self.messages, &[chat]).await?;
        loop {
            let rows = self.snapshot.query_portal(&portal, ROWS).await?;
            let messages = rows.iter().map(message).collect::<PgResult<Vec<_>>>()?;
            let mut late = self.late_in(chat, &messages).await?;
            let mut reactors = self.reactors_in(chat, &messages).await?;
            for mut message in messages {
                message.late = late.remove(&message.seq).unwrap_or_default();
                message.reactors = reactors.remove(&message.id).unwrap_or_default();
                self.out.send(ArchiveRecord::Message(Box::new(message))).await?;
            }
            if rows.len() < ROWS as usize {
                return Ok(());
            }
        }
    }

    async fn late_in(
        &self,
        chat: &ChatId,
        messages: &[ArchivedMessage],
    ) -> Result<HashMap<Seq, Vec<ArchivedMention>>, DumpFailure> {
        let mentioning = messages.iter().filter(|message| !message.mentions.is_empty());
        let places: Vec<i64> = mentioning.map(|message| integer(message.seq)).collect();
        let mut late: HashMap<Seq, Vec<ArchivedMention>> = HashMap::new();
        if !places.is_empty() {
            for row in self.snapshot.query(&self.late, &[chat, &places]).await? {
                let mut columns = Columns::of(&row);
                let place = columns.number()?;
                let mention = ArchivedMention { user_id: columns.get()?, seq: columns.number()? };
                late.entry(place).or_default().push(mention);
            }
        }
        Ok(late)
    }

    async fn reactors_in(
        &self,
        chat: &ChatId,
        messages: &[ArchivedMessage],
    ) -> Result<HashMap<MessageId, Vec<ArchivedReactor>>, DumpFailure> {
        let reacted = messages.iter().filter(|message| !message.reactions.is_empty());
        let ids: Vec<&MessageId> = reacted.map(|message| &message.id).collect();
        let mut reactors: HashMap<MessageId, Vec<ArchivedReactor>> = HashMap::new();
        if !ids.is_empty() {
            for row in self.snapshot.query(&self.reactors, &[chat, &ids]).await? {
                let mut columns = Columns::of(&row);
                let message = columns.get()?;
                let reactor =
                    ArchivedReactor { emoji: columns.text()?, user_id: columns.get()?, seq: columns.number()? };
                reactors.entry(message).or_default().push(reactor);
            }
        }
        Ok(reactors)
    }
}

fn optional_text(columns: &mut Columns<'_>) -> PgResult<Option<String>> {
    Ok(columns.get::<Option<Text<String>>>()?.map(|Text(text)| text))
}

fn user(row: &Row) -> PgResult<ArchivedUser> {
    let mut columns = Columns::of(row);
    Ok(ArchivedUser {
        id: columns.get()?,
        username: columns.text()?,
        username_key: columns.text()?,
        display_name: columns.text()?,
        avatar_url: optional_text(&mut columns)?,
        kind: columns.get()?,
        role: columns.get()?,
        owner_id: columns.get()?,
        email: optional_text(&mut columns)?,
        email_unconfirmed: columns.get()?,
        password: columns.get()?,
        ban: columns.get::<Option<PgJson<_>>>()?.map(|PgJson(ban)| ban),
        ended_tokens: columns.list()?,
        tokens_valid_from: columns.get()?,
        created_at: columns.get()?,
        changed_at: columns.get()?,
        last_seen_at: columns.get()?,
        deleted_at: columns.get()?,
        version: columns.number()?,
    })
}

fn session(row: &Row) -> PgResult<ArchivedSession> {
    let mut columns = Columns::of(row);
    Ok(ArchivedSession {
        user_id: columns.get()?,
        id: columns.get()?,
        device_id: optional_text(&mut columns)?,
        created_at: columns.get()?,
        last_seen_at: columns.get()?,
        expires_at: columns.get()?,
        family: columns.hash()?,
        refresh: columns.hash()?,
        spent: match columns.optional_hash()? {
            Some(refresh) => Some(ArchivedSpentToken { refresh, at: columns.get()? }),
            None => None,
        },
    })
}

fn token(row: &Row) -> PgResult<ArchivedToken> {
    let mut columns = Columns::of(row);
    Ok(ArchivedToken {
        maker_id: columns.get()?,
        id: columns.get()?,
        user_id: columns.get()?,
        name: columns.text()?,
        scopes: columns.list()?,
        hash: columns.hash()?,
        created_at: columns.get()?,
        expires_at: columns.get()?,
        last_used_at: columns.get()?,
    })
}

fn document(row: &Row) -> PgResult<ArchivedDocument> {
    let mut columns = Columns::of(row);
    let place = columns.text()?;
    Ok(ArchivedDocument { place, version: columns.number()?, text: columns.text()? })
}

fn chat(row: &Row) -> PgResult<ArchivedChat> {
    let mut columns = Columns::of(row);
    Ok(ArchivedChat {
        id: columns.get()?,
        kind: columns.get()?,
        name: columns.text()?,
        description: optional_text(&mut columns)?,
        active: columns.get()?,
        posting: columns.get()?,
        created_by: columns.get()?,
        created_at: columns.get()?,
        updated_at: columns.get()?,
        seq: columns.number()?,
        changed_seq: columns.number()?,
        members_seq: columns.number()?,
        last_seq: columns.get::<Option<i64>>()?.map(i64::unsigned_abs),
        member_count: columns.number()?,
        message_count: columns.number()?,
        owners: columns.number()?,
        pinned: columns.list()?,
        first_seq: columns.number()?,
        retention_days: columns.get::<Option<i64>>()?.and_then(|days| u32::try_from(days).ok()),
        hold: columns.get()?,
    })
}

fn member(row: &Row) -> PgResult<ArchivedMember> {
    let mut columns = Columns::of(row);
    Ok(ArchivedMember {
        chat_id: columns.get()?,
        user_id: columns.get()?,
        role: columns.get()?,
        joined_at: columns.get()?,
        read_seq: columns.number()?,
        read_at: columns.get()?,
        delivered_seq: columns.number()?,
        delivered_at: columns.get()?,
        left_seq: columns.number()?,
        ban: columns.get::<Option<PgJson<_>>>()?.map(|PgJson(ban)| ban),
        mute: columns.get()?,
        unread_from: columns.get::<Option<i64>>()?.map(i64::unsigned_abs),
    })
}

fn message(row: &Row) -> PgResult<ArchivedMessage> {
    let mut columns = Columns::of(row);
    Ok(ArchivedMessage {
        chat_id: columns.get()?,
        seq: columns.number()?,
        id: columns.get()?,
        updated_seq: columns.number()?,
        sender_id: columns.get()?,
        role: columns.get()?,
        content: columns.text()?,
        attachments: columns.list()?,
        reply_to: columns.get()?,
        mentions: columns.list()?,
        late: vec![],
        reactions: columns.list()?,
        reactors: vec![],
        metadata: columns.get()?,
        created_at: columns.get()?,
        edited_at: columns.get()?,
        deleted_at: columns.get()?,
    })
}

fn audit(row: &Row) -> PgResult<ArchivedAudit> {
    let mut columns = Columns::of(row);
    Ok(ArchivedAudit {
        id: columns.get()?,
        at: columns.get()?,
        actor_id: columns.get()?,
        command: columns.text()?,
        target_id: optional_text(&mut columns)?,
        chat_id: columns.get()?,
        reason: optional_text(&mut columns)?,
    })
}
