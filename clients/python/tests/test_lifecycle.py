"""The end of a client: calls after close, timeouts, cancellation, background failures and other event loops."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path

import pytest
from support import PATIENCE, QUICK, TOKEN, Object, Proxy, Server, running, silent, until

from pichat import (
    AuthenticationError,
    Bot,
    CallbackPositions,
    Chat,
    Client,
    Closed,
    ConnectionFailed,
    FileOutbox,
    Incoming,
    PichatError,
    connection,
)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with running() as server:
        yield server


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets an attempt to connect outlast the test."""
    monkeypatch.setattr(connection, "OPEN_TIMEOUT", 10 * PATIENCE)


async def first_of(client: Client) -> Incoming:
    return await anext(client.messages())


async def appended(chat: Chat) -> None:
    async with chat.stream() as stream:
        await stream.append("too late")


# Every call that waits for a reply or an event.
CALLS: dict[str, Callable[[Client, Chat], Awaitable[object]]] = {
    "command": lambda client, _: client.command({"type": "GET_ME"}),
    "create": lambda client, _: client.create("late"),
    "direct": lambda client, _: client.direct("ben"),
    "download": lambda _, chat: chat.download("file"),
    "edit": lambda _, chat: chat.edit("message", "late"),
    "join": lambda client, _: client.join("#late"),
    "leave": lambda _, chat: chat.leave(),
    "members": lambda _, chat: chat.members(),
    "read": lambda _, chat: chat.read(),
    "send": lambda _, chat: chat.send("late"),
    "send files": lambda _, chat: chat.send(files=[b"late"]),
    "start": lambda client, _: client.start(),
    "stream": lambda _, chat: appended(chat),
    "upload": lambda _, chat: chat.upload(b"late"),
    "wait_for": lambda client, _: client.wait_for("message", lambda _: True),
}


