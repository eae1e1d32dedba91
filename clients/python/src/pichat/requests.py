"""Commands on their way: sent in order, no faster than the server allows, each settled exactly once."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import CommandError, ConnectionLost, PichatError
from .ids import new_id
from .protocol import REPEATABLE, REPEATABLE_WITH_ID, WITHOUT_OP_ID

# Positions only move forward: repeating these commands changes nothing.
FORWARD = frozenset({"MARK_READ", "MARK_DELIVERED"})
MAX_ATTEMPTS = 8
PAUSE_SECONDS = 0.25
MAX_PAUSE_SECONDS = 30.0

Object = dict[str, Any]


def has_own_id(command: Mapping[str, Any]) -> bool:
    """Tells whether a command names the id of what it creates."""
    message: Mapping[str, Any] = command.get("message") or {}
    return command["type"] in REPEATABLE_WITH_ID and ("id" in command or "id" in message)


def with_op_id(command: Mapping[str, Any]) -> Mapping[str, Any]:
    """Gives a command the `opId` by which the server does it once, unless it is harmless to repeat without one."""
    kind = command["type"]
    is_forward = kind in FORWARD and "seq" in command
    if kind in REPEATABLE or kind in WITHOUT_OP_ID or is_forward or has_own_id(command) or "opId" in command:
        return command
    return {**command, "opId": new_id()}


def text_of(command: Mapping[str, Any]) -> str:
    """Returns a command as JSON; raises CommandError if it is not JSON in UTF-8, for example a date."""
    try:
        text = json.dumps(command, ensure_ascii=False, allow_nan=False)
        text.encode()
        return text
    except (TypeError, ValueError, RecursionError) as error:
        # The cause has the whole text.
        reason = error.reason if isinstance(error, UnicodeEncodeError) else str(error)
        sentence = f"the command cannot be written as JSON: {reason}"
        refusal = {"code": "INVALID_ARGUMENT", "error": sentence, "command": str(command.get("type"))}
        raise CommandError(refusal) from None


def is_repeatable(command: Mapping[str, Any]) -> bool:
    """Tells whether a command may be sent again if its reply was lost."""
    kind = command["type"]
    # Deleting the account ends the session that would ask again.
    if kind == "DELETE_ACCOUNT":
        return False
    return kind in REPEATABLE or kind in FORWARD or has_own_id(command) or "opId" in command


@dataclass(eq=False)
class Request:
    """A command and the future of its reply."""

    number: int
    # It may have a password.
    command: Mapping[str, Any] = field(repr=False)
    is_urgent: bool
    is_repeatable: bool
    reply: asyncio.Future[Object]
    attempts: int = 0


@dataclass
class Pace:
    """The server's rate limit as the client keeps to it: a bucket of `burst` tokens, refilled `rate` times a second."""

    rate: float = 0
    burst: float = 1
    tokens: float = field(default=1, init=False)
    filled_at: float = field(default_factory=time.monotonic, init=False)

    def __post_init__(self) -> None:
        self.tokens = self.burst = max(self.burst, 1)

    def take(self) -> float:
        """Takes a token; returns the seconds to wait for one if there is none."""
        if not self.rate:
            return 0
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now
        if self.tokens < 1:
            return (1 - self.tokens) / self.rate
        self.tokens -= 1
        return 0


