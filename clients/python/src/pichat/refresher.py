"""Fetches what events do not tell: per-user fields, and what a connection that was away has not heard."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from .errors import CommandError, PichatError
from .room import Object, Room
from .state import State
from .tasks import Tasks

MAX_ROUNDS = 3
MAX_SINGLE_CHATS = 10
MAX_SENDERS = 50
USERS_PER_COMMAND = 100

AskAnything = Callable[[Mapping[str, Any]], Awaitable[Object]]


class Refresher:
    """Knows what is out of date."""

    def __init__(self, state: State, ask: AskAnything, tasks: Tasks) -> None:
        self._state = state
        self._ask = ask
        self._tasks = tasks
        self._is_running = False
        self._is_wanted = False
        self._needs_profiles = False
        self._needs_presence = False
        self._loading: dict[str, Awaitable[dict[str, Object]]] = {}

    @property
    def is_stale(self) -> bool:
        """True while something is known to be out of date."""
        return self._is_running or self._needs_profiles or self._needs_presence or bool(self._stale_rooms())

    def missed_everything(self) -> None:
        """Profiles, settings and per-user fields may have changed; a SYNC without a cursor does not say which."""
        for room in self._state.rooms.values():
            room.stale = True
        self._needs_profiles = True
        self._needs_presence = True

    def missed_presence(self) -> None:
        """Presence may have changed; it is never part of SYNC."""
        self._needs_presence = True

    def run(self) -> None:
        """Fetches in the background; what fails is tried again after the next change or connect."""
        self._is_wanted = True
        if not self._is_running and (self._needs_profiles or self._needs_presence or self._stale_rooms()):
            self._is_running = True
            self._tasks.start(self._run())

    async def _run(self) -> None:
        try:
            for _ in range(MAX_ROUNDS):
                # A chat that changes faster than it can be fetched has to wait for its next event.
                if not self._is_wanted:
                    break
                self._is_wanted = False
                await self._refresh()
        except PichatError:
            pass  # The connection ended, and the next one starts over; or the client was closed.
        finally:
            self._is_running = False

    async def _refresh(self) -> None:
        if self._needs_profiles:
            await self._refresh_profiles()
        if self._needs_presence:
            await self._refresh_presence()
        for _ in range(MAX_ROUNDS):
            if self._stale_rooms():
                await self._refresh_rooms()

    async def add_chat(self, chat_id: str) -> None:
        """Fetches a chat that the user is in but that no event has brought yet, and adds it."""
        chat = (await self._ask({"type": "GET_CHAT", "chatId": chat_id}))["chat"]
        if "myRole" in chat and chat["id"] not in self._state.rooms:
            self._state.add(chat, chat["seq"])
        self._state.refresh(chat)

    async def load_members(self, room: Room) -> dict[str, Object]:
        """Loads all members of a chat; changes that arrive between two pages are applied to the new list, too."""
        if room.id not in self._loading:
            self._loading[room.id] = self._tasks.start(self._load_members(room))
        return await asyncio.shield(self._loading[room.id])

    async def _load_members(self, room: Room) -> dict[str, Object]:
        found = room.loading_members = {}
        page: Object = {"nextCursor": None}
        try:
            while "nextCursor" in page:
                cursor = page["nextCursor"]
                page = await self._ask({"type": "GET_MEMBERS", "chatId": room.id, "limit": 200, "cursor": cursor})
                for member in page["members"]:
                    found[member["user"]["id"]] = member
                    self._state.update_user(member["user"])
            room.members = found
            return found
        finally:
            room.loading_members = None
            del self._loading[room.id]

    def _stale_rooms(self) -> list[Room]:
        return [room for room in self._state.rooms.values() if room.stale]

    async def _refresh_rooms(self) -> None:
        if len(self._stale_rooms()) > MAX_SINGLE_CHATS:
            page: Object = {"nextCursor": None}
            while "nextCursor" in page:
                page = await self._ask({"type": "GET_CHATS", "limit": 200, "cursor": page["nextCursor"]})
                for chat in page["chats"]:
                    self._state.refresh(chat)
        # Archived chats are not in the list.
        for room in self._stale_rooms():
            await _unless_gone(self._refresh_room(room.id))

    async def _refresh_room(self, chat_id: str) -> None:
        before = self._unread_mark(chat_id)
        reply = await self._ask({"type": "GET_CHAT", "chatId": chat_id})
        # The chat is not added: it may have been deleted after the server answered. An unread mark that changed in the
        # meantime may be newer than the answer.
        if self._unread_mark(chat_id) == before:
            self._state.refresh(reply["chat"])

    def _unread_mark(self, chat_id: str) -> int | None:
        room = self._state.rooms.get(chat_id)
        return room.chat.get("unreadFromSeq") if room else None

    async def _refresh_profiles(self) -> None:
        for room in list(self._state.rooms.values()):
            if room.members is not None:
                await _unless_gone(self.load_members(room))
        if self._state.settings is not None:
            await self._ask({"type": "GET_SETTINGS"})
        for user_id in self._state.unknown_senders()[:MAX_SENDERS]:
            try:
                await self._ask({"type": "GET_USER", "userId": user_id})
            except CommandError as error:
                if error.code != "NOT_FOUND":
                    raise
                self._state.forget_user(user_id)
        self._needs_profiles = False

    async def _refresh_presence(self) -> None:
        self._needs_presence = False
        rooms = list(self._state.rooms.values())
        peers = [room.chat["peer"]["id"] for room in rooms if "peer" in room.chat]
        for begin in range(0, len(peers), USERS_PER_COMMAND):
            await self._ask_presence(userIds=peers[begin : begin + USERS_PER_COMMAND])
        for room in rooms:
            if room.members is not None:
                await _unless_gone(self._ask_presence(chatId=room.id))

    async def _ask_presence(self, **fields: str | Iterable[str]) -> None:
        reply = await self._ask({"type": "GET_PRESENCE", **fields})
        for one in reply["presences"]:
            user = self._state.users.get(one["userId"])
            if user:
                seen = {"lastSeenAt": one["lastSeenAt"]} if "lastSeenAt" in one else {}
                self._state.update_presence({**user, "status": one["status"], **seen})


async def _unless_gone(work: Awaitable[object]) -> None:
    """Ignores a refusal: the user is no longer in the chat, and the event that says so is on its way."""
    with contextlib.suppress(CommandError):
        await work
