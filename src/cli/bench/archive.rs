use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;

use super::history::{administrator, change};
use super::process::Process;
use super::report::{line, number};
use super::target::{Folder, quiet_environment};
use super::{BenchPlace, Result};
use crate::domain::{Action, Change, Draft};
use crate::ops::clock::Clock;
use crate::protocol::{ChatKind, MessageRole, User, UserKind};
use crate::store::repository::{Account, Accounts, Repository};
use crate::store::sqlite::SqliteRepository;

/// Changes written with one commit while the chats are filled.
const TOGETHER: usize = 2000;
/// One message in this many has a reaction, and one a mention.
const DECORATED: u64 = 20;
/// The interval at which a process's peak memory is read.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Export a SQLite file, import the archive into another one, and export that: rates, peak memory, and whether both
/// archives have the same digest.
#[derive(Clone, Debug, Args)]
pub(super) struct Archive {
    /// Total number of messages.
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    messages: u64,
    /// Number of chats, each with three members.
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    chats: u64,
}

/// A finished command.
struct Ran {
    took: Duration,
    /// Its peak memory in bytes.
    peak: u64,
    /// The last line that it printed.
    last_line: String,
}

impl Archive {
    pub(super) async fn run(&self, place: &BenchPlace) -> Result<()> {
        let Archive { messages, chats } = *self;
        outln!("archive: {} messages in {} chats", number(messages as f64), number(chats as f64))?;
        if place.url.is_some() || place.database.is_some() {
            let sentence = "this scenario writes its own SQLite files; omit --url and --database";
            return Err(sentence.into());
        }
        let folder = Folder::new(place)?;
        let from = folder.database();
        self.fill(&from).await?;
        let archive = from.with_file_name("first.pichat");
        let again = from.with_file_name("again.pichat");
        let to = from.with_file_name("imported.db");
        let exported = pichat(&from, &["export".as_ref(), archive.as_ref()])?;
        self.tell("export", &exported)?;
        let imported = pichat(&to, &["import".as_ref(), archive.as_ref()])?;
        self.tell("import", &imported)?;
        line("archive", format!("{} MB", number(std::fs::metadata(&archive)?.len() as f64 / 1e6)))?;
        let second = pichat(&to, &["export".as_ref(), again.as_ref()])?;
        let digests = [digest(&exported.last_line), digest(&second.last_line)];
        if digests[0].is_empty() || digests[0] != digests[1] {
            return Err(format!("the archive of the imported store differs: {digests:?}").into());
        }
        line("digests", "equal")?;
        Ok(())
    }

    fn tell(&self, name: &str, ran: &Ran) -> Result<()> {
        let seconds = ran.took.as_secs_f64();
        let rate = number(self.messages as f64 / seconds);
        let peak = ran.peak as f64 / f64::from(1 << 20);
        line(name, format!("{seconds:.1} s, {rate} messages/s, {peak:.1} MiB at most"))?;
        Ok(())
    }

    async fn fill(&self, path: &Path) -> Result<()> {
        let begun = Instant::now();
        let repository = SqliteRepository::open(path)?;
        let mut people = vec![Arc::new(repository.create_account(&Account::new(administrator())).await?.user)];
        for name in ["ann", "ben"] {
            let user = User { id: name.into(), username: name.into(), kind: UserKind::Human, ..administrator() };
            people.push(Arc::new(repository.create_account(&Account::new(user)).await?.user));
        }
        let others = || people[1..].iter().map(|user| User::clone(user)).collect();
        let create = |chat| {
            let name = format!("chat {chat}");
            let made = Action::Create { kind: ChatKind::Group, name, description: None, members: others() };
            change(&people[0], &id(chat), made)
        };
        commit(&repository, (0..self.chats).map(create)).await?;
        for chat in 0..self.chats {
            // The first chats have one more if the messages cannot be divided evenly.
            let count = self.messages / self.chats + u64::from(chat < self.messages % self.chats);
            let sent = (0..count).map(|place| message(&people[(place % 3) as usize], chat, place));
            commit(&repository, sent).await?;
            let reacted = (0..count).step_by(DECORATED as usize).map(|place| reacted(&people[2], chat, place));
            commit(&repository, reacted).await?;
        }
        drop(repository);
        line("filled", format!("in {:.1} s", begun.elapsed().as_secs_f64()))?;
        Ok(())
    }
}

fn id(chat: u64) -> String {
    format!("chat-{chat:07}")
}

fn message(sender: &Arc<User>, chat: u64, place: u64) -> Change {
    let mention = if place % DECORATED == 1 { "@ben " } else { "" };
    let draft = Draft {
        within: "message.",
        id: format!("m{place}").into(),
        has_new_id: false,
        role: MessageRole::User,
        content: format!("{mention}message {place} of {chat}: {}", "some words ".repeat(8)),
        group: vec![],
        attachments: vec![],
        reply_to: None,
        metadata: None,
        peer: None,
    };
    change(sender, &id(chat), Action::Send(draft))
}

fn reacted(user: &Arc<User>, chat: u64, place: u64) -> Change {
    let message = format!("m{place}").into();
    change(user, &id(chat), Action::React { message, emoji: "👍".into(), present: true, limit: 50 })
}

async fn commit(repository: &SqliteRepository, changes: impl Iterator<Item = Change>) -> Result<()> {
    let mut changes = changes.peekable();
    while changes.peek().is_some() {
        let part: Vec<Change> = changes.by_ref().take(TOGETHER).collect();
        for result in repository.commit(part.into(), Clock::System.now()).await {
            result?;
        }
    }
    Ok(())
}

/// Runs this program on a SQLite file.
fn pichat(database: &Path, arguments: &[&std::ffi::OsStr]) -> Result<Ran> {
    let mut command = Command::new(std::env::current_exe()?);
    quiet_environment(&mut command);
    command.args(arguments).env("DATABASE_URL", format!("sqlite://{}", database.display()));
    command.env("FILES_URL", "");
    let begun = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let mut peak = 0;
    let status = loop {
        // A process that ended before it was read has no memory any more.
        peak = Process(child.id()).peak().unwrap_or(0).max(peak);
        match child.try_wait()? {
            Some(status) => break status,
            None => std::thread::sleep(LOOK_EVERY),
        }
    };
    let took = begun.elapsed();
    let printed = output(child)?;
    if !status.success() {
        return Err(format!("pichat {arguments:?} failed: {printed}").into());
    }
    Ok(Ran { took, peak, last_line: printed.lines().last().unwrap_or_default().to_owned() })
}

/// Both outputs of a finished process; a few lines each.
fn output(child: Child) -> Result<String> {
    let output = child.wait_with_output()?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr))
}

fn digest(line: &str) -> &str {
    line.rsplit_once("SHA-256 ").map_or("", |(_, digest)| digest)
}
