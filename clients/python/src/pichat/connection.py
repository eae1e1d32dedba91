"""One connection after another: connecting, online, waiting, connecting …, until it is closed."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import ssl
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, InvalidURI, WebSocketException
from websockets.typing import Subprotocol

from .backoff import CREDENTIALS_INVALID, NOT_ALLOWED, NOT_UNDERSTOOD, Backoff
from .credentials import TRANSIENT, Credentials
from .errors import AuthenticationError, Closed, CommandError, ConnectionFailed, PichatError, TimedOut
from .requests import Requests
from .room import Object
from .tasks import log
from .version import __version__

Status = Literal["connecting", "online", "waiting", "closed"]

HEARTBEAT = 20.0
OPEN_TIMEOUT = 10.0
CLOSE_TIMEOUT = 2.0
RENEWAL_TIMEOUT = 10.0
# The least time between two renewals: a token that lives for less than a minute is always about to expire.
RENEWAL_FLOOR = 20.0
MAX_FRAME_BYTES = 16 * 1024 * 1024
ABNORMAL = 1006
# The name and password in an address.
USER_INFO = re.compile(r"(?<=//)[^/?#\s]*@")
# At the level DEBUG it would write headers and frames, and so tokens, passwords and messages.
SOCKET_LOG = logging.getLogger("pichat.websocket")
SOCKET_LOG.setLevel(logging.WARNING)
# What a web server answers a handshake at an address that takes none.
NO_SOCKET_HERE = {200, 404, 405, 426}


class Host(Protocol):
    """What a connection needs from its client."""

    def receive(self, frame: Object, command: Mapping[str, Any] | None) -> None:
        """Takes a frame in the order of arrival, with the command it replies to."""

    def catch_up(self) -> Awaitable[None]:
        """Brings the state up to date after a connect."""
        ...

    def lost(self) -> None:
        """The connection is gone."""

    def status_changed(self, status: Status) -> None:
        """The state of the connection changed."""

    def problem(self, error: PichatError) -> None:
        """An error that belongs to no command."""


@dataclass
class Endpoint:
    """Where and how to connect: `heartbeat` is the number of seconds of silence after which the server is pinged."""

    url: str = field(repr=False)
    ssl: ssl.SSLContext | None = None
    heartbeat: float = HEARTBEAT
    backoff: Backoff = field(default_factory=Backoff)
    shown: str = field(init=False)
    """The address for logs and errors: without a password before the host and a token in the query."""

    def __post_init__(self) -> None:
        self.shown = re.split(r"[?#]", without_password(self.url), maxsplit=1)[0]


class Connection:
    """Keeps one connection open."""

    def __init__(self, endpoint: Endpoint, credentials: Credentials, requests: Requests, host: Host) -> None:
        self._endpoint = endpoint
        self._credentials = credentials
        self._requests = requests
        self._host = host
        self.status: Status = "connecting"
        self.last_error: PichatError | None = None
        self._socket: ClientConnection | None = None
        self._greeting: asyncio.Future[Object] | None = None
        self._fatal: PichatError | None = None
        self._failures = 0
        self._dropped_for = ""
        self._closing = asyncio.Event()
        self._renew_now = asyncio.Event()

    async def run(self) -> PichatError | None:
        """Runs until the connection is closed; returns why it ended, None if it was asked to."""
        reason: PichatError | None = None
        try:
            while not self._closing.is_set():
                self._become("connecting")
                await self._pause(await self._connect_once())
        except Closed as error:
            reason = error
        except Exception as error:
            # A function of the caller that fetches tokens failed, for example.
            reason = closed_by(error)
        except asyncio.CancelledError:
            # The event loop ends: those who wait must not wait for ever.
            self._end(Closed("the task of the client was cancelled"))
            raise
        self._end(reason)
        return reason

    def _end(self, reason: PichatError | None) -> None:
        self.last_error = reason or self.last_error
        self._become("closed")

    async def close(self) -> None:
        """Says goodbye; `run` returns soon after."""
        self._closing.set()
        if self._socket:
            await self._socket.close(1000, "goodbye")

    def restart(self, error: PichatError) -> None:
        """Drops the connection and opens another."""
        self._dropped_for = str(error)
        if self._socket:
            self._socket.transport.abort()

    async def _connect_once(self) -> float:
        """Holds one connection from beginning to end; returns the seconds to wait before the next."""
        try:
            socket = await self._open_unless_closed()
        except InvalidStatus as error:
            return self._refused_handshake(error)
        except InvalidURI as error:
            sentence = f"{self._endpoint.shown} isn't a valid URL: {error.msg}"
            raise Closed(f"{sentence}; it should look like ws://127.0.0.1:8080/ws") from None
        except ssl.SSLError as error:
            if error.reason in {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG"}:
                raise Closed(f"{self._endpoint.shown}: that port does not speak TLS; use ws://") from error
            return self._failed(str(error), ABNORMAL)
        except (OSError, asyncio.TimeoutError, WebSocketException, EOFError) as error:
            return self._failed(str(error) or type(error).__name__, ABNORMAL)
        if socket is None:
            return 0.0
        self._socket = socket
        try:
            await self._serve(socket)
        finally:
            self._socket = None
            self._host.lost()
        if self._fatal:
            raise self._fatal
        code = socket.protocol.close_code or ABNORMAL
        return 0.0 if self._closing.is_set() else self._after_end(code, socket.protocol.close_reason or "")

    async def _open_unless_closed(self) -> ClientConnection | None:
        """Connects; returns None if the client was closed, which does not wait for a server that is silent."""
        opening = asyncio.ensure_future(self._open_socket())
        closing = asyncio.ensure_future(self._closing.wait())
        try:
            await asyncio.wait({opening, closing}, return_when="FIRST_COMPLETED")
            if opening.done() and not self._closing.is_set():
                return opening.result()
            opening.cancel()
            [left] = await asyncio.gather(opening, return_exceptions=True)
            if isinstance(left, ClientConnection):
                left.transport.abort()
            return None
        finally:
            opening.cancel()
            closing.cancel()

    async def _open_socket(self) -> ClientConnection:
        bearer = await self._credentials.bearer()
        log.debug("connecting to %s", self._endpoint.shown)
        options: dict[str, Any] = {"ssl": self._endpoint.ssl} if self._endpoint.ssl else {}
        return await connect(
            self._endpoint.url,
            additional_headers={"Authorization": f"Bearer {bearer}"} if bearer is not None else {},
            subprotocols=[Subprotocol("pichat.v1")],
            user_agent_header=f"pichat-client-python/{__version__}",
            compression=None,
            open_timeout=OPEN_TIMEOUT,
            close_timeout=CLOSE_TIMEOUT,
            ping_interval=self._endpoint.heartbeat,
            ping_timeout=self._endpoint.heartbeat,
            max_size=MAX_FRAME_BYTES,
            logger=SOCKET_LOG,
            **options,
        )

    async def _serve(self, socket: ClientConnection) -> None:
        self._dropped_for = ""
        self._renew_now.clear()
        self._greeting = asyncio.get_running_loop().create_future()
        work = [
            asyncio.create_task(self._requests.send_all(socket.send)),
            asyncio.create_task(self._open(self._greeting)),
        ]
        for task in work:
            task.add_done_callback(self._check_work)
        try:
            async for text in socket:
                self._receive(json.loads(text))
        except ConnectionClosed:
            pass
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)

    def _check_work(self, task: asyncio.Task[None]) -> None:
        """Ends the client if a task of the connection failed: without it, every command would wait for ever."""
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception) and not isinstance(error, ConnectionClosed):
            self._fatal = closed_by(error)
            self.restart(self._fatal)

    async def _open(self, greeting: asyncio.Future[Object]) -> None:
        """Authenticates, catches up, and then renews the session for as long as the connection lasts."""
        try:
            connected = await asyncio.wait_for(greeting, OPEN_TIMEOUT)
            self._requests.open(connected["limits"])
            if not connected["authenticated"]:
                await self._credentials.authenticate(self._ask)
            await self._host.catch_up()
        except (AuthenticationError, CommandError, PichatError, asyncio.TimeoutError) as error:
            if isinstance(error, AuthenticationError):
                self._fatal = error
            # Otherwise, such as after UNAVAILABLE, it is tried again later.
            self.restart(error if isinstance(error, PichatError) else ConnectionFailed("no CONNECTED arrived"))
            return
        self._failures = 0
        self.last_error = None
        self._credentials.online()
        log.info("online at %s as %s", self._endpoint.shown, connected["server"])
        self._requests.ready()
        self._become("online")
        await self._keep_renewing()

    def _ask(self, command: Mapping[str, Any]) -> Awaitable[Object]:
        return self._requests.ask(command, urgent=True).reply

    def _receive(self, frame: Object) -> None:
        if frame["type"] == "CONNECTED" and self._greeting:
            self._host.receive(frame, None)
            if not self._greeting.done():  # It may arrive after the time limit.
                self._greeting.set_result(frame)
            return
        if frame["type"] == "AUTHENTICATED":
            self._credentials.accepted(frame)
        if frame["type"] == "TOKEN_EXPIRING":
            self._renew_now.set()
        if frame["type"] == "ERROR":
            if not self._requests.answer(frame):
                self._host.problem(CommandError(frame))
            return
        # The state first: whoever waits for the reply finds it applied.
        self._host.receive(frame, self._requests.command_of(frame))
        self._requests.answer(frame)

    async def _keep_renewing(self) -> None:
        while True:
            try:
                await asyncio.wait_for(self._renew_now.wait(), self._credentials.renew_in())
            except asyncio.TimeoutError:
                log.debug("the access token expires soon")
            self._renew_now.clear()
            try:
                await asyncio.wait_for(self._credentials.renew(self._ask), RENEWAL_TIMEOUT)
            except CommandError as error:
                if error.code not in TRANSIENT:
                    # The server closes with 4401, and the next connection authenticates anew.
                    self._host.problem(AuthenticationError(error.sentence, error.code))
            except Exception as error:
                # A function of the caller that fetches tokens may fail with anything.
                log.warning("the session could not be renewed: %s", str(error) or type(error).__name__)
            await asyncio.sleep(RENEWAL_FLOOR)

    def _refused_handshake(self, refusal: InvalidStatus) -> float:
        response = refusal.response
        if response.status_code in NO_SOCKET_HERE:
            answered = f"answered HTTP {response.status_code}"
            raise Closed(f"{self._endpoint.shown} {answered}; the address must end in /ws") from refusal
        try:
            error = CommandError(json.loads(response.body or b""))
        except (ValueError, KeyError, TypeError):
            return self._failed(f"HTTP {response.status_code} {response.reason_phrase}", ABNORMAL)
        if error.code in TRANSIENT:
            wait = (error.retry_after_ms or 0) / 1000
            return max(wait, self._failed(error.sentence, ABNORMAL))
        self._credentials.refused(error.sentence, error.code)
        return self._failed(error.sentence, CREDENTIALS_INVALID)

    def _after_end(self, code: int, reason: str) -> float:
        if code == NOT_UNDERSTOOD:
            raise Closed(reason or "the server does not understand this client", code)
        if code == NOT_ALLOWED:
            raise Closed(reason or "this user may not connect", code)
        if code == CREDENTIALS_INVALID:
            self._credentials.refused(reason or "the credentials are no longer valid", None, code)
        reason = reason or self._dropped_for or "the connection was lost"
        return self._failed(f"{reason} ({code})", code)

    def _failed(self, reason: str, code: int) -> float:
        self.last_error = ConnectionFailed(f"{self._endpoint.shown}: {without_password(reason)}", code)
        wait = self._endpoint.backoff.after(code, self._failures)
        self._failures += 1
        log.warning("%s; trying again in %.1f s", self.last_error, wait)
        return wait

    async def _pause(self, seconds: float) -> None:
        if self._closing.is_set():
            return
        self._become("waiting")
        try:
            await asyncio.wait_for(self._closing.wait(), seconds)
        except asyncio.TimeoutError:
            return

    def _become(self, status: Status) -> None:
        self.status = status
        self._host.status_changed(status)


def without_password(text: str) -> str:
    """Removes the name and password from addresses."""
    return USER_INFO.sub("", text)


def closed_by(error: Exception) -> Closed:
    """Returns the reason of a client that ended because of an error."""
    closed = Closed(str(error) if isinstance(error, PichatError) else f"{type(error).__name__}: {error}")
    closed.__cause__ = error
    return closed


async def within(seconds: float | None, work: asyncio.Future[Object], what: str) -> Object:
    """Waits for a reply; raises TimedOut after that many seconds."""
    try:
        return await asyncio.wait_for(work, seconds)
    except asyncio.TimeoutError:
        raise TimedOut(f"{what} was not answered within {seconds} s") from None
