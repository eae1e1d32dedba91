"""The recorded histories of protocol/conformance/, replayed with this package."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from histories import stage
from support import ROOT, Object

HISTORIES = sorted(path for path in (ROOT / "protocol/conformance").glob("*.json") if path.name != "digests.json")


def load(path: Path) -> Object:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_the_folder_contains_histories() -> None:
    assert len(HISTORIES) >= 4


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
async def test_history(path: Path) -> None:
    history = load(path)
    async with stage(history["users"], history["clients"]) as scene:
        for number, step in enumerate(history["steps"]):
            assert await scene.step(step) == step.get("refused"), f"step {number}: {step}"
        assert await scene.finals() == history["final"]
        await scene.check(history["final"])


def text_of(value: object) -> str:
    """Returns JSON in canonical form. The names of members are ASCII here, and all numbers are whole."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def picked(value: Object, *names: str) -> Object:
    return {name: value[name] for name in names if name in value}


CHAT = ("active", "createdAt", "createdBy", "description", "id", "kind", "name", "posting", "seq")
MESSAGE = (
    "chatId", "content", "createdAt", "deletedAt", "editedAt", "id", "mentions", "replyTo", "role", "seq", "updatedSeq",
)  # fmt: skip


def items_of(chat: Object, members: list[Object], messages: list[Object]) -> list[str]:
    """Returns the durable items of a chat, as protocol/README.md describes them."""
    items = [{**picked(chat, *CHAT), "item": "chat"}]
    items += [{"chatId": chat["id"], "item": "pin", "messageId": message_id} for message_id in chat["pinned"]]
    for member in members:
        item = picked(member, "joinedAt", "role")
        items.append({**item, "chatId": chat["id"], "item": "member", "userId": member["user"]["id"]})
    for message in messages:
        names = ("id", "mimeType", "name", "url")
        files = [{**picked(file, *names), "size": str(file["size"])} for file in message["attachments"]]
        item = {**picked(message, *MESSAGE), "attachments": files, "item": "message"}
        item["senderId"] = message["sender"]["id"]
        if "metadata" in message:
            item["metadata"] = json.dumps(message["metadata"], ensure_ascii=False, separators=(",", ":"))
        items.append(item)
        where = {"chatId": chat["id"], "item": "reaction", "messageId": message["id"]}
        items += [{**where, **picked(reaction, "count", "emoji", "userIds")} for reaction in message["reactions"]]
    return [text_of(item) for item in items]


def test_digests_match_the_test_vectors() -> None:
    vectors = load(ROOT / "protocol/conformance/digests.json")["chats"]
    assert len(vectors) > 2
    for vector in vectors:
        items = items_of(vector["chat"], vector["members"], vector["messages"])
        assert items == vector["items"], vector["description"]
        total = sum(int.from_bytes(hashlib.sha256(item.encode()).digest(), "big") for item in items)
        assert f"{total % 2**256:064x}" == vector["digest"], vector["description"]
