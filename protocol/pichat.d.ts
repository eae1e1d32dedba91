/* Made of the schemas beside this file by ./run.sh update-protocol; changes belong in the code. */

/**
 * Distinguishes people from bots.
 *
 * human: A person.
 * bot: A program.
 */
export type UserKind = "human" | "bot";
/**
 * A user's role on the server.
 *
 * member: Has no authority over others.
 * moderator: Moderates the whole server.
 * admin: Administers the whole server.
 */
export type ServerRole = "member" | "moderator" | "admin";
/**
 * A user's presence.
 *
 * online: Connected.
 * away: Connected but inactive.
 * offline: Not connected.
 */
export type PresenceStatus = "online" | "away" | "offline";
/**
 * A member's role in a chat.
 *
 * member: Reads and writes messages.
 * admin: Changes the chat and its members.
 * owner: May also change roles and delete the chat.
 */
export type ChatRole = "member" | "admin" | "owner";
/**
 * The three kinds of chat.
 *
 * direct: Two users; exists once per pair.
 * group: Private: members are added by owners and admins.
 * channel: Public: anyone can list, read and join it.
 */
export type ChatKind = "direct" | "group" | "channel";
/**
 * The members who may post in a chat.
 *
 * everyone: Every member.
 * admins: Owners and admins: the chat is for announcements. All members read and react.
 */
export type Posting = "everyone" | "admins";
/**
 * The role of a message in a conversation with an assistant.
 *
 * user: An ordinary member.
 * assistant: An assistant's answer; bots only.
 * system: A notice; bots only.
 */
export type MessageRole = "user" | "assistant" | "system";
/**
 * A permission of a token.
 *
 * read: Commands that only read, and events; every token has it.
 * write: Commands that write.
 * admin: Admin commands; only for admins.
 */
export type Scope = "read" | "write" | "admin";
/**
 * The kinds of chat.
 *
 * direct: Between two users; each pair has at most one.
 * group: Private: members are added by owners and admins.
 * channel: Public: anyone can list, read and join it.
 */
export type NewChatKind = "direct" | "group" | "channel";
/**
 * The chats that a list shows.
 *
 * mine: Your chats that are not archived.
 * public: All channels that are not archived.
 * archived: Your archived chats.
 */
export type ChatScope = "mine" | "public" | "archived";
/**
 * The statuses that a client can set.
 *
 * online: Connected.
 * away: Connected but inactive.
 */
export type OwnStatus = "online" | "away";
/**
 * An error code, chosen by what the client can do about it; the list is closed.
 *
 * INVALID_JSON: The frame is not a JSON object or an array of objects, or is nested too deeply.
 * UNKNOWN_COMMAND: There is no command of that `type`.
 * INVALID_ARGUMENT: A field is missing, unknown, of the wrong type or out of range.
 * UNAUTHENTICATED: No credentials, or wrong ones.
 * TOKEN_EXPIRED: The token was valid once.
 * FORBIDDEN: The caller is known but not allowed to do this.
 * NOT_FOUND: The target does not exist, or is hidden from the caller.
 * CONFLICT: The name is taken, the id belongs to another user, or the current state does not allow the change.
 * TOO_LARGE: The frame, content or batch exceeds its limit.
 * RATE_LIMITED: The client must slow down; `retryAfterMs` is the delay.
 * UNAVAILABLE: The storage or the bus is not responding; safe to retry with the same ids.
 * INTERNAL: The server failed.
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
  | UpdateUserCommand;
/**
 * Everything that the server sends.
 */
export type ServerFrame =
  | AccountDeletedFrame
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
  CONFIRM_EMAIL: EmailConfirmedFrame;
  CREATE_API_TOKEN: ApiTokenCreatedFrame;
  CREATE_CHAT: NewChatFrame;
  CREATE_UPLOAD: UploadCreatedFrame;
  CREATE_USER: UserCreatedFrame;
  DELETE_ACCOUNT: AccountDeletedFrame;
  DELETE_BOT: BotDeletedFrame;
  DELETE_CHAT: ChatDeletedFrame;
  DELETE_MESSAGE: MessageDeletedFrame;
  DISCONNECT_USER: UserDisconnectedFrame;
  EDIT_MESSAGE: MessageEditedFrame;
  END_STREAM: NewMessageFrame;
  EXPORT_MY_DATA: ExportReadyFrame;
  GET_ACCOUNTS: AccountListFrame;
  GET_API_TOKENS: ApiTokenListFrame;
  GET_AUDIT_LOG: AuditLogFrame;
  GET_BOTS: BotListFrame;
  GET_CHAT: ChatFrame;
  GET_CHATS: ChatListFrame;
  GET_CHAT_HISTORY: ChatHistoryFrame;
  GET_FILE: FileFrame;
  GET_ME: UserFrame;
  GET_MEMBERS: MemberListFrame;
  GET_MENTIONS: MessageListFrame;
  GET_MESSAGE: MessageFrame;
  GET_PRESENCE: PresenceListFrame;
  GET_READ_STATE: ReadStateFrame;
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
  MARK_UNREAD: ChatMarkedUnreadFrame;
  MUTE_CHAT: ChatMutedFrame;
  PING: PongFrame;
  PIN_MESSAGE: MessagePinnedFrame;
  REFRESH_TOKEN: AuthenticatedFrame;
  REMOVE_MEMBERS: MembersRemovedFrame;
  REMOVE_REACTION: ReactionRemovedFrame;
  REVOKE_API_TOKEN: ApiTokenRevokedFrame;
  REVOKE_SESSION: SessionRevokedFrame;
  RUN_JOB: JobRanFrame;
  SEARCH_MESSAGES: MessageListFrame;
  SEND_MESSAGE: NewMessageFrame;
  SEND_PERSONAL_MESSAGE: NewMessageFrame;
  SET_CAPABILITIES: CapabilitiesFrame;
  SET_HOLD: HoldChangedFrame;
  SET_PRESENCE: PresenceFrame;
  SET_TYPING: TypingFrame;
  SET_USER_PASSWORD: UserPasswordSetFrame;
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
 * Users joined or were added.
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
   * The event's `seq`.
   */
  seq: number;
  /**
   * The new members.
   */
  members: Member[];
  /**
   * The user who added them, or who joined.
   */
  by: string;
  /**
   * Only in the reply to JOIN_CHAT.
   */
  chat?: Chat;
  /**
   * True if they were already members.
   */
  duplicate?: boolean;
}
/**
 * A user in a chat.
 */
export interface Member {
  /**
   * The user.
   */
  user: User;
  /**
   * The member's role in this chat.
   */
  role: ChatRole;
  /**
   * Time of joining.
   */
  joinedAt: string;
  /**
   * The last message read by the member.
   */
  readSeq: number;
  /**
   * The last message delivered to the member.
   */
  deliveredSeq: number;
}
/**
 * A person or a bot.
 */
export interface User {
  /**
   * Never changes.
   */
  id: string;
  /**
   * Unique, ignoring case.
   */
  username: string;
  /**
   * The name shown to people.
   */
  displayName: string;
  /**
   * A picture: an http or https address, or a path on this server that needs no credentials.
   */
  avatarUrl?: string;
  /**
   * Person or bot.
   */
  kind: UserKind;
  /**
   * The user's role on the server.
   */
  role: ServerRole;
  /**
   * The user's presence; `offline` to those who share no chat with the user.
   */
  status: PresenceStatus;
  /**
   * Time of the last connection; only to those who share a chat with the user.
   */
  lastSeenAt?: string;
  /**
   * Time of creation.
   */
  createdAt: string;
  /**
   * The e-mail address; visible only to the user.
   */
  email?: string;
  /**
   * Increases with every change of the profile, so the higher version is the newer one.
   */
  version: number;
}
/**
 * A conversation. `myRole` and the fields after it concern the asking user and never appear in events.
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
   * The description.
   */
  description?: string;
  /**
   * False if archived and read-only.
   */
  active: boolean;
  /**
   * The members who may post.
   */
  posting: Posting & string;
  /**
   * The creator.
   */
  createdBy: string;
  /**
   * Time of creation.
   */
  createdAt: string;
  /**
   * Time of the latest message or change.
   */
  updatedAt: string;
  /**
   * The `seq` of the latest durable change.
   */
  seq: number;
  /**
   * Number of members.
   */
  memberCount: number;
  /**
   * True if the chat has more than `limits.largeChatMembers` members. Changes with `memberCount`, without a separate event.
   */
  large?: boolean;
  /**
   * Number of messages that are not deleted.
   */
  messageCount: number;
  /**
   * The newest message that is not deleted.
   */
  lastMessage?: Message;
  /**
   * Pinned messages, oldest pin first.
   *
   * Items: A message's id, unique within its chat.
   */
  pinned: string[];
  /**
   * The lowest `seq` that a message can have: retention removed everything older. 1 if nothing was removed.
   */
  firstSeq: number;
  /**
   * Days after which messages are removed; absent if the server's setting applies.
   */
  retentionDays?: number;
  /**
   * True while an admin of the server holds the chat: nothing in it is edited, deleted or removed by retention.
   */
  hold?: boolean;
  /**
   * The user's role; absent if not a member.
   */
  myRole?: ChatRole;
  /**
   * Number of undeleted messages from others after `readSeq`, or from `unreadFromSeq` on if that is lower.
   */
  unreadCount?: number;
  /**
   * Number of unread messages that mention the asking user.
   */
  mentionCount?: number;
  /**
   * The last message read by the asking user.
   */
  readSeq?: number;
  /**
   * The message from which the asking user has marked the chat unread; absent if they have not.
   */
  unreadFromSeq?: number;
  /**
   * True if notifications are muted.
   */
  muted?: boolean;
  /**
   * Time at which the mute ends; absent if permanent.
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
   * The message's chat.
   */
  chatId: string;
  /**
   * The position in the chat.
   */
  seq: number;
  /**
   * The `seq` of its latest change.
   */
  updatedSeq: number;
  /**
   * The sender.
   */
  sender: Sender;
  /**
   * The message's role: `user`, `assistant` or `system`.
   */
  role: MessageRole;
  /**
   * The text as sent; empty in a tombstone.
   */
  content: string;
  /**
   * Attached files.
   */
  attachments: Attachment[];
  /**
   * The message this one replies to.
   */
  replyTo?: string;
  /**
   * Members named with `@`.
   *
   * Items: A user's id.
   */
  mentions: string[];
  /**
   * Emoji.
   */
  reactions: Reaction[];
  /**
   * Data of the sender's application, as it was written.
   */
  metadata?: {
    [k: string]: unknown;
  };
  /**
   * Time of sending.
   */
  createdAt: string;
  /**
   * Time of the latest edit.
   */
  editedAt?: string;
  /**
   * Time of deletion; only in a tombstone.
   */
  deletedAt?: string;
}
/**
 * A message's sender.
 */
