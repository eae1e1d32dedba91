"""The real server, which can be killed and restarted, and a proxy in front of it that cuts connections."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import tempfile
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pichat import Backoff

ROOT = Path(__file__).resolve().parents[3]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", "target"))
BINARY = Path(os.environ.get("PICHAT_BINARY", ROOT / TARGET / "debug" / "pichat"))
TOKEN = "administrator-of-the-tests-and-nobody-else"
PASSWORD = "correct horse"
PATIENCE = 60.0
QUICK = Backoff(0.02, 0.2)
NO_LIMITS = {
    "COMMANDS_PER_SECOND": "0",
    "COMMANDS_PER_SECOND_PER_USER": "0",
    "SIGN_UPS_PER_HOUR": "0",
    "NEW_CHATS_PER_HOUR": "0",
    "LOGIN_ATTEMPTS_PER_MINUTE": "0",
    "IGNORED_SETTINGS": "COMMANDS_PER_SECOND_PER_USER,NEW_CHATS_PER_HOUR",
}

Object = dict[str, Any]


class Server:
    """A server with its own port and folder."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.settings = dict(settings)
        self.port = 0
        self._process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws"

    async def begin(self) -> None:
        settings = {
            "PATH": os.environ["PATH"],
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "DATABASE_URL": f"sqlite://{self.folder / 'pichat.db'}",
            "API_TOKEN": TOKEN,
            "LOG_LEVEL": "error",
            **self.settings,
        }
        self._process = await asyncio.create_subprocess_exec(
            BINARY, cwd=self.folder, env=settings, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
        )
        assert self._process.stdout
        line = await asyncio.wait_for(self._process.stdout.readline(), PATIENCE)
        self.port = int(line.decode().strip().rsplit(":", 1)[1].removesuffix("/ws"))

    async def end(self, number: signal.Signals = signal.SIGKILL) -> None:
        if self._process and self._process.returncode is None:
            self._process.send_signal(number)
            await asyncio.wait_for(self._process.wait(), PATIENCE)

    async def command(self, command: Mapping[str, Any], token: str | None = TOKEN) -> Object:
        """Sends a command by POST."""
        return await self.post(json.dumps(command), token)

    async def post(self, body: str, token: str | None = TOKEN) -> Object:
        """Sends a command as it is written."""
        return await asyncio.to_thread(self._post, body, token)

    def _post(self, body: str, token: str | None) -> Object:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        address = f"http://127.0.0.1:{self.port}/command"
        request = urllib.request.Request(address, body.encode(), headers)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=PATIENCE) as response:
                return dict(json.loads(response.read()))
        except urllib.error.HTTPError as error:
            return dict(json.loads(error.read()))

    async def bot(self, name: str) -> str:
        """Creates a bot and returns its token."""
        reply = await self.command({"type": "CREATE_API_TOKEN", "name": name, "botUsername": name})
        return str(reply["secret"])

    async def person(self, name: str) -> str:
        """Creates an account and returns an access token."""
        command = {"type": "SIGN_UP", "username": name, "password": PASSWORD}
        return str((await self.command(command, None))["accessToken"])


@contextlib.asynccontextmanager
async def running(settings: Mapping[str, str] | None = None) -> AsyncIterator[Server]:
    """Runs a server for the duration of a block."""
    with tempfile.TemporaryDirectory(prefix="pichat-py-") as folder:
        server = Server(Path(folder), settings or {})
        await server.begin()
        try:
            yield server
        finally:
            await server.end()


class Proxy:
    """Forwards bytes, and cuts connections on demand."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._listener: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._frozen: set[asyncio.StreamWriter] = set()
        self.refuses = False
        # Gets the number of bytes forwarded in a direction; returns True to cut the connection.
        self.cut_when: Callable[[str, int], bool] = lambda _way, _passed: False
        self.accepted = 0

    @property
    def url(self) -> str:
        assert self._listener
        return f"ws://127.0.0.1:{self._listener.sockets[0].getsockname()[1]}/ws"

    async def __aenter__(self) -> Proxy:
        self._listener = await asyncio.start_server(self._join, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._listener
        self._listener.close()
        self.cut()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def freeze(self) -> None:
        """Forwards nothing more on the present connections, as if the peer had died silently."""
        self._frozen |= self._writers

    def cut(self) -> None:
        """Cuts all connections."""
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _join(self, near_reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        self.accepted += 1
        if self.refuses:
            near.transport.abort()
            return
        try:
            far_reader, far = await asyncio.open_connection("127.0.0.1", self._server.port)
        except OSError:
            near.transport.abort()
            return
        if self.refuses:
            near.transport.abort()
            far.transport.abort()
            return
        self._writers |= {near, far}
        for reader, writer, way in ((near_reader, far, "up"), (far_reader, near, "down")):
            task = asyncio.create_task(self._pass(reader, writer, way, (near, far)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pass(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        way: str,
        pair: tuple[asyncio.StreamWriter, asyncio.StreamWriter],
    ) -> None:
        passed = 0
        try:
            while piece := await reader.read(64):
                if writer in self._frozen:
                    continue
                writer.write(piece)
                await writer.drain()
                passed += len(piece)
                if self.cut_when(way, passed):
                    # Forwarded frames arrive, later ones do not.
                    break
        except OSError:
            pass
        finally:
            for one in pair:
                one.close()
                self._writers.discard(one)


async def until(holds: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Waits until a condition holds."""

    async def look() -> None:
        while not holds():
            await asyncio.sleep(0.01)

    try:
        await asyncio.wait_for(look(), patience)
    except asyncio.TimeoutError:
        raise AssertionError(f"timed out waiting for {what}") from None


@dataclass
class SilentServer:
    """Accepts connections and never replies."""

    url: str
    accepted: int = 0


@contextlib.asynccontextmanager
async def silent() -> AsyncIterator[SilentServer]:
    """Listens for the duration of a block."""
    writers: set[asyncio.StreamWriter] = set()

    def accept(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.accepted += 1
        writers.add(writer)

    listener = await asyncio.start_server(accept, "127.0.0.1", 0)
    server = SilentServer(f"ws://127.0.0.1:{listener.sockets[0].getsockname()[1]}/ws")
    try:
        yield server
    finally:
        for writer in writers:
            writer.transport.abort()
        listener.close()
