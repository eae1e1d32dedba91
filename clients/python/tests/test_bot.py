"""Bots against the real server: their answers, each given once."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from support import PATIENCE, QUICK, ROOT, Proxy, Server, running, until

from pichat import Bot, CallbackPositions, Chat, Client, FilePositions, Incoming, Positions


@asynccontextmanager
async def serving(bot: Bot) -> AsyncIterator[Bot]:
    """Runs a bot for the duration of a block."""
    ready = asyncio.Event()
    bot.on_ready(ready.set)
    task = asyncio.create_task(bot.serve())
    try:
        await asyncio.wait_for(ready.wait(), PATIENCE)
        yield bot
    finally:
        bot.stop()
        await asyncio.wait_for(task, PATIENCE)


@asynccontextmanager
async def scene(settings: Mapping[str, str] | None = None) -> AsyncIterator[tuple[Server, Client, Chat, str]]:
    """Runs a server with ann in a group with the bot `helper`, and returns the bot's token."""
    async with running(settings) as server, Client(server.url, await server.bot("ann"), backoff=QUICK) as ann:
        token = await server.bot("helper")
        yield server, ann, await ann.create("work", members=["helper"]), token


def answers(chat: Chat) -> list[str]:
    return [one["content"] for one in chat.messages if one["sender"]["username"] == "helper"]


async def heard(chat: Chat, *expected: str) -> None:
    """Waits until the bot has answered exactly this."""
    await until(lambda: len(answers(chat)) >= len(expected), f"{expected}")
    assert answers(chat) == list(expected)


def counting(url: str, token: str, positions: Positions | None = None) -> tuple[Bot, list[str]]:
    """Returns a bot that answers questions with numbers, and the calls of its handler."""
    bot = Bot(url, token, positions=positions, backoff=QUICK)
    handled: list[str] = []

    @bot.on_message("ask {number}")
    async def answer(question: Incoming, number: str) -> None:
        handled.append(number)
        await question.reply(f"answer {number}")

    return bot, handled


