/* Made of the schemas beside this file by ./run.sh update-protocol; changes belong in the code. */

/**
 * Tells people from programs.
 *
 * human: A person.
 * bot: A program.
 */
export type UserKind = "human" | "bot";
/**
 * What a user may do on the whole server.
 *
 * member: Uses the server.
 * moderator: Keeps order.
 * admin: Runs the server.
 */
export type ServerRole = "member" | "moderator" | "admin";
/**
 * Whether a user is there.
 *
 * online: Connected.
 * away: Connected, but not looking.
 * offline: Not connected.
 */
export type PresenceStatus = "online" | "away" | "offline";
/**
 * What a member may do in a chat.
 *
 * member: Reads and writes.
 * admin: Changes the chat and its members.
 * owner: May also hand over and delete.
 */
export type ChatRole = "member" | "admin" | "owner";
/**
 * The three kinds of chat.
 *
 * direct: Two people; exists once per pair.
 * group: Private, by invitation.
 * channel: Public: listed, readable and joinable by all.
 */
export type ChatKind = "direct" | "group" | "channel";
/**
 * For whom a message speaks.
 *
 * user: A participant.
 * assistant: An assistant's answer; bots only.
 * system: A notice; bots only.
 */
export type MessageRole = "user" | "assistant" | "system";
/**
 * What a token may be used for.
 *
 * read: Commands that only look.
 * write: Commands that change something.
 * admin: Commands that run the server; only for those who are admins.
 */
export type Scope = "read" | "write" | "admin";
/**
 * The kinds of chat that can be made.
 *
 * direct: Of two; there is one for each pair, and it is found again.
 * group: Private, by invitation.
 * channel: Public: listed, readable and joinable by all.
 */
export type NewChatKind = "direct" | "group" | "channel";
/**
 * Which chats a list shows.
 *
 * mine: Those you are in, without the archived.
 * public: All channels, without the archived.
 * archived: Archived ones that you are in.
 */
export type ChatScope = "mine" | "public" | "archived";
/**
 * What one can say of oneself.
 *
 * online: Looking.
 * away: Not looking.
 */
export type OwnStatus = "online" | "away";
/**
 * Says what a client can do about an error; the list is closed.
 *
 * INVALID_JSON: The frame is not a JSON object or an array of objects, or is nested too deeply.
 * UNKNOWN_COMMAND: There is no command of that `type`.
 * INVALID_ARGUMENT: A field is missing, unknown, of the wrong type or out of range.
 * UNAUTHENTICATED: No credentials, or wrong ones.
 * TOKEN_EXPIRED: The token was good once.
 * FORBIDDEN: Known, but not allowed.
 * NOT_FOUND: Does not exist, or may not be seen by the caller.
 * CONFLICT: The name is taken, the id is somebody else's, or the state does not allow it.
 * TOO_LARGE: The frame, content or batch is over its limit.
 * RATE_LIMITED: Slow down; `retryAfterMs` says for how long.
 * UNAVAILABLE: Storage or bus does not answer now; safe to retry with the same ids.
 * INTERNAL: A fault of the server.
 */
export type Code =
  | "INVALID_JSON"
  | "UNKNOWN_COMMAND"
  | "INVALID_ARGUMENT"
  | "UNAUTHENTICATED"
  | "TOKEN_EXPIRED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "CONFLICT"
  | "TOO_LARGE"
  | "RATE_LIMITED"
  | "UNAVAILABLE"
  | "INTERNAL";
/**
 * Everything that a client can send.
 */
export type Command =
  | AddMembersCommand
  | AddReactionCommand
  | AppendStreamCommand
  | AuthenticateCommand
  | BanMemberCommand
  | BanUserCommand
  | ChangePasswordCommand
  | CreateApiTokenCommand
  | CreateChatCommand
  | DeleteAccountCommand
  | DeleteBotCommand
  | DeleteChatCommand
  | DeleteMessageCommand
  | DisconnectUserCommand
  | EditMessageCommand
  | EndStreamCommand
  | ExportMyDataCommand
  | GetApiTokensCommand
  | GetAuditLogCommand
  | GetBotsCommand
  | GetChatCommand
  | GetChatsCommand
  | GetChatHistoryCommand
  | GetMeCommand
  | GetMembersCommand
  | GetMentionsCommand
  | GetMessageCommand
  | GetPresenceCommand
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
  | MuteChatCommand
  | PingCommand
  | PinMessageCommand
  | RefreshTokenCommand
  | RemoveMembersCommand
  | RemoveReactionCommand
  | RevokeApiTokenCommand
  | RevokeSessionCommand
  | SearchMessagesCommand
  | SendMessageCommand
  | SendPersonalMessageCommand
  | SetPresenceCommand
  | SetTypingCommand
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
  | UpdateUserCommand;
/**
 * Everything that the server sends.
 */
export type ServerFrame =
  | AccountDeletedFrame
  | ApiTokenCreatedFrame
  | ApiTokenListFrame
  | ApiTokenRevokedFrame
  | AuditLogFrame
  | AuthenticatedFrame
  | BotDeletedFrame
  | BotListFrame
  | ChannelListedFrame
  | ChatFrame
  | ChatDeletedFrame
  | ChatHistoryFrame
  | ChatListFrame
  | ChatMutedFrame
  | ChatUpdatedFrame
  | ConnectedFrame
  | ErrorFrame
  | ExportReadyFrame
  | HelpFrame
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
  | UserFrame
  | UserBannedFrame
  | UserDisconnectedFrame
  | UserListFrame
  | UserRoleChangedFrame
  | UserUnbannedFrame
  | UserUpdatedFrame;

/**
 * What each command is answered with.
 */
export interface Replies {
  ADD_MEMBERS: MembersAddedFrame;
  ADD_REACTION: ReactionAddedFrame;
  APPEND_STREAM: StreamAppendedFrame;
  AUTHENTICATE: AuthenticatedFrame;
  BAN_MEMBER: MemberBannedFrame;
  BAN_USER: UserBannedFrame;
  CHANGE_PASSWORD: PasswordChangedFrame;
  CREATE_API_TOKEN: ApiTokenCreatedFrame;
  CREATE_CHAT: NewChatFrame;
  DELETE_ACCOUNT: AccountDeletedFrame;
  DELETE_BOT: BotDeletedFrame;
  DELETE_CHAT: ChatDeletedFrame;
  DELETE_MESSAGE: MessageDeletedFrame;
  DISCONNECT_USER: UserDisconnectedFrame;
  EDIT_MESSAGE: MessageEditedFrame;
  END_STREAM: NewMessageFrame;
  EXPORT_MY_DATA: ExportReadyFrame;
  GET_API_TOKENS: ApiTokenListFrame;
  GET_AUDIT_LOG: AuditLogFrame;
  GET_BOTS: BotListFrame;
  GET_CHAT: ChatFrame;
  GET_CHATS: ChatListFrame;
  GET_CHAT_HISTORY: ChatHistoryFrame;
  GET_ME: UserFrame;
  GET_MEMBERS: MemberListFrame;
  GET_MENTIONS: MessageListFrame;
  GET_MESSAGE: MessageFrame;
  GET_PRESENCE: PresenceListFrame;
  GET_SESSIONS: SessionListFrame;
  GET_SETTINGS: SettingsFrame;
  GET_STATS: StatsFrame;
  GET_USER: UserFrame;
  GET_USERS: UserListFrame;
  HELP: HelpFrame;
  JOIN_CHAT: MembersAddedFrame;
  LEAVE_CHAT: MembersRemovedFrame;
  LOG_IN: AuthenticatedFrame;
  LOG_OUT: LoggedOutFrame;
  MARK_DELIVERED: MessageDeliveredFrame;
  MARK_READ: MessageReadFrame;
  MUTE_CHAT: ChatMutedFrame;
  PING: PongFrame;
  PIN_MESSAGE: MessagePinnedFrame;
  REFRESH_TOKEN: AuthenticatedFrame;
  REMOVE_MEMBERS: MembersRemovedFrame;
  REMOVE_REACTION: ReactionRemovedFrame;
  REVOKE_API_TOKEN: ApiTokenRevokedFrame;
  REVOKE_SESSION: SessionRevokedFrame;
  SEARCH_MESSAGES: MessageListFrame;
  SEND_MESSAGE: NewMessageFrame;
  SEND_PERSONAL_MESSAGE: NewMessageFrame;
  SET_PRESENCE: PresenceFrame;
  SET_TYPING: TypingFrame;
  SET_USER_ROLE: UserRoleChangedFrame;
  SIGN_UP: AuthenticatedFrame;
  START_STREAM: StreamStartedFrame;
  STOP_STREAM: StreamStoppedFrame;
  SYNC: SyncedFrame;
  UNBAN_MEMBER: MemberUnbannedFrame;
  UNBAN_USER: UserUnbannedFrame;
  UNPIN_MESSAGE: MessageUnpinnedFrame;
  UPDATE_CHAT: ChatUpdatedFrame;
  UPDATE_MEMBER: MemberUpdatedFrame;
  UPDATE_SETTINGS: SettingsFrame;
  UPDATE_USER: UserUpdatedFrame;
}
/**
 * Tells of users who came in.
 */
