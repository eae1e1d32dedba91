use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::{Value, json};

use super::client::Client;
use super::history::{administrator, change};
use super::process::Process;
use super::report::{line, number};
use super::target::{Folder, Target};
use super::{BenchPlace, Result};
use crate::auth;
use crate::domain::{Action, Change, Draft};
use crate::ops::clock::Clock;
use crate::protocol::{ChatKind, MessageRole, Scope, Token, User, UserId, UserKind};
use crate::store::repository::{Account, Accounts, Repository, StoredToken, Tokens};
use crate::store::sqlite::SqliteRepository;

/// Changes written with one commit.
const TOGETHER: usize = 2000;
/// The name of the users' tokens.
const TOKEN: &str = "growth";

/// The server's processor time for each command as chats grow in messages and members, and users in chats; always on a
/// server of its own.
#[derive(Clone, Debug, Args)]
pub(super) struct Growth {
    /// Messages of a chat, one chat for each number.
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 100_000], value_parser = clap::value_parser!(u64).range(10..=10_000_000))]
    messages: Vec<u64>,
    /// Members of a chat, one chat for each number.
    #[arg(long, value_delimiter = ',', default_values_t = [10, 1_000], value_parser = clap::value_parser!(u64).range(2..=100_000))]
    members: Vec<u64>,
    /// Chats of a user, one user for each number.
    #[arg(long, value_delimiter = ',', default_values_t = [10, 1_000, 20_000], value_parser = clap::value_parser!(u64).range(1..=100_000))]
    chats: Vec<u64>,
    /// Times that each command is sent.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    times: u64,
}

/// The chat, the size and the turn for which a command is made.
struct At<'a> {
    chat: &'a str,
    size: u64,
    turn: u64,
}

