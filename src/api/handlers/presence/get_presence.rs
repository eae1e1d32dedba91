use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::user_lookup;
use crate::api::validate;
use crate::protocol::error::{Error, Result};
use crate::protocol::{Member, Presence, User, UserId};

/// Asks who is there.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetPresence {
    /// Whom you ask about, at most 200; who shares no chat with you is left out.
    #[schemars(length(max = 200))]
    user_ids: Option<Vec<String>>,
    /// Instead: a chat you are in, by its id or `#name`, whose members you ask about.
    chat_id: Option<String>,
    /// How many members at most: 1 to 200, 200 where this is left out.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u64>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// Who is there.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "PRESENCE_LIST", rename_all = "camelCase")]
pub struct PresenceList {
    /// One for each user.
    presences: Vec<Presence>,
    /// Where the next page begins, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Command for GetPresence {
    const NAME: &'static str = "GET_PRESENCE";
    const SUMMARY: &'static str = "Tells who of those you share a chat with is there.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general"}"##;
    type Reply = PresenceList;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let limit = validate::limit("limit", Some(self.limit.unwrap_or(validate::PAGE_MOST as u64)))?;
        self.cursor.as_deref().map_or(Ok(()), |cursor| validate::id("cursor", cursor))?;
        for (place, id) in self.user_ids.iter().flatten().enumerate() {
            validate::id(format!("userIds[{place}]"), id)?;
        }
        let after = self.cursor.map(UserId::from);
        let list = match (self.user_ids, self.chat_id) {
            (Some(_), Some(_)) => return Err(Error::invalid("chatId", "give either userIds or chatId, not both")),
            (None, None) => return Err(Error::invalid("userIds", "userIds is missing; give it or chatId")),
            (Some(ids), None) => present(context, user_lookup::find_contacts(context, "userIds", &ids).await?),
            (None, Some(chat)) => {
                let chat = chat_access::require_member_id(context, &chat).await?;
                let page = context.services.repository.members(&chat, after.as_ref(), limit).await?;
                let next_cursor = page.items.last().filter(|_| page.more).map(|member| member.user.id.to_string());
                let users = page.items.into_iter().map(|Member { user, .. }| user).collect();
                PresenceList { next_cursor, ..present(context, users) }
            }
        };
        Ok(Response::reply(list))
    }
}

fn present(context: &Context, users: Vec<User>) -> PresenceList {
    let presences = users.into_iter().map(|user| context.services.with_presence(user).into()).collect();
    PresenceList { presences, next_cursor: None }
}