export interface MembersAddedFrame {
  type: "MEMBERS_ADDED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The place on the chat's clock.
   */
  seq: number;
  /**
   * The new ones.
   */
  members: Member[];
  /**
   * Who did it.
   */
  by: string;
  /**
   * Only in the reply to JOIN_CHAT.
   */
  chat?: Chat;
  /**
   * They were in already.
   */
  duplicate?: boolean;
}
/**
 * A user in a chat.
 */
export interface Member {
  /**
   * Who.
   */
  user: User;
  /**
   * What the member may do in this chat.
   */
  role: ChatRole;
  /**
   * Since when.
   */
  joinedAt: string;
  /**
   * How far the member has read.
   */
  readSeq: number;
  /**
   * How far messages have reached the member.
   */
  deliveredSeq: number;
}
/**
 * A person or a program.
 */
export interface User {
  /**
   * Never changes.
   */
  id: string;
  /**
   * Unique without regard to case.
   */
  username: string;
  /**
   * What people are shown.
   */
  displayName: string;
  /**
   * A picture.
   */
  avatarUrl?: string;
  /**
   * Person or program.
   */
  kind: UserKind;
  /**
   * What the user may do on the whole server.
   */
  role: ServerRole;
  /**
   * Whether the user is there now.
   */
  status: PresenceStatus;
  /**
   * When the user was last connected.
   */
  lastSeenAt?: string;
  /**
   * When the account was made.
   */
  createdAt: string;
  /**
   * Only on one's own.
   */
  email?: string;
}
/**
 * A conversation. `myRole` and what follows it is about the asking user and never in events.
 */
export interface Chat {
  /**
   * Never changes.
   */
  id: string;
  /**
   * Direct, group or channel.
   */
  kind: ChatKind;
  /**
   * Unique among channels; empty for direct chats.
   */
  name: string;
  /**
   * What the chat is about.
   */
  description?: string;
  /**
   * False: archived and read-only.
   */
  active: boolean;
  /**
   * Who made it.
   */
  createdBy: string;
  /**
   * When it was made.
   */
  createdAt: string;
  /**
   * When it was last changed or written to.
   */
  updatedAt: string;
  /**
   * The chat's clock: the `seq` of the latest durable change.
   */
  seq: number;
  /**
   * How many users are in.
   */
  memberCount: number;
  /**
   * How many messages there are, without the deleted.
   */
  messageCount: number;
  /**
   * The newest message that is not deleted.
   */
  lastMessage?: Message;
  /**
   * Pinned messages, oldest pin first.
   *
   * Items: Names a message within its chat.
   */
  pinned: string[];
  /**
   * Absent for one who is not in.
   */
  myRole?: ChatRole;
  /**
   * Undeleted messages of others after `readSeq`.
   */
  unreadCount?: number;
  /**
   * Unread messages that mention the user.
   */
  mentionCount?: number;
  /**
   * How far the user has read.
   */
  readSeq?: number;
  /**
   * Whether the user wants no notifications.
   */
  muted?: boolean;
  /**
   * Until when; absent while muted: for good.
   */
  mutedUntil?: string;
  /**
   * The other user of a direct chat.
   */
  peer?: User;
}
/**
 * A message, or the tombstone of one.
 */
export interface Message {
  /**
   * Chosen by the client, or a UUIDv7.
   */
  id: string;
  /**
   * Where it was said.
   */
  chatId: string;
  /**
   * Its place on the chat's clock.
   */
  seq: number;
  /**
   * The place of its latest change.
   */
  updatedSeq: number;
  /**
   * Who said it.
   */
  sender: Sender;
  /**
   * For whom it speaks.
   */
  role: MessageRole;
  /**
   * The text as it was sent; empty in a tombstone.
   */
  content: string;
  /**
   * Files.
   */
  attachments: Attachment[];
  /**
   * The message this one answers.
   */
  replyTo?: string;
  /**
   * Members named with `@`.
   *
   * Items: Names a user.
   */
  mentions: string[];
  /**
   * Emoji.
   */
  reactions: Reaction[];
  /**
   * Whatever the sender's program keeps with it.
   */
  metadata?: {
    [k: string]: unknown;
  };
  /**
   * When it was committed.
   */
  createdAt: string;
  /**
   * When its text was last changed.
   */
  editedAt?: string;
  /**
   * When it was deleted.
   */
  deletedAt?: string;
}
/**
 * Who sent a message.
 */
export interface Sender {
  /**
   * The user's id.
   */
  id: string;
  /**
   * The user's name.
   */
  username: string;
  /**
   * What people are shown.
   */
  displayName: string;
  /**
   * Person or program.
   */
  kind: UserKind;
}
/**
 * A file that a message points to.
 */
export interface Attachment {
  /**
   * The file's id, where this server keeps it.
   */
  id?: string;
  /**
   * `http` or `https`.
   */
  url: string;
  /**
   * The file's name.
   */
  name: string;
  /**
   * Bytes.
   */
  size: number;
  /**
   * For instance `image/png`.
   */
  mimeType: string;
}
/**
 * One emoji on a message.
 */
export interface Reaction {
  /**
   * At most 32 bytes.
   */
  emoji: string;
  /**
   * How many users.
   */
  count: number;
  /**
   * The first 50 of them.
   *
   * Items: Names a user.
   */
  userIds: string[];
  /**
   * Whether the asking user is among them; never in events.
   */
  me?: boolean;
}
/**
 * Tells of an emoji on a message.
 */
export interface ReactionAddedFrame {
  type: "REACTION_ADDED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The place on the chat's clock.
   */
  seq: number;
  /**
   * Which message.
   */
  messageId: string;
  /**
   * Which emoji.
   */
  emoji: string;
  /**
   * Who did it.
   */
  user: User;
  /**
   * All reactions to the message as they are now.
   */
  reactions: Reaction[];
  /**
   * It was there already.
   */
  duplicate?: boolean;
}
/**
 * A part of an answer is on its way to the others.
 */
export interface StreamAppendedFrame {
  type: "STREAM_APPENDED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The id that the message will have.
   */
  messageId: string;
  /**
   * Counts the parts of this message from 0.
   */
  index: number;
}
/**
 * You are the user: the connection is yours from here on, and the tokens are for the next ones.
 */
export interface AuthenticatedFrame {
  type: "AUTHENTICATED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Who.
   */
  user: User;
  /**
   * A token for handshakes and AUTHENTICATE.
   */
  accessToken?: string;
  /**
   * When it stops working.
   */
  accessTokenExpiresAt?: string;
  /**
   * A token to get new ones with, once, by REFRESH_TOKEN.
   */
  refreshToken?: string;
  /**
   * When it stops working.
   */
  refreshTokenExpiresAt?: string;
}
/**
 * Tells that a user is kept out of the chat; if they were in, it is the last they hear of it.
 */