class Requests:
    """The queue of a client's commands. It outlives connections."""

    def __init__(self) -> None:
        self._queue: list[Request] = []
        self._sent: dict[str, Request] = {}
        self._count = 0
        self._is_ready = False
        self._resume_at = 0.0
        self._limit = 4096
        self._pace = Pace()
        self._wake = asyncio.Event()
        self._ended: PichatError | None = None

    def ask(self, command: Mapping[str, Any], *, urgent: bool = False, repeatable: bool | None = None) -> Request:
        """Queues a command; its reply arrives in the request's future. Urgent ones do not wait for the first SYNC."""
        self._count += 1
        if repeatable is not False:
            command = with_op_id(command)
        repeatable = is_repeatable(command) if repeatable is None else repeatable
        reply: asyncio.Future[Object] = asyncio.get_running_loop().create_future()
        request = Request(self._count, command, urgent, repeatable, reply)
        if self._ended:
            reply.set_exception(self._ended)
        else:
            self._queue.append(request)
            self._wake.set()
        return request

    def open(self, limits: Mapping[str, Any]) -> None:
        """Takes the limits of a new connection."""
        self._limit = limits.get("frameBytes", self._limit)
        self._pace = Pace(limits.get("commandsPerSecond", 0), limits.get("commandBurst", 1))
        self._resume_at = 0

    def ready(self) -> None:
        """Lets everything be sent: the connection is synchronised."""
        self._is_ready = True
        self._wake.set()

    async def send_all(self, send: Callable[[str], Awaitable[None]]) -> None:
        """Sends the queue for as long as the connection lasts."""
        while True:
            wait = self._resume_at - time.monotonic()
            request = self._first() if wait <= 0 else None
            if request and (wait := self._pace.take()) <= 0:
                self._queue.remove(request)
                await self._write(request, send)
            elif wait > 0:
                await asyncio.sleep(wait)
            else:
                self._wake.clear()
                await self._wake.wait()

    def _first(self) -> Request | None:
        self._queue = [request for request in self._queue if not request.reply.done()]
        urgent = next((request for request in self._queue if request.is_urgent), None)
        return urgent or (self._queue[0] if self._is_ready and self._queue else None)

    async def _write(self, request: Request, send: Callable[[str], Awaitable[None]]) -> None:
        try:
            text = text_of({**request.command, "requestId": str(request.number)})
        except CommandError as unwritable:
            request.reply.set_exception(unwritable)
            return
        if len(text) * 4 > self._limit and len(text.encode()) > self._limit:
            error = f"the command is larger than {self._limit} bytes"
            refusal = {"code": "TOO_LARGE", "error": error, "command": request.command["type"]}
            request.reply.set_exception(CommandError(refusal))
            return
        request.attempts += 1
        self._sent[str(request.number)] = request
        await send(text)

    def command_of(self, frame: Object) -> Mapping[str, Any] | None:
        """Returns the command that a frame replies to; None for events."""
        request = self._sent.get(str(frame.get("requestId")))
        return request.command if request else None

    def answer(self, frame: Object) -> bool:
        """Settles the command that a frame replies to; returns False if there is none."""
        request = self._sent.pop(str(frame.get("requestId")), None)
        if request is None:
            return False
        if request.reply.done():  # Nobody waits for it any more.
            return True
        if frame["type"] != "ERROR":
            request.reply.set_result(frame)
        elif self._is_worth_retrying(request, frame["code"]):
            self._retry_later(request, frame.get("retryAfterMs"))
        else:
            request.reply.set_exception(CommandError(frame))
        return True

    def _is_worth_retrying(self, request: Request, code: str) -> bool:
        # A refused command did not run; one that was interrupted may have.
        if request.is_urgent and request.command["type"] != "SYNC":
            return False
        if code == "RATE_LIMITED":
            return True
        return code == "UNAVAILABLE" and request.is_repeatable and request.attempts < MAX_ATTEMPTS

    def _retry_later(self, request: Request, retry_after_ms: int | None) -> None:
        # The whole queue waits, so that nothing overtakes.
        self._put_back([request])
        wait = PAUSE_SECONDS if retry_after_ms is None else retry_after_ms / 1000
        if request.attempts > 1:
            wait = max(wait, random.random() * min(PAUSE_SECONDS * 2**request.attempts, MAX_PAUSE_SECONDS))
        self._resume_at = max(self._resume_at, time.monotonic() + wait)
        self._wake.set()

    def _put_back(self, requests: list[Request]) -> None:
        self._queue = sorted([*self._queue, *requests], key=lambda request: request.number)

    def lost(self) -> None:
        """Keeps repeatable commands for the next connection and fails the others."""
        self._is_ready = False
        sent = list(self._sent.values())
        self._sent.clear()
        kept = [request for request in sent if request.is_repeatable and not request.is_urgent]
        failed = [request for request in sent if request not in kept]
        failed += [request for request in self._queue if request.is_urgent]
        self._queue = [request for request in self._queue if not request.is_urgent]
        self._put_back(kept)
        for request in failed:
            fail(request.reply, ConnectionLost(f"the connection ended before {request.command['type']} was answered"))

    def end(self, error: PichatError) -> None:
        """Fails everything, now and from now on."""
        self._ended = error
        self.lost()
        for request in self._queue:
            fail(request.reply, error)
        self._queue.clear()


def fail(reply: asyncio.Future[Any], error: PichatError) -> None:
    """Fails a future that may be settled already."""
    if not reply.done():
        reply.set_exception(error)
        # A caller that stopped waiting must not cause a warning about an unread exception.
        reply.exception()