class Table:
    """Positions in memory, like those of a database."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}

    async def load(self) -> Mapping[str, int]:
        return dict(self.rows)

    def save(self, chat_id: str, seq: int) -> None:
        self.rows[chat_id] = seq


@pytest.mark.parametrize("kind", ["server", "file", "callbacks"])
async def test_questions_asked_while_the_bot_was_down_are_answered_once(kind: str, tmp_path: Path) -> None:
    table = Table()

    def positions() -> Positions | None:
        if kind == "file":
            return FilePositions(tmp_path / "positions.json")
        return CallbackPositions(table.load, table.save) if kind == "callbacks" else None

    async with scene({"COMMANDS_PER_SECOND": "100", "COMMAND_BURST": "20"}) as (server, ann, chat, token):
        await asyncio.gather(*(chat.send(f"ask {number}") for number in (1, 2)))
        bot, handled = counting(server.url, token, positions())
        async with serving(bot):
            await heard(chat, "answer 1", "answer 2")
            # A burst, beyond the rate limit of the bot.
            await asyncio.gather(*(chat.send(f"ask {number}") for number in range(3, 163)))
            await heard(chat, *(f"answer {number}" for number in range(1, 163)))
        assert handled == [str(number) for number in range(1, 163)]
        await chat.send("ask 163")
        other = await ann.create("new", members=["helper"])
        await other.send("ask 164")
        bot, handled = counting(server.url, token, positions())
        async with serving(bot):
            await heard(chat, *(f"answer {number}" for number in range(1, 164)))
            await heard(other, "answer 164")
        assert sorted(handled) == ["163", "164"]
        bot, handled = counting(server.url, token, positions())
        async with serving(bot):
            await chat.send("ask 165")
            await until(lambda: answers(chat)[-1] == "answer 165", "the last answer")
        assert handled == ["165"]


async def test_a_killed_bot_answers_again_but_stores_the_answer_once(tmp_path: Path) -> None:
    async with scene() as (server, _, chat, token):
        await chat.send("ask 1")
        bot, _ = counting(server.url, token)
        async with serving(bot):
            await heard(chat, "answer 1")
        # As if killed before storing its position: the file does not exist yet.
        bot, handled = counting(server.url, token, FilePositions(tmp_path / "positions.json"))
        async with serving(bot):
            await chat.send("ask 2")
            await heard(chat, "answer 1", "answer 2")
        bot, handled = counting(server.url, token, CallbackPositions(lambda: {chat.id: 1}, lambda *_: None))
        async with serving(bot):
            await until(lambda: len(handled) == 2, "both questions")
        assert handled == ["1", "2"]
        assert answers(chat) == ["answer 1", "answer 2"]


async def test_a_bot_continues_after_disconnects_and_a_killed_server() -> None:
    async with scene() as (server, _, chat, token), Proxy(server) as proxy:
        bot, _ = counting(proxy.url, token)
        async with serving(bot):
            for number in range(30):
                await chat.send(f"ask {number}")
                if number % 7 == 3:
                    proxy.cut()
                if number == 15:
                    await server.end(signal.SIGKILL)
                    await server.begin()
            await heard(chat, *(f"answer {number}" for number in range(30)))


async def test_patterns_select_the_messages_of_a_handler() -> None:
    async with scene() as (server, _, chat, token):
        bot = Bot(server.url, token)
        found: list[object] = []

        @bot.on_message("@me roll {count} {dice}")
        async def roll(_: Incoming, count: str, dice: str) -> None:
            found.append(("roll", count, dice))

        @bot.on_message(re.compile(r"\b(?P<ticket>T-\d+)\b"))
        def ticket(_: Incoming, ticket: str) -> None:
            found.append(("ticket", ticket))

        @bot.on_message(lambda message: len(message["content"]) > 60)
        def long(message: Incoming) -> None:
            found.append(("long", message.author))

        @bot.on_command("deploy {service}")
        async def deploy(message: Incoming, service: str) -> None:
            found.append(("deploy", service))
            await message.react("👍")

        @bot.on_message("@me")
        def greet(_: Incoming) -> None:
            found.append("greet")

        @bot.on_message("end")
        def end(message: Incoming) -> None:
            found.append(("end", message.missed))

        async with serving(bot):
            texts = [
                "@HELPER:  roll 2 d6 and\nd8", "helper roll 2 d6", "@helper2 roll 2 d6", "see T-42 and T-43", "x" * 61,
                "!deploy the shop", "deploy the shop", "@helper", "@helper ", "end",
            ]  # fmt: skip
            for text in texts:
                await chat.send(text)
            await bot.chat(chat.id).send("end")
            await until(lambda: ("end", False) in found, "the last message")
        assert found == [
            ("roll", "2", "d6 and\nd8"),
            ("ticket", "T-42"),
            ("long", "ann"),
            ("deploy", "the shop"),
            "greet",
            "greet",
            ("end", False),
        ]
        assert chat.messages[5]["reactions"][0]["emoji"] == "👍"


async def test_a_failing_handler_is_logged_and_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async with scene() as (server, _, chat, token):
        bot, _ = counting(server.url, token)

        @bot.on_message("fail")
        async def fail(_: Incoming) -> None:
            raise RuntimeError("on purpose")

        async with serving(bot):
            failing = await chat.send("fail")
            await chat.send("ask 1")
            await heard(chat, "answer 1")
        assert f"the handler of message {failing['id']} failed" in caplog.text
        assert "on purpose" in caplog.text


async def test_a_stopping_bot_finishes_running_handlers_only() -> None:
    async with scene() as (server, _, chat, token):
        begun, go_on = asyncio.Event(), asyncio.Event()
        bot = Bot(server.url, token)

        @bot.on_message("ask {number}")
        async def slow(question: Incoming, number: str) -> None:
            begun.set()
            await go_on.wait()
            await question.reply(f"answer {number}")

        task = asyncio.create_task(bot.serve())
        await chat.send("ask 1")
        await chat.send("ask 2")
        await asyncio.wait_for(begun.wait(), PATIENCE)
        bot.stop()
        go_on.set()
        await asyncio.wait_for(task, PATIENCE)
        await heard(chat, "answer 1")
        again, handled = counting(server.url, token)
        async with serving(again):
            await heard(chat, "answer 1", "answer 2")
        assert handled == ["2"]


SCRIPT = """
import os, sys
from pichat import Bot
bot = Bot(os.environ["PICHAT_URL"], os.environ["BOT_TOKEN"])
@bot.on_message("ask {number}")
async def answer(question, number):
    await question.reply(f"answer {number}")
@bot.on_ready
def ready():
    print("ready", flush=True)
