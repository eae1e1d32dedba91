//! A bot that answers when it is mentioned, word by word, so that others can read along.
//!
//! Set BOT_TOKEN, and PICHAT_URL if the server is not at ws://127.0.0.1:8080/ws. The text comes from [`model`]: call
//! your language model there. This one needs no network and is not very bright.

use std::collections::VecDeque;
use std::error::Error;

use futures_util::stream::{self, Stream};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};
use tokio_tungstenite::{WebSocketStream, client_async};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The answer to a question, in pieces.
fn model(question: &str) -> impl Stream<Item = String> + Unpin {
    let words: Vec<&str> = question.split_whitespace().filter(|word| !word.starts_with('@')).collect();
    let answer = format!("You said: {} – I will think about it.", words.join(" "));
    let pieces: Vec<String> = answer.split_inclusive(' ').map(str::to_owned).collect();
    stream::iter(pieces)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let mut bot = Bot::connect().await?;
    let me = bot.read().await?["user"].clone();
    let mention = format!("@{}", me["username"].as_str().unwrap_or_default());
    eprintln!("{mention} is listening");
    loop {
        let event = match bot.waiting.pop_front() {
            Some(event) => event,
            None => bot.read().await?,
        };
        let message = &event["message"];
        let is_meant = message["content"].as_str().is_some_and(|said| said.contains(&mention));
        if event["type"] == "NEW_MESSAGE" && message["sender"]["id"] != me["id"] && is_meant {
            bot.answer(message).await?;
        }
    }
}

struct Bot {
    socket: WebSocketStream<TcpStream>,
    /// Events that arrived during an answer.
    waiting: VecDeque<Value>,
}

impl Bot {
    async fn connect() -> Result<Bot> {
        let url = std::env::var("PICHAT_URL").unwrap_or_else(|_| "ws://127.0.0.1:8080/ws".into());
        let mut request = url.into_client_request()?;
        let token = format!("Bearer {}", std::env::var("BOT_TOKEN")?);
        request.headers_mut().insert("authorization", token.parse()?);
        let address = request.uri().authority().ok_or("PICHAT_URL has no address")?.to_string();
        let (socket, _) = client_async(request, TcpStream::connect(address).await?).await?;
        Ok(Bot { socket, waiting: VecDeque::new() })
    }

    /// Streams an answer until it is complete or somebody stops it.
    async fn answer(&mut self, question: &Value) -> Result<()> {
        let chat = &question["chatId"];
        let begin = json!({"type":"START_STREAM","chatId":chat,"message":{"replyTo":question["id"]}});
        let id = self.ask(begin).await?["messageId"].clone();
        let mut pieces = model(question["content"].as_str().unwrap_or_default());
        while let Some(content) = pieces.next().await {
            self.ask(json!({"type":"APPEND_STREAM","chatId":chat,"messageId":id,"content":content})).await?;
            let enough = |event: &Value| event["type"] == "STOP_REQUESTED" && event["messageId"] == id;
            if self.waiting.iter().any(enough) {
                break;
            }
        }
        self.ask(json!({"type":"END_STREAM","chatId":chat,"messageId":id})).await.map(drop)
    }

    /// Sends a command and returns its reply; events that arrive before it are kept.
    async fn ask(&mut self, mut command: Value) -> Result<Value> {
        command["requestId"] = json!("ask");
        self.socket.send(Message::text(command.to_string())).await?;
        loop {
            let frame = self.read().await?;
            match frame["requestId"] == "ask" {
                true if frame["type"] == "ERROR" => return Err(frame.to_string().into()),
                true => return Ok(frame),
                false => self.waiting.push_back(frame),
            }
        }
    }

    async fn read(&mut self) -> Result<Value> {
        loop {
            match self.socket.next().await.ok_or("the server closed the connection")?? {
                Message::Text(text) => return Ok(serde_json::from_str(&text)?),
                Message::Close(close) => return Err(format!("closed: {close:?}").into()),
                _ => {}
            }
        }
    }
}
