use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Reply};
use crate::api::context::Context;
use crate::api::service::{chats, check, users};
use crate::domain::name_key;
use crate::protocol::User;
use crate::protocol::error::{Error, Result};
use crate::store::repository::UsersQuery;

/// Asks who there is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetUsers {
    /// A part of the username or display name, in any case; or a whole e-mail address.
    #[schemars(length(max = 256))]
    search: Option<String>,
    /// Only those who are not in this chat: its id, or `#name` of a channel.
    not_in_chat: Option<String>,
    /// How many at most: 1 to 200, 50 where this is left out.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u64>,
    /// Where the page before ended.
    #[schemars(length(min = 1, max = 256))]
    cursor: Option<String>,
}

/// Users by their usernames.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "USER_LIST", rename_all = "camelCase")]
pub struct UserList {
    /// The users.
    users: Vec<User>,
    /// Where the next page begins, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Command for GetUsers {
    const NAME: &'static str = "GET_USERS";
    const SUMMARY: &'static str = "Lists people and bots, by a part of their names or a whole e-mail address.";
    const ACCESS: Access = Access::READ;
    const EXAMPLE: &'static str = r#"{"search":"ann","limit":20}"#;
    type Reply = UserList;

    async fn run(self, context: &Context) -> Result<Reply> {
        let services = &context.services;
        if self.cursor.as_ref().is_some_and(|cursor| !(1..=256).contains(&cursor.len())) {
            return Err(Error::invalid("cursor", "cursor must be the nextCursor of a page"));
        }
        let mut query = UsersQuery {
            search: check::search("search", self.search)?,
            emails: users::email_search(context),
            not_in: None,
            after: self.cursor,
            limit: check::limit("limit", self.limit)?,
        };
        if let Some(chat) = self.not_in_chat {
            let standing = chats::readable(context, &chat).await;
            query.not_in = Some(standing.map_err(|error| error.at("notInChat"))?.chat.id);
        }
        let page = services.repository.search_users(&query).await?;
        let next_cursor = page.items.last().filter(|_| page.more).map(|user| name_key(&user.username));
        let users = page.items.into_iter().map(|user| services.with_presence(user)).collect();
        Ok(Reply::now(&UserList { users, next_cursor }))
    }
}
