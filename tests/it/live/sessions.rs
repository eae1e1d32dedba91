//! Sessions and their tokens: refresh, expiry and revocation.

use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};

use super::accounts::{PASSWORD, log_in, logged_in, signed_up, stranger, text};
use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, event_of, with};
use crate::support::{self, Client, Server};

const KEY: &str = "a key that another service knows too";
const OLD: &str = "the old key of the year before this one";
const NEW: &str = "the new key that has just been made here";

/// A token as another service signs it, with the required claims and these.
fn minted(key: &str, user: &str, more: Value) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs();
    let claims = json!({"sub":user,"iat":now,"exp":now + 600,"jti":"from-elsewhere","typ":"access"});
    pichat::ops::crypto::install();
    encode(&Header::default(), &with(claims, more), &EncodingKey::from_secret(key.as_bytes())).expect("a token")
}

fn refresh(token: &Value) -> Value {
    json!({"type":"REFRESH_TOKEN","refreshToken":token})
}

async fn is_refused(server: &Server, token: &str) {
    let command = json!({"type":"AUTHENTICATE","token":token});
    stranger(server).await.refused(command, "UNAUTHENTICATED", "").await;
}

pub async fn reusing_a_refresh_token_revokes_its_family(place: Place) {
    let server = support::start(place).await;
    let (mut ann, first) = signed_up(&server, "ann").await;
    let (mut phone, _) = logged_in(&server, "ann", "phone").await;
    let second = ann.command(refresh(&first["refreshToken"])).await;
    assert_eq!(second["type"], "AUTHENTICATED", "{second}");
    assert!(second["refreshToken"] != first["refreshToken"] && second["accessToken"] != first["accessToken"]);
    let access = text(&second["accessToken"]);
    let mut other = server.user_with(&access).await;
    let mut thief = stranger(&server).await;
    for wrong in [json!("nonsense"), json!(access), json!(text(&second["refreshToken"]) + "0")] {
        thief.refused(refresh(&wrong), "UNAUTHENTICATED", "refreshToken").await;
    }
    is_refused(&server, &text(&second["refreshToken"])).await;
    thief.refused(refresh(&first["refreshToken"]), "UNAUTHENTICATED", "refreshToken").await;
    for client in [&mut ann, &mut other] {
        assert_eq!(client.closed().await, Some((4401, "refresh token used twice".into())));
    }
    thief.refused(refresh(&second["refreshToken"]), "UNAUTHENTICATED", "refreshToken").await;
    is_refused(&server, &access).await;
    phone.hears_nothing().await;
}

pub async fn the_grace_period_accepts_the_previous_refresh_token(place: Place) {
    let server = support::start_with(place, &[("REFRESH_GRACE_SECONDS", "300")]).await;
    let (mut ann, first) = signed_up(&server, "ann").await;
    let lost = ann.command(refresh(&first["refreshToken"])).await;
    let mut one = stranger(&server).await;
    let mut two = stranger(&server).await;
    let renew = refresh(&first["refreshToken"]);
    let (again, twin) = tokio::join!(one.command(renew.clone()), two.command(renew.clone()));
    assert_eq!((&again["type"], &twin["type"]), (&json!("AUTHENTICATED"), &json!("AUTHENTICATED")));
    let third = one.command(renew.clone()).await;
    let fourth = one.command(refresh(&third["refreshToken"])).await;
    assert_eq!(fourth["type"], "AUTHENTICATED", "{fourth}");
    ann.hears_nothing().await;
    // Its replacement has been used.
    stranger(&server).await.refused(renew, "UNAUTHENTICATED", "refreshToken").await;
    for client in [&mut ann, &mut one, &mut two] {
        assert_eq!(client.closed().await, Some((4401, "refresh token used twice".into())));
    }
    let (mut ben, first) = signed_up(&server, "ben").await;
    let given = ben.command(refresh(&first["refreshToken"])).await;
    assert_eq!(stranger(&server).await.command(refresh(&first["refreshToken"])).await["type"], "AUTHENTICATED");
    // Older tokens are revoked, and reusing one revokes the family.
    for token in [&given["refreshToken"], &first["refreshToken"], &lost["refreshToken"]] {
        stranger(&server).await.refused(refresh(token), "UNAUTHENTICATED", "refreshToken").await;
    }
    assert_eq!(ben.closed().await, Some((4401, "refresh token used twice".into())));
}

