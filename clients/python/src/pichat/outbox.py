"""Unsent messages. Those of one chat are sent one after the other, each until the server answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from .errors import CommandError, ConnectionLost, PichatError, StoreError
from .files import damaged, read_json, write_json
from .requests import fail, text_of
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
        self._pending: dict[str, Mapping[str, Any]] | None = None

    def load(self) -> Iterable[Mapping[str, Any]]:
        """Reads the file; without one, there are no messages. Raises StoreError if the file is damaged."""
        found: Any = read_json(self._path)
        kept: list[Any] = [] if found is None else found
        if not isinstance(found, list | None) or not all(_is_pending(one) for one in kept):
            raise damaged(self._path)
        self._pending = {one["message"]["id"]: one for one in kept}
        return list(self._pending.values())

    def put(self, pending: Mapping[str, Any]) -> None:
        """Replaces the file."""
        kept = {**self._loaded(), pending["message"]["id"]: pending}
        write_json(self._path, list(kept.values()))
        self._pending = kept

    def remove(self, message_id: str) -> None:
        """Replaces the file."""
        kept = self._loaded()
        if kept.pop(message_id, None):
            # If this fails, the next message that is kept replaces the file.
            write_json(self._path, list(kept.values()))

    def _loaded(self) -> dict[str, Mapping[str, Any]]:
        # Writing first would forget what an earlier run has left.
        if self._pending is None:
            self.load()
        assert self._pending is not None
        return self._pending


def _is_pending(found: Any) -> bool:
    try:
        return isinstance(found["chatId"], str) and isinstance(found["message"]["id"], str)
    except (KeyError, TypeError, IndexError):
        return False


class Outbox:
    """Sends messages in their turn. However often one is sent, it is stored once, because it has an id of its own."""

    def __init__(
        self,
        store: OutboxStore | None,
        ask: Callable[[Mapping[str, Any]], Awaitable[Object]],
        report: Callable[[PichatError], None],
        tasks: Tasks,
    ) -> None:
        self._store = store
        self._ask = ask
        self._report = report
        self._tasks = tasks
        self._pending: dict[str, dict[str, Object]] = {}
        self._callers: dict[str, list[asyncio.Future[Object]]] = {}
        self._busy: set[str] = set()
        self._is_started = False
        self._ended: PichatError | None = None

    def load(self) -> None:
        """Takes what is left from an earlier run; it is older than what has been sent since."""
        kept: dict[str, dict[str, Object]] = {}
        for pending in self._store.load() if self._store else ():
            kept.setdefault(pending["chatId"], {})[pending["message"]["id"]] = pending["message"]
        for chat_id, messages in self._pending.items():
            kept[chat_id] = {**kept.get(chat_id, {}), **messages}
        self._pending = kept

    def start(self) -> None:
        """Sends what was loaded, and from now on whatever comes."""
        self._is_started = True
        for chat_id in self._pending:
            self._work(chat_id)

    def pending(self, chat_id: str) -> list[Object]:
        """Returns the unsent messages of a chat, oldest first."""
        return list(self._pending.get(chat_id, {}).values())

    async def send(self, chat_id: str, message: Object) -> Object:
        """Sends a message in its turn; returns it as the server stored it.

        A caller that stops waiting does not stop the message.
        """
        if self._ended:
            raise self._ended
        text_of({"type": "SEND_MESSAGE", "chatId": chat_id, "message": message})
        if self._store:
            self._store.put({"chatId": chat_id, "message": message})
        caller: asyncio.Future[Object] = asyncio.get_running_loop().create_future()
        self._callers.setdefault(message["id"], []).append(caller)
        self._pending.setdefault(chat_id, {})[message["id"]] = message
        if self._is_started:
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
        try:
            reply = await self._ask({"type": "SEND_MESSAGE", "chatId": chat_id, "message": message})
        except ConnectionLost:
            return  # Sent again.
        except CommandError as error:
            callers = self._settle(chat_id, message["id"])
            for caller in callers:
                caller.set_exception(error)
            if not callers:
                log.warning("a message was refused: %s", error, extra={"chat": chat_id, "message_id": message["id"]})
            return
        for caller in self._settle(chat_id, message["id"]):
            caller.set_result(reply["message"])

    def _settle(self, chat_id: str, message_id: str) -> list[asyncio.Future[Object]]:
        """Forgets a message; returns those who wait for it, who may be more than one."""
        self._pending[chat_id].pop(message_id, None)
        callers = self._callers.pop(message_id, [])
        try:
            if self._store:
                self._store.remove(message_id)
        except Exception as error:
            # It would be sent again after a restart, and is stored once nevertheless.
            self._report(StoreError(f"a message that was sent stays in the outbox: {error}"))
        return [caller for caller in callers if not caller.done()]

    def end(self, error: PichatError) -> None:
        """Fails those who wait, now and from now on; what is stored stays stored."""
        self._ended = error
        for callers in self._callers.values():
            for caller in callers:
                fail(caller, error)
        self._callers.clear()