export interface Sender {
  /**
   * The user's id.
   */
  id: string;
  /**
   * The username at the time of reading.
   */
  username: string;
  /**
   * The name shown to people.
   */
  displayName: string;
  /**
   * Person or bot.
   */
  kind: UserKind;
  /**
   * The version of the profile that has this name; a higher version is newer.
   */
  version: number;
}
/**
 * A file that a message points to.
 */
export interface Attachment {
  /**
   * The file's id, if this server stores it.
   */
  id?: string;
  /**
   * `http` or `https`; for a file that this server stores, its path `/files/ID`.
   */
  url: string;
  /**
   * The file's name.
   */
  name: string;
  /**
   * Size in bytes.
   */
  size: number;
  /**
   * The media type, for example `image/png`.
   */
  mimeType: string;
  /**
   * Width of an image in pixels, if its sender declared it.
   */
  width?: number;
  /**
   * Height of an image in pixels, if its sender declared it.
   */
  height?: number;
}
/**
 * The reactions with one emoji.
 */
export interface Reaction {
  /**
   * An emoji in its full form, or a name such as `:shipit:`.
   */
  emoji: string;
  /**
   * Number of users.
   */
  count: number;
  /**
   * The first 50 users.
   *
   * Items: A user's id.
   */
  userIds: string[];
  /**
   * True if the asking user is among them; never in events.
   */
  me?: boolean;
}
/**
 * A reaction was added.
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
   * The event's `seq`.
   */
  seq: number;
  /**
   * The message's id.
   */
  messageId: string;
  /**
   * The emoji.
   */
  emoji: string;
  /**
   * The user who reacted.
   */
  user: User;
  /**
   * All reactions to the message now.
   */
  reactions: Reaction[];
  /**
   * True if the user already had this reaction.
   */
  duplicate?: boolean;
}
/**
 * A piece of a stream was accepted and published.
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
   * The id of the future message.
   */
  messageId: string;
  /**
   * Index of the piece, from 0.
   */
  index: number;
}
/**
 * The connection is authenticated; the tokens are for later connections.
 */
export interface AuthenticatedFrame {
  type: "AUTHENTICATED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user.
   */
  user: User;
  /**
   * The cursor for SYNC.
   */
  cursor: string;
  /**
   * A token for handshakes and AUTHENTICATE.
   */
  accessToken?: string;
  /**
   * Time at which it expires.
   */
  accessTokenExpiresAt?: string;
  /**
   * A token for one REFRESH_TOKEN.
   */
  refreshToken?: string;
  /**
   * Time at which it expires.
   */
  refreshTokenExpiresAt?: string;
}
/**
 * A user was banned from the chat. If they were a member, this is the last event they receive from it.
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
   * The event's `seq`.
   */
  seq: number;
  /**
   * The banned user.
   */
  userId: string;
  /**
   * The user who imposed the ban.
   */
  by: string;
  /**
   * The reason given.
   */
  reason?: string;
  /**
   * Time at which the ban ends; absent if permanent.
   */
  until?: string;
  /**
   * True if the request changed nothing.
   */
  duplicate?: boolean;
}
/**
 * A user is banned; the user's sockets close with 4403.
 */
export interface UserBannedFrame {
  type: "USER_BANNED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user.
   */
  userId: string;
  /**
   * The user who imposed the ban.
   */
  by: string;
  /**
   * The reason given.
   */
  reason?: string;
  /**
   * Time at which the ban ends; absent if permanent.
   */
  until?: string;
  /**
   * True if the request changed nothing.
   */
  duplicate?: boolean;
}
/**
 * The password changed and your other sessions ended; API tokens still work.
 */
export interface PasswordChangedFrame {
  type: "PASSWORD_CHANGED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
}
/**
 * A user's e-mail address is confirmed.
 */
export interface EmailConfirmedFrame {
  type: "EMAIL_CONFIRMED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user.
   */
  userId: string;
  /**
   * The address that is confirmed.
   */
  email: string;
  /**
   * The user who did it.
   */
  by: string;
  /**
   * True if the address was confirmed already.
   */
  duplicate?: boolean;
}
/**
 * The new token; its secret is shown only here.
 */
export interface ApiTokenCreatedFrame {
  type: "API_TOKEN_CREATED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The token without its secret.
   */
  token: Token;
  /**
   * The secret to authenticate with.
   */
  secret: string;
}
/**
 * An API token without its secret.
 */
export interface Token {
  /**
   * The token's id, which REVOKE_API_TOKEN takes.
   */
  id: string;
  /**
   * The token's name.
   */
  name: string;
  /**
   * The permissions of the token.
   */
  scopes: Scope[];
  /**
   * The user or bot that the token authenticates.
   */
  userId: string;
  /**
   * Time of creation.
   */
  createdAt: string;
  /**
   * Time at which it expires; absent if never.
   */
  expiresAt?: string;
  /**
   * Time of last use, rounded to the minute.
   */
  lastUsedAt?: string;
}
/**
 * The receiving user is now a member of this chat.
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
   * The event's `seq`.
   */
  seq: number;
  /**
   * The chat.
   */
  chat: Chat;
  /**
   * True if the chat already existed.
   */
  duplicate?: boolean;
}
/**
 * The upload was created. PUT the bytes to `uploadUrl`, then send a message with `attachments: [{"id": …}]`.
 */
export interface UploadCreatedFrame {
  type: "UPLOAD_CREATED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The file.
   */
  file: File;
  /**
   * The address to PUT the bytes to; anyone who has it can use it.
   */
  uploadUrl: string;
  /**
   * Time at which the address expires, together with an unfinished upload.
   */
  expiresAt: string;
  /**
   * True if the same command with the same `opId` has created the upload before.
   */
  duplicate?: boolean;
}
/**
 * A file that this server stores.
 */
export interface File {
  /**
   * The file's id.
   */
  id: string;
  /**
   * Its path on this server: `/files/ID`, for requests with a bearer token, or `/avatars/ID`.
   */
  url: string;
  /**
   * The file's name.
   */
  name: string;
  /**
   * Size in bytes.
   */
  size: number;
  /**
   * The media type that its sender declared.
   */
  mimeType: string;
  /**
   * Width of an image in pixels.
   */
  width?: number;
  /**
   * Height of an image in pixels.
   */
  height?: number;
}
/**
 * An account was created.
 */
export interface UserCreatedFrame {
  type: "USER_CREATED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The new user, with the e-mail address.
   */
  user: User;
  /**
   * True if the same command with the same `opId` has created the account before.
   */
  duplicate?: boolean;
}
/**
 * The account is deleted. Its messages stay; their sender is shown as deleted.
 */
export interface AccountDeletedFrame {
  type: "ACCOUNT_DELETED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The id of the deleted user.
   */
  userId: string;
}
/**
 * A bot was deleted; sent to its owner and everybody who shared a chat with it.
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
 * The chat was deleted.
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
   * The user who deleted the chat.
   */
  by: string;
}
/**
 * A message was deleted and replaced with a tombstone.
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
   * The event's `seq`.
   */
  seq: number;
  /**
   * The message's id.
   */
  messageId: string;
  /**
   * The tombstone.
   */
  message: Message;
  /**
   * The user who deleted it.
   */
  by: string;
  /**
   * The reason given.
   */
  reason?: string;
  /**
   * The messages that are still pinned, if the deleted message was pinned.
   *
   * Items: A message's id, unique within its chat.
   */
  pinned?: string[];
  /**
   * True if the message was already deleted.
   */
  duplicate?: boolean;
}
/**
 * A user's sockets close with 4403; the user may reconnect.
 */
