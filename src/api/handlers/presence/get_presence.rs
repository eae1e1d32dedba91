use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::paged_list::PagedList;
use crate::api::quota_checks;
use crate::api::user_lookup;
use crate::api::validate;
use crate::protocol::error::{Error, Result};
use crate::protocol::{Member, PageLimit, Presence, User, UserId};

/// Gets the presence of users.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetPresence {
    /// At most 200 users; users who share no chat with you are left out.
    #[schemars(length(max = 200))]
    user_ids: Option<Vec<String>>,
    /// A chat you are in, by id or `#name`, instead of `userIds`: its members.
    chat_id: Option<String>,
    /// Maximum number of members: 1 to 200, by default 200.
    limit: Option<PageLimit>,
    /// The `nextCursor` of the previous page.
    cursor: Option<String>,
}

/// Presence of users.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "PRESENCE_LIST", rename_all = "camelCase")]
pub struct PresenceList {
    /// The presence of each user.
    presences: Vec<Presence>,
    /// Cursor of the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Command for GetPresence {
    const NAME: &'static str = "GET_PRESENCE";
    const SUMMARY: &'static str = "Gets the presence of users you share a chat with.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general"}"##;
    type Reply = PresenceList;

    fn cost(&self) -> u32 {
        1 + quota_checks::cost_of(self.user_ids.as_ref().map_or(0, Vec::len))
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let limit = self.limit.map_or(PageLimit::MAX, PageLimit::get);
        let after = PagedList::Members.after(self.cursor.as_deref())?.map(UserId::from);
        for (place, id) in self.user_ids.iter().flatten().enumerate() {
            validate::id(format!("userIds[{place}]"), id)?;
        }
        let list = match (self.user_ids, self.chat_id) {
            (Some(_), Some(_)) => return Err(Error::invalid("chatId", "give either userIds or chatId, not both")),
            (None, None) => return Err(Error::invalid("userIds", "give userIds or chatId")),
            (Some(ids), None) => present(context, user_lookup::find_contacts(context, "userIds", &ids).await?),
            (None, Some(chat)) => {
                let chat = chat_access::require_member_id(context, &chat).await?;
                let page = context.services.repository.members(&chat, after.as_ref(), limit).await?;
                let next_cursor =
                    page.items.last().filter(|_| page.more).map(|member| PagedList::Members.cursor(&member.user.id));
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
