//! The clients of `pichat check` on simulated nodes: a seed determines and reproduces their commands and all faults.
//!
//! Several unmodified nodes run in this process: hub, commit queues, sessions, dispatch, reconciler and gap filler.
//! Only their surroundings are simulated. They share one [`MemoryRepository`] over links that delay and refuse calls
//! and lose replies, including those of commits; a [`SimulatedNetwork`](crate::cluster::SimulatedNetwork) replaces
//! Redis; the clients' sockets are pipes. Nodes are killed, restarted, frozen, and partitioned in one direction or
//! both.
//!
//! Everything runs on one thread under tokio's paused time, which advances only when the runtime is idle, so an hour of
//! waiting costs nothing. `turmoil` simulates hosts below TCP, and `madsim` replaces tokio and the system's randomness:
//! both would add a simulated network to a program whose nodes communicate through one trait,
//! [`Transport`](crate::cluster::Transport). A run depends only on its seed, because times and ids come from the clock,
//! maps have a fixed order in tests ([`collections`](crate::ops::collections)), and nothing waits for another thread.
//!
//! `SIMULATION_SEEDS` sets the number of seeds, `SIMULATION_SEED` runs only that one.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use super::promise::Promise;
use super::simulated_nodes::{self, ADMIN_TOKEN, World};
use super::socket::NodeSocket;
use super::{Check, Result};
use super::{ENDS_WITHIN, Run, cast, last_pictures, revocations, verdict};
use crate::cluster::NodeReach;
use crate::ops::dice::Dice;
use crate::ops::fault::{Fault, of_thread};

mod nemesis;
mod outcomes;
mod own_marks;
mod unheard;

/// Number of nodes in a simulation.
const NODES: usize = 3;
/// Number of clients.
const CLIENTS: u64 = 4;
/// Number of chats.
const CHATS: u64 = 2;
/// Average pause of a client between two commands, in milliseconds.
const REST: u64 = 60;
/// Minimum duration of the load in milliseconds, and its random extension.
const LOAD: u64 = 400;
const LOAD_VARIES: u64 = 1600;
/// The same for one run in this many, which is long enough for token revocations.
const LONG_LOAD: u64 = 3500;
const IS_LONG: u64 = 4;
/// The time within which everything must be delivered once faults have ended.
const SETTLES_WITHIN: Duration = Duration::from_secs(30);
/// Seeds per run of the test suite.
const SEEDS: u64 = 100;

/// The outcome of a run.
#[derive(Debug)]
struct Played {
    counts: BTreeMap<&'static str, u64>,
    /// The violated guarantees.
    faults: BTreeMap<Promise, Vec<String>>,
}

/// Runs one seed.
fn simulate(seed: u64) -> Played {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let runtime = runtime.expect("a runtime");
    let played = runtime.block_on(play(seed));
    simulated_nodes::end();
    played.unwrap_or_else(|error| panic!("SIMULATION_SEED={seed}: the run ended early: {error}"))
}

async fn play(seed: u64) -> Result<Played> {
    let mut dice = Dice(seed);
    let world = World::start(dice.roll(), NODES).await?;
    let check = Check {
        urls: world.urls(),
        token: Some(ADMIN_TOKEN.to_owned()),
        sign_up: false,
        clients: CLIENTS,
        chats: CHATS,
        seconds: 0,
        rest: REST,
        settle: SETTLES_WITHIN.as_secs(),
        seed: dice.roll(),
    };
    let mark = format!("s{seed}");
    let (token, people, chats) = cast::prepare(&check, &mark).await?;
    let run = Arc::new(Run::new(&check, chats, &people));
    let mut busy = JoinSet::new();
    for person in people {
        busy.spawn(person.live(run.clone()));
    }
    let revoking = tokio::spawn(revocations::keep_revoking(run.clone(), token.clone(), mark));
    let least = if dice.below(IS_LONG) == 0 { LONG_LOAD } else { LOAD };
    let load = Duration::from_millis(least + dice.below(LOAD_VARIES));
    nemesis::strike(&world, &mut dice, Instant::now() + load).await?;
    world.heal().await?;
    let by = check.set_goal(&run, &token).await?;
    revoking.await?;
    let pictures = last_pictures(&run, busy, by + ENDS_WITHIN).await?;
    verdict::compare(&run, &token, &pictures).await;
    let (counts, faults) = run.ledger.read();
    Ok(Played { counts, faults })
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|value| value.parse().ok())
}

