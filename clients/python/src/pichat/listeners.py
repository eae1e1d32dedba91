"""Functions that are called for events, and those who wait for one."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from .errors import PichatError
from .requests import fail
from .tasks import log

Listener = Callable[[Any], object]


class Listeners:
    """The listeners of a client by the name of the event."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, list[Listener]] = defaultdict(list)
        self._waiting: set[asyncio.Future[Any]] = set()
        self._ended: PichatError | None = None

    def on(self, name: str, listener: Listener) -> Callable[[], None]:
        """Adds a listener; returns a function that removes it."""
        self._listeners[name].append(listener)

        def off() -> None:
            with contextlib.suppress(ValueError):
                self._listeners[name].remove(listener)

        return off

    def emit(self, name: str, event: object) -> None:
        """Calls the listeners of an event; one that fails stops nothing."""
        for listener in list(self._listeners.get(name, ())):
            try:
                listener(event)
            except Exception:
                log.exception("a listener of %s failed", name)

    async def next(self, name: str, holds: Callable[[Any], bool]) -> Any:
        """Waits for the next event for which a condition holds."""
        if self._ended:
            raise self._ended
        found: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.add(found)

        def look(event: object) -> None:
            if not found.done() and holds(event):
                found.set_result(event)

        off = self.on(name, look)
        try:
            return await found
        finally:
            off()
            self._waiting.discard(found)

    def end(self, error: PichatError) -> None:
        """Fails those who wait, now and from now on: no event will come."""
        self._ended = error
        for found in self._waiting:
            fail(found, error)
