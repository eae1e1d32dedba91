use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::client::PATIENCE;
use super::{ADMIN_TOKEN, Client};

/// The real binary on a free port, with its database in a folder of the test. Killed on drop.
pub struct Process {
    child: Child,
    /// The address it listens on, with its port.
    pub address: String,
}

/// The real binary with nothing in its environment but what tests set.
pub fn command(folder: &Path, program: &str, own: &[(&str, &str)]) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let settings = [("PORT", "0"), ("API_TOKEN", ADMIN_TOKEN), ("COMMANDS_PER_SECOND", "0"), ("LOG_LEVEL", "error")];
    let patient = [("MAX_CONNECTIONS_PER_USER", "0"), ("AUTHENTICATE_WITHIN_SECONDS", "60")];
    command.envs(settings).envs(patient).envs(own.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The path of the binary.
pub const BINARY: &str = env!("CARGO_BIN_EXE_pichat");

impl Process {
    /// A server with these settings in addition to those of tests.
    pub async fn start(folder: &Path, own: &[(&str, &str)]) -> Process {
        Process::spawn(command(folder, BINARY, own)).await
    }

    /// Starts a server by that command and waits until it listens.
    pub async fn spawn(mut command: Command) -> Process {
        command.stderr(Stdio::inherit());
        Process::spawn_with_its_log(command).await
    }

    /// Starts a server by that command, which sets the log destination.
    pub async fn spawn_with_its_log(mut command: Command) -> Process {
        let mut child = command.spawn().expect("the binary starts");
        let stdout = child.stdout.take().expect("its output");
        let reading = tokio::task::spawn_blocking(move || {
            let mut line = String::new();
            BufReader::new(stdout).read_line(&mut line).expect("its first line");
            line
        });
        let line = tokio::time::timeout(PATIENCE, reading).await.expect("a start in time").expect("a line");
        let address = line.split("://").nth(1).and_then(|rest| rest.split('/').next());
        Process { child, address: address.unwrap_or_else(|| panic!("it is not listening: {line:?}")).to_owned() }
    }

    /// The address of the WebSocket.
    pub fn url(&self) -> String {
        format!("ws://{}/ws", self.address)
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.address.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port")
    }

    /// A new user of that name on a new connection, after CONNECTED.
    pub async fn user(&self, name: &str) -> Client {
        let mut admin = Client::greeted(&self.url(), ADMIN_TOKEN).await;
        let secret = admin.token_of(name).await;
        Client::greeted(&self.url(), &secret).await
    }

    /// Kills it without warning.
    pub fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it has ended");
    }

    /// Its peak memory use in bytes.
    pub fn peak_memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("its state");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its peak");
        line.trim().trim_end_matches(" kB").parse::<usize>().expect("a number") << 10
    }

    /// Asks it to stop.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    /// Suspends it until it is resumed.
    pub fn pause(&self) {
        self.signal("STOP");
    }

    /// Resumes it.
    pub fn go_on(&self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("sh").arg("-c").arg(format!("kill -{name} {}", self.child.id())).status();
        assert!(sent.expect("a shell").success());
    }

    /// Waits until it has exited, for a limited time.
    pub async fn ended(&mut self, within: Duration) -> ExitStatus {
        ended(&mut self.child, within).await
    }
}

async fn ended(child: &mut Child, within: Duration) -> ExitStatus {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("its state") {
            return status;
        }
        assert!(begun.elapsed() < within, "the process did not exit within {within:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Runs the binary to completion; returns its standard output and standard error.
pub async fn refusal(mut command: Command) -> (String, String) {
    let mut child = command.spawn().expect("the binary starts");
    let status = ended(&mut child, PATIENCE).await;
    let mut said = String::new();
    let mut complained = String::new();
    child.stdout.take().expect("its output").read_to_string(&mut said).expect("text");
    child.stderr.take().expect("its errors").read_to_string(&mut complained).expect("text");
    assert!(!status.success(), "it should have refused to start: {said}");
    (said, complained)
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have exited already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
