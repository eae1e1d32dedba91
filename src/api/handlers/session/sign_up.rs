use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::command::{Access, Command, Reply, Secret};
use crate::api::context::Context;
use crate::api::service::{accounts, check, sessions};
use crate::auth::security_log;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ServerRole, User, UserId, UserKind};
use crate::store::repository::Account;

use super::authenticated::{Authenticated, entered, refuse_another};

/// Asks for an account.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignUp {
    /// How others call you; with an e-mail address it may be left out, and one is made up.
    #[schemars(regex(pattern = "^[A-Za-z0-9_.-]{3,32}$"))]
    username: Option<String>,
    /// Only you know it.
    #[schemars(length(min = 8, max = 128))]
    password: Secret,
    /// Another way to log in; nobody else is told.
    #[schemars(length(max = 254))]
    email: Option<String>,
    /// What people are shown; the username where this is left out.
    #[schemars(length(min = 1))]
    display_name: Option<String>,
}

impl Command for SignUp {
    const NAME: &'static str = "SIGN_UP";
    const SUMMARY: &'static str = "Makes an account for you and logs you in.";
    const ACCESS: Access = Access::Open;
    const EXAMPLE: &'static str = r#"{"username":"ann","password":"correct horse battery"}"#;
    type Reply = Authenticated;

    async fn run(self, context: &Context) -> Result<Reply> {
        let services = &context.services;
        if !services.config.accounts.allow_sign_up {
            return Err(Error::forbidden("nobody may sign up here; ask for an account"));
        }
        let mut account = self.account(context)?;
        refuse_another(context, None, "username")?;
        services.bus.tell_tried(&services.rate_limits.sign_up(context.origin.address)?);
        let key = accounts::queue_key(context, &account.username_key);
        account.password = Some(services.authenticator.passwords.hash(&self.password, key).await?);
        let account = services.repository.create_account(&account).await?;
        services.stats.add_users(1);
        let begun = sessions::begin(services, &account, None).await?;
        security_log::logged_in(Self::NAME, &account.user.id, context.origin.address);
        entered(context, begun.proved, Some(begun.issued)).await
    }
}

impl SignUp {
    fn account(&self, context: &Context) -> Result<Account> {
        let services = &context.services;
        let username = match (&self.username, &self.email) {
            (Some(username), _) => {
                accounts::username("username", username)?;
                username.clone()
            }
            (None, Some(_)) => made_up(&services.clock.id()),
            (None, None) => {
                return Err(Error::invalid("username", "username is missing, and so is an email to do without"));
            }
        };
        self.email.as_deref().map_or(Ok(()), |email| check::email("email", email))?;
        check::new_password("password", &self.password)?;
        let display_name = match &self.display_name {
            Some(name) => check::name("displayName", name, services.config.limits.name_chars)?,
            None => username.clone(),
        };
        let user = User {
            id: UserId::from(services.clock.id()),
            username,
            display_name,
            avatar_url: None,
            kind: UserKind::Human,
            role: ServerRole::Member,
            status: Default::default(),
            last_seen_at: None,
            created_at: services.clock.now(),
            email: None,
        };
        Ok(Account { email: self.email.clone(), ..Account::new(user) })
    }
}

/// A username that gives nothing away of the e-mail address, of an id that there is once.
fn made_up(id: &str) -> String {
    let digits: String = id.chars().filter(char::is_ascii_hexdigit).collect();
    format!("user-{digits}").chars().take(32).collect()
}