bot.run()
print("stopped", flush=True)
"""


async def script(server: Server, token: str) -> asyncio.subprocess.Process:
    environment = {**os.environ, "PICHAT_URL": server.url, "BOT_TOKEN": token}
    environment["PYTHONPATH"] = str(ROOT / "clients/python/src")
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(sys.executable, "-c", SCRIPT, env=environment, stdout=pipe, stderr=pipe)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_stops_a_program_without_a_traceback(number: signal.Signals) -> None:
    async with scene() as (server, _, chat, token):
        program = await script(server, token)
        assert program.stdout
        assert await asyncio.wait_for(program.stdout.readline(), PATIENCE) == b"ready\n"
        await chat.send("ask 1")
        await heard(chat, "answer 1")
        program.send_signal(number)
        output, errors = await asyncio.wait_for(program.communicate(), PATIENCE)
        assert (program.returncode, output, errors) == (0, b"stopped\n", b"")


async def test_a_program_with_an_invalid_token_shows_the_servers_error() -> None:
    async with running() as server:
        sentence = (await server.command({"type": "GET_ME"}, "pichat_wrong"))["error"]
        program = await script(server, "pichat_wrong")
        _, errors = await asyncio.wait_for(program.communicate(), PATIENCE)
        assert (program.returncode, errors.decode()) == (1, f"{sentence}\n")


async def test_a_stream_is_received_while_it_is_written() -> None:
    async with scene() as (server, ann, chat, token):
        bot = Bot(server.url, token)
        read = asyncio.Event()

        @bot.on_message("@me write")
        async def write(question: Incoming) -> None:
            async with question.reply_stream() as stream:
                await stream.append("Once ")
                await asyncio.wait_for(read.wait(), PATIENCE)
                for word in ("upon ", "a ", "time."):
                    await stream.append(word)
            assert stream.message
            assert stream.message["content"] == stream.text == "Once upon a time."

        def texts() -> list[str]:
            return [stream["content"] for stream in chat.room.streams.values()]

        async with serving(bot):
            question = await chat.send("@helper write")
            await until(lambda: texts() == ["Once "], "the first words")
            read.set()
            await heard(chat, "Once upon a time.")
        assert chat.messages[-1].get("replyTo") == question["id"]
        assert chat.messages[-1]["role"] == "assistant"
        assert not chat.room.streams
        assert ann.last_error is None


async def test_a_reconnected_reader_receives_a_stream_from_its_start() -> None:
    async with scene() as (server, ann, chat, token), Proxy(server) as proxy:
        # Bots and users read the same way; this one is in the group too.
        reader_token = await server.bot("reader")
        await ann.command({"type": "ADD_MEMBERS", "chatId": chat.id, "members": ["reader"]})
        async with Client(server.url, token) as bot, Client(proxy.url, reader_token, backoff=QUICK) as reader:
            await until(lambda: chat.id in bot.state.rooms, "the chat")

            def texts() -> list[str]:
                return [stream["content"] for stream in reader.room(chat.id).streams.values()]

            async with bot.chat(chat.id).stream() as stream:
                await stream.append("one ")
                await until(lambda: texts() == ["one "], "the first piece")
                proxy.refuses = True
                proxy.cut()
                await stream.append("two ")
                await until(
                    lambda: [one["content"] for one in chat.room.streams.values()] == ["one two "], "the second"
                )
                proxy.refuses = False
                await until(lambda: texts() == ["one two "], "what was missed")
                await stream.append("three")
                await until(lambda: texts() == ["one two three"], "the third piece")
            await until(lambda: not texts(), "the end of the stream")


async def test_chunks_faster_than_the_rate_limit_are_combined() -> None:
    async with scene({"COMMANDS_PER_SECOND": "20", "COMMAND_BURST": "5"}) as (server, ann, chat, token):
        async with Client(server.url, token) as bot:
            await until(lambda: chat.id in bot.state.rooms, "the chat")
            chunks: list[object] = []
            ann.on("MESSAGE_CHUNK", chunks.append)
            async with bot.chat(chat.id).stream() as stream:
                for number in range(2_000):
                    await stream.append(f"{number} ")
            await heard(chat, "".join(f"{number} " for number in range(2_000)))
            assert len(chunks) < 100


async def test_any_reader_can_stop_a_stream() -> None:
    async with scene() as (server, ann, chat, token), Client(server.url, token) as bot:
        await until(lambda: chat.id in bot.state.rooms, "the chat")
        written: list[int] = []
        async with bot.chat(chat.id).stream() as stream:
            for number in range(100_000):
                await stream.append(f"{number} ")
                written.append(number)
                if number == 3:
                    await until(lambda: stream.id in chat.room.streams, "the stream")
                    await ann.command({"type": "STOP_STREAM", "chatId": chat.id, "messageId": stream.id})
                    await until(lambda: stream.is_stopped, "the request to stop")
        assert written == [0, 1, 2, 3]
        await heard(chat, "0 1 2 3 ")


async def test_a_stream_is_complete_after_a_disconnect() -> None:
    async with scene() as (server, _, chat, token), Proxy(server) as proxy:
        async with Client(proxy.url, token, backoff=QUICK) as bot:
            await until(lambda: chat.id in bot.state.rooms, "the chat")
            async with bot.chat(chat.id).stream(id="answer-1") as stream:
                await stream.append("The beginning ")
                await until(lambda: [one["content"] for one in chat.room.streams.values()] == ["The beginning "], "it")
                proxy.cut()
                await until(lambda: bool(answers(chat)), "the interrupted answer")
                await stream.append("and the end.")
            await until(lambda: answers(chat) == ["The beginning and the end."], "the edited answer")
            assert [message["id"] for message in chat.messages] == ["answer-1"]


async def test_a_failed_stream_keeps_its_partial_text() -> None:
    async with scene() as (server, _, chat, token):
        async with Client(server.url, token) as bot:
            await until(lambda: chat.id in bot.state.rooms, "the chat")
            with pytest.raises(RuntimeError, match="the model failed"):
                async with bot.chat(chat.id).stream() as stream:
                    await stream.append("So far ")
                    raise RuntimeError("the model failed")
            await heard(chat, "So far ")
