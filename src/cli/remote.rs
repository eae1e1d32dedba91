use std::io::{BufRead, BufReader, ErrorKind};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use clap::Args;
use futures_util::SinkExt;
use futures_util::stream::{SplitSink, StreamExt};
use serde_json::Value;
use tokio::net::UnixStream;
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;

use super::Failure;
use crate::ops::config::{self, Config, SETTINGS};

pub(super) mod way;

type RemoteSocket = WebSocketStream<Box<dyn way::Way>>;

/// Number of commands sent in one frame.
const TOGETHER: usize = 50;
/// The pause if the server does not suggest one.
const PAUSE_MS: u64 = 250;
/// Time limit for connecting, with the handshakes.
const CONNECT_PATIENCE: Duration = Duration::from_secs(10);
/// The silence after which a server counts as gone; by default it sends a heartbeat every 30 seconds.
const SILENCE_PATIENCE: Duration = Duration::from_secs(120);

/// The heading of the options for the server's address.
const CONNECTION: &str = "Connection";

/// The address of a running server.
#[derive(Clone, Debug, Args)]
pub(super) struct Address {
    /// A running server, for example ws://127.0.0.1:8080/ws or wss://chat.example/ws.
    #[arg(long, global = true, help_heading = CONNECTION, value_parser = way::checked)]
    pub(super) url: Option<String>,
    /// Access token for --url [default: API_TOKEN].
    #[arg(long, global = true, help_heading = CONNECTION)]
    pub(super) token: Option<String>,
}

impl Address {
    /// True if the command line gives the server or the token.
    pub(super) fn is_given(&self) -> bool {
        self.url.is_some() || self.token.is_some()
    }
}

/// The address of this machine's server, from the settings.
pub(super) fn own_url(look: &dyn Fn(&str) -> Option<String>) -> String {
    let port = look("PORT").or_else(|| look("SERVER_PORT")).unwrap_or_else(|| "8080".into());
    let host = look("HOST").filter(|host| host != "0.0.0.0" && host != "::").unwrap_or_else(|| "127.0.0.1".into());
    let host = if host.contains(':') { format!("[{host}]") } else { host };
    let scheme = if look("TLS_CERT").is_some() { "wss" } else { "ws" };
    format!("{scheme}://{host}:{port}/ws")
}

/// A connection that receives only the replies to its own commands.
#[derive(Debug)]
pub(super) struct Remote {
    sink: SplitSink<RemoteSocket, Message>,
    answers: mpsc::UnboundedReceiver<Value>,
}

impl Remote {
    /// Connects to the given server or, over its administration socket or its port, to the one that the settings
    /// describe.
    pub(super) async fn of(address: &Address) -> Result<Remote, Failure> {
        let socket = Config::from_environment()?.admin_socket.filter(|_| !address.is_given());
        if let Some(socket) = &socket
            && let Some(remote) = Remote::by_socket(&socket.path).await?
        {
            return Ok(remote);
        }
        let environment = config::environment()?;
        let look = |name: &str| environment(name).filter(|value| !value.is_empty());
        let url = address.url.clone().unwrap_or_else(|| own_url(&look));
        let token = address.token.clone().or_else(|| look("API_TOKEN"));
        let token = token.ok_or_else(|| {
            let reason = match (&address.url, &socket) {
                (Some(url), _) => format!("{url} needs a token"),
                (None, Some(socket)) => format!("no server answers at {} (ADMIN_SOCKET)", socket.path.display()),
                (None, None) => "there is no administration socket (ADMIN_SOCKET)".to_owned(),
            };
            format!("{reason}: give the token of a moderator or admin with --token, or set API_TOKEN")
        })?;
        Remote::connect(&url, Some(&token)).await
    }

    /// Connects, with or without a token.
    pub(super) async fn connect(url: &str, token: Option<&str>) -> Result<Remote, Failure> {
        let mut request = url.into_client_request()?;
        if let Some(token) = token {
            let value = HeaderValue::from_str(&format!("Bearer {token}"));
            let value = value.map_err(|_| "--token: a token has no blanks, line breaks or control characters")?;
            request.headers_mut().insert("authorization", value);
        }
        let connecting = async {
            let stream = way::open(request.uri()).await?;
            let shaken = tokio_tungstenite::client_async(request, stream).await;
            let (socket, _) = shaken.map_err(|error| way::refusal(url, &error))?;
            Ok(Remote::over(socket))
        };
        let connected = tokio::time::timeout(CONNECT_PATIENCE, connecting).await;
        connected.map_err(|_| format!("{url} does not answer as a WebSocket server"))?
    }

