//! A batch's look-ups, within the transaction that writes it.

use super::chats::{SEEN, seen};
use super::counts::OrdinalCache;
use super::error::PgError;
use super::load::{Loaded, load};
use super::messages::PREVIOUS;
use super::rows::PgColumns;
use super::save::save;
use super::session::PgConnection;
use super::values::integer;
use super::{heads, reactions, retention};
use crate::domain::{Change, ReactionKey, State};
use crate::protocol::{ChatId, Message, Seq, Timestamp, UserId, Viewer};
use crate::store::loader::{Lookup, ReactionOf, Wanted};
use crate::store::sql::records::SqlRecords;

/// Look-ups of one batch, within its transaction.
pub(super) struct PgTables<'a> {
    pub(super) session: &'a PgConnection,
    pub(super) counts: &'a OrdinalCache,
    pub(super) loaded: Loaded,
}

impl Lookup for PgTables<'_> {
    type Error = PgError;

    fn state(&mut self) -> &mut State {
        &mut self.loaded.state
    }

    async fn fetch(&mut self, wanted: &Wanted<'_>) -> Result<(), PgError> {
        self.loaded = load(self.session, self.counts, wanted).await?;
        Ok(())
    }

    async fn save(&mut self) -> Result<(), PgError> {
        save(self.session, &mut self.loaded).await
    }

    async fn has_ended(&mut self, chat: &ChatId) -> Result<bool, PgError> {
        heads::has_ended(self.session, chat).await
    }

    async fn last_before(&mut self, chat: &ChatId, seq: Seq) -> Result<Option<Message>, PgError> {
        let [statement] = self.session.prepared([PREVIOUS]).await?;
        let found = self.session.query_opt(&statement, &[chat, &integer(seq)]).await?;
        found.map(|row| Ok(PgColumns::of(&row).message()?.message)).transpose()
    }

    async fn oldest(&mut self, chat: &ChatId, before: Timestamp) -> Result<Vec<Message>, PgError> {
        retention::oldest(self.session, chat, before).await
    }

    async fn reacted_since(&mut self, chat: &ChatId, key: &ReactionKey) -> Result<Option<Seq>, PgError> {
        reactions::since(self.session, chat, key).await
    }

    async fn next_reactor(&mut self, chat: &ChatId, reaction: ReactionOf<'_>) -> Result<Option<UserId>, PgError> {
        reactions::next(self.session, chat, reaction).await
    }

    async fn viewer(&mut self, change: &Change) -> Result<Option<Viewer>, PgError> {
        let [statement] = self.session.prepared([SEEN]).await?;
        let rows = self.session.query(&statement, &[&change.chat_id, &change.actor.id]).await?;
        Ok(rows.first().map(seen).transpose()?.and_then(|chat| chat.viewer))
    }
}
