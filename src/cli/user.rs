use clap::{Subcommand, ValueEnum};

use crate::api::accounts;
use crate::api::validate;
use crate::auth::hash_password;
use crate::domain::name_key;
use crate::protocol::text::Name;
use crate::protocol::{Ban, ServerRole, Timestamp, User, UserId, UserKind};
use crate::store::repository::{Account, AccountName, EmailSearch, UsersQuery};

use super::accounts::{Desk, Done, read_password, told, with_desk};

/// Create, list, change and ban users. Passwords are prompted for or read from standard input, never given as arguments.
#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Create an account; prompts for its password.
    Add {
        /// 3 to 32 characters of A-Z a-z 0-9 _ . -
        username: String,
        /// An email address, which can be used to log in, too.
        #[arg(long)]
        email: Option<String>,
        /// The name that people see; by default the username.
        #[arg(long)]
        display_name: Option<String>,
        /// The role on the server.
        #[arg(long, value_enum, default_value_t = Role::Member)]
        role: Role,
    },
    /// List users: username, kind, role, creation time, email address, and ban if there is one.
    List {
        /// Only users whose names contain this, or who have this email address.
        search: Option<String>,
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
    /// Confirm that an email address belongs to its user, so that others find the user by it.
    ConfirmEmail {
        /// The username or email address.
        user: String,
    },
    /// Ban a user from the server.
    Ban {
        /// The username or email address.
        user: String,
        /// The reason; the user sees it.
        #[arg(long)]
        reason: Option<String>,
        /// The end of the ban, for instance 2030-01-01T00:00:00Z; by default it is permanent.
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

impl From<Role> for ServerRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Member => ServerRole::Member,
            Role::Moderator => ServerRole::Moderator,
            Role::Admin => ServerRole::Admin,
        }
    }
}

/// Runs the command.
pub(super) fn main(command: UserCommand) -> Done {
    with_desk(|desk| async move {
        match command {
            UserCommand::Add { username, email, display_name, role } => {
                add(&desk, NewUser { username, email, display_name, role: role.into() }).await
            }
            UserCommand::List { search } => list(&desk, search).await,
            UserCommand::Passwd { user } => passwd(&desk, &user).await,
            UserCommand::Role { user, role } => {
                let role = ServerRole::from(role);
                change(&desk, &user, |account| account.user.role = role).await
            }
            UserCommand::ConfirmEmail { user } => confirm_email(&desk, &user).await,
            UserCommand::Ban { user, reason, until } => ban(&desk, &user, reason, until).await,
            UserCommand::Unban { user } => change(&desk, &user, |account| account.ban = None).await,
        }
    })
}

struct NewUser {
    username: String,
    email: Option<String>,
    display_name: Option<String>,
    role: ServerRole,
}

async fn add(desk: &Desk, new: NewUser) -> Done {
    let NewUser { username, email, display_name, role } = new;
    told(accounts::require_username("username", &username))?;
    told(email.as_deref().map_or(Ok(()), |email| validate::email("email", email)))?;
    let shown = display_name.as_ref().unwrap_or(&username);
    let display_name = String::from(told(Name::parse("displayName", shown, desk.config.limits.name_chars))?);
    let password = read_password()?;
    told(validate::new_password("password", &password))?;
    let user = User {
        id: UserId::from(desk.clock.id()),
        username,
        display_name,
        avatar_url: None,
        kind: UserKind::Human,
        role,
        status: Default::default(),
        last_seen_at: None,
        created_at: desk.clock.now(),
        email: None,
        version: 1,
    };
    let password = Some(told(hash_password(&password))?);
    let made = told(desk.repository.create_account(&Account { email, password, ..Account::new(user) }).await)?;
    outln!("{}\t{}", made.user.username, made.user.id);
    Ok(())
}

async fn list(desk: &Desk, search: Option<String>) -> Done {
    let mut query = UsersQuery { search, emails: EmailSearch::All, not_in: None, after: None, limit: 200 };
    loop {
        let page = desk.repository.search_users(&query).await?;
        for user in &page.items {
            let account = desk.repository.account(&AccountName::Id(user.id.clone())).await?;
            account.iter().for_each(|account| outln!("{}", row(account, desk.clock.now())));
        }
        query.after = page.items.last().filter(|_| page.more).map(|user| name_key(&user.username));
        if query.after.is_none() {
            return Ok(());
        }
    }
}

fn row(account: &Account, now: Timestamp) -> String {
    let Account { user, email, .. } = account;
    let kind = if user.kind == UserKind::Bot { "bot" } else { "human" };
    let role = format!("{:?}", user.role).to_lowercase();
    let ban = account.ban_at(now).map(|ban| format!("banned {}", ban.term())).unwrap_or_default();
    let email = match email {
        Some(email) if account.email_unconfirmed => format!("{email} (unconfirmed)"),
        Some(email) => email.clone(),
        None => "-".to_owned(),
    };
    format!("{}\t{kind}\t{role}\t{}\t{email}\t{ban}", user.username, user.created_at).trim_end().to_owned()
}

async fn passwd(desk: &Desk, name: &str) -> Done {
    let user = desk.user(name).await?;
    let password = read_password()?;
    told(validate::new_password("password", &password))?;
    let hash = told(hash_password(&password))?;
    let now = desk.clock.now();
    let change = |account: &mut Account| {
        account.password = Some(hash.clone());
        accounts::end_foreign_tokens(account, now);
        Ok(())
    };
    told(accounts::change(&*desk.repository, &user, change).await)?;
    for session in desk.repository.sessions(&user).await? {
        desk.repository.end_session(&user, &session.id).await?;
    }
    Ok(())
}

async fn confirm_email(desk: &Desk, name: &str) -> Done {
    if desk.account(name).await?.email.is_none() {
        return Err(format!("the user {name} has no email address").into());
    }
    change(desk, name, |account| account.email_unconfirmed = false).await
}

async fn ban(desk: &Desk, name: &str, reason: Option<String>, until: Option<String>) -> Done {
    let right = "--until must be a time in the future, for instance 2030-01-01T00:00:00Z";
    let now = desk.clock.now();
    let by = UserId::from(crate::auth::ADMIN);
    let until = until.map(|text| Timestamp::parse(&text).filter(|until| *until > now).ok_or(right)).transpose()?;
    let ban = Ban { by, at: now, reason, until };
    change(desk, name, |account| account.ban = Some(ban.clone())).await
}

async fn change(desk: &Desk, name: &str, change: impl Fn(&mut Account)) -> Done {
    let user = desk.user(name).await?;
    let changed = accounts::change(&*desk.repository, &user, |account| {
        change(account);
        Ok(())
    });
    let account = told(changed.await)?.new;
    outln!("{}", row(&account, desk.clock.now()));
    Ok(())
}
