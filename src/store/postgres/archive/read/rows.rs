//! Rows as records.

use tokio_postgres::Row;

use crate::store::archive::{
    ArchivedAudit, ArchivedChat, ArchivedDocument, ArchivedMember, ArchivedMessage, ArchivedSession,
    ArchivedSpentToken, ArchivedToken, ArchivedUser,
};
use crate::store::postgres::rows::{Columns, PgResult};
use crate::store::postgres::values::{PgJson, Text};

fn optional_text(columns: &mut Columns<'_>) -> PgResult<Option<String>> {
    Ok(columns.get::<Option<Text<String>>>()?.map(|Text(text)| text))
}

pub(super) fn user(row: &Row) -> PgResult<ArchivedUser> {
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

pub(super) fn session(row: &Row) -> PgResult<ArchivedSession> {
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

pub(super) fn token(row: &Row) -> PgResult<ArchivedToken> {
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

pub(super) fn document(row: &Row) -> PgResult<ArchivedDocument> {
    let mut columns = Columns::of(row);
    let place = columns.text()?;
    Ok(ArchivedDocument { place, version: columns.number()?, text: columns.text()? })
}

pub(super) fn chat(row: &Row) -> PgResult<ArchivedChat> {
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

pub(super) fn member(row: &Row) -> PgResult<ArchivedMember> {
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

pub(super) fn message(row: &Row) -> PgResult<ArchivedMessage> {
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

pub(super) fn audit(row: &Row) -> PgResult<ArchivedAudit> {
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
