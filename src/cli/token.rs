use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::Failure;
use super::administration::{Absence, Administration, with_administration};
use super::output::Table;
use super::remote::Address;

/// Create, list and revoke API tokens, on a running server or on its store.
#[derive(Debug, Args)]
pub(super) struct TokenArguments {
    #[command(flatten)]
    address: Address,
    #[command(subcommand)]
    command: TokenCommand,
}

#[derive(Debug, Subcommand)]
enum TokenCommand {
    /// Create a token and print its secret, which cannot be shown again.
    Create {
        /// The username or email address of the user that the token authenticates.
        user: String,
        /// A name that describes the token's purpose.
        name: String,
        /// The scopes of the token, among them read.
        #[arg(long, value_enum, value_delimiter = ',', default_value = "read,write")]
        scopes: Vec<ScopeArgument>,
        /// The expiry, for example 2030-01-01T00:00:00Z; by default the token never expires.
        #[arg(long)]
        expires_at: Option<String>,
    },
    /// List the tokens of a user and the user's bots.
    List {
        /// The username or email address.
        user: String,
        /// Print each token as a line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Revoke a token of a user or of the user's bots; its connections close.
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

impl ScopeArgument {
    fn name(self) -> &'static str {
        match self {
            ScopeArgument::Read => "read",
            ScopeArgument::Write => "write",
            ScopeArgument::Admin => "admin",
        }
    }
}

/// Runs the command.
pub(super) fn main(tokens: &TokenArguments) -> Result<(), Failure> {
    with_administration(&tokens.address, Absence::IsRefused, async |server| match &tokens.command {
        TokenCommand::Create { user, name, scopes, expires_at } => {
            let scopes: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
            let mut create = json!({"type":"CREATE_API_TOKEN","userId":user,"name":name,"scopes":scopes});
            if let Some(end) = expires_at {
                create["expiresAt"] = end.as_str().into();
            }
            let made = server.command(create).await?;
            outln!("{}", made["secret"].as_str().unwrap_or_default())?;
            Ok(())
        }
        TokenCommand::List { user, json } => list(server, user, *json).await,
        TokenCommand::Revoke { user, id } => {
            server.command(json!({"type":"REVOKE_API_TOKEN","userId":user,"tokenId":id})).await.map(drop)
        }
    })
}

async fn list(server: &mut Administration, user: &str, as_json: bool) -> Result<(), Failure> {
    let listed = server.command(json!({"type":"GET_API_TOKENS","userId":user})).await?;
    let mut table = Table::new(&["id", "name", "scopes", "created", "expires", "last used"]);
    for token in listed["tokens"].as_array().into_iter().flatten() {
        if as_json {
            outln!("{token}")?;
            continue;
        }
        let text = |name: &str| token[name].as_str().unwrap_or_default().to_owned();
        let scopes: Vec<&str> = token["scopes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let [id, name, created, expires, used] = ["id", "name", "createdAt", "expiresAt", "lastUsedAt"].map(text);
        table.add(vec![id, name, scopes.join(","), created, expires, used]);
    }
    if as_json { Ok(()) } else { Ok(table.print()?) }
}