export interface MemberBannedFrame {
  type: "MEMBER_BANNED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The place on the chat's clock.
   */
  seq: number;
  /**
   * Who is out.
   */
  userId: string;
  /**
   * Who did it.
   */
  by: string;
  /**
   * Why.
   */
  reason?: string;
  /**
   * Until when; absent: for good.
   */
  until?: string;
  /**
   * It was so already.
   */
  duplicate?: boolean;
}
/**
 * A user is kept from the server; the user's sockets close with 4403.
 */
export interface UserBannedFrame {
  type: "USER_BANNED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Whom.
   */
  userId: string;
  /**
   * Who did it.
   */
  by: string;
  /**
   * Why.
   */
  reason?: string;
  /**
   * Until when; absent: for good.
   */
  until?: string;
  /**
   * It was so already.
   */
  duplicate?: boolean;
}
/**
 * The password is another: your other log-ins have ended, API tokens have not.
 */
export interface PasswordChangedFrame {
  type: "PASSWORD_CHANGED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
}
/**
 * The secret is shown this once.
 */
export interface ApiTokenCreatedFrame {
  type: "API_TOKEN_CREATED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * What is kept of it.
   */
  token: Token;
  /**
   * What authenticates.
   */
  secret: string;
}
/**
 * An API token without its secret.
 */
export interface Token {
  /**
   * Names the token, for instance to revoke it.
   */
  id: string;
  /**
   * What its maker called it.
   */
  name: string;
  /**
   * What it may be used for.
   */
  scopes: Scope[];
  /**
   * Whom it authenticates.
   */
  userId: string;
  /**
   * When it was made.
   */
  createdAt: string;
  /**
   * When it stops working; absent: never.
   */
  expiresAt?: string;
  /**
   * When it last authenticated, to the minute.
   */
  lastUsedAt?: string;
}
/**
 * Tells of a chat that is new to those who hear it.
 */
export interface NewChatFrame {
  type: "NEW_CHAT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The place on the chat's clock.
   */
  seq: number;
  /**
   * The chat.
   */
  chat: Chat;
  /**
   * The chat was there already.
   */
  duplicate?: boolean;
}
/**
 * The account is gone. Its messages stay, with a sender who is shown as deleted.
 */
export interface AccountDeletedFrame {
  type: "ACCOUNT_DELETED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Whose account it was.
   */
  userId: string;
}
/**
 * A bot is deleted; its owner and everybody who shared a chat with it hear of it.
 */
export interface BotDeletedFrame {
  type: "BOT_DELETED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The bot's id.
   */
  userId: string;
}
/**
 * Tells of the end of a chat.
 */
export interface ChatDeletedFrame {
  type: "CHAT_DELETED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * Who did it.
   */
  by: string;
}
/**
 * Tells of a message of which only a tombstone is left.
 */
export interface MessageDeletedFrame {
  type: "MESSAGE_DELETED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The place on the chat's clock.
   */
  seq: number;
  /**
   * Which message.
   */
  messageId: string;
  /**
   * The tombstone.
   */
  message: Message;
  /**
   * Who did it.
   */
  by: string;
  /**
   * Why.
   */
  reason?: string;
  /**
   * It was deleted already.
   */
  duplicate?: boolean;
}
/**
 * A user's sockets close with 4403; the user may come back.
 */
export interface UserDisconnectedFrame {
  type: "USER_DISCONNECTED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Whose.
   */
  userId: string;
  /**
   * Who did it.
   */
  by: string;
  /**
   * Why.
   */
  reason?: string;
}
/**
 * Tells of a changed text.
 */
export interface MessageEditedFrame {
  type: "MESSAGE_EDITED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The place on the chat's clock.
   */
  seq: number;
  /**
   * The message as it is now.
   */
  message: Message;
  /**
   * It said so already.
   */
  duplicate?: boolean;
}
/**
 * Tells of a message.
 */
export interface NewMessageFrame {
  type: "NEW_MESSAGE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The message's place on the chat's clock.
   */
  seq: number;
  /**
   * The message as it is now.
   */
  message: Message;
  /**
   * The direct chat that SEND_PERSONAL_MESSAGE wrote to.
   */
  chat?: Chat;
  /**
   * The message was there already.
   */
  duplicate?: boolean;
}
/**
 * Where it can be had; to the caller alone.
 */
export interface ExportReadyFrame {
  type: "EXPORT_READY";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Get it from here; whoever has the address can.
   */
  url: string;
  /**
   * Until when.
   */
  expiresAt: string;
}
/**
 * Tokens, newest first, without their secrets.
 */
export interface ApiTokenListFrame {
  type: "API_TOKEN_LIST";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The tokens.
   */
  tokens: Token[];
}
/**
 * What was done to keep order, newest first.
 */
export interface AuditLogFrame {
  type: "AUDIT_LOG";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * One for each command.
   */
  entries: AuditEntry[];
  /**
   * Where the next page begins, if there is one.
   */
  nextCursor?: string;
}
/**
 * One thing that somebody did to keep order.
 */
export interface AuditEntry {
  /**
   * Names the entry; a later one has a greater id.
   */
  id: string;
  /**
   * When it was done.
   */
  at: string;
  /**
   * Who did it.
   */
  actorId: string;
  /**
   * By which command.
   */
  command: string;
  /**
   * To what: the user, or the message or chat that was deleted.
   */
  targetId?: string;
  /**
   * In which chat.
   */
  chatId?: string;
  /**
   * Why.
   */
  reason?: string;
}
/**
 * The caller's bots, by username.
 */
export interface BotListFrame {
  type: "BOT_LIST";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The bots, including bots that belong to one of these.
   */
  bots: User[];
}
/**
 * One chat.
 */
export interface ChatFrame {
  type: "CHAT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat as you see it.
   */
  chat: Chat;
}
/**
 * Chats, newest activity first.
 */
export interface ChatListFrame {
  type: "CHAT_LIST";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chats as you see them.
   */
  chats: Chat[];
  /**
   * Where the next page begins, if there is one.
   */
  nextCursor?: string;
}
/**
 * Messages, oldest first; deleted ones as tombstones.
 */
export interface ChatHistoryFrame {
  type: "CHAT_HISTORY";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat.
   */
  chatId: string;
  /**
   * Oldest first.
   */
  messages: Message[];
  /**
   * Whether there are more in the direction of reading.
   */
  hasMore: boolean;
  /**
   * The chat's clock.
   */
  seq: number;
  /**
   * How many there are; with `page`.
   */
  total?: number;
  /**
   * The page asked for.
   */
  page?: number;
  /**
   * How many a page has.
   */
  size?: number;
  /**
   * How many pages there are.
   */
  pages?: number;
}
/**
 * A user.
 */
export interface UserFrame {
  type: "USER";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user.
   */
  user: User;
}
/**
 * Who is in a chat.
 */
export interface MemberListFrame {
  type: "MEMBER_LIST";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat.
   */
  chatId: string;
  /**
   * Its members.
   */
  members: Member[];
  /**
   * Where the next page begins, if there is one.
   */
  nextCursor?: string;
}
/**
 * Messages, newest first.
 */
export interface MessageListFrame {
  type: "MESSAGE_LIST";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The messages as they are now.
   */
  messages: Message[];
  /**
   * Where the next page begins, if there is one.
   */
  nextCursor?: string;
}
/**
 * One message.
 */
export interface MessageFrame {
  type: "MESSAGE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The message as it is now.
   */
  message: Message;
}
/**
 * Who is there.
 */
export interface PresenceListFrame {
  type: "PRESENCE_LIST";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * One for each user.
   */
  presences: Presence[];
  /**
   * Where the next page begins, if there is one.
   */
  nextCursor?: string;
}
/**
 * Whether one user is there.
 */
