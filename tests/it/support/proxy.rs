//! A TCP proxy between a server and its dependencies, which can close, delay and stall connections.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The way traffic is handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    /// Traffic passes.
    Fair,
    /// Traffic passes after a delay.
    Slow(Duration),
    /// Nothing passes, without an error: connections are half-open.
    Silent,
    /// Connections are closed, new ones immediately.
    Cut,
}

/// A proxy, stopped on drop.
pub struct Proxy {
    pub port: u16,
    target: Arc<AtomicU16>,
    weather: Arc<watch::Sender<Weather>>,
    cuts: Arc<watch::Sender<u64>>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// Starts in front of a local port.
    pub async fn before(port: u16) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let own = listener.local_addr().expect("its address").port();
        let weather = Arc::new(watch::Sender::new(Weather::Fair));
        let target = Arc::new(AtomicU16::new(port));
        let cuts = Arc::new(watch::Sender::new(0));
        let forces = Forces { weather: weather.clone(), cuts: cuts.clone() };
        let accepting = tokio::spawn(accept(listener, target.clone(), forces));
        Proxy { port: own, target, weather, cuts, accepting }
    }

    /// Forwards new connections to another local port.
    pub fn aim(&self, port: u16) {
        self.target.store(port, Ordering::Relaxed);
    }

    /// Closes the existing connections.
    pub fn cut(&self) {
        self.cuts.send_modify(|cuts| *cuts += 1);
    }

    /// Sets how traffic is handled from now on.
    pub fn set(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.set(Weather::Cut);
        self.accepting.abort();
    }
}

/// The settings of a proxy that its connections follow.
struct Forces {
    weather: Arc<watch::Sender<Weather>>,
    cuts: Arc<watch::Sender<u64>>,
}

async fn accept(listener: TcpListener, target: Arc<AtomicU16>, forces: Forces) {
    while let Ok((near, _)) = listener.accept().await {
        let weather = forces.weather.subscribe();
        let cuts = forces.cuts.subscribe();
        tokio::spawn(pass(near, target.load(Ordering::Relaxed), weather, cuts));
    }
}

async fn pass(near: TcpStream, port: u16, mut weather: watch::Receiver<Weather>, mut cuts: watch::Receiver<u64>) {
    if *weather.borrow() == Weather::Cut {
        return;
    }
    let Ok(far) = TcpStream::connect(("127.0.0.1", port)).await else { return };
    let _ = (near.set_nodelay(true), far.set_nodelay(true));
    let (near_read, near_write) = near.into_split();
    let (far_read, far_write) = far.into_split();
    let there = weather.clone();
    let back = weather.clone();
    tokio::select! {
        () = copy(near_read, far_write, there) => {}
        () = copy(far_read, near_write, back) => {}
        _ = weather.wait_for(|weather| *weather == Weather::Cut) => {}
        _ = cuts.changed() => {}
    }
}

async fn copy(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut weather: watch::Receiver<Weather>) {
    let mut buffer = vec![0; 16 << 10];
    while let Ok(count @ 1..) = from.read(&mut buffer).await {
        if weather.wait_for(|weather| *weather != Weather::Silent).await.is_err() {
            return;
        }
        let now = *weather.borrow();
        if let Weather::Slow(by) = now {
            tokio::time::sleep(by).await;
        }
        if to.write_all(&buffer[..count]).await.is_err() {
            return;
        }
    }
}