    /// Connects to an administration socket; none if no server listens there.
    pub(super) async fn by_socket(path: &Path) -> Result<Option<Remote>, Failure> {
        let shown = path.display();
        let stream = match UnixStream::connect(path).await {
            Ok(stream) => stream,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused) => {
                return Ok(None);
            }
            Err(error) => {
                let sentence = format!("cannot connect to {shown}: {error}; run this as the server's user or as root");
                return Err(sentence.into());
            }
        };
        let stream: Box<dyn way::Way> = Box::new(stream);
        let shaking = tokio_tungstenite::client_async("ws://localhost/ws", stream);
        let shaken = tokio::time::timeout(CONNECT_PATIENCE, shaking).await;
        let shaken = shaken.map_err(|_| format!("the server at {shown} does not answer"))?;
        let refused =
            |error| format!("the server at {shown} refused: {error}; run this as the server's user or as root");
        let (socket, _) = shaken.map_err(refused)?;
        Ok(Some(Remote::over(socket)))
    }

    fn over(socket: RemoteSocket) -> Remote {
        let (sink, mut stream) = socket.split();
        let (sender, answers) = mpsc::unbounded_channel();
        // Events are read as they come, or the server would have to wait.
        tokio::spawn(async move {
            while let Ok(Some(frame)) = tokio::time::timeout(SILENCE_PATIENCE, stream.next()).await {
                if let Ok(Message::Text(text)) = frame
                    && text.contains("\"requestId\"")
                    && let Ok(answer) = serde_json::from_str(&text)
                {
                    // The caller may have stopped waiting.
                    let _ = sender.send(answer);
                }
            }
        });
        Remote { sink, answers }
    }

    /// Sends a command and returns its reply, which may be an ERROR; waits and retries if the server asks for it.
    pub(super) async fn ask(&mut self, command: Value) -> Result<Value, Failure> {
        self.ask_within(command, u64::MAX).await
    }

    /// Like [`Self::ask`], but returns the ERROR if the server asks for a longer wait than this.
    pub(super) async fn ask_within(&mut self, mut command: Value, longest_ms: u64) -> Result<Value, Failure> {
        command["requestId"] = 0.into();
        loop {
            self.sink.send(Message::text(command.to_string())).await?;
            let answer = self.answer().await?;
            match wait(&answer) {
                Some(millis) if millis <= longest_ms => {
                    tokio::time::sleep(std::time::Duration::from_millis(millis)).await;
                }
                _ => return Ok(answer),
            }
        }
    }

    /// Sends a command that must succeed.
    pub(super) async fn command(&mut self, command: Value) -> Result<Value, Failure> {
        success(self.ask(command).await?)
    }

    /// Sends commands that must succeed, many in a frame; rate-limited ones are repeated.
    pub(super) async fn commands(&mut self, mut commands: Vec<Value>) -> Result<(), Failure> {
        while !commands.is_empty() {
            let mut later = vec![];
            for part in commands.chunks_mut(TOGETHER) {
                part.iter_mut().enumerate().for_each(|(place, command)| command["requestId"] = place.into());
                self.sink.send(Message::text(Value::from(part.to_vec()).to_string())).await?;
                for command in part {
                    match self.answer().await? {
                        answer if wait(&answer).is_some() => later.push(command.clone()),
                        answer if answer["type"] == "ERROR" => {
                            return Err(format!("{command} was refused: {answer}").into());
                        }
                        _ => {}
                    }
                }
            }
            commands = later;
            if !commands.is_empty() {
                tokio::time::sleep(std::time::Duration::from_millis(PAUSE_MS)).await;
            }
        }
        Ok(())
    }

    async fn answer(&mut self) -> Result<Value, Failure> {
        self.answers.recv().await.ok_or_else(|| "the server closed the connection or stopped answering".into())
    }
}

/// A reply that is not an ERROR.
///
/// # Errors
/// The code and message of an ERROR.
pub(super) fn success(answer: Value) -> Result<Value, Failure> {
    if answer["type"] != "ERROR" {
        return Ok(answer);
    }
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    Err(format!("{}: {}", text("code"), text("error")).into())
}

/// The pause that the server asks for in milliseconds, if any.
pub(super) fn wait(answer: &Value) -> Option<u64> {
    let busy = answer["code"] == "RATE_LIMITED" || answer["code"] == "UNAVAILABLE";
    (answer["type"] == "ERROR" && busy).then(|| answer["retryAfterMs"].as_u64().unwrap_or(PAUSE_MS))
}

/// A separate server over the configured storage, without rate limits, stopped when this is dropped.
#[derive(Debug)]
pub(super) struct Own {
    child: Child,
    /// The server's address.
    pub(super) url: String,
}

impl Own {
    pub(super) fn start() -> Result<Own, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        let unlimited =
            ["COMMANDS_PER_SECOND", "SIGN_UPS_PER_HOUR", "LOGIN_ATTEMPTS_PER_MINUTE", "MAX_CONNECTIONS_PER_USER"];
        command.arg("serve").envs(unlimited.map(|name| (name, "0")));
        command.envs([("HOST", "127.0.0.1"), ("PORT", "0"), ("ALLOW_SIGN_UP", "true"), ("LOG_LEVEL", "error")]);
        // Only this process connects, so no certificate is needed.
        let quiet = SETTINGS.iter().filter(|setting| ["TLS_CERT", "TLS_KEY"].contains(&setting.name));
        command.envs(quiet.map(|setting| (setting.name, "")));
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        let output = child.stdout.take().ok_or("the server has no standard output")?;
        BufReader::new(output).read_line(&mut line)?;
        let url = line.trim().rsplit(' ').next().unwrap_or_default().to_owned();
        match url.starts_with("ws://") {
            true => Ok(Own { child, url }),
            false => {
                child.wait()?;
                Err("cannot start a server on the configured storage; if one is running, give its address with --url"
                    .into())
            }
        }
    }

    /// Stops the server after it has written everything that is queued.
    pub(super) fn stop(mut self) -> Result<(), Failure> {
        let id = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw);
        if let Some(id) = id {
            rustix::process::kill_process(id, rustix::process::Signal::TERM)?;
        }
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        // It may already have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
