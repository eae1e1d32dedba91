"""Makes random histories, and records histories for protocol/conformance/.

`python random_history.py SEED STEPS` prints a random one; `python random_history.py FILE` prints the history in a file
with the `final` of this server.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path

from histories import Stage, stage
from support import Object

USERS = {"ann": "human", "ben": "human", "cleo": "human", "scribe": "bot"}
CLIENTS = {"ann": "ann", "ann's phone": "ann", "ben": "ben", "cleo": "cleo", "scribe": "scribe"}
EMOJI = ("👍", "🎉")


class History:
    """Chooses steps at random and plays them immediately, so that the server's replies are recorded too."""

    def __init__(self, scene: Stage, seed: int) -> None:
        self._stage = scene
        self._random = random.Random(seed)
        self._count = 0
        self._cut: set[str] = set()
        self._chats: list[str] = []
        self._messages: list[tuple[str, str, str]] = []
        self.steps: list[Object] = []

    async def play(self, count: int) -> None:
        await self._do("ben", self._create())
        choices: list[Callable[[], Object | None]] = [
            *[self._send] * 4, self._edit, self._delete, *[self._react] * 2, self._pin, self._read, self._read_some,
            self._unread, self._mute, self._create, self._change, self._archive, *[self._membership] * 2,
            self._role, self._ban, self._rename, self._drop,
        ]  # fmt: skip
        for _ in range(count):
            await self._maybe_cut()
            if self._random.random() < 0.05:
                await self._stream()
            # Ben owns the chats, so most of his actions are permitted.
            client = self._pick(
                ["ben", "ben", *(name for name in CLIENTS if name not in self._cut and name != "scribe")]
            )
            if self._random.random() < 0.05:
                await self._record({"client": client, "look": True})
            command = self._random.choice(choices)()
            if command:
                await self._do(client, command)
        for client in sorted(self._cut):
            await self._record({"client": client, "open": True})

    async def _maybe_cut(self) -> None:
        roll = self._random.random()
        # Ben stays connected, so that a user can act; a disconnected bot would end its streams at an arbitrary time.
        client = self._pick(["ann", "ann's phone", "cleo"])
        if roll < 0.08 and client not in self._cut:
            self._cut.add(client)
            await self._record({"client": client, "cut": True})
        elif roll < 0.24 and client in self._cut:
            self._cut.remove(client)
            await self._record({"client": client, "open": True})

    async def _record(self, step: Object) -> str | None:
        refused = await self._stage.step(step)
        self.steps.append({**step, **({"refused": refused} if refused else {})})
        return refused

    async def _do(self, client: str, command: Object) -> None:
        refused = await self._record({"client": client, "command": command})
        if not refused and command["type"] == "SEND_MESSAGE":
            self._messages.append((command["chatId"], command["message"]["id"], CLIENTS[client]))
        if not refused and command["type"] == "CREATE_CHAT":
            self._chats.append(command["id"])
        if not refused and command["type"] == "DELETE_CHAT":
            self._chats.remove(command["chatId"])
            self._messages = [message for message in self._messages if message[0] != command["chatId"]]

    async def _stream(self) -> None:
        chat_id, message = self._chat(), {"id": self._id("m")}
        await self._do("ben", {"type": "ADD_MEMBERS", "chatId": chat_id, "members": ["scribe"]})
        await self._do("scribe", {"type": "START_STREAM", "chatId": chat_id, "message": message})
        for _ in range(self._random.randrange(3)):
            piece = {"type": "APPEND_STREAM", "chatId": chat_id, "messageId": message["id"], "content": "a piece "}
            await self._do("scribe", piece)
        await self._do(
            "scribe", {"type": "END_STREAM", "chatId": chat_id, "messageId": message["id"], "content": "all"}
        )

    def _pick(self, values: list[str]) -> str:
        return self._random.choice(values)

    def _id(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}-{self._count}"

    def _chat(self) -> str:
        return self._pick(self._chats)

    def _message(self) -> Object | None:
        if not self._messages:
            return None
        chat_id, message_id, _ = self._random.choice(self._messages)
        return {"chatId": chat_id, "messageId": message_id}

    def _send(self) -> Object:
        text = self._pick(["hi", "@ann look", "@ben and @cleo", "so"])
        message = {"id": self._id("m"), "content": f"{text} {self._count}"}
        return {"type": "SEND_MESSAGE", "chatId": self._chat(), "message": message}

    def _edit(self) -> Object | None:
        message = self._message()
        return message and {"type": "EDIT_MESSAGE", **message, "content": f"edited {self._random.randrange(100)}"}

    def _delete(self) -> Object | None:
        message = self._message()
        return message and {"type": "DELETE_MESSAGE", **message}

    def _react(self) -> Object | None:
        message = self._message()
        kind = self._pick(["ADD_REACTION", "ADD_REACTION", "REMOVE_REACTION"])
        return message and {"type": kind, **message, "emoji": self._random.choice(EMOJI)}

    def _pin(self) -> Object | None:
        message = self._message()
        return message and {"type": self._pick(["PIN_MESSAGE", "PIN_MESSAGE", "UNPIN_MESSAGE"]), **message}

    def _read(self) -> Object:
        return {"type": "MARK_READ", "chatId": self._chat()}

    def _read_some(self) -> Object:
        return {"type": "MARK_READ", "chatId": self._chat(), "seq": self._random.randrange(1, 20)}

    def _unread(self) -> Object:
        return {"type": "MARK_UNREAD", "chatId": self._chat(), "seq": self._random.randrange(1, 20)}

    def _mute(self) -> Object:
        return {"type": "MUTE_CHAT", "chatId": self._chat(), **self._random.choice([{}, {"until": None}])}

    def _create(self) -> Object:
        members = self._random.choice([["ann"], ["ann", "cleo"], ["cleo", "ben"]])
        chat_id = self._id("chat")
        kind = self._pick(["group", "channel"])
        return {"type": "CREATE_CHAT", "id": chat_id, "name": f"a {chat_id}", "kind": kind, "members": members}

    def _change(self) -> Object:
        return {"type": "UPDATE_CHAT", "chatId": self._chat(), "description": f"about {self._random.randrange(100)}"}

    def _archive(self) -> Object:
        return {"type": "UPDATE_CHAT", "chatId": self._chat(), "active": self._random.random() < 0.7}

    def _membership(self) -> Object:
        chat_id = {"chatId": self._chat()}
        kind = self._pick(["JOIN_CHAT", "LEAVE_CHAT", "ADD_MEMBERS", "ADD_MEMBERS", "REMOVE_MEMBERS"])
        if kind == "ADD_MEMBERS":
            return {"type": kind, **chat_id, "members": [self._pick(["ann", "cleo"])]}
        if kind == "REMOVE_MEMBERS":
            return {"type": kind, **chat_id, "userIds": [self._pick(["$ann", "$cleo"])]}
        return {"type": kind, **chat_id}

    def _role(self) -> Object:
        user, role = self._pick(["$ann", "$cleo"]), self._pick(["member", "admin"])
        return {"type": "UPDATE_MEMBER", "chatId": self._chat(), "userId": user, "role": role}

    def _ban(self) -> Object:
        kind = self._pick(["BAN_MEMBER", "UNBAN_MEMBER", "UNBAN_MEMBER"])
        return {"type": kind, "chatId": self._chat(), "userId": "$cleo"}

    def _rename(self) -> Object:
        return {"type": "UPDATE_USER", "displayName": f"Name {self._random.randrange(100)}"}

    def _drop(self) -> Object | None:
        if len(self._chats) < 4 or self._random.random() < 0.5:
            return None
        return {"type": "DELETE_CHAT", "chatId": self._chats[0]}


