//! A bot that answers mentions word by word, so that others read along while it thinks.
//!
//! `PICHAT_URL` (default `ws://127.0.0.1:8080/ws`) and `BOT_TOKEN` say where and who. The answer comes from [`model`]:
//! put a call to a language model there. This one needs no network and is not very bright.
//!
//! The bot keeps its place on the server: it marks a question as read once it is answered. After a lost connection or a
//! restart it goes on with the first unread message, and the id of an answer, made from that of the question, keeps it
//! from being stored twice.

#![expect(clippy::print_stdout, reason = "an example tells people what it does")]

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{self, Stream};
use futures_util::{SinkExt, StreamExt};
use rustls_platform_verifier::ConfigVerifierExt;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::sleep;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_tungstenite::tungstenite::{self, Message, client::IntoClientRequest};
use tokio_tungstenite::{WebSocketStream, client_async};

const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// Messages in one page of history.
const PAGE: usize = 200;
const MAX_ID_CHARS: usize = 128;

/// The answer to a question, piece by piece.
fn model(question: &str) -> impl Stream<Item = String> + Unpin {
    let words: Vec<&str> = question.split_whitespace().filter(|word| !word.starts_with('@')).collect();
    let answer = format!("You said: {} – I will think about it.", words.join(" "));
    let pieces: Vec<String> = answer.split_inclusive(' ').map(str::to_owned).collect();
    stream::iter(pieces)
}

/// The reason for a failure.
#[derive(Debug)]
enum Failure {
    /// The server refused a command; the next one may succeed.
    Refused { code: String, sentence: String },
    /// The connection was lost; another may work.
    Lost(String),
    /// The credentials or the address are wrong: trying again is pointless.
    Final(String),
}

type Result<T> = std::result::Result<T, Failure>;

fn lost(error: impl std::fmt::Display) -> Failure {
    Failure::Lost(error.to_string())
}

