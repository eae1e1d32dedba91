"""Files against the real server: interrupted, refused and cancelled uploads and downloads."""

from __future__ import annotations

import asyncio
import hashlib
import os
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import PATIENCE, QUICK, ROOT, TOKEN, Proxy, Server, running, until

from pichat import Bot, Chat, Client, CommandError, Incoming, PichatError, set_avatar
from pichat.exchange import HttpClient


@dataclass
class Scene:
    """A chat of two users, each with a client; ann's is behind the proxy."""

    server: Server
    proxy: Proxy
    chat: Chat
    ben: Client

    async def read(self, file_id: str) -> bytes:
        """Returns the content of a file as ben reads it."""
        return await self.ben.chat(self.chat.id).download(file_id)


@asynccontextmanager
async def scene(settings: Mapping[str, str] | None = None) -> AsyncIterator[Scene]:
    async with running({"COMMANDS_PER_SECOND": "0", **(settings or {})}) as server, Proxy(server) as proxy:
        async with (
            Client(proxy.url, await server.bot("ann"), backoff=QUICK) as ann,
            Client(server.url, await server.bot("ben"), backoff=QUICK) as ben,
        ):
            chat = await ann.create("work", members=["ben"])
            await until(lambda: chat.id in ben.state.rooms, "the chat")
            yield Scene(server, proxy, chat, ben)


def content(length: int) -> bytes:
    return bytes((place * 31) % 251 for place in range(length))


async def test_an_upload_resumes_after_disconnects_and_reports_progress(tmp_path: Path) -> None:
    data = content(3_000_000)
    path = tmp_path / "plan.pdf"
    path.write_bytes(data)
    async with scene() as here:
        cuts = iter([700_000, 1_600_000])
        limit = next(cuts)

        def cut(way: str, passed: int) -> bool:
            nonlocal limit
            if way != "up" or passed < limit:
                return False
            limit = next(cuts, len(data) * 2)
            return True

        here.proxy.cut_when = cut
        progress: list[tuple[int, int]] = []
        upload = here.chat.upload(path, on_progress=lambda sent, total: progress.append((sent, total)))
        file = await asyncio.wait_for(upload, PATIENCE)
        assert limit == len(data) * 2, "both cuts were made"
        assert (file["name"], file["size"], file["mimeType"]) == ("plan.pdf", len(data), "application/pdf")
        assert (progress[0], progress[-1]) == ((0, len(data)), (len(data), len(data)))
        assert progress == sorted(progress)
        assert len(progress) > 3
        assert await here.read(file["id"]) == data


