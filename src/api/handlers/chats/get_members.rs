use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::paged_list::PagedList;
use crate::api::reply_budget;
use crate::protocol::error::Result;
use crate::protocol::{ChatId, Member, PageLimit, UserId};

/// Lists the members of a chat.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetMembers {
    /// Its id, or `#name` of a channel.
    chat_id: String,
    /// Maximum number of items: 1 to 200, by default 50.
    limit: Option<PageLimit>,
    /// The `nextCursor` of the previous page.
    cursor: Option<String>,
}

/// Members of a chat.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "MEMBER_LIST", rename_all = "camelCase")]
pub struct MemberList {
    /// The chat.
    chat_id: ChatId,
    /// Its members.
    members: Vec<Member>,
    /// Cursor of the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Command for GetMembers {
    const NAME: &'static str = "GET_MEMBERS";
    const SUMMARY: &'static str = "Lists the members of a chat with their presence.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general"}"##;
    type Reply = MemberList;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let limit = self.limit.unwrap_or_default().get();
        let after = PagedList::Members.after(self.cursor.as_deref())?.map(UserId::from);
        let chat_id = chat_access::require_readable(context, &self.chat_id).await?.chat.id;
        let mut page = services.repository.members(&chat_id, after.as_ref(), limit).await?;
        services.receipts.members_ahead_of(&chat_id, &mut page.items);
        page.more |= reply_budget::cut(&mut page.items)?;
        let next_cursor =
            page.items.last().filter(|_| page.more).map(|member| PagedList::Members.cursor(&member.user.id));
        let present = |member: Member| Member { user: services.with_presence(member.user), ..member };
        let members = page.items.into_iter().map(present).collect();
        Ok(Response::reply(MemberList { chat_id, members, next_cursor }))
    }
}
