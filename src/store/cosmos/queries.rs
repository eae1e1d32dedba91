//! Every query. The tests of [`layout`](super::layout) check that the paths in them are indexed.

/// A page of older messages and the head, which sorts before them. Filters and [`NEWEST_FIRST`] follow.
pub(super) const OLDER: &str = "SELECT TOP @top * FROM c WHERE c.id = 'head' OR (c.seq < @from";
pub(super) const NEWEST_FIRST: &str = ") ORDER BY c.seq DESC";

/// Messages between two positions, newest first. Filters and [`NEWEST_FIRST`] follow.
pub(super) const BETWEEN: &str =
    "SELECT TOP @top * FROM c WHERE (c.id != 'head' AND c.seq >= @from AND c.seq <= @clock";

/// One sender's messages, newest first, using the index of senders.
pub(super) const NEWEST_OF_SENDER: &str = ") ORDER BY c.sender.id ASC, c.seq DESC";

/// A page of newer messages. Filters and [`OLDEST_FIRST`] follow.
pub(super) const NEWER: &str = "SELECT TOP @top * FROM c WHERE (c.id != 'head' AND c.seq >= @from AND c.seq <= @clock";
pub(super) const OLDEST_FIRST: &str = ") ORDER BY c.seq";

/// A numbered page. Filters and [`NUMBERED_ORDER`] follow.
pub(super) const NUMBERED: &str = "SELECT * FROM c WHERE (c.id != 'head' AND c.seq <= @clock";
pub(super) const NUMBERED_ORDER: &str = ") ORDER BY c.seq DESC OFFSET @skip LIMIT @top";

/// Counts messages. Filters and `)` follow.
pub(super) const TOTAL: &str = "SELECT VALUE COUNT(1) FROM c WHERE (c.id != 'head' AND c.seq <= @clock";

/// A numbered page of a section of the history. Filters and [`NUMBERED_ORDER`] follow.
pub(super) const NUMBERED_BETWEEN: &str =
    "SELECT * FROM c WHERE (c.id != 'head' AND c.seq >= @from AND c.seq <= @clock";

/// Counts messages between two positions. Filters and `)` follow.
pub(super) const COUNT: &str =
    "SELECT VALUE COUNT(1) FROM c WHERE (c.id != 'head' AND c.seq >= @from AND c.seq <= @clock";

/// The last undeleted message before a position.
pub(super) const PREVIOUS: &str = "SELECT TOP 1 * FROM c WHERE c.id != 'head' AND c.seq < @from \
    AND NOT IS_DEFINED(c.deletedAt) ORDER BY c.seq DESC";

pub(super) const OF_SENDER: &str = " AND c.sender.id = @sender";
pub(super) const SAYING: &str = " AND (CONTAINS(c.folded, @search) \
    OR (NOT IS_DEFINED(c.folded) AND CONTAINS(c.content, @search, true)))";

/// A whole word, using a full-text index on [`FULL_TEXT`](super::layout::FULL_TEXT).
pub(super) const HAVING_WORD: &str = " AND FullTextContains(c.content, @search)";

pub(super) const UNREAD: &str = "SELECT VALUE COUNT(1) FROM c WHERE c.seq > @read AND c.seq <= @clock \
    AND c.sender.id != @user AND NOT IS_DEFINED(c.deletedAt)";

/// The last message up to a position.
pub(super) const LAST_READ: &str = "SELECT TOP 1 * FROM c WHERE c.id != 'head' AND c.seq <= @read ORDER BY c.seq DESC";

/// A sender's last message up to a position.
pub(super) const LAST_SENT: &str = "SELECT TOP 1 * FROM c WHERE c.sender.id = @user AND c.seq <= @to \
    ORDER BY c.sender.id ASC, c.seq DESC";

/// A sender's first message after a position.
pub(super) const FIRST_SENT: &str = "SELECT TOP 1 * FROM c WHERE c.sender.id = @user AND c.seq > @after ORDER BY c.seq";

/// The oldest messages of a chat.
pub(super) const OLDEST: &str = "SELECT TOP @top * FROM c WHERE c.id != 'head' AND c.seq >= 1 ORDER BY c.seq";

/// The documents of reactions; the prefixes of `c.reaction` follow.
pub(super) const REACTIONS_ON: &str = "SELECT VALUE c.id FROM c WHERE";

/// Every chat, with the fields that decide how long it keeps its messages.
pub(super) const EVERY_RETENTION: &str = "SELECT VALUE {chat: c.chatId, createdAt: c.chat.createdAt, \
    retentionDays: c.chat.retentionDays, hold: c.chat.hold} FROM c WHERE c.id = 'head'";

