use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use uuid::Uuid;

use super::process::Process;
use super::{BenchPlace, Result};
use crate::ops::config::SETTINGS;

/// The token of the administrator of a started server.
const TOKEN: &str = "administrator-of-the-benchmark-runs";

/// A server to be measured.
#[derive(Debug)]
pub(super) struct Target {
    /// The server's address.
    pub(super) address: SocketAddr,
    /// The administrator's token.
    pub(super) token: String,
    /// The server's process, if it is known.
    pub(super) process: Option<Process>,
    _own: Option<OwnServer>,
}

/// A child process and the folder of its uploaded files, both removed when this is dropped.
#[derive(Debug)]
struct OwnServer {
    process: Child,
    _files: Folder,
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        // The process may already have ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A folder, which is deleted when this is dropped.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(place: &BenchPlace) -> Result<Folder> {
        Folder::within(&place.directory)
    }

    fn within(directory: &Path) -> Result<Folder> {
        let path = directory.join(format!("pichat-bench-{}", Uuid::now_v7()));
        fs::create_dir_all(&path).map_err(|error| format!("cannot create {}: {error}", path.display()))?;
        Ok(Folder(path.canonicalize()?))
    }

    /// The database of a server that the benchmark started.
    pub(super) fn database(&self) -> PathBuf {
        self.0.join("pichat.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("cannot delete {}: {error}", self.0.display());
        }
    }
}

impl Target {
    /// The running server given on the command line, or a new one over the database in `folder`.
    pub(super) fn of(place: &BenchPlace, folder: &Folder) -> Result<Target> {
        match (&place.url, &place.token) {
            (None, _) => {
                let file = || format!("sqlite://{}", folder.database().display());
                Target::start(&["serve"], Some(&place.database.clone().unwrap_or_else(file)))
            }
            (Some(_), None) => Err("with --url, give --token, the token of an admin of that server".into()),
            (Some(url), Some(token)) => {
                let address = loopback(url)?;
                let process = place.pid.map(Process);
                Ok(Target { address, token: token.clone(), process, _own: None })
            }
        }
    }

    /// The running server given on the command line, or a new one with the default limits over the database in
    /// `folder`.
    pub(super) fn guarded(place: &BenchPlace, folder: &Folder) -> Result<Target> {
        if place.url.is_some() {
            return Target::of(place, folder);
        }
        let file = || format!("sqlite://{}", folder.database().display());
        Target::launch(&["serve"], Some(&place.database.clone().unwrap_or_else(file)), &[])
    }

    /// The server, and its other nodes.
    pub(super) fn several(place: &BenchPlace, folder: &Folder, nodes: &[String]) -> Result<Vec<Target>> {
        if place.url.is_none() && !nodes.is_empty() {
            return Err("with --node, give --url for the first node".into());
        }
        let mut targets = vec![Target::of(place, folder)?];
        for url in nodes {
            let address = loopback(url)?;
            let token = targets[0].token.clone();
            targets.push(Target { address, token, process: None, _own: None });
        }
        Ok(targets)
    }

    /// Fetches an HTTP page from the server.
    pub(super) async fn page(&self, path: &str) -> Result<String> {
        let mut stream = TcpStream::connect(self.address).await?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        let (_, body) = answer.split_once("\r\n\r\n").ok_or("no page")?;
        Ok(body.to_owned())
    }

    /// This program in a child process, without limits.
    pub(super) fn start(arguments: &[&str], database: Option<&str>) -> Result<Target> {
        const NO_LIMITS: [(&str, &str); 5] = [
            ("COMMANDS_PER_SECOND", "0"),
            ("MAX_CONNECTIONS_PER_USER", "0"),
            ("LOGIN_ATTEMPTS_PER_MINUTE", "0"),
            ("SIGN_UPS_PER_HOUR", "0"),
            ("MAX_ANONYMOUS_CONNECTIONS_PER_ADDRESS", "0"),
        ];
        Target::launch(arguments, database, &NO_LIMITS)
    }

    fn launch(arguments: &[&str], database: Option<&str>, settings: &[(&str, &str)]) -> Result<Target> {
        let mut command = Command::new(std::env::current_exe()?);
        quiet_environment(&mut command);
        command.args(arguments);
        command.envs([("PORT", "0"), ("API_TOKEN", TOKEN), ("LOG_LEVEL", "warn")]);
        command.envs(settings.iter().copied());
        if let Some(database) = database {
            command.env("DATABASE_URL", database);
        }
        // The default may be the folder of another server.
        let files = Folder::within(&std::env::temp_dir())?;
        command.env("FILES_URL", format!("file://{}", files.0.display()));
        let process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut child = OwnServer { process, _files: files };
        let mut greeting = String::new();
        let output = child.process.stdout.take().ok_or("no output")?;
        BufReader::new(output).read_line(&mut greeting)?;
        let url = greeting.trim().rsplit(' ').next().unwrap_or_default();
        let address = loopback(url).map_err(|_| "the server did not start")?;
        let process = Some(Process(child.process.id()));
        Ok(Target { address, token: TOKEN.into(), process, _own: Some(child) })
    }
}

/// Clears every setting, so that a nearby `.env` has no effect.
pub(super) fn quiet_environment(command: &mut Command) {
    command.envs(SETTINGS.iter().map(|setting| (setting.name, "")));
    command.envs(SETTINGS.iter().filter_map(|setting| Some((setting.other_name?, ""))));
}

fn loopback(url: &str) -> Result<SocketAddr> {
    let authority = url.strip_prefix("ws://").and_then(|rest| rest.strip_suffix("/ws"));
    let authority = authority.ok_or_else(|| format!("write {url:?} as ws://127.0.0.1:8080/ws"))?;
    let address = authority.to_socket_addrs()?.find(|address| address.ip().is_loopback());
    address.ok_or_else(|| format!("{authority} is not on this machine; other machines must not be loaded").into())
}
