use std::net::IpAddr;

use super::{RateLimits, Tried};
use crate::ops::config::Config;
use crate::protocol::error::Code;

fn rate_limits(own: &[(&str, &str)]) -> RateLimits {
    let lookup = |name: &str| own.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned());
    RateLimits::new(&Config::from_lookup(&lookup).expect("good settings").limits)
}

fn address(last: u8) -> IpAddr {
    [192, 0, 2, last].into()
}

#[test]
fn five_failures_throttle_only_their_own_address() {
    let limits = rate_limits(&[]);
    for _ in 0..5 {
        drop(limits.password("ann", address(1)).expect("an attempt"));
    }
    let refused = limits.password("ann", address(1)).expect_err("the sixth");
    assert_eq!(refused.code, Code::RateLimited);
    assert!(refused.retry_after.is_some_and(|wait| wait.as_secs() <= 12), "{refused:?}");
    limits.password("ann", address(2)).expect("the victim's own").succeeded();
    limits.password("ben", address(1)).expect("another account").succeeded();
}

#[test]
fn a_victim_can_log_in_from_a_known_address() {
    let limits = rate_limits(&[]);
    limits.password("ann", address(250)).expect("an attempt").succeeded();
    let failed = (0..200_u8).filter(|last| limits.password("ann", address(*last)).is_ok()).count();
    assert_eq!(failed, 50);
    limits.password("ann", address(250)).expect("where ann was before").succeeded();
    limits.password("ann", address(251)).expect_err("anywhere else");
}

#[test]
fn guessing_across_accounts_is_throttled() {
    let limits = rate_limits(&[]);
    let tried = (0..200).filter(|number| limits.password(&format!("user{number}"), address(1)).is_ok()).count();
    assert_eq!(tried, 100);
}

#[test]
fn successes_are_free_and_zero_disables_a_limit() {
    let usual = rate_limits(&[]);
    for _ in 0..100 {
        usual.password("ann", address(1)).expect("an attempt").succeeded();
    }
    let off = rate_limits(&[("LOGIN_ATTEMPTS_PER_MINUTE", "0"), ("SIGN_UPS_PER_HOUR", "0")]);
    for _ in 0..100 {
        drop(off.password("ann", address(1)).expect("an attempt"));
        off.sign_up(address(1)).expect("another");
    }
    let signed_up = (0..100).filter(|_| usual.sign_up(address(1)).is_ok()).count();
    assert_eq!(signed_up, 20);
}

#[test]
fn failures_on_other_nodes_count() {
    let [here, there] = [rate_limits(&[("SIGN_UPS_PER_HOUR", "1")]), rate_limits(&[])];
    for _ in 0..3 {
        here.note(there.password("ann", address(1)).expect("an attempt").failed());
    }
    let tried = (0..5).filter(|_| here.password("ann", address(1)).is_ok()).count();
    assert_eq!(tried, 2);
    here.note(there.password("ben", address(2)).expect("an attempt").succeeded());
    (0..100).for_each(|last| here.note(Tried::Failed("ben".into(), address(100 + last))));
    here.password("ben", address(2)).expect("where ben was, on another node");
    here.password("ben", address(3)).expect_err("anywhere else");
    here.note(there.sign_up(address(4)).expect("the first"));
    here.sign_up(address(4)).expect_err("the second");
}

#[test]
fn failed_tokens_are_limited_per_address_but_known_ones_pass() {
    let [here, there] = [rate_limits(&[]), rate_limits(&[])];
    here.token_worked([1; 32], address(1));
    let tried = (0..200).filter(|_| {
        here.token(&[9; 32], address(1)).is_ok_and(|()| {
            there.note(here.token_failed(address(1)));
            true
        })
    });
    assert_eq!(tried.count(), 100);
    for limits in [&here, &there] {
        assert_eq!(limits.token(&[9; 32], address(1)).expect_err("too many").code, Code::RateLimited);
        limits.token(&[9; 32], address(2)).expect("another address");
    }
    here.token(&[1; 32], address(1)).expect("a token that has worked here");
}

#[test]
fn an_ipv6_network_counts_as_one_client() {
    let limits = rate_limits(&[("SIGN_UPS_PER_HOUR", "1")]);
    let parsed = |text: &str| text.parse::<IpAddr>().expect("an address");
    limits.sign_up(parsed("2001:db8::1")).expect("the first");
    limits.sign_up(parsed("2001:db8::ffff:1")).expect_err("the same network");
    limits.sign_up(parsed("2001:db8:0:1::1")).expect("another network");
}

#[test]
fn a_dropped_slot_is_free_again() {
    let limits = rate_limits(&[("MAX_ANONYMOUS_CONNECTIONS_PER_ADDRESS", "2")]);
    let places: Vec<_> = (0..2).map(|_| limits.anonymous(address(1)).expect("a place")).collect();
    limits.anonymous(address(1)).expect_err("no third");
    drop(limits.anonymous(address(2)).expect("another address"));
    drop(places);
    drop(limits.anonymous(address(1)).expect("a place again"));
}
