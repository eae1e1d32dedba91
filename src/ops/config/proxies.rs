use std::net::IpAddr;

use ipnet::IpNet;

use super::{BadSetting, SettingSource};

/// Proxies in front of the server whose X-Forwarded-For is trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// True if the address belongs to a trusted proxy.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// True if every address is trusted.
    pub fn has_everybody(&self) -> bool {
        self.0.iter().any(|network| network.prefix_len() == 0)
    }
}

/// Parses a network, or a single address as a network of one.
fn parse(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse().ok().map(|address: IpAddr| address.into()))
}

impl SettingSource<'_> {
    pub(super) fn proxies(&self) -> Result<TrustedProxies, BadSetting> {
        let network = |text: String| {
            parse(&text).ok_or_else(|| BadSetting {
                name: "TRUSTED_PROXIES".into(),
                problem: format!("{text:?} is neither an address such as 10.0.0.1 nor a network such as 10.0.0.0/8"),
            })
        };
        self.list("TRUSTED_PROXIES").into_iter().map(network).collect::<Result<_, _>>().map(TrustedProxies)
    }
}

#[cfg(test)]
mod tests {
    use crate::ops::config::{Config, TrustedProxies};

    fn proxies(value: &str) -> Result<TrustedProxies, String> {
        let lookup = |name: &str| (name == "TRUSTED_PROXIES").then(|| value.to_owned());
        Config::from_lookup(&lookup).map(|config| config.trusted_proxies).map_err(|error| error.to_string())
    }

    #[test]
    fn addresses_and_networks_of_both_families_parse() {
        let known = proxies("127.0.0.1, 10.0.0.0/8,fd00::/8,2001:db8::7").expect("good networks");
        for (address, is_known) in [
            ("127.0.0.1", true),
            ("127.0.0.2", false),
            ("10.255.0.1", true),
            ("11.0.0.1", false),
            ("fd12::1", true),
            ("fe80::1", false),
            ("2001:db8::7", true),
            ("2001:db8::8", false),
        ] {
            assert_eq!(known.contains(address.parse().expect("an address")), is_known, "{address}");
        }
        let any = proxies("0.0.0.0/0").expect("everything");
        assert!(any.contains([192, 0, 2, 1].into()) && !any.contains("::1".parse().expect("an address")));
    }

    #[test]
    fn an_invalid_network_is_named() {
        for bad in ["proxy.example", "10.0.0.0/33", "10.0.0.0/x", "::/129"] {
            let error = proxies(bad).expect_err(bad);
            assert!(error.starts_with("TRUSTED_PROXIES") && error.contains(bad), "{error}");
        }
    }
}