#[test]
fn every_guarantee_holds_under_random_faults() {
    if let Some(seed) = number("SIMULATION_SEED") {
        let played = simulate(seed);
        assert!(played.faults.is_empty(), "{played:#?}");
        return;
    }
    let seeds = number("SIMULATION_SEEDS").unwrap_or(SEEDS);
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for seed in 0..seeds {
        let played = simulate(seed);
        assert!(played.faults.is_empty(), "SIMULATION_SEED={seed} repeats this run: {:#?}", played.faults);
        played.counts.into_iter().for_each(|(what, count)| *counts.entry(what).or_default() += count);
    }
    assert!(counts["messages acknowledged"] >= seeds, "too little activity: {counts:#?}");
}

/// Beyond those that run every time; each failed until a fault of the server was mended.
#[test]
fn seeds_that_found_faults_pass() {
    for seed in [676, 777, 1897, 45253] {
        let played = simulate(seed);
        assert!(played.faults.is_empty(), "SIMULATION_SEED={seed} repeats this run: {:#?}", played.faults);
    }
}

/// The frames of a run.
fn trace(seed: u64) -> Vec<String> {
    simulated_nodes::begin_trace();
    simulate(seed);
    simulated_nodes::take_trace()
}

#[test]
fn a_seed_reproduces_its_run_frame_by_frame() {
    for seed in 1000..1005 {
        let first = trace(seed);
        let again = trace(seed);
        let differs = first.iter().zip(&again).position(|(one, other)| one != other);
        assert_eq!(differs.map(|place| (&first[place], &again[place])), None, "seed {seed}");
        assert_eq!(first.len(), again.len(), "seed {seed}");
        assert!(first.len() > 100, "seed {seed} has {} frames", first.len());
    }
}

/// True if a node cut off from the others and the storage has delivered the missed events to its client 10 s after both
/// are back, the storage last.
async fn catches_up() -> Result<bool> {
    let world = World::start(7, 2).await?;
    let mut ann = NodeSocket::connect("simulation://0", ADMIN_TOKEN).await?;
    let made = ann.command(json!({"type":"CREATE_API_TOKEN","name":"ben","botUsername":"ben"})).await?;
    let members = [&made["token"]["userId"]];
    let made_chat = json!({"type":"CREATE_CHAT","kind":"group","name":"both","members":members});
    let chat = ann.command(made_chat).await?["chatId"].clone();
    let mut ben = NodeSocket::connect("simulation://1", made["secret"].as_str().ok_or("no token")?).await?;
    world.set_reach(1, NodeReach { speaks: false, hears: false });
    world.set_link(1, 0, 1);
    ann.command(json!({"type":"SEND_MESSAGE","chatId":chat,"message":{"content":"unheard"}})).await?;
    // Long enough for the node to drop its connection.
    sleep(Duration::from_secs(10)).await;
    world.set_reach(1, NodeReach::FULL);
    sleep(Duration::from_secs(3)).await;
    world.set_link(1, 0, 0);
    let received = timeout(Duration::from_secs(10), async {
        while ben.next().await?["type"] != "NEW_MESSAGE" {}
        Result::Ok(())
    });
    let is_received = matches!(received.await, Ok(Ok(())));
    simulated_nodes::end();
    Ok(is_received)
}

#[tokio::test(start_paused = true)]
async fn an_isolated_node_catches_up_once_bus_and_storage_return() {
    assert!(catches_up().await.expect("a run"), "the message was not delivered");
    of_thread::inject(Some(Fault::ForgetUnreadChats));
    let is_found = !catches_up().await.expect("a run");
    of_thread::inject(None);
    assert!(is_found, "the fault was not detected");
}

/// Faults that a simulation detects, each with a guarantee that it violates.
const FOUND: &[Fault] = &[
    Fault::AckBeforeCommit,
    Fault::PublishBeforeCommit,
    Fault::CursorOffByOne,
    Fault::DoubleOnRetry,
    Fault::DeliverToRemoved,
    Fault::LoseMarks,
    Fault::LoseSettings,
    Fault::KeepRevoked,
    Fault::ForgetOperations,
    Fault::HideProfiles,
    Fault::NoRepair,
    Fault::SkipChats,
];

/// Number of seeds within which each fault is found.
const WITHIN: u64 = 40;

#[test]
fn each_injected_fault_is_detected() {
    let mut missed = vec![];
    for fault in FOUND {
        of_thread::inject(Some(*fault));
        if (0..WITHIN).all(|seed| simulate(seed).faults.is_empty()) {
            missed.push(fault);
        }
        of_thread::inject(None);
    }
    assert!(missed.is_empty(), "not detected within {WITHIN} seeds: {missed:?}");
}
