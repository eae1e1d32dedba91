"""Where a bot keeps how far it has come in each chat, so that it goes on there after a restart."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from .files import damaged, read_json, write_json


class Positions(Protocol):
    """Keeps the `seq` of the last handled message by chat id."""

    async def load(self) -> Mapping[str, int]:
        """Returns all positions."""
        ...

    async def save(self, chat_id: str, seq: int) -> None:
        """Keeps the position of a chat."""
        ...


class FilePositions:
    """Keeps positions in a file of JSON."""

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._positions: dict[str, int] | None = None

    async def load(self) -> Mapping[str, int]:
        """Reads the file; without one, there are no positions. Raises StoreError if the file is damaged."""
        found: Any = read_json(self._path)
        positions: dict[str, int] = {} if found is None else found
        if not isinstance(found, dict | None) or not all(type(seq) is int for seq in positions.values()):
            raise damaged(self._path)
        self._positions = positions
        return dict(positions)

    async def save(self, chat_id: str, seq: int) -> None:
        """Replaces the file."""
        if self._positions is None:
            await self.load()
        self._positions = {**(self._positions or {}), chat_id: seq}
        write_json(self._path, self._positions)


class CallbackPositions:
    """Keeps positions wherever two functions of yours do, for example in a database. Both may be async."""

    def __init__(
        self,
        load: Callable[[], Mapping[str, int] | Awaitable[Mapping[str, int]]],
        save: Callable[[str, int], object],
    ) -> None:
        self._load = load
        self._save = save

    async def load(self) -> Mapping[str, int]:
        """Calls the first function."""
        positions = self._load()
        return await positions if inspect.isawaitable(positions) else positions

    async def save(self, chat_id: str, seq: int) -> None:
        """Calls the second function with a chat's id and position."""
        saving = self._save(chat_id, seq)
        if inspect.isawaitable(saving):
            await saving
