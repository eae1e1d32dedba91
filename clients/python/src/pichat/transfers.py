"""Files: bytes that are sent to a chat and read from it over HTTP, and resumed after a lost connection."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import mimetypes
import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from .backoff import Backoff
from .errors import CommandError, ConnectionFailed, PichatError
from .exchange import Exchange, HttpClient
from .room import Object

# A path, or the bytes themselves.
Source = str | os.PathLike[str] | bytes
# Called with the number of bytes that are stored, and of all.
Progress = Callable[[int, int], object]
Ask = Callable[[Mapping[str, Any]], Awaitable[Object]]
T = TypeVar("T")

# Bytes of one request: a lost connection costs no more than this.
PART = 1 << 20
MAX_FAILURES = 8
RETRY = Backoff(0.25, 10.0)
# The time limit for abandoning a cancelled upload on the server.
GIVING_UP_SECONDS = 3.0
# Refusals that may not last.
PASSING = frozenset({"CONFLICT", "RATE_LIMITED", "UNAVAILABLE"})
CREATED = 201
CONFLICT = 409
OK = 200
PARTIAL = 206
INCOMPLETE = 308


class Content(Protocol):
    """What is uploaded."""

    name: str
    size: int

    def read(self, start: int, end: int) -> bytes:
        """Returns a part."""
        ...


class MemoryContent:
    """Bytes in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.name = "file"
        self.size = len(data)

    def read(self, start: int, end: int) -> bytes:
        """Returns a part."""
        return self._data[start:end]


