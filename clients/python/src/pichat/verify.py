"""Digests: proof that a client holds what the server holds, and repair if it does not."""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .chat import Chat
from .client import Client
from .errors import Closed, CommandError, PichatError
from .room import Object, Room

Verdict = Literal["same", "partial", "unknown", "repaired"]

MAX_ATTEMPTS = 4
PAGE = 200

CHAT_FIELDS = (
    "active", "createdAt", "createdBy", "description", "id", "kind", "name", "posting", "retentionDays", "seq",
)  # fmt: skip
MESSAGE_FIELDS = (
    "chatId", "content", "createdAt", "deletedAt", "editedAt", "id", "mentions", "replyTo", "role", "seq", "updatedSeq",
)  # fmt: skip
ATTACHMENT_FIELDS = ("height", "id", "mimeType", "name", "url", "width")


@dataclass(frozen=True)
class Divergence:
    """A chat that the client held differently from the server; it has been repaired.

    `missing` are the items that the server has and the client lacked, `unexpected` those that only the client had, in
    canonical form.
    """

    chat: Chat
    seq: int
    missing: list[str]
    unexpected: list[str]


def items_of(chat: Object, members: Iterable[Object], messages: Iterable[Object]) -> list[str]:
    """Returns the items of a chat in canonical form, as protocol/README.md defines them."""
    about = {**_picked(chat, *CHAT_FIELDS), "item": "chat", **({"hold": True} if chat.get("hold") else {})}
    items: list[Object] = [about]
    items += [{"chatId": chat["id"], "item": "pin", "messageId": message_id} for message_id in chat["pinned"]]
    for member in members:
        item = _picked(member, "joinedAt", "role")
        items.append({**item, "chatId": chat["id"], "item": "member", "userId": member["user"]["id"]})
    for message in messages:
        items += _message_items(message)
    return [_canonical(item) for item in items]


def digest_of(items: Iterable[str]) -> str:
    """Returns the digest of items in any order: the sum of their SHA-256 modulo 2^256, as 64 hexadecimal digits."""
    total = sum(int.from_bytes(hashlib.sha256(item.encode()).digest(), "big") for item in items)
    return f"{total % 2**256:064x}"


async def verify_chat(client: Client, chat: Chat) -> Verdict:
    """Compares what the client holds of a chat with the server's digest, and repairs what differs.

    - `same`: the client holds what the server holds.
    - `partial`: the client holds only a part of the chat, or is catching up; nothing was compared. Load the whole chat
      with `chat.older` and `chat.members`.
    - `unknown`: the digests cannot be compared, because the chat is too large, does not rest, or has numbers in its
      metadata that Python writes differently.
    - `repaired`: the client held something else and now has the server's state. This is a fault of the client or the
      server; the client emits it as the event `divergence`.

    A comparison costs as much as 10 commands.
    """
    try:
        for _ in range(MAX_ATTEMPTS):
            if _held(client, chat) is None:
                return "partial"
            reply = await client.ask({"type": "GET_CHAT", "chatId": chat.id, "digest": True})
            room = _held(client, chat)
            if room is None or room.position != reply["chat"]["seq"]:
                # The chat has changed since; its events arrive before the next reply.
                continue
            if "digest" not in reply:
                return "unknown"
            return "same" if digest_of(_items_held(room)) == reply["digest"] else await _repair(client, chat)
    except CommandError:
        pass  # The chat never rests, or the user has just left it.
    return "unknown"


async def watch_divergence(client: Client, *, every: float = 600.0) -> None:
    """Compares one chat after the other, every so many seconds on average, until the client is closed.

    Only chats that the client holds whole are compared. Run it with `asyncio.create_task` and listen for the event
    `divergence`.
    """
    compared: dict[str, int] = {}
    incomparable: set[str] = set()
    count = 0
    # Clients that were started together do not all ask at the same moment.
    while not await _closes_within(client, every * (0.5 + random.random())):
        held = [chat for chat in client.chats if _held(client, chat) and chat.id not in incomparable]
        if not held:
            continue
        chat = min(held, key=lambda chat: compared.get(chat.id, 0))
        count += 1
        compared[chat.id] = count
        try:
            if await verify_chat(client, chat) == "unknown":
                incomparable.add(chat.id)
        except PichatError:
            continue  # The connection ended.