fn fatal(sentence: &str) -> Failure {
    Failure::Final(sentence.to_owned())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut pause = FIRST_PAUSE;
    loop {
        let problem = match Bot::connect().await {
            Ok(mut bot) => {
                pause = FIRST_PAUSE;
                bot.run().await.unwrap_or_else(|failure| failure)
            }
            Err(failure) => failure,
        };
        match problem {
            Failure::Final(sentence) => {
                eprintln!("{sentence}");
                std::process::exit(1);
            }
            Failure::Lost(sentence) | Failure::Refused { sentence, .. } => eprintln!("{sentence}; trying again"),
        }
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// The stream below a socket: TCP, or TLS over TCP.
trait Transport: AsyncRead + AsyncWrite + Unpin {}

impl<T: AsyncRead + AsyncWrite + Unpin> Transport for T {}

struct Bot {
    socket: WebSocketStream<Box<dyn Transport>>,
    me: Value,
    /// Chats that may have unread messages.
    chats: BTreeSet<String>,
    /// Any other chat may have some too: at first, and after LAGGED without a chat.
    is_behind: bool,
    /// Events that arrived while a reply was awaited.
    events: VecDeque<Value>,
}

impl Bot {
    async fn connect() -> Result<Bot> {
        let url = std::env::var("PICHAT_URL").unwrap_or_else(|_| "ws://127.0.0.1:8080/ws".into());
        let token = std::env::var("BOT_TOKEN").map_err(|_| fatal("set BOT_TOKEN to the bot's token"))?;
        let mut request = url.into_client_request().map_err(|error| fatal(&format!("PICHAT_URL: {error}")))?;
        let bearer = format!("Bearer {token}").parse().map_err(|_| fatal("BOT_TOKEN is not a token"))?;
        request.headers_mut().insert("authorization", bearer);
        let is_secure = request.uri().scheme_str() == Some("wss");
        let host = request.uri().host().ok_or_else(|| fatal("PICHAT_URL has no host"))?.to_owned();
        let port = request.uri().port_u16().unwrap_or(if is_secure { 443 } else { 80 });
        let stream = open(host.trim_matches(['[', ']']), port, is_secure).await?;
        let (socket, _) = client_async(request, stream).await.map_err(refusal)?;
        let mut bot = Bot { socket, me: Value::Null, chats: BTreeSet::new(), is_behind: true, events: VecDeque::new() };
        bot.me = bot.read().await?["user"].clone();
        println!("{} is listening", bot.mention());
        Ok(bot)
    }

    fn mention(&self) -> String {
        format!("@{}", self.me["username"].as_str().unwrap_or_default())
    }

    /// Answers unread messages, then new ones; returns the reason of its end.
    async fn run(&mut self) -> Result<Failure> {
        loop {
            while let Some(event) = self.events.pop_front() {
                self.note(&event);
            }
            if std::mem::take(&mut self.is_behind) {
                self.find_unread().await?;
            }
            let Some(chat) = self.chats.pop_first() else {
                let event = self.read().await?;
                self.note(&event);
                continue;
            };
            match self.catch_up(&chat).await {
                // Removed from the chat, for instance: the others go on.
                Err(Failure::Refused { code, sentence }) => eprintln!("{chat}: {code}: {sentence}"),
                result => result?,
            }
        }
    }

    /// Notes which chat an event says to look at.
    fn note(&mut self, event: &Value) {
        let is_news = matches!(event["type"].as_str(), Some("NEW_MESSAGE" | "NEW_CHAT" | "LAGGED"));
        match event["chatId"].as_str() {
            Some(chat) if is_news => drop(self.chats.insert(chat.to_owned())),
            None if event["type"] == "LAGGED" => self.is_behind = true,
            _ => {}
        }
    }

    async fn find_unread(&mut self) -> Result<()> {
        let mut command = json!({"type":"GET_CHATS","limit":PAGE});
        loop {
            let page = self.ask(&command).await?;
            let chats = page["chats"].as_array().into_iter().flatten();
            let unread = chats.filter(|chat| chat["unreadCount"].as_u64().unwrap_or(0) > 0);
            self.chats.extend(unread.filter_map(|chat| chat["id"].as_str().map(str::to_owned)));
            match page["nextCursor"].as_str() {
                Some(cursor) => command["cursor"] = json!(cursor),
                None => return Ok(()),
            }
        }
    }

    /// Answers the unread messages of a chat, and marks them as read.
    async fn catch_up(&mut self, chat: &str) -> Result<()> {
        let mut seq = self.ask(&json!({"type":"GET_CHAT","chatId":chat})).await?["chat"]["readSeq"].clone();
        loop {
            let command = json!({"type":"GET_CHAT_HISTORY","chatId":chat,"after":seq,"limit":PAGE});
            let page = self.ask(&command).await?;
            for message in page["messages"].as_array().into_iter().flatten() {
                if self.is_asked(message) {
                    self.answer(message).await?;
                }
                seq = message["seq"].clone();
                self.ask(&json!({"type":"MARK_READ","chatId":chat,"seq":seq})).await?;
            }
            if page["hasMore"] != true {
                return Ok(());
            }
        }
    }

    fn is_asked(&self, message: &Value) -> bool {
        let mentions = message["mentions"].as_array();
        message["sender"]["id"] != self.me["id"] && mentions.is_some_and(|users| users.contains(&self.me["id"]))
    }

    /// Streams an answer until it is complete, or until somebody has heard enough.
    async fn answer(&mut self, question: &Value) -> Result<()> {
        let chat = &question["chatId"];
        let id = answer_id(question["id"].as_str().unwrap_or_default());
        let start = json!({"type":"START_STREAM","chatId":chat,"message":{"id":id,"replyTo":question["id"]}});
        match self.ask(&start).await {
            // The answer is stored already.
            Err(Failure::Refused { code, .. }) if code == "CONFLICT" => return Ok(()),
            started => started?,
        };
        let mut pieces = model(question["content"].as_str().unwrap_or_default());
        while let Some(content) = pieces.next().await {
            self.ask(&json!({"type":"APPEND_STREAM","chatId":chat,"messageId":id,"content":content})).await?;
            let is_stop = |event: &Value| event["type"] == "STOP_REQUESTED" && event["messageId"] == id;
            if self.events.iter().any(is_stop) {
                break;
            }
        }
        self.ask(&json!({"type":"END_STREAM","chatId":chat,"messageId":id})).await.map(drop)
    }

    /// Sends a command and returns its reply; waits as long as the server asks for.
    async fn ask(&mut self, command: &Value) -> Result<Value> {
        let mut command = command.clone();
        command["requestId"] = json!("ask");
        loop {
            self.socket.send(Message::text(command.to_string())).await.map_err(lost)?;
            let reply = loop {
                let frame = self.read().await?;
                if frame["requestId"] == "ask" {
                    break frame;
                }
                self.events.push_back(frame);
            };
            if reply["type"] != "ERROR" {
                return Ok(reply);
            }
            let code = reply["code"].as_str().unwrap_or_default();
            if !matches!(code, "RATE_LIMITED" | "UNAVAILABLE") {
                let sentence = reply["error"].as_str().unwrap_or_default().to_owned();
                return Err(Failure::Refused { code: code.to_owned(), sentence });
            }
            sleep(Duration::from_millis(reply["retryAfterMs"].as_u64().unwrap_or(1000))).await;
        }
    }

    async fn read(&mut self) -> Result<Value> {
        loop {
            match self.socket.next().await.ok_or_else(|| lost("the server closed the connection"))?.map_err(lost)? {
                Message::Text(text) => return serde_json::from_str(&text).map_err(lost),
                Message::Close(close) => {
                    let reason = close.map_or_else(String::new, |close| format!("{} {}", close.code, close.reason));
                    return Err(lost(format!("the server closed the connection: {reason}")));
                }
                _ => {}
            }
        }
    }
}

async fn open(host: &str, port: u16, is_secure: bool) -> Result<Box<dyn Transport>> {
    let stream = TcpStream::connect((host, port)).await.map_err(lost)?;
    if !is_secure {
        return Ok(Box::new(stream));
    }
    let config = ClientConfig::with_platform_verifier().map_err(lost)?;
    let name = ServerName::try_from(host.to_owned()).map_err(lost)?;
    let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await;
    Ok(Box::new(stream.map_err(lost)?))
}

/// A handshake the server refused: its sentence, and whether trying again is pointless.
fn refusal(error: tungstenite::Error) -> Failure {
    let tungstenite::Error::Http(response) = error else { return lost(error) };
    let body: Value = serde_json::from_slice(response.body().as_deref().unwrap_or_default()).unwrap_or_default();
    let status = response.status();
    let sentence = body["error"].as_str().map_or_else(|| format!("the server answers {status}"), str::to_owned);
    match status.is_client_error() && status != tungstenite::http::StatusCode::TOO_MANY_REQUESTS {
        true => Failure::Final(sentence),
        false => Failure::Lost(sentence),
    }
}

/// The id of the answer to a message: the same each time, so that the answer is stored once.
fn answer_id(question: &str) -> String {
    let prefix = "answer-";
    // Ids are ASCII. One near the limit gives up its beginning, which differs least between ids.
    let excess = (prefix.len() + question.len()).saturating_sub(MAX_ID_CHARS);
    format!("{prefix}{}", &question[excess..])
}