export interface Presence {
  /**
   * Who.
   */
  userId: string;
  /**
   * Whether they are there.
   */
  status: PresenceStatus;
  /**
   * When they were last connected, for one who is offline.
   */
  lastSeenAt?: string;
}
/**
 * Where you are logged in, newest first.
 */
export interface SessionListFrame {
  type: "SESSION_LIST";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The log-ins.
   */
  sessions: Session[];
}
/**
 * One log-in and what follows from it.
 */
export interface Session {
  /**
   * Names the session, for instance to revoke it.
   */
  id: string;
  /**
   * The client's own name for the device it runs on.
   */
  deviceId?: string;
  /**
   * When you logged in.
   */
  createdAt: string;
  /**
   * When it was last used, to the minute.
   */
  lastSeenAt: string;
  /**
   * It is the one you ask with.
   */
  current?: boolean;
}
/**
 * Your settings, whatever your clients keep there.
 */
export interface SettingsFrame {
  type: "SETTINGS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The settings.
   */
  settings: {
    [k: string]: unknown;
  };
}
/**
 * How much there is and how much goes on.
 */
export interface StatsFrame {
  type: "STATS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Connections open on all nodes.
   */
  connections: number;
  /**
   * Accounts that are not deleted.
   */
  users: number;
  /**
   * Chats.
   */
  chats: number;
  /**
   * Messages that are not deleted.
   */
  messages: number;
  /**
   * How often each emoji was put on a message and not taken back; the 50 that are there most.
   */
  reactions: {
    [k: string]: number;
  };
  /**
   * What went on in the last minute, on all nodes.
   */
  rates: Rates;
  /**
   * Each node by itself.
   */
  nodes: NodeStats[];
}
/**
 * What went on in the last minute.
 */
export interface Rates {
  /**
   * Commands answered a second.
   */
  commandsPerSecond: number;
  /**
   * Messages sent a second.
   */
  messagesPerSecond: number;
}
/**
 * One node.
 */
export interface NodeStats {
  /**
   * Its name, which it gets when it starts.
   */
  node: string;
  /**
   * Connections open there.
   */
  connections: number;
  /**
   * What went on there.
   */
  rates: Rates;
}
/**
 * Users by their usernames.
 */
export interface UserListFrame {
  type: "USER_LIST";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The users.
   */
  users: User[];
  /**
   * Where the next page begins, if there is one.
   */
  nextCursor?: string;
}
/**
 * All commands in short, or one in full.
 */
export interface HelpFrame {
  type: "HELP";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * All commands.
   */
  commands?: CommandSummary[];
  /**
   * The one asked for.
   */
  command?: string;
  /**
   * What it does.
   */
  summary?: string;
  /**
   * Its fields.
   */
  fields?: Field[];
  /**
   * One that can be pasted.
   */
  example?: {
    [k: string]: unknown;
  };
}
/**
 * A command in short.
 */
export interface CommandSummary {
  /**
   * The command's name.
   */
  name: string;
  /**
   * What it does.
   */
  summary: string;
}
/**
 * A field of a command, for people.
 */
export interface Field {
  /**
   * The field's name.
   */
  name: string;
  /**
   * What kind of value it has, in words.
   */
  type: string;
  /**
   * Whether it must be given.
   */
  required: boolean;
  /**
   * What it says.
   */
  description: string;
  /**
   * What stands in it, where that has names of its own.
   */
  fields?: Field[];
}
/**
 * Tells of users who left or were removed.
 */
export interface MembersRemovedFrame {
  type: "MEMBERS_REMOVED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The place on the chat's clock.
   */
  seq: number;
  /**
   * Those who are out.
   *
   * Items: Names a user.
   */
  userIds: string[];
  /**
   * Who did it.
   */
  by: string;
  /**
   * Why.
   */
  reason?: string;
  /**
   * They were out already.
   */
  duplicate?: boolean;
}
/**
 * The log-in has ended, and with it its tokens; its sockets close with 4401.
 */
export interface LoggedOutFrame {
  type: "LOGGED_OUT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Whether all of your log-ins have ended.
   */
  everywhere: boolean;
}
/**
 * Tells the authors how far messages have reached a member. `seq` is a position and takes no tick.
 */
export interface MessageDeliveredFrame {
  type: "MESSAGE_DELIVERED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * Whom they have reached.
   */
  userId: string;
  /**
   * How far.
   */
  seq: number;
  /**
   * Since when.
   */
  at: string;
  /**
   * The mark stood there already, or further.
   */
  duplicate?: boolean;
}
/**
 * Tells how far a member has read. `seq` is a position and takes no tick.
 */
export interface MessageReadFrame {
  type: "MESSAGE_READ";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * Who has read.
   */
  userId: string;
  /**
   * How far.
   */
  seq: number;
  /**
   * Since when.
   */
  at: string;
  /**
   * How far every member has read; one's own messages count as read.
   */
  readByAllSeq: number;
  /**
   * The mark stood there already, or further.
   */
  duplicate?: boolean;
}
/**
 * Tells one's own devices whether one wants no notifications of a chat.
 */
export interface ChatMutedFrame {
  type: "CHAT_MUTED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * No notifications are wanted.
   */
  muted: boolean;
  /**
   * Until when; absent while muted: for good.
   */
  until?: string;
  /**
   * It was so already.
   */
  duplicate?: boolean;
}
/**
 * The server is there.
 */
export interface PongFrame {
  type: "PONG";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * What time it is there.
   */
  serverTime: string;
}
/**
 * Tells of a message that stays in sight.
 */
export interface MessagePinnedFrame {
  type: "MESSAGE_PINNED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The place on the chat's clock.
   */
  seq: number;
  /**
   * Which message.
   */
  messageId: string;
  /**
   * Who did it.
   */
  by: string;
  /**
   * All that are pinned now, oldest pin first.
   *
   * Items: Names a message within its chat.
   */
  pinned: string[];
  /**
   * It was pinned already.
   */
  duplicate?: boolean;
}
/**
 * Tells of an emoji that is taken back.
 */
export interface ReactionRemovedFrame {
  type: "REACTION_REMOVED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The place on the chat's clock.
   */
  seq: number;
  /**
   * Which message.
   */
  messageId: string;
  /**
   * Which emoji.
   */
  emoji: string;
  /**
   * Who did it.
   */
  user: User;
  /**
   * All reactions to the message as they are now.
   */
  reactions: Reaction[];
  /**
   * It was not there.
   */
  duplicate?: boolean;
}
/**
 * The token no longer works; its sockets close with 4401.
 */
export interface ApiTokenRevokedFrame {
  type: "API_TOKEN_REVOKED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The token's id.
   */
  tokenId: string;
}
/**
 * The log-in has ended, and with it its tokens; its sockets close with 4401.
 */
export interface SessionRevokedFrame {
  type: "SESSION_REVOKED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The session's id.
   */
  sessionId: string;
}
/**
 * Tells that somebody came, went, or looks away; carries no tick.
 */
export interface PresenceFrame {
  type: "PRESENCE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Who.
   */
  user: User;
  /**
   * Whether they are there: online while any of their connections is, then away, then offline.
   */
  status: PresenceStatus;
  /**
   * When they were last connected, for one who is offline.
   */
  lastSeenAt?: string;
  /**
   * It was so already, and nobody was told.
   */
  duplicate?: boolean;
}
/**
 * Tells that somebody began to type, or stopped; carries no tick.
 */
export interface TypingFrame {
  type: "TYPING";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * In which chat.
   */
  chatId: string;
  /**
   * Who.
   */
  user: User;
  /**
   * Whether they type.
   */
  typing: boolean;
  /**
   * When it ends by itself.
   */
  expiresAt?: string;
  /**
   * The others know already, and were not told again.
   */
  duplicate?: boolean;
}
/**
 * A user has another role; the user hears it too.
 */
