"""Everything the connected user can see, as the server has it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from .room import KEEP_MESSAGES, Object, Room

SENDER_FIELDS = ("id", "username", "displayName", "kind", "version")


class State:
    """The user, their chats and the users seen so far.

    `settings` is None until somebody asked for them.
    """

    def __init__(self, keep_messages: int = KEEP_MESSAGES) -> None:
        self.me: Object | None = None
        self.settings: Object | None = None
        self.rooms: dict[str, Room] = {}
        self.users: dict[str, Object] = {}
        self._keep_messages = keep_messages

    @property
    def my_id(self) -> str:
        """The user's id; empty before the first connect."""
        return str(self.me["id"]) if self.me else ""

    def add(self, chat: Object, position: int) -> Room:
        """Adds a chat the user is in."""
        known = self.rooms.get(chat["id"])
        if known:
            if chat["seq"] == known.position:
                known.replace_chat(chat, self.my_id)
            else:
                known.stale = True
            return known
        room = self.rooms[chat["id"]] = Room(chat, position, self._keep_messages, self.my_id)
        if "peer" in chat:
            self.update_user(chat["peer"])
        return room

    def remove(self, chat_id: str) -> None:
        """Removes a chat that was deleted or that the user is no longer in."""
        self.rooms.pop(chat_id, None)

    def refresh(self, chat: Object) -> None:
        """Takes a chat from a fresh reply, unless changes have been applied that the reply does not contain."""
        room = self.rooms.get(chat["id"])
        if room is None or chat["seq"] != room.position:
            return
        room.replace_chat(chat, self.my_id)
        if "peer" in chat:
            self.update_user(chat["peer"])
        room.stale = False

    def apply_synced(self, synced: Object) -> None:
        """Applies what SYNC says about one chat."""
        room = self.rooms.get(synced["chatId"])
        if room is None:
            return
        if synced.get("reset"):
            room = self._restart(room, synced.get("chat") or room.chat)
        chat_seq = room.chat["seq"]
        if "chat" in synced:
            room.replace_chat(synced["chat"], self.my_id)
        if "members" in synced:
            self._set_members(room, synced["members"], bool(synced.get("membersTruncated")))
        for message in synced["messages"]:
            room.put(message)
        for marks in synced["marks"]:
            self._mark(room, marks["userId"], marks)
        room.position = max(room.position, synced["seq"])
        room.change_chat(seq=max(room.chat["seq"], room.position))
        room.apply_streams(synced["streams"])
        if "viewer" in synced:
            room.apply_viewer(synced["viewer"])
        # SYNC brings the messages but not the counts that follow from them.
        is_whole = "chat" in synced and not synced["more"]
        room.stale = room.stale or (synced["seq"] > chat_seq and not is_whole)
        room.evict()

    def _restart(self, room: Room, chat: Object) -> Room:
        fresh = self.rooms[room.id] = Room(chat, 0, room.keep, self.my_id)
        fresh.members = room.members
        return fresh

    def _set_members(self, room: Room, members: list[Object], is_truncated: bool) -> None:
        for member in members:
            self.update_user(member["user"])
        if room.members is not None:
            # The rest of a truncated list is unknown, so the next reader loads it.
            room.members = None if is_truncated else {member["user"]["id"]: member for member in members}

    def mark(self, chat_id: str, user_id: str, marks: Mapping[str, Any]) -> None:
        """Moves a member's marks forward."""
        room = self.rooms.get(chat_id)
        if room:
            self._mark(room, user_id, marks)

    def _mark(self, room: Room, user_id: str, marks: Mapping[str, Any]) -> None:
        read, delivered = marks.get("readSeq", 0), marks.get("deliveredSeq", 0)
        for members in room.member_lists:
            member = members.get(user_id)
            if member:
                reached = {
                    "readSeq": max(member["readSeq"], read),
                    "deliveredSeq": max(member["deliveredSeq"], delivered, read),
                }
                members[user_id] = {**member, **reached}
        if user_id == self.my_id and read:
            room.mark_read(read, user_id)

    def update_user(self, user: Object) -> None:
        """Takes a user's profile and presence, wherever the user is shown."""
        self._update_user(user, is_renamed=True)

    def update_presence(self, user: Object) -> None:
        """Takes a user's presence, which changes often and rarely brings a new name."""
        known = self.users.get(user["id"], {})
        is_renamed = any(known.get(name) != user[name] for name in ("username", "displayName"))
        self._update_user(user, is_renamed)

    def _update_user(self, user: Object, is_renamed: bool) -> None:
        known = self.users.get(user["id"], {})
        if known.get("version", 0) > user.get("version", sys.maxsize):
            return
        self.users[user["id"]] = user
        if self.me and user["id"] == self.me["id"]:
            email = {"email": self.me["email"]} if "email" in self.me else {}
            self.me = {**user, **email}
        for room in self.rooms.values():
            _show_user(room, user, is_renamed)

    def forget_user(self, user_id: str) -> None:
        """A user's account was deleted: nothing is left of the profile."""
        known = self.users.get(user_id) or {"id": user_id, "kind": "human", "createdAt": ""}
        # A message may have shown a later version than that of the profile.
        shown = max((known, *self._senders(user_id)), key=lambda one: int(one.get("version", 0)))
        rest = {name: value for name, value in known.items() if name not in ("avatarUrl", "lastSeenAt")}
        suffix = "".join([letter for letter in reversed(user_id) if letter.isascii() and letter.isalnum()][:8])
        names = {"username": f"deleted-{suffix}", "displayName": "Deleted account", "kind": shown["kind"]}
        # Deleting an account is one change of it, which may be known already.
        is_new = shown.get("username") != names["username"]
        version = {"version": shown["version"] + is_new} if "version" in shown else {}
        self.update_user({**rest, **names, **version, "role": "member", "status": "offline"})

    def _senders(self, user_id: str) -> list[Object]:
        """Returns the profiles of a user that messages show, which may be of different versions."""
        messages = [message for room in self.rooms.values() for message in room.messages]
        messages += [room.chat["lastMessage"] for room in self.rooms.values() if "lastMessage" in room.chat]
        return [message["sender"] for message in messages if message["sender"]["id"] == user_id]

    def unknown_senders(self) -> list[str]:
        """Returns the ids of users who appear only as senders, so that nothing else brings their profiles."""
        known = {self.my_id}
        for room in self.rooms.values():
            known.update(room.members or {}, [room.chat["peer"]["id"]] if "peer" in room.chat else [])
        senders = {message["sender"]["id"]: None for room in self.rooms.values() for message in room.messages}
        return [user_id for user_id in senders if user_id not in known]


def _show_user(room: Room, user: Object, is_renamed: bool) -> None:
    shown = {name: value for name, value in user.items() if name != "email"}
    for members in room.member_lists:
        if user["id"] in members:
            members[user["id"]] = {**members[user["id"]], "user": shown}
    if room.chat.get("peer", {}).get("id") == user["id"]:
        room.change_chat(peer=shown)
    if user["id"] in room.typing:
        room.typing[user["id"]] = shown
    if is_renamed:
        _rename_sender(room, {name: user[name] for name in SENDER_FIELDS if name in user})


def _rename_sender(room: Room, sender: Object) -> None:
    def is_outdated(message: Object) -> bool:
        shown = message["sender"]
        is_older = shown.get("version", 0) <= sender.get("version", sys.maxsize)
        return bool(shown["id"] == sender["id"] and shown != sender and is_older)

    def renamed(message: Object) -> Object:
        return {**message, "sender": sender} if is_outdated(message) else message

    if any(is_outdated(message) for message in room.messages):
        room.messages = [renamed(message) for message in room.messages]
    if "lastMessage" in room.chat:
        room.change_chat(lastMessage=renamed(room.chat["lastMessage"]))
    room.streams = {stream_id: renamed(stream) for stream_id, stream in room.streams.items()}
