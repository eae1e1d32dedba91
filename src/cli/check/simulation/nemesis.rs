//! Consecutive faults, determined by the seed.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::NODES;
use crate::cli::check::Result;
use crate::cli::check::simulated_nodes::World;
use crate::cluster::NodeReach;
use crate::ops::dice::Dice;

/// Maximum pause between two faults in milliseconds.
const PAUSE: u64 = 400;
/// Maximum time for which a node is frozen in milliseconds.
const FROZEN: u64 = 6000;

/// Injects faults until that time.
pub(super) async fn strike(world: &World, dice: &mut Dice, until: Instant) -> Result<()> {
    while Instant::now() < until {
        let place = usize::try_from(dice.below(NODES as u64))?;
        match dice.below(14) {
            0 => world.kill(place),
            1..=3 => world.restart(place).await?,
            4 => world.set_reach(place, NodeReach { speaks: false, hears: true }),
            5 => world.set_reach(place, NodeReach { speaks: true, hears: false }),
            6 => world.set_reach(place, NodeReach { speaks: false, hears: false }),
            7 | 8 => world.set_reach(place, NodeReach::FULL),
            9 => world.freeze(place, Instant::now() + Duration::from_millis(dice.below(FROZEN))),
            10 => world.set_delay(dice.below(300)),
            11 | 12 => {
                let delay = dice.below(40);
                let loses_one_of = [0, 10, 30, 100][usize::try_from(dice.below(4))?];
                world.set_link(place, delay, loses_one_of);
            }
            _ => {}
        }
        sleep(Duration::from_millis(dice.below(PAUSE))).await;
    }
    Ok(())
}
