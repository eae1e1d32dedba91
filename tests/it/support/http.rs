use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::client::PATIENCE;

/// The response to a request.
pub struct Response {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Response {
    /// A header field, if it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body that came in chunks.
    pub fn chunks(&self) -> String {
        let mut whole = String::new();
        let mut rest = self.body.as_str();
        while let Some((size, after)) = rest.split_once("\r\n") {
            let size = usize::from_str_radix(size, 16).expect("the size of a chunk");
            whole.push_str(&after[..size]);
            rest = after[size..].trim_start_matches("\r\n");
        }
        whole
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }
}

/// One request on a separate connection; `request` is its method and path.
pub async fn send(address: SocketAddr, request: &str, headers: &[(&str, &str)], body: &[u8]) -> Response {
    let mut head = format!("{request} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    let exchange = async {
        let mut stream = TcpStream::connect(address).await.expect("the server listens");
        stream.write_all(head.as_bytes()).await.expect("the server reads");
        stream.write_all(body).await.expect("the server reads");
        let mut answer = vec![];
        stream.read_to_end(&mut answer).await.expect("the server answers");
        answer
    };
    parse(&timeout(PATIENCE, exchange).await.expect("an answer in time"))
}

fn parse(answer: &[u8]) -> Response {
    let text = std::str::from_utf8(answer).expect("an answer in UTF-8");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status");
    let field = |line: &str| {
        let (name, value) = line.split_once(':').expect("a header field");
        (name.to_ascii_lowercase(), value.trim().to_owned())
    };
    Response { status: status.parse().expect("a number"), headers: lines.map(field).collect(), body: body.to_owned() }
}

/// A response whose body need not be text.
#[derive(Debug)]
pub struct RawAnswer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl RawAnswer {
    /// A header field, if it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        let field = |line: &'_ str| line.split_once(':').is_some_and(|(known, _)| known.eq_ignore_ascii_case(name));
        self.head.lines().find(|line| field(line)).and_then(|line| line.split_once(':')).map(|(_, value)| value.trim())
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }
}

/// One request on a separate connection; its body is sent as far as the server reads.
pub async fn exchange(address: SocketAddr, request: &str, headers: &[(&str, &str)], body: &[u8]) -> RawAnswer {
    let mut head = format!("{request} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-length")) {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    let exchange = async {
        let stream = TcpStream::connect(address).await.expect("the server listens");
        let (mut reader, mut writer) = stream.into_split();
        let sending = async {
            writer.write_all(format!("{head}\r\n").as_bytes()).await.expect("the server reads the head");
            // A server that refuses by the head need not read the body.
            let _ = writer.write_all(body).await;
        };
        let mut answer = vec![];
        let (_, _) = tokio::join!(sending, reader.read_to_end(&mut answer));
        answer
    };
    let answer = timeout(PATIENCE, exchange).await.expect("an answer in time");
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head and a body");
    let head = String::from_utf8(answer[..end].to_vec()).expect("a head in UTF-8");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    RawAnswer { status, head, body: answer[end + 4..].to_vec() }
}

/// One command by `POST /command`.
pub async fn command(address: SocketAddr, token: Option<&str>, command: &Value) -> Response {
    let bearer = token.map(|token| format!("Bearer {token}"));
    let headers: Vec<(&str, &str)> = bearer.iter().map(|bearer| ("authorization", bearer.as_str())).collect();
    send(address, "POST /command", &headers, command.to_string().as_bytes()).await
}
