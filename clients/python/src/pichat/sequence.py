"""The order of changes: each is applied once, in the order of its chat's clock, and what is missing is fetched."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any, Protocol

from .errors import PichatError
from .protocol import TICKS
from .reducers import is_missing_chunks, reduce
from .room import Object
from .state import State
from .tasks import Tasks

CHATS_PER_SYNC = 500


class Host(Protocol):
    """What a sequence needs from its client."""

    def sync(self, chats: Mapping[str, int], cursor: str | None) -> Awaitable[Object]:
        """Sends SYNC."""
        ...

    def resume_from(self, chat: Object) -> int:
        """Returns the position of a chat, unknown so far, after which its messages count as missed."""
        ...

    def applied(self, frame: Object) -> None:
        """A frame was applied."""

    def caught_up(self, messages: list[Object]) -> None:
        """These messages arrived by SYNC rather than as events."""

    def lagged(self) -> None:
        """The server dropped events that SYNC does not repeat, such as presence."""

    def sync_failed(self, error: PichatError) -> None:
        """SYNC was refused although the connection is open."""


class Sequence:
    """Takes frames as they arrive and applies them in order."""

    def __init__(self, state: State, host: Host, tasks: Tasks) -> None:
        self._state = state
        self._host = host
        self._tasks = tasks
        self.cursor: str | None = None
        # Changes that wait for earlier ones.
        self._held: list[Object] = []
        self._fetching: set[str] = set()
        self._is_fetching_all = False
        self._is_first = True
        self._connection = 0
        # Chats of which SYNC has more: the position before, and the messages after it so far.
        self._partial: dict[str, tuple[float, dict[str, Object]]] = {}

    def lost(self) -> None:
        """Forgets the connection: what it still had to say no longer matters."""
        self._connection += 1
        self._held.clear()
        self._fetching.clear()
        self._is_fetching_all = False

    def take(self, frame: Object, command: Mapping[str, Any] | None) -> None:
        """Takes a frame in the order of arrival, with the command it replies to."""
        kind = frame["type"]
        if kind in ("CONNECTED", "AUTHENTICATED"):
            # The position of an older state must not be lost before SYNC has used it.
            self.cursor = self.cursor or frame.get("cursor")
        if kind == "LAGGED":
            self._lagged(frame)
            return
        if kind == "CHAT_DELETED":
            self._held = [held for held in self._held if held.get("chatId") != frame["chatId"]]
        if kind == "MESSAGE_CHUNK" and is_missing_chunks(self._state, frame):
            self._refetch(frame["chatId"])
        if kind in TICKS:
            self._take_tick(frame)
        else:
            self._apply(frame, command)

    async def catch_up(self) -> None:
        """Brings everything up to date after a connect."""
        self._is_fetching_all = True
        connection = self._connection
        positions = [(room.id, room.position) for room in self._state.rooms.values()]
        for begin in range(0, max(len(positions), 1), CHATS_PER_SYNC):
            await self._fetch(dict(positions[begin : begin + CHATS_PER_SYNC]), connection)
        if connection == self._connection:
            self._is_fetching_all = self._is_first = False
            self._release()

    def _take_tick(self, tick: Object) -> None:
        room = self._state.rooms.get(tick["chatId"])
        if tick.get("duplicate") and (room or not _introduces_chat(tick)):
            # It changed nothing.
            self._host.applied(tick)
        elif self._is_fetching(tick["chatId"]):
            self._held.append(tick)
        elif (tick["seq"] == room.position + 1) if room else _introduces_chat(tick):
            self._apply(tick, None)
        elif room is None or tick["seq"] > room.position:
            self._held.append(tick)
            self._refetch(tick["chatId"])

    def _lagged(self, frame: Object) -> None:
        self._host.lagged()
        chat_id = frame.get("chatId")
        if self._is_fetching(chat_id):
            # The answer on its way may be older.
            self._held.append(frame)
        elif chat_id is None:
            self._in_background(self.catch_up())
        else:
            room = self._state.rooms.get(chat_id)
            if room is None or frame["toSeq"] > room.position:
                self._refetch(chat_id)

    def _is_fetching(self, chat_id: str | None) -> bool:
        return self._is_fetching_all or chat_id in self._fetching

    def _refetch(self, chat_id: str) -> None:
        if self._is_fetching(chat_id):
            return
        self._fetching.add(chat_id)
        self._in_background(self._refetch_now(chat_id, self._connection))

    async def _refetch_now(self, chat_id: str, connection: int) -> None:
        room = self._state.rooms.get(chat_id)
        await self._fetch({chat_id: room.position} if room else {}, connection)
        if connection == self._connection:
            self._fetching.discard(chat_id)
            self._release()

    def _in_background(self, work: Awaitable[None]) -> None:
        connection = self._connection

        async def or_fail() -> None:
            try:
                await work
            except PichatError as error:
                # A connection that ends is followed by one that catches up; one that stays open would wait for ever.
                if connection == self._connection:
                    self._host.sync_failed(error)
            except Exception as error:
                # The changes that wait for these would wait for ever; the log gets the traceback.
                if connection == self._connection:
                    self._host.sync_failed(PichatError(f"{type(error).__name__}: {error}"))
                raise

        self._tasks.start(or_fail())

    async def _fetch(self, chats: Mapping[str, int], connection: int) -> None:
        ask: Mapping[str, int] | None = chats
        while ask is not None:
            for chat_id in ask:
                if chat_id in self._state.rooms:
                    self._state.rooms[chat_id].changed_streams.clear()
            synced = await self._host.sync(ask, self.cursor)
            if connection != self._connection:
                return
            ask = self._take_synced(synced, ask)

    def _take_synced(self, synced: Object, asked: Mapping[str, int]) -> Mapping[str, int] | None:
        """Applies an answer; returns what to ask next."""
        for chat_id in synced["removedChatIds"]:
            self._state.remove(chat_id)
        for user in synced.get("users", []):
            self._state.update_user(user)
        if synced.get("settings") is not None:
            self._state.settings = synced["settings"]
        self.cursor = synced.get("cursor", self.cursor)
        ask: dict[str, int] = {}
        for chat in synced["newChats"]:
            if chat["id"] not in self._state.rooms:
                self._add_chat(chat, synced, ask)
        for chat in synced["chats"]:
            self._take_synced_chat(chat)
            if chat["more"]:
                ask[chat["chatId"]] = chat["seq"]
        for chat_id in synced.get("pending", []):
            room = self._state.rooms.get(chat_id)
            ask[chat_id] = room.position if room else asked.get(chat_id, 0)
        return ask or None

    def _add_chat(self, chat: Object, synced: Object, ask: dict[str, int]) -> None:
        """Adds a chat that is new here: it may have messages that count as missed, and streams."""
        position = min(self._host.resume_from(chat) if self._is_first else chat.get("readSeq", 0), chat["seq"])
        room = self._state.add(chat, position)
        if not self._is_first:
            self._host.applied({"type": "NEW_CHAT", "chatId": chat["id"], "seq": chat["seq"], "chat": chat})
        streams: list[Object] | None = chat.get("streams")
        if streams is None and "streams" in synced:
            streams = [stream for stream in synced["streams"] if stream["chatId"] == chat["id"]]
        for stream in streams or []:
            room.streams[stream["id"]] = stream
        if position < chat["seq"] or streams is None:
            ask[chat["id"]] = position

    def _take_synced_chat(self, synced: Object) -> None:
        # Pages come by the latest change of their messages, so an early message may come last: report them together.
        room = self._state.rooms.get(synced["chatId"])
        # After a reset nobody knows which messages are new.
        begin = room.position if room and not synced.get("reset") else float("inf")
        since, missed = self._partial.pop(synced["chatId"], (begin, {}))
        self._state.apply_synced(synced)
        missed.update({message["id"]: message for message in synced["messages"] if message["seq"] > since})
        if synced["more"]:
            self._partial[synced["chatId"]] = (since, missed)
            return
        undeleted = [message for message in missed.values() if "deletedAt" not in message]
        self._host.caught_up(sorted(undeleted, key=lambda message: int(message["seq"])))

    def _release(self) -> None:
        held, self._held = self._held, []
        for tick in held:
            # A chat that SYNC does not know either is not one of the user's any more.
            if "chatId" not in tick or tick["chatId"] in self._state.rooms or _introduces_chat(tick):
                self.take(tick, None)

    def _apply(self, frame: Object, command: Mapping[str, Any] | None) -> None:
        reduce(self._state, frame, command)
        self._host.applied(frame)


def _introduces_chat(tick: Object) -> bool:
    return tick["type"] in ("NEW_CHAT", "MEMBERS_ADDED", "NEW_MESSAGE") and "chat" in tick