async def test_calls_after_close_raise_closed(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "outbox.json"
    for outbox in (None, FileOutbox(path)):
        client = Client(server.url, TOKEN, outbox=outbox) if outbox else Client(server.url, TOKEN)
        async with client:
            chat = await client.create("work")
        for name, call in CALLS.items():
            with pytest.raises(Closed, match="the client was closed"):
                await asyncio.wait_for(call(client, chat), PATIENCE)
            assert not client.streams, name
        assert chat.pending == []
        with pytest.raises(StopAsyncIteration):
            await asyncio.wait_for(first_of(client), PATIENCE)
        await asyncio.wait_for(client.wait_closed(), PATIENCE)
        await asyncio.wait_for(client.close(), PATIENCE)
    assert not path.exists()


async def test_closing_before_the_start_fails_pending_calls() -> None:
    client = Client("ws://127.0.0.1:1/ws", TOKEN)
    chat = Chat(client, "room")
    waiting = [asyncio.create_task(_awaited(CALLS[name](client, chat))) for name in ("command", "send")]
    await asyncio.sleep(0)
    await client.close()
    assert client.status == "closed"
    for task in waiting:
        with pytest.raises(Closed, match="the client was closed"):
            await asyncio.wait_for(task, PATIENCE)
    with pytest.raises(Closed, match="the client was closed"):
        await asyncio.wait_for(client.start(), PATIENCE)


@pytest.mark.parametrize("is_cancelled", [False, True])
async def test_closing_fails_pending_calls(server: Server, is_cancelled: bool) -> None:
    async with Proxy(server) as proxy:
        client = Client(proxy.url, TOKEN, backoff=QUICK)
        await client.start()
        chat = await client.create("work")
        proxy.refuses = True
        proxy.cut()
        await until(lambda: client.status == "waiting", "the end of the connection")
        names = [name for name in CALLS if name not in ("start", "send files")]
        waiting = {name: asyncio.create_task(_awaited(CALLS[name](client, chat))) for name in names}
        iteration = asyncio.create_task(first_of(client))
        await until(lambda: len(chat.pending) == 1, "the message")
        closing = asyncio.create_task(client.close())
        if is_cancelled:
            # It waits for the connection to end now.
            await asyncio.sleep(0)
            closing.cancel()
        await asyncio.wait({closing})
        for task in waiting.values():
            with pytest.raises(Closed, match="the client was closed"):
                await asyncio.wait_for(task, PATIENCE)
        with pytest.raises(StopAsyncIteration):
            await asyncio.wait_for(iteration, PATIENCE)
        assert client.status == "closed"


async def _awaited(call: Awaitable[object]) -> object:
    return await call


async def test_message_iteration_raises_the_error_that_ended_the_client(server: Server) -> None:
    made = await server.command({"type": "CREATE_API_TOKEN", "name": "ann", "botUsername": "ann"})
    async with Client(server.url, made["secret"], backoff=QUICK) as ann:
        iteration = asyncio.create_task(first_of(ann))
        waiting = asyncio.create_task(ann.wait_for("message", lambda _: True))
        await asyncio.sleep(0)
        await server.command({"type": "REVOKE_API_TOKEN", "tokenId": made["token"]["id"]})
        for task in (iteration, waiting):
            with pytest.raises(AuthenticationError):
                await asyncio.wait_for(task, PATIENCE)


async def test_message_iteration_yields_received_messages_before_it_ends(server: Server) -> None:
    client = Client(server.url, TOKEN)
    await client.start()
    chat = await client.create("work")
    texts: list[str] = []
    first_is_read = asyncio.Event()

    async def read() -> None:
        async for incoming in client.messages():
            texts.append(incoming.text)
            await first_is_read.wait()

    reading = asyncio.create_task(read())
    await asyncio.sleep(0)
    for number in range(3):
        await chat.send(f"{number}")
    await client.close()
    first_is_read.set()
    await asyncio.wait_for(reading, PATIENCE)
    assert texts == ["0", "1", "2"]


@pytest.mark.usefixtures("patient")
async def test_the_connect_timeout_applies_to_a_silent_port() -> None:
    async with silent() as server:
        with pytest.raises(ConnectionFailed, match=r"not connected within 0\.1 s"):
            await asyncio.wait_for(Client(server.url, TOKEN, connect_timeout=0.1).start(), PATIENCE)
        assert server.accepted == 1


async def test_the_connect_timeout_applies_while_a_token_is_fetched() -> None:
    async def fetch() -> str:
        return await asyncio.Future()

    with pytest.raises(ConnectionFailed, match=r"not connected within 0\.1 s"):
        await asyncio.wait_for(Client("ws://127.0.0.1:1/ws", fetch, connect_timeout=0.1).start(), PATIENCE)


@pytest.mark.usefixtures("patient")
async def test_a_bot_stops_while_connecting_to_a_silent_port() -> None:
    async with silent() as server:
        bot = Bot(server.url, TOKEN)
        serving = asyncio.create_task(bot.serve())
        await until(lambda: server.accepted == 1, "the connection")
        bot.stop()
        await asyncio.wait_for(serving, PATIENCE)
        assert bot.status == "closed"


@pytest.mark.usefixtures("patient")
async def test_a_cancelled_start_closes_the_client() -> None:
    async with silent() as server:
        client = Client(server.url, TOKEN)
        starting = asyncio.create_task(client.start())
        await until(lambda: server.accepted == 1, "the connection")
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(starting, PATIENCE)
        assert client.status == "closed"


async def test_a_second_start_returns_immediately(server: Server) -> None:
    async with Client(server.url, TOKEN, connect_timeout=None) as client:
        await asyncio.wait_for(client.start(), PATIENCE)


async def test_cancelling_the_connection_task_fails_pending_calls(server: Server) -> None:
    async with Proxy(server) as proxy:
        client = Client(proxy.url, TOKEN, backoff=QUICK)
        await client.start()
        chat = await client.create("work")
        proxy.refuses = True
        proxy.cut()
        sending = asyncio.create_task(chat.send("never sent"))
        await until(lambda: len(chat.pending) == 1, "the message")
        # As `asyncio.run` does at its end.
        [task] = [one for one in asyncio.all_tasks() if "Connection.run" in repr(one.get_coro())]
        task.cancel()
        with pytest.raises(Closed, match="the task of the client was cancelled"):
            await asyncio.wait_for(sending, PATIENCE)


async def test_a_background_failure_ends_the_client(server: Server) -> None:
    async with Client(server.url, TOKEN) as ann:
        chat = await ann.create("work", members=["helper"] if await server.bot("helper") else [])
        token = await server.bot("other")
        await ann.command({"type": "ADD_MEMBERS", "chatId": chat.id, "members": ["other"]})
        # A database that returns texts where numbers belong.
        wrong: dict[str, int] = {chat.id: "1"}  # type: ignore[dict-item]
        bot = Bot(server.url, token, positions=CallbackPositions(lambda: wrong, lambda *_: None))
        with pytest.raises(Closed, match="TypeError"):
            await asyncio.wait_for(bot.serve(), PATIENCE)


async def test_a_failed_token_renewal_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    # The server warns a minute before expiry, so immediately for a token with a lifetime of a minute.
    async with running({"ACCESS_TOKEN_EXPIRE_MINUTES": "1"}) as server:
        tokens = [await server.person("ann")]

        def fetch() -> str:
            if not tokens:
                raise RuntimeError("no token today")
            return tokens.pop()

        async with Client(server.url, fetch) as ann:
            await until(lambda: "could not be renewed: no token today" in caplog.text, "the line in the log")
            assert ann.status == "online"
            assert (await ann.command({"type": "GET_ME"}))["user"]["username"] == "ann"


async def test_a_failed_token_fetch_is_named_and_retried(server: Server) -> None:
    def fetch() -> str:
        raise FileNotFoundError(2, "No such file or directory", "token.txt")

    reason = r"not connected within 0\.2 s: .*: the token could not be fetched: .*'token\.txt'"
    with pytest.raises(ConnectionFailed, match=reason):
        await Client(server.url, fetch, connect_timeout=0.2, backoff=QUICK).start()


async def test_a_failed_fetch_of_changes_reconnects(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with Client(server.url, TOKEN, backoff=QUICK) as client:
        chat = await client.create("work")
        sequence = client._sequence
        failures = iter([RuntimeError("on purpose")])
        take_synced = sequence._take_synced

        def take(synced: Object, asked: Mapping[str, int]) -> Mapping[str, int] | None:
            for failure in failures:
                raise failure
            return take_synced(synced, asked)

        monkeypatch.setattr(sequence, "_take_synced", take)
        # As after a gap in the changes of the chat.
        sequence._refetch(chat.id)
        await client.wait_for("status", lambda status: status == "waiting", PATIENCE)
        await client.wait_for("status", lambda status: status == "online", PATIENCE)
        assert "a background task failed" in caplog.text
        assert (await asyncio.wait_for(chat.send("hi"), PATIENCE))["content"] == "hi"
        assert [message["content"] for message in chat.messages] == ["hi"]


async def test_calls_from_another_event_loop_are_refused(server: Server) -> None:
    async with Client(server.url, TOKEN) as client:
        chat = await client.create("work")

        def elsewhere(call: Callable[[Client, Chat], Awaitable[object]]) -> object:
            async def run() -> object:
                return await asyncio.wait_for(call(client, chat), PATIENCE)

            return asyncio.run(run())

        others: dict[str, Callable[[Client, Chat], Awaitable[object]]] = {
            "close": lambda client, _: client.close(),
            "messages": lambda client, _: first_of(client),
            "wait_closed": lambda client, _: client.wait_closed(),
        }
        for call in [*CALLS.values(), *others.values()]:
            with pytest.raises(PichatError, match="this client belongs to another event loop"):
                await asyncio.to_thread(elsewhere, call)
        assert (await chat.send("hi"))["content"] == "hi"


async def test_a_bot_can_be_stopped_from_another_thread(server: Server) -> None:
    # In debug mode asyncio raises where a call from another thread would leave the loop asleep.
    asyncio.get_running_loop().set_debug(True)
    bot = Bot(server.url, await server.bot("helper"))
    ready = asyncio.Event()
    bot.on_ready(ready.set)
    serving = asyncio.create_task(bot.serve())
    await asyncio.wait_for(ready.wait(), PATIENCE)
    await asyncio.to_thread(bot.stop)
    await asyncio.wait_for(serving, PATIENCE)
    # The bot's signal handlers are removed.
    assert not asyncio.get_running_loop().remove_signal_handler(signal.SIGTERM)


async def test_a_listener_can_be_removed_twice(server: Server) -> None:
    client = Client(server.url, TOKEN)
    off = client.on("status", lambda _: None)
    off()
    off()
