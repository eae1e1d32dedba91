"""One reducer per type of frame, for replies and events alike. The caller is responsible for the order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .room import Object, Room, with_me_of
from .state import State

Command = Mapping[str, Any]
Reducer = Callable[[State, Object, Command], None]

REDUCERS: dict[str, Reducer] = {}


def reduce(state: State, frame: Object, command: Command | None = None) -> None:
    """Applies one frame to the state, with the command it replies to."""
    reducer = REDUCERS.get(frame["type"])
    if reducer:
        reducer(state, frame, command or {})


def is_missing_chunks(state: State, frame: Object) -> bool:
    """Tells whether the state lacks chunks that came before this one."""
    room = state.rooms.get(frame["chatId"])
    if room is None or frame["messageId"] in room.ended_streams:
        return False
    stream = room.streams.get(frame["messageId"])
    return stream is None or frame["index"] > stream.get("nextIndex", 0)


def _reduces(*types: str) -> Callable[[Reducer], Reducer]:
    def register(reducer: Reducer) -> Reducer:
        REDUCERS.update(dict.fromkeys(types, reducer))
        return reducer

    return register


def _advanced(state: State, frame: Object) -> Room | None:
    room = state.rooms.get(frame["chatId"])
    if room:
        room.advance(frame["seq"])
    return room


@_reduces("AUTHENTICATED")
def _authenticated(state: State, frame: Object, _: Command) -> None:
    state.me = frame["user"]
    state.update_user(frame["user"])


@_reduces("USER", "USER_UPDATED")
def _user(state: State, frame: Object, _: Command) -> None:
    state.update_user(frame["user"])


@_reduces("ACCOUNT_DELETED", "BOT_DELETED")
def _account_deleted(state: State, frame: Object, _: Command) -> None:
    if "userId" in frame:
        state.forget_user(frame["userId"])


@_reduces("PRESENCE")
def _presence(state: State, frame: Object, _: Command) -> None:
    for one in frame.get("users") or [frame]:
        seen = {"lastSeenAt": one["lastSeenAt"]} if "lastSeenAt" in one else {}
        state.update_presence({**one["user"], "status": one["status"], **seen})


@_reduces("SETTINGS")
def _settings(state: State, frame: Object, _: Command) -> None:
    state.settings = frame["settings"]


@_reduces("NEW_CHAT")
def _new_chat(state: State, frame: Object, _: Command) -> None:
    state.add(frame["chat"], frame["chat"]["seq"] if frame.get("duplicate") else frame["seq"])


@_reduces("CHAT_UPDATED")
def _chat_updated(state: State, frame: Object, _: Command) -> None:
    room = _advanced(state, frame)
    if room:
        room.replace_chat(frame["chat"], state.my_id)


@_reduces("CHAT_DELETED")
def _chat_deleted(state: State, frame: Object, _: Command) -> None:
    state.remove(frame["chatId"])


@_reduces("CHAT_MUTED")
def _chat_muted(state: State, frame: Object, _: Command) -> None:
    room = state.rooms.get(frame["chatId"])
    if room:
        room.drop_from_chat("mutedUntil")
        room.change_chat(muted=frame["muted"], **({"mutedUntil": frame["until"]} if "until" in frame else {}))


@_reduces("CHAT_MARKED_UNREAD")
def _chat_marked_unread(state: State, frame: Object, _: Command) -> None:
    room = state.rooms.get(frame["chatId"])
    if room:
        room.change_chat(unreadFromSeq=frame["unreadFromSeq"])
        # The counts are the server's to tell.
        room.stale = True


@_reduces("MEMBERS_ADDED")
def _members_added(state: State, frame: Object, _: Command) -> None:
    for member in frame["members"]:
        state.update_user(member["user"])
    is_new = "chat" in frame and frame["chatId"] not in state.rooms
    if "chat" in frame:
        state.add(frame["chat"], frame["seq"])
    room = _advanced(state, frame)
    if room is None:
        return
    if not is_new:
        room.change_chat(memberCount=room.chat["memberCount"] + len(frame["members"]))
    for members in room.member_lists:
        members.update({member["user"]["id"]: member for member in frame["members"]})


def _remove_members(state: State, frame: Object, user_ids: list[str]) -> None:
    room = _advanced(state, frame)
    if room is None:
        return
    if state.my_id in user_ids:
        state.remove(room.id)
        return
    room.change_chat(memberCount=room.chat["memberCount"] - len(user_ids))
    for user_id in user_ids:
        for members in room.member_lists:
            members.pop(user_id, None)
        room.typing.pop(user_id, None)
        for stream in list(room.streams.values()):
            if stream["sender"]["id"] == user_id:
                room.end_stream(stream["id"])


@_reduces("MEMBERS_REMOVED")
def _members_removed(state: State, frame: Object, _: Command) -> None:
    _remove_members(state, frame, frame["userIds"])


@_reduces("MEMBER_BANNED")
def _member_banned(state: State, frame: Object, _: Command) -> None:
    # A ban does not say whether the user was a member: the loaded list does, else the chat is fetched again.
    room = state.rooms.get(frame["chatId"])
    is_unknown = room is None or room.members is None
    was_member = is_unknown or frame["userId"] == state.my_id or frame["userId"] in ((room and room.members) or {})
    _remove_members(state, frame, [frame["userId"]] if was_member else [])
    if room and is_unknown:
        room.stale = True


@_reduces("MEMBER_UNBANNED")
def _member_unbanned(state: State, frame: Object, _: Command) -> None:
    _advanced(state, frame)


@_reduces("MEMBER_UPDATED")
def _member_updated(state: State, frame: Object, _: Command) -> None:
    room = _advanced(state, frame)
    if room is None:
        return
    for members in room.member_lists:
        if frame["userId"] in members:
            members[frame["userId"]] = {**members[frame["userId"]], "role": frame["role"]}
    if frame["userId"] == state.my_id:
        room.change_chat(myRole=frame["role"])


@_reduces("NEW_MESSAGE")
def _new_message(state: State, frame: Object, _: Command) -> None:
    message = frame["message"]
    if "chat" in frame and frame["chatId"] not in state.rooms:
        # The chat has counted its message already.
        room = state.add(frame["chat"], frame["seq"] - 1)
        room.put(message)
        room.advance(frame["seq"])
        return
    known = _advanced(state, frame)
    if known:
        known.end_stream(message["id"])
        known.typing.pop(message["sender"]["id"], None)
        known.put(message)
        known.count_new(message, state.my_id)
        known.evict()


@_reduces("MESSAGE_EDITED")
def _message_edited(state: State, frame: Object, _: Command) -> None:
    room = _advanced(state, frame)
    if room:
        before = room.latest(frame["message"]["id"])
        after = with_me_of(frame["message"], before)
        room.put(after)
        room.count_edited(before, after, state.my_id)


@_reduces("MESSAGE_DELETED")
def _message_deleted(state: State, frame: Object, _: Command) -> None:
    room = _advanced(state, frame)
    if room:
        before = room.latest(frame["messageId"])
        room.put(frame["message"])
        unpinned = [message_id for message_id in room.chat["pinned"] if message_id != frame["messageId"]]
        room.change_chat(pinned=frame.get("pinned", unpinned))
        room.count_deleted(before, frame["message"], state.my_id)


@_reduces("REACTION_ADDED", "REACTION_REMOVED")
def _reacted(state: State, frame: Object, _: Command) -> None:
    room = _advanced(state, frame)
    before = room.latest(frame["messageId"]) if room else None
    if room is None or before is None:
        return
    mine = {one["emoji"] for one in before["reactions"] if one.get("me")}

    def is_mine(reaction: Object) -> bool:
        if frame["user"]["id"] == state.my_id and frame["emoji"] == reaction["emoji"]:
            return bool(frame["type"] == "REACTION_ADDED")
        return reaction["emoji"] in mine or state.my_id in reaction["userIds"]

    reactions = [{**reaction, "me": is_mine(reaction)} for reaction in frame["reactions"]]
    after = {**before, "reactions": reactions, "updatedSeq": max(before["updatedSeq"], frame["seq"])}
    room.put(after)
    room.refresh_last(after)


@_reduces("MESSAGE_PINNED", "MESSAGE_UNPINNED")
def _pinned(state: State, frame: Object, _: Command) -> None:
    room = _advanced(state, frame)
    if room:
        room.change_chat(pinned=frame["pinned"])


@_reduces("HISTORY_TRIMMED")
def _history_trimmed(state: State, frame: Object, _: Command) -> None:
    room = _advanced(state, frame)
    if room:
        room.trim(frame["beforeSeq"])
        # The event carries no counts.
        room.stale = True


@_reduces("HOLD_CHANGED")
def _hold_changed(state: State, frame: Object, _: Command) -> None:
    room = _advanced(state, frame)
    if room and frame["hold"]:
        room.change_chat(hold=True)
    elif room:
        room.drop_from_chat("hold")


@_reduces("MESSAGE_READ")
def _message_read(state: State, frame: Object, _: Command) -> None:
    state.mark(frame["chatId"], frame["userId"], {"readSeq": frame["seq"]})


@_reduces("MESSAGE_DELIVERED")
def _message_delivered(state: State, frame: Object, _: Command) -> None:
    state.mark(frame["chatId"], frame["userId"], {"deliveredSeq": frame["seq"]})


@_reduces("TYPING")
def _typing(state: State, frame: Object, _: Command) -> None:
    room = state.rooms.get(frame["chatId"])
    if room and frame["typing"] and frame["user"]["id"] != state.my_id:
        room.typing[frame["user"]["id"]] = frame["user"]
    elif room:
        room.typing.pop(frame["user"]["id"], None)


@_reduces("STREAM_STARTED")
def _stream_started(state: State, frame: Object, _: Command) -> None:
    room, message = state.rooms.get(frame["chatId"]), frame["message"]
    if room and message["id"] not in room.streams:
        room.ended_streams.pop(message["id"], None)
        room.changed_streams.add(message["id"])
        room.streams[message["id"]] = {**message, "nextIndex": 0}


def _append(state: State, frame: Object, content: str) -> None:
    # A chunk that repeats what is there is ignored; missing ones are fetched by the caller.
    room = state.rooms.get(frame["chatId"])
    stream = room.streams.get(frame["messageId"]) if room else None
    if room and stream and frame["index"] == stream.get("nextIndex", 0):
        room.changed_streams.add(stream["id"])
        grown = {"content": stream["content"] + content, "nextIndex": frame["index"] + 1}
        room.streams[stream["id"]] = {**stream, **grown}


@_reduces("MESSAGE_CHUNK")
def _message_chunk(state: State, frame: Object, _: Command) -> None:
    _append(state, frame, frame["content"])


@_reduces("STREAM_APPENDED")
def _stream_appended(state: State, frame: Object, command: Command) -> None:
    # The author's own connection gets no MESSAGE_CHUNK; the text is in the command.
    # An empty piece has no index of its own.
    if command.get("type") == "APPEND_STREAM" and command["content"]:
        _append(state, frame, command["content"])


@_reduces("STREAM_STOPPED")
def _stream_stopped(state: State, frame: Object, command: Command) -> None:
    # As the reply to STOP_STREAM it only says that the author has been asked.
    room = state.rooms.get(frame["chatId"])
    if room and command.get("type") != "STOP_STREAM":
        room.end_stream(frame["messageId"])