export interface UserDisconnectedFrame {
  type: "USER_DISCONNECTED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user.
   */
  userId: string;
  /**
   * The user who disconnected them.
   */
  by: string;
  /**
   * The reason given.
   */
  reason?: string;
}
/**
 * The text of a message changed.
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
   * The event's `seq`.
   */
  seq: number;
  /**
   * The message as it is now.
   */
  message: Message;
  /**
   * True if the request changed nothing.
   */
  duplicate?: boolean;
}
/**
 * A message was sent.
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
   * The message's `seq`.
   */
  seq: number;
  /**
   * The message as it is now.
   */
  message: Message;
  /**
   * The direct chat; only in the reply to SEND_PERSONAL_MESSAGE.
   */
  chat?: Chat;
  /**
   * True if the message already existed.
   */
  duplicate?: boolean;
}
/**
 * The address of an export, sent to the caller only.
 */
export interface ExportReadyFrame {
  type: "EXPORT_READY";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The address to download from; anyone who has it can use it.
   */
  url: string;
  /**
   * Time at which the address expires.
   */
  expiresAt: string;
}
/**
 * Accounts, sorted by username.
 */
export interface AccountListFrame {
  type: "ACCOUNT_LIST";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The accounts.
   */
  accounts: AccountDetails[];
  /**
   * Cursor of the next page; absent on the last page.
   */
  nextCursor?: string;
}
/**
 * An account with fields that only admins may see.
 */
export interface AccountDetails {
  /**
   * The user, with the e-mail address.
   */
  user: User;
  /**
   * True if others can find the user by the e-mail address; absent if there is none.
   */
  emailConfirmed?: boolean;
  /**
   * The ban from the server that is in force.
   */
  ban?: Ban;
  /**
   * The owner of a bot.
   */
  ownerId?: string;
}
/**
 * A ban from a chat or from the server.
 */
export interface Ban {
  /**
   * The user who imposed it.
   */
  by: string;
  /**
   * Time at which it was imposed.
   */
  at: string;
  /**
   * The reason given.
   */
  reason?: string;
  /**
   * Time at which the ban ends; absent if permanent.
   */
  until?: string;
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
  /**
   * Cursor of the next page; absent on the last page.
   */
  nextCursor?: string;
}
/**
 * Entries of the audit log, newest first.
 */
export interface AuditLogFrame {
  type: "AUDIT_LOG";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The entries.
   */
  entries: AuditEntry[];
  /**
   * Cursor of the next page; absent on the last page.
   */
  nextCursor?: string;
}
/**
 * An entry of the audit log.
 */
export interface AuditEntry {
  /**
   * The entry's id; later entries have greater ids.
   */
  id: string;
  /**
   * Time of the entry.
   */
  at: string;
  /**
   * The user who ran the command.
   */
  actorId: string;
  /**
   * The command.
   */
  command: string;
  /**
   * The user, message or chat that the command acted on.
   */
  targetId?: string;
  /**
   * The chat.
   */
  chatId?: string;
  /**
   * The reason, as given by the actor.
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
   * The bots, including bots owned by other bots of yours.
   */
  bots: User[];
  /**
   * Cursor of the next page; absent on the last page.
   */
  nextCursor?: string;
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
  /**
   * The digest of the chat's durable state at `chat.seq`, as 64 hexadecimal digits, if requested.
   */
  digest?: string;
}
/**
 * Chats, newest activity first. Paging misses no chat; one that becomes active while you page may appear again on the last pages.
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
   * Cursor of the next page; absent on the last page.
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
   * The messages, oldest first.
   */
  messages: Message[];
  /**
   * True if there are more messages in the reading direction.
   */
  hasMore: boolean;
  /**
   * The latest `seq` of the chat.
   */
  seq: number;
  /**
   * Total number of messages; only with `page`, and only if they could be counted in time.
   */
  total?: number;
  /**
   * The requested page.
   */
  page?: number;
  /**
   * Messages per page.
   */
  size?: number;
  /**
   * Number of pages.
   */
  pages?: number;
  /**
   * True if the search took too long to fill the page or to count: `nextCursor` continues where it stopped.
   */
  partial?: boolean;
  /**
   * Cursor that continues a partial reply.
   */
  nextCursor?: string;
}
/**
 * A file and the address to read it from.
 */
export interface FileFrame {
  type: "FILE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The file.
   */
  file: File;
  /**
   * The address to GET the bytes from; anyone who has it can use it, for as long as you may read the chat.
   */
  url: string;
  /**
   * Time at which the address expires.
   */
  expiresAt: string;
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
 * Members of a chat.
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
  members: ListedMember[];
  /**
   * Cursor of the next page; absent on the last page.
   */
  nextCursor?: string;
}
/**
 * A member in a list that callers outside the channel may read too.
 */
export interface ListedMember {
  /**
   * The user.
   */
  user: User;
  /**
   * The member's role in this chat.
   */
  role: ChatRole;
  /**
   * Time of joining.
   */
  joinedAt: string;
  /**
   * The last message read by the member; only members of the chat see it.
   */
  readSeq?: number;
  /**
   * The last message delivered to the member; only members of the chat see it.
   */
  deliveredSeq?: number;
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
   * Cursor of the next page; absent on the last page.
   */
  nextCursor?: string;
  /**
   * True if the search took too long to fill the page: `nextCursor` continues where it stopped.
   */
  partial?: boolean;
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
 * Presence of users.
 */
export interface PresenceListFrame {
  type: "PRESENCE_LIST";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The presence of each user.
   */
  presences: Presence[];
  /**
   * Cursor of the next page; absent on the last page.
   */
  nextCursor?: string;
}
/**
 * The presence of one user.
 */
export interface Presence {
  /**
   * The user.
   */
  userId: string;
  /**
   * The user's presence.
   */
  status: PresenceStatus;
  /**
   * Time of the last connection, if offline.
   */
  lastSeenAt?: string;
}
/**
 * The number of members that a message has reached.
 */
export interface ReadStateFrame {
  type: "READ_STATE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The message's id.
   */
  messageId: string;
  /**
   * Number of members other than its author who have read it.
   */
  readCount: number;
  /**
   * Number of members other than its author to whom it was delivered.
   */
  deliveredCount: number;
  /**
   * Number of members, its author included.
   */
  memberCount: number;
}
/**
 * Your sessions, newest first.
 */
export interface SessionListFrame {
  type: "SESSION_LIST";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The sessions.
   */
  sessions: Session[];
  /**
   * Cursor of the next page; absent on the last page.
   */
  nextCursor?: string;
}
/**
 * A session and its tokens.
 */
export interface Session {
  /**
   * The session's id, which REVOKE_SESSION takes.
   */
  id: string;
  /**
   * The client's name for its device.
   */
  deviceId?: string;
  /**
   * Time of the log-in.
   */
  createdAt: string;
  /**
   * Time of last use, rounded to the minute.
   */
  lastSeenAt: string;
  /**
   * True for the session of this connection.
   */
  current?: boolean;
}
/**
 * Your settings: a document that only your clients interpret.
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
 * Statistics of the whole server.
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
   * Complete files.
   */
  files: number;
  /**
   * Their size in bytes.
   */
  fileBytes: number;
  /**
   * Number of current reactions by emoji; the 50 most frequent.
   */
  reactions: {
    [k: string]: number;
  };
  /**
   * Rates over the last minute, of all nodes together.
   */
  rates: Rates;
  /**
   * Figures of each node.
   */
  nodes: NodeStats[];
  /**
   * The server's jobs and the results of their runs.
   */
  jobs: JobStatus[];
}
/**
 * Rates over the last minute.
 */
export interface Rates {
  /**
   * Commands answered per second.
   */
  commandsPerSecond: number;
  /**
   * Messages sent per second.
   */
  messagesPerSecond: number;
}
/**
 * Figures of one node.
 */
export interface NodeStats {
  /**
   * The node's name, chosen at start.
   */
  node: string;
  /**
   * Connections open on this node.
   */
  connections: number;
  /**
   * Rates of this node.
   */
  rates: Rates;
}
/**
 * A job and the results of its runs.
 */
export interface JobStatus {
  /**
   * The job's name.
   */
  name: string;
  /**
   * The job's purpose, in one sentence.
   */
  summary: string;
  /**
   * Seconds from the start of one run to that of the next.
   */
  everySeconds: number;
  /**
   * Runs on all nodes.
   */
  runs: number;
  /**
   * Runs that failed.
   */
  failures: number;
  /**
   * The start of the latest run.
   */
  lastRunAt?: string;
  /**
   * The start of the latest successful run.
   */
  lastSuccessAt?: string;
  /**
   * Duration of the latest run in milliseconds.
   */
  lastMs: number;
  /**
   * Problems found in the stored records by the current pass or, if more, the previous one; only for `scrub`.
   */
  problems?: number;
}
/**
 * Users, sorted by username unless the command has `userIds`.
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
   * Cursor of the next page; absent on the last page.
   */
  nextCursor?: string;
}
/**
 * A summary of all commands, or one command in full.
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
   * The requested command.
   */
  command?: string;
  /**
   * A summary of the command.
   */
  summary?: string;
  /**
   * Its fields.
   */
  fields?: Field[];
  /**
   * An example ready to paste.
   */
  example?: {
    [k: string]: unknown;
  };
}
/**
 * A command's name and summary.
 */