class FileContent:
    """A file, which is read part by part."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = path.name
        self.size = path.stat().st_size

    def read(self, start: int, end: int) -> bytes:
        """Returns a part; raises PichatError if the file has become shorter."""
        with self._path.open("rb") as file:
            file.seek(start)
            part = file.read(end - start)
        if len(part) != end - start:
            raise PichatError(f"{self._path} has changed while it was uploaded")
        return part


def content_of(source: Source) -> Content:
    """Opens what a caller wants to upload."""
    return MemoryContent(source) if isinstance(source, bytes) else FileContent(Path(source))


def digest_of(content: Content) -> bytes:
    """Returns the SHA-256 of everything."""
    digest = hashlib.sha256()
    for start in range(0, content.size, PART):
        digest.update(content.read(start, min(start + PART, content.size)))
    return digest.digest()


async def create_upload(ask: Ask, target: Mapping[str, str], content: Content, fields: Mapping[str, Any]) -> Object:
    """Announces an upload to a chat (`chatId`) or for another `purpose`; returns UPLOAD_CREATED."""
    name = fields["name"] or content.name
    mime_type = fields["mimeType"] or mimetypes.guess_type(name)[0] or "application/octet-stream"
    known = {key: fields[key] for key in ("width", "height") if fields.get(key) is not None}
    named = {"name": name, "mimeType": mime_type, "size": content.size}
    return await ask({"type": "CREATE_UPLOAD", **target, **named, **known})


class Upload:
    """An upload that was announced: sends the parts, each from where the server has got to."""

    def __init__(self, http: HttpClient, url: str, content: Content, progress: Progress | None) -> None:
        self._http = http
        self._url = url
        self._content = content
        self._progress = progress
        self._at = 0
        # The server knows how much of a part that failed has arrived: the next request asks.
        self._is_lost = False

    async def run(self) -> None:
        """Sends everything; what fails or is cancelled is given up on the server, too."""
        try:
            digest = await asyncio.to_thread(digest_of, self._content)
            await self._send_all(base64.b64encode(digest).decode())
        except BaseException:
            await asyncio.shield(self._give_up())
            raise

    async def _send_all(self, digest: str) -> None:
        failures = 0
        self._tell(0)
        with self._http.open(self._url) as exchange:
            while True:
                before = self._at
                error = await self._send_part(exchange, digest)
                if error is None and self._at == self._content.size:
                    return
                failures = 0 if self._at > before else failures + 1
                if error and failures > MAX_FAILURES:
                    raise error
                if error:
                    self._is_lost = True
                    await asyncio.sleep(_wait(error, failures))

    async def _send_part(self, exchange: Exchange, digest: str) -> PichatError | None:
        """Sends one part, or asks how far the upload is; returns why it has to be tried again."""
        size = self._content.size
        end = self._at if self._is_lost else min(self._at + PART, size)
        part = await asyncio.to_thread(self._content.read, self._at, end)
        place = f"bytes */{size}" if self._is_lost else f"bytes {self._at}-{end - 1}/{size}"
        headers = {"Content-Range": place, "Repr-Digest": f"sha-256=:{digest}:"}
        try:
            answer = await exchange.send("PUT", headers, part)
        except OSError as error:
            return ConnectionFailed(f"the upload was interrupted: {error}")
        self._is_lost = False
        if answer.status == CREATED:
            self._tell(size)
            return None
        if answer.status == INCOMPLETE:
            self._tell(int(answer.json()["received"]))
            return None
        refusal = answer.refusal()
        if isinstance(refusal, CommandError) and refusal.field == "Repr-Digest":
            raise PichatError(f"{self._content.name} has changed while it was uploaded")
        return passing(refusal)

    def _tell(self, stored: int) -> None:
        self._at = stored
        if self._progress:
            self._progress(stored, self._content.size)

    async def _give_up(self) -> None:
        # Best effort: what is not cancelled expires.
        with contextlib.suppress(OSError, asyncio.TimeoutError):
            await asyncio.wait_for(self._delete(), GIVING_UP_SECONDS)

    async def _delete(self) -> None:
        with self._http.open(self._url) as exchange:
            for failures in range(MAX_FAILURES):
                # CONFLICT: the server has not yet noticed that the part it receives was interrupted.
                if (await exchange.send("DELETE", {}, b"")).status != CONFLICT:
                    return
                await asyncio.sleep(RETRY.wait(failures))


class Sink(Protocol):
    """Takes what is downloaded."""

    def write(self, data: bytes, /) -> object:
        """Takes a piece."""
        ...

    def truncate(self, size: int, /) -> object:
        """Forgets what was written after a place."""
        ...

    def seek(self, place: int, /) -> object:
        """Goes on at a place."""
        ...


class Download:
    """Reads a file, and goes on where a lost connection has stopped it."""

    def __init__(self, http: HttpClient, ask: Ask, command: Mapping[str, Any], sink: Sink) -> None:
        self._http = http
        self._ask = ask
        self._command = command
        self._sink = sink
        self._at = 0
        self._etag = ""
        self._digest = hashlib.sha256()

    async def run(self, progress: Progress | None) -> None:
        """Reads everything. Each attempt has a new address, because one lives for 15 minutes only."""
        failures = 0
        while True:
            address = await self._ask(self._command)
            before = self._at
            size = int(address["file"]["size"])
            error = await self._read_on(str(address["url"]), size, progress)
            if error is None and self._at == size:
                return self._check()
            failures = 0 if self._at > before else failures + 1
            error = error or ConnectionFailed("the download was interrupted")
            if failures > MAX_FAILURES:
                raise error
            await asyncio.sleep(_wait(error, failures))

    async def _read_on(self, url: str, size: int, progress: Progress | None) -> PichatError | None:
        headers = {"Range": f"bytes={self._at}-", "If-Range": self._etag} if self._at else {}
        try:
            with self._http.open(url) as exchange:
                answer = await _by_network(exchange.begin("GET", headers))
                if answer.status not in (OK, PARTIAL):
                    return passing((await _by_network(exchange.finish(answer))).refusal())
                if answer.status == OK:
                    self._restart()
                self._etag = answer.headers.get("etag", "")
                while piece := await _by_network(exchange.read(PART)):
                    await asyncio.to_thread(self._sink.write, piece)
                    self._digest.update(piece)
                    self._at += len(piece)
                    if progress:
                        progress(self._at, size)
        except ConnectionFailed as error:
            return error
        return None

    def _restart(self) -> None:
        self._at = 0
        self._digest = hashlib.sha256()
        self._sink.seek(0)
        self._sink.truncate(0)

    def _check(self) -> None:
        """The entity tag is the digest of the bytes."""
        if self._etag.strip('"') != self._digest.hexdigest():
            raise PichatError("the file arrived damaged; download it again")


async def _by_network(work: Awaitable[T]) -> T:
    """Waits for an exchange. Its errors are worth another attempt, those of the caller's own file are not."""
    try:
        return await work
    except OSError as error:
        raise ConnectionFailed(f"the download was interrupted: {error}") from error


def passing(error: PichatError) -> PichatError:
    """Returns an error that may not last, raises any other."""
    if isinstance(error, CommandError) and error.code not in PASSING:
        raise error
    return error


def _wait(error: PichatError, failures: int) -> float:
    if isinstance(error, CommandError) and error.retry_after_ms is not None:
        return error.retry_after_ms / 1000
    return RETRY.wait(failures)
