use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::accounts;
use crate::api::audit;
use crate::api::command::{Access, Command, Repetition, Response};
use crate::api::context::Context;
use crate::api::handlers::moderation::target;
use crate::api::quota_checks;
use crate::auth::{ADMIN, Identity, hash, new_secret, security_log};
use crate::protocol::error::{Error, Result};
use crate::protocol::text::Name;
use crate::protocol::{Scope, ServerRole, Timestamp, Token, TokenId, User, UserId, UserKind};
use crate::store::error::StoreError;
use crate::store::repository::{Account, AccountName, StoredToken};

/// Creates an API token.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateApiToken {
    /// A name that describes the token's purpose.
    #[schemars(length(min = 1))]
    name: String,
    /// The permissions of the token, among them `read`; `read` and `write` by default.
    #[schemars(length(min = 1))]
    scopes: Option<Vec<Scope>>,
    /// The bot that the token authenticates, created if it does not exist; by default the token authenticates you.
    #[schemars(regex(pattern = "^[A-Za-z0-9_.-]{3,32}$"))]
    bot_username: Option<String>,
    /// The user that the token authenticates, by id, username or e-mail address; for admins. By default you.
    user_id: Option<String>,
    /// Time at which the token expires; by default never, or with the token that creates it.
    expires_at: Option<Timestamp>,
}

/// The new token; its secret is shown only here.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "API_TOKEN_CREATED", rename_all = "camelCase")]
pub struct ApiTokenCreated {
    /// The token without its secret.
    token: Token,
    /// The secret to authenticate with.
    secret: String,
}

impl Command for CreateApiToken {
    const NAME: &'static str = "CREATE_API_TOKEN";
    const SUMMARY: &'static str = "Creates an API token for a program, and its bot.";
    const ACCESS: Access = Access::WRITE;
    // Another token must not be made in the place of one whose secret was lost with the reply.
    const REPETITION: Repetition = Repetition::Doubtful;
    const EXAMPLE: &'static str = r#"{"name":"my first bot","botUsername":"echo-bot"}"#;
    type Reply = ApiTokenCreated;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let services = &context.services;
        let identity = context.identity()?;
        let now = services.clock.now();
        if identity.user.kind == UserKind::Bot && *identity.user.id != *ADMIN {
            return Err(Error::forbidden("a bot cannot create tokens or bots; its owner can"));
        }
        if self.user_id.is_some() && self.bot_username.is_some() {
            return Err(Error::invalid("userId", "give userId or botUsername, not both"));
        }
        let name = Name::parse("name", &self.name, services.config.limits.name_chars)?.into();
        let owner = target::token_owner(context, self.user_id.as_deref()).await?;
        let scopes = self.scopes(&identity.scopes, &owner)?;
        if self.expires_at.is_some_and(|end| end <= now) {
            return Err(Error::invalid("expiresAt", "expiresAt must be in the future"));
        }
        let most = services.config.limits.tokens_per_user;
        let tokens = services.repository.tokens(&owner.id).await?;
        quota_checks::require_room(context, tokens.len(), most, "MAX_TOKENS_PER_USER", "API tokens")?;
        let expires_at = self.expiry(identity)?;
        let user_id = match &self.bot_username {
            Some(username) => bot(context, username, now).await?,
            None => owner.id.clone(),
        };
        if owner.id != identity.user.id {
            audit::record(context, Self::NAME, Some(&owner.id), None).await?;
        }
        let secret = new_secret()?;
        let id = TokenId::from(services.clock.id());
        let token = Token { id, name, scopes, user_id, created_at: now, expires_at, last_used_at: None };
        let stored = StoredToken { token, maker: owner.id, hash: hash(&secret) };
        services.repository.create_token(&stored).await?;
        let token = &stored.token;
        security_log::token_changed("token_created", &token.id, &token.user_id, &identity.user.id);
        let kept = serde_json::to_string(&token.id).map_err(Error::internal)?;
        Ok(Response::reply(ApiTokenCreated { token: stored.token, secret }).keeping(kept))
    }

    fn refuse_again(kept: &str) -> Option<Error> {
        let id: TokenId = serde_json::from_str(kept).ok()?;
        let sentence = format!(
            "this opId has created the token {id}, and its secret was shown only in the first reply; if you lost it, \
             revoke the token and create another with a new opId"
        );
        Some(Error::conflict(sentence).at("opId"))
    }
}

