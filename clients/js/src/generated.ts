// Generated from the server's table of commands and list of events by ./run.sh update-protocol; do not edit.
import type { Command, ServerFrame } from "./protocol.js";

/** Events that take the next `seq` of their chat. */
export const TICKS: ReadonlySet<ServerFrame["type"]> = new Set<ServerFrame["type"]>([
  "CHAT_UPDATED", "HISTORY_TRIMMED", "HOLD_CHANGED", "MEMBERS_ADDED", "MEMBERS_REMOVED", "MEMBER_BANNED",
  "MEMBER_UNBANNED", "MEMBER_UPDATED", "MESSAGE_DELETED", "MESSAGE_EDITED", "MESSAGE_PINNED", "MESSAGE_UNPINNED",
  "NEW_CHAT", "NEW_MESSAGE", "REACTION_ADDED", "REACTION_REMOVED",
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

/** Commands that may be resent without an `opId` if the reply was lost, in addition to every GET_ command. */
export const REPEATABLE: ReadonlySet<Command["type"]> = new Set<Command["type"]>([
  "AUTHENTICATE", "HELP", "PING", "SEARCH_MESSAGES", "SET_CAPABILITIES", "SET_PRESENCE", "SYNC",
]);

/** Commands that may be resent if they name the id of what they create. */
export const REPEATABLE_WITH_ID: ReadonlySet<Command["type"]> = new Set<Command["type"]>([
  "CREATE_CHAT", "SEND_MESSAGE",
]);

/** Other commands that take no `opId`; every command in none of these lists takes one. */
export const WITHOUT_OP_ID: ReadonlySet<Command["type"]> = new Set<Command["type"]>([
  "APPEND_STREAM", "EXPORT_MY_DATA", "LOG_IN", "LOG_OUT", "REFRESH_TOKEN", "SET_TYPING", "SIGN_UP", "START_STREAM",
  "STOP_STREAM",
]);
