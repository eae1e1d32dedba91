use clap::{Subcommand, ValueEnum};

use crate::api::bots::{self, MadeToken};
use crate::auth::{hash, new_secret};
use crate::protocol::text::Name;
use crate::protocol::{self, ServerRole, Timestamp, Token, TokenId, UserId};
use crate::store::repository::StoredToken;

use super::accounts::{Desk, Done, told, with_desk};

/// Create, list and revoke API tokens.
#[derive(Debug, Subcommand)]
pub(super) enum TokenCommand {
    /// Create a token and print its secret, which cannot be shown again.
    Create {
        /// The username or email address of the user it authenticates.
        user: String,
        /// A name that says its purpose.
        name: String,
        /// The scopes of the token.
        #[arg(long, value_enum, value_delimiter = ',', default_value = "read,write")]
        scopes: Vec<ScopeArgument>,
        /// The expiry, for instance 2030-01-01T00:00:00Z; by default it never expires.
        #[arg(long)]
        expires_at: Option<String>,
    },
    /// List the tokens of a user and the user's bots: id, name, scopes, creation, expiry and last use.
    List {
        /// The username or email address.
        user: String,
    },
    /// Revoke a token of a user or of the user's bots.
    Revoke {
        /// The username or email address.
        user: String,
        /// The token's id.
        id: String,
    },
}

/// A scope of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ScopeArgument {
    /// Commands that read.
    Read,
    /// Commands that write.
    Write,
    /// Commands that administer the server; for admins only.
    Admin,
}

impl From<ScopeArgument> for protocol::Scope {
    fn from(scope: ScopeArgument) -> Self {
        match scope {
            ScopeArgument::Read => protocol::Scope::Read,
            ScopeArgument::Write => protocol::Scope::Write,
            ScopeArgument::Admin => protocol::Scope::Admin,
        }
    }
}

/// Runs the command.
pub(super) fn main(command: TokenCommand) -> Done {
    with_desk(|desk| async move {
        match command {
            TokenCommand::Create { user, name, scopes, expires_at } => {
                let scopes = scopes.into_iter().map(protocol::Scope::from).collect();
                create(&desk, &user, &name, scopes, expires_at).await
            }
            TokenCommand::List { user } => list(&desk, &user).await,
            TokenCommand::Revoke { user, id } => {
                let user = desk.user(&user).await?;
                revoke(&desk, &user, &TokenId::from(id)).await
            }
        }
    })
}

async fn create(
    desk: &Desk,
    user: &str,
    name: &str,
    mut scopes: Vec<protocol::Scope>,
    expires_at: Option<String>,
) -> Done {
    let user = desk.account(user).await?.user;
    let now = desk.clock.now();
    let name = String::from(told(Name::parse("name", name, desk.config.limits.name_chars))?);
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.contains(&protocol::Scope::Admin) && user.role != ServerRole::Admin {
        return Err("only tokens of admins can have the scope admin".into());
    }
    let right = "--expires-at must be a time in the future, for instance 2030-01-01T00:00:00Z";
    let expires_at =
        expires_at.map(|text| Timestamp::parse(&text).filter(|end| *end > now).ok_or(right)).transpose()?;
    let id = TokenId::from(desk.clock.id());
    let token = Token { id, name, scopes, user_id: user.id.clone(), created_at: now, expires_at, last_used_at: None };
    let secret = told(new_secret())?;
    desk.repository.create_token(&StoredToken { token, maker: user.id, hash: hash(&secret) }).await?;
    outln!("{secret}");
    Ok(())
}

async fn revoke(desk: &Desk, user: &UserId, id: &TokenId) -> Done {
    let tokens = bots::tokens(&*desk.repository, user).await?;
    let found = tokens.iter().find(|made| made.token.id == *id);
    let made = found.ok_or("neither the user nor the user's bots have a token with this id: no token was revoked")?;
    desk.repository.revoke_token(&made.maker, id).await?;
    Ok(())
}

async fn list(desk: &Desk, user: &str) -> Done {
    let user = desk.user(user).await?;
    for MadeToken { token, .. } in bots::tokens(&*desk.repository, &user).await? {
        let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.name()).collect();
        let time = |time: Option<Timestamp>| time.map_or_else(|| "-".to_owned(), |time| time.to_string());
        let until = time(token.expires_at);
        let used = time(token.last_used_at);
        outln!("{}\t{}\t{}\t{}\t{until}\t{used}", token.id, token.name, scopes.join(","), token.created_at);
    }
    Ok(())
}
