use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::handlers::session::UserReply;
use crate::api::user_lookup;
use crate::protocol::error::{Error, Result};
use crate::store::repository::AccountName;

/// Gets a user.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetUser {
    /// The user's id.
    user_id: Option<String>,
    /// The username, instead of `userId`.
    username: Option<String>,
}

impl Command for GetUser {
    const NAME: &'static str = "GET_USER";
    const SUMMARY: &'static str = "Gets a user by id or username.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r#"{"username":"ann"}"#;
    type Reply = UserReply;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let (name, field) = match (self.user_id, self.username) {
            (Some(id), None) => (AccountName::Id(id.into()), "userId"),
            (None, Some(name)) => (AccountName::Username(name), "username"),
            (Some(_), Some(_)) => return Err(Error::invalid("userId", "give a userId or a username, not both")),
            (None, None) => return Err(Error::invalid("userId", "give a userId or a username")),
        };
        let found = context.services.repository.account(&name).await?;
        let found = found.filter(|account| account.deleted_at.is_none());
        let account = found.ok_or_else(|| Error::not_found(field, format!("no user with this {field}")))?;
        let mut users = user_lookup::present_to_caller(context, vec![account.user]).await?;
        let user = users.pop().expect("every user is presented");
        Ok(Response::reply(UserReply { user }))
    }
}