/// Every document of another program's container.
pub(super) const FOREIGN: &str = "SELECT * FROM c";

/// The ids of all chats that are not deleted.
pub(super) const EVERY_CHAT_ID: &str =
    "SELECT VALUE c.chatId FROM c WHERE c.id = 'head' AND IS_DEFINED(c.chat.createdAt)";

/// Counts other users' deleted messages between two positions.
pub(super) const GONE: &str = "SELECT VALUE COUNT(1) FROM c WHERE c.seq > @read AND c.seq <= @clock \
    AND c.sender.id != @user AND IS_DEFINED(c.deletedAt)";

/// Sums the deleted messages of small and large blocks.
pub(super) const DELETED: &str = "SELECT VALUE SUM(c.deleted) FROM c \
    WHERE (c.deletionsOf = @near AND c.block > @from AND c.block < @to) OR (c.deletionsOf = @far AND c.block > @beyond)";

/// The heads of several chats, and a user's membership in each; [`ONE_CHAT`] of each chat follows.
pub(super) const HEADS_AND_MEMBERSHIPS: &str = "SELECT * FROM c WHERE c.id IN ('head', @member) AND";
pub(super) const ONE_CHAT: &str = "c.chatId BETWEEN";

/// The marks in several chats; [`ONE_CHAT`] of each chat follows.
pub(super) const MARKS_OF_CHATS: &str = "SELECT VALUE {chat: c.chatId, userId: c.userId, readSeq: c.readSeq, \
    deliveredSeq: c.deliveredSeq} FROM c WHERE c.present = true AND";

/// The members of several chats; [`ONE_CHAT`] of each chat follows. The times of marks change too often to be indexed.
pub(super) const MEMBERS_OF_CHATS: &str = "SELECT * FROM c WHERE c.present = true AND";

/// The members who have read least.
pub(super) const LOWEST: &str = "SELECT TOP @top * FROM c WHERE c.present = true ORDER BY c.readSeq";

/// The members who have read furthest.
pub(super) const FURTHEST: &str = "SELECT TOP @top * FROM c WHERE c.present = true ORDER BY c.readSeq DESC";

/// The marks of every member except one. Delivered marks change too often to be indexed.
pub(super) const OTHERS_MARKS: &str = "SELECT VALUE {readSeq: c.readSeq, deliveredSeq: c.deliveredSeq} FROM c \
    WHERE c.present = true AND c.userId != @user";

/// The position of the first message of another user after a position.
pub(super) const NEXT_OTHER: &str = "SELECT TOP 1 VALUE c.seq FROM c \
    WHERE c.seq > @read AND c.sender.id != @user ORDER BY c.seq";

/// The senders of the messages between two positions.
pub(super) const AUTHORS: &str =
    "SELECT VALUE c.sender.id FROM c WHERE c.seq > @after AND c.seq <= @to AND IS_DEFINED(c.sender.id)";

/// Counts unread messages that mention a user.
pub(super) const MENTION_COUNT: &str = "SELECT VALUE COUNT(1) FROM c WHERE c.seq > @read AND c.seq <= @clock \
    AND ARRAY_CONTAINS(c.mentions, @user) AND NOT IS_DEFINED(c.deletedAt)";

/// Users mentioned by edits, in messages up to a position that were changed after it.
pub(super) const LATE_MENTIONS: &str = "SELECT VALUE {late: c.late} FROM c WHERE c.updatedSeq > @read AND c.seq <= @read \
    AND ARRAY_CONTAINS(c.mentions, @user) AND NOT IS_DEFINED(c.deletedAt)";

/// Messages of one chat on a page of several. Filters and [`LATEST_BEFORE`] follow.
pub(super) const FOUND: &str = "SELECT TOP @top * FROM c WHERE c.id != 'head' AND c.seq < @from \
    AND c.createdAt <= @latest AND NOT IS_DEFINED(c.deletedAt)";
/// The newest message of a chat before a position and not after a time.
pub(super) const NEWEST: &str = "SELECT TOP 1 * FROM c WHERE c.id != 'head' AND c.seq < @from \
    AND c.createdAt <= @latest ORDER BY c.seq DESC";
pub(super) const FROM_ON: &str = " AND c.seq >= @floor";
pub(super) const MENTIONING: &str = " AND ARRAY_CONTAINS(c.mentions, @user)";
pub(super) const LATEST_BEFORE: &str = " ORDER BY c.seq DESC";

