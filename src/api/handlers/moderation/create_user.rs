use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::target;
use crate::api::command::{Access, Command, Repetition, Response, Secret};
use crate::api::context::Context;
use crate::api::{accounts, audit, validate};
use crate::auth::security_log;
use crate::protocol::error::{Error, Result};
use crate::protocol::text::EmailAddress;
use crate::protocol::{ServerRole, User, UserId, UserKind};
use crate::store::repository::{Account, AccountName};

/// Creates an account for somebody else, even if sign-up is disabled.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateUser {
    /// The username.
    #[schemars(regex(pattern = "^[A-Za-z0-9_.-]{3,32}$"))]
    username: String,
    /// The password.
    #[schemars(length(min = 8, max = 128))]
    password: Secret,
    /// The e-mail address, which also works for log-in; it counts as confirmed.
    #[schemars(length(max = 254))]
    email: Option<String>,
    /// The name shown to people; by default the username.
    #[schemars(length(min = 1))]
    display_name: Option<String>,
    /// The role on the server; `member` by default.
    role: Option<ServerRole>,
}

/// An account was created.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "USER_CREATED", rename_all = "camelCase")]
pub struct UserCreated {
    /// The new user, with the e-mail address.
    user: User,
    /// True if the same command with the same `opId` has created the account before.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    duplicate: bool,
}

impl Command for CreateUser {
    const NAME: &'static str = "CREATE_USER";
    const SUMMARY: &'static str = "Creates an account for somebody else; for admins.";
    const ACCESS: Access = Access::Authority(ServerRole::Admin);
    // With an opId the account has the same id however often it is created.
    const REPETITION: Repetition = Repetition::Harmless;
    const EXAMPLE: &'static str = r#"{"username":"ann","password":"correct horse battery","role":"moderator"}"#;
    type Reply = UserCreated;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let by = &context.user()?.id;
        let mut account = self.account(context)?;
        let taken = services.repository.account(&AccountName::Username(self.username.clone())).await?;
        if let Some(taken) = taken {
            if taken.user.id != account.user.id {
                return Err(Error::conflict("this username is taken").at("username"));
            }
            return Ok(Response::reply(UserCreated { user: taken.own(), duplicate: true }));
        }
        account.password = Some(target::hash_password(context, &self.password, &account.username_key).await?);
        audit::record(context, Self::NAME, Some(&account.user.id), None).await?;
        let made = services.repository.create_account(&account).await?;
        security_log::account_changed("account_created", &made.user.id, by);
        Ok(Response::reply(UserCreated { user: made.own(), duplicate: false }))
    }
}

impl CreateUser {
    fn account(&self, context: &Context) -> Result<Account> {
        let services = &context.services;
        let role = self.role.unwrap_or(ServerRole::Member);
        accounts::require_username("username", &self.username)?;
        self.email.iter().try_for_each(|email| EmailAddress::parse("email", email).map(drop))?;
        validate::new_password("password", &self.password)?;
        let shown = self.display_name.as_ref().unwrap_or(&self.username);
        let display_name = accounts::require_display_name(shown, services.config.limits.name_chars, role)?.into();
        let user = User {
            id: UserId::from(context.new_id()),
            username: self.username.clone(),
            display_name,
            avatar_url: None,
            kind: UserKind::Human,
            role,
            status: Default::default(),
            last_seen_at: None,
            created_at: services.clock.now(),
            email: None,
            version: 1,
        };
        Ok(Account { email: self.email.clone(), ..Account::new(user) })
    }
}
