-- The tables of chats, after fastapi-application.sql. On PostgreSQL, DATETIME is TIMESTAMP.
CREATE TABLE chats (id INTEGER NOT NULL, is_group BOOLEAN, created_at DATETIME, PRIMARY KEY (id));
CREATE TABLE messages (
  id INTEGER NOT NULL, chat_id INTEGER REFERENCES chats (id) ON DELETE CASCADE,
  sender_id INTEGER REFERENCES users (id) ON DELETE CASCADE,
  receiver_id INTEGER REFERENCES users (id) ON DELETE CASCADE,
  content TEXT NOT NULL, is_read BOOLEAN, created_at DATETIME, PRIMARY KEY (id));
INSERT INTO chats VALUES
 (7, FALSE, '2021-04-02 08:00:00.000100'), (9001, TRUE, '2021-04-02 08:10:00.000200');
INSERT INTO messages VALUES
 (1, 7, 1, 2, 'Hello', FALSE, '2021-04-02 08:00:00.100000'),
 (2, 7, 2, 1, 'Hello @mira', TRUE, '2021-04-02 08:00:30.000000'),   -- the program itself never sets is_read
 (3, 7, 3, 1, 'a third person in a chat of two', FALSE, '2021-04-02 08:01:00.000000'),
 (5, 9001, 1, NULL, 'To the group', FALSE, '2021-04-02 08:10:00.300000'),   -- 4 was removed by hand
 (6, 9001, 2, NULL, '   ', FALSE, '2021-04-02 08:11:00.000000'),
 (7, 9001, NULL, NULL, 'sender unknown', FALSE, '2021-04-02 08:12:00.000000');
