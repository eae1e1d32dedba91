//! The minimum that fan-out over WebSockets takes: tokio-tungstenite, a queue per connection, no storage, no accounts.

use std::net::Ipv4Addr;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use futures_util::{Sink, SinkExt, StreamExt};
use parking_lot::Mutex;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_tungstenite::accept_async_with_config;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error as WsError, Message, Utf8Bytes};

use super::Result;

/// Number of frames written with one flush by the gathering loop.
const GATHERED: usize = 64;

#[derive(Debug, Args)]
pub(super) struct Bare {
    /// Bytes of one event.
    #[arg(long)]
    bytes: usize,
    #[arg(long, value_enum)]
    how: How,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum How {
    /// One flush for every frame.
    Each,
    /// One flush for all waiting frames.
    Gather,
}

/// All connections, and the clock.
#[derive(Debug, Default)]
struct Hall {
    clock: u64,
    everybody: Vec<UnboundedSender<Utf8Bytes>>,
}

impl Bare {
    /// Serves until the process ends.
    pub(super) async fn serve(self) -> Result<()> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        outln!("listening on ws://{}/ws", listener.local_addr()?)?;
        let hall = Arc::<Mutex<Hall>>::default();
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            tokio::spawn(serve(hall.clone(), stream, self.bytes, self.how));
        }
    }
}

async fn serve(hall: Arc<Mutex<Hall>>, stream: TcpStream, bytes: usize, how: How) -> Result<()> {
    // As small as the server's, which makes both cheaper than the default would.
    let config = WebSocketConfig::default().read_buffer_size(4 << 10);
    let mut socket = accept_async_with_config(stream, Some(config)).await?;
    let (own, mut waiting) = unbounded_channel();
    hall.lock().everybody.push(own.clone());
    socket.send(Message::text(r#"{"type":"CONNECTED"}"#)).await?;
    loop {
        tokio::select! {
            Some(first) = waiting.recv() => write(&mut socket, first, &mut waiting, how).await?,
            incoming = socket.next() => match incoming {
                Some(Ok(Message::Text(command))) => publish(&hall, &own, &command, bytes)?,
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Ok(()),
            },
        }
    }
}

async fn write(
    socket: &mut (impl Sink<Message, Error = WsError> + Unpin),
    first: Utf8Bytes,
    waiting: &mut UnboundedReceiver<Utf8Bytes>,
    how: How,
) -> Result<()> {
    let mut next = Some(first);
    let mut left = if matches!(how, How::Each) { 1 } else { GATHERED };
    while let Some(text) = next {
        socket.feed(Message::Text(text)).await?;
        left -= 1;
        next = if left > 0 { waiting.try_recv().ok() } else { None };
    }
    Ok(socket.flush().await?)
}

/// Sends a message to everybody, and to its sender with the id of the request.
fn publish(hall: &Mutex<Hall>, own: &UnboundedSender<Utf8Bytes>, command: &str, bytes: usize) -> Result<()> {
    let request_id = between(command, r#""requestId":"#, ",").ok_or("no requestId")?;
    let content = between(command, r#""content":""#, "\"").ok_or("no content")?;
    let mut hall = hall.lock();
    hall.clock += 1;
    let rest = format!(r#""chatId":"bare","seq":{},"content":"{content}","rest":""#, hall.clock);
    let head = r#"{"type":"NEW_MESSAGE","#;
    let padding = bytes.saturating_sub(head.len() + rest.len() + 2);
    let rest = format!("{rest}{:padding$}\"}}", "");
    let event = Utf8Bytes::from(format!("{head}{rest}"));
    let reply = Utf8Bytes::from(format!(r#"{head}"requestId":{request_id},{rest}"#));
    // Connections that have closed stay in the list; the loop is for a single measurement.
    for one in &hall.everybody {
        let text = if one.same_channel(own) { &reply } else { &event };
        let _ = one.send(text.clone());
    }
    Ok(())
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}
