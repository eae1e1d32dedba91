use std::sync::Arc;
use std::time::Instant;

use clap::Args;
use serde_json::{Value, json};

use super::client::Client;
use super::report::{Times, line, number};
use super::target::{Folder, Target};
use super::{BenchPlace, Result};
use crate::auth::ADMIN;
use crate::domain::{Action, Change, Draft};
use crate::ops::clock::Clock;
use crate::protocol::{ChatKind, LargeChats, MessageRole, PresenceStatus, ServerRole, User, UserKind};
use crate::store::repository::{Account, Accounts, Repository};
use crate::store::sqlite::SqliteRepository;

/// Number of messages written with one commit while the chats are filled.
const TOGETHER: u64 = 2000;
const SHORT: &str = "short";
const LONG: &str = "long";

/// Read pages of a chat with few messages and of one with many; always on a separate server.
#[derive(Clone, Debug, Args)]
pub(super) struct HistoryPages {
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(100..=10_000_000))]
    few: u64,
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(100..=10_000_000))]
    many: u64,
    /// Messages per page.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..=200))]
    limit: u64,
    /// Number of requests for each page.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    times: u64,
}

impl HistoryPages {
    pub(super) async fn run(&self, place: &BenchPlace) -> Result<()> {
        let HistoryPages { few, many, limit, times } = self;
        let few = number(*few as f64);
        let many = number(*many as f64);
        outln!("history: pages of {limit} of a chat with {few} and of one with {many} messages, {times} times each")?;
        if place.url.is_some() || place.database.is_some() {
            let sentence = "this scenario writes its chats into its own SQLite file; omit --url and --database";
            return Err(sentence.into());
        }
        let folder = Folder::new(place)?;
        self.fill(&folder).await?;
        let target = Target::of(place, &folder)?;
        let mut client = Client::connect(&target, &target.token).await?;
        for (name, short, long) in self.pages() {
            let mut low = Times::default();
            let mut high = Times::default();
            for _ in 0..self.times {
                low.add(ask(&mut client, SHORT, &short).await?);
                high.add(ask(&mut client, LONG, &long).await?);
            }
            let low = low.percentile(0.5).unwrap_or(0);
            let high = high.percentile(0.5).unwrap_or(0);
            let ratio = f64::from(high) / f64::from(low.max(1));
            line(name, format!("{low:>6} µs and {high:>6} µs, ratio {ratio:.2} (medians)"))?;
        }
        Ok(())
    }

    /// The pages requested of the short and the long chat, at the same relative positions.
    fn pages(&self) -> Vec<(&'static str, Value, Value)> {
        let both = |make: &dyn Fn(u64) -> Value| (make(self.few), make(self.many));
        let limit = self.limit;
        let page = |name, (short, long)| (name, short, long);
        vec![
            page("newest", both(&|_| json!({"limit":limit}))),
            page("before", both(&|count| json!({"limit":limit,"before":count / 2}))),
            page("after", both(&|count| json!({"limit":limit,"after":count / 2}))),
            page("around", both(&|count| json!({"limit":limit,"around":count / 2}))),
            page("page 1", both(&|_| json!({"size":limit,"page":1}))),
            page("page 2", both(&|_| json!({"size":limit,"page":2}))),
        ]
    }

    async fn fill(&self, folder: &Folder) -> Result<()> {
        let begun = Instant::now();
        let repository = SqliteRepository::open(&folder.database())?;
        let admin = Arc::new(repository.create_account(&Account::new(administrator())).await?.user);
        for (chat, count) in [(SHORT, self.few), (LONG, self.many)] {
            let create =
                Action::Create { kind: ChatKind::Group, name: chat.into(), description: None, members: vec![] };
            commit(&repository, &admin, chat, vec![create]).await?;
            for from in (0..count).step_by(usize::try_from(TOGETHER)?) {
                let drafts = (from..count.min(from + TOGETHER)).map(draft).collect();
                commit(&repository, &admin, chat, drafts).await?;
            }
        }
        line("filled", format!("in {:.1} s", begun.elapsed().as_secs_f64()))?;
        Ok(())
    }
}

async fn ask(client: &mut Client, chat: &str, page: &Value) -> Result<std::time::Duration> {
    let mut command = page.clone();
    command["type"] = "GET_CHAT_HISTORY".into();
    command["chatId"] = chat.into();
    let begun = Instant::now();
    client.command(command).await?;
    Ok(begun.elapsed())
}

/// A change by the actor in a chat.
pub(super) fn change(actor: &Arc<User>, chat: &str, action: Action) -> Change {
    Change {
        chat_id: chat.into(),
        actor: actor.clone(),
        authority: actor.role,
        action,
        operation: None,
        large_chats: LargeChats::default(),
    }
}

async fn commit(repository: &SqliteRepository, actor: &Arc<User>, chat: &str, actions: Vec<Action>) -> Result<()> {
    let changes = actions.into_iter().map(|action| change(actor, chat, action)).collect();
    for result in repository.commit(changes, Clock::System.now()).await {
        result?;
    }
    Ok(())
}

fn draft(place: u64) -> Action {
    Action::Send(Draft {
        within: "message.",
        id: Clock::System.id().into(),
        role: MessageRole::User,
        content: format!("message {place} {}", "x".repeat(80)),
        group: vec![],
        attachments: vec![],
        reply_to: None,
        metadata: None,
        peer: None,
    })
}

pub(super) fn administrator() -> User {
    User {
        id: ADMIN.into(),
        username: ADMIN.into(),
        display_name: "Administrator".into(),
        avatar_url: None,
        kind: UserKind::Bot,
        role: ServerRole::Admin,
        status: PresenceStatus::Offline,
        last_seen_at: None,
        created_at: Clock::System.now(),
        email: None,
        version: 1,
    }
}
