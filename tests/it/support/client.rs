use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use super::frame;

/// Nothing that a test waits for takes this long; a test that waits longer has failed.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// One client on a real socket.
pub struct Client {
    pub socket: WebSocketStream<TcpStream>,
    pub user_id: String,
    pub token: String,
    /// If true, PRESENCE of others is returned; few tests need it.
    pub sees_presence: bool,
    /// If true, delivery receipts are returned; few tests need them.
    pub hears_deliveries: bool,
}

/// The close code and reason of a connection; none if the peer closed without them.
pub type Closed = Option<(u16, String)>;

impl Client {
    /// A connection without credentials; its CONNECTED is not read yet.
    pub async fn connect(url: &str) -> Client {
        Client::connect_with(url, &[]).await
    }

    /// A connection with these header fields.
    pub async fn connect_with(url: &str, headers: &[(&str, &str)]) -> Client {
        Client::try_connect(url, headers).await.expect("a valid handshake")
    }

    /// A connection with these header fields, or how the handshake failed.
    pub async fn try_connect(url: &str, headers: &[(&str, &str)]) -> Result<Client, Box<Error>> {
        let mut request = url.into_client_request().expect("a valid address");
        for (name, value) in headers {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("a header name");
            request.headers_mut().append(name, HeaderValue::from_str(value).expect("a header value"));
        }
        let host = request.uri().authority().expect("an address").to_string();
        let stream = TcpStream::connect(host).await.expect("the server listens");
        stream.set_nodelay(true).expect("an option of TCP");
        let (socket, _) = client_async(request, stream).await.map_err(Box::new)?;
        Ok(Client {
            socket,
            user_id: String::new(),
            token: String::new(),
            sees_presence: false,
            hears_deliveries: false,
        })
    }

    /// Connects with a token and reads CONNECTED.
    pub async fn greeted(url: &str, token: &str) -> Client {
        let mut client = Client::connect_with(url, &[("authorization", &format!("Bearer {token}"))]).await;
        let connected = client.next().await;
        assert_eq!(connected["type"], "CONNECTED", "{connected}");
        assert_eq!(connected["authenticated"], true, "{connected}");
        client.user_id = connected["user"]["id"].as_str().expect("an id").to_owned();
        client.token = token.to_owned();
        client
    }

    /// A token of the user of that name, who is created if missing.
    pub async fn token_of(&mut self, name: &str) -> String {
        let command = serde_json::json!({"type":"CREATE_API_TOKEN","name":"for a test","botUsername":name});
        let created = self.reply(command).await;
        created["secret"].as_str().unwrap_or_else(|| panic!("no token: {created}")).to_owned()
    }

    /// Sends one text frame as it is.
    pub async fn send_text(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.expect("the server reads");
    }

    /// Sends one command without waiting.
    pub async fn send(&mut self, command: Value) {
        self.send_text(&command.to_string()).await;
    }

    /// Sends one command and returns the next frame, which is its reply if nothing else happens.
    pub async fn command(&mut self, command: Value) -> Value {
        self.send(command).await;
        self.next().await
    }

    /// Sends one command and asserts that the next frame is this refusal; an empty `field` means none.
    pub async fn refused(&mut self, command: Value, code: &str, field: &str) -> Value {
        let error = self.command(command.clone()).await;
        assert_eq!(error["type"], "ERROR", "{command} was answered with {error}");
        frame::assert_refused(&error, code, field);
        error
    }

    /// Sends one command and returns its reply; earlier frames are skipped.
    pub async fn reply(&mut self, mut command: Value) -> Value {
        static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
        let id = format!("reply-{}", NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        command["requestId"] = Value::from(id.as_str());
        self.send(command).await;
        self.until(|frame| frame["requestId"] == id.as_str()).await
    }

    /// The next frame.
    pub async fn next(&mut self) -> Value {
        // Pings do not extend the timeout.
        timeout(PATIENCE, self.next_frame()).await.expect("a frame in time")
    }

    async fn next_frame(&mut self) -> Value {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    let frame: Value = serde_json::from_str(&text).expect("frames are JSON");
                    if !self.passes_over(&frame) {
                        return frame;
                    }
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("not a frame: {other:?}"),
            }
        }
    }

    /// The next frame, or none at the end of the connection.
    pub async fn next_or_end(&mut self) -> Option<Value> {
        loop {
            match timeout(PATIENCE, self.socket.next()).await.expect("a frame or the end in time") {
                Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).expect("frames are JSON")),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => return None,
            }
        }
    }

    fn passes_over(&self, frame: &Value) -> bool {
        match frame["type"].as_str() {
            Some("PRESENCE") => !self.sees_presence && frame["user"]["id"] != self.user_id.as_str(),
            Some("MESSAGE_DELIVERED") => !self.hears_deliveries && frame["userId"] != self.user_id.as_str(),
            _ => false,
        }
    }

    /// The next frame of that type; earlier ones are skipped.
    pub async fn next_of(&mut self, kind: &str) -> Value {
        self.until(|frame| frame["type"] == kind).await
    }

    /// The next matching frame; earlier ones are skipped.
    pub async fn until(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let frame = self.next().await;
            if fits(&frame) {
                return frame;
            }
        }
    }

    /// Waits for the end of the connection; earlier frames are skipped.
    pub async fn closed(&mut self) -> Closed {
        loop {
            match timeout(PATIENCE, self.socket.next()).await.expect("an end in time") {
                Some(Ok(Message::Close(close))) => {
                    return close.map(|close| (close.code.into(), close.reason.to_string()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// Asserts that no frame of that type precedes the reply to a PING.
    pub async fn hears_nothing_of(&mut self, kind: &str) {
        self.send(serde_json::json!({"type":"PING"})).await;
        loop {
            let frame = self.next().await;
            assert_ne!(frame["type"], kind, "{frame}");
            if frame["type"] == "PONG" {
                return;
            }
        }
    }

    /// Asserts that no frame is pending: the reply to a PING is the next frame.
    pub async fn hears_nothing(&mut self) {
        let pong = self.command(serde_json::json!({"type":"PING"})).await;
        assert_eq!(pong["type"], "PONG", "a frame was pending: {pong}");
    }
}