async def record(seed: int, count: int) -> Object:
    """Plays a random history, checks it and returns it as protocol/conformance/ keeps it."""
    async with stage(USERS, CLIENTS) as scene:
        history = History(scene, seed)
        await history.play(count)
        finals = await scene.finals()
        await scene.check(finals)
        about = f"{count} random actions of people with two devices, with cuts (seed {seed})."
        return {"description": about, "users": USERS, "clients": CLIENTS, "steps": history.steps, "final": finals}


async def complete(history: Object) -> Object:
    """Plays the steps of a handwritten history, checks them and adds the server's replies."""
    async with stage(history["users"], history["clients"]) as scene:
        steps = []
        for step in history["steps"]:
            refused = await scene.step(step)
            assert refused == step.get("refused"), f"{step}: {refused}"
            steps.append(step)
        finals = await scene.finals()
        await scene.check(finals)
        return {**history, "steps": steps, "final": finals}


def text_of(history: Object) -> str:
    """Returns a history in its checked-in form: one step, member or message per line."""

    def line(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    def lines(values: list[object], indent: str) -> str:
        return "[" + "".join(f"\n{indent}  {line(one)}," for one in values).removesuffix(",") + f"\n{indent}]"

    def chat(value: Object) -> str:
        rest = line({name: one for name, one in value.items() if name not in ("members", "messages")})
        parts = [f'"{name}": {lines(value[name], "        ")}' for name in ("members", "messages")]
        return rest.removesuffix("}") + ",\n        " + ",\n        ".join(parts) + "}"

    finals = [
        f'    "{user}": [' + ", ".join(chat(one) for one in chats) + "]" for user, chats in history["final"].items()
    ]
    head = [f'  "{name}": {line(history[name])}' for name in ("description", "users", "clients")]
    steps = f'  "steps": {lines(history["steps"], "  ")}'
    return "{\n" + ",\n".join([*head, steps, '  "final": {\n' + ",\n".join(finals) + "\n  }"]) + "\n}\n"


if __name__ == "__main__":
    if sys.argv[1].isdigit():
        made = record(int(sys.argv[1]), int(sys.argv[2]))
    else:
        made = complete(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    sys.stdout.write(text_of(asyncio.run(made)))
