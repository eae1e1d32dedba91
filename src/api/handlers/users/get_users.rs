use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::paged_list::PagedList;
use crate::api::quota_checks;
use crate::api::reply_budget;
use crate::api::user_lookup;
use crate::api::validate;
use crate::domain::name_key;
use crate::protocol::error::{Error, Result};
use crate::protocol::{PageLimit, User};
use crate::store::repository::UsersQuery;

/// Lists users.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetUsers {
    /// Part of the username or display name, ignoring case; or a complete e-mail address.
    #[schemars(length(max = 256))]
    search: Option<String>,
    /// Only these users, by id, in this order: at most 200. Those that do not exist are left out. Cannot be combined
    /// with `search`, `notInChat` or `cursor`.
    #[schemars(length(max = 200))]
    user_ids: Option<Vec<String>>,
    /// Only users who are not in this chat: its id, or `#name` of a channel.
    not_in_chat: Option<String>,
    /// Maximum number of items: 1 to 200, by default 50.
    limit: Option<PageLimit>,
    /// The `nextCursor` of the previous page.
    #[schemars(length(min = 1, max = 256))]
    cursor: Option<String>,
}

/// Users, sorted by username unless the command has `userIds`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "USER_LIST", rename_all = "camelCase")]
pub struct UserList {
    /// The users.
    users: Vec<User>,
    /// Cursor of the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Command for GetUsers {
    const NAME: &'static str = "GET_USERS";
    const SUMMARY: &'static str = "Lists users, by part of their names or a complete e-mail address.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r#"{"search":"ann","limit":20}"#;
    type Reply = UserList;

    fn cost(&self) -> u32 {
        let count = self.user_ids.as_ref().map_or_else(|| self.limit.unwrap_or_default().get(), Vec::len);
        let listed = 1 + quota_checks::cost_of(count);
        if self.search.is_some() { listed.max(5) } else { listed }
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        if let Some(ids) = &self.user_ids {
            validate::ids("userIds", ids)?;
            self.refuse_search()?;
            let users = user_lookup::find_by_ids(context, "userIds", ids).await?;
            return Ok(Response::reply(UserList { users, next_cursor: None }));
        }
        let services = &context.services;
        let mut query = UsersQuery {
            search: validate::search("search", self.search)?,
            emails: user_lookup::email_search(context),
            not_in: None,
            after: PagedList::Users.after(self.cursor.as_deref())?,
            limit: self.limit.unwrap_or_default().get(),
        };
        if let Some(chat) = self.not_in_chat {
            let standing = chat_access::require_readable(context, &chat).await;
            query.not_in = Some(standing.map_err(|error| error.at("notInChat"))?.chat.id);
        }
        let mut page = services.repository.search_users(&query).await?;
        page.more |= reply_budget::cut(&mut page.items)?;
        let next_cursor =
            page.items.last().filter(|_| page.more).map(|user| PagedList::Users.cursor(&name_key(&user.username)));
        let users = user_lookup::present_to_caller(context, page.items).await?;
        Ok(Response::reply(UserList { users, next_cursor }))
    }
}

impl GetUsers {
    fn refuse_search(&self) -> Result<()> {
        let field = match self {
            Self { search: Some(_), .. } => "search",
            Self { not_in_chat: Some(_), .. } => "notInChat",
            Self { cursor: Some(_), .. } => "cursor",
            _ => return Ok(()),
        };
        Err(Error::invalid(field, format!("give either userIds or {field}, not both")))
    }
}
