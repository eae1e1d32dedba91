"""The files of a client: damaged, empty, unwritable, or in missing or read-only folders."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import PASSWORD, PATIENCE, QUICK, TOKEN, Proxy, running, silent, until

from pichat import (
    Bot,
    Client,
    CommandError,
    FileOutbox,
    FilePositions,
    FileSession,
    Incoming,
    Login,
    PichatError,
    StoreError,
)

KINDS = ["outbox", "session", "positions"]
NOBODY = 65534
# A complete message and a truncated one.
CUT = '[{"chatId":"room","message":{"id":"one","content":"kept"}},{"chatI'
DAMAGED = {
    "outbox": [CUT, "[1]", "{}", '[{"chatId":"room"}]', '[{"chatId":"room","message":{"id":1}}]', '"kept"', "0"],
    "session": ['{"accessToken":"secret', "[]", '"secret"', '{"accessToken":1}', "0"],
    "positions": ['{"room":', "[]", '{"room":"1"}', '{"room":1.5}', '{"room":true}', "0"],
}


def client_with(kind: str, url: str, path: Path) -> Client:
    """Returns a client with a file of this kind."""
    if kind == "positions":
        return Bot(url, TOKEN, positions=FilePositions(path), backoff=QUICK, connect_timeout=PATIENCE)
    if kind == "outbox":
        return Client(url, TOKEN, outbox=FileOutbox(path), backoff=QUICK)
    return Client(url, login=Login(PASSWORD, username="ann"), session=FileSession(path), backoff=QUICK)


def block_writing(path: Path) -> Path:
    """Makes every write of a file fail: a folder has the name of its temporary file."""
    obstacle = path.with_name(f"{path.name}.new")
    obstacle.mkdir()
    return obstacle


@pytest.mark.parametrize("kind", KINDS)
async def test_a_damaged_file_fails_the_start_and_is_not_changed(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    async with silent() as server:
        for content in [*(text.encode() for text in DAMAGED[kind]), b"\xff\xfe", b"[" * 100_000]:
            path.write_bytes(content)
            with pytest.raises(StoreError) as caught:
                await asyncio.wait_for(client_with(kind, server.url, path).start(), PATIENCE)
            assert str(caught.value) == f"{path} is damaged: repair it, or move it away to start without it"
            assert path.read_bytes() == content
            assert os.listdir(tmp_path) == ["kept.json"]
        assert server.accepted == 0


@pytest.mark.parametrize("kind", KINDS)
async def test_an_unusable_path_fails_the_start(kind: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    places = {
        tmp_path / "missing/kept.json": f"cannot be written: {tmp_path / 'missing'} is not a folder; create it first",
        tmp_path / "file/kept.json": f"cannot be written: {tmp_path / 'file'} is not a folder; create it first",
        tmp_path: "cannot be read: Is a directory",
    }
    async with silent() as server:
        for path, reason in places.items():
            with pytest.raises(StoreError) as caught:
                await asyncio.wait_for(client_with(kind, server.url, path).start(), PATIENCE)
            assert str(caught.value) == f"{path} {reason}"
        assert server.accepted == 0


@contextlib.contextmanager
def ordinary_user() -> Iterator[None]:
    """Drops root privileges, which ignore file permissions."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="POSIX only")
def test_a_read_only_folder_fails_the_start() -> None:
    # Only their owner can enter the folders of pytest.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "session.json").write_text('{"accessToken":"a"}')
        (folder / "session.json").chmod(0o644)
        folder.chmod(0o555)
        with ordinary_user():
            with pytest.raises(StoreError, match=f"the folder {folder} is read-only"):
                FileSession(folder / "session.json").load()
            with pytest.raises(StoreError, match=f"the folder {folder} is read-only"):
                FileOutbox(folder / "outbox.json").load()
            with pytest.raises(StoreError, match=f"the folder {folder} is read-only"):
                asyncio.run(FilePositions(folder / "positions.json").load())
        folder.chmod(0o755)


