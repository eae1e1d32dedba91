"""The state after frames in any order."""

from __future__ import annotations

from typing import Any

from pichat.reducers import reduce
from pichat.state import State

CREATED = "2026-01-01T00:00:00Z"
CHAT = {
    "id": "c",
    "kind": "group",
    "name": "c",
    "seq": 0,
    "messageCount": 0,
    "pinned": [],
    "myRole": "member",
    "memberCount": 2,
    "updatedAt": CREATED,
    "firstSeq": 1,
}
MESSAGE = {
    "id": "m",
    "chatId": "c",
    "seq": 1,
    "updatedSeq": 1,
    "content": "hi",
    "createdAt": CREATED,
    "mentions": [],
    "reactions": [],
    "attachments": [],
}


def user(version: int, name: str) -> dict[str, Any]:
    profile = {"id": "ben", "username": "ben", "displayName": name, "kind": "human", "version": version}
    return {**profile, "role": "member", "status": "online", "createdAt": CREATED}


def sender(version: int, name: str) -> dict[str, Any]:
    return {"id": "ben", "username": "ben", "displayName": name, "kind": "human", "version": version}


def test_an_older_profile_does_not_replace_the_newer_name_of_a_sender() -> None:
    state = State()
    room = state.add(CHAT, 0)
    message = {**MESSAGE, "sender": sender(3, "Benjamin")}
    reduce(state, {"type": "NEW_MESSAGE", "chatId": "c", "seq": 1, "message": message})
    state.update_user(user(2, "Benny"))
    assert room.messages[0]["sender"] == sender(3, "Benjamin")
    state.update_user(user(4, "B."))
    assert room.messages[0]["sender"] == room.chat["lastMessage"]["sender"] == sender(4, "B.")
    state.forget_user("ben")
    assert room.messages[0]["sender"]["displayName"] == "Deleted account"
    assert room.messages[0]["sender"]["version"] == 5


def test_a_deletion_that_is_known_already_is_no_further_change_of_the_profile() -> None:
    gone = {**sender(3, "Deleted account"), "username": "deleted-neb"}
    # The profile is unknown, is the one before the deletion, or is the one after it.
    for known in (None, user(2, "Ben"), {**user(3, "Deleted account"), "username": "deleted-neb"}):
        state = State()
        room = state.add(CHAT, 0)
        if known:
            state.update_user(known)
        reduce(state, {"type": "NEW_MESSAGE", "chatId": "c", "seq": 1, "message": {**MESSAGE, "sender": gone}})
        for _ in range(2):
            reduce(state, {"type": "ACCOUNT_DELETED", "userId": "ben"})
            assert room.messages[0]["sender"] == gone
            assert not known or state.users["ben"]["version"] == 3
