use pichat::api::command::Access;
use pichat::api::handlers::TABLE;
use pichat::protocol::{Scope, Timestamp, UserId};
use serde_json::{Value, json};

use super::accounts::signed_up;
use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, assert_refused, event_of, with};
use crate::support::{self, ADMIN_TOKEN, Client, Server, http};

fn token(name: &str, user_id: &str, scopes: &[&str]) -> Value {
    json!({"id":"<id>","name":name,"scopes":scopes,"userId":user_id,"createdAt":"<time>"})
}

/// A token of the bot `ann` with these scopes, created by the administrator.
async fn scoped(server: &Server, scopes: Value) -> Client {
    let command = json!({"type":"CREATE_API_TOKEN","name":"scoped","botUsername":"ann","scopes":scopes});
    let made = server.admin().await.command(command).await;
    server.user_with(made["secret"].as_str().expect("a secret")).await
}

pub async fn a_new_tokens_secret_is_shown_once(place: Place) {
    let server = support::start(place).await;
    let mut admin = server.admin().await;
    let mut other = server.admin().await;
    let command = json!({"type":"CREATE_API_TOKEN","requestId":"t","name":" for cron ","botUsername":"cron-bot"});
    let made = admin.command(command).await;
    let shape = token("for cron", "<id>", &["read", "write"]);
    let reply = json!({"type":"API_TOKEN_CREATED","requestId":"t","token":shape,"secret":"<id>"});
    assert_frame(&made, reply);
    other.hears_nothing().await;
    admin.hears_nothing().await;
    let listed = admin.command(json!({"type":"GET_API_TOKENS","requestId":"l"})).await;
    assert_frame(&listed, json!({"type":"API_TOKEN_LIST","requestId":"l","tokens":[shape]}));
    let secret = made["secret"].as_str().expect("a secret");
    assert!(!listed.to_string().contains(secret));
    let bot = server.user_with(secret).await;
    assert_eq!(made["token"]["userId"], bot.user_id.as_str());
    let used = admin.command(json!({"type":"GET_API_TOKENS"})).await;
    let shape = with(shape, json!({"lastUsedAt":"<time>"}));
    assert_frame(&used, json!({"type":"API_TOKEN_LIST","tokens":[shape]}));
}

pub async fn tokens_are_listed_newest_first_to_their_owner_only(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    for name in ["one", "two", "three"] {
        let expires = json!({"type":"CREATE_API_TOKEN","name":name,"expiresAt":"2999-01-02T05:34:05.6789+02:30"});
        let made = ann.command(expires).await;
        assert_eq!(made["token"]["expiresAt"], "2999-01-02T03:04:05.678Z");
        assert_eq!(made["token"]["userId"], ann.user_id.as_str());
    }
    let listed = ann.command(json!({"type":"GET_API_TOKENS"})).await;
    let names: Vec<_> = listed["tokens"].as_array().expect("tokens").iter().map(|token| &token["name"]).collect();
    assert_eq!(names, ["three", "two", "one"]);
    let (mut ben, _) = signed_up(&server, "ben").await;
    assert_frame(&ben.command(json!({"type":"GET_API_TOKENS"})).await, json!({"type":"API_TOKEN_LIST","tokens":[]}));
}

pub async fn a_bots_username_is_reserved_for_its_owner(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let mut ben = server.person("ben").await;
    let make = |name: &str| json!({"type":"CREATE_API_TOKEN","name":"t","botUsername":name});
    let first = ann.command(make("Helper")).await;
    let again = ann.command(make("helper")).await;
    assert_eq!(again["token"]["userId"], first["token"]["userId"], "{again}");
    for taken in ["HELPER", "ann", "Ben", "admin"] {
        ben.refused(make(taken), "CONFLICT", "botUsername").await;
    }
    for bad in ["ab", "with space", "ümlaut", &"x".repeat(33), ""] {
        ben.refused(make(bad), "INVALID_ARGUMENT", "botUsername").await;
    }
    for bad in ["", " \t ", &"n".repeat(81), "a\u{7}b"] {
        ben.refused(json!({"type":"CREATE_API_TOKEN","name":bad}), "INVALID_ARGUMENT", "name").await;
    }
}

