"""The types of the protocol, version 1. Generated from its schemas by generate.py; do not edit."""

from __future__ import annotations

import sys
from typing import Any, Literal, Protocol, TypeAlias, TypedDict, overload

if sys.version_info >= (3, 11):
    from typing import NotRequired
else:
    from typing_extensions import NotRequired


ChatKind: TypeAlias = Literal["direct", "group", "channel"]
"""The three kinds of chat."""

ChatRole: TypeAlias = Literal["member", "admin", "owner"]
"""A member's role in a chat."""

ChatScope: TypeAlias = Literal["mine", "public", "archived"]
"""The chats that a list shows."""

Code: TypeAlias = Literal[
    "INVALID_JSON",
    "UNKNOWN_COMMAND",
    "INVALID_ARGUMENT",
    "UNAUTHENTICATED",
    "TOKEN_EXPIRED",
    "FORBIDDEN",
    "NOT_FOUND",
    "CONFLICT",
    "TOO_LARGE",
    "RATE_LIMITED",
    "UNAVAILABLE",
    "INTERNAL",
]
"""An error code, chosen by what the client can do about it; the list is closed."""

MessageRole: TypeAlias = Literal["user", "assistant", "system"]
"""The role of a message in a conversation with an assistant."""

NewChatKind: TypeAlias = Literal["direct", "group", "channel"]
"""The kinds of chat."""

OwnStatus: TypeAlias = Literal["online", "away"]
"""The statuses that a client can set."""

Posting: TypeAlias = Literal["everyone", "admins"]
"""The members who may post in a chat."""

PresenceStatus: TypeAlias = Literal["online", "away", "offline"]
"""A user's presence."""

Scope: TypeAlias = Literal["read", "write", "admin"]
"""A permission of a token."""

ServerRole: TypeAlias = Literal["member", "moderator", "admin"]
"""A user's role on the server."""

UserKind: TypeAlias = Literal["human", "bot"]
"""Distinguishes people from bots."""


class AccountDetails(TypedDict):
    """An account with fields that only admins may see."""

    # The user, with the e-mail address.
    user: User
    # True if others can find the user by the e-mail address; absent if there is none.
    emailConfirmed: NotRequired[bool]
    # The ban from the server that is in force.
    ban: NotRequired[Ban]
    # The owner of a bot.
    ownerId: NotRequired[str]


class Attachment(TypedDict):
    """A file that a message points to."""

    # The file's id, if this server stores it.
    id: NotRequired[str]
    # `http` or `https`; for a file that this server stores, its path `/files/ID`.
    url: str
    # The file's name.
    name: str
    # Size in bytes.
    size: int
    # The media type, for example `image/png`.
    mimeType: str
    # Width of an image in pixels, if its sender declared it.
    width: NotRequired[int]
    # Height of an image in pixels, if its sender declared it.
    height: NotRequired[int]


class AttachmentInput(TypedDict):
    """A file of a message being sent.

    Give only the `id` of an upload to this server, or all other fields for a file elsewhere.
    """

    # The id of a file that you have uploaded to this chat; the other fields are filled in.
    id: NotRequired[str | None]
    # `http` or `https`; absent for an upload.
    url: NotRequired[str | None]
    # The file's name.
    name: NotRequired[str | None]
    # Size in bytes.
    size: NotRequired[int | None]
    # The media type, for example `image/png`.
    mimeType: NotRequired[str | None]
    # Width of an image in pixels.
    width: NotRequired[int | None]
    # Height of an image in pixels.
    height: NotRequired[int | None]


class AuditEntry(TypedDict):
    """An entry of the audit log."""

    # The entry's id; later entries have greater ids.
    id: str
    # Time of the entry.
    at: str
    # The user who ran the command.
    actorId: str
    # The command.
    command: str
    # The user, message or chat that the command acted on.
    targetId: NotRequired[str]
    # The chat.
    chatId: NotRequired[str]
    # The reason, as given by the actor.
    reason: NotRequired[str]


class Ban(TypedDict):
    """A ban from a chat or from the server."""

    # The user who imposed it.
    by: str
    # Time at which it was imposed.
    at: str
    # The reason given.
    reason: NotRequired[str]
    # Time at which the ban ends; absent if permanent.
    until: NotRequired[str]


class Chat(TypedDict):
    """A conversation. `myRole` and the fields after it concern the asking user and never appear in events."""

    # Never changes.
    id: str
    # Direct, group or channel.
    kind: ChatKind
    # Unique among channels; empty for direct chats.
    name: str
    # The description.
    description: NotRequired[str]
    # False if archived and read-only.
    active: bool
    # The members who may post.
    posting: Posting
    # The creator.
    createdBy: str
    # Time of creation.
    createdAt: str
    # Time of the latest message or change.
    updatedAt: str
    # The `seq` of the latest durable change.
    seq: int
    # Number of members.
    memberCount: int
    # True if the chat has more than `limits.largeChatMembers` members. Changes with `memberCount`, without a separate
    # event.
    large: NotRequired[bool]
    # Number of messages that are not deleted.
    messageCount: int
    # The newest message that is not deleted.
    lastMessage: NotRequired[Message]
    # Pinned messages, oldest pin first.
    pinned: list[str]
    # The lowest `seq` that a message can have: retention removed everything older. 1 if nothing was removed.
    firstSeq: int
    # Days after which messages are removed; absent if the server's setting applies.
    retentionDays: NotRequired[int]
    # True while an admin of the server holds the chat: nothing in it is edited, deleted or removed by retention.
    hold: NotRequired[bool]
    # The user's role; absent if not a member.
    myRole: NotRequired[ChatRole]
    # Number of undeleted messages from others after `readSeq`, or from `unreadFromSeq` on if that is lower.
    unreadCount: NotRequired[int]
    # Number of unread messages that mention the asking user.
    mentionCount: NotRequired[int]
    # The last message read by the asking user.
    readSeq: NotRequired[int]
    # The message from which the asking user has marked the chat unread; absent if they have not.
    unreadFromSeq: NotRequired[int]
    # True if notifications are muted.
    muted: NotRequired[bool]
    # Time at which the mute ends; absent if permanent.
    mutedUntil: NotRequired[str]
    # The other user of a direct chat.
    peer: NotRequired[User]


class CommandSummary(TypedDict):
    """A command's name and summary."""

    # The command's name.
    name: str
    # A summary of the command.
    summary: str


class Field(TypedDict):
    """A field of a command, as people read it."""

    # The field's name.
    name: str
    # The kind of value in words.
    type: str
    # True if the field is required.
    required: bool
    # The field's meaning.
    description: str
    # The fields of the object that the field holds.
    fields: NotRequired[list[Field]]


class File(TypedDict):
    """A file that this server stores."""

    # The file's id.
    id: str
    # Its path on this server: `/files/ID`, for requests with a bearer token, or `/avatars/ID`.
    url: str
    # The file's name.
    name: str
    # Size in bytes.
    size: int
    # The media type that its sender declared.
    mimeType: str
    # Width of an image in pixels.
    width: NotRequired[int]
    # Height of an image in pixels.
    height: NotRequired[int]


class JobStatus(TypedDict):
    """A job and the results of its runs."""

    # The job's name.
    name: str
    # The job's purpose, in one sentence.
    summary: str
    # Seconds from the start of one run to that of the next.
    everySeconds: int
    # Runs on all nodes.
    runs: int
    # Runs that failed.
    failures: int
    # The start of the latest run.
    lastRunAt: NotRequired[str]
    # The start of the latest successful run.
    lastSuccessAt: NotRequired[str]
    # Duration of the latest run in milliseconds.
    lastMs: int
    # Problems found in the stored records by the current pass or, if more, the previous one; only for `scrub`.
    problems: NotRequired[int]


class Limits(TypedDict):
    """Limits on one client; 0 turns a rate or count off."""

    # Maximum number of bytes of a frame.
    frameBytes: int
    # Maximum number of characters of a message.
    contentChars: int
    # Maximum number of characters of a name.
    nameChars: int
    # Maximum number of characters of a description.
    descriptionChars: int
    # Maximum number of commands in one frame.
    batch: int
    # Commands per second on one connection.
    commandsPerSecond: int
    # Maximum burst of commands on one connection.
    commandBurst: int
    # Maximum number of failed log-ins per minute, account and address.
    loginAttemptsPerMinute: int
    # Maximum number of new accounts per hour and address.
    signUpsPerHour: int
    # Maximum number of connections of one user.
    connectionsPerUser: int
    # Commands per second of one user on all connections together.
    commandsPerSecondPerUser: int
    # Maximum number of bots of one user.
    botsPerUser: int
    # Maximum number of API tokens of one user.
    tokensPerUser: int
    # Maximum number of sessions of one user.
    sessionsPerUser: int
    # Maximum number of chats that one user can create or join.
    chatsPerUser: int
    # Maximum number of chats that one user can create per hour.
    newChatsPerHour: int
    # Maximum number of users they share no chat with that one user can add to chats per hour.
    newContactsPerHour: int
    # Milliseconds after which a search replies with the results so far; 0 is no limit.
    searchMilliseconds: int
    # Maximum number of pinned messages of one chat.
    pinsPerChat: int
    # Maximum number of different emoji on one message.
    reactionsPerMessage: int
    # Number of members above which a chat is large: it has `large:true`, and presence, other members' marks and most
    # TYPING are not sent to it.
    largeChatMembers: int
    # Maximum number of bytes of a file.
    fileBytes: int
    # Maximum number of bytes of all files of one user.
    fileBytesPerUser: int
    # Maximum number of bytes queued for a slow client.
    outboxBytes: int
    # Interval in seconds at which an idle client is pinged.
    heartbeatSeconds: int
    # Seconds after which an unresponsive client is disconnected.
    heartbeatTimeoutSeconds: int
    # Seconds within which a connection must authenticate.
    authenticateWithinSeconds: int


class ListedMember(TypedDict):
    """A member in a list that callers outside the channel may read too."""

    # The user.
    user: User
    # The member's role in this chat.
    role: ChatRole
    # Time of joining.
    joinedAt: str
    # The last message read by the member; only members of the chat see it.
    readSeq: NotRequired[int]
    # The last message delivered to the member; only members of the chat see it.
    deliveredSeq: NotRequired[int]


class Mark(TypedDict):
    """A member's positions in a chat."""

    # The user.
    userId: str
    # The last message read by the member.
    readSeq: int
    # The last message delivered to the member.
    deliveredSeq: int


class Member(TypedDict):
    """A user in a chat."""

    # The user.
    user: User
    # The member's role in this chat.
    role: ChatRole
    # Time of joining.
    joinedAt: str
    # The last message read by the member.
    readSeq: int
    # The last message delivered to the member.
    deliveredSeq: int


class Message(TypedDict):
    """A message, or the tombstone of one."""

    # Chosen by the client, or a UUIDv7.
    id: str
    # The message's chat.
    chatId: str
    # The position in the chat.
    seq: int
    # The `seq` of its latest change.
    updatedSeq: int
    # The sender.
    sender: Sender
    # The message's role: `user`, `assistant` or `system`.
    role: MessageRole
    # The text as sent; empty in a tombstone.
    content: str
    # Attached files.
    attachments: list[Attachment]
    # The message this one replies to.
    replyTo: NotRequired[str]
    # Members named with `@`.
    mentions: list[str]
    # Emoji.
    reactions: list[Reaction]
    # Data of the sender's application, as it was written.
    metadata: NotRequired[dict[str, Any]]
    # Time of sending.
    createdAt: str
    # Time of the latest edit.
    editedAt: NotRequired[str]
    # Time of deletion; only in a tombstone.
    deletedAt: NotRequired[str]


