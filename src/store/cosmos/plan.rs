//! What is to happen to a chat: as many changes as fit in one batch, decided on what is known of it.

use std::collections::{HashMap, HashSet};

use futures_util::{StreamExt, TryStreamExt, stream};

use super::deletions::DeletionsDocument;
use super::documents::{Head, MemberDocument, MessageDocument};
use super::known::Known;
use super::messages::END;
use super::weights::{BYTES, share, size};
use super::{CONCURRENT, Store, ids};
use crate::domain::{Action, Change, Draft, Needs, Outcome, State, decide};
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, ChatKind, MessageId, Timestamp, User, UserId};

/// Decided changes of one chat.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) state: State,
    pub(super) results: Vec<Result<Outcome>>,
    /// The documents of users who come in.
    pub(super) users: HashMap<UserId, User>,
    /// The messages that were looked up and are there.
    pub(super) messages: HashMap<String, MessageDocument>,
    /// The ids of those who have the usernames that were looked up.
    pub(super) names: HashMap<String, Option<UserId>>,
    /// The documents that count what is deleted.
    pub(super) deletions: Vec<DeletionsDocument>,
    /// Whether what it was decided on was looked up for it, and not remembered.
    pub(super) is_fresh: bool,
}

pub(super) struct Planner<'a> {
    pub(super) store: &'a Store,
    pub(super) chat: &'a ChatId,
    pub(super) at: Timestamp,
    /// Whether ids of new messages are looked up beforehand, because one of them was there.
    pub(super) doubts_ids: bool,
}

impl Planner<'_> {
    pub(super) async fn plan(&self, known: &mut Option<Known>, changes: &[&Change]) -> Result<Plan> {
        let changes = &changes[..share(changes)];
        let mut plan = self.learn(known, changes).await?;
        let Some(known) = known.as_ref() else { return Err(Error::internal("nothing was learned")) };
        plan.state.load_chat(self.chat, known.record());
        plan.state.load_end(self.chat, known.head.as_ref().is_some_and(|head| head.chat.is_none()));
        let was_there = plan.state.chat(self.chat).is_some();
        let (mut wrote, mut bytes) = (false, 0);
        for change in changes {
            let needs = change.needs();
            load(&mut plan, change, &needs, known);
            let is_in = plan.state.member(self.chat, &change.actor.id).is_some_and(|member| member.role.is_some());
            bytes += size(change) + self.target_bytes(&plan.state, change);
            let asks_storage = needs.viewer && is_in
                || plan.state.lacks_previous(change).is_some()
                || plan.state.lacks_next_reactor(change).is_some();
            if wrote && (asks_storage || bytes > BYTES) {
                // The storage is asked for counts and the like, and must have what was decided so far.
                break;
            }
            let result = match self.load_rest(&mut plan, change, (&needs, known, is_in)).await? {
                Some(refusal) => Err(refusal),
                None => decide(&mut plan.state, change, self.at),
            };
            wrote |= result.as_ref().is_ok_and(|outcome| !outcome.duplicate);
            plan.results.push(result);
            if was_there && plan.state.chat(self.chat).is_none() {
                break;
            }
        }
        if plan.state.chat(self.chat).is_some() && known.head.as_ref().is_none_or(|head| head.counts_deletions) {
            plan.deletions = self.store.deletions(self.chat, &plan).await?;
        }
        Ok(plan)
    }

    /// Looks up what is not remembered, all at once; a plan with what was found, in which nothing is decided.
    async fn learn(&self, known: &mut Option<Known>, changes: &[&Change]) -> Result<Plan> {
        let mut plan = Plan { names: self.names(changes).await?, ..Plan::default() };
        let asked: HashSet<String> =
            changes.iter().flat_map(|change| self.asked(change)).map(|id| ids::message(id)).collect();
        loop {
            let is_missing = |user: &&UserId| known.as_ref().is_none_or(|known| !known.members.contains_key(*user));
            let named = plan.names.values().flatten();
            let users = changes.iter().flat_map(|change| change.needs().members).chain(named).filter(is_missing);
            let users: HashSet<UserId> = users.filter(|user| ids::fits(user)).cloned().collect();
            if let Some(known) = known.as_mut()
                && users.is_empty()
                && (asked.is_empty() || plan.is_fresh)
            {
                self.count(known, changes).await?;
                return Ok(plan);
            }
            let members = users.iter().map(|user| ids::member(user));
            let wanted: Vec<String> = members.chain(asked.iter().cloned()).collect();
            let mut look = self.store.look(self.chat, &wanted, "commit").await?;
            plan.messages = std::mem::take(&mut look.messages);
            let users: Vec<UserId> = users.into_iter().collect();
            known.get_or_insert_default().learn(look, &users);
            plan.is_fresh = true;
        }
    }

    /// How many messages the senders of new ones have sent before.
    async fn count(&self, known: &mut Known, changes: &[&Change]) -> Result<()> {
        let sends = changes.iter().filter(|change| matches!(change.action, Action::Send(_)));
        let senders: HashSet<&UserId> = sends.map(|change| &change.actor.id).collect();
        let counted = senders.into_iter().filter(|user| known.lacks_sent_by(user)).map(|user| async {
            let sent = self.store.sent_by(self.chat, user, END).await?;
            Ok::<_, Error>((user.clone(), sent))
        });
        let counted: Vec<_> =
            stream::iter(counted.collect::<Vec<_>>()).buffer_unordered(CONCURRENT).try_collect().await?;
        known.sent.extend(counted);
        Ok(())
    }

    /// Who has the usernames that may be meant in these changes.
    async fn names(&self, changes: &[&Change]) -> Result<HashMap<String, Option<UserId>>> {
        let names: HashSet<String> = changes.iter().flat_map(|change| change.needs().names).collect();
        let found = names.into_iter().map(|name| async {
            let user = self.store.user_of_name(&name).await?;
            Ok((name, user.map(|user| user.id)))
        });
        stream::iter(found.collect::<Vec<_>>()).buffer_unordered(CONCURRENT).try_collect().await
    }

    /// Messages that must be looked up: those of before, and new ones where an id was there already.
    fn asked<'c>(&self, change: &'c Change) -> Vec<&'c MessageId> {
        let messages = match &change.action {
            Action::Send(Draft { reply_to, .. }) if !self.doubts_ids => reply_to.iter().collect(),
            _ => change.needs().messages,
        };
        messages.into_iter().filter(|id| ids::fits(id)).collect()
    }

    /// About how many bytes the document has that the change writes anew.
    fn target_bytes(&self, state: &State, change: &Change) -> usize {
        let target = change.target().and_then(|id| state.message(self.chat, id));
        target.map_or(0, |message| MessageDocument::new(message, "").bytes())
    }

    /// Looks up what few changes need; a refusal where somebody is to come in who does not exist.
    async fn load_rest(
        &self,
        plan: &mut Plan,
        change: &Change,
        known: (&Needs<'_>, &Known, bool),
    ) -> Result<Option<Error>> {
        let (needs, known, is_in) = known;
        if let Some(key) = &needs.channel
            && !plan.state.knows_channel(key)
            && self.is_about_channel(plan, change)
        {
            let owner = self.owner(key).await?;
            plan.state.load_channel(key.clone(), owner);
        }
        if needs.last_message
            && plan.state.lacks_last_message(self.chat)
            && let Some(head) = &known.head
        {
            let last_message = self.store.last_message(head).await?;
            plan.state.load_last_message(self.chat, last_message);
        }
        if let Some(last) = plan.state.lacks_previous(change) {
            let previous = self.store.undeleted_before(self.chat, last).await?;
            plan.state.load_previous(self.chat, previous);
        }
        if let Some(key) = plan.state.lacks_reaction(change) {
            let since = self.store.reacted_since(self.chat, &key).await?;
            plan.state.load_reaction(self.chat, key, since);
        }
        if let Some(reaction) = plan.state.lacks_next_reactor(change) {
            let next = self.store.next_reactor(self.chat, reaction).await?;
            plan.state.load_next_reactor(self.chat, next);
        }
        if needs.viewer
            && is_in
            && let Some(record) = plan.state.chat(self.chat)
        {
            // What is remembered of a member does not tell how far they have read.
            let id = ids::member(&change.actor.id);
            let member: Option<MemberDocument> = self.store.messages.read((self.chat, &id), "commit").await?;
            let member = member.map(|member| member.record());
            let chat = (&record.chat, known.head.as_ref().map(Head::counts).unwrap_or_default());
            let viewer = self.store.viewer(chat, &change.actor.id, member).await?;
            plan.state.load_viewer(self.chat, &change.actor.id, viewer);
        }
        let is_there = plan.state.chat(self.chat).is_some();
        for user in newcomers(change, is_there) {
            if plan.users.contains_key(user) {
                continue;
            }
            match self.store.account_of(user).await? {
                Some(found) => drop(plan.users.insert(user.clone(), found.user)),
                None => return Ok(Some(Error::not_found("members", "one of these users does not exist"))),
            }
        }
        Ok(None)
    }

    fn is_about_channel(&self, plan: &Plan, change: &Change) -> bool {
        match &change.action {
            Action::Create { kind, .. } => *kind == ChatKind::Channel,
            _ => plan.state.chat(self.chat).is_some_and(|record| record.chat.kind == ChatKind::Channel),
        }
    }

    /// Who has a channel's name or is about to get it.
    async fn owner(&self, key: &str) -> Result<Option<ChatId>> {
        let Some(found) = self.store.channel_names.read(key).await? else { return Ok(None) };
        let counts = found.is_fresh() || self.store.holds(&found, key).await?;
        Ok(counts.then(|| found.owner.as_str().into()))
    }
}