export interface UserRoleChangedFrame {
  type: "USER_ROLE_CHANGED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Whose role it is.
   */
  userId: string;
  /**
   * The role from here on.
   */
  role: ServerRole;
  /**
   * Who did it.
   */
  by: string;
  /**
   * It was so already.
   */
  duplicate?: boolean;
}
/**
 * Tells of an answer that is about to be streamed; carries no tick.
 */
export interface StreamStartedFrame {
  type: "STREAM_STARTED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The id that the message will have.
   */
  messageId: string;
  /**
   * The message as far as it goes; its `seq` is 0 until it has a place on the chat's clock.
   */
  message: Message;
  /**
   * It runs already, and nobody was told again.
   */
  duplicate?: boolean;
}
/**
 * The author is asked to stop; to members: the stream has ended without a message.
 */
export interface StreamStoppedFrame {
  type: "STREAM_STOPPED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The id that the message has or would have had.
   */
  messageId: string;
  /**
   * The author had been asked already, or the stream had ended.
   */
  duplicate?: boolean;
}
/**
 * What has changed.
 */
export interface SyncedFrame {
  type: "SYNCED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chats that were asked for.
   */
  chats: SyncedChat[];
  /**
   * Chats you are in and did not ask for.
   */
  newChats: Chat[];
  /**
   * Chats you asked for and are not in.
   */
  removedChatIds: string[];
}
/**
 * What has changed in one chat.
 */
export interface SyncedChat {
  /**
   * The chat.
   */
  chatId: string;
  /**
   * The position that this answer brings you to.
   */
  seq: number;
  /**
   * The chat, if anything but messages changed.
   */
  chat?: Chat;
  /**
   * All its members, if membership changed.
   */
  members?: Member[];
  /**
   * How far members have come.
   */
  marks: Mark[];
  /**
   * Answers that are being streamed.
   */
  streams: StreamedMessage[];
  /**
   * Messages changed since, by their latest change.
   */
  messages: Message[];
  /**
   * Ask again from `seq`.
   */
  more: boolean;
  /**
   * Your position is beyond the chat's: forget what you know of it.
   */
  reset?: boolean;
}
/**
 * How far a member has come.
 */
export interface Mark {
  /**
   * Who.
   */
  userId: string;
  /**
   * How far the member has read.
   */
  readSeq: number;
  /**
   * How far messages have reached the member.
   */
  deliveredSeq: number;
}
/**
 * An answer that is being streamed, as far as it goes.
 */
export interface StreamedMessage {
  /**
   * Chosen by the client, or a UUIDv7.
   */
  id: string;
  /**
   * Where it was said.
   */
  chatId: string;
  /**
   * Its place on the chat's clock.
   */
  seq: number;
  /**
   * The place of its latest change.
   */
  updatedSeq: number;
  /**
   * Who said it.
   */
  sender: Sender;
  /**
   * For whom it speaks.
   */
  role: MessageRole;
  /**
   * The text as it was sent; empty in a tombstone.
   */
  content: string;
  /**
   * Files.
   */
  attachments: Attachment[];
  /**
   * The message this one answers.
   */
  replyTo?: string;
  /**
   * Members named with `@`.
   *
   * Items: Names a user.
   */
  mentions: string[];
  /**
   * Emoji.
   */
  reactions: Reaction[];
  /**
   * Whatever the sender's program keeps with it.
   */
  metadata?: {
    [k: string]: unknown;
  };
  /**
   * When it was committed.
   */
  createdAt: string;
  /**
   * When its text was last changed.
   */
  editedAt?: string;
  /**
   * When it was deleted.
   */
  deletedAt?: string;
  /**
   * The index of the first MESSAGE_CHUNK that is not in `content`.
   */
  nextIndex: number;
}
/**
 * Tells that a user may come in again.
 */
export interface MemberUnbannedFrame {
  type: "MEMBER_UNBANNED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The place on the chat's clock.
   */
  seq: number;
  /**
   * Who may come in again.
   */
  userId: string;
  /**
   * Who did it.
   */
  by: string;
  /**
   * Why.
   */
  reason?: string;
  /**
   * There was no ban.
   */
  duplicate?: boolean;
}
/**
 * A user may come back.
 */
export interface UserUnbannedFrame {
  type: "USER_UNBANNED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Whom.
   */
  userId: string;
  /**
   * Who did it.
   */
  by: string;
  /**
   * Why.
   */
  reason?: string;
  /**
   * There was no ban.
   */
  duplicate?: boolean;
}
/**
 * Tells of a message that is pinned no more.
 */
export interface MessageUnpinnedFrame {
  type: "MESSAGE_UNPINNED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The place on the chat's clock.
   */
  seq: number;
  /**
   * Which message.
   */
  messageId: string;
  /**
   * Who did it.
   */
  by: string;
  /**
   * All that are pinned now, oldest pin first.
   *
   * Items: Names a message within its chat.
   */
  pinned: string[];
  /**
   * It was not pinned.
   */
  duplicate?: boolean;
}
/**
 * Tells of a changed name, description or archive state.
 */
export interface ChatUpdatedFrame {
  type: "CHAT_UPDATED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The place on the chat's clock.
   */
  seq: number;
  /**
   * The chat as it is now.
   */
  chat: Chat;
  /**
   * Who did it.
   */
  by: string;
  /**
   * It was so already.
   */
  duplicate?: boolean;
}
/**
 * Tells of a member's new role.
 */
export interface MemberUpdatedFrame {
  type: "MEMBER_UPDATED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The place on the chat's clock.
   */
  seq: number;
  /**
   * Whose role it is.
   */
  userId: string;
  /**
   * The role from here on.
   */
  role: ChatRole;
  /**
   * Who did it.
   */
  by: string;
  /**
   * It was so already.
   */
  duplicate?: boolean;
}
/**
 * Tells of a user's changed profile everybody who shares a chat with the user.
 */
export interface UserUpdatedFrame {
  type: "USER_UPDATED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user as others see them now.
   */
  user: User;
  /**
   * It was so already.
   */
  duplicate?: boolean;
}
/**
 * Brings users into a chat; for its owners and admins.
 */
export interface AddMembersCommand {
  type: "ADD_MEMBERS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Its id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * Whom, by id or username.
   *
   * @minItems 1
   * @maxItems 200
   */
  members: string[];
}
/**
 * Puts an emoji on a message.
 */
export interface AddReactionCommand {
  type: "ADD_REACTION";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * The message's id.
   */
  messageId: string;
  /**
   * The emoji, at most 32 bytes.
   */
  emoji: string;
}
/**
 * Tells the next piece of a streamed answer.
 */
export interface AppendStreamCommand {
  type: "APPEND_STREAM";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * The id of the streamed message.
   */
  messageId: string;
  /**
   * What comes next, white space included; all parts together at most 65,536 bytes.
   */
  content: string;
}
/**
 * Makes the connection yours, by an access token or API token; again: renews it.
 */
export interface AuthenticateCommand {
  type: "AUTHENTICATE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * An access token (a JWT) or an API token.
   */
  token: string;
  /**
   * The client's own name for the device it runs on.
   */
  deviceId?: string | null;
}
/**
 * Bans a user from a chat, with their bots or the bot's owner; for its owners and admins.
 */
export interface BanMemberCommand {
  type: "BAN_MEMBER";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Its id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * Whom, by id or username; one who is not in may be kept out too.
   */
  userId: string;
  /**
   * Why; everybody in the chat is told.
   */
  reason?: string | null;
  /**
   * Until when; for good where this is left out.
   */
  until?: string | null;
}
/**
 * Keeps a user from the server; for moderators.
 */
export interface BanUserCommand {
  type: "BAN_USER";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Whom, by id or username.
   */
  userId: string;
  /**
   * Why; the user is told.
   */
  reason?: string | null;
  /**
   * Until when; for good where this is left out.
   */
  until?: string | null;
}
/**
 * Gives you another password and ends your other log-ins.
 */
