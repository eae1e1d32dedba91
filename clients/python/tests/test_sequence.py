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


def member(user_id: str) -> dict[str, Any]:
    profile = {"id": user_id, "username": user_id, "displayName": user_id, "kind": "human", "version": 1}
    user = {**profile, "role": "member", "status": "online", "createdAt": CREATED}
    return {"user": user, "role": "member", "joinedAt": CREATED, "readSeq": 0, "deliveredSeq": 0}


def opened(sequence_host: Host) -> tuple[State, Sequence]:
    state = State()
    chat = {"id": "c", "kind": "group", "name": "c", "seq": 1, "messageCount": 0, "pinned": [], "myRole": "owner"}
    room = state.add({**chat, "memberCount": 1, "updatedAt": CREATED, "firstSeq": 1}, 1)
    room.members = {"ann": member("ann")}
    return state, Sequence(state, sequence_host, Tasks())


@pytest.mark.parametrize("is_late", [False, True], ids=["during the sync", "after the sync"])
def test_a_reply_that_a_sync_has_overtaken_is_ignored(is_late: bool) -> None:
    """Commits without an answer are published late: the caller's reply may follow the SYNC that covers it."""

    async def run() -> None:
        host = Host()
        state, sequence = opened(host)
        added = {"type": "MEMBERS_ADDED", "chatId": "c", "seq": 2, "members": [member("ben")], "by": "ann"}
        command = {"type": "ADD_MEMBERS", "chatId": "c", "members": ["ben"]}
        caught_up = asyncio.create_task(sequence.catch_up())
        await rest()
        if not is_late:
            sequence.take(added, command)
        # Ben was added at 2 and removed at 3; SYNC tells of both.
        answer = synced(3)
        answer["chats"][0]["members"] = [member("ann")]
        host.answers[0].set_result(answer)
        await caught_up
        if is_late:
            sequence.take(added, command)
        await rest()
        room = state.rooms["c"]
        assert (list(room.members or {}), room.position, len(host.asked)) == (["ann"], 3, 1)
        assert room.chat["memberCount"] == 1

    asyncio.run(run())


def test_an_empty_piece_of_an_own_stream_takes_no_index() -> None:
    state, sequence = opened(Host())
    stream = {"id": "m", "chatId": "c", "seq": 0, "content": "", "sender": member("ann")["user"]}
    sequence.take({"type": "STREAM_STARTED", "chatId": "c", "message": stream}, None)
    target = {"chatId": "c", "messageId": "m"}
    for index, content in [(0, ""), (0, "It "), (0, ""), (1, "is ")]:
        command = {"type": "APPEND_STREAM", **target, "content": content}
        sequence.take({"type": "STREAM_APPENDED", **target, "index": index}, command)
    assert state.rooms["c"].streams["m"]["content"] == "It is "
    assert state.rooms["c"].streams["m"]["nextIndex"] == 2


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
