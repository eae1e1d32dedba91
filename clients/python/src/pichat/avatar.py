"""The user's picture."""

from __future__ import annotations

from typing import cast

from .client import Client
from .protocol import User
from .transfers import Source, Upload, content_of, create_upload


async def set_avatar(
    client: Client, picture: Source | None, *, name: str | None = None, mime_type: str | None = None
) -> User:
    """Makes a picture (a path or bytes) the avatar of the client's user; None removes the avatar.

    It is a PNG, JPEG, GIF, WebP or AVIF image of at most 1 MiB. Raises CommandError if the server refuses it,
    ConnectionFailed if nothing arrives for several attempts.
    """
    url = None
    if picture is not None:
        content = content_of(picture)
        fields = {"name": name, "mimeType": mime_type}
        created = await create_upload(client.ask, {"purpose": "avatar"}, content, fields)
        await Upload(client.http, created["uploadUrl"], content, None).run()
        url = created["file"]["url"]
    return cast("User", (await client.ask({"type": "UPDATE_USER", "avatarUrl": url}))["user"])
