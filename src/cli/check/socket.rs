use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::cli::remote::way::{self, Way};

use super::Result;

/// The time limit for the greeting.
const GREETED_WITHIN: Duration = Duration::from_secs(5);
/// The time limit for a reply, after which the client tries another node.
const ANSWERED_WITHIN: Duration = Duration::from_secs(10);

/// A client's connection to a node.
#[derive(Debug)]
pub(super) struct NodeSocket {
    stream: WebSocketStream<Box<dyn Way>>,
    asked: u64,
}

impl NodeSocket {
    /// Connects with the token and reads the greeting.
    pub(super) async fn connect(url: &str, token: &str) -> Result<NodeSocket> {
        NodeSocket::open(url, Some(token)).await
    }

    /// Connects, with or without a token, and reads the greeting.
    pub(super) async fn open(url: &str, token: Option<&str>) -> Result<NodeSocket> {
        let late = |_| format!("{url} sent no CONNECTED within {GREETED_WITHIN:?}");
        timeout(GREETED_WITHIN, NodeSocket::shake_hands(url, token)).await.map_err(late)?
    }

    async fn shake_hands(url: &str, token: Option<&str>) -> Result<NodeSocket> {
        #[cfg(test)]
        if let Some(stream) = super::simulated_nodes::dial(url, token).await? {
            return NodeSocket::greeted(stream, token).await;
        }
        let mut request = url.into_client_request()?;
        if let Some(token) = token {
            request.headers_mut().insert("authorization", HeaderValue::from_str(&format!("Bearer {token}"))?);
        }
        let stream = way::open(request.uri()).await?;
        let (stream, _) = client_async(request, stream).await.map_err(|error| way::refusal(url, &error))?;
        NodeSocket::greeted(stream, token).await
    }

    async fn greeted(stream: WebSocketStream<Box<dyn Way>>, token: Option<&str>) -> Result<NodeSocket> {
        let mut socket = NodeSocket { stream, asked: 0 };
        let greeting = socket.next().await?;
        match (greeting["type"].as_str(), greeting["authenticated"].as_bool()) {
            (Some("CONNECTED"), Some(known)) if known == token.is_some() => Ok(socket),
            _ => Err(format!("expected CONNECTED, received {greeting}").into()),
        }
    }

    /// The next frame.
    pub(super) async fn next(&mut self) -> Result<Value> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => {
                    #[cfg(test)]
                    super::simulated_nodes::note_frame(&text);
                    return Ok(serde_json::from_str(&text)?);
                }
                Some(Ok(Message::Close(close))) => {
                    return Err(close.map_or_else(|| "closed".to_owned(), |close| close.code.to_string()).into());
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error.into()),
                None => return Err("the node closed the connection".into()),
            }
        }
    }

    /// The next frame, or none after the time limit.
    pub(super) async fn next_within(&mut self, wait: Duration) -> Result<Option<Value>> {
        match timeout(wait, self.next()).await {
            Ok(frame) => frame.map(Some),
            Err(_) => Ok(None),
        }
    }

    /// Sends commands without waiting in between; passes every frame that arrives to `look`, and the replies, each with
    /// the number that it should have. One may be an ERROR.
    pub(super) async fn ask(&mut self, commands: &[Value], look: impl FnMut(&Value)) -> Result<Vec<(u64, Value)>> {
        timeout(ANSWERED_WITHIN, self.ask_now(commands, look)).await?
    }

    async fn ask_now(&mut self, commands: &[Value], mut look: impl FnMut(&Value)) -> Result<Vec<(u64, Value)>> {
        for command in commands {
            let mut command = command.clone();
            self.asked += 1;
            command["requestId"] = self.asked.into();
            self.stream.feed(Message::text(command.to_string())).await?;
        }
        self.stream.flush().await?;
        let mut replies = vec![];
        let before = self.asked - commands.len() as u64;
        while replies.len() < commands.len() {
            let frame = self.next().await?;
            look(&frame);
            if frame.get("requestId").is_some() {
                replies.push((before + 1 + replies.len() as u64, frame));
            }
        }
        Ok(replies)
    }

    /// Sends a command that must succeed; waits if the node requires it.
    pub(super) async fn command(&mut self, command: Value) -> Result<Value> {
        loop {
            let mut replies = self.ask(std::slice::from_ref(&command), |_| {}).await?;
            let (_, reply) = replies.pop().ok_or("no reply")?;
            match (reply["type"].as_str(), reply["retryAfterMs"].as_u64()) {
                (Some("ERROR"), Some(millis)) => tokio::time::sleep(Duration::from_millis(millis)).await,
                (Some("ERROR"), None) => return Err(format!("{} was refused: {reply}", command["type"]).into()),
                _ => return Ok(reply),
            }
        }
    }
}