class NewSyncedChat(TypedDict):
    """A chat that was not in the request."""

    # Never changes.
    id: str
    # Direct, group or channel.
    kind: ChatKind
    # Unique among channels; empty for direct chats.
    name: str
    # The description.
    description: NotRequired[str]
    # False if archived and read-only.
    active: bool
    # The members who may post.
    posting: Posting
    # The creator.
    createdBy: str
    # Time of creation.
    createdAt: str
    # Time of the latest message or change.
    updatedAt: str
    # The `seq` of the latest durable change.
    seq: int
    # Number of members.
    memberCount: int
    # True if the chat has more than `limits.largeChatMembers` members. Changes with `memberCount`, without a separate
    # event.
    large: NotRequired[bool]
    # Number of messages that are not deleted.
    messageCount: int
    # The newest message that is not deleted.
    lastMessage: NotRequired[Message]
    # Pinned messages, oldest pin first.
    pinned: list[str]
    # The lowest `seq` that a message can have: retention removed everything older. 1 if nothing was removed.
    firstSeq: int
    # Days after which messages are removed; absent if the server's setting applies.
    retentionDays: NotRequired[int]
    # True while an admin of the server holds the chat: nothing in it is edited, deleted or removed by retention.
    hold: NotRequired[bool]
    # The user's role; absent if not a member.
    myRole: NotRequired[ChatRole]
    # Number of undeleted messages from others after `readSeq`, or from `unreadFromSeq` on if that is lower.
    unreadCount: NotRequired[int]
    # Number of unread messages that mention the asking user.
    mentionCount: NotRequired[int]
    # The last message read by the asking user.
    readSeq: NotRequired[int]
    # The message from which the asking user has marked the chat unread; absent if they have not.
    unreadFromSeq: NotRequired[int]
    # True if notifications are muted.
    muted: NotRequired[bool]
    # Time at which the mute ends; absent if permanent.
    mutedUntil: NotRequired[str]
    # The other user of a direct chat.
    peer: NotRequired[User]
    # Messages being streamed, if they fit in the reply; else SYNC with this chat has them.
    streams: list[StreamedMessage]


class NodeStats(TypedDict):
    """Figures of one node."""

    # The node's name, chosen at start.
    node: str
    # Connections open on this node.
    connections: int
    # Rates of this node.
    rates: Rates


class Presence(TypedDict):
    """The presence of one user."""

    # The user.
    userId: str
    # The user's presence.
    status: PresenceStatus
    # Time of the last connection, if offline.
    lastSeenAt: NotRequired[str]


class PresenceUpdate(TypedDict):
    """One user's presence in a batch of simultaneous changes."""

    # The user.
    user: User
    # The user's presence.
    status: PresenceStatus
    # Time of the last connection, if offline.
    lastSeenAt: NotRequired[str]


class Rates(TypedDict):
    """Rates over the last minute."""

    # Commands answered per second.
    commandsPerSecond: float
    # Messages sent per second.
    messagesPerSecond: float


class Reaction(TypedDict):
    """The reactions with one emoji."""

    # An emoji in its full form, or a name such as `:shipit:`.
    emoji: str
    # Number of users.
    count: int
    # The first 50 users.
    userIds: list[str]
    # True if the asking user is among them; never in events.
    me: NotRequired[bool]


class Sender(TypedDict):
    """A message's sender."""

    # The user's id.
    id: str
    # The username at the time of reading.
    username: str
    # The name shown to people.
    displayName: str
    # Person or bot.
    kind: UserKind
    # The version of the profile that has this name; a higher version is newer.
    version: int


class Session(TypedDict):
    """A session and its tokens."""

    # The session's id, which REVOKE_SESSION takes.
    id: str
    # The client's name for its device.
    deviceId: NotRequired[str]
    # Time of the log-in.
    createdAt: str
    # Time of last use, rounded to the minute.
    lastSeenAt: str
    # True for the session of this connection.
    current: NotRequired[bool]


class Streamed(TypedDict):
    """Properties of a streamed message that are known in advance."""

    # An id chosen by the client.
    id: NotRequired[str | None]
    # By default `assistant`.
    role: NotRequired[MessageRole | None]
    # The message this one replies to.
    replyTo: NotRequired[str | None]


class StreamedMessage(TypedDict):
    """A message being streamed, with its text so far."""

    # Chosen by the client, or a UUIDv7.
    id: str
    # The message's chat.
    chatId: str
    # The position in the chat.
    seq: int
    # The `seq` of its latest change.
    updatedSeq: int
    # The sender.
    sender: Sender
    # The message's role: `user`, `assistant` or `system`.
    role: MessageRole
    # The text as sent; empty in a tombstone.
    content: str
    # Attached files.
    attachments: list[Attachment]
    # The message this one replies to.
    replyTo: NotRequired[str]
    # Members named with `@`.
    mentions: list[str]
    # Emoji.
    reactions: list[Reaction]
    # Data of the sender's application, as it was written.
    metadata: NotRequired[dict[str, Any]]
    # Time of sending.
    createdAt: str
    # Time of the latest edit.
    editedAt: NotRequired[str]
    # Time of deletion; only in a tombstone.
    deletedAt: NotRequired[str]
    # The index of the first MESSAGE_CHUNK that is not in `content`.
    nextIndex: int


class SyncedChat(TypedDict):
    """Changes in one chat."""

    # The chat.
    chatId: str
    # The position that this reply brings you to.
    seq: int
    # The chat, if anything but messages changed.
    chat: NotRequired[Chat]
    # Your own view of the chat: role, unread counts, read position and mute.
    viewer: Viewer
    # All members, if membership changed; the first 200 if there are more.
    members: NotRequired[list[Member]]
    # True if there are more members; GET_MEMBERS has all of them.
    membersTruncated: NotRequired[bool]
    # Positions of the members.
    marks: list[Mark]
    # Messages being streamed. If their texts do not fit in a reply, each `content` is the end of its text; the message
    # that ends the stream has all of it.
    streams: list[StreamedMessage]
    # Messages changed since then, in the order of their latest change.
    messages: list[Message]
    # True if there is more: request it from `seq`.
    more: bool
    # The digest of the chat's durable state at `seq`, as 64 hexadecimal digits, if requested and if it could be
    # computed now.
    digest: NotRequired[str]
    # Retention removed every message below this `seq`: discard yours.
    trimmedBefore: NotRequired[int]
    # True if your position was beyond the chat's: discard your copy of the chat.
    reset: NotRequired[bool]


class SyncedUser(TypedDict):
    """A user whose profile changed."""

    # Never changes.
    id: str
    # Unique, ignoring case.
    username: str
    # The name shown to people.
    displayName: str
    # A picture: an http or https address, or a path on this server that needs no credentials.
    avatarUrl: NotRequired[str]
    # Person or bot.
    kind: UserKind
    # The user's role on the server.
    role: ServerRole
    # The user's presence; `offline` to those who share no chat with the user.
    status: PresenceStatus
    # Time of the last connection; only to those who share a chat with the user.
    lastSeenAt: NotRequired[str]
    # Time of creation.
    createdAt: str
    # The e-mail address; visible only to the user.
    email: NotRequired[str]
    # Increases with every change of the profile, so the higher version is the newer one.
    version: int
    # True if the account was deleted.
    deleted: NotRequired[bool]


class Token(TypedDict):
    """An API token without its secret."""

    # The token's id, which REVOKE_API_TOKEN takes.
    id: str
    # The token's name.
    name: str
    # The permissions of the token.
    scopes: list[Scope]
    # The user or bot that the token authenticates.
    userId: str
    # Time of creation.
    createdAt: str
    # Time at which it expires; absent if never.
    expiresAt: NotRequired[str]
    # Time of last use, rounded to the minute.
    lastUsedAt: NotRequired[str]


class User(TypedDict):
    """A person or a bot."""

    # Never changes.
    id: str
    # Unique, ignoring case.
    username: str
    # The name shown to people.
    displayName: str
    # A picture: an http or https address, or a path on this server that needs no credentials.
    avatarUrl: NotRequired[str]
    # Person or bot.
    kind: UserKind
    # The user's role on the server.
    role: ServerRole
    # The user's presence; `offline` to those who share no chat with the user.
    status: PresenceStatus
    # Time of the last connection; only to those who share a chat with the user.
    lastSeenAt: NotRequired[str]
    # Time of creation.
    createdAt: str
    # The e-mail address; visible only to the user.
    email: NotRequired[str]
    # Increases with every change of the profile, so the higher version is the newer one.
    version: int


class Viewer(TypedDict):
    """The part of a chat that concerns the asking user."""

    # The user's role; absent if not a member.
    myRole: NotRequired[ChatRole]
    # Number of undeleted messages from others after `readSeq`, or from `unreadFromSeq` on if that is lower.
    unreadCount: int
    # Number of unread messages that mention the asking user.
    mentionCount: int
    # The last message read by the asking user.
    readSeq: int
    # The message from which the asking user has marked the chat unread; absent if they have not.
    unreadFromSeq: NotRequired[int]
    # True if notifications are muted.
    muted: bool
    # Time at which the mute ends; absent if permanent.
    mutedUntil: NotRequired[str]
    # The other user of a direct chat.
    peer: NotRequired[User]


class Written(TypedDict):
    """A message as its sender writes it."""

    # An id chosen by the client, so that repeating the command returns the message already sent.
    id: NotRequired[str | None]
    # The text: at most `limits.contentChars` characters, not only white space. May be empty or absent if there are
    # attachments.
    content: NotRequired[str | None]
    # `user` by default; bots may also use `assistant` or `system`.
    role: NotRequired[MessageRole | None]
    # Attached files.
    attachments: NotRequired[list[AttachmentInput] | None]
    # The message this one replies to.
    replyTo: NotRequired[str | None]
    # Application-specific data.
    metadata: NotRequired[dict[str, Any] | None]


