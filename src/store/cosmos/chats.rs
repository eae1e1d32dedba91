//! Reads chats and members.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt, stream};

use azure_data_cosmos::Query;

use super::directory::ListedChannel;
use super::documents::SentCounts;
use super::documents::{HeadDocument, MemberDocument};
use super::names::Reservation;
use super::partition::Look;
use super::query::CosmosQuery;
use super::{CONCURRENT, Store, ids, queries};
use crate::domain::{MemberRecord, channel_keys, differ_in_blanks, name_key};
use crate::protocol::{Chat, ChatId, ChatKind, Member, User, UserId, Viewer};
use crate::store::error::Result;
use crate::store::repository::{ChatAccess, ChatScope, ChatsFrom, ChatsQuery, Page};

/// A chat and the asking user's membership of it.
pub(super) type ChatView = (HeadDocument, Option<MemberRecord>);

impl Store {
    pub(super) async fn seen(&self, chat: &ChatId, user: &UserId, operation: &'static str) -> Result<Option<ChatView>> {
        let ids = if ids::fits(user) { vec![ids::member(user)] } else { vec![] };
        let Look { head, mut members, .. } = self.look(chat, &ids, operation).await?;
        let member = members.remove(user).map(|member| member.record());
        Ok(head.filter(|head| head.chat.is_some()).map(|head| (head, member)))
    }

    /// The user's access to a chat, in one request.
    pub(super) async fn chat_access_of(&self, chat: &ChatId, user: &UserId) -> Result<Option<ChatAccess>> {
        let seen = self.seen(chat, user, "standing").await?;
        Ok(seen.and_then(|(head, member)| Some(ChatAccess::of(head.chat?, member))))
    }

    /// The chats with these ids, as the user sees them.
    pub(super) async fn chats_by_id(&self, user: &UserId, chats: &[ChatId]) -> Result<Vec<Option<Chat>>> {
        let mut seen = self.seen_by_id(chats, user, "chat").await?;
        let filled = chats.iter().map(|chat| seen.remove(chat)).map(|seen| async {
            match seen {
                Some(seen) => self.filled(seen, user).await,
                None => Ok(None),
            }
        });
        stream::iter(filled.collect::<Vec<_>>()).buffered(CONCURRENT).try_collect().await
    }

    /// The existing chats among these, and the user's membership of each, with few requests for many chats.
    pub(super) async fn seen_by_id(
        &self,
        chats: &[ChatId],
        user: &UserId,
        operation: &'static str,
    ) -> Result<HashMap<ChatId, ChatView>> {
        let looks = self.looks(chats, Some(user), operation).await?;
        let view = |(chat, mut look): (ChatId, Look)| {
            let member = look.members.remove(user).map(|member| member.record());
            Some((chat, (look.head.filter(|head| head.chat.is_some())?, member)))
        };
        Ok(looks.into_iter().filter_map(view).collect())
    }

    /// The chat as the user sees it.
    pub(super) async fn chat_of(&self, chat: &ChatId, user: &UserId) -> Result<Option<Chat>> {
        match self.seen(chat, user, "chat").await? {
            Some(seen) => self.filled(seen, user).await,
            None => Ok(None),
        }
    }

    /// Adds the parts of a chat that other documents hold: its last message and the viewer fields.
    async fn filled(&self, seen: ChatView, user: &UserId) -> Result<Option<Chat>> {
        let (head, member) = seen;
        let Some(chat) = head.chat.clone() else { return Ok(None) };
        let (last_message, viewer) =
            tokio::join!(self.last_message(&head), self.viewer(&chat, head.counts(), user, member));
        Ok(Some(Chat { last_message: last_message?.map(Arc::new), viewer: Some(viewer?), ..chat }))
    }

    /// The user's own view of a chat.
    pub(super) async fn viewer(
        &self,
        chat: &Chat,
        counts: SentCounts,
        user: &UserId,
        member: Option<MemberRecord>,
    ) -> Result<Viewer> {
        let Some(member @ MemberRecord { role: Some(role), read_seq, mute, unread_from, .. }) = member else {
            return Ok(Viewer::newcomer(None, 0));
        };
        let from = member.unread_after();
        let unread_count = self.unread_count(chat, counts, user, from).await?;
        // Without unread messages, only an edit can have mentioned the user.
        let may_mention = unread_count > 0 || counts.late_seq > from;
        let mention_count = if may_mention { self.mention_count(chat, counts, user, from).await? } else { 0 };
        let peer = if chat.kind == ChatKind::Direct { self.peer(&chat.id, user).await? } else { None };
        let viewer = Viewer::newcomer(Some(role), read_seq).with_mute(mute);
        let viewer = Viewer { unread_count, mention_count, unread_from_seq: unread_from, peer, ..viewer };
        Ok(viewer.from_first(chat.first_seq))
    }

    async fn peer(&self, chat: &ChatId, user: &UserId) -> Result<Option<User>> {
        let question = CosmosQuery(Query::from(queries::PEER)).with("@user", user)?;
        let found: Vec<MemberDocument> = self.messages.query(chat, question.0, "chat").await?;
        let peer = found.into_iter().next().and_then(MemberDocument::member);
        Ok(self.named_members(peer.into_iter().collect()).await?.pop().map(|member| member.user))
    }

    /// The channel with the name, or the one whose name differs only in blanks.
    pub(super) async fn channel_of(&self, name: &str) -> Result<Option<ChatId>> {
        for key in channel_keys(name) {
            let Some(reservation) = self.channel_names.read(&key).await? else { continue };
            let holder = self.holder(&reservation, &key).await?;
            if let Some(chat) = holder.filter(|chat| differ_in_blanks(&name_key(&chat.name), name)) {
                return Ok(Some(chat.id));
            }
        }
        Ok(None)
    }