impl CreateApiToken {
    /// The expiry of the new token, which never outlives the token that creates it. A session does not limit it,
    /// because its owner can renew the session.
    fn expiry(&self, identity: &Identity) -> Result<Option<Timestamp>> {
        let own = identity.expires_at.filter(|_| !identity.is_session());
        match (self.expires_at, own) {
            (Some(wished), Some(own)) if wished > own => {
                let sentence = format!("your own token expires at {own}, and this one cannot outlive it");
                Err(Error::forbidden(sentence).at("expiresAt"))
            }
            (wished, own) => Ok(wished.or(own)),
        }
    }

    /// The scopes of the new token, which never exceed those of the caller's own.
    fn scopes(&self, own: &[Scope], owner: &User) -> Result<Vec<Scope>> {
        let mut scopes = self.scopes.clone().unwrap_or_else(|| vec![Scope::Read, Scope::Write]);
        scopes.sort_unstable();
        scopes.dedup();
        if !scopes.contains(&Scope::Read) {
            let sentence = "every token needs the scope read, because replies and events show more than was written";
            return Err(Error::invalid("scopes", sentence));
        }
        if scopes.contains(&Scope::Admin) && (owner.role != ServerRole::Admin || self.bot_username.is_some()) {
            let owner = self.bot_username.as_ref().unwrap_or(&owner.username);
            let sentence = format!("the scope admin is for tokens of admins, and {owner} is not an admin");
            return Err(Error::forbidden(sentence).at("scopes"));
        }
        match scopes.iter().find(|scope| !own.contains(scope)) {
            Some(scope) => {
                Err(Error::forbidden(format!("your own token lacks the scope {}", scope.name())).at("scopes"))
            }
            None => Ok(scopes),
        }
    }
}

/// Finds or creates the caller's bot with this name.
async fn bot(context: &Context, username: &str, now: Timestamp) -> Result<UserId> {
    accounts::require_username("botUsername", username)?;
    let services = &context.services;
    let caller = context.user()?;
    let taken = || Error::conflict("this username is taken").at("botUsername");
    let existing = services.repository.account(&AccountName::Username(username.to_owned())).await?;
    if let Some(existing) = existing {
        let is_own = existing.owner.as_ref() == Some(&caller.id) && existing.deleted_at.is_none();
        return if is_own { Ok(existing.user.id) } else { Err(taken()) };
    }
    require_room_for_bot(context).await?;
    let bot = User {
        id: UserId::from(services.clock.id()),
        username: username.to_owned(),
        display_name: username.to_owned(),
        avatar_url: None,
        kind: UserKind::Bot,
        role: ServerRole::Member,
        status: Default::default(),
        last_seen_at: None,
        created_at: now,
        email: None,
        version: 1,
    };
    let made = services.repository.create_account(&Account::of_bot(bot, caller.id.clone())).await;
    let made = made.map_err(|error| match error {
        StoreError::Taken(_) => Error::from(error).at("botUsername"),
        error => error.into(),
    });
    Ok(made?.user.id)
}

/// A new bot counts towards its owner's bots, and as a sign-up from the caller's address.
async fn require_room_for_bot(context: &Context) -> Result<()> {
    let services = &context.services;
    let caller = &context.user()?.id;
    if quota_checks::is_exempt(context)? {
        return Ok(());
    }
    let bots = services.repository.bots(caller).await?;
    quota_checks::require_room(context, bots.len(), services.config.limits.bots_per_user, "MAX_BOTS_PER_USER", "bots")?;
    services.bus.share_attempt(&services.rate_limits.sign_up(context.origin.address)?);
    Ok(())
}