class AddMembersCommand(TypedDict):
    """Adds members to a chat; for its owners and admins."""

    type: Literal["ADD_MEMBERS"]
    # Its id, or `#name` of a channel.
    chatId: str
    # The user, by id or username.
    members: list[str]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class AddReactionCommand(TypedDict):
    """Adds a reaction to a message."""

    type: Literal["ADD_REACTION"]
    # The chat's id, or `#name` of a channel.
    chatId: str
    # The message's id.
    messageId: str
    # One emoji of at most 64 bytes, or a name: `:` 1 to 30 of `a-z 0-9 _ + -` `:`. Forms that differ only in U+FE0F are
    # the same emoji.
    emoji: str
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class AppendStreamCommand(TypedDict):
    """Appends a piece to a stream."""

    type: Literal["APPEND_STREAM"]
    # The chat's id, or `#name` of a channel.
    chatId: str
    # The id of the streamed message.
    messageId: str
    # The next piece, white space included; at most 65,536 bytes in all pieces together. An empty piece changes nothing.
    content: str
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class AuthenticateCommand(TypedDict):
    """Authenticates the connection, or renews it, with an access token or API token."""

    type: Literal["AUTHENTICATE"]
    # An access token (a JWT) or an API token.
    token: str
    # The client's name for its device.
    deviceId: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class BanMemberCommand(TypedDict):
    """Bans a user from a chat, with their bots or the bot's owner; for its owners and admins."""

    type: Literal["BAN_MEMBER"]
    # Its id, or `#name` of a channel.
    chatId: str
    # The user, by id or username; need not be a member.
    userId: str
    # Reason, shown to everybody in the chat.
    reason: NotRequired[str | None]
    # Time at which the ban ends; permanent by default.
    until: NotRequired[str | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class BanUserCommand(TypedDict):
    """Bans a user from the server; for moderators."""

    type: Literal["BAN_USER"]
    # The user, by id or username; for admins also by e-mail address.
    userId: str
    # Reason, shown to the user.
    reason: NotRequired[str | None]
    # Time at which the ban ends; permanent by default.
    until: NotRequired[str | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class ChangePasswordCommand(TypedDict):
    """Changes your password and ends your other sessions."""

    type: Literal["CHANGE_PASSWORD"]
    # The present password.
    oldPassword: str
    # The new password.
    newPassword: str
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class ConfirmEmailCommand(TypedDict):
    """Confirms a user's email address, so that others can find them by it; for admins."""

    type: Literal["CONFIRM_EMAIL"]
    # The user, by id, username or e-mail address.
    userId: str
    # The address to confirm. The user may have another one by now, which nobody has looked at.
    email: str
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class CreateApiTokenCommand(TypedDict):
    """Creates an API token for a program, and its bot."""

    type: Literal["CREATE_API_TOKEN"]
    # A name that describes the token's purpose.
    name: str
    # The permissions of the token, among them `read`; `read` and `write` by default.
    scopes: NotRequired[list[Scope] | None]
    # The bot that the token authenticates, created if it does not exist; by default the token authenticates you.
    botUsername: NotRequired[str | None]
    # The user that the token authenticates, by id, username or e-mail address; for admins. By default you.
    userId: NotRequired[str | None]
    # Time at which the token expires; by default never, or with the token that creates it.
    expiresAt: NotRequired[str | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class CreateChatCommand(TypedDict):
    """Creates a group or channel that you own, or finds or creates a direct chat."""

    type: Literal["CREATE_CHAT"]
    # The name; by default `Chat YYYY-MM-DD HH:MM`. A direct chat has no name.
    name: NotRequired[str | None]
    # A private group (the default), a public channel, or a direct chat with one other user.
    kind: NotRequired[NewChatKind | None]
    # The description.
    description: NotRequired[str | None]
    # Initial members, by id or username; for a direct chat, the other user.
    members: NotRequired[list[str] | None]
    # An id chosen by the client, so that repeating the command returns the chat already created. The id of a deleted
    # chat cannot be used again.
    id: NotRequired[str | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class CreateUploadCommand(TypedDict):
    """Starts the upload of a file to a chat, and returns the address to PUT its bytes to."""

    type: Literal["CREATE_UPLOAD"]
    # The chat's id, or `#name` of a channel; required for an attachment, absent for an avatar.
    chatId: NotRequired[str | None]
    # The use of the file.
    purpose: NotRequired[Literal["attachment"] | Literal["avatar"]]
    # The file's name, without a path.
    name: str
    # Size in bytes; exactly this many must follow.
    size: int
    # The media type, for example `image/png`.
    mimeType: str
    # Width of an image in pixels, so that clients can lay it out before they have loaded it.
    width: NotRequired[int | None]
    # Height of an image in pixels.
    height: NotRequired[int | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class CreateUserCommand(TypedDict):
    """Creates an account for somebody else; for admins."""

    type: Literal["CREATE_USER"]
    # The username.
    username: str
    # The password.
    password: str
    # The e-mail address, which also works for log-in; it counts as confirmed.
    email: NotRequired[str | None]
    # The name shown to people; by default the username.
    displayName: NotRequired[str | None]
    # The role on the server; `member` by default.
    role: NotRequired[ServerRole | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class DeleteAccountCommand(TypedDict):
    """Deletes your account permanently; your messages stay, without your name."""

    type: Literal["DELETE_ACCOUNT"]
    # Your password, because this cannot be undone.
    password: str
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class DeleteBotCommand(TypedDict):
    """Deletes one of your bots; its messages stay, its tokens stop working."""

    type: Literal["DELETE_BOT"]
    # The bot, by id or username.
    userId: str
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class DeleteChatCommand(TypedDict):
    """Deletes a chat and all its messages permanently."""

    type: Literal["DELETE_CHAT"]
    # Its id, or `#name` of a channel.
    chatId: str
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class DeleteMessageCommand(TypedDict):
    """Deletes a message: your own, or any as an owner or admin of the chat."""

    type: Literal["DELETE_MESSAGE"]
    # The chat's id, or `#name` of a channel.
    chatId: str
    # The message's id.
    messageId: str
    # Reason, shown to everybody in the chat.
    reason: NotRequired[str | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class DisconnectUserCommand(TypedDict):
    """Disconnects a user, who may reconnect; for moderators."""

    type: Literal["DISCONNECT_USER"]
    # The user, by id or username.
    userId: str
    # Reason, recorded in the audit log.
    reason: NotRequired[str | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class EditMessageCommand(TypedDict):
    """Edits one of your messages."""

    type: Literal["EDIT_MESSAGE"]
    # The chat's id, or `#name` of a channel.
    chatId: str
    # The message's id.
    messageId: str
    # The new text: at most `limits.contentChars` characters (a bot's: 65,536 bytes, like a stream), not only white
    # space. May be empty if the message has attachments.
    content: str
    # The new list of files; by default the files stay.
    attachments: NotRequired[list[AttachmentInput] | None]
    # New application data; by default the current data stays.
    metadata: NotRequired[dict[str, Any] | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class EndStreamCommand(TypedDict):
    """Ends a stream and stores its text as one message."""

    type: Literal["END_STREAM"]
    # The chat's id, or `#name` of a channel.
    chatId: str
    # The id of the streamed message.
    messageId: str
    # The final text, if it differs from the pieces; at most 65,536 bytes.
    content: NotRequired[str | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class ExportMyDataCommand(TypedDict):
    """Exports your profile, chats, messages, reactions, sessions and tokens as JSON lines to download."""

    type: Literal["EXPORT_MY_DATA"]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetAccountsCommand(TypedDict):
    """Lists accounts with their email addresses and bans; for admins."""

    type: Literal["GET_ACCOUNTS"]
    # Only this user, by id, username or e-mail address.
    userId: NotRequired[str | None]
    # Part of the username or display name, ignoring case; or a complete e-mail address, confirmed or not.
    search: NotRequired[str | None]
    # Maximum number of items: 1 to 200, by default 50.
    limit: NotRequired[int | None]
    # The `nextCursor` of the previous page.
    cursor: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetApiTokensCommand(TypedDict):
    """Lists your API tokens and those of your bots."""

    type: Literal["GET_API_TOKENS"]
    # The user, by id, username or e-mail address; for admins. By default you.
    userId: NotRequired[str | None]
    # The `nextCursor` of the previous page.
    cursor: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetAuditLogCommand(TypedDict):
    """Lists moderation actions, newest first; for moderators."""

    type: Literal["GET_AUDIT_LOG"]
    # Maximum number of items: 1 to 200, by default 50.
    limit: NotRequired[int | None]
    # The `nextCursor` of the previous page.
    cursor: NotRequired[str | None]
    # Only entries by this user.
    actorId: NotRequired[str | None]
    # Only entries about this user, message or chat.
    targetId: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetBotsCommand(TypedDict):
    """Lists your bots."""

    type: Literal["GET_BOTS"]
    # The `nextCursor` of the previous page.
    cursor: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetChatCommand(TypedDict):
    """Gets a chat, and the digest of its state if requested."""

    type: Literal["GET_CHAT"]
    # Its id, or `#name` of a channel.
    chatId: str
    # True to include the digest of the chat's durable state. It costs as much as 10 commands, plus one per 1,000
    # changes, and is refused with TOO_LARGE beyond 20,000 changes.
    digest: NotRequired[bool]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetChatsCommand(TypedDict):
    """Lists your chats, all channels, or your archived chats, newest activity first."""

    type: Literal["GET_CHATS"]
    # Your own chats (the default), all channels, or your archived chats.
    scope: NotRequired[ChatScope | None]
    # Part of the name.
    search: NotRequired[str | None]
    # Maximum number of items: 1 to 200, by default 50.
    limit: NotRequired[int | None]
    # The `nextCursor` of the previous page.
    cursor: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetChatHistoryCommand(TypedDict):
    """Gets messages of a chat: the newest, around a position, or by page."""

    type: Literal["GET_CHAT_HISTORY"]
    # The chat's id, or `#name` of a channel.
    chatId: str
    # Maximum number of items: 1 to 200, by default 50.
    limit: NotRequired[int | None]
    # The newest messages before this `seq`.
    before: NotRequired[int | None]
    # The oldest messages after this `seq`.
    after: NotRequired[int | None]
    # The messages around this `seq`.
    around: NotRequired[int | None]
    # Page number; page 1 is the newest.
    page: NotRequired[int | None]
    # Messages per page: 1 to 200, by default 50.
    size: NotRequired[int | None]
    # Only messages of this user.
    senderId: NotRequired[str | None]
    # Only messages whose text contains this.
    search: NotRequired[str | None]
    # The `nextCursor` of a partial reply, with the same `senderId` and `search`.
    cursor: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetFileCommand(TypedDict):
    """Gets an address at which a file of a chat can be read for 15 minutes."""

    type: Literal["GET_FILE"]
    # The chat's id, or `#name` of a channel.
    chatId: str
    # The file's id.
    fileId: str
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetMeCommand(TypedDict):
    """Gets your own user."""

    type: Literal["GET_ME"]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetMembersCommand(TypedDict):
    """Lists the members of a chat with their presence."""

    type: Literal["GET_MEMBERS"]
    # Its id, or `#name` of a channel.
    chatId: str
    # Maximum number of items: 1 to 200, by default 50.
    limit: NotRequired[int | None]
    # The `nextCursor` of the previous page.
    cursor: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetMentionsCommand(TypedDict):
    """Lists the messages of your chats that mention you, newest first."""

    type: Literal["GET_MENTIONS"]
    # Maximum number of items: 1 to 200, by default 50.
    limit: NotRequired[int | None]
    # The `nextCursor` of the previous page.
    cursor: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetMessageCommand(TypedDict):
    """Gets a message."""

    type: Literal["GET_MESSAGE"]
    # The chat's id, or `#name` of a channel.
    chatId: str
    # The message's id.
    messageId: str
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetPresenceCommand(TypedDict):
    """Gets the presence of users you share a chat with."""

    type: Literal["GET_PRESENCE"]
    # At most 200 users; users who share no chat with you are left out.
    userIds: NotRequired[list[str] | None]
    # A chat you are in, by id or `#name`, instead of `userIds`: its members.
    chatId: NotRequired[str | None]
    # Maximum number of members: 1 to 200, by default 200.
    limit: NotRequired[int | None]
    # The `nextCursor` of the previous page.
    cursor: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetReadStateCommand(TypedDict):
    """Counts the members who have read a message of yours."""

    type: Literal["GET_READ_STATE"]
    # The chat's id, or `#name` of a channel.
    chatId: str
    # The id of a message of yours.
    messageId: str
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetSessionsCommand(TypedDict):
    """Lists your sessions."""

    type: Literal["GET_SESSIONS"]
    # The `nextCursor` of the previous page.
    cursor: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetSettingsCommand(TypedDict):
    """Gets your settings."""

    type: Literal["GET_SETTINGS"]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetStatsCommand(TypedDict):
    """Gets statistics of the server; for moderators."""

    type: Literal["GET_STATS"]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetUserCommand(TypedDict):
    """Gets a user by id or username."""

    type: Literal["GET_USER"]
    # The user's id.
    userId: NotRequired[str | None]
    # The username, instead of `userId`.
    username: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class GetUsersCommand(TypedDict):
    """Lists users, by part of their names or a complete e-mail address."""

    type: Literal["GET_USERS"]
    # Part of the username or display name, ignoring case; or a complete e-mail address.
    search: NotRequired[str | None]
    # Only these users, by id, in this order: at most 200. Those that do not exist are left out. Cannot be combined with
    # `search`, `notInChat` or `cursor`.
    userIds: NotRequired[list[str] | None]
    # Only users who are not in this chat: its id, or `#name` of a channel.
    notInChat: NotRequired[str | None]
    # Maximum number of items: 1 to 200, by default 50.
    limit: NotRequired[int | None]
    # The `nextCursor` of the previous page.
    cursor: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class HelpCommand(TypedDict):
    """Lists all commands, or describes one."""

    type: Literal["HELP"]
    # The command to describe.
    command: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class JoinChatCommand(TypedDict):
    """Joins a channel."""

    type: Literal["JOIN_CHAT"]
    # Its id, or `#name` of a channel.
    chatId: str
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class LeaveChatCommand(TypedDict):
    """Leaves a chat, which is deleted with its last member."""

    type: Literal["LEAVE_CHAT"]
    # Its id, or `#name` of a channel.
    chatId: str
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class LogInCommand(TypedDict):
    """Authenticates the connection by username or e-mail address and password."""

    type: Literal["LOG_IN"]
    # Your username.
    username: NotRequired[str | None]
    # The e-mail address, instead of the username.
    email: NotRequired[str | None]
    # Your password.
    password: str
    # The client's name for its device, shown by GET_SESSIONS.
    deviceId: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class LogOutCommand(TypedDict):
    """Ends this session, or all of yours; their sockets close."""

    type: Literal["LOG_OUT"]
    # True ends all of your sessions instead of this one. API tokens still work.
    everywhere: NotRequired[bool | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class MarkDeliveredCommand(TypedDict):
    """Marks messages as delivered; the server does this itself for messages it sends."""

    type: Literal["MARK_DELIVERED"]
    # Its id, or `#name` of a channel.
    chatId: str
    # The last message received; at most the newest.
    seq: int
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class MarkReadCommand(TypedDict):
    """Marks messages as read; the position never moves back."""

    type: Literal["MARK_READ"]
    # Its id, or `#name` of a channel.
    chatId: str
    # The last message read; by default, and at most, the newest.
    seq: NotRequired[int | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class MarkUnreadCommand(TypedDict):
    """Marks a chat as unread from a message on, for yourself only, until MARK_READ reaches that message."""

    type: Literal["MARK_UNREAD"]
    # Its id, or `#name` of a channel.
    chatId: str
    # The first message to be shown as unread: 1 to the chat's `seq`.
    seq: int
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class MuteChatCommand(TypedDict):
    """Mutes or unmutes a chat on your own devices, permanently or until a time."""

    type: Literal["MUTE_CHAT"]
    # Its id, or `#name` of a channel.
    chatId: str
    # Time at which the mute ends; permanent by default; `null` unmutes.
    until: NotRequired[str | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class PingCommand(TypedDict):
    """Checks that the server is alive and gets its time."""

    type: Literal["PING"]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class PinMessageCommand(TypedDict):
    """Pins a message in its chat."""

    type: Literal["PIN_MESSAGE"]
    # The chat's id, or `#name` of a channel.
    chatId: str
    # The message's id.
    messageId: str
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class RefreshTokenCommand(TypedDict):
    """Exchanges a refresh token for new tokens; reusing an old one ends the session."""

    type: Literal["REFRESH_TOKEN"]
    # The latest refresh token, valid once.
    refreshToken: str
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class RemoveMembersCommand(TypedDict):
    """Removes members from a chat; for its owners and admins."""

    type: Literal["REMOVE_MEMBERS"]
    # Its id, or `#name` of a channel.
    chatId: str
    # The users, by id or username.
    userIds: list[str]
    # Reason, shown to everybody in the chat.
    reason: NotRequired[str | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class RemoveReactionCommand(TypedDict):
    """Removes your reaction from a message."""

    type: Literal["REMOVE_REACTION"]
    # The chat's id, or `#name` of a channel.
    chatId: str
    # The message's id.
    messageId: str
    # The emoji, exactly as it was added.
    emoji: str
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class RevokeApiTokenCommand(TypedDict):
    """Revokes an API token of yours or of your bots; its sockets close."""

    type: Literal["REVOKE_API_TOKEN"]
    # The token's id, not its secret.
    tokenId: str
    # The owner of the token, by id, username or e-mail address; for admins. By default you.
    userId: NotRequired[str | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class RevokeSessionCommand(TypedDict):
    """Ends one of your sessions; its sockets close."""

    type: Literal["REVOKE_SESSION"]
    # The session's id, from GET_SESSIONS.
    sessionId: str
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class RunJobCommand(TypedDict):
    """Runs one of the server's jobs now, for example retention; for admins."""

    type: Literal["RUN_JOB"]
    # The job's name; GET_STATS lists them.
    name: str
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class SearchMessagesCommand(TypedDict):
    """Finds messages by their words, newest first, in one chat or all of yours."""

    type: Literal["SEARCH_MESSAGES"]
    # Words to find, in any case; a message matches if it contains each of them anywhere in its text.
    query: str
    # Only this chat: its id, or `#name` of a channel.
    chatId: NotRequired[str | None]
    # Only messages of this user.
    senderId: NotRequired[str | None]
    # Maximum number of items: 1 to 200, by default 50.
    limit: NotRequired[int | None]
    # The `nextCursor` of the previous page.
    cursor: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class SendMessageCommand(TypedDict):
    """Sends a message to a chat."""

    type: Literal["SEND_MESSAGE"]
    # The chat's id, or `#name` of a channel.
    chatId: str
    # The message.
    message: NotRequired[Written | None]
    # As in `message`.
    id: NotRequired[str | None]
    # As in `message`.
    content: NotRequired[str | None]
    # As in `message`.
    role: NotRequired[MessageRole | None]
    # As in `message`.
    attachments: NotRequired[list[AttachmentInput] | None]
    # As in `message`.
    replyTo: NotRequired[str | None]
    # As in `message`.
    metadata: NotRequired[dict[str, Any] | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class SendPersonalMessageCommand(TypedDict):
    """Sends a message to one user, in your direct chat."""

    type: Literal["SEND_PERSONAL_MESSAGE"]
    # The recipient, by id, username or complete e-mail address.
    to: str
    # The message.
    message: NotRequired[Written | None]
    # As in `message`.
    id: NotRequired[str | None]
    # As in `message`.
    content: NotRequired[str | None]
    # As in `message`.
    role: NotRequired[MessageRole | None]
    # As in `message`.
    attachments: NotRequired[list[AttachmentInput] | None]
    # As in `message`.
    replyTo: NotRequired[str | None]
    # As in `message`.
    metadata: NotRequired[dict[str, Any] | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class SetCapabilitiesCommand(TypedDict):
    """Tells the server which optional frames this connection's client understands."""

    type: Literal["SET_CAPABILITIES"]
    # True to get simultaneous presence changes in one PRESENCE with `users`; by default unchanged.
    presenceBatches: NotRequired[bool | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class SetHoldCommand(TypedDict):
    """Puts a chat on hold, so that nothing in it is edited, deleted or removed by retention; for admins."""

    type: Literal["SET_HOLD"]
    # Its id, or `#name` of a channel; you need not be a member.
    chatId: str
    # True protects everything in the chat from edits, deletion and retention; false ends the protection.
    hold: bool
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class SetPresenceCommand(TypedDict):
    """Sets whether you are online or away."""

    type: Literal["SET_PRESENCE"]
    # `away` while this connection is inactive. You are online while any of your connections is.
    status: OwnStatus
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class SetTypingCommand(TypedDict):
    """Shows the other members that you are typing, or have stopped."""

    type: Literal["SET_TYPING"]
    # The chat's id, or `#name` of a channel.
    chatId: str
    # True while you are typing; expires after 10 seconds, when you send a message, and with the connection.
    typing: bool
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class SetUserPasswordCommand(TypedDict):
    """Sets a user's password and ends the user's sessions; for admins."""

    type: Literal["SET_USER_PASSWORD"]
    # The user, by id, username or e-mail address.
    userId: str
    # The new password.
    newPassword: str
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class SetUserRoleCommand(TypedDict):
    """Changes a user's role on the server; for admins."""

    type: Literal["SET_USER_ROLE"]
    # The user, by id or username; for admins also by e-mail address.
    userId: str
    # The new role.
    role: ServerRole
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class SignUpCommand(TypedDict):
    """Creates an account and logs you in."""

    type: Literal["SIGN_UP"]
    # The username; generated by default if an e-mail address is given.
    username: NotRequired[str | None]
    # The new account's password.
    password: str
    # The e-mail address, which also works for log-in; hidden from others.
    email: NotRequired[str | None]
    # The name shown to people; by default the username.
    displayName: NotRequired[str | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class StartStreamCommand(TypedDict):
    """Starts a message that others can read while it is being written; for bots."""

    type: Literal["START_STREAM"]
    # The chat's id, or `#name` of a channel.
    chatId: str
    # Properties of the message that are known in advance.
    message: NotRequired[Streamed | None]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class StopStreamCommand(TypedDict):
    """Asks the author of a stream to stop."""

    type: Literal["STOP_STREAM"]
    # The chat's id, or `#name` of a channel.
    chatId: str
    # The id of the streamed message.
    messageId: str
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class SyncCommand(TypedDict):
    """Catches up after a reconnect: gets everything that has changed since the given positions."""

    type: Literal["SYNC"]
    # The last `seq` you have seen of each chat you know; at most 2,000 chats.
    chats: dict[str, int]
    # The latest `cursor` you received; the reply then includes the users and settings that changed since.
    cursor: NotRequired[str | None]
    # Maximum number of messages per chat: 1 to 200, by default 200.
    limit: NotRequired[int | None]
    # True to include the digest of each requested chat that the reply brings up to date, as far as your budget reaches:
    # it costs as much as 10 commands, and each digest beyond the first that has to be computed 10 more, plus one per
    # 1,000 changes. A chat with more than 20,000 changes has none.
    digest: NotRequired[bool]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class UnbanMemberCommand(TypedDict):
    """Lifts a ban from a chat; for its owners and admins."""

    type: Literal["UNBAN_MEMBER"]
    # Its id, or `#name` of a channel.
    chatId: str
    # The user, by id or username.
    userId: str
    # Reason, shown to everybody in the chat.
    reason: NotRequired[str | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class UnbanUserCommand(TypedDict):
    """Lifts a user's ban from the server; for moderators."""

    type: Literal["UNBAN_USER"]
    # The user, by id or username; for admins also by e-mail address.
    userId: str
    # Reason, recorded in the audit log.
    reason: NotRequired[str | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class UnpinMessageCommand(TypedDict):
    """Unpins a message."""

    type: Literal["UNPIN_MESSAGE"]
    # The chat's id, or `#name` of a channel.
    chatId: str
    # The message's id.
    messageId: str
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class UpdateChatCommand(TypedDict):
    """Renames, describes, archives or reopens a chat, or sets who may post and how long messages are kept."""

    type: Literal["UPDATE_CHAT"]
    # Its id, or `#name` of a channel.
    chatId: str
    # The name.
    name: NotRequired[str | None]
    # The description; empty removes it.
    description: NotRequired[str | None]
    # False archives the chat, which is then read-only; true reopens it.
    active: NotRequired[bool | None]
    # `admins` lets only owners and admins post; everybody else still reads and reacts. `everyone` is the default.
    posting: NotRequired[Posting | None]
    # Days after which messages are removed permanently; at most the server's `RETENTION_DAYS`, which null applies
    # again. For owners.
    retentionDays: NotRequired[int | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class UpdateMemberCommand(TypedDict):
    """Changes a member's role; for the chat's owners."""

    type: Literal["UPDATE_MEMBER"]
    # Its id, or `#name` of a channel.
    chatId: str
    # The user, by id or username.
    userId: str
    # The new role. An owner may step down after making another member an owner.
    role: ChatRole
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class UpdateSettingsCommand(TypedDict):
    """Changes your settings on all of your devices."""

    type: Literal["UPDATE_SETTINGS"]
    # The changes as a JSON Merge Patch: objects are merged, null removes. The whole document may have at most 16 KiB.
    settings: dict[str, Any]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class UpdateUserCommand(TypedDict):
    """Changes your profile."""

    type: Literal["UPDATE_USER"]
    # The name shown to people.
    displayName: NotRequired[str | None]
    # Your username.
    username: NotRequired[str | None]
    # The e-mail address, which also works for log-in; null removes it. Others can find you by it once an administrator
    # has confirmed it.
    email: NotRequired[str | None]
    # The http or https address of a picture, or the `url` of an avatar that you have uploaded; null removes it.
    avatarUrl: NotRequired[str | None]
    # Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first
    # result with duplicate:true and has no further effect.
    opId: NotRequired[str]
    # Your trace and the span that sends the command, as in W3C Trace Context.
    traceparent: NotRequired[str]


class AccountDeletedFrame(TypedDict):
    """The account is deleted. Its messages stay; their sender is shown as deleted."""

    type: Literal["ACCOUNT_DELETED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The id of the deleted user.
    userId: str


class AccountListFrame(TypedDict):
    """Accounts, sorted by username."""

    type: Literal["ACCOUNT_LIST"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The accounts.
    accounts: list[AccountDetails]
    # Cursor of the next page; absent on the last page.
    nextCursor: NotRequired[str]


class ApiTokenCreatedFrame(TypedDict):
    """The new token; its secret is shown only here."""

    type: Literal["API_TOKEN_CREATED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The token without its secret.
    token: Token
    # The secret to authenticate with.
    secret: str


class ApiTokenListFrame(TypedDict):
    """Tokens, newest first, without their secrets."""

    type: Literal["API_TOKEN_LIST"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The tokens.
    tokens: list[Token]
    # Cursor of the next page; absent on the last page.
    nextCursor: NotRequired[str]


class ApiTokenRevokedFrame(TypedDict):
    """The token is revoked; its sockets close with 4401."""

    type: Literal["API_TOKEN_REVOKED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The token's id.
    tokenId: str


class AuditLogFrame(TypedDict):
    """Entries of the audit log, newest first."""

    type: Literal["AUDIT_LOG"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The entries.
    entries: list[AuditEntry]
    # Cursor of the next page; absent on the last page.
    nextCursor: NotRequired[str]


class AuthenticatedFrame(TypedDict):
    """The connection is authenticated; the tokens are for later connections."""

    type: Literal["AUTHENTICATED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The user.
    user: User
    # The cursor for SYNC.
    cursor: str
    # A token for handshakes and AUTHENTICATE.
    accessToken: NotRequired[str]
    # Time at which it expires.
    accessTokenExpiresAt: NotRequired[str]
    # A token for one REFRESH_TOKEN.
    refreshToken: NotRequired[str]
    # Time at which it expires.
    refreshTokenExpiresAt: NotRequired[str]


class BotDeletedFrame(TypedDict):
    """A bot was deleted; sent to its owner and everybody who shared a chat with it."""

    type: Literal["BOT_DELETED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The bot's id.
    userId: str


class BotListFrame(TypedDict):
    """The caller's bots, by username."""

    type: Literal["BOT_LIST"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The bots, including bots owned by other bots of yours.
    bots: list[User]
    # Cursor of the next page; absent on the last page.
    nextCursor: NotRequired[str]


class CapabilitiesFrame(TypedDict):
    """The optional forms of frames that this connection's client understands."""

    type: Literal["CAPABILITIES"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # True if PRESENCE may have `users`.
    presenceBatches: bool


class ChannelListedFrame(TypedDict):
    """A new channel, announced to everybody connected; takes no `seq`."""

    type: Literal["CHANNEL_LISTED"]
    # The channel.
    chat: Chat


class ChatFrame(TypedDict):
    """One chat."""

    type: Literal["CHAT"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat as you see it.
    chat: Chat
    # The digest of the chat's durable state at `chat.seq`, as 64 hexadecimal digits, if requested.
    digest: NotRequired[str]


class ChatDeletedFrame(TypedDict):
    """The chat was deleted."""

    type: Literal["CHAT_DELETED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The user who deleted the chat.
    by: str


class ChatHistoryFrame(TypedDict):
    """Messages, oldest first; deleted ones as tombstones."""

    type: Literal["CHAT_HISTORY"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat.
    chatId: str
    # The messages, oldest first.
    messages: list[Message]
    # True if there are more messages in the reading direction.
    hasMore: bool
    # The latest `seq` of the chat.
    seq: int
    # Total number of messages; only with `page`, and only if they could be counted in time.
    total: NotRequired[int]
    # The requested page.
    page: NotRequired[int]
    # Messages per page.
    size: NotRequired[int]
    # Number of pages.
    pages: NotRequired[int]
    # True if the search took too long to fill the page or to count: `nextCursor` continues where it stopped.
    partial: NotRequired[bool]
    # Cursor that continues a partial reply.
    nextCursor: NotRequired[str]


class ChatListFrame(TypedDict):
    """Chats, newest activity first.

    Paging misses no chat; one that becomes active while you page may appear again on the last pages.
    """

    type: Literal["CHAT_LIST"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chats as you see them.
    chats: list[Chat]
    # Cursor of the next page; absent on the last page.
    nextCursor: NotRequired[str]


class ChatMarkedUnreadFrame(TypedDict):
    """The user marked a chat as unread from a message on; sent only to the user's own devices.

    GET_CHAT has the counts.
    """

    type: Literal["CHAT_MARKED_UNREAD"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The first message marked as unread; a position that does not advance the chat's `seq`.
    unreadFromSeq: int
    # True if the chat was already marked from that message.
    duplicate: NotRequired[bool]


class ChatMutedFrame(TypedDict):
    """The user muted or unmuted a chat; sent only to the user's own devices."""

    type: Literal["CHAT_MUTED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # No notifications.
    muted: bool
    # Time at which the mute ends; absent if permanent.
    until: NotRequired[str]
    # True if the request changed nothing.
    duplicate: NotRequired[bool]


class ChatUpdatedFrame(TypedDict):
    """The chat's name, description or archive state changed."""

    type: Literal["CHAT_UPDATED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The event's `seq`.
    seq: int
    # The chat as it is now.
    chat: Chat
    # The user who made the change.
    by: str
    # True if the request changed nothing.
    duplicate: NotRequired[bool]


class ConnectedFrame(TypedDict):
    """The first frame of every connection."""

    type: Literal["CONNECTED"]
    # The protocol's version.
    protocol: int
    # The server's name and version.
    server: str
    # The connection's id.
    connectionId: str
    # True if the handshake carried valid credentials.
    authenticated: bool
    # The authenticated user.
    user: NotRequired[User]
    # The cursor for SYNC, if the connection is authenticated.
    cursor: NotRequired[str]
    # Interval in milliseconds at which an idle client is pinged.
    heartbeatMs: int
    # Limits on one client.
    limits: Limits


class EmailConfirmedFrame(TypedDict):
    """A user's e-mail address is confirmed."""

    type: Literal["EMAIL_CONFIRMED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The user.
    userId: str
    # The address that is confirmed.
    email: str
    # The user who did it.
    by: str
    # True if the address was confirmed already.
    duplicate: NotRequired[bool]


class ErrorFrame(TypedDict):
    """An error reply, or the reason why the connection ends."""

    type: Literal["ERROR"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The command.
    command: NotRequired[str]
    # The error's code.
    code: Code
    # A message for people.
    error: str
    # The path of the field to correct, for example `message.content`.
    field: NotRequired[str]
    # Milliseconds to wait before trying again.
    retryAfterMs: NotRequired[int]


class ExportReadyFrame(TypedDict):
    """The address of an export, sent to the caller only."""

    type: Literal["EXPORT_READY"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The address to download from; anyone who has it can use it.
    url: str
    # Time at which the address expires.
    expiresAt: str


class FileFrame(TypedDict):
    """A file and the address to read it from."""

    type: Literal["FILE"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The file.
    file: File
    # The address to GET the bytes from; anyone who has it can use it, for as long as you may read the chat.
    url: str
    # Time at which the address expires.
    expiresAt: str


class HelpFrame(TypedDict):
    """A summary of all commands, or one command in full."""

    type: Literal["HELP"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # All commands.
    commands: NotRequired[list[CommandSummary]]
    # The requested command.
    command: NotRequired[str]
    # A summary of the command.
    summary: NotRequired[str]
    # Its fields.
    fields: NotRequired[list[Field]]
    # An example ready to paste.
    example: NotRequired[Any]


class HistoryTrimmedFrame(TypedDict):
    """Retention removed the oldest messages of a chat.

    They leave no tombstones: discard messages below `beforeSeq`, and fetch the chat again for its counts and pinned
    messages.
    """

    type: Literal["HISTORY_TRIMMED"]
    # The chat's id.
    chatId: str
    # The event's `seq`.
    seq: int
    # The chat's `firstSeq` from now on.
    beforeSeq: int


class HoldChangedFrame(TypedDict):
    """An admin of the server put the chat on hold, or released it."""

    type: Literal["HOLD_CHANGED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The event's `seq`.
    seq: int
    # True if nothing in the chat may be edited, deleted or removed by retention.
    hold: bool
    # The user who did it.
    by: str
    # True if the request changed nothing.
    duplicate: NotRequired[bool]


class JobRanFrame(TypedDict):
    """A job ran."""

    type: Literal["JOB_RAN"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The job, with this run.
    job: JobStatus


class LaggedFrame(TypedDict):
    """Events that the client missed. Without a chat, events of any kind: answer with SYNC and the latest cursor."""

    type: Literal["LAGGED"]
    # The chat whose events were missed.
    chatId: NotRequired[str]
    # The first event missed.
    fromSeq: NotRequired[int]
    # The last event missed.
    toSeq: NotRequired[int]


class LoggedOutFrame(TypedDict):
    """The session and its tokens are revoked; its sockets close with 4401."""

    type: Literal["LOGGED_OUT"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # True if all of your sessions ended.
    everywhere: bool


class MembersAddedFrame(TypedDict):
    """Users joined or were added."""

    type: Literal["MEMBERS_ADDED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The event's `seq`.
    seq: int
    # The new members.
    members: list[Member]
    # The user who added them, or who joined.
    by: str
    # Only in the reply to JOIN_CHAT.
    chat: NotRequired[Chat]
    # True if they were already members.
    duplicate: NotRequired[bool]


class MembersRemovedFrame(TypedDict):
    """Users left or were removed."""

    type: Literal["MEMBERS_REMOVED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The event's `seq`.
    seq: int
    # The former members.
    userIds: list[str]
    # The user who removed them, or who left.
    by: str
    # The reason given.
    reason: NotRequired[str]
    # True if they were not members.
    duplicate: NotRequired[bool]


class MemberBannedFrame(TypedDict):
    """A user was banned from the chat. If they were a member, this is the last event they receive from it."""

    type: Literal["MEMBER_BANNED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The event's `seq`.
    seq: int
    # The banned user.
    userId: str
    # The user who imposed the ban.
    by: str
    # The reason given.
    reason: NotRequired[str]
    # Time at which the ban ends; absent if permanent.
    until: NotRequired[str]
    # True if the request changed nothing.
    duplicate: NotRequired[bool]


class MemberListFrame(TypedDict):
    """Members of a chat."""

    type: Literal["MEMBER_LIST"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat.
    chatId: str
    # Its members.
    members: list[ListedMember]
    # Cursor of the next page; absent on the last page.
    nextCursor: NotRequired[str]


class MemberUnbannedFrame(TypedDict):
    """A user's ban from the chat was lifted."""

    type: Literal["MEMBER_UNBANNED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The event's `seq`.
    seq: int
    # The user.
    userId: str
    # The user who lifted the ban.
    by: str
    # The reason given.
    reason: NotRequired[str]
    # True if there was no ban.
    duplicate: NotRequired[bool]


class MemberUpdatedFrame(TypedDict):
    """A member's role changed."""

    type: Literal["MEMBER_UPDATED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The event's `seq`.
    seq: int
    # The user whose role changed.
    userId: str
    # The new role.
    role: ChatRole
    # The user who changed it.
    by: str
    # True if the request changed nothing.
    duplicate: NotRequired[bool]


class MentionFrame(TypedDict):
    """A message mentions the receiving member; never stored, and among the first dropped from a full queue."""

    type: Literal["MENTION"]
    # The chat's id.
    chatId: str
    # The message.
    message: Message


class MessageFrame(TypedDict):
    """One message."""

    type: Literal["MESSAGE"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The message as it is now.
    message: Message


class MessageChunkFrame(TypedDict):
    """A piece of a stream; takes no `seq`. If pieces are missing, SYNC has the text so far."""

    type: Literal["MESSAGE_CHUNK"]
    # The chat's id.
    chatId: str
    # The id of the future message.
    messageId: str
    # The next piece of the text.
    content: str
    # Index of the piece, from 0.
    index: int


class MessageDeletedFrame(TypedDict):
    """A message was deleted and replaced with a tombstone."""

    type: Literal["MESSAGE_DELETED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The event's `seq`.
    seq: int
    # The message's id.
    messageId: str
    # The tombstone.
    message: Message
    # The user who deleted it.
    by: str
    # The reason given.
    reason: NotRequired[str]
    # The messages that are still pinned, if the deleted message was pinned.
    pinned: NotRequired[list[str]]
    # True if the message was already deleted.
    duplicate: NotRequired[bool]


class MessageDeliveredFrame(TypedDict):
    """Messages up to `seq` were delivered to a member; sent to their authors.

    `seq` is a position and does not advance the chat's `seq`. In a large chat only the member's own devices receive
    this, and only for MARK_DELIVERED.
    """

    type: Literal["MESSAGE_DELIVERED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The member.
    userId: str
    # The new position.
    seq: int
    # Time of delivery.
    at: str
    # True if the position was already at or beyond `seq`.
    duplicate: NotRequired[bool]


class MessageEditedFrame(TypedDict):
    """The text of a message changed."""

    type: Literal["MESSAGE_EDITED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The event's `seq`.
    seq: int
    # The message as it is now.
    message: Message
    # True if the request changed nothing.
    duplicate: NotRequired[bool]


class MessageListFrame(TypedDict):
    """Messages, newest first."""

    type: Literal["MESSAGE_LIST"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The messages as they are now.
    messages: list[Message]
    # Cursor of the next page; absent on the last page.
    nextCursor: NotRequired[str]
    # True if the search took too long to fill the page: `nextCursor` continues where it stopped.
    partial: NotRequired[bool]


class MessagePinnedFrame(TypedDict):
    """A message was pinned."""

    type: Literal["MESSAGE_PINNED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The event's `seq`.
    seq: int
    # The message's id.
    messageId: str
    # The user who pinned it.
    by: str
    # All pinned messages, oldest pin first.
    pinned: list[str]
    # True if the message was already pinned.
    duplicate: NotRequired[bool]


class MessageReadFrame(TypedDict):
    """A member has read up to `seq`, which is a position and does not advance the chat's `seq`.

    In a large chat only the member's own devices receive this.
    """

    type: Literal["MESSAGE_READ"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The member.
    userId: str
    # The new position.
    seq: int
    # Time of reading.
    at: str
    # The position that every human member who can still read has read; a user's own messages count as read. Absent in a
    # large chat, where GET_READ_STATE counts the readers of a message.
    readByAllSeq: NotRequired[int]
    # True if the position was already at or beyond `seq`, and no unread mark was cleared.
    duplicate: NotRequired[bool]


class MessageUnpinnedFrame(TypedDict):
    """A message was unpinned."""

    type: Literal["MESSAGE_UNPINNED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The event's `seq`.
    seq: int
    # The message's id.
    messageId: str
    # The user who unpinned it.
    by: str
    # All pinned messages, oldest pin first.
    pinned: list[str]
    # True if the message was not pinned.
    duplicate: NotRequired[bool]


class NewChatFrame(TypedDict):
    """The receiving user is now a member of this chat."""

    type: Literal["NEW_CHAT"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The event's `seq`.
    seq: int
    # The chat.
    chat: Chat
    # True if the chat already existed.
    duplicate: NotRequired[bool]


class NewMessageFrame(TypedDict):
    """A message was sent."""

    type: Literal["NEW_MESSAGE"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The message's `seq`.
    seq: int
    # The message as it is now.
    message: Message
    # The direct chat; only in the reply to SEND_PERSONAL_MESSAGE.
    chat: NotRequired[Chat]
    # True if the message already existed.
    duplicate: NotRequired[bool]


class PasswordChangedFrame(TypedDict):
    """The password changed and your other sessions ended; API tokens still work."""

    type: Literal["PASSWORD_CHANGED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]


class PongFrame(TypedDict):
    """The server is alive."""

    type: Literal["PONG"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The server's time.
    serverTime: str


class PresenceFrame(TypedDict):
    """A user's presence changed; takes no `seq`.

    A connection that asked for batches with SET_CAPABILITIES gets simultaneous changes as `users`, instead of the
    fields of one user.
    """

    type: Literal["PRESENCE"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The user.
    user: User
    # The user's presence: online while any connection is, then away, then offline.
    status: PresenceStatus
    # Time of the last connection, if offline.
    lastSeenAt: NotRequired[str]
    # The changes of several users, one each; for connections that asked for batches with SET_CAPABILITIES.
    users: NotRequired[list[PresenceUpdate]]
    # True if the request changed nothing; nothing was published.
    duplicate: NotRequired[bool]


class PresenceListFrame(TypedDict):
    """Presence of users."""

    type: Literal["PRESENCE_LIST"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The presence of each user.
    presences: list[Presence]
    # Cursor of the next page; absent on the last page.
    nextCursor: NotRequired[str]


class ReactionAddedFrame(TypedDict):
    """A reaction was added."""

    type: Literal["REACTION_ADDED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The event's `seq`.
    seq: int
    # The message's id.
    messageId: str
    # The emoji.
    emoji: str
    # The user who reacted.
    user: User
    # All reactions to the message now.
    reactions: list[Reaction]
    # True if the user already had this reaction.
    duplicate: NotRequired[bool]


class ReactionRemovedFrame(TypedDict):
    """A reaction was removed."""

    type: Literal["REACTION_REMOVED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The event's `seq`.
    seq: int
    # The message's id.
    messageId: str
    # The emoji.
    emoji: str
    # The user who removed the reaction.
    user: User
    # All reactions to the message now.
    reactions: list[Reaction]
    # True if the user did not have this reaction.
    duplicate: NotRequired[bool]


class ReadStateFrame(TypedDict):
    """The number of members that a message has reached."""

    type: Literal["READ_STATE"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The message's id.
    messageId: str
    # Number of members other than its author who have read it.
    readCount: int
    # Number of members other than its author to whom it was delivered.
    deliveredCount: int
    # Number of members, its author included.
    memberCount: int


class SessionListFrame(TypedDict):
    """Your sessions, newest first."""

    type: Literal["SESSION_LIST"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The sessions.
    sessions: list[Session]
    # Cursor of the next page; absent on the last page.
    nextCursor: NotRequired[str]


class SessionRevokedFrame(TypedDict):
    """The session and its tokens are revoked; its sockets close with 4401."""

    type: Literal["SESSION_REVOKED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The session's id.
    sessionId: str


class SettingsFrame(TypedDict):
    """Your settings: a document that only your clients interpret."""

    type: Literal["SETTINGS"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The settings.
    settings: dict[str, Any]


class StatsFrame(TypedDict):
    """Statistics of the whole server."""

    type: Literal["STATS"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # Connections open on all nodes.
    connections: int
    # Accounts that are not deleted.
    users: int
    # Chats.
    chats: int
    # Messages that are not deleted.
    messages: int
    # Complete files.
    files: int
    # Their size in bytes.
    fileBytes: int
    # Number of current reactions by emoji; the 50 most frequent.
    reactions: dict[str, int]
    # Rates over the last minute, of all nodes together.
    rates: Rates
    # Figures of each node.
    nodes: list[NodeStats]
    # The server's jobs and the results of their runs.
    jobs: list[JobStatus]


class StopRequestedFrame(TypedDict):
    """Asks the author of a stream to stop; names the first user who asked."""

    type: Literal["STOP_REQUESTED"]
    # The chat's id.
    chatId: str
    # The id of the future message.
    messageId: str
    # The first user who asked.
    by: str


class StreamAppendedFrame(TypedDict):
    """A piece of a stream was accepted and published."""

    type: Literal["STREAM_APPENDED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The id of the future message.
    messageId: str
    # Index of the piece, from 0.
    index: int


class StreamStartedFrame(TypedDict):
    """A stream began; takes no `seq`."""

    type: Literal["STREAM_STARTED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The id of the future message.
    messageId: str
    # The message so far; its `seq` is 0 until the stream ends.
    message: Message
    # True if the stream was already running; nothing was published.
    duplicate: NotRequired[bool]


class StreamStoppedFrame(TypedDict):
    """The author is asked to stop. For members: the stream ended without a message."""

    type: Literal["STREAM_STOPPED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat's id.
    chatId: str
    # The message's id.
    messageId: str
    # True if the author had already been asked, or the stream had ended.
    duplicate: NotRequired[bool]


class SyncedFrame(TypedDict):
    """Changes since the given positions."""

    type: Literal["SYNCED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The requested chats.
    chats: list[SyncedChat]
    # Your chats that were not in the request.
    newChats: list[NewSyncedChat]
    # Requested chats that you are not a member of.
    removedChatIds: list[str]
    # Chats that did not fit into this reply, requested or not: request these next, from the positions you have or from
    # 0.
    pending: NotRequired[list[str]]
    # Send this with the next SYNC.
    cursor: str
    # You, and the users who share a chat with you, if their profiles changed since your cursor; absent without one.
    users: NotRequired[list[SyncedUser]]
    # Your settings, if they changed since your cursor.
    settings: NotRequired[dict[str, Any]]


class TokenExpiringFrame(TypedDict):
    """Warns a connection that its token is about to expire; AUTHENTICATE with a new token keeps it open."""

    type: Literal["TOKEN_EXPIRING"]
    # The time at which the connection closes with 4401.
    expiresAt: str


class TypingFrame(TypedDict):
    """A member started or stopped typing; takes no `seq`."""

    type: Literal["TYPING"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The chat.
    chatId: str
    # The user.
    user: User
    # True while the member is typing.
    typing: bool
    # Time at which the typing state expires.
    expiresAt: NotRequired[str]
    # True if it was already published.
    duplicate: NotRequired[bool]


class UploadCreatedFrame(TypedDict):
    """The upload was created. PUT the bytes to `uploadUrl`, then send a message with `attachments: [{"id": …}]`."""

    type: Literal["UPLOAD_CREATED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The file.
    file: File
    # The address to PUT the bytes to; anyone who has it can use it.
    uploadUrl: str
    # Time at which the address expires, together with an unfinished upload.
    expiresAt: str
    # True if the same command with the same `opId` has created the upload before.
    duplicate: NotRequired[bool]


class UserFrame(TypedDict):
    """A user."""

    type: Literal["USER"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The user.
    user: User


class UserBannedFrame(TypedDict):
    """A user is banned; the user's sockets close with 4403."""

    type: Literal["USER_BANNED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The user.
    userId: str
    # The user who imposed the ban.
    by: str
    # The reason given.
    reason: NotRequired[str]
    # Time at which the ban ends; absent if permanent.
    until: NotRequired[str]
    # True if the request changed nothing.
    duplicate: NotRequired[bool]


class UserCreatedFrame(TypedDict):
    """An account was created."""

    type: Literal["USER_CREATED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The new user, with the e-mail address.
    user: User
    # True if the same command with the same `opId` has created the account before.
    duplicate: NotRequired[bool]


class UserDisconnectedFrame(TypedDict):
    """A user's sockets close with 4403; the user may reconnect."""

    type: Literal["USER_DISCONNECTED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The user.
    userId: str
    # The user who disconnected them.
    by: str
    # The reason given.
    reason: NotRequired[str]


class UserListFrame(TypedDict):
    """Users, sorted by username unless the command has `userIds`."""

    type: Literal["USER_LIST"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The users.
    users: list[User]
    # Cursor of the next page; absent on the last page.
    nextCursor: NotRequired[str]


class UserPasswordSetFrame(TypedDict):
    """The user's password was set. The user's sessions ended; API tokens still work."""

    type: Literal["USER_PASSWORD_SET"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The user.
    userId: str
    # The user who set it.
    by: str


class UserRoleChangedFrame(TypedDict):
    """A user's role changed; the user receives this too."""

    type: Literal["USER_ROLE_CHANGED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The user whose role changed.
    userId: str
    # The new role.
    role: ServerRole
    # The user who changed it.
    by: str
    # True if the request changed nothing.
    duplicate: NotRequired[bool]


class UserUnbannedFrame(TypedDict):
    """A user's ban is lifted."""

    type: Literal["USER_UNBANNED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The user.
    userId: str
    # The user who lifted the ban.
    by: str
    # The reason given.
    reason: NotRequired[str]
    # True if there was no ban.
    duplicate: NotRequired[bool]


class UserUpdatedFrame(TypedDict):
    """A user's profile changed; sent to everybody who shares a chat with the user."""

    type: Literal["USER_UPDATED"]
    # Chosen by the client; the reply carries it unchanged.
    requestId: NotRequired[str | int]
    # The user as others see them now.
    user: User
    # True if the request changed nothing.
    duplicate: NotRequired[bool]


Command: TypeAlias = (
    AddMembersCommand
    | AddReactionCommand
    | AppendStreamCommand
    | AuthenticateCommand
    | BanMemberCommand
    | BanUserCommand
    | ChangePasswordCommand
    | ConfirmEmailCommand
    | CreateApiTokenCommand
    | CreateChatCommand
    | CreateUploadCommand
    | CreateUserCommand
    | DeleteAccountCommand
    | DeleteBotCommand
    | DeleteChatCommand
    | DeleteMessageCommand
    | DisconnectUserCommand
    | EditMessageCommand
    | EndStreamCommand
    | ExportMyDataCommand
    | GetAccountsCommand
    | GetApiTokensCommand
    | GetAuditLogCommand
    | GetBotsCommand
    | GetChatCommand
    | GetChatsCommand
    | GetChatHistoryCommand
    | GetFileCommand
    | GetMeCommand
    | GetMembersCommand
    | GetMentionsCommand
    | GetMessageCommand
    | GetPresenceCommand
    | GetReadStateCommand
    | GetSessionsCommand
    | GetSettingsCommand
    | GetStatsCommand
    | GetUserCommand
    | GetUsersCommand
    | HelpCommand
    | JoinChatCommand
    | LeaveChatCommand
    | LogInCommand
    | LogOutCommand
    | MarkDeliveredCommand
    | MarkReadCommand
    | MarkUnreadCommand
    | MuteChatCommand
    | PingCommand
    | PinMessageCommand
    | RefreshTokenCommand
    | RemoveMembersCommand
    | RemoveReactionCommand
    | RevokeApiTokenCommand
    | RevokeSessionCommand
    | RunJobCommand
    | SearchMessagesCommand
    | SendMessageCommand
    | SendPersonalMessageCommand
    | SetCapabilitiesCommand
    | SetHoldCommand
    | SetPresenceCommand
    | SetTypingCommand
    | SetUserPasswordCommand
    | SetUserRoleCommand
    | SignUpCommand
    | StartStreamCommand
    | StopStreamCommand
    | SyncCommand
    | UnbanMemberCommand
    | UnbanUserCommand
    | UnpinMessageCommand
    | UpdateChatCommand
    | UpdateMemberCommand
    | UpdateSettingsCommand
    | UpdateUserCommand
)
"""Everything that a client can send."""

ServerFrame: TypeAlias = (
    AccountDeletedFrame
    | AccountListFrame
    | ApiTokenCreatedFrame
    | ApiTokenListFrame
    | ApiTokenRevokedFrame
    | AuditLogFrame
    | AuthenticatedFrame
    | BotDeletedFrame
    | BotListFrame
    | CapabilitiesFrame
    | ChannelListedFrame
    | ChatFrame
    | ChatDeletedFrame
    | ChatHistoryFrame
    | ChatListFrame
    | ChatMarkedUnreadFrame
    | ChatMutedFrame
    | ChatUpdatedFrame
    | ConnectedFrame
    | EmailConfirmedFrame
    | ErrorFrame
    | ExportReadyFrame
    | FileFrame
    | HelpFrame
    | HistoryTrimmedFrame
    | HoldChangedFrame
    | JobRanFrame
    | LaggedFrame
    | LoggedOutFrame
    | MembersAddedFrame
    | MembersRemovedFrame
    | MemberBannedFrame
    | MemberListFrame
    | MemberUnbannedFrame
    | MemberUpdatedFrame
    | MentionFrame
    | MessageFrame
    | MessageChunkFrame
    | MessageDeletedFrame
    | MessageDeliveredFrame
    | MessageEditedFrame
    | MessageListFrame
    | MessagePinnedFrame
    | MessageReadFrame
    | MessageUnpinnedFrame
    | NewChatFrame
    | NewMessageFrame
    | PasswordChangedFrame
    | PongFrame
    | PresenceFrame
    | PresenceListFrame
    | ReactionAddedFrame
    | ReactionRemovedFrame
    | ReadStateFrame
    | SessionListFrame
    | SessionRevokedFrame
    | SettingsFrame
    | StatsFrame
    | StopRequestedFrame
    | StreamAppendedFrame
    | StreamStartedFrame
    | StreamStoppedFrame
    | SyncedFrame
    | TokenExpiringFrame
    | TypingFrame
    | UploadCreatedFrame
    | UserFrame
    | UserBannedFrame
    | UserCreatedFrame
    | UserDisconnectedFrame
    | UserListFrame
    | UserPasswordSetFrame
    | UserRoleChangedFrame
    | UserUnbannedFrame
    | UserUpdatedFrame
)
"""Everything that the server sends."""

TICKS: frozenset[str] = frozenset(
    {
        "CHAT_UPDATED",
        "HISTORY_TRIMMED",
        "HOLD_CHANGED",
        "MEMBERS_ADDED",
        "MEMBERS_REMOVED",
        "MEMBER_BANNED",
        "MEMBER_UNBANNED",
        "MEMBER_UPDATED",
        "MESSAGE_DELETED",
        "MESSAGE_EDITED",
        "MESSAGE_PINNED",
        "MESSAGE_UNPINNED",
        "NEW_CHAT",
        "NEW_MESSAGE",
        "REACTION_ADDED",
        "REACTION_REMOVED",
    }
)
"""Events that take the next `seq` of their chat."""

REPEATABLE: frozenset[str] = frozenset(
    {
        "AUTHENTICATE",
        "GET_ACCOUNTS",
        "GET_API_TOKENS",
        "GET_AUDIT_LOG",
        "GET_BOTS",
        "GET_CHAT",
        "GET_CHATS",
        "GET_CHAT_HISTORY",
        "GET_FILE",
        "GET_ME",
        "GET_MEMBERS",
        "GET_MENTIONS",
        "GET_MESSAGE",
        "GET_PRESENCE",
        "GET_READ_STATE",
        "GET_SESSIONS",
        "GET_SETTINGS",
        "GET_STATS",
        "GET_USER",
        "GET_USERS",
        "HELP",
        "PING",
        "SEARCH_MESSAGES",
        "SET_CAPABILITIES",
        "SET_PRESENCE",
        "SYNC",
    }
)
"""Commands that may be sent again without an `opId` if the reply was lost."""

REPEATABLE_WITH_ID: frozenset[str] = frozenset({"CREATE_CHAT", "SEND_MESSAGE"})
"""Commands that may be resent if they name the id of what they create."""

WITHOUT_OP_ID: frozenset[str] = frozenset(
    {
        "APPEND_STREAM",
        "EXPORT_MY_DATA",
        "LOG_IN",
        "LOG_OUT",
        "REFRESH_TOKEN",
        "SET_TYPING",
        "SIGN_UP",
        "START_STREAM",
        "STOP_STREAM",
    }
)
"""Other commands that take no `opId`; all that are in none of these lists do."""


class Ask(Protocol):
    """Sends a command and returns its reply."""

    @overload
    async def __call__(self, command: AddMembersCommand, /, *, timeout: float | None = None) -> MembersAddedFrame: ...

    @overload
    async def __call__(self, command: AddReactionCommand, /, *, timeout: float | None = None) -> ReactionAddedFrame: ...

    @overload
    async def __call__(
        self, command: AppendStreamCommand, /, *, timeout: float | None = None
    ) -> StreamAppendedFrame: ...

    @overload
    async def __call__(
        self, command: AuthenticateCommand, /, *, timeout: float | None = None
    ) -> AuthenticatedFrame: ...

    @overload
    async def __call__(self, command: BanMemberCommand, /, *, timeout: float | None = None) -> MemberBannedFrame: ...

    @overload
    async def __call__(self, command: BanUserCommand, /, *, timeout: float | None = None) -> UserBannedFrame: ...

    @overload
    async def __call__(
        self, command: ChangePasswordCommand, /, *, timeout: float | None = None
    ) -> PasswordChangedFrame: ...

    @overload
    async def __call__(
        self, command: ConfirmEmailCommand, /, *, timeout: float | None = None
    ) -> EmailConfirmedFrame: ...

    @overload
    async def __call__(
        self, command: CreateApiTokenCommand, /, *, timeout: float | None = None
    ) -> ApiTokenCreatedFrame: ...

    @overload
    async def __call__(self, command: CreateChatCommand, /, *, timeout: float | None = None) -> NewChatFrame: ...

    @overload
    async def __call__(
        self, command: CreateUploadCommand, /, *, timeout: float | None = None
    ) -> UploadCreatedFrame: ...

    @overload
    async def __call__(self, command: CreateUserCommand, /, *, timeout: float | None = None) -> UserCreatedFrame: ...

    @overload
    async def __call__(
        self, command: DeleteAccountCommand, /, *, timeout: float | None = None
    ) -> AccountDeletedFrame: ...

    @overload
    async def __call__(self, command: DeleteBotCommand, /, *, timeout: float | None = None) -> BotDeletedFrame: ...

    @overload
    async def __call__(self, command: DeleteChatCommand, /, *, timeout: float | None = None) -> ChatDeletedFrame: ...

    @overload
    async def __call__(
        self, command: DeleteMessageCommand, /, *, timeout: float | None = None
    ) -> MessageDeletedFrame: ...

    @overload
    async def __call__(
        self, command: DisconnectUserCommand, /, *, timeout: float | None = None
    ) -> UserDisconnectedFrame: ...

    @overload
    async def __call__(self, command: EditMessageCommand, /, *, timeout: float | None = None) -> MessageEditedFrame: ...

    @overload
    async def __call__(self, command: EndStreamCommand, /, *, timeout: float | None = None) -> NewMessageFrame: ...

    @overload
    async def __call__(self, command: ExportMyDataCommand, /, *, timeout: float | None = None) -> ExportReadyFrame: ...

    @overload
    async def __call__(self, command: GetAccountsCommand, /, *, timeout: float | None = None) -> AccountListFrame: ...

    @overload
    async def __call__(self, command: GetApiTokensCommand, /, *, timeout: float | None = None) -> ApiTokenListFrame: ...

    @overload
    async def __call__(self, command: GetAuditLogCommand, /, *, timeout: float | None = None) -> AuditLogFrame: ...

    @overload
    async def __call__(self, command: GetBotsCommand, /, *, timeout: float | None = None) -> BotListFrame: ...

    @overload
    async def __call__(self, command: GetChatCommand, /, *, timeout: float | None = None) -> ChatFrame: ...

    @overload
    async def __call__(self, command: GetChatsCommand, /, *, timeout: float | None = None) -> ChatListFrame: ...

    @overload
    async def __call__(
        self, command: GetChatHistoryCommand, /, *, timeout: float | None = None
    ) -> ChatHistoryFrame: ...

    @overload
    async def __call__(self, command: GetFileCommand, /, *, timeout: float | None = None) -> FileFrame: ...

    @overload
    async def __call__(self, command: GetMeCommand, /, *, timeout: float | None = None) -> UserFrame: ...

    @overload
    async def __call__(self, command: GetMembersCommand, /, *, timeout: float | None = None) -> MemberListFrame: ...

    @overload
    async def __call__(self, command: GetMentionsCommand, /, *, timeout: float | None = None) -> MessageListFrame: ...

    @overload
    async def __call__(self, command: GetMessageCommand, /, *, timeout: float | None = None) -> MessageFrame: ...

    @overload
    async def __call__(self, command: GetPresenceCommand, /, *, timeout: float | None = None) -> PresenceListFrame: ...

    @overload
    async def __call__(self, command: GetReadStateCommand, /, *, timeout: float | None = None) -> ReadStateFrame: ...

    @overload
    async def __call__(self, command: GetSessionsCommand, /, *, timeout: float | None = None) -> SessionListFrame: ...

    @overload
    async def __call__(self, command: GetSettingsCommand, /, *, timeout: float | None = None) -> SettingsFrame: ...

    @overload
    async def __call__(self, command: GetStatsCommand, /, *, timeout: float | None = None) -> StatsFrame: ...

    @overload
    async def __call__(self, command: GetUserCommand, /, *, timeout: float | None = None) -> UserFrame: ...

    @overload
    async def __call__(self, command: GetUsersCommand, /, *, timeout: float | None = None) -> UserListFrame: ...

    @overload
    async def __call__(self, command: HelpCommand, /, *, timeout: float | None = None) -> HelpFrame: ...

    @overload
    async def __call__(self, command: JoinChatCommand, /, *, timeout: float | None = None) -> MembersAddedFrame: ...

    @overload
    async def __call__(self, command: LeaveChatCommand, /, *, timeout: float | None = None) -> MembersRemovedFrame: ...

    @overload
    async def __call__(self, command: LogInCommand, /, *, timeout: float | None = None) -> AuthenticatedFrame: ...

    @overload
    async def __call__(self, command: LogOutCommand, /, *, timeout: float | None = None) -> LoggedOutFrame: ...

    @overload
    async def __call__(
        self, command: MarkDeliveredCommand, /, *, timeout: float | None = None
    ) -> MessageDeliveredFrame: ...

    @overload
    async def __call__(self, command: MarkReadCommand, /, *, timeout: float | None = None) -> MessageReadFrame: ...

    @overload
    async def __call__(
        self, command: MarkUnreadCommand, /, *, timeout: float | None = None
    ) -> ChatMarkedUnreadFrame: ...

    @overload
    async def __call__(self, command: MuteChatCommand, /, *, timeout: float | None = None) -> ChatMutedFrame: ...

    @overload
    async def __call__(self, command: PingCommand, /, *, timeout: float | None = None) -> PongFrame: ...

    @overload
    async def __call__(self, command: PinMessageCommand, /, *, timeout: float | None = None) -> MessagePinnedFrame: ...

    @overload
    async def __call__(
        self, command: RefreshTokenCommand, /, *, timeout: float | None = None
    ) -> AuthenticatedFrame: ...

    @overload
    async def __call__(
        self, command: RemoveMembersCommand, /, *, timeout: float | None = None
    ) -> MembersRemovedFrame: ...

    @overload
    async def __call__(
        self, command: RemoveReactionCommand, /, *, timeout: float | None = None
    ) -> ReactionRemovedFrame: ...

    @overload
    async def __call__(
        self, command: RevokeApiTokenCommand, /, *, timeout: float | None = None
    ) -> ApiTokenRevokedFrame: ...

    @overload
    async def __call__(
        self, command: RevokeSessionCommand, /, *, timeout: float | None = None
    ) -> SessionRevokedFrame: ...

    @overload
    async def __call__(self, command: RunJobCommand, /, *, timeout: float | None = None) -> JobRanFrame: ...

    @overload
    async def __call__(
        self, command: SearchMessagesCommand, /, *, timeout: float | None = None
    ) -> MessageListFrame: ...

    @overload
    async def __call__(self, command: SendMessageCommand, /, *, timeout: float | None = None) -> NewMessageFrame: ...

    @overload
    async def __call__(
        self, command: SendPersonalMessageCommand, /, *, timeout: float | None = None
    ) -> NewMessageFrame: ...

    @overload
    async def __call__(
        self, command: SetCapabilitiesCommand, /, *, timeout: float | None = None
    ) -> CapabilitiesFrame: ...

    @overload
    async def __call__(self, command: SetHoldCommand, /, *, timeout: float | None = None) -> HoldChangedFrame: ...

    @overload
    async def __call__(self, command: SetPresenceCommand, /, *, timeout: float | None = None) -> PresenceFrame: ...

    @overload
    async def __call__(self, command: SetTypingCommand, /, *, timeout: float | None = None) -> TypingFrame: ...

    @overload
    async def __call__(
        self, command: SetUserPasswordCommand, /, *, timeout: float | None = None
    ) -> UserPasswordSetFrame: ...

    @overload
    async def __call__(
        self, command: SetUserRoleCommand, /, *, timeout: float | None = None
    ) -> UserRoleChangedFrame: ...

    @overload
    async def __call__(self, command: SignUpCommand, /, *, timeout: float | None = None) -> AuthenticatedFrame: ...

    @overload
    async def __call__(self, command: StartStreamCommand, /, *, timeout: float | None = None) -> StreamStartedFrame: ...

    @overload
    async def __call__(self, command: StopStreamCommand, /, *, timeout: float | None = None) -> StreamStoppedFrame: ...

    @overload
    async def __call__(self, command: SyncCommand, /, *, timeout: float | None = None) -> SyncedFrame: ...

    @overload
    async def __call__(
        self, command: UnbanMemberCommand, /, *, timeout: float | None = None
    ) -> MemberUnbannedFrame: ...

    @overload
    async def __call__(self, command: UnbanUserCommand, /, *, timeout: float | None = None) -> UserUnbannedFrame: ...

    @overload
    async def __call__(
        self, command: UnpinMessageCommand, /, *, timeout: float | None = None
    ) -> MessageUnpinnedFrame: ...

    @overload
    async def __call__(self, command: UpdateChatCommand, /, *, timeout: float | None = None) -> ChatUpdatedFrame: ...

    @overload
    async def __call__(
        self, command: UpdateMemberCommand, /, *, timeout: float | None = None
    ) -> MemberUpdatedFrame: ...

    @overload
    async def __call__(self, command: UpdateSettingsCommand, /, *, timeout: float | None = None) -> SettingsFrame: ...

    @overload
    async def __call__(self, command: UpdateUserCommand, /, *, timeout: float | None = None) -> UserUpdatedFrame: ...