/// The first user of a reaction after those that the message lists.
pub(super) const NEXT_REACTOR: &str =
    "SELECT * FROM c WHERE c.reaction = @reaction ORDER BY c.reactedSeq OFFSET @first LIMIT 1";

pub(super) const CHANGED: &str = "SELECT TOP @top * FROM c \
    WHERE c.updatedSeq > @after AND c.seq <= @clock ORDER BY c.updatedSeq";

pub(super) const MEMBERS: &str =
    "SELECT TOP @top * FROM c WHERE c.userId > @after AND c.present = true ORDER BY c.userId";

pub(super) const PEER: &str = "SELECT TOP 1 * FROM c WHERE c.userId != @user AND c.present = true";

/// Everyone who was ever a member of a chat whose documents are being deleted.
pub(super) const LEFT_MEMBERS: &str = "SELECT TOP 40 * FROM c WHERE IS_DEFINED(c.userId)";

/// The rest of it, except the outcomes of operations, which expire.
pub(super) const LEFT: &str = "SELECT TOP 90 VALUE c.id FROM c WHERE c.id != 'head' AND NOT STARTSWITH(c.id, 'o:')";

/// The documents with these ids; `IN (…)` follows.
pub(super) const BY_ID: &str = "SELECT * FROM c WHERE c.id";

pub(super) const LISTED: &str = "SELECT * FROM c WHERE IS_DEFINED(c.chatId)";

pub(super) const TOKENS: &str = "SELECT * FROM c WHERE IS_DEFINED(c.tokenId)";

pub(super) const BOTS: &str = "SELECT * FROM c WHERE IS_DEFINED(c.key)";

/// Sessions of all users that expired before a time.
pub(super) const EXPIRED_SESSIONS: &str = "SELECT VALUE {user: c.userId, id: c.id} FROM c \
    WHERE IS_DEFINED(c.sessionId) AND c.session.expiresAt < @before";

/// Users whose ban from the server ended before a time.
pub(super) const EXPIRED_BANS: &str = "SELECT TOP @top VALUE c.userId FROM c \
    WHERE c.ban.until < @before AND NOT IS_DEFINED(c.deletedAt)";

/// Tokens of all makers that expired before a time.
pub(super) const EXPIRED_TOKENS: &str = "SELECT TOP @top VALUE {maker: c.userId, token: c.tokenId} FROM c \
    WHERE IS_DEFINED(c.tokenId) AND c.token.expiresAt < @before";

pub(super) const SESSIONS: &str = "SELECT * FROM c WHERE IS_DEFINED(c.sessionId)";

/// A page of the list of people. [`KNOWN_AS`] and [`BY_NAME`] follow.
pub(super) const PEOPLE: &str = "SELECT TOP @top * FROM c WHERE c.key > @after";
pub(super) const KNOWN_AS: &str =
    " AND (CONTAINS(c.key, @search) OR CONTAINS(c.display, @search) OR c.emailKey = @search)";
pub(super) const BY_NAME: &str = " ORDER BY c.key";

/// A page of the list of channels. [`NAMED`] and [`LATEST_FIRST`] follow.
pub(super) const CHANNELS: &str = "SELECT TOP @top * FROM c \
    WHERE (c.updatedAt < @before OR (c.updatedAt = @before AND c.chat > @after))";
/// A page of the channels with activity since a time. [`NAMED`] and [`BY_CHAT`] follow.
pub(super) const ACTIVE_CHANNELS: &str = "SELECT TOP @top * FROM c WHERE (c.updatedAt >= @before AND c.chat > @after)";
pub(super) const BY_CHAT: &str = " ORDER BY c.chat ASC";
pub(super) const NAMED: &str = " AND CONTAINS(c.key, @search)";
pub(super) const LATEST_FIRST: &str = " ORDER BY c.updatedAt DESC, c.chat ASC";

/// A page of one month of the audit log. [`BY_ACTOR`], [`AT_TARGET`] and [`LATEST_ENTRY_FIRST`] follow.
pub(super) const AUDIT: &str = "SELECT TOP @top * FROM c WHERE c.auditId < @before";
pub(super) const BY_ACTOR: &str = " AND c.actorId = @actor";
pub(super) const AT_TARGET: &str = " AND c.targetId = @target";
pub(super) const LATEST_ENTRY_FIRST: &str = " ORDER BY c.auditId DESC";

/// Every reserved name of a channel.
pub(super) const EVERY_NAME: &str = "SELECT VALUE {name: c.chatId, owner: c.owner} FROM c WHERE c.id = 'name'";

