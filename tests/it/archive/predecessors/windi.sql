-- WinDi Chat, PostgreSQL. Password of everybody: correct-horse-7
CREATE TABLE users (
  id SERIAL PRIMARY KEY, username VARCHAR(256) NOT NULL UNIQUE, password VARCHAR(60),
  created_at TIMESTAMP NOT NULL DEFAULT now(), updated_at TIMESTAMP NOT NULL DEFAULT now());
CREATE TABLE chats (
  id SERIAL PRIMARY KEY, name VARCHAR(256) NOT NULL UNIQUE, type VARCHAR(24) NOT NULL,
  created_at TIMESTAMP NOT NULL DEFAULT now(), updated_at TIMESTAMP NOT NULL DEFAULT now());
CREATE TABLE chat_users (
  chat_id INTEGER NOT NULL REFERENCES chats (id), user_id INTEGER NOT NULL REFERENCES users (id),
  created_at TIMESTAMP NOT NULL DEFAULT now(),
  PRIMARY KEY (chat_id, user_id));
CREATE TABLE groups (
  id SERIAL PRIMARY KEY, name VARCHAR(256) NOT NULL UNIQUE,
  creator_id INTEGER NOT NULL REFERENCES users (id), chat_id INTEGER NOT NULL REFERENCES chats (id),
  created_at TIMESTAMP NOT NULL DEFAULT now(), updated_at TIMESTAMP NOT NULL DEFAULT now());
CREATE TABLE messages (
  id UUID PRIMARY KEY, chat_id INTEGER NOT NULL REFERENCES chats (id),
  sender_id INTEGER NOT NULL REFERENCES users (id), text VARCHAR(4096) NOT NULL,
  send_at TIMESTAMP NOT NULL DEFAULT now(), read_at TIMESTAMP,
  updated_at TIMESTAMP NOT NULL DEFAULT now());
CREATE TABLE message_users_read (
  message_id UUID NOT NULL REFERENCES messages (id), user_id INTEGER NOT NULL REFERENCES users (id),
  PRIMARY KEY (message_id, user_id));
CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY);
INSERT INTO alembic_version VALUES ('f77770ac4d20');

INSERT INTO users (username, password) VALUES
 ('mira', '$2b$12$tInarY5lLJx/TLY8ywynq.KqoF.zBSNMFwqEEM08VCLMPMnDVJHvu'),
 ('tobin lake', '$2b$12$tg2GW6pKwOHmR0hjHGfXTOevs6KhfownHyur/mhZvrslhCkMokhgC'),
 ('Mira', '$2b$04$6h9vknJ4WZzIxTATWSiPJOfUT8o70V/mC84w13bDmHZ5QWj1i56H6');   -- cost 4, as its data generator makes; a name but for case
INSERT INTO chats (name, type, created_at, updated_at) VALUES
 ('Private-[1, 2]', 'PRIVATE', '2021-04-02 08:00:00', '2021-04-02 08:00:00'),
 ('Harbour crew', 'GROUP', '2021-04-02 08:30:00', '2021-04-02 08:30:00');
INSERT INTO groups (name, creator_id, chat_id) VALUES ('Harbour crew', 1, 2);
INSERT INTO chat_users VALUES
 (1, 1, '2021-04-02 08:00:00'), (1, 2, '2021-04-02 08:00:00'),
 (2, 1, '2021-04-02 08:30:00'), (2, 2, '2021-04-02 08:31:00'), (2, 3, '2021-04-02 08:31:00');
INSERT INTO messages VALUES
 ('6b1f7c0a-0d5e-4a57-8d0c-0b6b7e3f1a01', 1, 1, 'Hello', '2021-04-02 08:01:00.123456', '2021-04-02 08:02:00.5', '2021-04-02 08:02:00.6'),
 ('a2c4e6f8-1b3d-4f5a-9c7e-3d5f7a9b1c02', 1, 2, 'Hello back', '2021-04-02 08:03:00', NULL, '2021-04-02 08:03:00'),
 ('0c9d8e7f-6a5b-4c3d-8e2f-1a0b9c8d7e03', 1, 2, '', '2021-04-02 08:04:00', NULL, '2021-04-02 08:04:00'),   -- empty text is possible
 ('f0e1d2c3-b4a5-4968-8776-655443322104', 2, 1, 'Read by all three', '2021-04-02 08:40:00', '2021-04-02 08:45:00', '2021-04-02 08:45:00'),
 ('11223344-5566-4778-899a-abbccddeef05', 2, 2, '@mira same instant as the next', '2021-04-02 08:50:00', NULL, '2021-04-02 08:50:00'),
 ('10213243-5465-4768-8798-a9bacbdced06', 2, 3, 'same instant as the one before', '2021-04-02 08:50:00', NULL, '2021-04-02 08:50:00');
INSERT INTO message_users_read SELECT id, sender_id FROM messages;
INSERT INTO message_users_read SELECT id, 2 FROM messages WHERE text LIKE 'Read by%';
INSERT INTO message_users_read SELECT id, 3 FROM messages WHERE text LIKE 'Read by%';
