"""The state after frames in any order."""

from __future__ import annotations

from typing import Any

from pichat.reducers import reduce
from pichat.state import State

CREATED = "2026-01-01T00:00:00Z"


def user(version: int, name: str) -> dict[str, Any]:
    profile = {"id": "ben", "username": "ben", "displayName": name, "kind": "human", "version": version}
    return {**profile, "role": "member", "status": "online", "createdAt": CREATED}


def sender(version: int, name: str) -> dict[str, Any]:
    return {"id": "ben", "username": "ben", "displayName": name, "kind": "human", "version": version}


def test_an_older_profile_does_not_replace_the_newer_name_of_a_sender() -> None:
    state = State()
    chat = {"id": "c", "kind": "group", "name": "c", "seq": 0, "messageCount": 0, "pinned": [], "myRole": "member"}
    room = state.add({**chat, "memberCount": 2, "updatedAt": CREATED, "firstSeq": 1}, 0)
    message = {"id": "m", "chatId": "c", "seq": 1, "updatedSeq": 1, "content": "hi", "createdAt": CREATED}
    message = {**message, "sender": sender(3, "Benjamin"), "mentions": [], "reactions": [], "attachments": []}
    reduce(state, {"type": "NEW_MESSAGE", "chatId": "c", "seq": 1, "message": message})
    state.update_user(user(2, "Benny"))
    assert room.messages[0]["sender"] == sender(3, "Benjamin")
    state.update_user(user(4, "B."))
    assert room.messages[0]["sender"] == room.chat["lastMessage"]["sender"] == sender(4, "B.")
    state.forget_user("ben")
    assert room.messages[0]["sender"]["displayName"] == "Deleted account"
    assert room.messages[0]["sender"]["version"] == 5
