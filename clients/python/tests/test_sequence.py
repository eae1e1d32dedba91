"""The order of frames and of the answers to SYNC."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from pichat.errors import PichatError
from pichat.sequence import Sequence
from pichat.state import State
from pichat.tasks import Tasks

CREATED = "2026-01-01T00:00:00Z"


class Host:
    """A client whose SYNC is answered by the test."""

    def __init__(self) -> None:
        self.asked: list[Mapping[str, int]] = []
        self.answers: list[asyncio.Future[dict[str, Any]]] = []

    async def sync(self, chats: Mapping[str, int], cursor: str | None) -> dict[str, Any]:
        self.asked.append(chats)
        self.cursor = cursor
        self.answers.append(asyncio.get_running_loop().create_future())
        return await self.answers[-1]

    def resume_from(self, chat: dict[str, Any]) -> int:
        return int(chat["seq"])

    def applied(self, frame: dict[str, Any]) -> None:
        pass

    def caught_up(self, messages: list[dict[str, Any]]) -> None:
        pass

    def lagged(self) -> None:
        pass

    def sync_failed(self, error: PichatError) -> None:
        raise error


def synced(seq: int) -> dict[str, Any]:
    chat = {"chatId": "c", "seq": seq, "marks": [], "streams": [], "messages": [], "more": False}
    return {"type": "SYNCED", "chats": [chat], "newChats": [], "removedChatIds": []}


async def rest() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.mark.parametrize("lagged", [{"type": "LAGGED", "chatId": "c", "fromSeq": 2, "toSeq": 3}, {"type": "LAGGED"}])
def test_a_gap_that_is_reported_while_sync_is_running_is_fetched_after_an_older_reply(lagged: dict[str, Any]) -> None:
    async def run() -> None:
        state = State()
        chat = {"id": "c", "kind": "group", "name": "c", "seq": 1, "messageCount": 0, "pinned": [], "myRole": "member"}
        room = state.add({**chat, "memberCount": 2, "updatedAt": CREATED, "firstSeq": 1}, 1)
        host = Host()
        sequence = Sequence(state, host, Tasks())
        caught_up = asyncio.create_task(sequence.catch_up())
        await rest()
        sequence.take(lagged, None)
        host.answers[0].set_result(synced(2))
        await rest()
        assert host.asked == [{"c": 1}, {"c": 2}]
        host.answers[1].set_result(synced(3))
        await caught_up
        await rest()
        assert (room.position, len(host.asked)) == (3, 2)

    asyncio.run(run())