export interface ChangePasswordCommand {
  type: "CHANGE_PASSWORD";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The one you have now.
   */
  oldPassword: string;
  /**
   * The one you will have.
   */
  newPassword: string;
}
/**
 * Makes a token for a program, and the bot it speaks for.
 */
export interface CreateApiTokenCommand {
  type: "CREATE_API_TOKEN";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * What the token is for.
   */
  name: string;
  /**
   * What it may be used for; read and write where this is left out.
   *
   * @minItems 1
   */
  scopes?: Scope[] | null;
  /**
   * The token authenticates this bot, which is made where it does not exist; otherwise it authenticates you.
   */
  botUsername?: string | null;
  /**
   * When it stops working; by default never, or with the token it is made with.
   */
  expiresAt?: string | null;
}
/**
 * Makes a group or a channel, whose owner you become, or finds or makes a direct chat.
 */
export interface CreateChatCommand {
  type: "CREATE_CHAT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * What it is called; `Chat YYYY-MM-DD HH:MM` where this is left out. A direct chat has no name.
   */
  name?: string | null;
  /**
   * A private group (the default), a public channel, or your direct chat with one other user.
   */
  kind?: NewChatKind | null;
  /**
   * What it is about.
   */
  description?: string | null;
  /**
   * Who is in from the beginning, by id or username; of a direct chat, the one other.
   *
   * @maxItems 200
   */
  members?: string[] | null;
  /**
   * Your own id for it: the same command again then finds the chat that was made. That of a chat which was deleted
   * is not given again.
   */
  id?: string | null;
}
/**
 * Deletes your account for good; what you have said stays, without your name.
 */
export interface DeleteAccountCommand {
  type: "DELETE_ACCOUNT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Your password, since this cannot be undone.
   */
  password: string;
}
/**
 * Deletes one of your bots; its messages stay, its tokens stop working.
 */
export interface DeleteBotCommand {
  type: "DELETE_BOT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The bot, by id or username.
   */
  userId: string;
}
/**
 * Deletes a chat and all its messages, for good.
 */
export interface DeleteChatCommand {
  type: "DELETE_CHAT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Its id, or `#name` of a channel.
   */
  chatId: string;
}
/**
 * Deletes a message: your own, or any as an owner or admin of the chat.
 */
export interface DeleteMessageCommand {
  type: "DELETE_MESSAGE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * The message's id.
   */
  messageId: string;
  /**
   * Why; everybody in the chat is told.
   */
  reason?: string | null;
}
/**
 * Closes a user's sockets, who may come back; for moderators.
 */
export interface DisconnectUserCommand {
  type: "DISCONNECT_USER";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Whose, by id or username.
   */
  userId: string;
  /**
   * Why; it is written down.
   */
  reason?: string | null;
}
/**
 * Changes the text of a message that you have sent.
 */
export interface EditMessageCommand {
  type: "EDIT_MESSAGE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * The message's id.
   */
  messageId: string;
  /**
   * The new text, at most `limits.contentChars` characters and not only white space.
   */
  content: string;
  /**
   * Whatever your program keeps with it from now on; what is there stays where this is left out.
   */
  metadata?: {
    [k: string]: unknown;
  } | null;
}
/**
 * Ends a streamed answer: its whole text is kept as one message.
 */
export interface EndStreamCommand {
  type: "END_STREAM";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * The id of the streamed message.
   */
  messageId: string;
  /**
   * The final text, if it is another than that of all pieces; at most 65,536 bytes.
   */
  content?: string | null;
}
/**
 * Gives an address where all your own data can be had, as JSON lines.
 */
export interface ExportMyDataCommand {
  type: "EXPORT_MY_DATA";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
}
/**
 * Lists the API tokens of you and your bots.
 */
export interface GetApiTokensCommand {
  type: "GET_API_TOKENS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
}
/**
 * Lists bans, removals and whatever else was done to keep order; for moderators.
 */
export interface GetAuditLogCommand {
  type: "GET_AUDIT_LOG";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * How many at most: 1 to 200, 50 where this is left out.
   */
  limit?: number | null;
  /**
   * Where the page before ended.
   */
  cursor?: string | null;
  /**
   * Only what this user did.
   */
  actorId?: string | null;
  /**
   * Only what was done to this user, message or chat.
   */
  targetId?: string | null;
}
/**
 * Lists your bots.
 */
export interface GetBotsCommand {
  type: "GET_BOTS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
}
/**
 * Tells about one chat.
 */
export interface GetChatCommand {
  type: "GET_CHAT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Its id, or `#name` of a channel.
   */
  chatId: string;
}
/**
 * Lists your chats, all channels, or your archived chats, newest activity first.
 */
export interface GetChatsCommand {
  type: "GET_CHATS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Your own (the default), all channels, or your archived ones.
   */
  scope?: ChatScope | null;
  /**
   * A part of the name.
   */
  search?: string | null;
  /**
   * How many at most: 1 to 200, 50 where this is left out.
   */
  limit?: number | null;
  /**
   * Where the page before ended.
   */
  cursor?: string | null;
}
/**
 * Reads a chat's messages: the newest, around a position, or by page.
 */
export interface GetChatHistoryCommand {
  type: "GET_CHAT_HISTORY";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * How many at most: 1 to 200, 50 where this is left out.
   */
  limit?: number | null;
  /**
   * The newest before this `seq`.
   */
  before?: number | null;
  /**
   * The oldest after this `seq`.
   */
  after?: number | null;
  /**
   * Those on both sides of this `seq`.
   */
  around?: number | null;
  /**
   * A numbered page; 1 is the newest.
   */
  page?: number | null;
  /**
   * How many a numbered page has: 1 to 200, 50 where this is left out.
   */
  size?: number | null;
  /**
   * Only this user's.
   */
  senderId?: string | null;
  /**
   * Only those whose text contains this.
   */
  search?: string | null;
}
/**
 * Tells who you are.
 */
export interface GetMeCommand {
  type: "GET_ME";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
}
/**
 * Lists who is in a chat, with their presence.
 */
export interface GetMembersCommand {
  type: "GET_MEMBERS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Its id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * How many at most: 1 to 200, 50 where this is left out.
   */
  limit?: number | null;
  /**
   * Where the page before ended.
   */
  cursor?: string | null;
}
/**
 * Lists the messages of your chats that mention you, newest first.
 */
export interface GetMentionsCommand {
  type: "GET_MENTIONS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * How many at most: 1 to 200, 50 where this is left out.
   */
  limit?: number | null;
  /**
   * Where the page before ended.
   */
  cursor?: string | null;
}
/**
 * Gets one message.
 */
export interface GetMessageCommand {
  type: "GET_MESSAGE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * The message's id.
   */
  messageId: string;
}
/**
 * Tells who of those you share a chat with is there.
 */
export interface GetPresenceCommand {
  type: "GET_PRESENCE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Whom you ask about, at most 200; who shares no chat with you is left out.
   *
   * @maxItems 200
   */
  userIds?: string[] | null;
  /**
   * Instead: a chat you are in, by its id or `#name`, whose members you ask about.
   */
  chatId?: string | null;
  /**
   * How many members at most: 1 to 200, 200 where this is left out.
   */
  limit?: number | null;
  /**
   * Where the page before ended.
   */
  cursor?: string | null;
}
/**
 * Lists where you are logged in.
 */
export interface GetSessionsCommand {
  type: "GET_SESSIONS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
}
/**
 * Gives your own settings.
 */
export interface GetSettingsCommand {
  type: "GET_SETTINGS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
}
/**
 * Tells how much there is on the server and how much goes on; for moderators.
 */
export interface GetStatsCommand {
  type: "GET_STATS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
}
/**
 * Tells who somebody is, by id or username.
 */
export interface GetUserCommand {
  type: "GET_USER";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user's id.
   */
  userId?: string | null;
  /**
   * Or how the user is called.
   */
  username?: string | null;
}
/**
 * Lists people and bots, by a part of their names or a whole e-mail address.
 */
