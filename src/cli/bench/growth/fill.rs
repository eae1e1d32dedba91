//! The chats and users of each size, written to the database before the server starts.

use std::sync::Arc;

use super::Growth;
use crate::auth;
use crate::cli::bench::Result;
use crate::cli::bench::history::{administrator, change};
use crate::cli::bench::target::Folder;
use crate::domain::{Action, Change, Draft};
use crate::ops::clock::Clock;
use crate::protocol::{ChatKind, MessageRole, Scope, ServerRole, Token, User, UserId, UserKind};
use crate::store::repository::{Account, Accounts, Repository, StoredToken, Tokens};
use crate::store::sqlite::SqliteRepository;

/// Number of changes written with one commit.
const TOGETHER: usize = 2000;
/// The name of the users' tokens.
const TOKEN: &str = "growth";

impl Growth {
    /// Writes the chats; returns a token for each user with a number of chats.
    pub(super) async fn fill(&self, folder: &Folder) -> Result<Vec<String>> {
        let repository = SqliteRepository::open(&folder.database())?;
        let admin = Arc::new(repository.create_account(&Account::new(administrator())).await?.user);
        let quiet = Arc::new(repository.create_account(&Account::new(user("quiet"))).await?.user);
        for &count in &self.messages {
            let chat = format!("messages-{count}");
            commit(&repository, vec![create(&admin, &chat, vec![User::clone(&quiet)]), send(&quiet, &chat, 0)]).await?;
            for from in (1..count).step_by(TOGETHER) {
                let part = from..count.min(from + TOGETHER as u64);
                commit(&repository, part.map(|place| send(&admin, &chat, place)).collect()).await?;
            }
        }
        let mut people: Vec<User> = vec![];
        for place in 1..self.members.iter().copied().max().unwrap_or(0) {
            people.push(repository.create_account(&Account::new(user(&format!("member{place}")))).await?.user);
        }
        for &count in &self.members {
            let chat = format!("members-{count}");
            let others = people.iter().take(usize::try_from(count)?.saturating_sub(1)).cloned().collect();
            commit(&repository, vec![create(&admin, &chat, others), send(&admin, &chat, 0)]).await?;
        }
        let mut tokens = vec![];
        for &count in &self.chats {
            let owner = Arc::new(repository.create_account(&Account::new(user(&format!("owner{count}")))).await?.user);
            let chats = (0..count).map(|place| create(&owner, &format!("chats-{count}-{place}"), vec![]));
            commit(&repository, chats.collect()).await?;
            tokens.push(token(&repository, &owner.id).await?);
        }
        Ok(tokens)
    }
}

fn create(actor: &Arc<User>, chat: &str, members: Vec<User>) -> Change {
    change(actor, chat, Action::Create { kind: ChatKind::Group, name: chat.into(), description: None, members })
}

fn send(actor: &Arc<User>, chat: &str, place: u64) -> Change {
    let draft = Draft {
        within: "message.",
        id: format!("m{place}").into(),
        role: MessageRole::User,
        content: format!("message{place} {}", "x".repeat(80)),
        group: vec![],
        attachments: vec![],
        reply_to: None,
        metadata: None,
        peer: None,
    };
    change(actor, chat, Action::Send(draft))
}

async fn commit(repository: &SqliteRepository, changes: Vec<Change>) -> Result<()> {
    for part in changes.chunks(TOGETHER) {
        for result in repository.commit(part.into(), Clock::System.now()).await {
            result?;
        }
    }
    Ok(())
}

fn user(name: &str) -> User {
    User {
        id: name.into(),
        username: name.into(),
        display_name: name.into(),
        kind: UserKind::Human,
        role: ServerRole::Member,
        ..administrator()
    }
}

async fn token(repository: &SqliteRepository, user: &UserId) -> Result<String> {
    let secret = auth::new_secret()?;
    let token = Token {
        id: Clock::System.id().into(),
        name: TOKEN.into(),
        scopes: vec![Scope::Read, Scope::Write],
        user_id: user.clone(),
        created_at: Clock::System.now(),
        expires_at: None,
        last_used_at: None,
    };
    let stored = StoredToken { token, maker: user.clone(), hash: auth::hash(&secret) };
    repository.create_token(&stored).await?;
    Ok(secret)
}