async def test_an_empty_file_is_treated_as_missing(tmp_path: Path) -> None:
    paths = {kind: tmp_path / f"{kind}.json" for kind in KINDS}
    for path in paths.values():
        path.write_text("\n")
    async with running() as server:
        await server.person("ann")
        async with client_with("session", server.url, paths["session"]) as ann:
            assert ann.me["username"] == "ann"
        async with client_with("outbox", server.url, paths["outbox"]) as client:
            chat = await client.create("work")
            assert (await chat.send("hi"))["content"] == "hi"
        async with client_with("positions", server.url, paths["positions"]) as bot:
            assert bot.chat(chat.id).object["seq"] == 2
    assert paths["outbox"].read_text() == "[]"


def test_a_program_with_a_damaged_file_exits_with_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    path.write_text('{"accessToken":"secret')
    with pytest.raises(SystemExit) as caught:
        Bot("ws://127.0.0.1:1/ws", session=FileSession(path)).run()
    assert caught.value.code == f"{path} is damaged: repair it, or move it away to start without it"


async def test_a_message_sent_before_the_start_follows_the_stored_ones(tmp_path: Path) -> None:
    path = tmp_path / "outbox.json"
    async with running() as server, Client(server.url, TOKEN) as ann:
        chat = await ann.create("work")
        path.write_text(json.dumps([{"chatId": chat.id, "message": {"id": "first", "content": "first"}}]))
        client = Client(server.url, TOKEN, outbox=FileOutbox(path))
        sending = asyncio.create_task(client.send(chat.id, {"id": "second", "content": "second"}))
        await until(lambda: "second" in path.read_text(), "the second message")
        assert "first" in path.read_text()
        async with client:
            await asyncio.wait_for(sending, PATIENCE)
            await until(lambda: len(chat.messages) == 2, "both messages")
        assert [message["content"] for message in chat.messages] == ["first", "second"]
        assert path.read_text() == "[]"


async def test_a_message_that_cannot_be_stored_is_not_sent(tmp_path: Path) -> None:
    path = tmp_path / "outbox.json"
    async with running() as server, client_with("outbox", server.url, path) as client:
        chat = await client.create("work")
        obstacle = block_writing(path)
        with pytest.raises(StoreError, match=r"outbox\.json cannot be written: "):
            await asyncio.wait_for(chat.send("lost"), PATIENCE)
        obstacle.rmdir()
        await asyncio.wait_for(chat.send("sent"), PATIENCE)
        assert [message["content"] for message in chat.messages] == ["sent"]
        assert path.read_text() == "[]"
        assert os.listdir(tmp_path) == ["outbox.json"]


class ForgetfulOutbox(FileOutbox):
    """A store that cannot remove, such as a database that has become read-only."""

    def remove(self, message_id: str) -> None:
        raise RuntimeError(f"{message_id} cannot be removed")


async def test_a_failed_removal_from_the_outbox_is_reported(tmp_path: Path) -> None:
    store = ForgetfulOutbox(tmp_path / "outbox.json")
    async with running() as server, Client(server.url, TOKEN, outbox=store) as client:
        problems: list[PichatError] = []
        client.on("problem", problems.append)
        chat = await client.create("work")
        sent = await asyncio.wait_for(chat.send("hi", id="one"), PATIENCE)
        assert sent["content"] == "hi"
        assert [str(problem) for problem in problems] == [
            "a message that was sent stays in the outbox: one cannot be removed"
        ]
        with pytest.raises(CommandError):
            await asyncio.wait_for(chat.send("x" * 1_000_000), PATIENCE)
        assert len(problems) == 2
        assert (await asyncio.wait_for(chat.send("again"), PATIENCE))["content"] == "again"


async def test_concurrent_sends_of_one_message_all_get_the_reply(tmp_path: Path) -> None:
    path = tmp_path / "outbox.json"
    async with running() as server, Proxy(server) as proxy, Client(server.url, TOKEN) as ann:
        chat = await ann.create("work")
        kept = {"id": "answer", "content": "kept by an earlier run"}
        path.write_text(json.dumps([{"chatId": chat.id, "message": kept}]))
        async with client_with("outbox", proxy.url, path) as client:
            again = [client.send(chat.id, kept) for _ in range(3)]
            replies = await asyncio.wait_for(asyncio.gather(*again), PATIENCE)
        assert {reply["id"] for reply in replies} == {"answer"}
        await until(lambda: len(chat.messages) == 1, "the message")


