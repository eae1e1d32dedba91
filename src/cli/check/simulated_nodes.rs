//! The nodes of a simulation, the storage that they share, and the clients' connections to them.

use std::cell::RefCell;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use parking_lot::Mutex;
use tokio::io::{DuplexStream, duplex};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::Role;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::Result;
use crate::api::context::{Origin, Services};
use crate::api::{handlers, sessions};
use crate::cli::remote::way::Way;
use crate::cluster::{Cluster, NodeReach, SimulatedNetwork};
use crate::net::listener;
use crate::net::session::{self, Handshake};
use crate::net::websocket::HangUp;
use crate::ops::clock::{Clock, SimulatedClock};
use crate::ops::config::Config;
use crate::ops::dice::Dice;
use crate::store::memory::MemoryRepository;

mod link;

use link::SimulatedLink;

/// The token of the built-in administrator.
pub(super) const ADMIN_TOKEN: &str = "administrator-of-the-simulation-and-nobody-else";
/// Capacity of a pipe between a client and a node, in bytes.
const PIPE: usize = 64 << 10;
/// The scheme of the nodes' addresses.
const SCHEME: &str = "simulation://";

thread_local! {
    /// The nodes of this thread, by address.
    static WORLD: RefCell<Option<Arc<World>>> = const { RefCell::new(None) };
    /// The frames that clients have received, if they are recorded.
    static TRACE: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Records the frames that clients receive from now on.
pub(super) fn begin_trace() {
    TRACE.set(Some(vec![]));
}

/// The frames that clients have received.
pub(super) fn take_trace() -> Vec<String> {
    TRACE.take().unwrap_or_default()
}

/// Records a frame that a client has received. Secrets are left out, because they are the only part that a seed does
/// not reproduce.
pub(super) fn note_frame(text: &str) {
    TRACE.with_borrow_mut(|trace| {
        if let Some(trace) = trace.as_mut().filter(|_| !text.contains("\"secret\"")) {
            trace.push(text.to_owned());
        }
    });
}

/// Everything in a run except its clients.
pub(super) struct World {
    storage: MemoryRepository,
    network: Arc<SimulatedNetwork>,
    nodes: Mutex<Vec<Option<SimulatedNode>>>,
    dice: Mutex<Dice>,
    clock: SimulatedClock,
    /// Number of nodes started so far, which numbers the next one.
    started: AtomicU64,
}

/// A running node.
struct SimulatedNode {
    number: u64,
    services: Arc<Services>,
    link: Arc<SimulatedLink>,
    /// Ends the node's connections.
    cut: CancellationToken,
    _ticking: JoinSet<()>,
}

fn settings() -> Result<Config> {
    let lookup = |name: &str| match name {
        "API_TOKEN" => Some(ADMIN_TOKEN.to_owned()),
        "SECRET_KEY" => Some("a-key-of-the-simulation-that-nobody-else-has".to_owned()),
        "COMMANDS_PER_SECOND" | "MAX_CONNECTIONS_PER_USER" | "MAX_BOTS_PER_USER" | "MAX_TOKENS_PER_USER" => {
            Some("0".to_owned())
        }
        "NEW_CHATS_PER_HOUR" | "NEW_CONTACTS_PER_HOUR" | "SEARCH_MILLISECONDS" => Some("0".to_owned()),
        _ => None,
    };
    Ok(Config::from_lookup(&lookup)?)
}

impl World {
    /// Starts a number of nodes on an empty storage.
    pub(super) async fn start(seed: u64, nodes: usize) -> Result<Arc<World>> {
        let mut dice = Dice(seed);
        let clock = SimulatedClock::default();
        let storage = MemoryRepository::new(Arc::new(Clock::Simulated(clock.clone())));
        let network = SimulatedNetwork::new(dice.roll());
        let world = Arc::new(World {
            storage,
            network,
            nodes: Mutex::default(),
            dice: Mutex::new(dice),
            clock,
            started: AtomicU64::new(0),
        });
        for _ in 0..nodes {
            let node = world.start_node().await?;
            world.nodes.lock().push(Some(node));
        }
        WORLD.set(Some(world.clone()));
        Ok(world)
    }

    async fn start_node(&self) -> Result<SimulatedNode> {
        let number = 1 + self.started.fetch_add(1, Ordering::Relaxed);
        let link = SimulatedLink::new(self.dice.lock().roll());
        let repository = Arc::new(self.storage.linked(link.clone()));
        let tasks = TaskTracker::new();
        let network = self.network.clone();
        let connect = move |_: &Config, parts| Ok(Cluster::over_network(&network, number, parts));
        let names = handlers::TABLE.iter().map(|row| row.name);
        let clock = Clock::Simulated(self.clock.clone());
        let services = Services::start_in(settings()?, repository, clock, &tasks, names, connect).await?;
        let services = Arc::new(services);
        let mut ticking = JoinSet::new();
        ticking.spawn(listener::tick(services.clone()));
        ticking.spawn(listener::receipts(services.clone()));
        ticking.spawn(listener::save_last_seen(services.clone()));
        Ok(SimulatedNode { number, services, link, cut: CancellationToken::new(), _ticking: ticking })
    }

    /// The addresses of the nodes.
    pub(super) fn urls(&self) -> Vec<String> {
        (0..self.nodes.lock().len()).map(|place| format!("{SCHEME}{place}")).collect()
    }

    /// Runs a function on a node, if it is running.
    fn with_node<T>(&self, place: usize, look: impl FnOnce(&SimulatedNode) -> T) -> Option<T> {
        self.nodes.lock().get(place)?.as_ref().map(look)
    }

    /// Kills a node: it neither sends nor answers any more.
    pub(super) fn kill(&self, place: usize) {
        let killed = self.nodes.lock().get_mut(place).and_then(Option::take);
        let Some(node) = killed else { return };
        self.network.remove(node.number);
        node.link.kill();
        node.cut.cancel();
    }

    /// Starts a node that was killed.
    pub(super) async fn restart(&self, place: usize) -> Result<()> {
        let is_killed = self.nodes.lock().get(place).is_some_and(Option::is_none);
        if is_killed {
            let node = self.start_node().await?;
            self.nodes.lock()[place] = Some(node);
        }
        Ok(())
    }

    /// Sets the directions in which a node is reachable for the other nodes.
    pub(super) fn set_reach(&self, place: usize, reach: NodeReach) {
        self.with_node(place, |node| self.network.set_reach(node.number, reach));
    }

    /// Freezes a node until this time.
    pub(super) fn freeze(&self, place: usize, until: Instant) {
        self.with_node(place, |node| {
            self.network.freeze(node.number, until);
            node.link.freeze(until);
        });
    }

    /// Sets the maximum delay of a node's calls to the storage in milliseconds, and the number of calls of which one is
    /// lost.
    pub(super) fn set_link(&self, place: usize, delay: u64, loses_one_of: u64) {
        self.with_node(place, |node| node.link.set(delay, loses_one_of));
    }

    /// Loses the answer of a node's storage after so many more.
    pub(super) fn lose_answer(&self, place: usize, after: u64) {
        self.with_node(place, |node| node.link.lose_answer(after));
    }

    /// Sets the maximum delay of messages between nodes in milliseconds.
    pub(super) fn set_delay(&self, delay: u64) {
        self.network.set_delay(delay);
    }

    /// Ends all failures.
    pub(super) async fn heal(&self) -> Result<()> {
        self.set_delay(5);
        let places = self.nodes.lock().len();
        for place in 0..places {
            self.restart(place).await?;
            self.set_reach(place, NodeReach::FULL);
            self.set_link(place, 1, 0);
            self.freeze(place, Instant::now());
        }
        Ok(())
    }

    /// The node's end of a new connection.
    async fn accept(&self, place: usize, token: Option<&str>, stream: DuplexStream) -> Result<()> {
        let found = self.with_node(place, |node| (node.services.clone(), node.cut.clone()));
        let Some((services, cut)) = found else { return Err("the node is not running".into()) };
        let handshake = match token {
            None => Handshake::Anonymous,
            Some(token) => match sessions::authenticate(&services, token, Ipv4Addr::LOCALHOST.into()).await {
                Ok(proved) => Handshake::Known(Arc::new(proved.identity)),
                Err(error) => Handshake::Refused(error),
            },
        };
        let origin = Origin { address: Ipv4Addr::LOCALHOST.into(), site: "".into() };
        tokio::spawn(async move {
            tokio::select! {
                biased;
                () = cut.cancelled() => {}
                () = session::run(services, stream, vec![], handshake, origin) => {}
            }
        });
        Ok(())
    }
}

/// Connects to a simulated node; none if the address is not that of a simulated node.
pub(super) async fn dial(url: &str, token: Option<&str>) -> Result<Option<WebSocketStream<Box<dyn Way>>>> {
    let Some(place) = url.strip_prefix(SCHEME) else { return Ok(None) };
    let world = WORLD.with_borrow(Option::clone).ok_or("there is no simulation")?;
    let (near, far) = duplex(PIPE);
    world.accept(place.parse()?, token, far).await?;
    let near: Box<dyn Way> = Box::new(near);
    Ok(Some(WebSocketStream::from_raw_socket(near, Role::Client, None).await))
}

/// Removes the nodes of this thread.
pub(super) fn end() {
    WORLD.set(None);
}

impl HangUp for DuplexStream {
    /// A simulated client stays until it is disconnected.
    fn poll_hang_up(&self, _: &mut Context<'_>) -> Poll<()> {
        Poll::Pending
    }
}
