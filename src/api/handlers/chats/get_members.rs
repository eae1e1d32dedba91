use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::paged_list::PagedList;
use crate::api::quota_checks;
use crate::api::reply_budget;
use crate::api::user_lookup;
use crate::protocol::error::Result;
use crate::protocol::{ChatId, ChatRole, Member, PageLimit, Seq, Timestamp, User, UserId};

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
    members: Vec<ListedMember>,
    /// Cursor of the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// A member in a list that callers outside the channel may read too.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListedMember {
    /// The user.
    user: User,
    /// The member's role in this chat.
    role: ChatRole,
    /// Time of joining.
    joined_at: Timestamp,
    /// The last message read by the member; only members of the chat see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    read_seq: Option<Seq>,
    /// The last message delivered to the member; only members of the chat see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivered_seq: Option<Seq>,
}

impl Command for GetMembers {
    const NAME: &'static str = "GET_MEMBERS";
    const SUMMARY: &'static str = "Lists the members of a chat with their presence.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general"}"##;
    type Reply = MemberList;

    fn cost(&self) -> u32 {
        1 + quota_checks::cost_of(self.limit.unwrap_or_default().get())
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let limit = self.limit.unwrap_or_default().get();
        let after = PagedList::Members.after(self.cursor.as_deref())?.map(UserId::from);
        let access = chat_access::require_readable(context, &self.chat_id).await?;
        let chat_id = access.chat.id;
        let mut page = services.repository.members(&chat_id, after.as_ref(), limit).await?;
        services.receipts.members_ahead_of(&chat_id, &mut page.items);
        page.more |= reply_budget::cut(&mut page.items)?;
        let next_cursor =
            page.items.last().filter(|_| page.more).map(|member| PagedList::Members.cursor(&member.user.id));
        let members = if access.role.is_some() {
            let present = |member: Member| ListedMember {
                user: services.with_presence(member.user),
                role: member.role,
                joined_at: member.joined_at,
                read_seq: Some(member.read_seq),
                delivered_seq: Some(member.delivered_seq),
            };
            page.items.into_iter().map(present).collect()
        } else {
            presented_to_outsider(context, page.items).await?
        };
        Ok(Response::reply(MemberList { chat_id, members, next_cursor }))
    }
}

/// The members of a channel as a caller outside it sees them: with the presence of contacts alone, and without what they
/// have read.
async fn presented_to_outsider(context: &Context, members: Vec<Member>) -> Result<Vec<ListedMember>> {
    let users = members.iter().map(|member| member.user.clone()).collect();
    let users = user_lookup::present_to_caller(context, users).await?;
    let presented = members.into_iter().zip(users).map(|(member, user)| ListedMember {
        user,
        role: member.role,
        joined_at: member.joined_at,
        read_seq: None,
        delivered_seq: None,
    });
    Ok(presented.collect())
}