/// Every chat, with the number of its messages if it is not deleted. The SDK runs no aggregates across partitions.
pub(super) const EVERY_CHAT: &str =
    "SELECT VALUE {chat: c.chatId, messages: c.chat.messageCount} FROM c WHERE c.id = 'head'";

/// Every reaction, including those of deleted messages.
pub(super) const EVERY_REACTION: &str =
    "SELECT VALUE {chat: c.chatId, reaction: c.reaction} FROM c WHERE IS_DEFINED(c.reaction)";

/// Every deleted message.
pub(super) const EVERY_DELETED: &str =
    "SELECT VALUE {chat: c.chatId, message: c.messageId} FROM c WHERE IS_DEFINED(c.deletedAt)";

/// Every account.
pub(super) const EVERY_ACCOUNT: &str = "SELECT VALUE {deletedAt: c.deletedAt} FROM c WHERE c.id = 'profile'";

/// The ids of all accounts, with their owners.
pub(super) const ACCOUNT_KEYS: &str = "SELECT VALUE {user: c.userId, owner: c.owner} FROM c WHERE c.id = 'profile'";

/// Every document stored under a name.
pub(super) const EVERY_DOCUMENT: &str = "SELECT * FROM c WHERE c.id = 'document'";

/// A page of all current and former members of a chat.
pub(super) const EVER_MEMBERS: &str = "SELECT TOP @top * FROM c WHERE c.userId > @after ORDER BY c.userId";

/// The reactions on a message; `@prefix` is its id and `~`.
pub(super) const REACTORS: &str = "SELECT * FROM c WHERE STARTSWITH(c.reaction, @prefix)";

/// A page of complete files.
pub(super) const COMPLETE_FILES: &str =
    "SELECT TOP @top * FROM c WHERE c.fileState = 'complete' AND c.id > @after ORDER BY c.id";

/// A page of one month of the audit log, oldest first.
pub(super) const AUDIT_AFTER: &str = "SELECT TOP @top * FROM c WHERE c.auditId > @after ORDER BY c.auditId";

/// Every chat in which a user has ever been listed as a member.
pub(super) const EVER_JOINED: &str =
    "SELECT VALUE {chat: c.chatId, present: c.present, leftSeq: c.leftSeq} FROM c WHERE c.userId = @user";

/// The reactions in a chat.
pub(super) const REACTIONS: &str =
    "SELECT VALUE {reaction: c.reaction, reactor: c.reactor} FROM c WHERE IS_DEFINED(c.reaction)";

/// The months with audit entries.
pub(super) const MONTHS: &str = "SELECT VALUE c.id FROM c";

/// Files whose review is due.
pub(super) const FILES_DUE: &str = "SELECT TOP @top * FROM c WHERE c.fileDue <= @now ORDER BY c.fileDue";

/// A page of the files of an owner or of a chat, without those that are being deleted.
pub(super) const FILES_OF_OWNER: &str = "SELECT TOP @top * FROM c \
    WHERE c.fileOwner = @of AND c.id > @after AND c.fileState != 'deleting' ORDER BY c.id";
pub(super) const FILES_OF_CHAT: &str = "SELECT TOP @top * FROM c \
    WHERE c.fileChat = @of AND c.id > @after AND c.fileState != 'deleting' ORDER BY c.id";

/// The bytes and the unfinished uploads of an owner.
pub(super) const FILE_BYTES_OF_OWNER: &str =
    "SELECT VALUE SUM(c.fileSize) FROM c WHERE c.fileOwner = @of AND c.fileState != 'deleting'";
pub(super) const UNFINISHED_FILES: &str = "SELECT VALUE COUNT(1) FROM c \
    WHERE c.fileOwner = @of AND c.fileState = 'uploading' AND c.fileDue > @now";

/// The number and size of the outcomes that are kept for a user.
pub(super) const OPERATION_COUNT: &str = "SELECT VALUE COUNT(1) FROM c WHERE IS_DEFINED(c.operationBytes)";
pub(super) const OPERATION_BYTES: &str = "SELECT VALUE SUM(c.operationBytes) FROM c WHERE IS_DEFINED(c.operationBytes)";

/// The number and size of complete files.
pub(super) const FILE_COUNT: &str = "SELECT VALUE COUNT(1) FROM c WHERE c.fileState = 'complete'";
pub(super) const FILE_BYTES: &str = "SELECT VALUE SUM(c.fileSize) FROM c WHERE c.fileState = 'complete'";