async def _closes_within(client: Client, seconds: float) -> bool:
    try:
        await client.wait_for("status", lambda status: status == "closed", seconds)
    except asyncio.TimeoutError:
        return False
    except Closed:
        pass
    return True


async def _repair(client: Client, chat: Chat) -> Verdict:
    """Reads the chat until it did not change meanwhile, compares it item by item, and takes it."""
    for _ in range(MAX_ATTEMPTS):
        before = await _read_chat(client, chat)
        members = await _read_members(client, chat)
        messages = await _read_messages(client, chat)
        after = await _read_chat(client, chat)
        room = _held(client, chat)
        if room is None:
            return "partial"
        if before["seq"] != after["seq"] or room.position != after["seq"]:
            continue
        had, has = set(_items_held(room)), set(items_of(after, members, messages))
        if had == has:
            # Both write the same numbers in the same other way.
            return "unknown"
        _take(client, room, after, members, messages)
        client.diverged(Divergence(chat, after["seq"], sorted(has - had), sorted(had - has)))
        return "repaired"
    return "unknown"


def _take(client: Client, room: Room, chat: Object, members: list[Object], messages: list[Object]) -> None:
    marks = room.members or {}
    room.messages = messages
    room.keep = max(room.keep, len(messages))
    room.members = {member["user"]["id"]: member for member in members}
    for user_id, member in marks.items():
        client.state.mark(room.id, user_id, member)
    client.state.refresh(chat)
    for member in members:
        client.state.update_user(member["user"])


def _held(client: Client, chat: Chat) -> Room | None:
    """Returns the client's copy of a chat; None unless it is complete and up to date."""
    room = client.state.rooms.get(chat.id)
    if room is None or client.status != "online" or room.stale:
        return None
    return room if room.begins_at == 1 and room.members is not None else None


def _items_held(room: Room) -> list[str]:
    return items_of(room.chat, (room.members or {}).values(), room.messages)


async def _read_chat(client: Client, chat: Chat) -> Object:
    found: Object = (await client.ask({"type": "GET_CHAT", "chatId": chat.id}))["chat"]
    return found


async def _read_members(client: Client, chat: Chat) -> list[Object]:
    found: list[Object] = []
    page: Object = {"nextCursor": None}
    while "nextCursor" in page:
        command = {"type": "GET_MEMBERS", "chatId": chat.id, "limit": PAGE, "cursor": page["nextCursor"]}
        page = await client.ask(command)
        found += page["members"]
    return found


async def _read_messages(client: Client, chat: Chat) -> list[Object]:
    found: list[Object] = []
    page: Object = {"hasMore": True}
    while page["hasMore"]:
        before = {"before": found[0]["seq"]} if found else {}
        page = await client.ask({"type": "GET_CHAT_HISTORY", "chatId": chat.id, "limit": PAGE, **before})
        found = page["messages"] + found
        if not page["messages"]:
            break
    return found


def _message_items(message: Object) -> list[Object]:
    files = [
        {**_picked(file, *ATTACHMENT_FIELDS), "size": str(file["size"])} for file in message["attachments"]
    ]  # fmt: skip
    item = {**_picked(message, *MESSAGE_FIELDS), "attachments": files, "item": "message"}
    item["senderId"] = message["sender"]["id"]
    if "metadata" in message:
        item["metadata"] = json.dumps(message["metadata"], ensure_ascii=False, separators=(",", ":"))
    where = {"chatId": message["chatId"], "item": "reaction", "messageId": message["id"]}
    return [item, *({**where, **_picked(one, "count", "emoji", "userIds")} for one in message["reactions"])]


def _picked(value: Mapping[str, Any], *names: str) -> Object:
    return {name: value[name] for name in names if name in value}


def _canonical(value: object) -> str:
    """Returns JSON in canonical form (RFC 8785), as far as items need it: keys are ASCII, and numbers are whole."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