export interface CommandSummary {
  /**
   * The command's name.
   */
  name: string;
  /**
   * A summary of the command.
   */
  summary: string;
}
/**
 * A field of a command, as people read it.
 */
export interface Field {
  /**
   * The field's name.
   */
  name: string;
  /**
   * The kind of value in words.
   */
  type: string;
  /**
   * True if the field is required.
   */
  required: boolean;
  /**
   * The field's meaning.
   */
  description: string;
  /**
   * The fields of the object that the field holds.
   */
  fields?: Field[];
}
/**
 * Users left or were removed.
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
   * The event's `seq`.
   */
  seq: number;
  /**
   * The former members.
   *
   * Items: A user's id.
   */
  userIds: string[];
  /**
   * The user who removed them, or who left.
   */
  by: string;
  /**
   * The reason given.
   */
  reason?: string;
  /**
   * True if they were not members.
   */
  duplicate?: boolean;
}
/**
 * The session and its tokens are revoked; its sockets close with 4401.
 */
export interface LoggedOutFrame {
  type: "LOGGED_OUT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * True if all of your sessions ended.
   */
  everywhere: boolean;
}
/**
 * Messages up to `seq` were delivered to a member; sent to their authors. `seq` is a position and does not advance the chat's `seq`. In a large chat only the member's own devices receive this, and only for MARK_DELIVERED.
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
   * The member.
   */
  userId: string;
  /**
   * The new position.
   */
  seq: number;
  /**
   * Time of delivery.
   */
  at: string;
  /**
   * True if the position was already at or beyond `seq`.
   */
  duplicate?: boolean;
}
/**
 * A member has read up to `seq`, which is a position and does not advance the chat's `seq`. In a large chat only the member's own devices receive this.
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
   * The member.
   */
  userId: string;
  /**
   * The new position.
   */
  seq: number;
  /**
   * Time of reading.
   */
  at: string;
  /**
   * The position that every human member who can still read has read; a user's own messages count as read. Absent in a large chat, where GET_READ_STATE counts the readers of a message.
   */
  readByAllSeq?: number;
  /**
   * True if the position was already at or beyond `seq`, and no unread mark was cleared.
   */
  duplicate?: boolean;
}
/**
 * The user marked a chat as unread from a message on; sent only to the user's own devices. GET_CHAT has the counts.
 */
export interface ChatMarkedUnreadFrame {
  type: "CHAT_MARKED_UNREAD";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The first message marked as unread; a position that does not advance the chat's `seq`.
   */
  unreadFromSeq: number;
  /**
   * True if the chat was already marked from that message.
   */
  duplicate?: boolean;
}
/**
 * The user muted or unmuted a chat; sent only to the user's own devices.
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
   * No notifications.
   */
  muted: boolean;
  /**
   * Time at which the mute ends; absent if permanent.
   */
  until?: string;
  /**
   * True if the request changed nothing.
   */
  duplicate?: boolean;
}
/**
 * The server is alive.
 */
export interface PongFrame {
  type: "PONG";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The server's time.
   */
  serverTime: string;
}
/**
 * A message was pinned.
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
   * The event's `seq`.
   */
  seq: number;
  /**
   * The message's id.
   */
  messageId: string;
  /**
   * The user who pinned it.
   */
  by: string;
  /**
   * All pinned messages, oldest pin first.
   *
   * Items: A message's id, unique within its chat.
   */
  pinned: string[];
  /**
   * True if the message was already pinned.
   */
  duplicate?: boolean;
}
/**
 * A reaction was removed.
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
   * The event's `seq`.
   */
  seq: number;
  /**
   * The message's id.
   */
  messageId: string;
  /**
   * The emoji.
   */
  emoji: string;
  /**
   * The user who removed the reaction.
   */
  user: User;
  /**
   * All reactions to the message now.
   */
  reactions: Reaction[];
  /**
   * True if the user did not have this reaction.
   */
  duplicate?: boolean;
}
/**
 * The token is revoked; its sockets close with 4401.
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
 * The session and its tokens are revoked; its sockets close with 4401.
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
 * A job ran.
 */
export interface JobRanFrame {
  type: "JOB_RAN";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The job, with this run.
   */
  job: JobStatus;
}
/**
 * The optional forms of frames that this connection's client understands.
 */
export interface CapabilitiesFrame {
  type: "CAPABILITIES";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * True if PRESENCE may have `users`.
   */
  presenceBatches: boolean;
}
/**
 * An admin of the server put the chat on hold, or released it.
 */
export interface HoldChangedFrame {
  type: "HOLD_CHANGED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The event's `seq`.
   */
  seq: number;
  /**
   * True if nothing in the chat may be edited, deleted or removed by retention.
   */
  hold: boolean;
  /**
   * The user who did it.
   */
  by: string;
  /**
   * True if the request changed nothing.
   */
  duplicate?: boolean;
}
/**
 * A user's presence changed; takes no `seq`. A connection that asked for batches with SET_CAPABILITIES gets simultaneous changes as `users`, instead of the fields of one user.
 */
export interface PresenceFrame {
  type: "PRESENCE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user.
   */
  user: User;
  /**
   * The user's presence: online while any connection is, then away, then offline.
   */
  status: PresenceStatus;
  /**
   * Time of the last connection, if offline.
   */
  lastSeenAt?: string;
  /**
   * The changes of several users, one each; for connections that asked for batches with SET_CAPABILITIES.
   */
  users?: PresenceUpdate[];
  /**
   * True if the request changed nothing; nothing was published.
   */
  duplicate?: boolean;
}
/**
 * One user's presence in a batch of simultaneous changes.
 */
export interface PresenceUpdate {
  /**
   * The user.
   */
  user: User;
  /**
   * The user's presence.
   */
  status: PresenceStatus;
  /**
   * Time of the last connection, if offline.
   */
  lastSeenAt?: string;
}
/**
 * A member started or stopped typing; takes no `seq`.
 */
export interface TypingFrame {
  type: "TYPING";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat.
   */
  chatId: string;
  /**
   * The user.
   */
  user: User;
  /**
   * True while the member is typing.
   */
  typing: boolean;
  /**
   * Time at which the typing state expires.
   */
  expiresAt?: string;
  /**
   * True if it was already published.
   */
  duplicate?: boolean;
}
/**
 * The user's password was set. The user's sessions ended; API tokens still work.
 */
export interface UserPasswordSetFrame {
  type: "USER_PASSWORD_SET";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user.
   */
  userId: string;
  /**
   * The user who set it.
   */
  by: string;
}
/**
 * A user's role changed; the user receives this too.
 */
export interface UserRoleChangedFrame {
  type: "USER_ROLE_CHANGED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user whose role changed.
   */
  userId: string;
  /**
   * The new role.
   */
  role: ServerRole;
  /**
   * The user who changed it.
   */
  by: string;
  /**
   * True if the request changed nothing.
   */
  duplicate?: boolean;
}
/**
 * A stream began; takes no `seq`.
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
   * The id of the future message.
   */
  messageId: string;
  /**
   * The message so far; its `seq` is 0 until the stream ends.
   */
  message: Message;
  /**
   * True if the stream was already running; nothing was published.
   */
  duplicate?: boolean;
}
/**
 * The author is asked to stop. For members: the stream ended without a message.
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
   * The message's id.
   */
  messageId: string;
  /**
   * True if the author had already been asked, or the stream had ended.
   */
  duplicate?: boolean;
}
/**
 * Changes since the given positions.
 */
export interface SyncedFrame {
  type: "SYNCED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The requested chats.
   */
  chats: SyncedChat[];
  /**
   * Your chats that were not in the request.
   */
  newChats: NewSyncedChat[];
  /**
   * Requested chats that you are not a member of.
   */
  removedChatIds: string[];
  /**
   * Chats that did not fit into this reply, requested or not: request these next, from the positions you have or from 0.
   *
   * Items: A chat's id; clones share the text.
   */
  pending?: string[];
  /**
   * Send this with the next SYNC.
   */
  cursor: string;
  /**
   * You, and the users who share a chat with you, if their profiles changed since your cursor; absent without one.
   */
  users?: SyncedUser[];
  /**
   * Your settings, if they changed since your cursor.
   */
  settings?: {
    [k: string]: unknown;
  };
}
/**
 * Changes in one chat.
 */