/// Notes what is remembered or was looked up.
fn load(plan: &mut Plan, change: &Change, needs: &Needs<'_>, known: &Known) {
    let (chat, Plan { state, messages, names, .. }) = (&change.chat_id, plan);
    for name in &needs.names {
        state.load_name(name.clone(), names.get(name).cloned().flatten());
    }
    let named = needs.names.iter().filter_map(|name| names.get(name)?.as_ref());
    for user in needs.members.iter().copied().chain(named) {
        if !state.knows_member(chat, user) {
            let member = known.members.get(user).and_then(Option::as_ref);
            state.load_member(chat, user, member.map(|member| member.record()));
        }
    }
    for message in &needs.messages {
        if !state.knows_message(chat, message) {
            let message_found = messages.get(&ids::message(message)).cloned().map(MessageDocument::message);
            state.load_message(chat, message, message_found);
        }
    }
}

/// Who is to come in by the change.
fn newcomers(change: &Change, is_there: bool) -> Vec<&UserId> {
    if let Some(peer) = change.peer().filter(|_| !is_there) {
        return vec![&change.actor.id, &peer.id];
    }
    match &change.action {
        Action::Create { members, .. } => {
            std::iter::once(&change.actor.id).chain(members.iter().map(|user| &user.id)).collect()
        }
        Action::Add { users } => users.iter().map(|user| &user.id).collect(),
        Action::Join => vec![&change.actor.id],
        // One who was never in gets a document too.
        Action::Ban { user_id, .. } => vec![user_id],
        _ => vec![],
    }
}
