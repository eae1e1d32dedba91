//! A client that uses as little CPU as possible, so that the machine is left to the server.

use std::io::Cursor;
use std::net::IpAddr;

use bytes::{Buf, BytesMut};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};

use super::Result;
use super::target::Target;

/// The example key from RFC 6455; it is not a secret.
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
/// A mask is required; only browsers need an unpredictable one.
const MASK: [u8; 4] = [0; 4];
const HEAD_END: &[u8] = b"\r\n\r\n";

/// One connection.
#[derive(Debug)]
pub(super) struct Client {
    stream: TcpStream,
    input: BytesMut,
}

impl Client {
    /// Connects with the token, or anonymously if it is empty, and reads the greeting.
    pub(super) async fn connect(target: &Target, token: &str) -> Result<Client> {
        Client::connect_from(target, token, None).await
    }

    /// Connects from an address of this machine.
    pub(super) async fn connect_from(target: &Target, token: &str, source: Option<IpAddr>) -> Result<Client> {
        let socket = if target.address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        if let Some(source) = source {
            socket.bind((source, 0).into())?;
        }
        let stream = socket.connect(target.address).await?;
        stream.set_nodelay(true)?;
        let mut client = Client { stream, input: BytesMut::new() };
        client.shake_hands(target, token).await?;
        let greeting = client.next().await?;
        match greeting["type"].as_str() {
            Some("CONNECTED") => Ok(client),
            _ => Err(format!("expected a greeting, received {greeting}").into()),
        }
    }

    async fn shake_hands(&mut self, target: &Target, token: &str) -> Result<()> {
        let credentials = match token {
            "" => String::new(),
            token => format!("Authorization: Bearer {token}\r\n"),
        };
        let head = format!(
            "GET /ws HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: {KEY}\r\n{credentials}\r\n",
            target.address
        );
        self.stream.write_all(head.as_bytes()).await?;
        let end = loop {
            if let Some(end) = self.input.windows(HEAD_END.len()).position(|window| window == HEAD_END) {
                break end;
            }
            self.fill().await?;
        };
        let head = self.input.split_to(end + HEAD_END.len());
        match str::from_utf8(&head)? {
            head if head.starts_with("HTTP/1.1 101 ") && head.contains(ACCEPT) => Ok(()),
            head => {
                Err(format!("expected WebSocket, received {}{}", head, String::from_utf8_lossy(&self.input)).into())
            }
        }
    }

    /// Waits for more bytes; may be cancelled at any time.
    pub(super) async fn fill(&mut self) -> Result<()> {
        if self.input.capacity() - self.input.len() < 512 {
            self.input.reserve(4096);
        }
        match self.stream.read_buf(&mut self.input).await? {
            0 => Err("the server closed the connection".into()),
            _ => Ok(()),
        }
    }

    /// Passes on every complete text frame, and answers pings.
    pub(super) fn take(&mut self, mut look: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
        while let Some((code, start, end)) = frame(&self.input)? {
            match code {
                OpCode::Data(Data::Text) => look(&self.input[start..end])?,
                OpCode::Control(Control::Ping) => {
                    let pong = masked(OpCode::Control(Control::Pong), &self.input[start..end])?;
                    // If nothing can be written now, other bytes are in transit and also show that the client is alive.
                    let _ = self.stream.try_write(&pong);
                }
                _ => return Err(format!("unexpected frame: {code:?}").into()),
            }
            self.input.advance(end);
        }
        Ok(())
    }

    /// Frees memory that a long wait does not need.
    pub(super) fn rest(&mut self) {
        if self.input.is_empty() {
            self.input = BytesMut::new();
        }
    }

    /// Sends frames made by [`text`].
    pub(super) async fn send(&mut self, frames: &[u8]) -> Result<()> {
        Ok(self.stream.write_all(frames).await?)
    }

    async fn next(&mut self) -> Result<Value> {
        loop {
            if let Some((OpCode::Data(Data::Text), start, end)) = frame(&self.input)? {
                let value = serde_json::from_slice(&self.input[start..end])?;
                self.input.advance(end);
                return Ok(value);
            }
            self.take(|_| Ok(()))?;
            self.fill().await?;
        }
    }

    /// Waits for an event of a given type, skipping all other frames.
    pub(super) async fn event(&mut self, kind: &str) -> Result<Value> {
        loop {
            let frame = self.next().await?;
            if frame["type"] == kind {
                return Ok(frame);
            }
        }
    }

    /// Sends one command and waits for its reply, skipping all other frames.
    pub(super) async fn command(&mut self, command: Value) -> Result<Value> {
        match self.answer(command).await? {
            frame if frame["type"] == "ERROR" => Err(format!("refused: {frame}").into()),
            frame => Ok(frame),
        }
    }

    /// Sends one command and waits for its reply or an error, skipping all other frames.
    pub(super) async fn answer(&mut self, mut command: Value) -> Result<Value> {
        command["requestId"] = Value::from("setup");
        self.send(&text(&command.to_string())?).await?;
        loop {
            let frame = self.next().await?;
            if frame["type"] == "ERROR" || frame["requestId"] == "setup" {
                return Ok(frame);
            }
        }
    }

    /// Drops received frames unread.
    pub(super) fn discard(&mut self) -> Result<()> {
        loop {
            self.input.clear();
            match self.stream.try_read_buf(&mut self.input) {
                Ok(0) => return Err("the server closed the connection".into()),
                Ok(_) => {}
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// The first frame: its kind, and the range of its payload.
fn frame(input: &[u8]) -> Result<Option<(OpCode, usize, usize)>> {
    let mut cursor = Cursor::new(input);
    let Some((header, length)) = FrameHeader::parse(&mut cursor)? else { return Ok(None) };
    let start = usize::try_from(cursor.position())?;
    let end = start + usize::try_from(length)?;
    Ok((end <= input.len()).then_some((header.opcode, start, end)))
}

/// A text frame, as a client sends it.
pub(super) fn text(text: &str) -> Result<Vec<u8>> {
    masked(OpCode::Data(Data::Text), text.as_bytes())
}

fn masked(opcode: OpCode, payload: &[u8]) -> Result<Vec<u8>> {
    let header = FrameHeader { is_final: true, rsv1: false, rsv2: false, rsv3: false, opcode, mask: Some(MASK) };
    let mut frame = Vec::with_capacity(payload.len() + 14);
    header.format(payload.len() as u64, &mut frame)?;
    frame.extend_from_slice(payload);
    Ok(frame)
}