export interface SyncedChat {
  /**
   * The chat.
   */
  chatId: string;
  /**
   * The position that this reply brings you to.
   */
  seq: number;
  /**
   * The chat, if anything but messages changed.
   */
  chat?: Chat;
  /**
   * Your own view of the chat: role, unread counts, read position and mute.
   */
  viewer: Viewer;
  /**
   * All members, if membership changed; the first 200 if there are more.
   */
  members?: Member[];
  /**
   * True if there are more members; GET_MEMBERS has all of them.
   */
  membersTruncated?: boolean;
  /**
   * Positions of the members.
   */
  marks: Mark[];
  /**
   * Messages being streamed. If their texts do not fit in a reply, each `content` is the end of its text; the message that ends the stream has all of it.
   */
  streams: StreamedMessage[];
  /**
   * Messages changed since then, in the order of their latest change.
   */
  messages: Message[];
  /**
   * True if there is more: request it from `seq`.
   */
  more: boolean;
  /**
   * The digest of the chat's durable state at `seq`, as 64 hexadecimal digits, if requested and if it could be computed now.
   */
  digest?: string;
  /**
   * Retention removed every message below this `seq`: discard yours.
   */
  trimmedBefore?: number;
  /**
   * True if your position was beyond the chat's: discard your copy of the chat.
   */
  reset?: boolean;
}
/**
 * The part of a chat that concerns the asking user.
 */
export interface Viewer {
  /**
   * The user's role; absent if not a member.
   */
  myRole?: ChatRole;
  /**
   * Number of undeleted messages from others after `readSeq`, or from `unreadFromSeq` on if that is lower.
   */
  unreadCount: number;
  /**
   * Number of unread messages that mention the asking user.
   */
  mentionCount: number;
  /**
   * The last message read by the asking user.
   */
  readSeq: number;
  /**
   * The message from which the asking user has marked the chat unread; absent if they have not.
   */
  unreadFromSeq?: number;
  /**
   * True if notifications are muted.
   */
  muted: boolean;
  /**
   * Time at which the mute ends; absent if permanent.
   */
  mutedUntil?: string;
  /**
   * The other user of a direct chat.
   */
  peer?: User;
}
/**
 * A member's positions in a chat.
 */
export interface Mark {
  /**
   * The user.
   */
  userId: string;
  /**
   * The last message read by the member.
   */
  readSeq: number;
  /**
   * The last message delivered to the member.
   */
  deliveredSeq: number;
}
/**
 * A message being streamed, with its text so far.
 */
export interface StreamedMessage {
  /**
   * Chosen by the client, or a UUIDv7.
   */
  id: string;
  /**
   * The message's chat.
   */
  chatId: string;
  /**
   * The position in the chat.
   */
  seq: number;
  /**
   * The `seq` of its latest change.
   */
  updatedSeq: number;
  /**
   * The sender.
   */
  sender: Sender;
  /**
   * The message's role: `user`, `assistant` or `system`.
   */
  role: MessageRole;
  /**
   * The text as sent; empty in a tombstone.
   */
  content: string;
  /**
   * Attached files.
   */
  attachments: Attachment[];
  /**
   * The message this one replies to.
   */
  replyTo?: string;
  /**
   * Members named with `@`.
   *
   * Items: A user's id.
   */
  mentions: string[];
  /**
   * Emoji.
   */
  reactions: Reaction[];
  /**
   * Data of the sender's application, as it was written.
   */
  metadata?: {
    [k: string]: unknown;
  };
  /**
   * Time of sending.
   */
  createdAt: string;
  /**
   * Time of the latest edit.
   */
  editedAt?: string;
  /**
   * Time of deletion; only in a tombstone.
   */
  deletedAt?: string;
  /**
   * The index of the first MESSAGE_CHUNK that is not in `content`.
   */
  nextIndex: number;
}
/**
 * A chat that was not in the request.
 */
export interface NewSyncedChat {
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
   * The description.
   */
  description?: string;
  /**
   * False if archived and read-only.
   */
  active: boolean;
  /**
   * The members who may post.
   */
  posting: Posting & string;
  /**
   * The creator.
   */
  createdBy: string;
  /**
   * Time of creation.
   */
  createdAt: string;
  /**
   * Time of the latest message or change.
   */
  updatedAt: string;
  /**
   * The `seq` of the latest durable change.
   */
  seq: number;
  /**
   * Number of members.
   */
  memberCount: number;
  /**
   * True if the chat has more than `limits.largeChatMembers` members. Changes with `memberCount`, without a separate event.
   */
  large?: boolean;
  /**
   * Number of messages that are not deleted.
   */
  messageCount: number;
  /**
   * The newest message that is not deleted.
   */
  lastMessage?: Message;
  /**
   * Pinned messages, oldest pin first.
   *
   * Items: A message's id, unique within its chat.
   */
  pinned: string[];
  /**
   * The lowest `seq` that a message can have: retention removed everything older. 1 if nothing was removed.
   */
  firstSeq: number;
  /**
   * Days after which messages are removed; absent if the server's setting applies.
   */
  retentionDays?: number;
  /**
   * True while an admin of the server holds the chat: nothing in it is edited, deleted or removed by retention.
   */
  hold?: boolean;
  /**
   * The user's role; absent if not a member.
   */
  myRole?: ChatRole;
  /**
   * Number of undeleted messages from others after `readSeq`, or from `unreadFromSeq` on if that is lower.
   */
  unreadCount?: number;
  /**
   * Number of unread messages that mention the asking user.
   */
  mentionCount?: number;
  /**
   * The last message read by the asking user.
   */
  readSeq?: number;
  /**
   * The message from which the asking user has marked the chat unread; absent if they have not.
   */
  unreadFromSeq?: number;
  /**
   * True if notifications are muted.
   */
  muted?: boolean;
  /**
   * Time at which the mute ends; absent if permanent.
   */
  mutedUntil?: string;
  /**
   * The other user of a direct chat.
   */
  peer?: User;
  /**
   * Messages being streamed, if they fit in the reply; else SYNC with this chat has them.
   */
  streams: StreamedMessage[];
}
/**
 * A user whose profile changed.
 */
export interface SyncedUser {
  /**
   * Never changes.
   */
  id: string;
  /**
   * Unique, ignoring case.
   */
  username: string;
  /**
   * The name shown to people.
   */
  displayName: string;
  /**
   * A picture: an http or https address, or a path on this server that needs no credentials.
   */
  avatarUrl?: string;
  /**
   * Person or bot.
   */
  kind: UserKind;
  /**
   * The user's role on the server.
   */
  role: ServerRole;
  /**
   * The user's presence; `offline` to those who share no chat with the user.
   */
  status: PresenceStatus;
  /**
   * Time of the last connection; only to those who share a chat with the user.
   */
  lastSeenAt?: string;
  /**
   * Time of creation.
   */
  createdAt: string;
  /**
   * The e-mail address; visible only to the user.
   */
  email?: string;
  /**
   * Increases with every change of the profile, so the higher version is the newer one.
   */
  version: number;
  /**
   * True if the account was deleted.
   */
  deleted?: boolean;
}
/**
 * A user's ban from the chat was lifted.
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
   * The event's `seq`.
   */
  seq: number;
  /**
   * The user.
   */
  userId: string;
  /**
   * The user who lifted the ban.
   */
  by: string;
  /**
   * The reason given.
   */
  reason?: string;
  /**
   * True if there was no ban.
   */
  duplicate?: boolean;
}
/**
 * A user's ban is lifted.
 */
export interface UserUnbannedFrame {
  type: "USER_UNBANNED";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user.
   */
  userId: string;
  /**
   * The user who lifted the ban.
   */
  by: string;
  /**
   * The reason given.
   */
  reason?: string;
  /**
   * True if there was no ban.
   */
  duplicate?: boolean;
}
/**
 * A message was unpinned.
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
   * The event's `seq`.
   */
  seq: number;
  /**
   * The message's id.
   */
  messageId: string;
  /**
   * The user who unpinned it.
   */
  by: string;
  /**
   * All pinned messages, oldest pin first.
   *
   * Items: A message's id, unique within its chat.
   */
  pinned: string[];
  /**
   * True if the message was not pinned.
   */
  duplicate?: boolean;
}
/**
 * The chat's name, description or archive state changed.
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
   * The event's `seq`.
   */
  seq: number;
  /**
   * The chat as it is now.
   */
  chat: Chat;
  /**
   * The user who made the change.
   */
  by: string;
  /**
   * True if the request changed nothing.
   */
  duplicate?: boolean;
}
/**
 * A member's role changed.
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
   * The event's `seq`.
   */
  seq: number;
  /**
   * The user whose role changed.
   */
  userId: string;
  /**
   * The new role.
   */
  role: ChatRole;
  /**
   * The user who changed it.
   */
  by: string;
  /**
   * True if the request changed nothing.
   */
  duplicate?: boolean;
}
/**
 * A user's profile changed; sent to everybody who shares a chat with the user.
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
   * True if the request changed nothing.
   */
  duplicate?: boolean;
}
/**
 * Adds members to a chat; for its owners and admins.
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
   * The user, by id or username.
   *
   * @minItems 1
   * @maxItems 200
   */
  members: string[];
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Adds a reaction to a message.
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
   * One emoji of at most 64 bytes, or a name: `:` 1 to 30 of `a-z 0-9 _ + -` `:`. Forms that differ only in U+FE0F are the same emoji.
   */
  emoji: string;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Appends a piece to a stream.
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
   * The next piece, white space included; at most 65,536 bytes in all pieces together. An empty piece changes nothing.
   */
  content: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Authenticates the connection, or renews it, with an access token or API token.
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
   * The client's name for its device.
   */
  deviceId?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
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
   * The user, by id or username; need not be a member.
   */
  userId: string;
  /**
   * Reason, shown to everybody in the chat.
   */
  reason?: string | null;
  /**
   * Time at which the ban ends; permanent by default.
   */
  until?: string | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Bans a user from the server; for moderators.
 */
