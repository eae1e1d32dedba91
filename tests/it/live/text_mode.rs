use futures_util::StreamExt;
use serde_json::json;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use crate::contract::backends::Place;
use crate::support::client::PATIENCE;
use crate::support::frame::assert_frame;
use crate::support::{self, Client, Server};

/// The next line, except presence lines.
async fn line(client: &mut Client) -> String {
    match timeout(PATIENCE, client.socket.next()).await.expect("a line in time") {
        Some(Ok(Message::Text(text))) => text.to_string(),
        other => panic!("not a line: {other:?}"),
    }
}

async fn types(client: &mut Client, text: &str) -> String {
    client.send_text(text).await;
    line(client).await
}

/// An authenticated user in text mode.
async fn at_terminal(server: &Server, name: &str) -> Client {
    let token = server.token_of(name).await;
    let mut client = Client::connect(&server.url()).await;
    assert_eq!(client.next().await["type"], "CONNECTED");
    let welcome = types(&mut client, &format!("/token {token}")).await;
    assert_eq!(welcome, format!("* you are {name}; /chats lists your chats"));
    client
}

pub async fn text_mode_exchanges_messages_as_lines(place: Place) {
    let server = support::start(place).await;
    let mut alice = at_terminal(&server, "alice").await;
    let mut ben = at_terminal(&server, "ben").await;
    let opened = "* #general is open (only you, 0 unread). Type a message, or /history for earlier ones";
    assert_eq!(types(&mut alice, "/new general").await, opened);
    assert_eq!(line(&mut ben).await, "* new: #general; /open #general joins it");
    let opened = "* #general is open (2 members, 0 unread). Type a message, or /history for earlier ones";
    assert_eq!(types(&mut ben, "/open #general").await, opened);
    assert_eq!(line(&mut alice).await, "[general] * ben joined");
    assert_eq!(types(&mut alice, "hi").await, "[general] alice: hi");
    assert_eq!(line(&mut ben).await, "[general] alice: hi");
    assert_eq!(types(&mut ben, "//slash and \u{1b}[31mred").await, "[general] ben: /slash and \u{fffd}[31mred");
    line(&mut alice).await;
    let history = types(&mut alice, "/history 20").await;
    assert_eq!(history, "[general] alice: hi\n[general] ben: /slash and \u{fffd}[31mred");
    let who = types(&mut alice, "/who").await;
    assert!(who.contains("alice (owner, online)") && who.contains("ben (online)"), "{who}");
    let chats = types(&mut ben, "/chats").await;
    assert!(chats.starts_with("#general (channel, 2 members, ") && chats.ends_with("/open #general"), "{chats}");
    assert_eq!(types(&mut alice, "/unread").await, "* general is marked unread");
    assert_eq!(types(&mut alice, "/json on").await, "* frames are now shown unchanged");
    let general = types(&mut alice, r##"{"type":"GET_CHAT","chatId":"#general"}"##).await;
    let general: serde_json::Value = serde_json::from_str(&general).expect("a frame");
    assert_eq!(general["chat"]["unreadFromSeq"], general["chat"]["lastMessage"]["seq"], "{general}");
    ben.send_text("/quit").await;
    assert_eq!(ben.closed().await, Some((1000, "goodbye".into())));
}

pub async fn invalid_lines_are_answered_with_the_correct_usage(place: Place) {
    let server = support::start(place).await;
    let mut ann = Client::connect(&server.url()).await;
    ann.next().await;
    ann.refused(json!("hello"), "INVALID_JSON", "").await;
    let help = types(&mut ann, "/help").await;
    let lines =
        "/help /signup /login /token /chats /users /new /open /join /leave /msg /who /history /unread /json /quit";
    for word in lines.split(' ') {
        assert!(help.contains(word), "{word} is missing from {help}");
    }
    assert_eq!(types(&mut ann, "/hlep").await, "! unknown command /hlep; did you mean /help?");
    assert_eq!(
        types(&mut ann, "/open").await,
        "! /open #general – opens a chat by #name, @user, name or id; what you type is sent there"
    );
    let log_in = "! log in first: /login NAME, /signup NAME or /token";
    assert_eq!(types(&mut ann, "hello").await, log_in);
    assert_eq!(types(&mut ann, "/chats").await, log_in);
    assert!(types(&mut ann, "/token nonsense").await.starts_with("! these credentials are not valid; "));
    let mut ann = at_terminal(&server, "ann").await;
    assert_eq!(types(&mut ann, "/open #nowhere").await, "! no channel named #nowhere");
    let nothing = "! no chat is open; use /open #general or /new NAME";
    assert_eq!(types(&mut ann, "hello").await, nothing);
    assert_eq!(types(&mut ann, "/open @ann").await, "! a direct chat needs another user than yourself");
    let usage = "! /history [COUNT] – shows the latest messages: 1 to 200, by default 20";
    assert_eq!(types(&mut ann, "/history 0").await, usage);
    assert_eq!(types(&mut ann, "{broken").await.get(..2), Some("! "));
}

pub async fn text_mode_can_show_and_send_raw_frames(place: Place) {
    let server = support::start(place).await;
    let mut ann = at_terminal(&server, "ann").await;
    types(&mut ann, "/new den").await;
    let sent = r##"{"type":"SEND_MESSAGE","chatId":"#den","content":"by hand"}"##;
    let reply: serde_json::Value = serde_json::from_str(&types(&mut ann, sent).await).expect("a frame");
    assert_eq!((&reply["type"], &reply["message"]["content"]), (&json!("NEW_MESSAGE"), &json!("by hand")));
    assert!(reply.get("requestId").is_none(), "{reply}");
    let named = types(&mut ann, r#"{"type":"PING","requestId":"mine"}"#).await;
    let named = serde_json::from_str(&named).expect("a frame");
    assert_frame(&named, json!({"type":"PONG","requestId":"mine","serverTime":"<time>"}));
    assert_eq!(types(&mut ann, "/json on").await, "* frames are now shown unchanged");
    let reply: serde_json::Value = serde_json::from_str(&types(&mut ann, "and in words").await).expect("a frame");
    assert_eq!((&reply["type"], &reply["message"]["content"]), (&json!("NEW_MESSAGE"), &json!("and in words")));
    assert_eq!(types(&mut ann, "/json off").await, "* frames are now shown as lines");
    assert_eq!(types(&mut ann, "again").await, "[den] ann: again");
}

pub async fn text_mode_supports_sign_up_and_personal_messages(place: Place) {
    let server = support::start(place).await;
    let mut ann = Client::connect(&server.url()).await;
    ann.next().await;
    assert_eq!(types(&mut ann, "/signup ann").await, "? the password of ann (the next line; an empty one cancels)");
    assert_eq!(types(&mut ann, "/a pass word").await, "* you are ann; /chats lists your chats");
    let mut ben = at_terminal(&server, "ben").await;
    assert_eq!(types(&mut ann, "/new den").await.get(..14), Some("* #den is open"));
    assert_eq!(line(&mut ben).await, "* new: #den; /open #den joins it");
    assert_eq!(types(&mut ben, "/join den").await.get(..14), Some("* #den is open"));
    assert_eq!(line(&mut ann).await, "[den] * ben joined");
    assert_eq!(types(&mut ben, "[x").await, "[den] ben: [x");
    assert_eq!(line(&mut ann).await, "[den] ben: [x");
    assert_eq!(types(&mut ben, "/leave").await, "* you left den");
    assert_eq!(line(&mut ann).await, "[den] * ben left");
    assert!(types(&mut ben, "hello").await.starts_with("! no chat is open"));
    let users = types(&mut ben, "/users").await;
    assert!(users.contains("ann (") && users.contains("ben ("), "{users}");
    assert_eq!(types(&mut ben, "/msg ann see you").await, "[@ann] ben: see you");
    let new = line(&mut ann).await;
    assert!(new.starts_with("* new: a direct chat; /open "), "{new}");
    assert_eq!(types(&mut ann, "/open @ben").await.get(..15), Some("* @ben is open "));
    assert_eq!(types(&mut ann, "hi").await, "[@ben] ann: hi");
    assert_eq!(line(&mut ben).await, "[@ann] ann: hi");
}

pub async fn passwords_are_not_echoed(place: Place) {
    let server = support::start(place).await;
    let mut ann = Client::connect(&server.url()).await;
    ann.next().await;
    let typed = [
        "/signup ann sesame-1",
        "/signup ann",
        "sesame-2",
        "/login ann sesame-3",
        "/json on",
        "/login ann",
        "sesame-4",
    ];
    for text in typed.iter().chain(&["/logni ann sesame-5", "/signup x sesame-6"]) {
        let shown = types(&mut ann, text).await;
        assert!(!shown.contains("sesame"), "{text}: {shown}");
    }
}

pub async fn text_is_sent_to_the_channel_opened_last(place: Place) {
    let server = support::start(place).await;
    let mut eve = server.user("eve").await;
    let mut owner = server.user("owner").await;
    let lobby = owner.reply(json!({"type":"CREATE_CHAT","kind":"channel","name":"lobby"})).await;
    let trap = eve.reply(json!({"type":"CREATE_CHAT","kind":"channel","name":"trap"})).await;
    let mut ann = at_terminal(&server, "ann").await;
    assert!(types(&mut ann, "/open #trap").await.starts_with("* #trap is open"));
    // Metadata that looks like a chat of the name that ann will open.
    let fake = json!({"id":trap["chatId"],"kind":"channel","name":"#lobby","username":"lobby"});
    let also = json!({"id":trap["chatId"],"kind":"channel","name":"lobby"});
    let metadata = json!({"chat":fake,"chats":[fake, also]});
    let command = json!({"type":"SEND_MESSAGE","chatId":trap["chatId"],"content":"hi","metadata":metadata});
    eve.reply(command).await;
    assert_eq!(line(&mut ann).await, "[trap] eve: hi");
    // Pasted in one go: the secret arrives before the channel is open.
    ann.send_text("/open #lobby").await;
    ann.send_text("a secret").await;
    assert!(line(&mut ann).await.starts_with("* #lobby is open"));
    assert_eq!(line(&mut ann).await, "[lobby] ann: a secret");
    let heard = owner.next_of("NEW_MESSAGE").await;
    assert_eq!((&heard["chatId"], &heard["message"]["content"]), (&lobby["chatId"], &json!("a secret")));
    // If a channel cannot be opened, the text is not sent anywhere, in particular not to the previous channel.
    assert!(types(&mut ann, "/open #trap").await.starts_with("* #trap is open"));
    ann.send_text("/open #nowhere").await;
    ann.send_text("another secret").await;
    assert_eq!(line(&mut ann).await, "! no channel named #nowhere");
    assert!(line(&mut ann).await.starts_with("! no chat is open"));
    let history = eve.reply(json!({"type":"GET_CHAT_HISTORY","chatId":trap["chatId"]})).await;
    assert!(!history.to_string().contains("secret"), "{history}");
}

pub async fn lines_cannot_be_forged(place: Place) {
    let server = support::start(place).await;
    let mut eve = server.user("eve").await;
    let made = eve.reply(json!({"type":"CREATE_CHAT","kind":"channel","name":"general"})).await;
    let mut ann = at_terminal(&server, "ann").await;
    assert!(types(&mut ann, "/open #general").await.starts_with("* #general is open"));
    let forged = "hi\n[general] admin: send me your password\r\u{2028}\u{202e}!";
    eve.reply(json!({"type":"SEND_MESSAGE","chatId":made["chatId"],"content":forged})).await;
    let expected = "[general] eve: hi\n  │ [general] admin: send me your password\n  │ \n  │ \u{fffd}!";
    assert_eq!(line(&mut ann).await, expected);
    assert!(types(&mut ann, "/history").await.ends_with(expected));
}

/// Input at a password prompt is never sent to the open chat.
pub async fn password_prompts_repeat_until_correct_or_cancelled(place: Place) {
    let server = support::start(place).await;
    let mut ann = Client::connect(&server.url()).await;
    ann.next().await;
    types(&mut ann, "/signup ann correct-horse").await;
    assert!(types(&mut ann, "/new lobby").await.starts_with("* #lobby is open"));
    let question = "? the password of ann (the next line; an empty one cancels)";
    let again = "! wrong username or password; type the password of ann again, or an empty line to cancel";
    let welcome = "* you are ann; /chats lists your chats";
    assert_eq!(types(&mut ann, "/login ann").await, question);
    for wrong in ["corect-horse", "correct-hors"] {
        assert_eq!(types(&mut ann, wrong).await, again);
    }
    assert_eq!(types(&mut ann, "correct-horse").await, welcome);
    assert_eq!(types(&mut ann, "/login ann corect-horse").await, again, "on one line");
    assert!(types(&mut ann, "/msg ann").await.starts_with("! /msg USER TEXT"), "a typo that requests nothing else");
    assert_eq!(types(&mut ann, "correct-horse").await, welcome);
    assert_eq!(types(&mut ann, "/login ann").await, question);
    assert!(types(&mut ann, "/help").await.starts_with("/help"));
    assert_eq!(types(&mut ann, "correct-horse").await, welcome);
    assert_eq!(types(&mut ann, "/signup zoe").await.get(..22), Some("? the password of zoe "));
    let short = types(&mut ann, "short").await;
    assert!(short.starts_with("! ") && short.ends_with("; type the password of zoe again, or an empty line to cancel"));
    assert_eq!(types(&mut ann, "").await, "* cancelled");
    assert_eq!(types(&mut ann, "/token").await, "? the token (the next line; an empty one cancels)");
    let refused = types(&mut ann, "pichat_secret").await;
    assert_eq!(refused, "! these credentials are not valid; type the token again, or an empty line to cancel");
    assert!(types(&mut ann, "/chats").await.starts_with("#lobby (channel"), "a command cancels");
    assert_eq!(types(&mut ann, "hello").await, "[lobby] ann: hello");
    assert_eq!(types(&mut ann, "/history").await, "[lobby] ann: hello");
}

/// The creator of a chat chooses its id, which may equal another chat's name.
pub async fn names_open_only_the_users_own_chats(place: Place) {
    let server = support::start(place).await;
    let mut eve = server.user("eve").await;
    let mut owner = server.user("owner").await;
    let mut ann = at_terminal(&server, "ann").await;
    let mut ben = at_terminal(&server, "ben").await;
    let trap = json!({"type":"CREATE_CHAT","kind":"channel","name":"pay-roll","id":"payroll"});
    eve.reply(trap).await;
    assert!(line(&mut ann).await.starts_with("* new: #pay-roll"));
    assert!(line(&mut ben).await.starts_with("* new: #pay-roll"));
    let group = json!({"type":"CREATE_CHAT","kind":"group","name":"Payroll","members":["ann"]});
    let group = owner.reply(group).await;
    let new = line(&mut ann).await;
    assert_eq!(new, format!("* new: Payroll; /open {} opens it", group["chatId"].as_str().expect("an id")));
    let mut fresh = at_terminal(&server, "ann").await;
    for person in [&mut ann, &mut fresh] {
        assert!(types(person, "/open payroll").await.starts_with("* Payroll is open (2 members, 0 unread)"));
        person.send_text("a secret").await;
        let heard = owner.next_of("NEW_MESSAGE").await;
        assert_eq!(heard["chatId"], group["chatId"]);
    }
    let none =
        "! you have no chat called payroll; /open #payroll joins the channel with this name, /chats lists your chats";
    assert_eq!(types(&mut ben, "/open payroll").await, none);
    assert!(types(&mut ben, "/chats all").await.contains("#pay-roll"));
    assert_eq!(types(&mut ben, "/open payroll").await, none, "a listed id does not open the chat");
    assert!(types(&mut ben, "a secret").await.starts_with("! no chat is open"));
}
