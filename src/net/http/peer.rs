use std::net::{IpAddr, Ipv4Addr};

use tokio_util::sync::CancellationToken;

use crate::auth::rate_limits::PendingConnection;

/// The peer of a connection that has not sent a request yet.
#[derive(Debug)]
pub struct Peer {
    pub address: IpAddr,
    /// Its slot among the connections of its address; none for a trusted proxy.
    pub arrival: Option<PendingConnection>,
}

impl Peer {
    /// A program on this machine, whose connection counts against no address.
    pub fn of_this_machine() -> Self {
        Peer { address: Ipv4Addr::LOCALHOST.into(), arrival: None }
    }

    /// Resolves when the connection is evicted in favour of another from its address.
    pub async fn evicted(&self) {
        match &self.arrival {
            Some(arrival) => arrival.evicted().cancelled().await,
            None => std::future::pending().await,
        }
    }

    /// Cancelled when the connection is evicted.
    pub(super) fn token(&self) -> CancellationToken {
        self.arrival.as_ref().map(|arrival| arrival.evicted().clone()).unwrap_or_default()
    }
}