/// A command to measure.
struct Step {
    name: &'static str,
    /// The command before it, which is not measured.
    before: Option<fn(&At<'_>) -> Value>,
    command: fn(&At<'_>) -> Value,
}

/// A connection to a chat of one size, or of a user with so many chats.
struct SizedPlace {
    client: Client,
    chat: String,
    size: u64,
}

const fn step(name: &'static str, command: fn(&At<'_>) -> Value) -> Step {
    Step { name, before: None, command }
}

fn say(at: &At<'_>) -> Value {
    json!({"type":"SEND_MESSAGE","chatId":at.chat,"content":format!("said in turn {}", at.turn)})
}

/// MARK_READ of a message that has just been sent: a mark that moves nowhere is not written.
const MARK_READ: Step =
    Step { name: "MARK_READ", before: Some(say), command: |at| json!({"type":"MARK_READ","chatId":at.chat}) };

fn page_of(at: &At<'_>, filter: Value) -> Value {
    let mut command = json!({"type":"GET_CHAT_HISTORY","chatId":at.chat,"limit":50});
    if let (Value::Object(command), Value::Object(filter)) = (&mut command, filter) {
        command.extend(filter);
    }
    command
}

const OF_MESSAGES: &[Step] = &[
    step("GET_CHAT", |at| json!({"type":"GET_CHAT","chatId":at.chat})),
    step("GET_CHATS", |_| json!({"type":"GET_CHATS","limit":10})),
    step("GET_MESSAGE", |at| json!({"type":"GET_MESSAGE","chatId":at.chat,"messageId":"m0"})),
    step("GET_READ_STATE", |at| json!({"type":"GET_READ_STATE","chatId":at.chat,"messageId":"m1"})),
    step("history, newest", |at| page_of(at, json!({}))),
    step("history, before", |at| page_of(at, json!({"before":at.size / 2}))),
    step("history, after", |at| page_of(at, json!({"after":at.size / 2}))),
    step("history, page 2", |at| json!({"type":"GET_CHAT_HISTORY","chatId":at.chat,"size":50,"page":2})),
    step("history, last page", |at| json!({"type":"GET_CHAT_HISTORY","chatId":at.chat,"size":50,"page":at.size / 50})),
    step("history, a sender", |at| page_of(at, json!({"senderId":"quiet"}))),
    step("history, search", |at| page_of(at, json!({"search":"message7"}))),
    step("SEARCH_MESSAGES", |at| json!({"type":"SEARCH_MESSAGES","chatId":at.chat,"query":"message7","limit":10})),
    step("search, 2 letters", |at| json!({"type":"SEARCH_MESSAGES","chatId":at.chat,"query":"me","limit":10})),
    step("GET_MENTIONS", |_| json!({"type":"GET_MENTIONS","limit":10})),
    step("SYNC", |at| json!({"type":"SYNC","chats":{at.chat:at.size}})),
    step(
        "EDIT_MESSAGE",
        |at| json!({"type":"EDIT_MESSAGE","chatId":at.chat,"messageId":"m1","content":format!("edited in turn {}", at.turn)}),
    ),
    step(
        "ADD_REACTION",
        |at| json!({"type":if at.turn.is_multiple_of(2) { "ADD_REACTION" } else { "REMOVE_REACTION" },"chatId":at.chat,"messageId":"m2","emoji":"👍"}),
    ),
    Step {
        name: "DELETE_MESSAGE",
        before: Some(
            |at| json!({"type":"SEND_MESSAGE","chatId":at.chat,"message":{"id":format!("gone-{}", at.turn),"content":"soon gone"}}),
        ),
        command: |at| json!({"type":"DELETE_MESSAGE","chatId":at.chat,"messageId":format!("gone-{}", at.turn)}),
    },
    step("SEND_MESSAGE", say),
    MARK_READ,
];

/// Two ends of a mute, so that each command changes something.
const MUTES: [&str; 2] = ["2100-01-01T00:00:00.000Z", "2101-01-01T00:00:00.000Z"];

const OF_MEMBERS: &[Step] = &[
    step("GET_CHAT", |at| json!({"type":"GET_CHAT","chatId":at.chat})),
    step("GET_MEMBERS", |at| json!({"type":"GET_MEMBERS","chatId":at.chat,"limit":10})),
    step("GET_PRESENCE", |at| json!({"type":"GET_PRESENCE","chatId":at.chat,"limit":10})),
    step("GET_READ_STATE", |at| json!({"type":"GET_READ_STATE","chatId":at.chat,"messageId":"m0"})),
    step("history, newest", |at| page_of(at, json!({}))),
    step("SYNC", |at| json!({"type":"SYNC","chats":{at.chat:2}})),
    step("UPDATE_CHAT", |at| json!({"type":"UPDATE_CHAT","chatId":at.chat,"description":format!("turn {}", at.turn)})),
    step("SET_TYPING", |at| json!({"type":"SET_TYPING","chatId":at.chat,"typing":at.turn.is_multiple_of(2)})),
    step(
        "MUTE_CHAT",
        |at| json!({"type":"MUTE_CHAT","chatId":at.chat,"until":MUTES[usize::from(at.turn.is_multiple_of(2))]}),
    ),
    step("SEND_MESSAGE", say),
    MARK_READ,
];

const OF_CHATS: &[Step] = &[
    step("GET_ME", |_| json!({"type":"GET_ME"})),
    step("GET_CHATS", |_| json!({"type":"GET_CHATS","limit":10})),
    step("GET_CHAT", |at| json!({"type":"GET_CHAT","chatId":at.chat})),
    step("SEARCH_MESSAGES", |_| json!({"type":"SEARCH_MESSAGES","query":"said","limit":10})),
    step("GET_MENTIONS", |_| json!({"type":"GET_MENTIONS","limit":10})),
    step(
        "SET_PRESENCE",
        |at| json!({"type":"SET_PRESENCE","status":if at.turn.is_multiple_of(2) { "away" } else { "online" }}),
    ),
    step("SEND_MESSAGE", say),
    MARK_READ,
];

impl Growth {
    pub(super) async fn run(&self, place: &BenchPlace) -> Result<()> {
        outln!("growth: µs of the server's processor time for each command, {} times each", self.times)?;
        if place.url.is_some() || place.database.is_some() {
            let sentence = "this scenario writes its chats into a SQLite file of its own; omit --url and --database";
            return Err(sentence.into());
        }
        let folder = Folder::new(place)?;
        let begun = Instant::now();
        let owners = self.fill(&folder).await?;
        line("filled", format!("in {:.1} s", begun.elapsed().as_secs_f64()))?;
        let target = Target::of(place, &folder)?;
        let process = target.process.ok_or("the server's process is not known")?;
        settle(process).await?;
        for (what, sizes, steps) in [("messages", &self.messages, OF_MESSAGES), ("members", &self.members, OF_MEMBERS)]
        {
            let mut connected = vec![];
            for &size in sizes {
                let client = Client::connect(&target, &target.token).await?;
                connected.push(SizedPlace { client, chat: format!("{what}-{size}"), size });
            }
            self.table(what, process, &mut connected, steps).await?;
        }
        let mut connected = vec![];
        for (&size, token) in self.chats.iter().zip(&owners) {
            let client = Client::connect(&target, token).await?;
            connected.push(SizedPlace { client, chat: format!("chats-{size}-0"), size });
        }
        self.table("own chats", process, &mut connected, OF_CHATS).await?;
        let mut costs = vec![];
        for token in &owners {
            let times = self.times.div_ceil(10);
            let before = process.cpu_of_threads()?;
            for _ in 0..times {
                Client::connect(&target, token).await?;
            }
            let spent = process.cpu_of_threads()?.saturating_sub(before);
            costs.push(CommandCost::new(spent, times, 1));
        }
        row("connecting", &costs)?;
        Ok(())
    }

