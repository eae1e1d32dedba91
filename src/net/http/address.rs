use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use hyper::header::{HOST, HeaderMap};

use crate::api::context::Origin;
use crate::ops::config::{Config, TrustedProxies};

/// The client's address, and the name by which it reached this server.
pub(super) fn of_request(peer: IpAddr, headers: &HeaderMap, config: &Config) -> Origin {
    let proxies = &config.trusted_proxies;
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let named = text("x-forwarded-proto").filter(|_| proxies.contains(peer.to_canonical()));
    let secure = config.tls.is_some() || named == Some("https");
    let site = match text(HOST.as_str()) {
        Some(host) => format!("{}://{host}", if secure { "https" } else { "http" }),
        None => String::new(),
    };
    Origin { address: of_client(peer, headers, proxies), site: Arc::from(site) }
}

/// The address of the peer or, if the peer is a trusted proxy, the client address that the proxies report. Every hop
/// appends the address of its peer, so the rightmost one that is not a trusted proxy is the client. Anything further
/// left may be forged.
fn of_client(peer: IpAddr, headers: &HeaderMap, proxies: &TrustedProxies) -> IpAddr {
    let mut address = peer.to_canonical();
    let named = headers.get_all("x-forwarded-for").into_iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = named.flat_map(|list| list.split(',')).collect();
    for hop in hops.into_iter().rev() {
        if !proxies.contains(address) {
            break;
        }
        let Some(before) = parse(hop.trim()) else { break };
        address = before;
    }
    address
}

/// Parses an address, possibly with a port, which some proxies add.
fn parse(hop: &str) -> Option<IpAddr> {
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse().ok().or_else(|| hop.parse().ok().map(|socket: SocketAddr| socket.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use hyper::header::{HeaderMap, HeaderValue};

    use super::of_client;
    use crate::ops::config::Config;

    #[test]
    fn only_trusted_proxies_set_the_client_address() {
        let lookup = |name: &str| (name == "TRUSTED_PROXIES").then(|| "10.0.0.0/8".to_owned());
        let proxies = Config::from_lookup(&lookup).expect("good settings").trusted_proxies;
        for (peer, lines, client) in [
            ("192.0.2.1", &["198.51.100.7"][..], "192.0.2.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &["203.0.113.9", "198.51.100.7, 10.0.0.2"], "198.51.100.7"),
            ("10.0.0.1", &["nonsense, 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1", &["198.51.100.7:4711"], "198.51.100.7"),
            ("10.0.0.1", &["[2001:db8::7]:4711"], "2001:db8::7"),
            ("::ffff:10.0.0.1", &["2001:db8::7"], "2001:db8::7"),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", HeaderValue::from_static(line));
            }
            let found = of_client(peer.parse().expect("an address"), &headers, &proxies);
            assert_eq!(found.to_string(), client, "{peer} with {lines:?}");
        }
    }
}
