"""Passes messages of others to handlers: those of one chat one after the other, those of several at the same time."""

from __future__ import annotations

import asyncio
import inspect
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from .errors import Closed, PichatError, StoreError
from .incoming import Incoming
from .patterns import Pattern, match
from .tasks import Tasks, log

Handler = Callable[..., object]


# The seconds that cancelled handlers may take to clean up.
CLEANUP_SECONDS = 2.0


@dataclass(frozen=True)
class Route:
    """A handler and the messages that it gets."""

    pattern: Pattern
    handler: Handler


class Dispatcher:
    """The queue of messages per chat. `handled` keeps the position of the last message whose handlers have finished."""

    def __init__(self, handled: Callable[[str, int], Awaitable[None]], tasks: Tasks) -> None:
        self._handled = handled
        self._tasks = tasks
        self._routes: list[Route] = []
        self._waiting: dict[str, deque[Incoming]] = {}
        self._working: set[asyncio.Task[None]] = set()
        self._reached: dict[str, int] = {}
        self._is_stopping = False

    def route(self, pattern: Pattern, handler: Handler) -> None:
        """Adds a handler."""
        self._routes.append(Route(pattern, handler))

    def dispatch(self, incoming: Incoming, me: str) -> None:
        """Queues a message; `me` is the bot's username."""
        if self._is_stopping:
            return
        is_idle = incoming.chat.id not in self._waiting
        self._waiting.setdefault(incoming.chat.id, deque()).append(incoming)
        if is_idle:
            self._start(self._work(incoming.chat.id, me))

    async def stop(self, patience: float) -> None:
        """Lets the handlers that run finish, and drops what waits: it is handled after the next start.

        Handlers that take longer are cancelled, and their messages are handled again.
        """
        self._is_stopping = True
        await self._finish(patience)
        for task in self._working:
            task.cancel()
        await self._finish(CLEANUP_SECONDS)
        if self._working:
            log.warning("%s handlers still run although they were cancelled", len(self._working))

    async def _finish(self, patience: float) -> None:
        # A handler that ends starts the task that keeps the position.
        loop = asyncio.get_running_loop()
        end = loop.time() + patience
        while self._working and (left := end - loop.time()) > 0:
            await asyncio.wait(set(self._working), timeout=left)

    def _start(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _work(self, chat_id: str, me: str) -> None:
        queue = self._waiting[chat_id]
        try:
            while queue and not self._is_stopping:
                incoming = queue.popleft()
                if await self._handle(incoming, me):
                    self._mark(chat_id, incoming.message["seq"])
        finally:
            del self._waiting[chat_id]

    async def _handle(self, incoming: Incoming, me: str) -> bool:
        """Runs the handlers of a message; returns False if it has to be handled again after the next start."""
        for route in self._routes:
            try:
                captured = match(route.pattern, incoming.message, me)
                if captured is None:
                    continue
                result = route.handler(incoming, **captured)
                if inspect.isawaitable(result):
                    await _run_apart(result)
            except Closed:
                return False
            except Exception:
                # The message counts as handled: trying again would fail again.
                log.exception("the handler of message %s failed", incoming.message["id"])
        return True

    def _mark(self, chat_id: str, seq: int) -> None:
        """Keeps the position in the background; those that are reached meanwhile share the next write."""
        is_moving = chat_id in self._reached
        self._reached[chat_id] = seq
        if not is_moving:
            self._start(self._move(chat_id))

    async def _move(self, chat_id: str) -> None:
        kept = 0
        while kept < self._reached[chat_id]:
            kept = self._reached[chat_id]
            try:
                await self._handled(chat_id, kept)
            except StoreError as error:
                log.error("the position in %s is not kept: %s", chat_id, error)
            except PichatError as error:
                log.debug("the position in %s was not kept: %s", chat_id, error)
            except Exception:
                log.exception("the position in %s could not be kept", chat_id)
        del self._reached[chat_id]


async def _run_apart(work: Awaitable[object]) -> None:
    """Runs a handler as a task of its own, so that one that was cancelled inside differs from a bot that stops."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task})
    except asyncio.CancelledError:
        task.cancel()
        await asyncio.wait({task})
        raise
    if task.cancelled():
        raise HandlerCancelled("something that the handler waited for was cancelled")
    task.result()


class HandlerCancelled(Exception):  # noqa: N818
    """A handler ended by a cancellation that was not the bot's."""
