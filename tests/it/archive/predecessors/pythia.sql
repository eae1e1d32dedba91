-- Pythia Conversations, PostgreSQL. Password of everybody: correct-horse-7
CREATE TYPE "UserStatus" AS ENUM ('ACTIVE', 'SUSPENDED', 'BANNED');
CREATE TYPE "Role" AS ENUM ('MEMBER', 'MODERATOR', 'ADMIN', 'SUPER_ADMIN');
CREATE TYPE "AdminActionType" AS ENUM ('BAN_USER', 'UNBAN_USER', 'SUSPEND_USER', 'UNSUSPEND_USER',
  'DELETE_MESSAGE', 'PIN_MESSAGE', 'UNPIN_MESSAGE', 'ASSIGN_ROLE', 'REMOVE_ROLE',
  'CREATE_CHANNEL', 'DELETE_CHANNEL', 'ARCHIVE_CHANNEL', 'KICK_USER');
CREATE TYPE "AdminTargetType" AS ENUM ('USER', 'MESSAGE', 'CHANNEL', 'ROLE');
CREATE TABLE users (
  id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, username TEXT NOT NULL UNIQUE, password TEXT NOT NULL,
  avatar TEXT, status "UserStatus" NOT NULL DEFAULT 'ACTIVE', "bannedUntil" TIMESTAMP(3),
  "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" TIMESTAMP(3) NOT NULL);
CREATE TABLE channels (
  id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT,
  "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" TIMESTAMP(3) NOT NULL);
CREATE TABLE messages (
  id TEXT PRIMARY KEY, content TEXT NOT NULL, "isEdited" BOOLEAN NOT NULL DEFAULT false,
  "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" TIMESTAMP(3) NOT NULL,
  "userId" TEXT NOT NULL REFERENCES users ON DELETE CASCADE,
  "channelId" TEXT NOT NULL REFERENCES channels ON DELETE CASCADE);
CREATE TABLE channel_members (
  id TEXT PRIMARY KEY, "joinedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "userId" TEXT NOT NULL REFERENCES users ON DELETE CASCADE,
  "channelId" TEXT NOT NULL REFERENCES channels ON DELETE CASCADE,
  UNIQUE ("userId", "channelId"));
CREATE TABLE mentions (
  id TEXT PRIMARY KEY, "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "userId" TEXT NOT NULL REFERENCES users ON DELETE CASCADE,
  "messageId" TEXT NOT NULL REFERENCES messages ON DELETE CASCADE,
  UNIQUE ("userId", "messageId"));
CREATE TABLE message_reactions (
  id TEXT PRIMARY KEY, emoji TEXT NOT NULL, "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "userId" TEXT NOT NULL REFERENCES users ON DELETE CASCADE,
  "messageId" TEXT NOT NULL REFERENCES messages ON DELETE CASCADE,
  UNIQUE ("userId", "messageId", emoji));
CREATE TABLE user_roles (
  id TEXT PRIMARY KEY, role "Role" NOT NULL, "channelId" TEXT REFERENCES channels ON DELETE CASCADE,
  "assignedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "assignedBy" TEXT NOT NULL REFERENCES users ON DELETE RESTRICT,
  "userId" TEXT NOT NULL REFERENCES users ON DELETE CASCADE,
  UNIQUE ("userId", role, "channelId"));