export interface GetUsersCommand {
  type: "GET_USERS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * A part of the username or display name, in any case; or a whole e-mail address.
   */
  search?: string | null;
  /**
   * Only those who are not in this chat: its id, or `#name` of a channel.
   */
  notInChat?: string | null;
  /**
   * How many at most: 1 to 200, 50 where this is left out.
   */
  limit?: number | null;
  /**
   * Where the page before ended.
   */
  cursor?: string | null;
}
/**
 * Lists the commands, or tells everything about one.
 */
export interface HelpCommand {
  type: "HELP";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * A command to be told everything about.
   */
  command?: string | null;
}
/**
 * Comes into a channel.
 */
export interface JoinChatCommand {
  type: "JOIN_CHAT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Its id, or `#name` of a channel.
   */
  chatId: string;
}
/**
 * Goes out of a chat; with its last member the chat is deleted.
 */
export interface LeaveChatCommand {
  type: "LEAVE_CHAT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Its id, or `#name` of a channel.
   */
  chatId: string;
}
/**
 * Makes the connection yours, by username or e-mail address and password.
 */
export interface LogInCommand {
  type: "LOG_IN";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * How others call you.
   */
  username?: string | null;
  /**
   * Instead of the username.
   */
  email?: string | null;
  /**
   * Your password.
   */
  password: string;
  /**
   * The client's own name for the device it runs on; GET_SESSIONS shows it.
   */
  deviceId?: string | null;
}
/**
 * Ends the log-in you call with, or all of yours; their sockets close.
 */
export interface LogOutCommand {
  type: "LOG_OUT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Ends all of your log-ins, and not only the one you call with. API tokens stay.
   */
  everywhere?: boolean | null;
}
/**
 * Says how far messages have reached you; the server sees what it sends by itself.
 */
export interface MarkDeliveredCommand {
  type: "MARK_DELIVERED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Its id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * Up to where; to the newest where this is beyond it.
   */
  seq: number;
}
/**
 * Says how far you have read in a chat; the mark never goes back.
 */
export interface MarkReadCommand {
  type: "MARK_READ";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Its id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * Up to where; to the newest where this is left out or beyond it.
   */
  seq?: number | null;
}
/**
 * Mutes a chat for you, for good or until a time; only your own devices hear of it.
 */
export interface MuteChatCommand {
  type: "MUTE_CHAT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Its id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * Until when; for good where this is left out, and `null` ends it.
   */
  until?: string | null;
}
/**
 * Asks whether the server is there, and for its time.
 */
export interface PingCommand {
  type: "PING";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
}
/**
 * Keeps a message in sight: adds it to the pinned ones of the chat.
 */
export interface PinMessageCommand {
  type: "PIN_MESSAGE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * The message's id.
   */
  messageId: string;
}
/**
 * Gives new tokens for a refresh token; using an old one again ends the log-in.
 */
export interface RefreshTokenCommand {
  type: "REFRESH_TOKEN";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The latest refresh token; it is good once.
   */
  refreshToken: string;
}
/**
 * Puts users out of a chat; for its owners and admins.
 */
export interface RemoveMembersCommand {
  type: "REMOVE_MEMBERS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Its id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * Whom, by id.
   *
   * @minItems 1
   * @maxItems 200
   */
  userIds: string[];
  /**
   * Why; everybody in the chat is told.
   */
  reason?: string | null;
}
/**
 * Takes your emoji from a message.
 */
export interface RemoveReactionCommand {
  type: "REMOVE_REACTION";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * The message's id.
   */
  messageId: string;
  /**
   * The emoji, as it was put there.
   */
  emoji: string;
}
/**
 * Ends an API token of you or your bots; its sockets close.
 */
export interface RevokeApiTokenCommand {
  type: "REVOKE_API_TOKEN";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The token's id, not its secret.
   */
  tokenId: string;
}
/**
 * Ends one of your log-ins; its sockets close.
 */
export interface RevokeSessionCommand {
  type: "REVOKE_SESSION";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The session's id, as GET_SESSIONS tells it.
   */
  sessionId: string;
}
/**
 * Finds messages by their words, newest first, in one chat or in all of yours.
 */
export interface SearchMessagesCommand {
  type: "SEARCH_MESSAGES";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Words, in any case; a message must contain all of them, each anywhere in its text.
   */
  query: string;
  /**
   * Only this chat: its id, or `#name` of a channel.
   */
  chatId?: string | null;
  /**
   * Only this user's.
   */
  senderId?: string | null;
  /**
   * How many at most: 1 to 200, 50 where this is left out.
   */
  limit?: number | null;
  /**
   * Where the page before ended.
   */
  cursor?: string | null;
}
/**
 * A file that a message points to.
 */
export interface AttachmentInput {
  /**
   * The file's id, where this server keeps it.
   */
  id?: string | null;
  /**
   * `http` or `https`.
   */
  url: string;
  /**
   * The file's name.
   */
  name: string;
  /**
   * Bytes.
   */
  size: number;
  /**
   * For instance `image/png`.
   */
  mimeType: string;
}
/**
 * A message as its sender writes it.
 */
export interface Written {
  /**
   * Your own id for it: the same command again then finds the message that was sent.
   */
  id?: string | null;
  /**
   * The text, at most `limits.contentChars` characters and not only white space.
   */
  content?: string | null;
  /**
   * `user`; bots may also speak as `assistant` or `system`.
   */
  role?: MessageRole | null;
  /**
   * Files.
   *
   * @maxItems 20
   */
  attachments?: AttachmentInput[] | null;
  /**
   * The message it answers.
   */
  replyTo?: string | null;
  /**
   * Whatever your program keeps with it.
   */
  metadata?: {
    [k: string]: unknown;
  } | null;
}
/**
 * Says something in a chat.
 */
export interface SendMessageCommand {
  type: "SEND_MESSAGE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * The message.
   */
  message?: Written | null;
  /**
   * As in `message`.
   */
  id?: string | null;
  /**
   * As in `message`.
   */
  content?: string | null;
  /**
   * As in `message`.
   */
  role?: MessageRole | null;
  /**
   * As in `message`.
   *
   * @maxItems 20
   */
  attachments?: AttachmentInput[] | null;
  /**
   * As in `message`.
   */
  replyTo?: string | null;
  /**
   * As in `message`.
   */
  metadata?: {
    [k: string]: unknown;
  } | null;
}
/**
 * Says something to one other user, in the direct chat of the two.
 */
export interface SendPersonalMessageCommand {
  type: "SEND_PERSONAL_MESSAGE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * To whom, by id, username or whole e-mail address.
   */
  to: string;
  /**
   * The message.
   */
  message?: Written | null;
  /**
   * As in `message`.
   */
  id?: string | null;
  /**
   * As in `message`.
   */
  content?: string | null;
  /**
   * As in `message`.
   */
  role?: MessageRole | null;
  /**
   * As in `message`.
   *
   * @maxItems 20
   */
  attachments?: AttachmentInput[] | null;
  /**
   * As in `message`.
   */
  replyTo?: string | null;
  /**
   * As in `message`.
   */
  metadata?: {
    [k: string]: unknown;
  } | null;
}
/**
 * Tells all who share a chat with you whether you are looking.
 */
export interface SetPresenceCommand {
  type: "SET_PRESENCE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * `away` while nobody looks at this connection. You are online while any of your connections is.
   */
  status: OwnStatus;
}
/**
 * Shows the others in a chat that you are typing, or have stopped.
 */
export interface SetTypingCommand {
  type: "SET_TYPING";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * Whether you type. It ends by itself after 10 seconds, when you send a message, and with the connection.
   */
  typing: boolean;
}
/**
 * Makes a user a member, moderator or admin of the server; for admins.
 */
