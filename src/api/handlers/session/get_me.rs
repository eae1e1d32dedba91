use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::protocol::User;
use crate::protocol::error::{Error, Result};
use crate::store::repository::AccountName;

/// Gets the caller.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetMe {}

/// A user.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "USER", rename_all = "camelCase")]
pub struct UserReply {
    /// The user.
    pub user: User,
}

impl Command for GetMe {
    const NAME: &'static str = "GET_ME";
    const SUMMARY: &'static str = "Gets your own user.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = "{}";
    type Reply = UserReply;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let id = &context.user()?.id;
        let account = context.services.repository.account(&AccountName::Id(id.clone())).await?;
        let account = account.ok_or_else(|| Error::not_found("userId", "your account was deleted"))?;
        Ok(Response::reply(UserReply { user: context.services.with_presence(account.own()) }))
    }
}