pub async fn a_token_never_exceeds_its_creators_rights(place: Place) {
    let server = support::start(place).await;
    let mut admin = server.admin().await;
    let mut ann = server.person("ann").await;
    let make = |scopes: Value| json!({"type":"CREATE_API_TOKEN","name":"t","scopes":scopes});
    ann.refused(make(json!(["read", "admin"])), "FORBIDDEN", "scopes").await;
    for without_read in [json!([]), json!(["write"]), json!(["admin"]), json!(["admin", "write"])] {
        ann.refused(make(without_read.clone()), "INVALID_ARGUMENT", "scopes").await;
        admin.refused(make(without_read), "INVALID_ARGUMENT", "scopes").await;
    }
    ann.refused(make(json!(["read", "root"])), "INVALID_ARGUMENT", "scopes[1]").await;
    let narrowed = ann.command(make(json!(["write", "read", "write"]))).await;
    assert_eq!(narrowed["token"]["scopes"], json!(["read", "write"]));
    let full = admin.command(make(json!(["admin", "read"]))).await;
    assert_eq!(full["token"]["scopes"], json!(["read", "admin"]));
    let for_a_bot = with(make(json!(["read", "admin"])), json!({"botUsername":"root-bot"}));
    admin.refused(for_a_bot, "FORBIDDEN", "scopes").await;
    let plain = server.token_for(&ann.user_id.as_str().into(), None).await;
    let mut plain = server.user_with(&plain).await;
    plain.refused(make(json!(["read", "admin"])), "FORBIDDEN", "scopes").await;
    assert_eq!(plain.command(make(json!(["read"]))).await["type"], "API_TOKEN_CREATED");
}

pub async fn commands_require_their_scope(place: Place) {
    let server = support::start(place).await;
    let mut reader = scoped(&server, json!(["read"])).await;
    for row in TABLE.iter().filter(|row| row.access == Access::Scope(Scope::Write)) {
        let error = reader.command(row.example()).await;
        assert_refused(&error, "FORBIDDEN", "");
        assert_eq!(error["command"], row.name);
    }
    assert_eq!(reader.command(json!({"type":"GET_ME"})).await["type"], "USER");
}

pub async fn an_old_token_without_the_scope_read_sends_and_reads_nothing(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    ann.command(json!({"type":"CREATE_CHAT","id":"den","name":"den"})).await;
    let user = UserId::from(ann.user_id.as_str());
    let writer = server.scoped_token_for(&user, vec![Scope::Write], None).await;
    for row in TABLE.iter().filter(|row| matches!(row.access, Access::Scope(_)) && row.name != "SEND_MESSAGE") {
        let answer = http::command(server.address, Some(&writer), &row.example()).await;
        assert_eq!((answer.status, &answer.json()["code"]), (403, &json!("FORBIDDEN")), "{}", answer.body);
        assert!(answer.body.contains("the token lacks the scope read"), "{}", answer.body);
    }
    // The same authority on both carriers: a command of an admin shows more than a connection without events would.
    let root = server.admin().await.user_id;
    for scopes in [vec![Scope::Admin], vec![Scope::Write, Scope::Admin]] {
        let admin = server.scoped_token_for(&UserId::from(root.as_str()), scopes, None).await;
        for row in TABLE.iter().filter(|row| matches!(row.access, Access::Authority(_))) {
            let answer = http::command(server.address, Some(&admin), &row.example()).await;
            assert_eq!((answer.status, &answer.json()["code"]), (403, &json!("FORBIDDEN")), "{}", answer.body);
            assert!(answer.body.contains("the token lacks the scope read"), "{}", answer.body);
        }
    }
    let send = json!({"type":"SEND_MESSAGE","chatId":"den","content":"the build is broken"});
    let sent = http::command(server.address, Some(&writer), &send).await;
    assert_eq!((sent.status, &sent.json()["type"]), (200, &json!("NEW_MESSAGE")), "{}", sent.body);
    ann.next_of("NEW_MESSAGE").await;
    // Every connection gets events.
    let bearer = format!("Bearer {writer}");
    let refused = Client::try_connect(&server.url(), &[("authorization", &bearer)]).await;
    let Err(refusal) = refused else { panic!("the token got a connection") };
    assert!(refusal.to_string().contains("403"), "{refusal}");
    let mut stranger = Client::connect(&server.url()).await;
    stranger.next().await;
    stranger.refused(json!({"type":"AUTHENTICATE","token":writer}), "FORBIDDEN", "").await;
    stranger.refused(json!({"type":"GET_ME"}), "UNAUTHENTICATED", "").await;
}

