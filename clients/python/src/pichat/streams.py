"""An answer that others read while it is written."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import TYPE_CHECKING, cast

from .errors import CommandError, ConnectionLost, PichatError, StopRequested

if TYPE_CHECKING:
    from .client import Client
    from .protocol import Message
    from .room import Object

WAITING_CHARS = 4_096
# The time limit for storing the text of a block that was cancelled.
GIVING_UP_SECONDS = 3.0


class Stream:
    """A stream, to be used with `async with`; `message` is the stored message once the block has ended.

    Pieces that are appended faster than the server takes commands are combined. If somebody asks to stop, `append`
    raises StopRequested, which ends the block: what was written so far is stored. An error in the block does the same,
    and is raised. If the connection is lost, readers see what was written until then, and the whole text once the block
    has ended.
    """

    def __init__(self, client: Client, chat_id: str, message: Object) -> None:
        self._client = client
        self._chat_id = chat_id
        self._message = message
        self._text = ""
        self._sent = 0
        self._is_live = False
        self._has_ended = False
        self._appending: asyncio.Task[None] | None = None
        self.message: Message | None = None
        self.is_stopped = False

    @property
    def id(self) -> str:
        """The id of the message."""
        return str(self._message["id"])

    @property
    def text(self) -> str:
        """What has been written so far."""
        return self._text

    async def __aenter__(self) -> Stream:
        self._client.streams[self.id] = self
        try:
            await self._client.ask({"type": "START_STREAM", "chatId": self._chat_id, "message": self._message})
            self._is_live = True
        except ConnectionLost:
            pass
        except BaseException as error:
            # An earlier run has begun this answer: its text is replaced in the end.
            if not isinstance(error, CommandError) or error.code != "CONFLICT":
                del self._client.streams[self.id]
                raise
        return self

    async def append(self, content: str) -> None:
        """Appends text; raises StopRequested if somebody in the chat asked to stop."""
        if self._has_ended:
            raise PichatError("the stream has ended: append inside its `async with`")
        if self.is_stopped:
            raise StopRequested("somebody asked to stop the stream")
        self._text += content
        if self._is_live and self._appending is None:
            self._appending = asyncio.create_task(self._append_all())
        if self._appending and len(self._text) - self._sent > WAITING_CHARS:
            await asyncio.shield(self._appending)
        else:
            # Lets the first piece go out at once, even if the next follows without waiting for anything.
            await asyncio.sleep(0)

    async def _append_all(self) -> None:
        try:
            while self._sent < len(self._text):
                piece = self._text[self._sent :]
                self._sent = len(self._text)
                stream = {"chatId": self._chat_id, "messageId": self.id}
                await self._client.ask({"type": "APPEND_STREAM", **stream, "content": piece})
        except PichatError:
            # The connection is lost, or the stream was ended: `__aexit__` finds out what is stored.
            self._is_live = False
        finally:
            self._appending = None

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self._has_ended = True
        is_cancelled = isinstance(error, asyncio.CancelledError)
        try:
            await asyncio.wait_for(self._finish(), GIVING_UP_SECONDS if is_cancelled else None)
        except asyncio.TimeoutError:
            # Offline: the server stores what readers have seen.
            if not is_cancelled:
                raise
        except PichatError:
            if error is None or isinstance(error, StopRequested):
                raise
        finally:
            self._client.streams.pop(self.id, None)
        return isinstance(error, StopRequested)

    async def _finish(self) -> None:
        if self._appending:
            await self._appending
        self.message = await self._end()

    async def _end(self) -> Message | None:
        stream = {"chatId": self._chat_id, "messageId": self.id}
        if self._is_live:
            try:
                return cast(
                    "Message", (await self._client.ask({"type": "END_STREAM", **stream}, repeatable=False))["message"]
                )
            except ConnectionLost:
                pass
        if not self._text:
            return None
        try:
            edit = {"type": "EDIT_MESSAGE", **stream, "content": self._text}
            reply = await self._client.ask(edit, repeatable=True)
            return cast("Message", reply["message"])
        except CommandError as refusal:
            if refusal.code != "NOT_FOUND":
                raise
        # Nothing had been stored under the id.
        return await self._client.send(self._chat_id, {**self._message, "content": self._text})
