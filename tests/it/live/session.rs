use pichat::api::handlers::TABLE;
use serde_json::json;

use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, assert_refused, bot, with};
use crate::support::{self, Client, Closed};

pub async fn connected_is_the_first_frame_and_lists_the_limits(place: Place) {
    let server = support::start_with(place, &[("AUTHENTICATE_WITHIN_SECONDS", "10")]).await;
    let mut stranger = Client::connect(&server.url()).await;
    let connected = stranger.next().await;
    let limits = json!({"frameBytes":262144,"contentChars":4096,"nameChars":80,"descriptionChars":500,"batch":50,
        "commandsPerSecond":0,"commandBurst":60,"loginAttemptsPerMinute":0,"signUpsPerHour":0,"connectionsPerUser":0,
        "commandsPerSecondPerUser":0,"botsPerUser":20,"tokensPerUser":100,"sessionsPerUser":100,
        "chatsPerUser":5000,"newChatsPerHour":100,"newContactsPerHour":1000,"searchMilliseconds":1000,"pinsPerChat":100,
        "reactionsPerMessage":50,"largeChatMembers":200,"fileBytes":26214400,"fileBytesPerUser":1073741824,"outboxBytes":1048576,
        "heartbeatSeconds":30,"heartbeatTimeoutSeconds":60,"authenticateWithinSeconds":10});
    let shape = json!({"type":"CONNECTED","protocol":1,"server":"<any>","connectionId":"<id>","authenticated":false,
        "heartbeatMs":30000,"limits":limits});
    assert_frame(&connected, shape.clone());
    assert!(connected["server"].as_str().is_some_and(|server| server.starts_with("pichat/")));
    let token = server.token_of("ann").await;
    let mut ann = Client::connect_with(&server.url(), &[("x-api-key", &token)]).await;
    let user = bot("<id>", "ann", "online");
    assert_frame(&ann.next().await, with(shape, json!({"authenticated":true,"user":user,"cursor":"<id>"})));
}

pub async fn help_lists_every_command_before_authentication(place: Place) {
    let server = support::start(place).await;
    let mut stranger = Client::connect(&server.url()).await;
    stranger.next().await;
    let help = stranger.command(json!({"type":"HELP","requestId":"h"})).await;
    let summaries: Vec<_> = TABLE.iter().map(|row| json!({"name":row.name,"summary":row.summary})).collect();
    assert_frame(&help, json!({"type":"HELP","requestId":"h","commands":summaries}));
    for row in TABLE {
        let help = stranger.command(json!({"type":"HELP","command":row.name.to_lowercase()})).await;
        let shape = json!({"type":"HELP","command":row.name,"summary":row.summary,"fields":"<any>",
            "example":row.example()});
        assert_frame(&help, shape);
        for field in help["fields"].as_array().expect("fields") {
            let mut shape = json!({"name":"<id>","type":"<id>","required":field["required"],"description":"<id>"});
            if field.get("fields").is_some() {
                shape["fields"] = json!("<any>");
            }
            assert_frame(field, shape);
            assert!(field["required"].is_boolean(), "{field}");
        }
        let known: Vec<_> = help["fields"].as_array().expect("fields").iter().map(|field| &field["name"]).collect();
        for field in row.example().as_object().expect("an object").keys().filter(|name| *name != "type") {
            assert!(known.contains(&&json!(field)), "{field} of the example of {} is not in its help", row.name);
        }
    }
    let unknown = stranger.refused(json!({"type":"HELP","command":"SEND_MASSAGE"}), "UNKNOWN_COMMAND", "command").await;
    assert!(unknown["error"].as_str().is_some_and(|text| text.contains("SEND_MESSAGE")), "{unknown}");
}

pub async fn ping_returns_the_server_time(place: Place) {
    let server = support::start(place).await;
    let mut stranger = Client::connect(&server.url()).await;
    stranger.next().await;
    let pong = stranger.command(json!({"type":"PING","requestId":7})).await;
    assert_frame(&pong, json!({"type":"PONG","requestId":7,"serverTime":"<time>"}));
    let pong = stranger.command(json!({"type":"PING"})).await;
    assert_frame(&pong, json!({"type":"PONG","serverTime":"<time>"}));
}

pub async fn get_me_returns_the_authenticated_user(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let me = ann.command(json!({"type":"GET_ME","requestId":1})).await;
    assert_frame(&me, json!({"type":"USER","requestId":1,"user":bot(&ann.user_id, "ann", "online")}));
    let mut admin = server.admin().await;
    let me = admin.command(json!({"type":"GET_ME"})).await;
    let shape = json!({"id":"admin","username":"admin","displayName":"Administrator","kind":"bot","role":"admin",
        "status":"online","createdAt":"<time>","version":"<any>"});
    assert_frame(&me, json!({"type":"USER","user":shape}));
}