async def test_a_session_that_cannot_be_stored_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    async with running() as server:
        await server.person("ann")
        ann = client_with("session", server.url, path)
        problems: list[PichatError] = []
        ann.on("problem", problems.append)
        block_writing(path)
        async with ann:
            assert ann.me["username"] == "ann"
            assert [type(problem) for problem in problems] == [StoreError]
            assert str(problems[0]).startswith(f"the session is not kept: {path} cannot be written: ")
        assert not path.exists()


async def test_a_session_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    left = tmp_path / "session.json.new"
    left.write_text("an earlier run ended here")
    left.chmod(0o644)
    FileSession(path).save({"accessToken": "secret"})
    assert path.stat().st_mode & 0o777 == 0o600
    assert FileSession(path).load() == {"accessToken": "secret"}


async def test_a_position_that_cannot_be_stored_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "positions.json"
    async with running() as server, Client(server.url, TOKEN) as ann:
        chat = await ann.create("work")
        bot = client_with("positions", server.url, path)
        assert isinstance(bot, Bot)

        @bot.on_message()
        async def answer(question: Incoming) -> None:
            await question.reply("yes")

        obstacle = block_writing(path)
        serving = asyncio.create_task(bot.serve())
        # The bot runs as the administrator, and a bot ignores its own messages.
        token = await server.bot("ben")
        async with Client(server.url, token) as ben:
            await ann.command({"type": "ADD_MEMBERS", "chatId": chat.id, "members": ["ben"]})
            await until(lambda: chat.id in ben.state.rooms, "the chat")
            await until(lambda: bot.status == "online", "the bot")
            await ben.chat(chat.id).send("one?")
            await until(lambda: f"is not kept: {path} cannot be written" in caplog.text, "the line in the log")
            obstacle.rmdir()
            last = await ben.chat(chat.id).send("two?")
            await until(lambda: path.exists() and path.read_text() == json.dumps({chat.id: last["seq"]}), "the file")
        assert [record.levelno for record in caplog.records if "is not kept" in record.message] == [logging.ERROR]
        bot.stop()
        await asyncio.wait_for(serving, PATIENCE)


async def test_positions_are_loaded_before_they_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "positions.json"
    path.write_text('{"a": 7}')
    await FilePositions(path).save("b", 3)
    assert json.loads(path.read_text()) == {"a": 7, "b": 3}


UNWRITABLE: dict[str, Callable[[], object]] = {
    "a date": lambda: {"at": object()},
    "not a number": lambda: {"at": float("nan")},
    "half a surrogate pair": lambda: {"at": "\udcff"},
    "a circle": lambda: _circle(),
}


def _circle() -> dict[str, object]:
    circle: dict[str, object] = {}
    circle["at"] = circle
    return circle


@pytest.mark.parametrize("kind", UNWRITABLE)
@pytest.mark.parametrize("has_outbox", [True, False])
async def test_a_command_that_is_not_json_is_refused_and_blocks_nothing(
    kind: str, has_outbox: bool, tmp_path: Path
) -> None:
    path = tmp_path / "outbox.json"
    async with running() as server:
        client = client_with("outbox", server.url, path) if has_outbox else Client(server.url, TOKEN)
        async with client:
            chat = await client.create("work")
            with pytest.raises(CommandError, match="INVALID_ARGUMENT: the command cannot be written as JSON"):
                await asyncio.wait_for(chat.send("hi", metadata=UNWRITABLE[kind]()), PATIENCE)
            command = {"type": "SET_SETTINGS", "settings": UNWRITABLE[kind]()}
            with pytest.raises(CommandError, match="INVALID_ARGUMENT: the command cannot be written as JSON"):
                await asyncio.wait_for(client.ask(command), PATIENCE)
            assert (await asyncio.wait_for(chat.send("sent"), PATIENCE))["content"] == "sent"


@pytest.fixture
def unnamed(tmp_path: Path) -> str:
    """The path of a file whose name is not UTF-8."""
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")
    Path(path).write_text("plain")
    return path


async def test_a_file_name_that_is_not_utf8_is_refused_and_blocks_nothing(unnamed: str) -> None:
    async with running() as server, Client(server.url, TOKEN) as client:
        chat = await client.create("work")
        with pytest.raises(CommandError, match="INVALID_ARGUMENT"):
            await asyncio.wait_for(chat.upload(unnamed), PATIENCE)
        assert (await asyncio.wait_for(chat.upload(unnamed, name="plain.txt"), PATIENCE))["size"] == 5
