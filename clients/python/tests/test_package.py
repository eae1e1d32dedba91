"""The package as it is published, its types, and the examples of its README."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from support import PATIENCE, ROOT, TARGET, TOKEN, Server, running

import generate
import pichat
from pichat import protocol

HERE = ROOT / "clients/python"
# The one from npm: the one from PyPI downloads Node when it is first started.
PYRIGHT = ROOT / TARGET / "tmp/pyright/node_modules/.bin/pyright"
IS_STRICT = os.environ.get("CI") == "true"


def needs(module: str) -> pytest.MarkDecorator:
    """Skips a test whose tool is not installed, but not in CI."""
    is_absent = importlib.util.find_spec(module) is None
    return pytest.mark.skipif(is_absent and not IS_STRICT, reason=f"the package {module} is not installed")


def test_the_types_match_the_contract() -> None:
    written = (HERE / "src/pichat/protocol.py").read_text(encoding="utf-8")
    assert written == generate.generate(), "run: python3 clients/python/generate.py"


def test_the_types_cover_every_command_and_event() -> None:
    commands = {path.stem for path in (ROOT / "protocol/commands").glob("*.json")}
    events = {path.stem for path in (ROOT / "protocol/events").glob("*.json")}
    assert len(commands) > 60
    assert len(events) > 60
    for name in commands:
        assert hasattr(protocol, f"{generate.pascal(name)}Command"), name
    for name in events:
        assert hasattr(protocol, f"{generate.pascal(name)}Frame"), name
    assert "NEW_MESSAGE" in protocol.TICKS
    assert "PRESENCE" not in protocol.TICKS
    assert "GET_CHAT" in protocol.REPEATABLE
    assert "SEND_MESSAGE" in protocol.REPEATABLE_WITH_ID


def check_types(path: Path, source: str) -> str:
    """Returns mypy's output for a program that uses the package."""
    path.write_text(source)
    environment = {**os.environ, "MYPYPATH": str(HERE / "src")}
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--config-file=", str(path)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout


@needs("mypy")
def test_misspelled_commands_are_type_errors(tmp_path: Path) -> None:
    program = """
from pichat import Client
async def main(client: Client) -> None:
    reply = await client.command({"type": "GET_CHATS", "scope": "mine"})
    reveal_type(reply["chats"][0]["name"])
"""
    assert check_types(tmp_path / "right.py", program).count("error") == 0
    assert 'note: Revealed type is "str"' in check_types(tmp_path / "right.py", program)
    for wrong in ('"scop": "mine"', '"scope": "mien"', '"limit": "many"'):
        text = program.replace('"scope": "mine"', wrong)
        assert "error" in check_types(tmp_path / "wrong.py", text), wrong


@needs("mypy")
def test_the_package_is_strictly_typed() -> None:
    command = [sys.executable, "-m", "mypy", "src", "generate.py"]
    result = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.skipif(not PYRIGHT.exists() and not IS_STRICT, reason="pyright is not installed")
def test_pyright_reports_no_errors() -> None:
    command = [str(PYRIGHT), "--pythonpath", sys.executable]
    result = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@needs("ruff")
@pytest.mark.parametrize("words", [["format", "--check", ".", "../../examples"], ["check", "."]])
def test_the_package_is_formatted_and_lint_free(words: list[str]) -> None:
    command = [sys.executable, "-m", "ruff", *words]
    result = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@needs("build")
@needs("hatchling")
def test_the_sdist_and_the_wheel_are_complete(tmp_path: Path) -> None:
    # The wheel is built from the sdist, so the sdist is complete.
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tmp_path), str(HERE)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    name = f"pichat_client-{pichat.__version__}"
    with tarfile.open(tmp_path / f"{name}.tar.gz") as sdist:
        files = {member.name.removeprefix(f"{name}/") for member in sdist.getmembers()}
    assert files >= {"LICENSE", "README.md", "pyproject.toml", "src/pichat/py.typed", "src/pichat/protocol.py"}
    wheel = tmp_path / f"{name}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = archive.read(f"{name}.dist-info/METADATA").decode()
    assert {"pichat/__init__.py", "pichat/py.typed", "pichat/protocol.py"} <= set(names)
    assert f"{name}.dist-info/licenses/LICENSE" in names
    assert not [file for file in names if not file.startswith(("pichat/", f"{name}.dist-info/"))]
    assert "Requires-Dist: websockets>=13" in metadata
    # The wheel works by itself.
    script = "import pichat; print(pichat.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(wheel)}
    printed = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert str(wheel) in printed.stdout


def test_the_version_matches_the_project() -> None:
    found = re.search(r'^version = "(.*)"$', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)
    assert found
    assert found[1] == pichat.__version__


def examples() -> list[str]:
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", readme, re.DOTALL)


async def run_example(server: Server, text: str, token: str) -> asyncio.subprocess.Process:
    names = {"PICHAT_URL": server.url, "API_TOKEN": TOKEN, "BOT_TOKEN": token, "PYTHONPATH": str(HERE / "src")}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", text, cwd=server.folder, env={**os.environ, **names}, stdout=asyncio.subprocess.PIPE
    )


async def test_the_examples_of_the_readme_work() -> None:
    echo, streams, files, clients = examples()
    async with running() as server:
        token = await server.bot("helper")
        chat = await server.command({"type": "CREATE_CHAT", "kind": "channel", "name": "general"})
        program = await run_example(server, streams, token)
        output, _ = await asyncio.wait_for(program.communicate(), PATIENCE)
        assert output.decode() == "one, two\n"
        program = await run_example(server, files, token)
        output, _ = await asyncio.wait_for(program.communicate(), PATIENCE)
        assert output.decode().splitlines() == [
            "plan.txt 8 b'Ship it.'",
            "0 of 8",
            "8 of 8",
            "copy.csv",
        ]
        program = await run_example(server, clients, token)
        output, _ = await asyncio.wait_for(program.communicate(), PATIENCE)
        first, second, third = output.decode().splitlines()
        assert first == "['Who is coming?', 'I am.']"
        assert set(eval(second)) == {"friends", "general", "papers"}
        assert third.startswith("NOT_FOUND chatId ")

        program = await run_example(server, echo, token)
        await _joined(server, chat["chatId"])
        await server.command({"type": "SEND_MESSAGE", "chatId": "#general", "content": "@helper are you there?"})
        answer = await _answer(server, chat["chatId"])
        assert answer == "You said: are you there?"
        program.terminate()
        await asyncio.wait_for(program.wait(), PATIENCE)
        assert program.returncode == 0


async def _joined(server: Server, chat: str) -> None:
    while (await server.command({"type": "GET_CHAT", "chatId": chat}))["chat"]["memberCount"] < 2:
        await asyncio.sleep(0.05)


async def _answer(server: Server, chat: str) -> str:
    while True:
        history = await server.command({"type": "GET_CHAT_HISTORY", "chatId": chat})
        for message in history["messages"]:
            if message["sender"]["username"] == "helper":
                return str(message["content"])
        await asyncio.sleep(0.05)
