"""A user's connection, and the state of everything the user can see."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from .backoff import Backoff
from .chat import Chat
from .connection import HEARTBEAT, Connection, Endpoint, Status, within
from .credentials import Credentials, Token
from .errors import Closed, ConnectionFailed, PichatError
from .exchange import HttpClient
from .ids import new_id
from .incoming import Incoming
from .listeners import Listener, Listeners
from .options import Options
from .outbox import Outbox
from .protocol import Ask, ChatKind, Message, User
from .refresher import Refresher
from .requests import Requests
from .room import KEEP_MESSAGES, Object, Room
from .sequence import Sequence
from .state import State
from .streams import Stream
from .tasks import Tasks, log

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from .verify import Divergence

C = TypeVar("C", bound="Client")

CONNECT_TIMEOUT = 30.0


class Client:
    """A connection that reconnects by itself, sends nothing twice and misses nothing.

    `token` is an API token or JWT, or a function that fetches one; the other options are those of Options.
    """

    def __init__(self, url: str, token: Token | None = None, **options: Unpack[Options]) -> None:
        self.state = State(options.get("keep_messages", KEEP_MESSAGES))
        self.streams: dict[str, Stream] = {}
        self._connect_timeout = options.get("connect_timeout", CONNECT_TIMEOUT)
        self._tasks = Tasks()
        self._requests = Requests()
        self._outbox = Outbox(options.get("outbox"), self.ask, self.problem, self._tasks)
        self._refresher = Refresher(self.state, self.ask, self._tasks)
        self._sequence = Sequence(self.state, self, self._tasks)
        backoff = options.get("backoff", Backoff())
        endpoint = Endpoint(url, options.get("ssl"), options.get("heartbeat", HEARTBEAT), backoff)
        self.http = HttpClient(url.startswith("wss:"), endpoint.ssl)
        self._credentials = Credentials(token, options.get("login"), options.get("session"), self.problem)
        self._connection = Connection(endpoint, self._credentials, self._requests, self)
        self._listeners = Listeners()
        self._queues: set[asyncio.Queue[Incoming | None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended: Closed | None = None
        self._running: asyncio.Task[PichatError | None] | None = None
        self._was_online = False

    async def __aenter__(self: C) -> C:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def start(self) -> None:
        """Connects, and keeps the connection until `close`.

        Raises AuthenticationError or Closed if trying again is pointless, ConnectionFailed after `connect_timeout`,
        StoreError if a file of the client is damaged or cannot be written.
        """
        self._enter()
        if self._connection.status == "online":
            return
        if self._running is None:
            # Before the connection, so that a damaged file neither loses messages nor logs anybody in.
            self._credentials.load()
            self._outbox.load()
            self._running = asyncio.create_task(self._connection.run())
        online = asyncio.create_task(self.wait_for("status", lambda _: self.status == "online"))
        try:
            await asyncio.wait({self._running, online}, timeout=self._connect_timeout, return_when="FIRST_COMPLETED")
        except asyncio.CancelledError:
            # Nobody else would: `async with` does not close what it could not enter.
            await self.close()
            raise
        finally:
            online.cancel()
            await asyncio.gather(online, return_exceptions=True)
        if self._running.done():
            raise self._running.result() or Closed("the client was closed")
        if online.cancelled():
            await self.close()
            raise ConnectionFailed(f"not connected within {self._connect_timeout} s: {self.last_error}")

    async def wait_closed(self) -> None:
        """Waits until the connection has ended for good; raises the reason, if it was not `close`."""
        self._enter()
        reason = await asyncio.shield(self._running) if self._running else None
        if reason:
            raise reason

    async def close(self) -> None:
        """Closes the connection. Unsent messages stay in the outbox store, and whatever waits raises Closed."""
        self._enter()
        if self._running is None:
            self._running = asyncio.create_task(self._connection.run())
        await self._connection.close()
        # A caller that stops waiting must not cancel the connection before it has told those who wait for it.
        await asyncio.wait({self._running})
        await self._tasks.cancel()

    @property
    def status(self) -> Status:
        """The state of the connection: connecting, online, waiting or closed."""
        return self._connection.status

    @property
    def last_error(self) -> PichatError | None:
        """Why the latest attempt to connect failed; None while online."""
        return self._connection.last_error

    @property
    def me(self) -> User:
        """The connected user."""
        if self.state.me is None:
            raise PichatError("the client has not been connected yet")
        return cast("User", self.state.me)

    @property
    def settings(self) -> Mapping[str, Any] | None:
        """The user's settings; None until GET_SETTINGS was sent."""
        return self.state.settings

    @property
    def chats(self) -> list[Chat]:
        """The chats the user is in."""
        return [Chat(self, chat_id) for chat_id in self.state.rooms]

    @property
    def is_refreshing(self) -> bool:
        """True while the client is fetching something it knows to be out of date."""
        return self._refresher.is_stale

    def chat(self, reference: str) -> Chat:
        """Returns a chat the user is in, by id or `#name`; raises PichatError if there is none."""
        if reference in self.state.rooms:
            return Chat(self, reference)
        name = reference.removeprefix("#").casefold()
        for room in self.state.rooms.values():
            if reference.startswith("#") and room.chat["kind"] == "channel" and room.chat["name"].casefold() == name:
                return Chat(self, room.id)
        raise PichatError(f"you are not in the chat {reference}: join it or ask to be added")

    def room(self, chat_id: str) -> Room:
        """Returns the state of a chat."""
        if chat_id not in self.state.rooms:
            raise PichatError(f"you are no longer in the chat {chat_id}")
        return self.state.rooms[chat_id]

    @property
    def command(self) -> Ask:
        """Sends any command of the protocol and returns its reply.

        It waits for the connection if there is none, and for as long as a rate limit asks. `timeout` is in seconds.
        Raises CommandError if the server refuses the command, ConnectionLost if the reply was lost and the command may
        not be repeated, TimedOut, and Closed.
        """
        return cast("Ask", self.ask)

    async def ask(
        self, command: Mapping[str, Any], *, timeout: float | None = None, repeatable: bool | None = None
    ) -> Object:
        """Sends a command without types. `repeatable` tells whether it may be sent again if its reply was lost."""
        self._enter()
        return await within(timeout, self._requests.ask(command, repeatable=repeatable).reply, command["type"])

    async def join(self, reference: str) -> Chat:
        """Joins a channel; does nothing if the user is in it."""
        joined = await self.ask({"type": "JOIN_CHAT", "chatId": reference})
        if joined["chatId"] not in self.state.rooms:
            await self._refresher.add_chat(joined["chatId"])
        return self.chat(joined["chatId"])

    async def create(self, name: str, *, kind: ChatKind = "group", members: list[str] | None = None) -> Chat:
        """Creates a group or channel, with members by id or username."""
        command = {"type": "CREATE_CHAT", "id": new_id(), "name": name, "kind": kind, "members": members or []}
        return self.chat((await self.ask(command))["chatId"])

    async def direct(self, user: str) -> Chat:
        """Returns the direct chat with another user, by id or username."""
        command = {"type": "CREATE_CHAT", "kind": "direct", "members": [user]}
        return self.chat((await self.ask(command, repeatable=True))["chatId"])

    async def send(self, chat_id: str, message: Object) -> Message:
        """Sends a message that has an `id`; see `Chat.send`."""
        self._enter()
        return cast("Message", await self._outbox.send(chat_id, message))

    def pending(self, chat_id: str) -> list[Object]:
        """Returns the messages of a chat that are on their way."""
        return self._outbox.pending(chat_id)

    async def load_members(self, room: Room) -> dict[str, Object]:
        """Loads all members of a chat; see `Chat.members`."""
        self._enter()
        return await self._refresher.load_members(room)

    def on(self, name: str, listener: Listener) -> Callable[[], None]:
        """Calls a function for each event of a name; returns a function that ends this.

        Names are the types of frames, `frame` (every frame), `message` (an Incoming: every message once and in order,
        your own included), `status`, `problem` (errors that belong to no command) and `divergence` (a Divergence of
        `pichat.verify`).
        """
        return self._listeners.on(name, listener)

    async def wait_for(self, name: str, holds: Callable[[Any], bool], timeout: float | None = None) -> Any:
        """Waits for the next event of a name for which a condition holds, and returns it.

        Raises Closed if the client ends before.
        """
        self._enter()
        return await asyncio.wait_for(self._listeners.next(name, holds), timeout)

    async def messages(self) -> AsyncIterator[Incoming]:
        """Iterates over the messages from now on, including those that are missed during a lost connection.

        It ends with `close`, and raises the reason if the client was closed by anything else.
        """
        self._enter()
        queue: asyncio.Queue[Incoming | None] = asyncio.Queue()
        self._queues.add(queue)
        if self._ended:
            queue.put_nowait(None)
        try:
            while (incoming := await queue.get()) is not None:
                yield incoming
        finally:
            self._queues.discard(queue)
        await self.wait_closed()

    # Called by the connection and the sequence.

    def receive(self, frame: Object, command: Mapping[str, Any] | None) -> None:
        """Takes a frame in the order of arrival."""
        if frame["type"] == "CONNECTED" and "user" in frame:
            self.state.me = frame["user"]
            self.state.update_user(frame["user"])
        self._sequence.take(frame, command)

    def catch_up(self) -> Awaitable[None]:
        """Brings the state up to date after a connect."""
        return self._sequence.catch_up()

    def sync(self, chats: Mapping[str, int], cursor: str | None) -> Awaitable[Object]:
        """Sends SYNC."""
        command = {"type": "SYNC", "chats": chats, **({"cursor": cursor} if cursor else {})}
        return self._requests.ask(command, urgent=True).reply

    def resume_from(self, chat: Object) -> int:
        """Returns the position after which the messages of a new chat count as missed: the present one."""
        return int(chat["seq"])

    def applied(self, frame: Object) -> None:
        """A frame was applied: tells the listeners."""
        if frame["type"] == "STOP_REQUESTED" and frame["messageId"] in self.streams:
            self.streams[frame["messageId"]].is_stopped = True
        self._listeners.emit("frame", frame)
        self._listeners.emit(frame["type"], frame)
        if frame["type"] == "NEW_MESSAGE" and not frame.get("duplicate"):
            self._report(frame["message"], missed=False)
        self._refresher.run()

    def caught_up(self, messages: list[Object]) -> None:
        """These messages were missed and fetched."""
        for message in messages:
            self._report(message, missed=True)
        self._refresher.run()

    def lagged(self) -> None:
        """The server dropped events that SYNC does not repeat."""
        self._refresher.missed_presence()

    def sync_failed(self, error: PichatError) -> None:
        """SYNC was refused although the connection is open."""
        self._connection.restart(error)

    def lost(self) -> None:
        """The connection is gone."""
        self._requests.lost()
        self._sequence.lost()
        for room in self.state.rooms.values():
            room.typing.clear()
            room.streams.clear()

    def problem(self, error: PichatError) -> None:
        """An error that belongs to no command."""
        log.warning("%s", error)
        self._listeners.emit("problem", error)

    def diverged(self, divergence: Divergence) -> None:
        """A chat was held differently from the server, and has been repaired."""
        log.error("the chat %s differed from the server at %s", divergence.chat.id, divergence.seq)
        self._listeners.emit("divergence", divergence)

    def status_changed(self, status: Status) -> None:
        """The state of the connection changed."""
        if status == "online":
            self._came_online()
        if status == "closed":
            self._ended = self.last_error if isinstance(self.last_error, Closed) else Closed("the client was closed")
            self._requests.end(self._ended)
            self._outbox.end(self._ended)
            for queue in self._queues:
                queue.put_nowait(None)
        self._listeners.emit("status", status)
        if self._ended:
            self._listeners.end(self._ended)

    def _enter(self) -> None:
        """Raises PichatError in an event loop other than the first: nothing would ever wake whoever waits there."""
        loop = asyncio.get_running_loop()
        self._loop = self._loop or loop
        if self._loop is not loop:
            raise PichatError(
                "this client belongs to another event loop: make a client for each loop, or pass the call to the other"
                " loop with asyncio.run_coroutine_threadsafe"
            )

    def _came_online(self) -> None:
        if not self._was_online:
            self._outbox.start()
        elif self._sequence.cursor:
            self._refresher.missed_presence()
        else:
            self._refresher.missed_everything()
        self._was_online = True
        self._refresher.run()

    def _report(self, message: Object, missed: bool) -> None:
        if message["chatId"] not in self.state.rooms:
            return
        incoming = Incoming(Chat(self, message["chatId"]), cast("Message", message), missed)
        for queue in self._queues:
            queue.put_nowait(incoming)
        self._listeners.emit("message", incoming)