async def test_a_message_is_sent_with_its_files(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("plain")
    async with scene() as here:
        sent = await here.chat.send("look", files=[tmp_path / "b.txt", str(tmp_path / "b.txt"), b"bytes"])
        assert sent["content"] == "look"
        assert [(one["name"], one["size"], one["mimeType"]) for one in sent["attachments"]] == [
            ("b.txt", 5, "text/plain"),
            ("b.txt", 5, "text/plain"),
            ("file", 5, "application/octet-stream"),
        ]
        assert await here.read(sent["attachments"][2]["id"]) == b"bytes"
        alone = await here.chat.send(files=[b"x"])
        assert (alone["content"], len(alone["attachments"])) == ("", 1)
        named = await here.chat.upload(b"\x89PNG", name="cat.png", width=2, height=3)
        assert (named["name"], named["mimeType"]) == ("cat.png", "image/png")


async def test_an_interrupted_download_resumes(tmp_path: Path) -> None:
    data = content(2_000_000)
    async with scene() as here:
        file = await here.chat.upload(data, name="plan.bin")
        requests = 0

        def cut(way: str, passed: int) -> bool:
            nonlocal requests
            if way != "down" or passed < 900_000 or requests >= 2:
                return False
            requests += 1
            return True

        here.proxy.cut_when = cut
        target = tmp_path / "copy.bin"
        progress: list[int] = []
        saved = await asyncio.wait_for(
            here.chat.download_to(file["id"], target, on_progress=lambda got, _: progress.append(got)), PATIENCE
        )
        assert requests == 2
        assert saved == target
        assert target.read_bytes() == data
        # Nothing was read twice.
        assert progress == sorted(progress)
        assert progress[-1] == len(data)
        assert os.listdir(tmp_path) == ["copy.bin"]
        assert hashlib.sha256(await here.chat.download(file["id"])).digest() == hashlib.sha256(data).digest()


async def test_a_cancelled_upload_leaves_nothing_behind() -> None:
    async with scene() as here:
        # More than the limit of unfinished uploads: each must have been cancelled.
        for _ in range(25):
            uploads: list[asyncio.Task[object]] = []

            def cancel(sent: int, _: int, uploads: list[asyncio.Task[object]] = uploads) -> None:
                if sent:
                    uploads[0].cancel()

            uploads.append(asyncio.create_task(here.chat.upload(content(1_200_000), on_progress=cancel)))
            with pytest.raises(asyncio.CancelledError):
                await uploads[0]
            while (await here.server.command({"type": "GET_STATS"}))["files"]:
                await asyncio.sleep(0.01)


async def test_file_refusals_have_the_servers_code_and_field() -> None:
    async with scene({"MAX_FILE_BYTES": "1000"}) as here:
        with pytest.raises(CommandError) as caught:
            await here.chat.upload(content(1001))
        assert (caught.value.code, caught.value.field) == ("TOO_LARGE", "size")
        with pytest.raises(CommandError) as caught:
            await here.chat.download("nothing")
        assert caught.value.code == "NOT_FOUND"


async def test_a_file_that_changes_during_its_upload_is_not_sent(tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_bytes(content(1_500_000))
    async with scene() as here:

        def change(sent: int, _: int) -> None:
            if sent:
                path.write_bytes(b"rotated")

        with pytest.raises(PichatError, match=r"log\.txt has changed"):
            await here.chat.upload(path, on_progress=change)
        while (await here.server.command({"type": "GET_STATS"}))["files"]:
            await asyncio.sleep(0.01)


async def test_files_use_tls_if_the_connection_does() -> None:
    folder = ROOT / "tests/it/tls"
    settings = {"TLS_CERT": str(folder / "certificate.pem"), "TLS_KEY": str(folder / "key.pem")}
    context = ssl.create_default_context(cafile=folder / "certificate.pem")
    async with running(settings) as server:
        url = server.url.replace("ws:", "wss:")
        async with Client(url, TOKEN, ssl=context, backoff=QUICK) as client:
            chat = await client.create("secret")
            sent = await chat.send(files=[b"sealed"])
            assert await chat.download(sent["attachments"][0]["id"]) == b"sealed"
    # The default context does not know this certificate: files would not go to a stranger either.
    exchange = HttpClient(is_secure=False, tls=None).open("https://127.0.0.1:1/files/1")
    with exchange, pytest.raises(OSError, match="refused"):
        await exchange.send("GET", {}, b"")


async def test_files_use_tls_behind_a_tls_terminating_proxy() -> None:
    # A server behind such a proxy builds http URLs for itself.
    with pytest.raises(OSError, match=r"(?i)ssl|record"):
        async with running() as server:
            url = f"http://127.0.0.1:{server.port}/health"
            with HttpClient(is_secure=True, tls=None).open(url) as exchange:
                await exchange.send("GET", {}, b"")


async def test_a_bot_reads_an_attachment_and_answers_with_a_file() -> None:
    async with running() as server, Client(server.url, TOKEN, backoff=QUICK) as ann:
        token = await server.bot("helper")
        chat = await ann.create("work", members=["helper"])
        bot = Bot(server.url, token, backoff=QUICK)

        @bot.on_message("@me count")
        async def count(question: Incoming) -> None:
            data = await question.chat.download(question.attachments[0]["id"])
            await question.reply(f"{len(data)} bytes", files=[data[:2]])

        task = asyncio.create_task(bot.serve())
        await chat.send("@helper count", files=[b"12345"])
        await until(lambda: chat.messages[-1]["content"] == "5 bytes", "the answer")
        assert await chat.download(chat.messages[-1]["attachments"][0]["id"]) == b"12"
        bot.stop()
        await asyncio.wait_for(task, PATIENCE)


async def test_a_download_to_a_full_disk_is_not_retried(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    async with running() as server, Client(server.url, TOKEN, backoff=QUICK) as client:
        chat = await client.create("work")
        file = await chat.upload(b"x" * 100_000, name="big.bin")
        asked: list[object] = []
        client.on("FILE", asked.append)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
        try:
            with pytest.raises(OSError, match="File too large"):
                await asyncio.wait_for(chat.download_to(file["id"], tmp_path / "copy.bin"), PATIENCE)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert len(asked) == 1
        assert os.listdir(tmp_path) == []


async def test_a_picture_becomes_the_avatar_until_it_is_removed(tmp_path: Path) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + content(300)
    path = tmp_path / "me.png"
    path.write_bytes(picture)
    async with running() as server, Client(server.url, await server.bot("ann"), backoff=QUICK) as ann:
        user = await set_avatar(ann, path)
        assert user["avatarUrl"].startswith("/avatars/")
        assert (await ann.ask({"type": "GET_ME"}))["user"]["avatarUrl"] == user["avatarUrl"]
        with pytest.raises(CommandError) as refused:
            await set_avatar(ann, b"<svg/>", name="me.png")
        assert (refused.value.code, refused.value.field) == ("INVALID_ARGUMENT", "body")
        assert (await ann.ask({"type": "GET_ME"}))["user"]["avatarUrl"] == user["avatarUrl"]
        assert "avatarUrl" not in await set_avatar(ann, None)
