"""HTTP requests for the bytes of files. The standard library sends them in threads, so no dependency is needed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urlsplit

from .errors import CommandError, ConnectionFailed, PichatError

T = TypeVar("T")

# Seconds without a byte after which a connection counts as lost.
SILENCE = 60.0


@dataclass(frozen=True)
class Answer:
    """The head of a response, and the body once it was read."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(default=b"", repr=False)

    def json(self) -> Any:
        """Returns the body."""
        return json.loads(self.body)

    def refusal(self) -> PichatError:
        """Returns the server's error; a proxy in between may answer with something else."""
        try:
            return CommandError(self.json())
        except (ValueError, KeyError, TypeError):
            return ConnectionFailed(f"HTTP {self.status}")


@dataclass(frozen=True)
class HttpClient:
    """Opens connections: those of a client that uses TLS use it, too, because a proxy may hide it from the server."""

    is_secure: bool
    tls: ssl.SSLContext | None

    def open(self, url: str) -> Exchange:
        """Prepares requests to an address."""
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        host = parts.hostname or ""
        if self.is_secure or parts.scheme == "https":
            return Exchange(HTTPSConnection(host, parts.port, timeout=SILENCE, context=self.tls), target)
        return Exchange(HTTPConnection(host, parts.port, timeout=SILENCE), target)


class Exchange:
    """Requests to one address over one connection. Errors of the network are raised as OSError."""

    def __init__(self, connection: HTTPConnection, target: str) -> None:
        self._connection = connection
        self._target = target
        self._response: HTTPResponse | None = None

    def __enter__(self) -> Exchange:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    async def send(self, method: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Sends a request and reads the whole response."""
        return await self.finish(await self.begin(method, headers, body))

    async def begin(self, method: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """Sends a request; returns the head of the response."""

        def run() -> Answer:
            self._connection.request(method, self._target, body, dict(headers))
            self._response = self._connection.getresponse()
            return Answer(self._response.status, {name.lower(): value for name, value in self._response.getheaders()})

        return await self._in_thread(run)

    async def read(self, limit: int) -> bytes:
        """Returns the next bytes of the response, none at its end; raises if it ends too early."""

        def run() -> bytes:
            assert self._response
            piece = self._response.read(limit)
            if not piece and self._response.length:
                raise ConnectionError("the connection was closed before the end")
            return piece

        return await self._in_thread(run)

    async def finish(self, answer: Answer) -> Answer:
        """Reads the rest of a response."""
        pieces: list[bytes] = []
        while piece := await self.read(1 << 16):
            pieces.append(piece)
        return Answer(answer.status, answer.headers, b"".join(pieces))

    async def _in_thread(self, run: Callable[[], T]) -> T:
        try:
            return await asyncio.to_thread(run)
        except HTTPException as error:
            self._connection.close()
            raise ConnectionError(str(error) or type(error).__name__) from error
        except OSError:
            self._connection.close()
            raise
        except asyncio.CancelledError:
            self._interrupt()
            raise

    def _interrupt(self) -> None:
        # Closing does not wake a thread that reads; this does.
        if self._connection.sock:
            with contextlib.suppress(OSError, ValueError):
                self._connection.sock.shutdown(socket.SHUT_RDWR)
