// Generated from the server's table of commands and list of events by ./run.sh update-protocol; do not edit.
import type { Command, ServerFrame } from "./protocol.js";

/** Events that take the next `seq` of their chat. */
export const TICKS: ReadonlySet<ServerFrame["type"]> = new Set<ServerFrame["type"]>([
  "CHAT_UPDATED", "MEMBERS_ADDED", "MEMBERS_REMOVED", "MEMBER_BANNED", "MEMBER_UNBANNED", "MEMBER_UPDATED",
  "MESSAGE_DELETED", "MESSAGE_EDITED", "MESSAGE_PINNED", "MESSAGE_UNPINNED", "NEW_CHAT", "NEW_MESSAGE",
  "REACTION_ADDED", "REACTION_REMOVED",
]);

/** Events that are never stored. */
export const EPHEMERAL: ReadonlySet<ServerFrame["type"]> = new Set<ServerFrame["type"]>([
  "CHANNEL_LISTED", "MENTION", "MESSAGE_CHUNK", "PRESENCE", "STOP_REQUESTED", "STREAM_STARTED", "STREAM_STOPPED",
  "TYPING",
]);

/** Positions in a chat that only move forward. */
export const WATERMARKS: ReadonlySet<ServerFrame["type"]> = new Set<ServerFrame["type"]>([
  "MESSAGE_DELIVERED", "MESSAGE_READ",
]);

/** Commands that may be sent again when the reply was lost. */
export const REPEATABLE: ReadonlySet<Command["type"]> = new Set<Command["type"]>([
  "ADD_MEMBERS", "ADD_REACTION", "AUTHENTICATE", "GET_API_TOKENS", "GET_AUDIT_LOG", "GET_BOTS", "GET_CHAT", "GET_CHATS",
  "GET_CHAT_HISTORY", "GET_FILE", "GET_ME", "GET_MEMBERS", "GET_MENTIONS", "GET_MESSAGE", "GET_PRESENCE",
  "GET_SESSIONS", "GET_SETTINGS", "GET_STATS", "GET_USER", "GET_USERS", "HELP", "JOIN_CHAT", "LEAVE_CHAT",
  "MARK_DELIVERED", "MARK_READ", "MUTE_CHAT", "PING", "PIN_MESSAGE", "REMOVE_MEMBERS", "REMOVE_REACTION",
  "SEARCH_MESSAGES", "SET_PRESENCE", "SYNC", "UNPIN_MESSAGE", "UPDATE_SETTINGS",
]);

/** Commands that may be sent again if they name the id of what they create. */
export const REPEATABLE_WITH_ID: ReadonlySet<Command["type"]> = new Set<Command["type"]>([
  "CREATE_CHAT", "SEND_MESSAGE",
]);

/** Commands that may carry an `opId`, with which they are done once however often they are sent. */
export const TAKES_OP_ID: ReadonlySet<Command["type"]> = new Set<Command["type"]>([
  "ADD_MEMBERS", "ADD_REACTION", "BAN_MEMBER", "BAN_USER", "CHANGE_PASSWORD", "CREATE_CHAT", "CREATE_UPLOAD",
  "DELETE_ACCOUNT", "DELETE_BOT", "DELETE_CHAT", "DELETE_MESSAGE", "DISCONNECT_USER", "EDIT_MESSAGE", "END_STREAM",
  "JOIN_CHAT", "LEAVE_CHAT", "MARK_DELIVERED", "MARK_READ", "MUTE_CHAT", "PIN_MESSAGE", "REMOVE_MEMBERS",
  "REMOVE_REACTION", "REVOKE_API_TOKEN", "REVOKE_SESSION", "SEND_MESSAGE", "SEND_PERSONAL_MESSAGE", "SET_USER_ROLE",
  "UNBAN_MEMBER", "UNBAN_USER", "UNPIN_MESSAGE", "UPDATE_CHAT", "UPDATE_MEMBER", "UPDATE_SETTINGS", "UPDATE_USER",
]);
