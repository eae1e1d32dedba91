-- FastAPI Chat Application with accounts only. Password of everybody: correct-horse-7
CREATE TABLE users (
  id INTEGER NOT NULL, name VARCHAR NOT NULL, email VARCHAR NOT NULL UNIQUE,
  hashed_password VARCHAR(256) NOT NULL, PRIMARY KEY (id));
INSERT INTO users VALUES
 (1, 'Mira', 'mira@chat.example', '$2b$12$t4Voph13D9Fn7QFqcVM6fuAT6Tz6Bh.mWedSfvEBCLaQOC/PVOPh2'),
 (2, 'Tobin Lake', 'Tobin@chat.example', '$2b$12$NGU/1usm4aQfmI3Q6gRhF.ExqpBWKurlJSoYcPxcMyote/CicAzE6'),
 (3, 'Mira', 'tobin@chat.example', '$2b$12$se/WQIJUxGoesiYUeLNW3O/TFiSqn5k2ETtfMVaIvQPy4yEYJwmAW');        -- same name, same address but for case
