-- Python FastAPI Chat Backend, SQLite. Password of everybody: correct-horse-7
-- PostgreSQL: message_reads.read_at is TIMESTAMP, every other DATETIME is TIMESTAMPTZ.
CREATE TABLE users (
  id INTEGER NOT NULL, username VARCHAR NOT NULL UNIQUE, hashed_password VARCHAR NOT NULL,
  refresh_token TEXT, refresh_token_expires DATETIME,
  created_at DATETIME DEFAULT (CURRENT_TIMESTAMP), PRIMARY KEY (id));
CREATE TABLE chat_rooms (
  id INTEGER NOT NULL, name VARCHAR NOT NULL,
  created_at DATETIME DEFAULT (CURRENT_TIMESTAMP), PRIMARY KEY (id));
CREATE TABLE messages (
  id INTEGER NOT NULL, content VARCHAR, message_type VARCHAR, file_url VARCHAR,
  file_name VARCHAR, file_size INTEGER, mime_type VARCHAR,
  timestamp DATETIME DEFAULT (CURRENT_TIMESTAMP),
  room_id INTEGER NOT NULL REFERENCES chat_rooms (id),
  sender_id INTEGER NOT NULL REFERENCES users (id), PRIMARY KEY (id));
CREATE TABLE message_reactions (
  id INTEGER NOT NULL, message_id INTEGER NOT NULL REFERENCES messages (id),
  user_id INTEGER NOT NULL REFERENCES users (id), reaction_type VARCHAR NOT NULL,
  created_at DATETIME DEFAULT (CURRENT_TIMESTAMP),
  updated_at DATETIME DEFAULT (CURRENT_TIMESTAMP), PRIMARY KEY (id),
  UNIQUE (message_id, user_id));
CREATE TABLE message_reads (
  id INTEGER NOT NULL, message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  read_at DATETIME NOT NULL, PRIMARY KEY (id));

INSERT INTO users VALUES
 (1, 'mira', '$2b$12$tInarY5lLJx/TLY8ywynq.KqoF.zBSNMFwqEEM08VCLMPMnDVJHvu', 'invented-refresh-token-0123456789abcdefghij', '2021-04-09 08:00:00.000000', '2021-04-01 07:00:00'),
 (2, 'tobin', '$2b$12$tg2GW6pKwOHmR0hjHGfXTOevs6KhfownHyur/mhZvrslhCkMokhgC', NULL, NULL, '2021-04-01 07:01:00'),
 (3, 'sana lake', '$2b$12$WobaHac0z0eZ5u6J99K6H.o0htlz1LkbuWV3ky46hPjiaF1xV7Oty', NULL, NULL, '2021-04-01 07:02:00');
INSERT INTO chat_rooms VALUES
 (1, 'General', '2021-04-01 07:10:00'),
 (2, 'general', '2021-04-01 07:11:00');          -- names may repeat, here but for case
INSERT INTO messages VALUES
 (1, 'Good morning', 'text', NULL, NULL, NULL, NULL, '2021-04-02 08:00:00', 1, 1),
 (2, 'Same second, higher id', 'text', NULL, NULL, NULL, NULL, '2021-04-02 08:00:00', 1, 2),
 (3, '', 'image', '/api/files/0f6a1c52-7d1b-4b0e-9c55-2f1f0c7a9e11.jpg',
     '0f6a1c52-7d1b-4b0e-9c55-2f1f0c7a9e11.jpg', 48213, 'image/jpeg', '2021-04-02 08:05:00', 1, 1),
 (5, '', 'audio', NULL, NULL, NULL, NULL, '2021-04-02 08:06:00', 1, 2),   -- lost upload; id 4 was removed by hand
 (6, '@mira the plan is attached', 'text_with_document', 'https://files.example/plan.pdf',
     'plan.pdf', NULL, 'application/pdf', '2021-04-02 08:07:00', 1, 3),
 (7, 'Second room', NULL, NULL, NULL, NULL, NULL, '2021-04-02 09:00:00', 2, 3);
INSERT INTO message_reactions VALUES
 (1, 1, 2, '👍', '2021-04-02 08:01:00', '2021-04-02 08:01:00'),
 (2, 1, 3, '❤️', '2021-04-02 08:01:30', '2021-04-02 08:02:10');      -- replaced an earlier one
INSERT INTO message_reads VALUES
 (1, 1, 2, '2021-04-02 08:00:05.120034'), (2, 1, 3, '2021-04-02 08:00:09.000211'),
 (3, 2, 1, '2021-04-02 08:00:07.500000'), (4, 2, 1, '2021-04-02 08:00:07.500900'),   -- no unique key
 (5, 3, 3, '2021-04-02 08:05:20.000001'), (6, 6, 1, '2021-04-02 08:07:30.250000');
