//! Requests that might cost a server more than they should, each repeated over and over.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use super::super::Result;
use super::super::client::{Client, text};
use super::super::target::Target;

/// Number of connections that an attacker keeps open without using them.
const HELD: usize = 200;
/// Number of frames that a flood sends in one write.
const FRAMES: usize = 100;
/// The time after which an attacker gives up on a request.
const PATIENCE: Duration = Duration::from_secs(5);

/// A kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attack {
    WrongPasswords,
    LogIns,
    WrongTokens,
    ManyFields,
    UnreadSettings,
    Searches,
    DeepPages,
    UnfinishedBodies,
    UnfinishedHeads,
    UnreadResponses,
    WideSyncs,
    BadFrames,
    Floods,
    LargeFrames,
    SignUps,
    NewChats,
    Exports,
}

impl Attack {
    pub(super) const ALL: [Attack; 17] = [
        Attack::WrongPasswords,
        Attack::LogIns,
        Attack::WrongTokens,
        Attack::ManyFields,
        Attack::UnreadSettings,
        Attack::Searches,
        Attack::DeepPages,
        Attack::UnfinishedBodies,
        Attack::UnfinishedHeads,
        Attack::UnreadResponses,
        Attack::WideSyncs,
        Attack::BadFrames,
        Attack::Floods,
        Attack::LargeFrames,
        Attack::SignUps,
        Attack::NewChats,
        Attack::Exports,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Attack::WrongPasswords => "wrong current passwords",
            Attack::LogIns => "log-ins with wrong passwords",
            Attack::WrongTokens => "wrong tokens",
            Attack::ManyFields => "commands with 20,000 fields",
            Attack::UnreadSettings => "settings for a device that reads nothing",
            Attack::Searches => "searches of two letters",
            Attack::DeepPages => "numbered pages of a search in a chat",
            Attack::UnfinishedBodies => "bodies that do not arrive",
            Attack::UnfinishedHeads => "heads that do not arrive",
            Attack::UnreadResponses => "responses that are not read",
            Attack::WideSyncs => "SYNC of 2,000 unknown chats",
            Attack::BadFrames => "bad frames without credentials",
            Attack::Floods => "pings without credentials",
            Attack::LargeFrames => "large frames without credentials",
            Attack::SignUps => "sign-ups",
            Attack::NewChats => "new channels",
            Attack::Exports => "exports",
        }
    }
}

/// A hostile user with an address of their own.
#[derive(Debug)]
pub(super) struct Attacker {
    pub(super) target: Arc<Target>,
    pub(super) source: IpAddr,
    pub(super) token: String,
    pub(super) username: String,
    /// A chat with many messages.
    pub(super) chat: String,
    known: Option<Client>,
    stranger: Option<Client>,
    /// A second device that reads nothing.
    sleeper: Option<Client>,
    held: VecDeque<TcpStream>,
}

impl Attacker {
    pub(super) fn new(target: Arc<Target>, source: IpAddr, token: &str, username: &str, chat: &str) -> Attacker {
        Attacker {
            target,
            source,
            token: token.to_owned(),
            username: username.to_owned(),
            chat: chat.to_owned(),
            known: None,
            stranger: None,
            sleeper: None,
            held: VecDeque::new(),
        }
    }

    /// Makes one request, or one write of many; returns their number. A refusal counts as an answer.
    pub(super) async fn strike(&mut self, attack: Attack) -> u64 {
        let requests = if matches!(attack, Attack::BadFrames | Attack::Floods) { FRAMES as u64 } else { 1 };
        let done = timeout(PATIENCE, self.attempt(attack)).await;
        if !matches!(done, Ok(Ok(()))) {
            // The server may have closed the connection, so the next request opens another one.
            self.known = None;
            self.stranger = None;
        }
        requests
    }

