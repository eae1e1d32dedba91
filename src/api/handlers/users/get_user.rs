use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::handlers::session::UserReply;
use crate::protocol::error::{Error, Result};
use crate::store::repository::AccountName;

/// Asks who somebody is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetUser {
    /// The user's id.
    user_id: Option<String>,
    /// Or how the user is called.
    username: Option<String>,
}

impl Command for GetUser {
    const NAME: &'static str = "GET_USER";
    const SUMMARY: &'static str = "Tells who somebody is, by id or username.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r#"{"username":"ann"}"#;
    type Reply = UserReply;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let (name, field) = match (self.user_id, self.username) {
            (Some(id), None) => (AccountName::Id(id.into()), "userId"),
            (None, Some(name)) => (AccountName::Username(name), "username"),
            (Some(_), Some(_)) => return Err(Error::invalid("userId", "ask by userId or by username, not by both")),
            (None, None) => return Err(Error::invalid("userId", "userId is missing, and so is a username instead")),
        };
        let found = context.services.repository.account(&name).await?;
        let found = found.filter(|account| account.deleted_at.is_none());
        let account = found.ok_or_else(|| Error::not_found(field, format!("no user of that {field}")))?;
        Ok(Response::reply(UserReply { user: context.services.with_presence(account.user) }))
    }
}
