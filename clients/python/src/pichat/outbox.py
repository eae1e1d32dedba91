"""Unsent messages. Those of one chat are sent one after the other, each until the server answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from .errors import CommandError, ConnectionLost, PichatError
from .files import read_json, write_json
from .room import Object
from .tasks import Tasks, log


class OutboxStore(Protocol):
    """Keeps unsent messages across restarts of the program: `{chatId, message}`, with the message's own `id`."""

    def load(self) -> Iterable[Mapping[str, Any]]:
        """Returns all unsent messages, oldest first."""
        ...

    def put(self, pending: Mapping[str, Any]) -> None:
        """Keeps a message."""
        ...

    def remove(self, message_id: str) -> None:
        """Forgets a message that was sent or refused."""
        ...


class FileOutbox:
    """Keeps unsent messages in a file of JSON."""

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._pending: dict[str, Mapping[str, Any]] = {}

    def load(self) -> Iterable[Mapping[str, Any]]:
        """Reads the file; without one, there are no messages."""
        found: list[Mapping[str, Any]] = read_json(self._path) or []
        self._pending = {pending["message"]["id"]: pending for pending in found}
        return list(self._pending.values())

    def put(self, pending: Mapping[str, Any]) -> None:
        """Replaces the file."""
        self._pending[pending["message"]["id"]] = pending
        write_json(self._path, list(self._pending.values()))

    def remove(self, message_id: str) -> None:
        """Replaces the file."""
        if self._pending.pop(message_id, None):
            write_json(self._path, list(self._pending.values()))


class Outbox:
    """Sends messages in their turn. However often one is sent, it is stored once, because it has an id of its own."""

    def __init__(
        self, store: OutboxStore | None, ask: Callable[[Mapping[str, Any]], Awaitable[Object]], tasks: Tasks
    ) -> None:
        self._store = store
        self._ask = ask
        self._tasks = tasks
        self._pending: dict[str, dict[str, Object]] = {}
        self._callers: dict[str, asyncio.Future[Object]] = {}
        self._busy: set[str] = set()

    def start(self) -> None:
        """Sends what is left from an earlier run."""
        found: Iterable[Mapping[str, Any]] = self._store.load() if self._store else ()
        for pending in found:
            self._pending.setdefault(pending["chatId"], {})[pending["message"]["id"]] = pending["message"]
        for chat_id in self._pending:
            self._work(chat_id)

    def pending(self, chat_id: str) -> list[Object]:
        """Returns the unsent messages of a chat, oldest first."""
        return list(self._pending.get(chat_id, {}).values())

    async def send(self, chat_id: str, message: Object) -> Object:
        """Sends a message in its turn; returns it as the server stored it.

        A caller that stops waiting does not stop the message.
        """
        caller: asyncio.Future[Object] = asyncio.get_running_loop().create_future()
        self._callers[message["id"]] = caller
        if self._store:
            self._store.put({"chatId": chat_id, "message": message})
        self._pending.setdefault(chat_id, {})[message["id"]] = message
        self._work(chat_id)
        return await caller

    def _work(self, chat_id: str) -> None:
        if chat_id not in self._busy:
            self._busy.add(chat_id)
            self._tasks.start(self._send_all(chat_id))

    async def _send_all(self, chat_id: str) -> None:
        try:
            while pending := self._pending.get(chat_id):
                message = next(iter(pending.values()))
                await self._deliver(chat_id, message)
            self._pending.pop(chat_id, None)
        finally:
            self._busy.discard(chat_id)

    async def _deliver(self, chat_id: str, message: Object) -> None:
        caller = self._callers.get(message["id"])
        try:
            reply = await self._ask({"type": "SEND_MESSAGE", "chatId": chat_id, "message": message})
        except ConnectionLost:
            return  # Sent again.
        except CommandError as error:
            self._forget(chat_id, message["id"])
            if caller and not caller.done():
                caller.set_exception(error)
            else:
                log.warning("a message was refused: %s", error, extra={"chat": chat_id, "message_id": message["id"]})
            return
        self._forget(chat_id, message["id"])
        if caller and not caller.done():
            caller.set_result(reply["message"])

    def _forget(self, chat_id: str, message_id: str) -> None:
        self._pending[chat_id].pop(message_id, None)
        self._callers.pop(message_id, None)
        if self._store:
            self._store.remove(message_id)

    def end(self, error: PichatError) -> None:
        """Fails those who wait; what is stored stays stored."""
        for caller in self._callers.values():
            if not caller.done():
                caller.set_exception(error)
                caller.exception()
        self._callers.clear()