    /// One line for each command, with its cost at each size.
    async fn table(&self, what: &str, process: Process, places: &mut [SizedPlace], steps: &[Step]) -> Result<()> {
        let sizes: Vec<String> = places.iter().map(|place| format!("{:>10}", number(place.size as f64))).collect();
        line(what, format!("{:8}{}", "", sizes.join(" ")))?;
        for step in steps {
            let mut costs = vec![];
            for place in &mut *places {
                costs.push(place.cost(step, process, self.times).await?);
            }
            row(step.name, &costs)?;
        }
        Ok(())
    }

    /// Writes the chats, and gives a token for the user of each number of own chats.
    async fn fill(&self, folder: &Folder) -> Result<Vec<String>> {
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

/// The cost of one command.
struct CommandCost {
    micros: f64,
    /// Bytes of its answer.
    answer: usize,
}

impl CommandCost {
    fn new(spent: Duration, times: u64, answer: usize) -> CommandCost {
        CommandCost { micros: spent.as_secs_f64() * 1e6 / times as f64, answer }
    }
}

impl SizedPlace {
    /// The cost of a step, without that of the commands before it. Steps that need one are sent after all of those.
    async fn cost(&mut self, step: &Step, process: Process, times: u64) -> Result<CommandCost> {
        let SizedPlace { client, chat, size } = self;
        let at = |turn| At { chat: &*chat, size: *size, turn };
        // Statements are prepared, and caches filled, by the first one.
        let mut spent = Duration::ZERO;
        let mut answer = 0;
        for turn in 0..=times {
            if let Some(before) = step.before {
                client.command(before(&at(turn))).await?;
            }
            let before = process.cpu_of_threads()?;
            let reply = client.command((step.command)(&at(turn))).await?;
            if turn > 0 {
                spent += process.cpu_of_threads()?.saturating_sub(before);
                answer = reply.to_string().len();
            }
        }
        Ok(CommandCost::new(spent, times, answer))
    }
}

/// Waits until the server has nothing more to do: after the chats were filled, it indexes their text.
async fn settle(process: Process) -> Result<()> {
    let mut known = process.cpu_of_threads()?;
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let now = process.cpu_of_threads()?;
        if now.saturating_sub(known) < Duration::from_millis(10) {
            return Ok(());
        }
        known = now;
    }
}

/// The cost at each size, and how many times the last is the first; of the answer too, where that grows.
fn row(name: &str, costs: &[CommandCost]) -> Result<()> {
    let (Some(first), Some(last)) = (costs.first(), costs.last()) else { return Ok(()) };
    let micros: Vec<String> = costs.iter().map(|cost| format!("{:>10.0}", cost.micros)).collect();
    let ratio = last.micros / first.micros.max(1.0);
    let growth = last.answer as f64 / first.answer.max(1) as f64;
    let answer = if growth > 1.2 { format!(", of the answer {growth:.2}") } else { String::new() };
    Ok(outln!("  {name:<20} {}   ratio {ratio:.2}{answer}", micros.join(" "))?)
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
    let role = crate::protocol::ServerRole::Member;
    User {
        id: name.into(),
        username: name.into(),
        display_name: name.into(),
        kind: UserKind::Human,
        role,
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
