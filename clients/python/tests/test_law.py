"""The law: after any history of changes and disconnects, a client's state equals that of a new client."""

from __future__ import annotations

import asyncio
import os

import pytest
from histories import load_all, stage
from random_history import CLIENTS, USERS, History
from support import until

from pichat import Client
from pichat.protocol import TICKS

# Each seed is one history; LAW_SEEDS=1,2,3 runs others.
SEEDS = [int(seed) for seed in os.environ.get("LAW_SEEDS", "1,2,3,4,5,6").split(",")]
STEPS = int(os.environ.get("LAW_STEPS", "80"))


@pytest.mark.parametrize("seed", SEEDS)
async def test_after_any_history_a_client_equals_a_new_one(seed: int) -> None:
    async with stage(USERS, CLIENTS) as scene:
        history = History(scene, seed)
        await history.play(STEPS)
        await scene.check(await scene.finals())


async def test_events_during_a_sync_are_applied_once_and_in_order() -> None:
    async with stage({"ann": "human", "ben": "human"}, {"ann": "ann", "ben": "ben"}) as scene:
        ann, ben, proxy = scene.clients["ann"], scene.clients["ben"], scene.proxies["ann"]
        chat = await ben.create("work", members=["ann"])
        await until(lambda: chat.id in ann.state.rooms, "the chat")
        await load_all(ann)
        seqs: list[int] = []
        heard: list[str] = []
        ann.on("frame", lambda frame: seqs.append(frame["seq"]) if frame["type"] in TICKS else None)
        ann.on("message", lambda incoming: heard.append(incoming.message["id"]))
        for part in range(20):
            # Half of these arrive while ann is away, half while she catches up.
            sending = asyncio.gather(*(chat.send(f"{part} {number}") for number in range(30)))
            changing = asyncio.gather(*(change(ben, chat.id, message["id"]) for message in chat.messages[-8:]))
            proxy.cut()
            await sending
            await changing
        await scene.check(await scene.finals())
        assert len(heard) == 20 * 30
        assert heard == [message["id"] for message in chat.messages]
        assert seqs == sorted(set(seqs))


async def change(client: Client, chat_id: str, message_id: str) -> None:
    target = {"chatId": chat_id, "messageId": message_id}
    await client.ask({"type": "ADD_REACTION", **target, "emoji": "👍"})
    await client.ask({"type": "EDIT_MESSAGE", **target, "content": "edited"}, repeatable=True)
