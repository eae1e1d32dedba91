"""A message that arrived."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .chat import Chat
from .ids import reply_id
from .protocol import Attachment, Message
from .streams import Stream


@dataclass
class Incoming:
    """A message, reported once, whether it arrived as an event or was missed and fetched later."""

    chat: Chat
    message: Message
    missed: bool
    _replies: int = field(default=0, init=False, repr=False)

    @property
    def text(self) -> str:
        """The content of the message."""
        return self.message["content"]

    @property
    def author(self) -> str:
        """The username of the sender."""
        return self.message["sender"]["username"]

    @property
    def attachments(self) -> list[Attachment]:
        """The files of the message; `message.chat.download` reads those that have an `id`."""
        return self.message["attachments"]

    async def reply(self, content: str = "", **fields: Any) -> Message:
        """Answers in the same chat.

        The id of the answer is derived from that of the message, so the same answer to the same message is stored once,
        even if the message is handled again after a crash.
        """
        return await self.chat.send(content, **{"replyTo": self.message["id"], "id": self._next_id(), **fields})

    def reply_stream(self) -> Stream:
        """Answers with a stream; use it with `async with`."""
        return self.chat.stream(id=self._next_id(), reply_to=self.message["id"])

    async def react(self, emoji: str) -> None:
        """Reacts to the message."""
        await self.chat.react(self.message["id"], emoji)

    def _next_id(self) -> str:
        self._replies += 1
        return reply_id(self.message["id"], self._replies)