export interface SetUserRoleCommand {
  type: "SET_USER_ROLE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Whom, by id or username.
   */
  userId: string;
  /**
   * The role from here on.
   */
  role: ServerRole;
}
/**
 * Makes an account for you and logs you in.
 */
export interface SignUpCommand {
  type: "SIGN_UP";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * How others call you; with an e-mail address it may be left out, and one is made up.
   */
  username?: string | null;
  /**
   * Only you know it.
   */
  password: string;
  /**
   * Another way to log in; nobody else is told.
   */
  email?: string | null;
  /**
   * What people are shown; the username where this is left out.
   */
  displayName?: string | null;
}
/**
 * What is known of a streamed message beforehand.
 */
export interface Streamed {
  /**
   * Your own id for it.
   */
  id?: string | null;
  /**
   * `assistant` where this is left out.
   */
  role?: MessageRole | null;
  /**
   * The message it answers.
   */
  replyTo?: string | null;
}
/**
 * Begins an answer that others read while it is written; bots only.
 */
export interface StartStreamCommand {
  type: "START_STREAM";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * What is known of the message beforehand.
   */
  message?: Streamed | null;
}
/**
 * Asks the author of a streamed answer to stop.
 */
export interface StopStreamCommand {
  type: "STOP_STREAM";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * The id of the streamed message.
   */
  messageId: string;
}
/**
 * Catches up after a reconnect: everything that changed since the positions you give.
 */
export interface SyncCommand {
  type: "SYNC";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The last `seq` you have seen of each chat you know.
   */
  chats: {
    [k: string]: number;
  };
  /**
   * How many messages per chat at most: 1 to 200, 200 where this is left out.
   */
  limit?: number | null;
}
/**
 * Lets a banned user come into a chat again; for its owners and admins.
 */
export interface UnbanMemberCommand {
  type: "UNBAN_MEMBER";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Its id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * Whom, by id or username.
   */
  userId: string;
  /**
   * Why; everybody in the chat is told.
   */
  reason?: string | null;
}
/**
 * Lets a banned user back to the server; for moderators.
 */
export interface UnbanUserCommand {
  type: "UNBAN_USER";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Whom, by id or username.
   */
  userId: string;
  /**
   * Why; it is written down.
   */
  reason?: string | null;
}
/**
 * Takes a message from the pinned ones of the chat.
 */
export interface UnpinMessageCommand {
  type: "UNPIN_MESSAGE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * The message's id.
   */
  messageId: string;
}
/**
 * Renames, describes, archives or reopens a chat.
 */
export interface UpdateChatCommand {
  type: "UPDATE_CHAT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Its id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * What it is called.
   */
  name?: string | null;
  /**
   * What it is about; empty: nothing.
   */
  description?: string | null;
  /**
   * False archives the chat: it can be read but not written to; true opens it again.
   */
  active?: boolean | null;
}
/**
 * Gives a member another role; for the chat's owners.
 */
export interface UpdateMemberCommand {
  type: "UPDATE_MEMBER";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Its id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * Whom, by id or username.
   */
  userId: string;
  /**
   * The role from here on; who makes another an owner may then step down.
   */
  role: ChatRole;
}
/**
 * Changes your own settings, for all of your devices.
 */
export interface UpdateSettingsCommand {
  type: "UPDATE_SETTINGS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * What is new; objects are merged, null removes (JSON Merge Patch). All of it may have 16 KiB.
   */
  settings: {
    [k: string]: unknown;
  };
}
/**
 * Changes your own profile.
 */
export interface UpdateUserCommand {
  type: "UPDATE_USER";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * What people are shown.
   */
  displayName?: string | null;
  /**
   * How others call you.
   */
  username?: string | null;
  /**
   * Another way to log in; null removes it. Others find you by it once an administrator has confirmed it.
   */
  email?: string | null;
  /**
   * A picture, by its http or https address; null: none.
   */
  avatarUrl?: string | null;
}
/**
 * Tells everybody connected of a new channel; carries no tick.
 */
export interface ChannelListedFrame {
  type: "CHANNEL_LISTED";
  /**
   * The channel.
   */
  chat: Chat;
}
/**
 * Bounds on what one client may do; 0 is off for rates and counts.
 */
export interface Limits {
  /**
   * Bytes of one frame.
   */
  frameBytes: number;
  /**
   * Characters of a message.
   */
  contentChars: number;
  /**
   * Characters of a name.
   */
  nameChars: number;
  /**
   * Characters of a description.
   */
  descriptionChars: number;
  /**
   * Commands in one frame.
   */
  batch: number;
  /**
   * Commands a second on one connection.
   */
  commandsPerSecond: number;
  /**
   * Commands at once on one connection.
   */
  commandBurst: number;
  /**
   * Failed log-ins per account and address.
   */
  loginAttemptsPerMinute: number;
  /**
   * New accounts per address.
   */
  signUpsPerHour: number;
  /**
   * Connections of one user.
   */
  connectionsPerUser: number;
  /**
   * Bytes that may wait for one slow client.
   */
  outboxBytes: number;
  /**
   * How often a silent client is pinged.
   */
  heartbeatSeconds: number;
  /**
   * How long a client may be silent.
   */
  heartbeatTimeoutSeconds: number;
  /**
   * How long a connection may stay anonymous.
   */
  authenticateWithinSeconds: number;
}
/**
 * The first frame of every connection.
 */
export interface ConnectedFrame {
  type: "CONNECTED";
  /**
   * The protocol's version.
   */
  protocol: number;
  /**
   * The server's name and version.
   */
  server: string;
  /**
   * Names the connection.
   */
  connectionId: string;
  /**
   * Whether the handshake's credentials were good.
   */
  authenticated: boolean;
  /**
   * Whose the connection is.
   */
  user?: User;
  /**
   * How often a silent client is pinged.
   */
  heartbeatMs: number;
  /**
   * How much a client may do.
   */
  limits: Limits;
}
/**
 * Refuses a command, or says why a connection ends.
 */
export interface ErrorFrame {
  type: "ERROR";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Which command.
   */
  command?: string;
  /**
   * What the client can do about it.
   */
  code: Code;
  /**
   * One sentence for people.
   */
  error: string;
  /**
   * The path of the field at fault, for instance `message.content`.
   */
  field?: string;
  /**
   * How long to wait before trying again.
   */
  retryAfterMs?: number;
}
/**
 * Tells a client which events it did not get.
 */
export interface LaggedFrame {
  type: "LAGGED";
  /**
   * In which chat.
   */
  chatId: string;
  /**
   * The first event missed.
   */
  fromSeq: number;
  /**
   * The last event missed.
   */
  toSeq: number;
}
/**
 * Tells a member of a message that names them; never stored, and the first to be dropped.
 */
export interface MentionFrame {
  type: "MENTION";
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The message.
   */
  message: Message;
}
/**
 * Tells of a part of an answer; carries no tick. Where parts are missing, SYNC has what there is so far.
 */
export interface MessageChunkFrame {
  type: "MESSAGE_CHUNK";
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The id that the message will have.
   */
  messageId: string;
  /**
   * What comes after what there was.
   */
  content: string;
  /**
   * Counts the parts of this message from 0.
   */
  index: number;
}
/**
 * Asks the author of a stream to end it; the first who asks is named.
 */
export interface StopRequestedFrame {
  type: "STOP_REQUESTED";
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The id that the message will have.
   */
  messageId: string;
  /**
   * Who asks.
   */
  by: string;
}
/**
 * Warns a connection that its token is about to expire; AUTHENTICATE with a new token keeps it open.
 */
export interface TokenExpiringFrame {
  type: "TOKEN_EXPIRING";
  /**
   * The time at which the connection closes with 4401.
   */
  expiresAt: string;
}

/** The name of a command. */
export type CommandType = Command["type"];

/** The reply to a command, if it went well; else it is an ErrorFrame. */
export type ReplyTo<C extends Command> = Replies[C["type"]];

/** The frames of one type. */
export type FrameOf<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;