pub async fn anonymous_connections_can_send_only_open_commands(place: Place) {
    let server = support::start(place).await;
    let mut stranger = Client::connect(&server.url()).await;
    stranger.next().await;
    for row in TABLE.iter().filter(|row| row.access != pichat::api::command::Access::Open) {
        let error = stranger.command(with(row.example(), json!({"requestId":"s"}))).await;
        assert_refused(&error, "UNAUTHENTICATED", "");
        assert_eq!((&error["command"], &error["requestId"]), (&json!(row.name), &json!("s")), "{error}");
    }
    stranger.hears_nothing().await;
}

pub async fn a_connection_can_authenticate_after_connecting(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let token = server.token_of("ben").await;
    let made = ann.command(json!({"type":"CREATE_CHAT","name":"den","members":["ben"]})).await;
    let mut ben = Client::connect(&server.url()).await;
    ben.next().await;
    let (most, last) = token.split_at(token.len() - 1);
    let wrong = json!({"type":"AUTHENTICATE","token":format!("{most}{}", if last == "0" { "1" } else { "0" })});
    ben.refused(wrong, "UNAUTHENTICATED", "").await;
    ben.refused(json!({"type":"AUTHENTICATE","token":"nonsense"}), "UNAUTHENTICATED", "").await;
    for device in ["", &"d".repeat(129)] {
        let command = json!({"type":"AUTHENTICATE","token":token,"deviceId":device});
        ben.refused(command, "INVALID_ARGUMENT", "deviceId").await;
    }
    let command = json!({"type":"AUTHENTICATE","requestId":"a","token":token,"deviceId":"phone"});
    let entered = ben.command(command).await;
    let user = bot("<id>", "ben", "online");
    assert_frame(&entered, json!({"type":"AUTHENTICATED","requestId":"a","user":user,"cursor":"<id>"}));
    let sent = json!({"type":"SEND_MESSAGE","chatId":made["chatId"],"content":"hi"});
    let sent = ann.command(sent).await;
    assert_eq!(ben.next().await, sent);
}

pub async fn reauthentication_requires_the_same_user(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut admin = server.admin().await;
    let mut other = server.device(&ann).await;
    let of_ben = server.token_of("ben").await;
    ann.refused(json!({"type":"AUTHENTICATE","token":of_ben}), "CONFLICT", "token").await;
    let command = json!({"type":"CREATE_API_TOKEN","name":"second","botUsername":"ann"});
    let second = admin.command(command).await;
    let renewed = ann.command(json!({"type":"AUTHENTICATE","token":second["secret"]})).await;
    let user = bot(&ann.user_id, "ann", "online");
    assert_frame(&renewed, json!({"type":"AUTHENTICATED","user":user,"cursor":"<id>"}));
    other.hears_nothing().await;
    let tokens = admin.command(json!({"type":"GET_API_TOKENS"})).await;
    let tokens = tokens["tokens"].as_array().expect("tokens").clone();
    let first = tokens.iter().find(|token| token["userId"] == ann.user_id.as_str() && token["name"] != "second");
    let first = &first.expect("the first token")["id"];
    assert_eq!(admin.command(json!({"type":"REVOKE_API_TOKEN","tokenId":first})).await["type"], "API_TOKEN_REVOKED");
    assert_eq!(other.closed().await, Some((4401, "token revoked".into())));
    ann.hears_nothing().await;
}

pub async fn a_stopping_server_sends_a_close_frame_to_every_connection(place: Place) {
    let mut server = support::start(place).await;
    let mut ann = server.user("ann").await;
    let mut ben = server.user("ben").await;
    ann.send(json!({"type":"PING"})).await;
    let restarts: Closed = Some((1012, "server restarts".into()));
    let (of_ann, of_ben) = server.while_stopping(async { (ann.closed().await, ben.closed().await) }).await;
    assert_eq!((of_ann, of_ben), (restarts.clone(), restarts));
}

pub async fn committed_changes_survive_a_shutdown(place: Place) {
    let repository = place.repository.clone();
    let mut server = support::start(place).await;
    let mut ann = server.user("ann").await;
    ann.command(json!({"type":"CREATE_CHAT","id":"den","name":"den"})).await;
    server.stop().await;
    let standing = repository.chat_access(&"den".into(), &ann.user_id.as_str().into()).await.expect("an answer");
    assert_eq!(standing.map(|standing| standing.chat.name), Some("den".to_owned()));
}