    async fn attempt(&mut self, attack: Attack) -> Result<()> {
        let chat = self.chat.clone();
        match attack {
            Attack::WrongPasswords => {
                let passwords =
                    json!({"type":"CHANGE_PASSWORD","currentPassword":"wrong","newPassword":"a long password"});
                self.command(passwords).await
            }
            Attack::LogIns => {
                let credentials = json!({"type":"LOG_IN","username":self.username,"password":"wrong"});
                self.post("", &credentials.to_string()).await
            }
            Attack::WrongTokens => self.post("not-a-token-of-anybody", r#"{"type":"PING"}"#).await,
            Attack::ManyFields => {
                let fields: String = (0..20_000).map(|number| format!(",\"f{number}\":1")).collect();
                let token = self.token.clone();
                self.post(&token, &format!("{{\"type\":\"PING\"{fields}}}")).await
            }
            Attack::UnreadSettings => {
                if self.sleeper.is_none() {
                    self.sleeper = Some(self.connect(true).await?);
                }
                self.command(json!({"type":"UPDATE_SETTINGS","settings":{"text":"s".repeat(15_000)}})).await
            }
            Attack::Searches => self.command(json!({"type":"SEARCH_MESSAGES","query":"be"})).await,
            Attack::DeepPages => {
                self.command(json!({"type":"GET_CHAT_HISTORY","chatId":chat,"search":"be","page":50})).await
            }
            Attack::UnfinishedBodies => {
                self.hold(b"POST /command HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n{").await
            }
            Attack::UnfinishedHeads => self.hold(b"POST /command HTTP/1.1\r\nHost: x\r\nX-Slow: ").await,
            Attack::UnreadResponses => self.hold(b"GET /asyncapi.json HTTP/1.1\r\nHost: x\r\n\r\n").await,
            Attack::WideSyncs => {
                let chats: serde_json::Map<String, Value> =
                    (0..2000).map(|number| (format!("unknown-{number}"), json!(0))).collect();
                self.command(json!({"type":"SYNC","chats":chats})).await
            }
            Attack::BadFrames => self.flood(r#"{"a":1}"#).await,
            Attack::Floods => self.flood(r#"{"type":"PING"}"#).await,
            Attack::LargeFrames => {
                self.stranger = None;
                self.flood(&" ".repeat(200_000 / FRAMES)).await
            }
            Attack::SignUps => {
                let name = uuid::Uuid::new_v4().simple().to_string();
                let account = json!({"type":"SIGN_UP","username":&name[..20],"password":"a long password"});
                self.post("", &account.to_string()).await
            }
            Attack::NewChats => self.command(json!({"type":"CREATE_CHAT","kind":"channel","name":new_name()})).await,
            Attack::Exports => self.command(json!({"type":"EXPORT_MY_DATA"})).await,
        }
    }

    async fn connect(&self, is_known: bool) -> Result<Client> {
        Client::connect_from(&self.target, if is_known { &self.token } else { "" }, Some(self.source)).await
    }

    /// Sends a command as a user; the reply may be a refusal.
    async fn command(&mut self, command: Value) -> Result<()> {
        let mut client = match self.known.take() {
            Some(client) => client,
            None => self.connect(true).await?,
        };
        client.answer(command).await?;
        self.known = Some(client);
        Ok(())
    }

    /// Sends many frames without credentials, and reads nothing.
    async fn flood(&mut self, frame: &str) -> Result<()> {
        let mut client = match self.stranger.take() {
            Some(client) => client,
            None => self.connect(false).await?,
        };
        client.send(&text(frame)?.repeat(FRAMES)).await?;
        client.discard()?;
        self.stranger = Some(client);
        Ok(())
    }

    async fn stream(&self) -> Result<TcpStream> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((self.source, 0).into())?;
        Ok(socket.connect(self.target.address).await?)
    }

    async fn hold(&mut self, beginning: &[u8]) -> Result<()> {
        let mut stream = self.stream().await?;
        stream.write_all(beginning).await?;
        self.held.push_back(stream);
        if self.held.len() > HELD {
            self.held.pop_front();
        }
        Ok(())
    }

    async fn post(&self, token: &str, body: &str) -> Result<()> {
        let mut stream = self.stream().await?;
        let credentials = if token.is_empty() { String::new() } else { format!("Authorization: Bearer {token}\r\n") };
        let head = format!(
            "POST /command HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{credentials}Content-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(body.as_bytes()).await?;
        stream.read_to_end(&mut vec![]).await?;
        Ok(())
    }
}

fn new_name() -> String {
    uuid::Uuid::new_v4().to_string()
}
