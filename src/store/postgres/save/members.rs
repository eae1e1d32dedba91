use tokio_postgres::Statement;

use super::super::session::{Executed, Parameters, PgConnection};
use super::super::values::{PgJson, integer, never};
use super::{MemberEntry, column};

/// Positions that have moved further since are kept.
pub(super) const MEMBERS: &str = "INSERT INTO members AS m (chat_id, user_id, role, joined_at, read_seq, delivered_seq, left_seq, \
    ban, ban_until, muted_until, unread_from) \
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::bigint[], $6::bigint[], \
    $7::bigint[], $8::json[], $9::timestamptz[], $10::timestamptz[], $11::bigint[]) \
    ON CONFLICT (chat_id, user_id) DO UPDATE SET role = excluded.role, joined_at = excluded.joined_at, \
    read_seq = greatest(m.read_seq, excluded.read_seq), \
    delivered_seq = greatest(m.delivered_seq, excluded.delivered_seq), left_seq = excluded.left_seq, \
    ban = excluded.ban, ban_until = excluded.ban_until, \
    muted_until = CASE WHEN m.role IS NOT NULL AND m.joined_at = excluded.joined_at THEN m.muted_until \
    ELSE excluded.muted_until END, \
    unread_from = CASE WHEN m.role IS NOT NULL AND excluded.role IS NOT NULL AND m.joined_at = excluded.joined_at \
    THEN m.unread_from ELSE excluded.unread_from END, \
    read_at = CASE WHEN m.joined_at = excluded.joined_at THEN m.read_at END, \
    delivered_at = CASE WHEN m.joined_at = excluded.joined_at THEN m.delivered_at END";

pub(super) async fn save_members(
    session: &PgConnection,
    statement: &Statement,
    members: &[MemberEntry<'_>],
) -> Executed {
    if members.is_empty() {
        return Ok(());
    }
    let values: Parameters<'_> = &[
        &column(members, |(chat, ..)| *chat),
        &column(members, |(_, user, _)| *user),
        &column(members, |(.., member)| member.role),
        &column(members, |(.., member)| member.joined_at),
        &column(members, |(.., member)| integer(member.read_seq)),
        &column(members, |(.., member)| integer(member.delivered_seq)),
        &column(members, |(.., member)| integer(member.left_seq)),
        &column(members, |(.., member)| member.ban.as_ref().map(PgJson)),
        &column(members, |(.., member)| member.ban.as_ref().map(|ban| ban.until.unwrap_or_else(never))),
        &column(members, |(.., member)| member.mute),
        &column(members, |(.., member)| member.unread_from.map(integer)),
    ];
    session.execute(statement, values).await.map(drop)
}
