use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use super::client::PATIENCE;

pub const CONTINUATION: u8 = 0;
pub const TEXT: u8 = 1;
pub const BINARY: u8 = 2;
pub const CLOSE: u8 = 8;
pub const PING: u8 = 9;
pub const PONG: u8 = 10;

/// A frame as the server sends it: final or not, its opcode, its payload.
pub type Frame = (bool, u8, Vec<u8>);

/// A client that writes arbitrary bytes.
pub struct Raw {
    pub stream: TcpStream,
}

/// The bytes of a masked frame.
pub fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mask = [0x37, 0xfa, 0x21, 0x3d];
    let mut bytes = head(first, 0x80, payload.len());
    bytes.extend(mask);
    bytes.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    bytes
}

/// The bytes of a whole message in one frame.
pub fn whole(opcode: u8, payload: &[u8]) -> Vec<u8> {
    frame(0x80 | opcode, payload)
}

/// The bytes of a close frame with a code and a reason.
pub fn close(code: u16, reason: &[u8]) -> Vec<u8> {
    whole(CLOSE, &[&code.to_be_bytes(), reason].concat())
}

/// A frame's first bytes, up to its length.
pub fn head(first: u8, masked: u8, length: usize) -> Vec<u8> {
    let mut bytes = vec![first];
    match length {
        0..=125 => bytes.push(masked | u8::try_from(length).expect("small")),
        126..=0xffff => {
            bytes.push(masked | 126);
            bytes.extend(u16::try_from(length).expect("small").to_be_bytes());
        }
        _ => {
            bytes.push(masked | 127);
            bytes.extend((length as u64).to_be_bytes());
        }
    }
    bytes
}

impl Raw {
    /// A connection before its handshake.
    pub async fn connect(address: &str) -> Raw {
        let stream = TcpStream::connect(address).await.expect("the server listens");
        stream.set_nodelay(true).expect("an option of TCP");
        Raw { stream }
    }

    /// A connection with small receive buffers, before its handshake.
    pub async fn narrow(address: &str) -> Raw {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(8192).expect("an option of TCP");
        let stream = socket.connect(address.parse().expect("an address")).await.expect("the server listens");
        Raw { stream }
    }

    /// Sends a handshake with additional header lines; returns the head of the response.
    pub async fn shake_hands(&mut self, path: &str, lines: &[&str]) -> String {
        let address = self.stream.peer_addr().expect("its address");
        let usual = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        let own: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
        self.request(&format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{usual}{own}\r\n")).await
    }

    /// Sends a request; returns the head of the response.
    pub async fn request(&mut self, request: &str) -> String {
        self.write(request.as_bytes()).await;
        let mut head = vec![];
        while !head.ends_with(b"\r\n\r\n") {
            let byte = timeout(PATIENCE, self.stream.read_u8()).await.expect("an answer in time");
            head.push(byte.expect("a whole head"));
        }
        String::from_utf8(head).expect("a head is text")
    }

    /// Everything up to the server's close.
    pub async fn rest(&mut self) -> Vec<u8> {
        let mut rest = vec![];
        // A reset also ends the stream.
        let _ = timeout(PATIENCE, self.stream.read_to_end(&mut rest)).await.expect("an end in time");
        rest
    }

    /// Writes bytes.
    pub async fn write(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.expect("the server reads");
    }

    /// The next frame; none at the end of the stream.
    pub async fn frame(&mut self) -> Option<Frame> {
        timeout(PATIENCE, self.read_frame()).await.expect("a frame in time")
    }

    async fn read_frame(&mut self) -> Option<Frame> {
        let first = self.stream.read_u8().await.ok()?;
        let length = match self.stream.read_u8().await.ok()? {
            126 => usize::from(self.stream.read_u16().await.ok()?),
            127 => usize::try_from(self.stream.read_u64().await.ok()?).expect("a length"),
            length => usize::from(length),
        };
        let mut payload = vec![0; length];
        self.stream.read_exact(&mut payload).await.ok()?;
        Some((first & 0x80 != 0, first & 0x7f, payload))
    }
}