pub async fn tokens_of_a_trusted_service_authenticate(place: Place) {
    let server =
        support::start_with(place, &[("SECRET_KEY", &format!("the new one that nobody else knows yet, {KEY}"))]).await;
    let (mut ann, signed) = signed_up(&server, "ann").await;
    let api = ann.command(json!({"type":"CREATE_API_TOKEN","name":"t"})).await["secret"].clone();
    let id = ann.user_id.clone();
    let token = minted(KEY, &id, json!({}));
    let mut one = server.user_with(&token).await;
    let mut two = server.user_with(&token).await;
    let another = minted(KEY, &id, json!({"jti":"another"}));
    let mut sibling = server.user_with(&another).await;
    assert_eq!(one.command(json!({"type":"GET_ME"})).await["user"]["email"], "ann@example.org");
    for (key, user, more) in [
        (KEY, &*id, json!({"typ":"refresh"})),
        (KEY, &*id, json!({"sid":"no-such-session"})),
        (KEY, "nobody", json!({})),
        ("another key", &*id, json!({})),
    ] {
        is_refused(&server, &minted(key, user, more)).await;
    }
    let now = server.services.clock.now().millis() / 1000;
    let ahead = minted(KEY, &id, json!({"jti":"ahead","iat":now + 50}));
    drop(server.user_with(&ahead).await);
    let late = minted(KEY, &id, json!({"exp":1_000_000_000}));
    stranger(&server).await.refused(json!({"type":"AUTHENTICATE","token":late}), "TOKEN_EXPIRED", "").await;
    let out = one.command(json!({"type":"LOG_OUT","requestId":"o"})).await;
    assert_frame(&out, json!({"type":"LOGGED_OUT","requestId":"o","everywhere":false}));
    for client in [&mut one, &mut two] {
        assert_eq!(client.closed().await, Some((4401, "logged out".into())));
    }
    is_refused(&server, &token).await;
    sibling.hears_nothing().await;
    let mut program = server.user_with(&text(&api)).await;
    assert_eq!(program.command(json!({"type":"LOG_OUT","everywhere":true})).await["everywhere"], true);
    for client in [&mut ann, &mut sibling, &mut program] {
        assert_eq!(client.closed().await, Some((4401, "logged out".into())));
    }
    is_refused(&server, &another).await;
    is_refused(&server, &ahead).await;
    is_refused(&server, &text(&signed["accessToken"])).await;
    server.user_with(&text(&api)).await.hears_nothing().await;
}

pub async fn a_connection_is_warned_before_its_session_expires(place: Place) {
    let server = support::start_with(place, &[("SECRET_KEY", KEY)]).await;
    let (ann, reply) = signed_up(&server, "ann").await;
    let now = server.services.clock.now().millis() / 1000;
    let soon = minted(KEY, &ann.user_id, json!({"exp":now + 3}));
    let mut brief = server.user_with(&soon).await;
    let mut renewed = server.user_with(&soon).await;
    for client in [&mut brief, &mut renewed] {
        assert_frame(&client.next().await, json!({"type":"TOKEN_EXPIRING","expiresAt":"<time>"}));
    }
    let fresh = renewed.command(refresh(&reply["refreshToken"])).await;
    assert_eq!(fresh["type"], "AUTHENTICATED", "{fresh}");
    assert_eq!(brief.closed().await, Some((4401, "token expired".into())));
    renewed.hears_nothing().await;
}

pub async fn removed_keys_verify_no_tokens(place: Place) {
    let Place { repository, keep } = place;
    let first = support::server::start_over(repository.clone(), Box::new(()), settings(OLD)).await;
    let (ann, _) = signed_up(&first, "ann").await;
    let both = support::server::start_over(repository.clone(), Box::new(()), settings(&format!("{NEW},{OLD}"))).await;
    both.user_with(&ann.token).await.hears_nothing().await;
    let (_, fresh) = logged_in(&both, "ann", "phone").await;
    let last = support::server::start_over(repository, keep, settings(NEW)).await;
    is_refused(&last, &ann.token).await;
    last.user_with(&text(&fresh["accessToken"])).await.hears_nothing().await;
}

fn settings(key: &str) -> pichat::ops::config::Config {
    support::server::settings(&[("SECRET_KEY", key)])
}

pub async fn a_missing_key_is_generated_once_and_stored(place: Place) {
    let Place { repository, keep } = place;
    let config = || support::server::settings(&[]);
    let first = support::server::start_over(repository.clone(), Box::new(()), config()).await;
    let (ann, _) = signed_up(&first, "ann").await;
    let second = support::server::start_over(repository, keep, config()).await;
    second.user_with(&ann.token).await.hears_nothing().await;
}