CREATE TABLE admin_actions (
  id TEXT PRIMARY KEY, action "AdminActionType" NOT NULL, "targetType" "AdminTargetType" NOT NULL,
  "targetId" TEXT NOT NULL, reason TEXT, metadata JSONB,
  "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "adminId" TEXT NOT NULL REFERENCES users ON DELETE RESTRICT);
CREATE FUNCTION c(text) RETURNS text LANGUAGE sql AS 'SELECT ''c'' || lpad($1, 24, ''0'')';

INSERT INTO users VALUES
 (c('u1'), 'mira@chat.example', 'mira', '$2b$12$tInarY5lLJx/TLY8ywynq.KqoF.zBSNMFwqEEM08VCLMPMnDVJHvu', NULL, 'ACTIVE', NULL, '2021-04-01 07:00:00', '2021-04-01 07:00:00'),
 (c('u2'), 'Tobin@chat.example', 'tobin', '$2b$12$tg2GW6pKwOHmR0hjHGfXTOevs6KhfownHyur/mhZvrslhCkMokhgC', 'https://img.example/t.png', 'ACTIVE', NULL, '2021-04-01 07:01:00', '2021-04-01 07:01:00'),
 (c('u3'), 'sana@chat.example', 'sana', '$2b$12$WobaHac0z0eZ5u6J99K6H.o0htlz1LkbuWV3ky46hPjiaF1xV7Oty', NULL, 'BANNED', '2099-01-01 00:00:00', '2021-04-01 07:02:00', '2021-04-02 10:00:00');
INSERT INTO channels VALUES
 (c('ch1'), 'general', 'General discussion', '2021-04-01 07:00:01', '2021-04-01 07:00:01'),
 (c('ch2'), 'harbour', NULL, '2021-04-01 09:00:00', '2021-04-01 09:00:00');
INSERT INTO channel_members VALUES
 (c('cm1'), '2021-04-01 07:00:01', c('u1'), c('ch1')),
 (c('cm2'), '2021-04-01 07:05:00', c('u2'), c('ch1')),
 (c('cm3'), '2021-04-01 07:06:00', c('u3'), c('ch1')),
 (c('cm4'), '2021-04-01 09:00:00', c('u2'), c('ch2'));
INSERT INTO messages VALUES
 (c('m1'), 'Shall we meet at noon?', false, '2021-04-02 08:00:00', '2021-04-02 08:00:00', c('u1'), c('ch1')),
 (c('m2'), '> @mira: Shall we meet at noon?' || E'\n\n' || 'Yes, at the pier', false, '2021-04-02 08:01:00', '2021-04-02 08:01:00', c('u2'), c('ch1')),
 (c('m3'), 'Make it **one** o''clock', true, '2021-04-02 08:02:00', '2021-04-02 08:03:30', c('u1'), c('ch1')),
 (c('m4'), 'ask @tobin and @sana', false, '2021-04-02 08:04:00', '2021-04-02 08:04:00', c('u1'), c('ch1')),
 (c('m5'), 'I will be late', false, '2021-04-02 08:05:00', '2021-04-02 08:05:00', c('u3'), c('ch1')),
 (c('m7'), 'note to self, @mira is not in here', false, '2021-04-02 09:10:00', '2021-04-02 09:10:00', c('u2'), c('ch2'));
INSERT INTO mentions VALUES
 (c('mn1'), '2021-04-02 08:01:00', c('u1'), c('m2')),  -- from the reply prefix
 (c('mn2'), '2021-04-02 08:04:00', c('u2'), c('m4')),
 (c('mn3'), '2021-04-02 08:04:00', c('u3'), c('m4')),
 (c('mn4'), '2021-04-02 09:10:00', c('u1'), c('m7'));  -- not a member
INSERT INTO message_reactions VALUES
 (c('r1'), '👍', '2021-04-02 08:06:00', c('u2'), c('m1')),
 (c('r2'), '🎉', '2021-04-02 08:06:01', c('u2'), c('m1')),
 (c('r3'), 'nice', '2021-04-02 08:06:02', c('u1'), c('m5'));  -- any text passes
INSERT INTO user_roles VALUES
 (c('ro1'), 'SUPER_ADMIN', NULL, '2021-04-01 07:00:01', c('u1'), c('u1')),
 (c('ro2'), 'MODERATOR', c('ch1'), '2021-04-01 07:30:00', c('u1'), c('u2'));
INSERT INTO admin_actions VALUES
 (c('a1'), 'DELETE_MESSAGE', 'MESSAGE', c('m6'), 'off topic',
  '{"message_content": "buy now", "author_id": "c0000000000000000000000u3", "channel_id": "c000000000000000000000ch1"}',
  '2021-04-02 09:00:00', c('u1')),
 (c('a2'), 'BAN_USER', 'USER', c('u3'), 'spam',
  '{"duration_hours": 596000}', '2021-04-02 10:00:00', c('u1'));
DROP FUNCTION c(text);
