"""Histories of client actions: the format of protocol/conformance/, replayed with this package on a real server."""

from __future__ import annotations

import asyncio
import contextlib
import difflib
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

from support import NO_LIMITS, PATIENCE, QUICK, Object, Proxy, Server, running

from pichat import Client, CommandError, PichatError
from pichat.room import Room

SETTLED = 30.0


def difference(found: list[Object], expected: list[Object]) -> str:
    """Returns the lines in which two pictures differ."""
    one, other = (json.dumps(picture, indent=1, sort_keys=True).splitlines() for picture in (found, expected))
    return "\n".join(difflib.unified_diff(one, other, "found", "expected", n=6, lineterm=""))


class Stage:
    """A server with the users and clients of a history; each client has a proxy that can cut its connection."""

    def __init__(self, server: Server, users: Mapping[str, str], clients: Mapping[str, str]) -> None:
        self.server = server
        self.users = users
        self.owners = clients
        self.tokens: dict[str, str] = {}
        self.clients: dict[str, Client] = {}
        self.proxies: dict[str, Proxy] = {}
        # The values of names such as $ann, and the reverse.
        self._values: dict[str, str] = {}
        self._names: dict[str, str] = {}

    async def enter(self, user: str, url: str | None = None) -> Client:
        client = Client(url or self.server.url, self.tokens[user], backoff=QUICK, connect_timeout=PATIENCE)
        await client.start()
        return client

    async def step(self, step: Object) -> str | None:
        """Plays a step; returns the code if the server refused it."""
        if "server" in step:
            await self.server.end()
            await self.server.begin()
            return None
        name = step["client"]
        if "cut" in step:
            self.proxies[name].refuses = True
            self.proxies[name].cut()
        elif "open" in step:
            self.proxies[name].refuses = False
        elif "look" in step:
            await load_all(self.clients[name])
        else:
            return await self._command(self.clients[name], step)
        return None

    async def _command(self, client: Client, step: Object) -> str | None:
        try:
            reply = await asyncio.wait_for(client.ask(self._filled(step["command"]), repeatable=True), PATIENCE)
        except CommandError as error:
            return error.code
        for name, field in step.get("save", {}).items():
            self.save(name, reply[field])
        return None

    def save(self, name: str, value: str) -> None:
        self._values[f"${name}"] = value
        self._names[value] = f"${name}"

    def _filled(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._filled(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._filled(one) for one in value]
        return self._values.get(value, value) if isinstance(value, str) else value

    def name_of(self, value: str) -> str:
        return self._names.get(value, value)

    async def picture(self, client: Client) -> list[Object]:
        """Returns a client's state in the form that histories record."""
        await load_all(client)
        return sorted((self._chat(room) for room in client.state.rooms.values()), key=lambda chat: str(chat["id"]))

    def _chat(self, room: Room) -> Object:
        chat = room.chat
        fields = ("kind", "name", "active", "seq", "memberCount", "messageCount", "pinned", "myRole")
        counts = ("unreadCount", "mentionCount", "readSeq", "muted")
        members = [self._member(member) for member in (room.members or {}).values()]
        return {
            "id": self.name_of(room.id),
            "position": room.position,
            **{name: chat.get(name) for name in (*fields, *counts)},
            **({"unreadFromSeq": chat["unreadFromSeq"]} if "unreadFromSeq" in chat else {}),
            "description": chat.get("description", ""),
            "lastMessage": chat["lastMessage"]["id"] if "lastMessage" in chat else None,
            "members": sorted(members, key=lambda member: str(member["user"])),
            "messages": [self._message(message, room.members or {}) for message in room.messages],
        }

    def _member(self, member: Object) -> Object:
        user = self.name_of(member["user"]["id"])
        name = member["user"]["displayName"]
        return {"user": user, "name": name, "role": member["role"], "readSeq": member["readSeq"]}

    def _message(self, message: Object, members: Mapping[str, Object]) -> Object:
        sender = message["sender"]
        reactions = [
            {
                "emoji": one["emoji"],
                "count": one["count"],
                "users": sorted(self.name_of(user) for user in one["userIds"]),
                "me": bool(one.get("me")),
            }
            for one in message["reactions"]
        ]
        return {
            "id": self.name_of(message["id"]),
            **{name: message[name] for name in ("seq", "updatedSeq", "role", "content")},
            "sender": self.name_of(sender["id"]),
            # Only contacts of a user receive a new name.
            "senderName": sender["displayName"] if sender["id"] in members else None,
            "replyTo": message.get("replyTo"),
            "mentions": sorted(self.name_of(user) for user in message["mentions"]),
            "reactions": sorted(reactions, key=lambda one: str(one["emoji"])),
            "edited": "editedAt" in message,
            "deleted": "deletedAt" in message,
        }

    async def finals(self) -> dict[str, list[Object]]:
        """Returns the state of a new client of each user."""
        pictures: dict[str, list[Object]] = {}
        for user in self.users:
            client = await self.enter(user)
            pictures[user] = await self.picture(client)
            await client.close()
        return pictures

    async def check(self, finals: Mapping[str, list[Object]]) -> None:
        """Asserts that each client reaches the state of a new one; events may still be in transit."""
        for proxy in self.proxies.values():
            proxy.refuses = False
        for name, client in self.clients.items():
            expected = finals[self.owners[name]]
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._agree(client, expected), SETTLED)
            found = await self.picture(client)
            assert found == expected, f"the state of {name}:\n{difference(found, expected)}"

    async def _agree(self, client: Client, expected: list[Object]) -> None:
        while client.is_refreshing or await self.picture(client) != expected:
            await asyncio.sleep(0.02)


async def load_all(client: Client) -> None:
    """Loads the history and the members of all chats; the client keeps them up to date afterwards."""
    for chat in client.chats:
        try:
            while await chat.older(200):
                pass
            await chat.members()
        except PichatError as error:
            # The user has just left the chat, or the event is still in transit.
            is_refused = isinstance(error, CommandError) and error.code in ("NOT_FOUND", "FORBIDDEN")
            if not is_refused and chat.id in client.state.rooms:
                raise


@contextlib.asynccontextmanager
async def stage(users: Mapping[str, str], clients: Mapping[str, str]) -> AsyncIterator[Stage]:
    """Sets up a server for one history."""
    async with contextlib.AsyncExitStack() as stack:
        server = await stack.enter_async_context(running(NO_LIMITS))
        scene = Stage(server, users, clients)
        for user, kind in users.items():
            scene.tokens[user] = await (server.bot(user) if kind == "bot" else server.person(user))
            me = (await server.command({"type": "GET_ME"}, scene.tokens[user]))["user"]
            scene.save(user, me["id"])
        for name, user in clients.items():
            proxy = scene.proxies[name] = await stack.enter_async_context(Proxy(server))
            client = scene.clients[name] = await scene.enter(user, proxy.url)
            stack.push_async_callback(client.close)
        yield scene
