"""A client against the real server: sending, refusals, disconnects in every state, sessions."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from support import PASSWORD, PATIENCE, QUICK, TOKEN, Proxy, Server, running, until

from pichat import (
    AuthenticationError,
    Chat,
    Client,
    Closed,
    CommandError,
    ConnectionFailed,
    FileOutbox,
    FileSession,
    Login,
    PichatError,
    TimedOut,
)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with running() as server:
        yield server


async def contents(server: Server, chat: str) -> list[str]:
    """Returns the messages of a chat as the server has stored them."""
    history = await server.command({"type": "GET_CHAT_HISTORY", "chatId": chat, "limit": 200})
    return [message["content"] for message in history["messages"]]


async def test_a_message_is_sent_and_received_once_and_in_order(server: Server) -> None:
    async with Client(server.url, await server.bot("ann")) as ann, Client(server.url, await server.bot("ben")) as ben:
        chat = await ann.create("work", members=["ben"])
        await until(lambda: chat.id in ben.state.rooms, "the chat")
        heard: list[str] = []
        ben.on("message", lambda incoming: heard.append(incoming.text))
        sent = await asyncio.gather(*(chat.send(f"message {number}") for number in range(20)))
        await until(lambda: len(heard) == 20, "the messages")
        assert heard == [f"message {number}" for number in range(20)]
        assert [message["seq"] for message in sent] == list(range(2, 22))
        assert ben.chat(chat.id).object["unreadCount"] == 20


async def test_a_refusal_has_the_servers_code_field_and_message(server: Server) -> None:
    async with Client(server.url, TOKEN) as client:
        with pytest.raises(CommandError) as caught:
            await client.command({"type": "GET_CHAT_HISTORY", "chatId": "nowhere", "limit": 1000})
        refusal = await server.command({"type": "GET_CHAT_HISTORY", "chatId": "nowhere", "limit": 1000})
        error = caught.value
        assert (error.code, error.field, error.sentence) == (refusal["code"], refusal["field"], refusal["error"])
        assert str(error) == f"{error.code}: {error.sentence}"
        with pytest.raises(CommandError, match="TOO_LARGE"):
            await client.command({"type": "GET_CHAT", "chatId": "x" * 300_000})


async def test_an_invalid_token_fails_with_the_servers_message(server: Server) -> None:
    sentence = (await server.command({"type": "GET_ME"}, "pichat_wrong"))["error"]
    with pytest.raises(AuthenticationError) as caught:
        await Client(server.url, "pichat_wrong").start()
    assert str(caught.value) == sentence
    with pytest.raises(AuthenticationError, match="pass token, login or session"):
        await Client(server.url).start()


async def test_an_unreachable_server_is_named_after_the_timeout() -> None:
    with pytest.raises(ConnectionFailed, match=r"not connected within 0\.3 s: ws://127\.0\.0\.1:1/ws: .*127\.0\.0\.1"):
        await Client("ws://127.0.0.1:1/ws", TOKEN, connect_timeout=0.3, backoff=QUICK).start()
    with pytest.raises(PichatError, match="should look like"):
        await Client("127.0.0.1:1", TOKEN).start()


async def test_an_address_without_websockets_is_not_retried(server: Server) -> None:
    host = f"127.0.0.1:{server.port}"
    for url in (f"ws://{host}", f"ws://{host}/nope"):
        with pytest.raises(Closed, match=r"answered HTTP \d+; the address must end in /ws"):
            await Client(url, TOKEN).start()
    with pytest.raises(Closed, match="that port does not speak TLS; use ws://"):
        await Client(f"wss://{host}/ws", TOKEN).start()


@pytest.mark.parametrize("cut_after", [1, 150, 400, 700, 1200, 2500])
@pytest.mark.parametrize("way", ["up", "down"])
async def test_every_message_is_stored_once_under_disconnects(server: Server, way: str, cut_after: int) -> None:
    async with Proxy(server) as proxy:
        async with Client(proxy.url, TOKEN, backoff=QUICK) as client:
            chat = await client.create("work")
            # Every other connection dies in the handshake, during SYNC, between a command and its reply, …
            proxy.cut_when = lambda direction, passed: (
                direction == way and passed >= cut_after and proxy.accepted % 3 != 0
            )
            proxy.cut()
            sending = [asyncio.create_task(chat.send(f"message {number}")) for number in range(30)]
            await asyncio.wait_for(asyncio.gather(*sending), PATIENCE)
            assert proxy.accepted >= 2
            assert [message["content"] for message in chat.messages] == [f"message {number}" for number in range(30)]
        assert await contents(server, chat.id) == [f"message {number}" for number in range(30)]


async def test_nothing_is_lost_when_the_server_is_killed(server: Server) -> None:
    async with Client(server.url, TOKEN, backoff=QUICK) as client:
        chat = await client.create("work")
        sending = []
        for number in range(30):
            sending.append(asyncio.create_task(chat.send(f"message {number}")))
            if number % 10 == 5:
                await sending[number - 3]
                await server.end(signal.SIGKILL)
                await server.begin()
        await asyncio.wait_for(asyncio.gather(*sending), PATIENCE)
        assert await contents(server, chat.id) == [f"message {number}" for number in range(30)]


async def test_a_connection_to_an_unresponsive_server_is_replaced(server: Server) -> None:
    async with Proxy(server) as proxy, Client(proxy.url, TOKEN, backoff=QUICK, heartbeat=0.2) as client:
        proxy.freeze()
        await client.wait_for("status", lambda status: status == "waiting", PATIENCE)
        await client.wait_for("status", lambda status: status == "online", PATIENCE)
        assert (await client.command({"type": "GET_ME"}))["user"]["username"] == client.me["username"]


async def test_missed_messages_are_reported_as_missed(server: Server) -> None:
    async with (
        Proxy(server) as proxy,
        Client(server.url, TOKEN) as ann,
        Client(proxy.url, await server.bot("ben"), backoff=QUICK) as ben,
    ):
        chat = await ann.create("work", members=["ben"])
        await until(lambda: chat.id in ben.state.rooms, "the chat")
        proxy.refuses = True
        proxy.cut()
        gone = await chat.send("never mind")
        await chat.send("this counts")
        await chat.delete(gone["id"])
        messages = ben.messages()
        proxy.refuses = False
        first = await asyncio.wait_for(anext(messages), PATIENCE)
        await chat.send("and this")
        second = await asyncio.wait_for(anext(messages), PATIENCE)
        assert [(one.text, one.missed) for one in (first, second)] == [("this counts", True), ("and this", False)]


async def test_commands_wait_for_the_rate_limit_instead_of_failing() -> None:
    async with running({"COMMANDS_PER_SECOND": "50", "COMMAND_BURST": "5"}) as server:
        token = await server.bot("ann")
        # Two connections of one user: each keeps within its limit, and both wait when the server asks.
        async with Client(server.url, token) as one, Client(server.url, token) as other:
            asked = [client.command({"type": "GET_ME"}) for client in (one, other) for _ in range(60)]
            replies = await asyncio.wait_for(asyncio.gather(*asked), PATIENCE)
            assert {reply["type"] for reply in replies} == {"USER"}


async def test_a_timed_out_command_is_not_sent_later(server: Server) -> None:
    async with Proxy(server) as proxy, Client(proxy.url, TOKEN, backoff=QUICK) as client:
        proxy.refuses = True
        proxy.cut()
        await until(lambda: client.status == "waiting", "the end of the connection")
        with pytest.raises(TimedOut, match=r"CREATE_CHAT was not answered within 0\.1 s"):
            await client.command({"type": "CREATE_CHAT", "id": "late", "name": "late"}, timeout=0.1)
        proxy.refuses = False
        await client.command({"type": "GET_ME"})
        assert (await server.command({"type": "GET_CHAT", "chatId": "late"}))["code"] == "NOT_FOUND"


async def test_unsent_messages_survive_a_restart_of_the_program(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "outbox.json"
    async with Proxy(server) as proxy:
        client = Client(proxy.url, TOKEN, backoff=QUICK, outbox=FileOutbox(path))
        await client.start()
        chat = await client.create("work")
        proxy.refuses = True
        proxy.cut()
        sending = asyncio.create_task(chat.send("unsent"))
        await until(lambda: path.exists() and "unsent" in path.read_text(), "the file")
        await client.close()
        with pytest.raises(PichatError, match="closed"):
            await sending
    assert await contents(server, chat.id) == []
    async with Client(server.url, TOKEN, outbox=FileOutbox(path)) as again:
        await until(lambda: not again.chat(chat.id).pending and path.read_text() == "[]", "the message")
    assert await contents(server, chat.id) == ["unsent"]


async def test_a_user_logs_in_once_and_stays_logged_in(tmp_path: Path) -> None:
    async with running() as server, Proxy(server) as proxy:
        await server.person("ann")
        session = FileSession(tmp_path / "session.json")
        wrong = Client(server.url, login=Login("wrong password", username="ann"))
        sentence = (await server.command({"type": "LOG_IN", "username": "ann", "password": "wrong password"}))["error"]
        with pytest.raises(AuthenticationError) as caught:
            await wrong.start()
        assert str(caught.value) == sentence
        async with Client(server.url, login=Login(PASSWORD, username="ann"), session=session) as ann:
            assert ann.me["username"] == "ann"
        assert (tmp_path / "session.json").stat().st_mode & 0o777 == 0o600
        kept = session.load()
        # Without the password: the session is renewed at each connect, and the file has the newest tokens.
        async with Client(proxy.url, session=session, backoff=QUICK) as again:
            proxy.cut()
            await again.wait_for("status", lambda status: status == "online", PATIENCE)
            assert again.me["username"] == "ann"
            assert session.load() != kept
            await again.command({"type": "LOG_OUT"})
            with pytest.raises(AuthenticationError):
                await asyncio.wait_for(again.wait_closed(), PATIENCE)
        assert session.load() is None


async def test_an_expiring_token_is_renewed(tmp_path: Path) -> None:
    # The server warns a minute before expiry, so immediately for a token with a lifetime of a minute.
    async with running({"ACCESS_TOKEN_EXPIRE_MINUTES": "1"}) as server:
        await server.person("ann")
        session = FileSession(tmp_path / "session.json")
        ann = Client(server.url, login=Login(PASSWORD, username="ann"), session=session)
        granted: list[str] = []
        ann.on("AUTHENTICATED", lambda frame: granted.append(frame["accessToken"]))
        async with ann:
            await until(lambda: len(granted) == 2, "the renewed token")
            assert granted[0] != granted[1]
            assert (session.load() or {})["accessToken"] == granted[1]
            assert ann.status == "online"


async def test_tokens_can_be_fetched_by_a_function(server: Server) -> None:
    token = await server.person("ann")
    tokens = iter(["pichat_wrong", token])

    async def fetch() -> str:
        return next(tokens)

    async with Client(server.url, fetch, backoff=QUICK) as ann:
        assert ann.me["username"] == "ann"


async def test_a_revoked_token_ends_the_client(server: Server) -> None:
    made = await server.command({"type": "CREATE_API_TOKEN", "name": "ann", "botUsername": "ann"})
    async with Client(server.url, made["secret"]) as ann:
        await server.command({"type": "REVOKE_API_TOKEN", "tokenId": made["token"]["id"]})
        with pytest.raises(AuthenticationError) as caught:
            await asyncio.wait_for(ann.wait_closed(), PATIENCE)
        assert caught.value.close_code == 4401
        with pytest.raises(AuthenticationError):
            await ann.command({"type": "GET_ME"})


async def test_a_failing_listener_stops_nothing(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    async with Client(server.url, TOKEN) as client:
        client.on("NEW_MESSAGE", lambda _: 1 / 0)
        chat = await client.create("work")
        assert (await chat.send("hi"))["content"] == "hi"
        assert "a listener of NEW_MESSAGE failed" in caplog.text
        assert "hi" not in [record.getMessage() for record in caplog.records]


async def test_a_chat_reflects_its_events(server: Server) -> None:
    async with Client(server.url, await server.person("ann")) as ann, Client(server.url, TOKEN) as admin:
        chat: Chat = await admin.create("general", kind="channel")
        here = await ann.join("#general")
        message = await here.send("hello", metadata={"mood": "good"})
        await here.react(message["id"], "👍")
        await here.edit(message["id"], "hello!")
        await chat.typing()
        await until(lambda: [user["id"] for user in here.typing_users] == [admin.me["id"]], "typing")
        await chat.typing(False)
        await until(lambda: not here.typing_users, "the end of typing")
        assert [one["content"] for one in chat.messages] == ["hello!"]
        assert chat.messages[0].get("metadata") == {"mood": "good"}
        assert [one["userIds"] for one in chat.messages[0]["reactions"]] == [[ann.me["id"]]]
        assert {member["user"]["username"] for member in (await here.members()).values()} >= {"ann"}
        await here.unreact(message["id"], "👍")
        await here.delete(message["id"])
        await here.read()
        direct = await ann.direct(admin.me["username"])
        assert direct.name == admin.me["displayName"]
        await here.leave()
        with pytest.raises(PichatError, match="not in the chat #general"):
            ann.chat("#general")


@pytest.mark.parametrize("way", ["up", "down"])
async def test_a_change_with_a_lost_reply_is_made_once(server: Server, way: str) -> None:
    async with Proxy(server) as proxy, Client(proxy.url, TOKEN, backoff=QUICK) as client:
        chat = await client.create("work")
        message = await chat.send("first")
        for number in range(12):
            cut_after = 30 + number * 40
            left = 1

            def cut(direction: str, passed: int, cut_after: int = cut_after) -> bool:
                nonlocal left
                if direction != way or passed < cut_after or left == 0:
                    return False
                left = 0
                return True

            proxy.cut()
            await client.wait_for("status", lambda status: status == "online", PATIENCE)
            before = chat.object["seq"]
            proxy.cut_when = cut
            # It has no id: only the `opId` identifies a retry.
            await asyncio.wait_for(chat.edit(message["id"], f"edited {number}"), PATIENCE)
            proxy.cut_when = lambda _way, _passed: False
            after = (await client.command({"type": "GET_CHAT", "chatId": chat.id}))["chat"]["seq"]
            assert after == before + 1
