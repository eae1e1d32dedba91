"""A program that answers messages."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import logging
import signal
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from .client import Client
from .credentials import Token
from .dispatcher import Dispatcher, Handler
from .errors import PichatError
from .incoming import Incoming
from .options import Options
from .patterns import Pattern
from .positions import Positions
from .protocol import Message
from .room import Object
from .tasks import log

if TYPE_CHECKING:
    from typing_extensions import Unpack

H = TypeVar("H", bound=Handler)


class Bot(Client):
    """A client with handlers. Whatever was asked while it was down is answered after the next start, once.

    `channels` are joined at the start. `positions` keeps how far the bot has come in each chat; without it, the bot
    marks messages as read on the server and goes on with the first unread one. `prefix` begins a command. `patience` is
    the number of seconds that handlers may take to finish when the bot is stopped. The other options are those of
    Client.
    """

    def __init__(
        self,
        url: str,
        token: Token | None = None,
        *,
        channels: Iterable[str] = (),
        positions: Positions | None = None,
        prefix: str = "!",
        patience: float = 10.0,
        **options: Unpack[Options],
    ) -> None:
        options.setdefault("connect_timeout", None)
        super().__init__(url, token, **options)
        self._channels = list(channels)
        self._positions = positions
        self._known: Mapping[str, int] = {}
        self._prefix = prefix
        self._patience = patience
        self._ready: list[Handler] = []
        self._stopping = asyncio.Event()
        self._dispatcher = Dispatcher(self._keep_position, self._tasks)
        self.on("message", self._dispatch)

    def on_message(self, pattern: Pattern | None = None) -> Callable[[H], H]:
        """Registers a handler of messages of others.

        The pattern is a text such as `"@me roll {dice}"` (see README), a compiled regular expression to search for, or
        a function of the message; without one, the handler gets every message. The handler is called with an Incoming,
        and with what the pattern captured as keyword arguments. Every handler whose pattern matches is called, one
        after the other.
        """

        def register(handler: H) -> H:
            self._dispatcher.route(_always if pattern is None else pattern, handler)
            return handler

        return register

    def on_command(self, pattern: str) -> Callable[[H], H]:
        """Registers a handler of a command: `@bot.on_command("roll {dice}")` handles `!roll 2d6`."""
        return self.on_message(self._prefix + pattern)

    def on_ready(self, handler: H) -> H:
        """Registers a function without arguments that is called once the bot is online and in its channels."""
        self._ready.append(handler)
        return handler

    def run(self) -> None:
        """Runs until SIGINT or SIGTERM; an error that ends the bot is shown as its sentence, and the exit code is 1."""
        if not logging.getLogger().handlers:
            logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
        try:
            asyncio.run(self.serve())
        except PichatError as error:
            sys.exit(str(error))
        except KeyboardInterrupt:
            sys.exit(130)

    async def serve(self) -> None:
        """Runs until `stop` or a signal; raises the error that ends the bot."""
        self._enter()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            # Windows has no such handlers, and neither have threads other than the main one.
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self.stop)
        begin = asyncio.create_task(self._begin())
        stop = asyncio.create_task(self._stopping.wait())
        end = asyncio.create_task(self._end(begin))
        try:
            await asyncio.wait({stop, end}, return_when="FIRST_COMPLETED")
            if end.done():
                end.result()
        finally:
            for task in (begin, stop, end):
                task.cancel()
            for number in (signal.SIGINT, signal.SIGTERM):
                with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.remove_signal_handler(number)
            await self._dispatcher.stop(self._patience)
            await self.close()

    def stop(self) -> None:
        """Ends `run` and `serve`: handlers that run may finish, messages that wait are handled after the next start.

        It can be called in any thread.
        """
        log.info("stopping")
        if self._loop is None:
            self._stopping.set()
            return
        with contextlib.suppress(RuntimeError):  # The loop has ended, and the bot with it.
            self._loop.call_soon_threadsafe(self._stopping.set)

    async def start(self) -> None:
        """Loads the positions, then connects."""
        if self._positions:
            self._known = await self._positions.load()
        await super().start()

    def resume_from(self, chat: Object) -> int:
        """Returns the position of the last handled message of a chat; without one, where the bot has read to."""
        read: int = chat["readSeq"] if "readSeq" in chat else chat["seq"]
        return self._known.get(chat["id"], read)

    async def _begin(self) -> None:
        await self.start()
        for channel in self._channels:
            await self.join(channel)
        for handler in self._ready:
            result = handler()
            if inspect.isawaitable(result):
                await result

    async def _end(self, begin: asyncio.Task[None]) -> None:
        await begin
        await self.wait_closed()

    def _dispatch(self, incoming: Incoming) -> None:
        if incoming.message["sender"]["id"] != self.me["id"]:
            self._dispatcher.dispatch(incoming, self.me["username"])

    async def _keep_position(self, chat_id: str, seq: int) -> None:
        if self._positions:
            await self._positions.save(chat_id, seq)
        else:
            await self.ask({"type": "MARK_READ", "chatId": chat_id, "seq": seq})


def _always(_: Message) -> bool:
    return True