    /// True if the owner of a reservation really has a name with this key.
    pub(super) async fn holds(&self, reservation: &Reservation, key: &str) -> Result<bool> {
        Ok(self.holder(reservation, key).await?.is_some())
    }

    /// The owner of a reservation, if it really has a name with this key.
    pub(super) async fn holder(&self, reservation: &Reservation, key: &str) -> Result<Option<Chat>> {
        let look = self.look(&ChatId::from(&*reservation.owner), &[], "name").await?;
        let chat = look.living().and_then(|head| head.chat.clone());
        Ok(chat
            .filter(|chat| chat.kind == ChatKind::Channel && channel_keys(&chat.name).iter().any(|held| held == key)))
    }

    /// A page of chats as the asking user sees them.
    pub(super) async fn chats_page(&self, query: &ChatsQuery) -> Result<Page<Chat>> {
        let mut found = match query.scope {
            ChatScope::Public => self.public_page(query).await?,
            ChatScope::Mine | ChatScope::Archived => self.own_page(query).await?,
        };
        let more = found.len() > query.limit;
        found.truncate(query.limit);
        let filled: Vec<_> = found.into_iter().map(|seen| self.filled(seen, &query.user)).collect();
        let filled = stream::iter(filled).buffered(CONCURRENT);
        Ok(Page { items: filled.try_filter_map(|chat| async { Ok(chat) }).try_collect().await?, more })
    }

    /// Sorts all chats of the user; even very active users have few enough for that.
    async fn own_page(&self, query: &ChatsQuery) -> Result<Vec<ChatView>> {
        let chats = self.memberships(&query.user).await?;
        let mut found = self.seen_by_id(&chats, &query.user, "chats").await?.into_values().collect::<Vec<ChatView>>();
        let search = query.search.as_deref().map(name_key);
        found.retain(|(head, member)| {
            let is_in = member.as_ref().is_some_and(|member| member.role.is_some());
            let fits = |chat: &Chat| {
                chat.active == (query.scope == ChatScope::Mine)
                    && search.as_ref().is_none_or(|search| name_key(&chat.name).contains(&**search))
                    && is_in_page(chat, &query.from)
            };
            is_in && head.chat.as_ref().is_some_and(fits)
        });
        let is_by_id = matches!(query.from, ChatsFrom::Active { .. });
        let place = |(head, _): &ChatView| {
            let chat = head.chat.as_ref()?;
            Some(((!is_by_id).then_some(std::cmp::Reverse(chat.updated_at)), chat.id.clone()))
        };
        found.sort_by_cached_key(place);
        found.truncate(query.limit + 1);
        Ok(found)
    }

    /// Reads the list and then the heads, until the page is full.
    async fn public_page(&self, query: &ChatsQuery) -> Result<Vec<ChatView>> {
        let mut found = vec![];
        let mut query = query.clone();
        let top = query.limit + 1;
        while found.len() < top {
            let listed = self.channels(&query, top).await?;
            let Some(last) = listed.last() else { break };
            let is_last = listed.len() < top;
            query.from = query.from.past(last.updated_at(), &last.chat);
            let seen: Vec<_> = listed.into_iter().map(|listed| self.seen_channel(listed, &query)).collect();
            let seen = stream::iter(seen).buffered(CONCURRENT);
            found.extend(seen.try_filter_map(|seen| async { Ok(seen) }).try_collect::<Vec<ChatView>>().await?);
            if is_last {
                break;
            }
        }
        found.truncate(top);
        Ok(found)
    }

    /// The channel of an entry in the list, at its listed position, because the page would otherwise be out of order.
    async fn seen_channel(&self, listed: ListedChannel, query: &ChatsQuery) -> Result<Option<ChatView>> {
        let Some((mut head, member)) = self.seen(&listed.chat, &query.user, "chats").await? else { return Ok(None) };
        let ban = member.as_ref().and_then(|member| member.ban.as_ref());
        if ban.is_some_and(|ban| ban.holds(query.now)) {
            return Ok(None);
        }
        let Some(chat) = head.chat.as_mut().filter(|chat| chat.kind == ChatKind::Channel && chat.active) else {
            return Ok(None);
        };
        if chat.updated_at != listed.updated_at() {
            self.list(chat).await?;
            chat.updated_at = listed.updated_at();
        }
        Ok(Some((head, member)))
    }

    /// A page of the current members, by id.
    pub(super) async fn members_page(
        &self,
        chat: &ChatId,
        after: Option<&UserId>,
        limit: usize,
    ) -> Result<Page<Member>> {
        if self.look(chat, &[], "members").await?.living().is_none() {
            return Ok(Page { items: vec![], more: false });
        }
        let top = limit.saturating_add(1).min(1 << 30);
        let question = CosmosQuery(Query::from(queries::MEMBERS)).with("@after", after.map_or("", |user| user))?;
        let found: Vec<MemberDocument> = self.messages.query(chat, question.with("@top", top)?.0, "members").await?;
        let mut items: Vec<Member> = found.into_iter().filter_map(MemberDocument::member).collect();
        let more = items.len() > limit;
        items.truncate(limit);
        Ok(Page { items: self.named_members(items).await?, more })
    }
}

fn is_in_page(chat: &Chat, from: &ChatsFrom) -> bool {
    match from {
        ChatsFrom::Newest => true,
        ChatsFrom::After { updated_at, chat: last } => {
            chat.updated_at < *updated_at || chat.updated_at == *updated_at && chat.id > *last
        }
        ChatsFrom::Active { since, after } => chat.updated_at >= *since && chat.id > *after,
    }
}
