"""One chat of the user."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from .ids import new_id
from .streams import Stream
from .transfers import Download, Progress, Sink, Source, Upload, content_of, create_upload

if TYPE_CHECKING:
    from .client import Client
    from .protocol import Chat as ChatObject
    from .protocol import File, Member, Message, MessageRole, User
    from .room import Object, Room


class Chat:
    """A chat by its id. Its state is that of the client, and so always the present one."""

    def __init__(self, client: Client, chat_id: str) -> None:
        self._client = client
        self.id = chat_id

    def __repr__(self) -> str:
        return f"<Chat {self.id}>"

    @property
    def room(self) -> Room:
        """The chat's state; raises PichatError once the user is no longer in the chat."""
        return self._client.room(self.id)

    @property
    def object(self) -> ChatObject:
        """The chat as the server has it."""
        return cast("ChatObject", self.room.chat)

    @property
    def name(self) -> str:
        """The chat's name; for a direct chat the name of the other user."""
        chat = self.object
        return chat["name"] or chat.get("peer", {}).get("displayName", "")

    @property
    def messages(self) -> list[Message]:
        """The loaded messages, oldest first; `older` loads more."""
        return cast("list[Message]", list(self.room.messages))

    @property
    def pending(self) -> list[Mapping[str, Any]]:
        """Messages on their way, oldest first."""
        return list(self._client.pending(self.id))

    @property
    def typing_users(self) -> list[User]:
        """Users who are typing."""
        return cast("list[User]", list(self.room.typing.values()))

    async def send(self, content: str = "", *, files: Iterable[Source] = (), **fields: Any) -> Message:
        """Sends a message; returns it as the server stored it.

        It survives lost connections and restarts of the server, and is stored once. `files` (paths or bytes) are
        uploaded first. `fields` are those of a message: `id`, `replyTo`, `attachments`, `metadata`, and for bots
        `role`. Raises CommandError if the server refuses it.
        """
        message: Object = {"id": new_id(), "content": content, **fields}
        # One after the other: a user may have only a few unfinished uploads.
        uploads = [await self.upload(file) for file in files]
        if uploads:
            message["attachments"] = [*message.get("attachments", []), *({"id": one["id"]} for one in uploads)]
        return await self._client.send(self.id, message)

    async def upload(
        self,
        file: Source,
        *,
        name: str | None = None,
        mime_type: str | None = None,
        width: int | None = None,
        height: int | None = None,
        on_progress: Progress | None = None,
    ) -> File:
        """Uploads a file (a path or bytes) to the chat; its `id` can be attached to a message within a day.

        The upload goes on where a lost connection has stopped it, and is compared with the file in the end.
        `on_progress` is called with the number of stored bytes and of all. Raises CommandError if the server refuses
        the file, ConnectionFailed if nothing arrives for several attempts.
        """
        content = content_of(file)
        fields = {"name": name, "mimeType": mime_type, "width": width, "height": height}
        created = await create_upload(self._client.ask, {"chatId": self.id}, content, fields)
        await Upload(self._client.http, created["uploadUrl"], content, on_progress).run()
        return cast("File", created["file"])

    async def download(self, file_id: str, *, on_progress: Progress | None = None) -> bytes:
        """Returns the bytes of a file of the chat."""
        data = io.BytesIO()
        await self._download(file_id, data, on_progress)
        return data.getvalue()

    async def download_to(
        self, file_id: str, path: str | os.PathLike[str], *, on_progress: Progress | None = None
    ) -> Path:
        """Saves a file of the chat; the path has either all of it or what it had before."""
        target = Path(path)
        part = target.with_name(f"{target.name}.part")
        try:
            with part.open("wb") as file:
                await self._download(file_id, file, on_progress)
            return part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    async def _download(self, file_id: str, sink: Sink, on_progress: Progress | None) -> None:
        command = {"type": "GET_FILE", "chatId": self.id, "fileId": file_id}
        await Download(self._client.http, self._client.ask, command, sink).run(on_progress)

    def stream(self, *, id: str | None = None, reply_to: str | None = None, role: MessageRole = "assistant") -> Stream:  # noqa: A002
        """Starts an answer that others read while it is written; for bots. Use it with `async with`."""
        message: Object = {"id": id or new_id(), "role": role, **({"replyTo": reply_to} if reply_to else {})}
        return Stream(self._client, self.id, message)

    async def older(self, limit: int = 50) -> bool:
        """Loads the page before the loaded messages; returns False once everything is loaded."""
        room = self.room
        if room.begins_at > 1:
            page = await self._ask("GET_CHAT_HISTORY", before=room.begins_at, limit=limit)
            room.put_older(page)
        return room.begins_at > 1

    async def members(self) -> dict[str, Member]:
        """Returns the members by user id; loaded by the first call and kept up to date from then on."""
        room = self.room
        members = room.members if room.members is not None else await self._client.load_members(room)
        return cast("dict[str, Member]", dict(members))

    async def edit(self, message_id: str, content: str) -> Message:
        """Replaces the text of a message; returns the message."""
        reply = await self._ask("EDIT_MESSAGE", messageId=message_id, content=content)
        return cast("Message", reply["message"])

    async def delete(self, message_id: str, reason: str | None = None) -> None:
        """Deletes a message."""
        await self._ask("DELETE_MESSAGE", messageId=message_id, reason=reason)

    async def react(self, message_id: str, emoji: str) -> None:
        """Adds a reaction to a message."""
        await self._ask("ADD_REACTION", messageId=message_id, emoji=emoji)

    async def unreact(self, message_id: str, emoji: str) -> None:
        """Removes a reaction from a message."""
        await self._ask("REMOVE_REACTION", messageId=message_id, emoji=emoji)

    async def read(self, seq: int | None = None) -> None:
        """Marks everything as read, or everything up to a position."""
        await self._ask("MARK_READ", seq=seq)

    async def mark_unread(self, seq: int) -> None:
        """Marks the chat unread from a message on, for the user alone, until `read` reaches that message."""
        await self._ask("MARK_UNREAD", seq=seq)

    async def typing(self, typing: bool = True) -> None:
        """Shows the others that the user is typing, or no longer is; does nothing while offline."""
        if self._client.status == "online":
            await self._ask("SET_TYPING", typing=typing)

    async def leave(self) -> None:
        """Leaves the chat."""
        await self._ask("LEAVE_CHAT")

    async def _ask(self, kind: str, **fields: Any) -> Object:
        given = {name: value for name, value in fields.items() if value is not None}
        return await self._client.ask({"type": kind, "chatId": self.id, **given})
