"""A client detects that its chat differs from the server's, reports it, and takes the server's state."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest
from histories import load_all, stage
from support import Object, Server, until

from pichat import Chat, Client, Divergence, verify_chat, watch_divergence
from pichat.room import Room


@dataclass
class Scene:
    """A chat that two users share, as one of them holds it."""

    server: Server
    client: Client
    ben: Client
    token: str
    chat: Chat
    reports: list[Divergence]

    @property
    def room(self) -> Room:
        return self.chat.room

    def picture(self) -> Object:
        """Returns a copy of what the client holds.

        It has no delivery marks: the server records them later than it sends the messages, and the digest omits them.
        """
        held = (self.room.members or {}).items()
        members = {user: {**member, "deliveredSeq": None} for user, member in held}
        return copy.deepcopy({"chat": self.room.chat, "messages": self.room.messages, "members": members})


@contextlib.asynccontextmanager
async def scene() -> AsyncIterator[Scene]:
    """Ann holds a chat with every change that a digest covers."""
    users = {"ann": "human", "ben": "human"}
    async with stage(users, {"ann": "ann", "ben": "ben"}) as shared:
        client, ben = shared.clients["ann"], shared.clients["ben"]
        chat = await ben.create("plans", members=["ann"])
        ids = [(await chat.send(f"text {number}, @ann"))["id"] for number in range(5)]
        picture = {"name": "a.png", "size": 3, "mimeType": "image/png", "width": 2, "height": 1}
        await chat.send(attachments=[{"url": "https://example.org/a.png", **picture}])
        await chat.send('ä \u0007 "quoted"', replyTo=ids[0], metadata={"b": [1, None, "x"], "a": {"deep": True}})
        await chat.edit(ids[1], "edited")
        await chat.delete(ids[2])
        await chat.react(ids[0], "👍")
        await ben.ask({"type": "PIN_MESSAGE", "chatId": chat.id, "messageId": ids[3]})
        await until(lambda: chat.id in client.state.rooms, "the chat")
        reports: list[Divergence] = []
        client.on("divergence", reports.append)
        own = client.chat(chat.id)
        await until(lambda: own.room.position == chat.room.position, "the last change")
        yield Scene(shared.server, client, ben, shared.tokens["ann"], own, reports)


def change_message(number: int, **fields: object) -> Callable[[Room], None]:
    def damage(room: Room) -> None:
        room.messages[number] = {**room.messages[number], **fields}

    return damage


def change_role(room: Room) -> None:
    assert room.members
    user_id, member = next(iter(room.members.items()))
    room.members[user_id] = {**member, "role": "admin"}


def lose_member(room: Room) -> None:
    assert room.members
    room.members.popitem()


DAMAGES: dict[str, tuple[Callable[[Room], object], str]] = {
    "another text": (change_message(0, content="another"), '"content":"text 0, @ann"'),
    "a missing message": (lambda room: room.messages.pop(1), '"content":"edited"'),
    "an unknown deletion": (change_message(2, content="alive"), '"deletedAt"'),
    "another attachment": (change_message(5, attachments=[]), '"name":"a.png"'),
    "other metadata": (change_message(6, metadata={}), "deep"),
    "another reaction": (change_message(0, reactions=[]), '"item":"reaction"'),
    "another role": (change_role, '"item":"member"'),
    "a missing member": (lose_member, '"item":"member"'),
    "a missing pin": (lambda room: room.change_chat(pinned=[]), '"item":"pin"'),
    "another name": (lambda room: room.change_chat(name="dreams"), '"name":"plans"'),
}


async def test_complete_chats_are_compared_and_match() -> None:
    async with scene() as it:
        assert await verify_chat(it.client, it.chat) == "partial"
        await load_all(it.client)
        assert await verify_chat(it.client, it.chat) == "same"
        await it.ben.ask({"type": "UPDATE_CHAT", "chatId": it.chat.id, "posting": "admins"})
        change = {"type": "UPDATE_MEMBER", "chatId": it.chat.id, "userId": it.client.me["id"], "role": "admin"}
        await it.ben.ask(change)
        await it.chat.send("still the same")
        assert await verify_chat(it.client, it.chat) == "same"
        assert it.reports == []


async def test_every_kind_of_damage_is_detected_reported_and_repaired() -> None:
    async with scene() as it:
        await load_all(it.client)
        whole = it.picture()
        for what, (damage, lacking) in DAMAGES.items():
            damage(it.room)
            assert await verify_chat(it.client, it.chat) == "repaired", what
            (report,) = it.reports
            assert report.chat.id == it.chat.id
            assert report.seq == it.room.position
            assert lacking in "\n".join(report.missing), what
            assert it.picture() == whole, what
            assert await verify_chat(it.client, it.chat) == "same", what
            it.reports.clear()


async def test_a_chat_that_changes_during_the_read_is_compared_at_one_position() -> None:
    async with scene() as it:
        await load_all(it.client)
        DAMAGES["another text"][0](it.room)
        sends: list[asyncio.Task[object]] = []

        def meddle(_: object) -> None:
            if len(sends) < 2:
                sends.append(asyncio.create_task(it.ben.chat(it.chat.id).send(f"between {len(sends)}")))

        off = it.client.on("MEMBER_LIST", meddle)
        assert await verify_chat(it.client, it.chat) == "repaired"
        off()
        await asyncio.gather(*sends)
        last = f"between {len(sends) - 1}"
        await until(lambda: it.chat.messages[-1]["content"] == last, "the last message")
        assert await verify_chat(it.client, it.chat) == "same"


async def test_numbers_that_python_writes_differently_are_no_divergence() -> None:
    async with scene() as it:
        await load_all(it.client)
        await it.chat.send("exact", metadata={"n": 12345678901234567890})
        assert await verify_chat(it.client, it.chat) == "same"
        # The server keeps numbers as they were written; Python reads 1E2 and writes 100.0.
        written = {
            "type": "SEND_MESSAGE",
            "chatId": it.chat.id,
            "message": {"metadata": {"n": "NUMBER"}, "content": "x"},
        }
        reply = await it.server.post(json.dumps(written).replace('"NUMBER"', "1E2"), it.token)
        assert reply["type"] == "NEW_MESSAGE", reply
        await until(lambda: it.room.position == reply["seq"], "the message")
        assert await verify_chat(it.client, it.chat) == "unknown"
        assert it.reports == []


async def test_a_client_watches_its_own_state() -> None:
    async with scene() as it:
        await load_all(it.client)
        whole = it.picture()
        watching = asyncio.create_task(watch_divergence(it.client, every=0.02))
        DAMAGES["a missing message"][0](it.room)
        await until(lambda: bool(it.reports), "the report")
        assert len(it.reports[0].missing) == 1
        assert it.picture() == whole
        await it.client.close()
        await asyncio.wait_for(watching, 10)


@pytest.mark.parametrize("size", [0, 1, 450])
async def test_chats_of_any_length_are_read_whole(size: int) -> None:
    async with stage({"ann": "human"}, {"ann": "ann"}) as shared:
        client = shared.clients["ann"]
        chat = await client.create("long")
        await asyncio.gather(*(chat.send(f"message {number}") for number in range(size)))
        await load_all(client)
        chat.room.change_chat(name="short")
        assert await verify_chat(client, chat) == "repaired"
        assert [len(chat.messages), chat.name] == [size, "long"]
        assert await verify_chat(client, chat) == "same"