pub async fn a_connection_is_warned_before_its_token_expires_and_closes(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    ann.refused(
        json!({"type":"CREATE_API_TOKEN","name":"old","expiresAt":"2020-01-01T00:00:00Z"}),
        "INVALID_ARGUMENT",
        "expiresAt",
    )
    .await;
    let soon = Timestamp::from_millis(server.services.clock.now().millis() + 2500).to_string();
    let made = ann.command(json!({"type":"CREATE_API_TOKEN","name":"brief","expiresAt":soon})).await;
    let secret = made["secret"].as_str().expect("a secret");
    let mut brief = server.user_with(secret).await;
    let mut renewed = server.user_with(secret).await;
    let notice = json!({"type":"TOKEN_EXPIRING","expiresAt":soon});
    assert_frame(&brief.next().await, notice.clone());
    assert_frame(&renewed.next().await, notice);
    assert_eq!(renewed.command(json!({"type":"AUTHENTICATE","token":ann.token})).await["type"], "AUTHENTICATED");
    assert_eq!(brief.closed().await, Some((4401, "token expired".into())));
    ann.refused(json!({"type":"AUTHENTICATE","token":secret}), "TOKEN_EXPIRED", "").await;
    renewed.hears_nothing().await;
    ann.hears_nothing().await;
}

pub async fn a_revoked_token_closes_its_connections(place: Place) {
    let server = support::start(place).await;
    let mut admin = server.admin().await;
    let mut other = server.admin().await;
    let make = json!({"type":"CREATE_API_TOKEN","name":"t","botUsername":"ann"});
    let first = admin.command(make.clone()).await;
    let second = admin.command(make).await;
    let mut gone = server.user_with(first["secret"].as_str().expect("a secret")).await;
    let mut stays = server.user_with(second["secret"].as_str().expect("a secret")).await;
    let revoke = json!({"type":"REVOKE_API_TOKEN","requestId":"r","tokenId":first["token"]["id"]});
    let revoked = admin.command(revoke.clone()).await;
    assert_frame(&revoked, json!({"type":"API_TOKEN_REVOKED","requestId":"r","tokenId":first["token"]["id"]}));
    assert_eq!(other.next().await, event_of(&revoked));
    assert_eq!(gone.closed().await, Some((4401, "token revoked".into())));
    stays.hears_nothing().await;
    admin.hears_nothing().await;
    stays.refused(json!({"type":"AUTHENTICATE","token":first["secret"]}), "UNAUTHENTICATED", "").await;
    let again = admin.command(revoke).await;
    assert_refused(&again, "NOT_FOUND", "tokenId");
}

pub async fn only_the_owner_can_revoke_a_token(place: Place) {
    let server = support::start(place).await;
    let mut ann = server.person("ann").await;
    let mut ben = server.person("ben").await;
    let made = ann.command(json!({"type":"CREATE_API_TOKEN","name":"mine"})).await;
    let revoke = |id: &Value| json!({"type":"REVOKE_API_TOKEN","tokenId":id});
    let foreign = ben.refused(revoke(&made["token"]["id"]), "NOT_FOUND", "tokenId").await;
    let unknown = ben.refused(revoke(&json!("none")), "NOT_FOUND", "tokenId").await;
    assert_eq!(foreign, unknown);
    let mut own = server.user_with(made["secret"].as_str().expect("a secret")).await;
    own.send(revoke(&made["token"]["id"])).await;
    assert_eq!(own.next().await["type"], "API_TOKEN_REVOKED");
    assert_eq!(own.closed().await, Some((4401, "token revoked".into())));
    assert_eq!(ann.next().await["type"], "API_TOKEN_REVOKED");
    assert_ne!(made["secret"], ADMIN_TOKEN);
}
