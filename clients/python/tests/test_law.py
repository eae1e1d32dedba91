"""The law: after any history of changes and cuts, a client knows exactly what one that has just started knows."""

from __future__ import annotations

import os

import pytest
from histories import stage
from random_history import CLIENTS, USERS, History

# Each seed is one history; LAW_SEEDS=1,2,3 runs others.
SEEDS = [int(seed) for seed in os.environ.get("LAW_SEEDS", "1,2,3,4,5,6").split(",")]
STEPS = int(os.environ.get("LAW_STEPS", "80"))


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_client_that_went_through_anything_knows_what_a_new_one_knows(seed: int) -> None:
    async with stage(USERS, CLIENTS) as scene:
        history = History(scene, seed)
        await history.play(STEPS)
        await scene.check(await scene.finals())