pub async fn log_out_revokes_only_its_own_session(place: Place) {
    let server = support::start(place).await;
    let (mut ann, reply) = signed_up(&server, "ann").await;
    let mut twin = server.device(&ann).await;
    let (mut phone, _) = logged_in(&server, "ann", "phone").await;
    let out = ann.command(json!({"type":"LOG_OUT"})).await;
    assert_frame(&out, json!({"type":"LOGGED_OUT","everywhere":false}));
    for client in [&mut ann, &mut twin] {
        assert_eq!(client.closed().await, Some((4401, "logged out".into())));
    }
    is_refused(&server, &ann.token).await;
    stranger(&server).await.refused(refresh(&reply["refreshToken"]), "UNAUTHENTICATED", "refreshToken").await;
    phone.hears_nothing().await;
    let (mut tablet, _) = logged_in(&server, "ann", "tablet").await;
    phone.command(json!({"type":"LOG_OUT","everywhere":true})).await;
    for client in [&mut phone, &mut tablet] {
        assert_eq!(client.closed().await, Some((4401, "logged out".into())));
    }
    is_refused(&server, &tablet.token).await;
    is_refused(&server, &phone.token).await;
}

async fn sessions(client: &mut Client) -> Vec<Value> {
    let list = client.command(json!({"type":"GET_SESSIONS"})).await;
    assert_eq!(list["type"], "SESSION_LIST", "{list}");
    list["sessions"].as_array().expect("sessions").clone()
}

pub async fn sessions_can_be_listed_and_revoked_one_by_one(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    server.later().await;
    let (mut phone, _) = logged_in(&server, "ann", "phone").await;
    let listed = sessions(&mut ann).await;
    let shape = json!({"id":"<id>","createdAt":"<time>","lastSeenAt":"<time>"});
    assert_frame(
        &json!(listed),
        json!([with(shape.clone(), json!({"deviceId":"phone"})), with(shape, json!({"current":true}))]),
    );
    let (mut ben, _) = signed_up(&server, "ben").await;
    let revoke = json!({"type":"REVOKE_SESSION","requestId":"r","sessionId":listed[0]["id"]});
    let foreign = ben.refused(revoke.clone(), "NOT_FOUND", "sessionId").await;
    let mut twin = server.device(&ann).await;
    twin.hears_nothing().await;
    let revoked = ann.command(revoke.clone()).await;
    assert_frame(&revoked, json!({"type":"SESSION_REVOKED","requestId":"r","sessionId":listed[0]["id"]}));
    assert_eq!(twin.next().await, event_of(&revoked));
    assert_eq!(phone.next().await, event_of(&revoked));
    assert_eq!(phone.closed().await, Some((4401, "session revoked".into())));
    is_refused(&server, &phone.token).await;
    assert_eq!(ann.refused(revoke, "NOT_FOUND", "sessionId").await, foreign);
    let own = json!({"type":"REVOKE_SESSION","sessionId":listed[1]["id"]});
    assert_eq!(ann.command(own).await["type"], "SESSION_REVOKED");
    assert_eq!(ann.closed().await, Some((4401, "session revoked".into())));
    assert_eq!(twin.closed().await, Some((4401, "session revoked".into())));
}

pub async fn a_password_change_revokes_the_other_sessions(place: Place) {
    let server = support::start_with(place, &[("SECRET_KEY", KEY)]).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let (mut phone, of_phone) = logged_in(&server, "ann", "phone").await;
    let api = ann.command(json!({"type":"CREATE_API_TOKEN","name":"t"})).await["secret"].clone();
    let mut program = server.user_with(&text(&api)).await;
    program.hears_nothing().await;
    let foreign = minted(KEY, &ann.user_id, json!({}));
    let mut elsewhere = server.user_with(&foreign).await;
    elsewhere.hears_nothing().await;
    let command = |old: &str, new: &str| json!({"type":"CHANGE_PASSWORD","oldPassword":old,"newPassword":new});
    ann.refused(command("wrong password", "another one"), "UNAUTHENTICATED", "oldPassword").await;
    ann.refused(command(PASSWORD, "short"), "INVALID_ARGUMENT", "newPassword").await;
    let changed = ann.command(command(PASSWORD, "another one")).await;
    assert_frame(&changed, json!({"type":"PASSWORD_CHANGED"}));
    for client in [&mut phone, &mut elsewhere] {
        assert_eq!(client.next().await, changed);
        assert_eq!(client.closed().await, Some((4401, "password changed".into())));
    }
    assert_eq!(program.next().await, changed);
    program.hears_nothing().await;
    ann.hears_nothing().await;
    is_refused(&server, &phone.token).await;
    is_refused(&server, &foreign).await;
    let mut visitor = stranger(&server).await;
    visitor.refused(refresh(&of_phone["refreshToken"]), "UNAUTHENTICATED", "refreshToken").await;
    visitor.refused(log_in("ann", PASSWORD, "d"), "UNAUTHENTICATED", "").await;
    assert_eq!(visitor.command(log_in("ann", "another one", "d")).await["type"], "AUTHENTICATED");
    server.device(&ann).await.hears_nothing().await;
}
