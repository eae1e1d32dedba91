"""Logs, errors and reprs contain no tokens, passwords or messages."""

from __future__ import annotations

import asyncio
import logging
import traceback
from pathlib import Path

import pytest
from support import PASSWORD, PATIENCE, QUICK, running

from pichat import Bot, Client, Closed, FileSession, Login, PichatError
from pichat.connection import Endpoint
from pichat.requests import Requests

SECRET = "pichat_s3cr3t"
BAD_TOKENS = {
    f"{SECRET}\n": "begins or ends with white space",
    f" {SECRET}": "begins or ends with white space",
    f"{SECRET}\r\nX-Other: 1": "a control character",
    f"{SECRET} x": "contains a space",
    f"{SECRET}é": "outside ASCII",
    f"{SECRET}\x00": "a control character",
    "": "the token is empty",
}


def everything(error: BaseException) -> str:
    """Returns the traceback that an uncaught error prints."""
    return "".join(traceback.format_exception(type(error), error, error.__traceback__))


@pytest.mark.parametrize("token", BAD_TOKENS)
def test_an_invalid_token_is_refused_at_construction_and_not_shown(token: str) -> None:
    for kind in (Client, Bot):
        with pytest.raises(PichatError, match=BAD_TOKENS[token]) as caught:
            kind("ws://127.0.0.1:1/ws", token)
        assert SECRET not in str(caught.value)


def test_a_token_of_another_type_is_refused_at_construction() -> None:
    with pytest.raises(PichatError, match="the token is a bytes; it should be a text"):
        Client("ws://127.0.0.1:1/ws", SECRET.encode())  # type: ignore[arg-type]


async def test_an_invalid_fetched_token_ends_the_client_and_is_not_shown(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    fetched: list[str] = []

    def fetch() -> str:
        fetched.append(f"{SECRET}\n")
        return fetched[-1]

    client = Client("ws://127.0.0.1:1/ws", fetch, backoff=QUICK, connect_timeout=PATIENCE)
    with pytest.raises(Closed, match="begins or ends with white space") as caught:
        await asyncio.wait_for(client.start(), PATIENCE)
    assert len(fetched) == 1
    assert SECRET not in everything(caught.value)
    assert SECRET not in caplog.text


async def test_the_log_contains_no_secrets_or_messages_at_any_level(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with running({"LOG_LEVEL": "off"}) as server:
        token = await server.bot("helper")
        await server.person("ann")
        session = FileSession(tmp_path / "session.json")
        async with Client(server.url, login=Login(PASSWORD, username="ann"), session=session) as ann:
            chat = await ann.create("work")
            await chat.send("between ourselves")
            await ann.command({"type": "GET_ME"})
            tokens = list((session.load() or {}).values())
        async with Client(f"{server.url}?token={token}", token) as bot:
            assert bot.me["username"] == "helper"
    assert len(tokens) == 2
    assert "online at ws://127.0.0.1:" in caplog.text
    shown = [secret for secret in (*tokens, token, PASSWORD, "between ourselves") if secret in caplog.text]
    assert shown == []


@pytest.mark.parametrize(
    "address",
    [
        f"ws://me:{SECRET}@127.0.0.1:1/ws",
        f"ws://127.0.0.1:1/ws?token={SECRET}",
        f"wss://me:{SECRET}@127.0.0.1:1/ws?token={SECRET}#{SECRET}",
        f"http://me:{SECRET}@127.0.0.1:1/ws?token={SECRET}",
        f"127.0.0.1:1?token={SECRET}",
    ],
)
async def test_errors_show_addresses_without_secrets(address: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = Client(address, "token", backoff=QUICK, connect_timeout=0.2)
    with pytest.raises(PichatError, match=r"127\.0\.0\.1:1") as caught:
        await client.start()
    assert SECRET not in everything(caught.value)
    assert SECRET not in str(client.last_error)
    assert SECRET not in caplog.text


async def test_a_refused_address_is_shown_without_secrets() -> None:
    async with running() as server:
        for url in (
            f"ws://me:{SECRET}@127.0.0.1:{server.port}/nope",
            f"wss://127.0.0.1:{server.port}/ws?token={SECRET}",
        ):
            with pytest.raises(Closed, match=r"127\.0\.0\.1") as caught:
                await asyncio.wait_for(Client(url, "token", backoff=QUICK).start(), PATIENCE)
            assert SECRET not in str(caught.value)


async def test_a_proxy_password_is_not_shown(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("http_proxy", f"socks9://me:{SECRET}@127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    client = Client("ws://chat.example/ws", "token", backoff=QUICK, connect_timeout=0.2)
    with pytest.raises(PichatError, match="proxy") as caught:
        await client.start()
    assert SECRET not in everything(caught.value)
    assert SECRET not in caplog.text


async def test_reprs_contain_no_secrets() -> None:
    login = Login(SECRET, username="ann")
    requests = Requests()
    shown = repr((login, requests.ask(login.command), Endpoint(f"ws://me:{SECRET}@127.0.0.1:1/ws?token={SECRET}")))
    assert "ann" in shown
    assert SECRET not in shown


def test_a_damaged_session_is_reported_without_its_content(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    path.write_text(f'{{"accessToken":"{SECRET}')
    with pytest.raises(PichatError) as caught:
        FileSession(path).load()
    assert SECRET not in everything(caught.value)
