use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::Failure;
use super::accounts::read_password;
use super::administration::{Absence, Administration, with_administration};
use super::output::Table;
use super::remote::Address;

/// Create, list, change and ban users, on a running server or on its store. Passwords are prompted for or read from
/// standard input, never given as arguments.
#[derive(Debug, Args)]
pub(super) struct UserArguments {
    #[command(flatten)]
    address: Address,
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Create an account; prompts for its password.
    Add {
        /// 3 to 32 characters of A-Z a-z 0-9 _ . -
        username: String,
        /// Email address, which can also be used to log in.
        #[arg(long)]
        email: Option<String>,
        /// The name that people see; by default the username.
        #[arg(long)]
        display_name: Option<String>,
        /// The role on the server.
        #[arg(long, value_enum, default_value_t = Role::Member)]
        role: Role,
    },
    /// List users.
    List {
        /// Only users whose names contain this, or who have this email address.
        search: Option<String>,
        /// Print each account as a line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Change a password, which is prompted for, and end the user's sessions.
    Passwd {
        /// The username or email address.
        user: String,
    },
    /// Change a user's role on the server.
    Role {
        /// The username or email address.
        user: String,
        /// The new role.
        #[arg(value_enum)]
        role: Role,
    },
    /// Confirm that an email address belongs to its user, so that others can find the user by it.
    ConfirmEmail {
        /// The username or email address.
        user: String,
        /// The address to confirm, as `pichat user list` shows it.
        email: String,
    },
    /// Ban a user from the server; the connections of the user and of the user's bots close.
    Ban {
        /// The username or email address.
        user: String,
        /// The reason, which the user sees.
        #[arg(long)]
        reason: Option<String>,
        /// The end of the ban, for example 2030-01-01T00:00:00Z; by default it is permanent.
        #[arg(long)]
        until: Option<String>,
    },
    /// Lift a ban.
    Unban {
        /// The username or email address.
        user: String,
    },
}

/// A role on the server.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Role {
    /// Can use the server.
    Member,
    /// Can ban users, delete messages and read the audit log.
    Moderator,
    /// Can do everything, including assigning roles.
    Admin,
}

impl Role {
    fn name(self) -> &'static str {
        match self {
            Role::Member => "member",
            Role::Moderator => "moderator",
            Role::Admin => "admin",
        }
    }
}

/// Runs the command.
pub(super) fn main(users: &UserArguments) -> Result<(), Failure> {
    // Prompted for before connecting, because the server would not wait while somebody types.
    let password = match &users.command {
        UserCommand::Add { .. } | UserCommand::Passwd { .. } => read_password()?,
        _ => String::new(),
    };
    let absence = match &users.command {
        UserCommand::Add { .. } => Absence::IsFilled,
        _ => Absence::IsRefused,
    };
    with_administration(&users.address, absence, async |server| match &users.command {
        UserCommand::Add { username, email, display_name, role } => {
            let mut create = json!({"type":"CREATE_USER","username":username,"password":password,"role":role.name()});
            give(&mut create, "email", email.as_deref());
            give(&mut create, "displayName", display_name.as_deref());
            let made = server.command(create).await?;
            outln!("{}\t{}", text(&made["user"], "username"), text(&made["user"], "id"))?;
            Ok(())
        }
        UserCommand::List { search, json } => list(server, search.as_deref(), *json).await,
        UserCommand::Passwd { user } => {
            let set = json!({"type":"SET_USER_PASSWORD","userId":user,"newPassword":password});
            server.command(set).await.map(drop)
        }
        UserCommand::Role { user, role } => {
            change(server, json!({"type":"SET_USER_ROLE","userId":user,"role":role.name()})).await
        }
        UserCommand::ConfirmEmail { user, email } => {
            change(server, json!({"type":"CONFIRM_EMAIL","userId":user,"email":email})).await
        }
        UserCommand::Ban { user, reason, until } => {
            let mut ban = json!({"type":"BAN_USER","userId":user});
            give(&mut ban, "reason", reason.as_deref());
            give(&mut ban, "until", until.as_deref());
            change(server, ban).await
        }
        UserCommand::Unban { user } => change(server, json!({"type":"UNBAN_USER","userId":user})).await,
    })
}

/// Sets a field of a command from the command line.
fn give(command: &mut Value, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        command[name] = value.into();
    }
}

async fn list(server: &mut Administration, search: Option<&str>, as_json: bool) -> Result<(), Failure> {
    let mut page = json!({"type":"GET_ACCOUNTS","limit":200});
    give(&mut page, "search", search);
    let mut table = accounts_table();
    loop {
        let listed = server.command(page.clone()).await?;
        for account in listed["accounts"].as_array().into_iter().flatten() {
            if as_json {
                outln!("{account}")?;
            } else {
                table.add(row(account));
            }
        }
        let Some(next) = listed["nextCursor"].as_str() else { break };
        page["cursor"] = next.into();
    }
    if as_json { Ok(()) } else { Ok(table.print()?) }
}

/// Runs a command about one user and prints the user's account as it is afterwards.
async fn change(server: &mut Administration, command: Value) -> Result<(), Failure> {
    let changed = server.command(command).await?;
    let account = server.command(json!({"type":"GET_ACCOUNTS","userId":changed["userId"]})).await?;
    let mut table = accounts_table();
    table.add(row(&account["accounts"][0]));
    Ok(table.print()?)
}

fn accounts_table() -> Table {
    Table::new(&["username", "kind", "role", "created", "email", "ban"])
}

fn row(account: &Value) -> Vec<String> {
    let user = &account["user"];
    let ban = match &account["ban"] {
        Value::Null => String::new(),
        ban => match ban["until"].as_str() {
            Some(until) => format!("until {until}"),
            None => "permanent".to_owned(),
        },
    };
    let email = match user["email"].as_str() {
        Some(email) if account["emailConfirmed"] == false => format!("{email} (unconfirmed)"),
        Some(email) => email.to_owned(),
        None => String::new(),
    };
    let [username, kind, role, created] =
        ["username", "kind", "role", "createdAt"].map(|name| text(user, name).to_owned());
    vec![username, kind, role, created, email, ban]
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}