export interface BanUserCommand {
  type: "BAN_USER";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user, by id or username; for admins also by e-mail address.
   */
  userId: string;
  /**
   * Reason, shown to the user.
   */
  reason?: string | null;
  /**
   * Time at which the ban ends; permanent by default.
   */
  until?: string | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Changes your password and ends your other sessions.
 */
export interface ChangePasswordCommand {
  type: "CHANGE_PASSWORD";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The present password.
   */
  oldPassword: string;
  /**
   * The new password.
   */
  newPassword: string;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Confirms a user's email address, so that others can find them by it; for admins.
 */
export interface ConfirmEmailCommand {
  type: "CONFIRM_EMAIL";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user, by id, username or e-mail address.
   */
  userId: string;
  /**
   * The address to confirm. The user may have another one by now, which nobody has looked at.
   */
  email: string;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Creates an API token for a program, and its bot.
 */
export interface CreateApiTokenCommand {
  type: "CREATE_API_TOKEN";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * A name that describes the token's purpose.
   */
  name: string;
  /**
   * The permissions of the token, among them `read`; `read` and `write` by default.
   *
   * @minItems 1
   */
  scopes?: Scope[] | null;
  /**
   * The bot that the token authenticates, created if it does not exist; by default the token authenticates you.
   */
  botUsername?: string | null;
  /**
   * The user that the token authenticates, by id, username or e-mail address; for admins. By default you.
   */
  userId?: string | null;
  /**
   * Time at which the token expires; by default never, or with the token that creates it.
   */
  expiresAt?: string | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Creates a group or channel that you own, or finds or creates a direct chat.
 */
export interface CreateChatCommand {
  type: "CREATE_CHAT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The name; by default `Chat YYYY-MM-DD HH:MM`. A direct chat has no name.
   */
  name?: string | null;
  /**
   * A private group (the default), a public channel, or a direct chat with one other user.
   */
  kind?: NewChatKind | null;
  /**
   * The description.
   */
  description?: string | null;
  /**
   * Initial members, by id or username; for a direct chat, the other user.
   *
   * @maxItems 200
   */
  members?: string[] | null;
  /**
   * An id chosen by the client, so that repeating the command returns the chat already created. The id of a deleted chat cannot be used again.
   */
  id?: string | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Starts the upload of a file to a chat, and returns the address to PUT its bytes to.
 */
export interface CreateUploadCommand {
  type: "CREATE_UPLOAD";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel; required for an attachment, absent for an avatar.
   */
  chatId?: string | null;
  /**
   * The use of the file.
   *
   * attachment: For a message of the chat.
   * avatar: For your profile: an image of at most 1 MiB. Set `avatarUrl` to its `url` with UPDATE_USER.
   */
  purpose?: "attachment" | "avatar";
  /**
   * The file's name, without a path.
   */
  name: string;
  /**
   * Size in bytes; exactly this many must follow.
   */
  size: number;
  /**
   * The media type, for example `image/png`.
   */
  mimeType: string;
  /**
   * Width of an image in pixels, so that clients can lay it out before they have loaded it.
   */
  width?: number | null;
  /**
   * Height of an image in pixels.
   */
  height?: number | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Creates an account for somebody else; for admins.
 */
export interface CreateUserCommand {
  type: "CREATE_USER";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The username.
   */
  username: string;
  /**
   * The password.
   */
  password: string;
  /**
   * The e-mail address, which also works for log-in; it counts as confirmed.
   */
  email?: string | null;
  /**
   * The name shown to people; by default the username.
   */
  displayName?: string | null;
  /**
   * The role on the server; `member` by default.
   */
  role?: ServerRole | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Deletes your account permanently; your messages stay, without your name.
 */
export interface DeleteAccountCommand {
  type: "DELETE_ACCOUNT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Your password, because this cannot be undone.
   */
  password: string;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
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
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Deletes a chat and all its messages permanently.
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
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
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
   * Reason, shown to everybody in the chat.
   */
  reason?: string | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Disconnects a user, who may reconnect; for moderators.
 */
export interface DisconnectUserCommand {
  type: "DISCONNECT_USER";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user, by id or username.
   */
  userId: string;
  /**
   * Reason, recorded in the audit log.
   */
  reason?: string | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * A file of a message being sent.
 *
 * Give only the `id` of an upload to this server, or all other fields for a file elsewhere.
 */
export interface AttachmentInput {
  /**
   * The id of a file that you have uploaded to this chat; the other fields are filled in.
   */
  id?: string | null;
  /**
   * `http` or `https`; absent for an upload.
   */
  url?: string | null;
  /**
   * The file's name.
   */
  name?: string | null;
  /**
   * Size in bytes.
   */
  size?: number | null;
  /**
   * The media type, for example `image/png`.
   */
  mimeType?: string | null;
  /**
   * Width of an image in pixels.
   */
  width?: number | null;
  /**
   * Height of an image in pixels.
   */
  height?: number | null;
}
/**
 * Edits one of your messages.
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
   * The new text: at most `limits.contentChars` characters (a bot's: 65,536 bytes, like a stream), not only white space. May be empty if the message has attachments.
   */
  content: string;
  /**
   * The new list of files; by default the files stay.
   *
   * @maxItems 20
   */
  attachments?: AttachmentInput[] | null;
  /**
   * New application data; by default the current data stays.
   */
  metadata?: {
    [k: string]: unknown;
  } | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Ends a stream and stores its text as one message.
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
   * The final text, if it differs from the pieces; at most 65,536 bytes.
   */
  content?: string | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Exports your profile, chats, messages, reactions, sessions and tokens as JSON lines to download.
 */
export interface ExportMyDataCommand {
  type: "EXPORT_MY_DATA";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Lists accounts with their email addresses and bans; for admins.
 */
export interface GetAccountsCommand {
  type: "GET_ACCOUNTS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Only this user, by id, username or e-mail address.
   */
  userId?: string | null;
  /**
   * Part of the username or display name, ignoring case; or a complete e-mail address, confirmed or not.
   */
  search?: string | null;
  /**
   * Maximum number of items: 1 to 200, by default 50.
   */
  limit?: number | null;
  /**
   * The `nextCursor` of the previous page.
   */
  cursor?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Lists your API tokens and those of your bots.
 */
export interface GetApiTokensCommand {
  type: "GET_API_TOKENS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user, by id, username or e-mail address; for admins. By default you.
   */
  userId?: string | null;
  /**
   * The `nextCursor` of the previous page.
   */
  cursor?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Lists moderation actions, newest first; for moderators.
 */
export interface GetAuditLogCommand {
  type: "GET_AUDIT_LOG";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Maximum number of items: 1 to 200, by default 50.
   */
  limit?: number | null;
  /**
   * The `nextCursor` of the previous page.
   */
  cursor?: string | null;
  /**
   * Only entries by this user.
   */
  actorId?: string | null;
  /**
   * Only entries about this user, message or chat.
   */
  targetId?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
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
  /**
   * The `nextCursor` of the previous page.
   */
  cursor?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Gets a chat, and the digest of its state if requested.
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
  /**
   * True to include the digest of the chat's durable state. It costs as much as 10 commands, plus one per 1,000 changes, and is refused with TOO_LARGE beyond 20,000 changes.
   */
  digest?: boolean;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
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
   * Your own chats (the default), all channels, or your archived chats.
   */
  scope?: ChatScope | null;
  /**
   * Part of the name.
   */
  search?: string | null;
  /**
   * Maximum number of items: 1 to 200, by default 50.
   */
  limit?: number | null;
  /**
   * The `nextCursor` of the previous page.
   */
  cursor?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Gets messages of a chat: the newest, around a position, or by page.
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
   * Maximum number of items: 1 to 200, by default 50.
   */
  limit?: number | null;
  /**
   * The newest messages before this `seq`.
   */
  before?: number | null;
  /**
   * The oldest messages after this `seq`.
   */
  after?: number | null;
  /**
   * The messages around this `seq`.
   */
  around?: number | null;
  /**
   * Page number; page 1 is the newest.
   */
  page?: number | null;
  /**
   * Messages per page: 1 to 200, by default 50.
   */
  size?: number | null;
  /**
   * Only messages of this user.
   */
  senderId?: string | null;
  /**
   * Only messages whose text contains this.
   */
  search?: string | null;
  /**
   * The `nextCursor` of a partial reply, with the same `senderId` and `search`.
   */
  cursor?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Gets an address at which a file of a chat can be read for 15 minutes.
 */
export interface GetFileCommand {
  type: "GET_FILE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * The file's id.
   */
  fileId: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Gets your own user.
 */
export interface GetMeCommand {
  type: "GET_ME";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Lists the members of a chat with their presence.
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
   * Maximum number of items: 1 to 200, by default 50.
   */
  limit?: number | null;
  /**
   * The `nextCursor` of the previous page.
   */
  cursor?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
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
   * Maximum number of items: 1 to 200, by default 50.
   */
  limit?: number | null;
  /**
   * The `nextCursor` of the previous page.
   */
  cursor?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Gets a message.
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
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Gets the presence of users you share a chat with.
 */
export interface GetPresenceCommand {
  type: "GET_PRESENCE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * At most 200 users; users who share no chat with you are left out.
   *
   * @maxItems 200
   */
  userIds?: string[] | null;
  /**
   * A chat you are in, by id or `#name`, instead of `userIds`: its members.
   */
  chatId?: string | null;
  /**
   * Maximum number of members: 1 to 200, by default 200.
   */
  limit?: number | null;
  /**
   * The `nextCursor` of the previous page.
   */
  cursor?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Counts the members who have read a message of yours.
 */
export interface GetReadStateCommand {
  type: "GET_READ_STATE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The chat's id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * The id of a message of yours.
   */
  messageId: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Lists your sessions.
 */
export interface GetSessionsCommand {
  type: "GET_SESSIONS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The `nextCursor` of the previous page.
   */
  cursor?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Gets your settings.
 */
export interface GetSettingsCommand {
  type: "GET_SETTINGS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Gets statistics of the server; for moderators.
 */
export interface GetStatsCommand {
  type: "GET_STATS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Gets a user by id or username.
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
   * The username, instead of `userId`.
   */
  username?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Lists users, by part of their names or a complete e-mail address.
 */
export interface GetUsersCommand {
  type: "GET_USERS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Part of the username or display name, ignoring case; or a complete e-mail address.
   */
  search?: string | null;
  /**
   * Only these users, by id, in this order: at most 200. Those that do not exist are left out. Cannot be combined with `search`, `notInChat` or `cursor`.
   *
   * @maxItems 200
   */
  userIds?: string[] | null;
  /**
   * Only users who are not in this chat: its id, or `#name` of a channel.
   */
  notInChat?: string | null;
  /**
   * Maximum number of items: 1 to 200, by default 50.
   */
  limit?: number | null;
  /**
   * The `nextCursor` of the previous page.
   */
  cursor?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Lists all commands, or describes one.
 */
export interface HelpCommand {
  type: "HELP";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The command to describe.
   */
  command?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Joins a channel.
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
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Leaves a chat, which is deleted with its last member.
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
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Authenticates the connection by username or e-mail address and password.
 */
export interface LogInCommand {
  type: "LOG_IN";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Your username.
   */
  username?: string | null;
  /**
   * The e-mail address, instead of the username.
   */
  email?: string | null;
  /**
   * Your password.
   */
  password: string;
  /**
   * The client's name for its device, shown by GET_SESSIONS.
   */
  deviceId?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Ends this session, or all of yours; their sockets close.
 */
export interface LogOutCommand {
  type: "LOG_OUT";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * True ends all of your sessions instead of this one. API tokens still work.
   */
  everywhere?: boolean | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Marks messages as delivered; the server does this itself for messages it sends.
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
   * The last message received; at most the newest.
   */
  seq: number;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Marks messages as read; the position never moves back.
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
   * The last message read; by default, and at most, the newest.
   */
  seq?: number | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Marks a chat as unread from a message on, for yourself only, until MARK_READ reaches that message.
 */
export interface MarkUnreadCommand {
  type: "MARK_UNREAD";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Its id, or `#name` of a channel.
   */
  chatId: string;
  /**
   * The first message to be shown as unread: 1 to the chat's `seq`.
   */
  seq: number;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Mutes or unmutes a chat on your own devices, permanently or until a time.
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
   * Time at which the mute ends; permanent by default; `null` unmutes.
   */
  until?: string | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Checks that the server is alive and gets its time.
 */
export interface PingCommand {
  type: "PING";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Pins a message in its chat.
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
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Exchanges a refresh token for new tokens; reusing an old one ends the session.
 */
export interface RefreshTokenCommand {
  type: "REFRESH_TOKEN";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The latest refresh token, valid once.
   */
  refreshToken: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Removes members from a chat; for its owners and admins.
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
   * The users, by id or username.
   *
   * @minItems 1
   * @maxItems 200
   */
  userIds: string[];
  /**
   * Reason, shown to everybody in the chat.
   */
  reason?: string | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Removes your reaction from a message.
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
   * The emoji, exactly as it was added.
   */
  emoji: string;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Revokes an API token of yours or of your bots; its sockets close.
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
  /**
   * The owner of the token, by id, username or e-mail address; for admins. By default you.
   */
  userId?: string | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Ends one of your sessions; its sockets close.
 */
export interface RevokeSessionCommand {
  type: "REVOKE_SESSION";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The session's id, from GET_SESSIONS.
   */
  sessionId: string;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Runs one of the server's jobs now, for example retention; for admins.
 */
export interface RunJobCommand {
  type: "RUN_JOB";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The job's name; GET_STATS lists them.
   */
  name: string;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Finds messages by their words, newest first, in one chat or all of yours.
 */
export interface SearchMessagesCommand {
  type: "SEARCH_MESSAGES";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Words to find, in any case; a message matches if it contains each of them anywhere in its text.
   */
  query: string;
  /**
   * Only this chat: its id, or `#name` of a channel.
   */
  chatId?: string | null;
  /**
   * Only messages of this user.
   */
  senderId?: string | null;
  /**
   * Maximum number of items: 1 to 200, by default 50.
   */
  limit?: number | null;
  /**
   * The `nextCursor` of the previous page.
   */
  cursor?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * A message as its sender writes it.
 */
export interface Written {
  /**
   * An id chosen by the client, so that repeating the command returns the message already sent.
   */
  id?: string | null;
  /**
   * The text: at most `limits.contentChars` characters, not only white space. May be empty or absent if there are attachments.
   */
  content?: string | null;
  /**
   * `user` by default; bots may also use `assistant` or `system`.
   */
  role?: MessageRole | null;
  /**
   * Attached files.
   *
   * @maxItems 20
   */
  attachments?: AttachmentInput[] | null;
  /**
   * The message this one replies to.
   */
  replyTo?: string | null;
  /**
   * Application-specific data.
   */
  metadata?: {
    [k: string]: unknown;
  } | null;
}
/**
 * Sends a message to a chat.
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
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Sends a message to one user, in your direct chat.
 */
export interface SendPersonalMessageCommand {
  type: "SEND_PERSONAL_MESSAGE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The recipient, by id, username or complete e-mail address.
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
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Tells the server which optional frames this connection's client understands.
 */
export interface SetCapabilitiesCommand {
  type: "SET_CAPABILITIES";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * True to get simultaneous presence changes in one PRESENCE with `users`; by default unchanged.
   */
  presenceBatches?: boolean | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Puts a chat on hold, so that nothing in it is edited, deleted or removed by retention; for admins.
 */
export interface SetHoldCommand {
  type: "SET_HOLD";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * Its id, or `#name` of a channel; you need not be a member.
   */
  chatId: string;
  /**
   * True protects everything in the chat from edits, deletion and retention; false ends the protection.
   */
  hold: boolean;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Sets whether you are online or away.
 */
export interface SetPresenceCommand {
  type: "SET_PRESENCE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * `away` while this connection is inactive. You are online while any of your connections is.
   */
  status: OwnStatus;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Shows the other members that you are typing, or have stopped.
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
   * True while you are typing; expires after 10 seconds, when you send a message, and with the connection.
   */
  typing: boolean;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Sets a user's password and ends the user's sessions; for admins.
 */
export interface SetUserPasswordCommand {
  type: "SET_USER_PASSWORD";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user, by id, username or e-mail address.
   */
  userId: string;
  /**
   * The new password.
   */
  newPassword: string;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Changes a user's role on the server; for admins.
 */
export interface SetUserRoleCommand {
  type: "SET_USER_ROLE";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user, by id or username; for admins also by e-mail address.
   */
  userId: string;
  /**
   * The new role.
   */
  role: ServerRole;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Creates an account and logs you in.
 */
export interface SignUpCommand {
  type: "SIGN_UP";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The username; generated by default if an e-mail address is given.
   */
  username?: string | null;
  /**
   * The new account's password.
   */
  password: string;
  /**
   * The e-mail address, which also works for log-in; hidden from others.
   */
  email?: string | null;
  /**
   * The name shown to people; by default the username.
   */
  displayName?: string | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Properties of a streamed message that are known in advance.
 */
export interface Streamed {
  /**
   * An id chosen by the client.
   */
  id?: string | null;
  /**
   * By default `assistant`.
   */
  role?: MessageRole | null;
  /**
   * The message this one replies to.
   */
  replyTo?: string | null;
}
/**
 * Starts a message that others can read while it is being written; for bots.
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
   * Properties of the message that are known in advance.
   */
  message?: Streamed | null;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Asks the author of a stream to stop.
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
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Catches up after a reconnect: gets everything that has changed since the given positions.
 */
export interface SyncCommand {
  type: "SYNC";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The last `seq` you have seen of each chat you know; at most 2,000 chats.
   */
  chats: {
    [k: string]: number;
  };
  /**
   * The latest `cursor` you received; the reply then includes the users and settings that changed since.
   */
  cursor?: string | null;
  /**
   * Maximum number of messages per chat: 1 to 200, by default 200.
   */
  limit?: number | null;
  /**
   * True to include the digest of each requested chat that the reply brings up to date, as far as your budget reaches: it costs as much as 10 commands, and each digest beyond the first that has to be computed 10 more, plus one per 1,000 changes. A chat with more than 20,000 changes has none.
   */
  digest?: boolean;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Lifts a ban from a chat; for its owners and admins.
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
   * The user, by id or username.
   */
  userId: string;
  /**
   * Reason, shown to everybody in the chat.
   */
  reason?: string | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Lifts a user's ban from the server; for moderators.
 */
export interface UnbanUserCommand {
  type: "UNBAN_USER";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The user, by id or username; for admins also by e-mail address.
   */
  userId: string;
  /**
   * Reason, recorded in the audit log.
   */
  reason?: string | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Unpins a message.
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
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Renames, describes, archives or reopens a chat, or sets who may post and how long messages are kept.
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
   * The name.
   */
  name?: string | null;
  /**
   * The description; empty removes it.
   */
  description?: string | null;
  /**
   * False archives the chat, which is then read-only; true reopens it.
   */
  active?: boolean | null;
  /**
   * `admins` lets only owners and admins post; everybody else still reads and reacts. `everyone` is the default.
   */
  posting?: Posting | null;
  /**
   * Days after which messages are removed permanently; at most the server's `RETENTION_DAYS`, which null applies again. For owners.
   */
  retentionDays?: number | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Changes a member's role; for the chat's owners.
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
   * The user, by id or username.
   */
  userId: string;
  /**
   * The new role. An owner may step down after making another member an owner.
   */
  role: ChatRole;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Changes your settings on all of your devices.
 */
export interface UpdateSettingsCommand {
  type: "UPDATE_SETTINGS";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The changes as a JSON Merge Patch: objects are merged, null removes. The whole document may have at most 16 KiB.
   */
  settings: {
    [k: string]: unknown;
  };
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * Changes your profile.
 */
export interface UpdateUserCommand {
  type: "UPDATE_USER";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The name shown to people.
   */
  displayName?: string | null;
  /**
   * Your username.
   */
  username?: string | null;
  /**
   * The e-mail address, which also works for log-in; null removes it. Others can find you by it once an administrator has confirmed it.
   */
  email?: string | null;
  /**
   * The http or https address of a picture, or the `url` of an avatar that you have uploaded; null removes it.
   */
  avatarUrl?: string | null;
  /**
   * Idempotency key, unique per user. For at least 24 hours, repeating the command with the same key returns the first result with duplicate:true and has no further effect.
   */
  opId?: string;
  /**
   * Your trace and the span that sends the command, as in W3C Trace Context.
   */
  traceparent?: string;
}
/**
 * A new channel, announced to everybody connected; takes no `seq`.
 */
export interface ChannelListedFrame {
  type: "CHANNEL_LISTED";
  /**
   * The channel.
   */
  chat: Chat;
}
/**
 * Limits on one client; 0 turns a rate or count off.
 */
export interface Limits {
  /**
   * Maximum number of bytes of a frame.
   */
  frameBytes: number;
  /**
   * Maximum number of characters of a message.
   */
  contentChars: number;
  /**
   * Maximum number of characters of a name.
   */
  nameChars: number;
  /**
   * Maximum number of characters of a description.
   */
  descriptionChars: number;
  /**
   * Maximum number of commands in one frame.
   */
  batch: number;
  /**
   * Commands per second on one connection.
   */
  commandsPerSecond: number;
  /**
   * Maximum burst of commands on one connection.
   */
  commandBurst: number;
  /**
   * Maximum number of failed log-ins per minute, account and address.
   */
  loginAttemptsPerMinute: number;
  /**
   * Maximum number of new accounts per hour and address.
   */
  signUpsPerHour: number;
  /**
   * Maximum number of connections of one user.
   */
  connectionsPerUser: number;
  /**
   * Commands per second of one user on all connections together.
   */
  commandsPerSecondPerUser: number;
  /**
   * Maximum number of bots of one user.
   */
  botsPerUser: number;
  /**
   * Maximum number of API tokens of one user.
   */
  tokensPerUser: number;
  /**
   * Maximum number of sessions of one user.
   */
  sessionsPerUser: number;
  /**
   * Maximum number of chats that one user can create or join.
   */
  chatsPerUser: number;
  /**
   * Maximum number of chats that one user can create per hour.
   */
  newChatsPerHour: number;
  /**
   * Maximum number of users they share no chat with that one user can add to chats per hour.
   */
  newContactsPerHour: number;
  /**
   * Milliseconds after which a search replies with the results so far; 0 is no limit.
   */
  searchMilliseconds: number;
  /**
   * Maximum number of pinned messages of one chat.
   */
  pinsPerChat: number;
  /**
   * Maximum number of different emoji on one message.
   */
  reactionsPerMessage: number;
  /**
   * Number of members above which a chat is large: it has `large:true`, and presence, other members' marks and most TYPING are not sent to it.
   */
  largeChatMembers: number;
  /**
   * Maximum number of bytes of a file.
   */
  fileBytes: number;
  /**
   * Maximum number of bytes of all files of one user.
   */
  fileBytesPerUser: number;
  /**
   * Maximum number of bytes queued for a slow client.
   */
  outboxBytes: number;
  /**
   * Interval in seconds at which an idle client is pinged.
   */
  heartbeatSeconds: number;
  /**
   * Seconds after which an unresponsive client is disconnected.
   */
  heartbeatTimeoutSeconds: number;
  /**
   * Seconds within which a connection must authenticate.
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
   * The connection's id.
   */
  connectionId: string;
  /**
   * True if the handshake carried valid credentials.
   */
  authenticated: boolean;
  /**
   * The authenticated user.
   */
  user?: User;
  /**
   * The cursor for SYNC, if the connection is authenticated.
   */
  cursor?: string;
  /**
   * Interval in milliseconds at which an idle client is pinged.
   */
  heartbeatMs: number;
  /**
   * Limits on one client.
   */
  limits: Limits;
}
/**
 * An error reply, or the reason why the connection ends.
 */
export interface ErrorFrame {
  type: "ERROR";
  /**
   * Chosen by the client; the reply carries it unchanged.
   */
  requestId?: string | number;
  /**
   * The command.
   */
  command?: string;
  /**
   * The error's code.
   */
  code: Code;
  /**
   * A message for people.
   */
  error: string;
  /**
   * The path of the field to correct, for example `message.content`.
   */
  field?: string;
  /**
   * Milliseconds to wait before trying again.
   */
  retryAfterMs?: number;
}
/**
 * Retention removed the oldest messages of a chat. They leave no tombstones: discard messages below `beforeSeq`, and fetch the chat again for its counts and pinned messages.
 */
export interface HistoryTrimmedFrame {
  type: "HISTORY_TRIMMED";
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The event's `seq`.
   */
  seq: number;
  /**
   * The chat's `firstSeq` from now on.
   */
  beforeSeq: number;
}
/**
 * Events that the client missed. Without a chat, events of any kind: answer with SYNC and the latest cursor.
 */
export interface LaggedFrame {
  type: "LAGGED";
  /**
   * The chat whose events were missed.
   */
  chatId?: string;
  /**
   * The first event missed.
   */
  fromSeq?: number;
  /**
   * The last event missed.
   */
  toSeq?: number;
}
/**
 * A message mentions the receiving member; never stored, and among the first dropped from a full queue.
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
 * A piece of a stream; takes no `seq`. If pieces are missing, SYNC has the text so far.
 */
export interface MessageChunkFrame {
  type: "MESSAGE_CHUNK";
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The id of the future message.
   */
  messageId: string;
  /**
   * The next piece of the text.
   */
  content: string;
  /**
   * Index of the piece, from 0.
   */
  index: number;
}
/**
 * Asks the author of a stream to stop; names the first user who asked.
 */
export interface StopRequestedFrame {
  type: "STOP_REQUESTED";
  /**
   * The chat's id.
   */
  chatId: string;
  /**
   * The id of the future message.
   */
  messageId: string;
  /**
   * The first user who asked.
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

/** The reply to a successful command; a failed one gets an ErrorFrame. */
export type ReplyTo<C extends Command> = Replies[C["type"]];

/** The frames of one type. */
export type FrameOf<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;
