"""The state of one chat as the connected user sees it. Only the reducers and SYNC write it."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

Object = dict[str, Any]

KEEP_MESSAGES = 1_000
MAX_ENDED_STREAMS = 100

# Fields that differ from user to user. Events never carry them, so they are kept.
OWN_FIELDS = ("myRole", "unreadCount", "mentionCount", "readSeq", "muted", "mutedUntil", "unreadFromSeq", "peer")


class Room:
    """A chat, its loaded messages and its members.

    `position` is the last `seq` that was applied. Every message from the `seq` `begins_at` on is in `messages`.
    `members` is None until somebody asked for them. A room is `stale` if its per-user fields are out of date and will
    be fetched.
    Objects are replaced, never changed, so whoever has one keeps a consistent picture.
    """

    def __init__(self, chat: Object, position: int, keep: int, me: str) -> None:
        self.id: str = chat["id"]
        self.chat: Object = chat
        self.position = position
        self.begins_at = position + 1
        self.keep = keep
        self.messages: list[Object] = []
        self.members: dict[str, Object] | None = None
        self.loading_members: dict[str, Object] | None = None
        self.typing: dict[str, Object] = {}
        self.streams: dict[str, Object] = {}
        # Streams that events have changed since SYNC was asked: its answer may be older.
        self.changed_streams: set[str] = set()
        # Streams that have ended, so that a late answer to SYNC does not bring one back.
        self.ended_streams: dict[str, None] = {}
        self.stale = "myRole" not in chat
        self.replace_chat(chat, me)

    @property
    def member_lists(self) -> list[dict[str, Object]]:
        """The member lists to update: the loaded one and one that is being loaded."""
        return [members for members in (self.members, self.loading_members) if members is not None]

    def replace_chat(self, chat: Object, me: str) -> None:
        """Takes the chat from a frame, but keeps what only the user's own replies carry."""
        kept = {} if "myRole" in chat else {name: self.chat[name] for name in OWN_FIELDS if name in self.chat}
        last = chat.get("lastMessage")
        if last:
            # The server leaves `me` out of a chat's last message.
            shown = with_me_of(last, self.latest(last["id"]))
            reactions = [{**one, "me": one["me"] or me in one["userIds"]} for one in shown["reactions"]]
            kept["lastMessage"] = {**shown, "reactions": reactions}
        self.chat = {**chat, **kept}
        self.trim(chat.get("firstSeq", 1))

    def change_chat(self, **fields: Any) -> None:
        """Replaces fields of the chat."""
        self.chat = {**self.chat, **fields}

    def drop_from_chat(self, name: str) -> None:
        """Removes a field of the chat."""
        self.chat = {key: value for key, value in self.chat.items() if key != name}

    def advance(self, seq: int) -> None:
        """Moves the clock on."""
        self.position = max(self.position, seq)
        self.change_chat(seq=max(self.chat["seq"], seq))

    def place_of(self, seq: int) -> int:
        """Returns the index of the first message at or after a position."""
        return bisect_left(self.messages, seq, key=_seq)

    def find(self, message_id: str) -> Object | None:
        """Returns the message with that id, if it is loaded."""
        return next((message for message in reversed(self.messages) if message["id"] == message_id), None)

    def latest(self, message_id: str) -> Object | None:
        """Returns what is known of a message: it may be the chat's last without being loaded."""
        return self.find(message_id) or (self.chat["lastMessage"] if self._last_id() == message_id else None)

    def _last_id(self) -> str | None:
        return self.chat["lastMessage"]["id"] if "lastMessage" in self.chat else None

    def put(self, message: Object) -> None:
        """Stores a message, unless it is older than what is loaded or than what is known of it."""
        if message["seq"] < max(self.begins_at, self.chat["firstSeq"]):
            return
        index = self.place_of(message["seq"])
        if index == len(self.messages) or self.messages[index]["seq"] != message["seq"]:
            self.messages.insert(index, message)
        elif self.messages[index]["updatedSeq"] <= message["updatedSeq"]:
            self.messages[index] = message

    def trim(self, first_seq: int) -> None:
        """Drops the messages that retention has removed."""
        self.chat = {**self.chat, "firstSeq": first_seq}
        self.messages = self.messages[self.place_of(first_seq) :]

    def put_older(self, page: Object) -> None:
        """Adds a page of history in front of the loaded messages; more may be kept from then on."""
        messages: list[Object] = page["messages"]
        is_first = not page["hasMore"] or not messages
        self.begins_at = 1 if is_first else min(self.begins_at, messages[0]["seq"])
        for message in messages:
            self.put(message)
        self.keep = max(self.keep, len(self.messages))

    def evict(self) -> None:
        """Drops the oldest messages once there are a quarter more than may be kept."""
        if len(self.messages) <= self.keep + self.keep // 4:
            return
        del self.messages[: len(self.messages) - self.keep]
        self.begins_at = self.messages[0]["seq"] if self.messages else self.position + 1

    def count_new(self, message: Object, me: str) -> None:
        """Counts a new message."""
        self.change_chat(
            lastMessage=message, messageCount=self.chat["messageCount"] + 1, updatedAt=message["createdAt"]
        )
        if not self._is_unread(message, me):
            return
        self.change_chat(unreadCount=self.chat.get("unreadCount", 0) + 1)
        if me in message["mentions"]:
            self.change_chat(mentionCount=self.chat.get("mentionCount", 0) + 1)

    def count_deleted(self, before: Object | None, deleted: Object, me: str) -> None:
        """Discounts a deleted message."""
        self.change_chat(messageCount=max(0, self.chat["messageCount"] - 1))
        if self._is_unread(deleted, me):
            self.change_chat(unreadCount=max(0, self.chat.get("unreadCount", 0) - 1))
            if before is None:
                self.stale = True
            elif me in before["mentions"]:
                self.change_chat(mentionCount=max(0, self.chat.get("mentionCount", 0) - 1))
        if self._last_id() != deleted["id"]:
            return
        last = next((message for message in reversed(self.messages) if "deletedAt" not in message), None)
        if last:
            self.change_chat(lastMessage=last)
        else:
            self.drop_from_chat("lastMessage")
            self.stale = self.stale or self.begins_at > 1

    def count_edited(self, before: Object | None, after: Object, me: str) -> None:
        """Applies an edit to the chat: it may be the last message, and it may add or remove a mention."""
        self.refresh_last(after)
        mentioned = before is not None and me in before["mentions"]
        if self._is_unread(after, me) and (before is None or mentioned != (me in after["mentions"])):
            self.stale = True

    def refresh_last(self, message: Object) -> None:
        """Shows a changed message as the chat's last, if it is that."""
        if self._last_id() == message["id"]:
            self.change_chat(lastMessage=message)

    def mark_read(self, seq: int, me: str) -> None:
        """The user has read up to a position."""
        # Only the server knows whether this cleared the unread mark, and how many messages are unread then.
        if "unreadFromSeq" in self.chat:
            self.stale = True
        if self.chat.get("unreadFromSeq", seq + 1) <= seq:
            self.drop_from_chat("unreadFromSeq")
        if seq <= self.chat.get("readSeq", 0):
            return
        self.change_chat(readSeq=seq)
        if seq + 1 < self.begins_at:
            self.stale = True
            return
        later = self.messages[self.place_of(seq + 1) :]
        unread = [message for message in later if message["sender"]["id"] != me and "deletedAt" not in message]
        self.change_chat(unreadCount=len(unread), mentionCount=sum(me in message["mentions"] for message in unread))

    def _is_unread(self, message: Object, me: str) -> bool:
        read: int = self.chat.get("readSeq", 0)
        after = min(read, self.chat.get("unreadFromSeq", read + 1) - 1)
        return bool(message["sender"]["id"] != me and message["seq"] > after)

    def apply_viewer(self, viewer: Object) -> None:
        """Takes the per-user fields from SYNC; an answer from before the latest mark is fetched again."""
        self.stale = self.stale or viewer.get("readSeq", 0) < self.chat.get("readSeq", 0)
        self.drop_from_chat("mutedUntil")
        self.drop_from_chat("unreadFromSeq")
        self.change_chat(**viewer)

    def apply_streams(self, streams: list[Object]) -> None:
        """Takes the running streams from SYNC; what events have said since it was asked is newer."""
        changed = [stream for id, stream in self.streams.items() if id in self.changed_streams]  # noqa: A001
        self.streams = {stream["id"]: stream for stream in streams if stream["id"] not in self.ended_streams}
        for stream in changed:
            if stream.get("nextIndex", 0) >= self.streams.get(stream["id"], {}).get("nextIndex", 0):
                self.streams[stream["id"]] = stream
        self.ended_streams.clear()

    def end_stream(self, message_id: str) -> None:
        """Forgets a stream that has ended."""
        self.streams.pop(message_id, None)
        self.ended_streams[message_id] = None
        if len(self.ended_streams) > MAX_ENDED_STREAMS:
            del self.ended_streams[next(iter(self.ended_streams))]


def _seq(message: Object) -> int:
    return int(message["seq"])


def with_me_of(message: Object, before: Object | None) -> Object:
    """Returns a message from an event, with `me` of its reactions as it was before."""
    mine = {one["emoji"] for one in before["reactions"] if one.get("me")} if before else set[str]()
    return {**message, "reactions": [{**one, "me": one["emoji"] in mine} for one in message["reactions"]]}
