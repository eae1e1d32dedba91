//! A fault-injecting proxy between a client and a PostgreSQL server.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// The fate of the next COMMIT.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Forwarded.
    Good,
    /// Dropped before the server, and the connection closed.
    LosesQuestion,
    /// Executed, and the connection closed before the reply.
    LosesAnswer,
    /// Executed without a reply, and all later connections refused.
    EndsAfterwards,
    /// One row updated outside a transaction, and the connection closed before the reply.
    LosesUpdate,
}

#[derive(Debug)]
struct State {
    target: u16,
    mood: AtomicU8,
    is_closed: AtomicBool,
    /// Incremented to close all connections.
    cuts: watch::Sender<u32>,
}

/// A proxy to a server on this machine.
pub struct Proxy {
    pub port: u16,
    state: Arc<State>,
}

impl Proxy {
    /// A new proxy to that port.
    pub async fn start(target: u16) -> Proxy {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let mood = AtomicU8::new(Mood::Good as u8);
        let is_closed = AtomicBool::new(false);
        let cuts = watch::Sender::new(0);
        let state = Arc::new(State { target, mood, is_closed, cuts });
        tokio::spawn(accept(listener, state.clone()));
        Proxy { port, state }
    }

    /// Closes all connections; new ones are accepted.
    pub fn cut(&self) {
        self.state.cuts.send_modify(|count| *count += 1);
    }

    /// Applies a fault to the next COMMIT or update.
    pub fn on_commit(&self, mood: Mood) {
        self.state.mood.store(mood as u8, Ordering::SeqCst);
    }

    /// True once the fault was injected.
    pub fn has_struck(&self) -> bool {
        self.state.mood.load(Ordering::SeqCst) == Mood::Good as u8
    }

    /// Accepts connections again.
    pub fn open_again(&self) {
        self.state.is_closed.store(false, Ordering::SeqCst);
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    while let Ok((client, _)) = listener.accept().await {
        if state.is_closed.load(Ordering::SeqCst) {
            continue;
        }
        let server = TcpStream::connect((Ipv4Addr::LOCALHOST, state.target)).await.expect("the server listens");
        let mut cuts = state.cuts.subscribe();
        let state = state.clone();
        tokio::spawn(async move {
            tokio::select! {
                _ = cuts.changed() => {}
                _ = pass_on(client, server, &state) => {}
            }
        });
    }
}

/// Forwards both directions until one side closes or a COMMIT triggers the fault.
async fn pass_on(mut client: TcpStream, mut server: TcpStream, state: &State) -> std::io::Result<()> {
    let mut up = vec![0; 1 << 16];
    let mut down = vec![0; 1 << 16];
    loop {
        tokio::select! {
            count = client.read(&mut up) => {
                let bytes = &up[..count?];
                let mood = state.mood.load(Ordering::SeqCst);
                let has = |text: &[u8]| bytes.windows(text.len()).any(|word| word == text);
                let is_commit_struck = mood != Mood::Good as u8 && mood != Mood::LosesUpdate as u8;
                if is_commit_struck && has(b"COMMIT\0") && !has(b"READ ONLY") {
                    return strike(bytes, &mut server, state).await;
                }
                if bytes.is_empty() {
                    return Ok(());
                }
                server.write_all(bytes).await?;
            }
            count = server.read(&mut down) => match count? {
                0 => return Ok(()),
                count => {
                    let answer = &down[..count];
                    let is_update = answer.windows(9).any(|word| word == b"UPDATE 1\0");
                    let is_struck = state.mood.load(Ordering::SeqCst) == Mood::LosesUpdate as u8;
                    if is_struck && is_update {
                        state.mood.store(Mood::Good as u8, Ordering::SeqCst);
                        return Ok(());
                    }
                    client.write_all(answer).await?;
                }
            },
        }
    }
}

async fn strike(bytes: &[u8], server: &mut TcpStream, state: &State) -> std::io::Result<()> {
    let mood = state.mood.swap(Mood::Good as u8, Ordering::SeqCst);
    state.is_closed.store(mood == Mood::EndsAfterwards as u8, Ordering::SeqCst);
    if mood != Mood::LosesQuestion as u8 {
        server.write_all(bytes).await?;
        // The server answers earlier statements first; the tag "COMMIT" arrives once it is done.
        let mut answered: Vec<u8> = vec![];
        while !answered.windows(7).any(|word| word == b"COMMIT\0") {
            let mut some = [0; 4096];
            let count = server.read(&mut some).await?;
            answered.extend(&some[..count]);
        }
    }
    if state.is_closed.load(Ordering::SeqCst) {
        state.cuts.send_modify(|count| *count += 1);
    }
    Ok(())
}
