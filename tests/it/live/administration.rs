//! Administration of accounts and tokens.

use pichat::protocol::{ServerRole, UserId};
use serde_json::{Value, json};

use super::accounts::{PASSWORD, log_in, logged_in, signed_up, stranger, text};
use super::moderation::ranked;
use crate::contract::backends::Place;
use crate::support::frame::{assert_frame, assert_refused, with};
use crate::support::{self, Client, Server};

/// The audited commands of an actor, oldest first, except reads.
async fn acts(admin: &mut Client, actor: &str) -> Vec<String> {
    let log = admin.reply(json!({"type":"GET_AUDIT_LOG","actorId":actor,"limit":100})).await;
    let entries = log["entries"].as_array().unwrap_or_else(|| panic!("{log}"));
    let acts = entries.iter().rev().map(|entry| text(&entry["command"]));
    acts.filter(|command| !command.starts_with("GET_")).collect()
}

async fn has_password(server: &Server, name: &str, password: &str) -> bool {
    stranger(server).await.command(log_in(name, password, "d")).await["type"] == "AUTHENTICATED"
}

pub async fn an_admin_created_user_can_log_in(place: Place) {
    let server = support::start_with(place, &[("ALLOW_SIGN_UP", "false")]).await;
    let mut root = ranked(&server, "root", ServerRole::Admin).await;
    let mut maud = ranked(&server, "maud", ServerRole::Moderator).await;
    let create = json!({"type":"CREATE_USER","username":"Ann","password":PASSWORD,"email":"ann@example.org",
        "displayName":"Ann Other","role":"moderator"});
    maud.refused(create.clone(), "FORBIDDEN", "").await;
    let made = root.command(create.clone()).await;
    let shape = json!({"id":"<id>","username":"Ann","displayName":"Ann Other","kind":"human","role":"moderator",
        "status":"offline","createdAt":"<time>","email":"ann@example.org","version":1});
    assert_frame(&made, json!({"type":"USER_CREATED","user":shape}));
    let (ann, _) = logged_in(&server, "ann@example.org", "phone").await;
    assert_eq!(made["user"]["id"], ann.user_id.as_str());
    let other = |more: Value| with(json!({"type":"CREATE_USER","username":"ben","password":PASSWORD}), more);
    root.refused(other(json!({"username":"ANN"})), "CONFLICT", "username").await;
    root.refused(other(json!({"username":"system"})), "CONFLICT", "username").await;
    root.refused(other(json!({"username":"with space"})), "INVALID_ARGUMENT", "username").await;
    root.refused(other(json!({"email":"ANN@example.org"})), "CONFLICT", "email").await;
    root.refused(other(json!({"email":"nowhere"})), "INVALID_ARGUMENT", "email").await;
    root.refused(other(json!({"password":"short"})), "INVALID_ARGUMENT", "password").await;
    root.refused(other(json!({"displayName":"System"})), "FORBIDDEN", "displayName").await;
    let admin = root.command(other(json!({"displayName":"System","role":"admin"}))).await;
    assert_eq!(admin["user"]["role"], "admin", "{admin}");
    assert_eq!(acts(&mut root, &ann.user_id).await, [""; 0]);
    let own = root.user_id.clone();
    assert!(acts(&mut root, &own).await.iter().all(|command| command == "CREATE_USER"));
}

pub async fn who_loses_the_role_while_a_slow_read_waits_is_refused(place: Place) {
    let server = support::start(place).await;
    let mut root = ranked(&server, "root", ServerRole::Admin).await;
    let payer = UserId::from(root.user_id.as_str());
    let quotas = &server.services.quotas;
    let turns = [quotas.turn(&payer).await, quotas.turn(&payer).await];
    root.send(json!({"type":"GET_ACCOUNTS","limit":10,"requestId":"slow"})).await;
    let mut admin = server.admin().await;
    // Meanwhile the command comes to wait for its turn; if it comes later, it is refused for the role at once.
    for _ in 0..50 {
        admin.hears_nothing().await;
    }
    admin.reply(json!({"type":"SET_USER_ROLE","userId":root.user_id,"role":"member"})).await;
    drop(turns);
    let answer = root.until(|frame| frame["requestId"] == "slow").await;
    assert_refused(&answer, "FORBIDDEN", "");
}

pub async fn admins_see_email_addresses_and_bans(place: Place) {
    let server = support::start(place).await;
    let mut root = ranked(&server, "root", ServerRole::Admin).await;
    let mut maud = ranked(&server, "maud", ServerRole::Moderator).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let (ben, _) = signed_up(&server, "ben").await;
    ann.command(json!({"type":"UPDATE_USER","email":"new@example.org"})).await;
    ann.command(json!({"type":"CREATE_API_TOKEN","name":"t","botUsername":"ann-bot"})).await;
    maud.command(json!({"type":"BAN_USER","userId":"ben","reason":"spam"})).await;
    maud.refused(json!({"type":"GET_ACCOUNTS"}), "FORBIDDEN", "").await;
    maud.refused(json!({"type":"CONFIRM_EMAIL","userId":"ann","email":"new@example.org"}), "FORBIDDEN", "").await;
    let one = async |root: &mut Client, name: &str| {
        let found = root.command(json!({"type":"GET_ACCOUNTS","userId":name})).await;
        assert_eq!(found["accounts"].as_array().map(Vec::len), Some(1), "{found}");
        found["accounts"][0].clone()
    };
    let found = one(&mut root, "new@example.org").await;
    assert_eq!((&found["user"]["username"], &found["user"]["status"]), (&json!("ann"), &json!("online")));
    assert_eq!((&found["user"]["email"], &found["emailConfirmed"]), (&json!("new@example.org"), &json!(false)));
    let banned = one(&mut root, &ben.user_id).await;
    assert_eq!((&banned["ban"]["reason"], &banned["ban"]["by"]), (&json!("spam"), &json!(maud.user_id)));
    assert_eq!(banned["emailConfirmed"], true);
    let bot = one(&mut root, "ANN-BOT").await;
    assert_eq!((&bot["ownerId"], &bot["emailConfirmed"]), (&json!(ann.user_id), &Value::Null));
    root.refused(json!({"type":"CONFIRM_EMAIL","userId":"ann"}), "INVALID_ARGUMENT", "email").await;
    // What the admin looked at is no longer the address.
    ann.command(json!({"type":"UPDATE_USER","email":"ceo@example.org"})).await;
    let confirm = json!({"type":"CONFIRM_EMAIL","userId":"ann","email":"New@example.org"});
    root.refused(confirm.clone(), "CONFLICT", "email").await;
    assert_eq!(one(&mut root, "ann").await["emailConfirmed"], false);
    ann.command(json!({"type":"UPDATE_USER","email":"new@example.org"})).await;
    let confirmed = root.command(confirm.clone()).await;
    let shape = json!({"type":"EMAIL_CONFIRMED","userId":ann.user_id,"email":"new@example.org","by":root.user_id});
    assert_frame(&confirmed, shape.clone());
    assert_frame(&root.command(confirm).await, with(shape, json!({"duplicate":true})));
    assert_eq!(one(&mut root, "ann").await["emailConfirmed"], true);
    let other = json!({"type":"CONFIRM_EMAIL","userId":"ann","email":"ceo@example.org"});
    root.refused(other, "CONFLICT", "email").await;
    let none = json!({"type":"CONFIRM_EMAIL","userId":"maud","email":"new@example.org"});
    root.refused(none, "CONFLICT", "userId").await;
    let log = root.command(json!({"type":"GET_AUDIT_LOG","targetId":ann.user_id,"limit":100})).await;
    let entries = log["entries"].as_array().expect("entries");
    let told: Vec<_> = entries.iter().filter(|entry| entry["command"] == "CONFIRM_EMAIL").collect();
    assert_eq!(told.len(), 1, "{log}");
    assert_eq!(told[0]["reason"], "new@example.org");
    root.refused(json!({"type":"GET_ACCOUNTS","userId":"nobody"}), "NOT_FOUND", "userId").await;
    root.refused(json!({"type":"GET_ACCOUNTS","userId":"ann","search":"a"}), "INVALID_ARGUMENT", "userId").await;
    let mut names = vec![];
    let mut page = json!({"type":"GET_ACCOUNTS","search":"an","limit":1});
    loop {
        let listed = root.command(page.clone()).await;
        names.extend(listed["accounts"].as_array().expect("accounts").iter().map(|one| text(&one["user"]["username"])));
        let Some(next) = listed["nextCursor"].as_str() else { break };
        page["cursor"] = next.into();
    }
    assert_eq!(names, ["ann", "ann-bot"]);
}

pub async fn an_admin_password_reset_revokes_the_users_sessions(place: Place) {
    let server = support::start(place).await;
    let mut root = ranked(&server, "root", ServerRole::Admin).await;
    let mut maud = ranked(&server, "maud", ServerRole::Moderator).await;
    let (mut ann, entered) = signed_up(&server, "ann").await;
    let made = ann.command(json!({"type":"CREATE_API_TOKEN","name":"t"})).await;
    let mut program = server.user_with(&text(&made["secret"])).await;
    let set = |user: &str, password: &str| json!({"type":"SET_USER_PASSWORD","userId":user,"newPassword":password});
    maud.refused(set("ann", "another horse"), "FORBIDDEN", "").await;
    root.refused(set("ann", "short"), "INVALID_ARGUMENT", "newPassword").await;
    let changed = root.command(set("ann@example.org", "another horse")).await;
    assert_frame(&changed, json!({"type":"USER_PASSWORD_SET","userId":ann.user_id,"by":root.user_id}));
    assert_eq!(ann.closed().await, Some((4401, "password changed".to_owned())));
    program.hears_nothing().await;
    let refresh = json!({"type":"REFRESH_TOKEN","refreshToken":entered["refreshToken"]});
    stranger(&server).await.refused(refresh, "UNAUTHENTICATED", "refreshToken").await;
    assert!(!has_password(&server, "ann", PASSWORD).await && has_password(&server, "ann", "another horse").await);
    server.user("helper").await;
    server.admin().await.refused(set("helper", "another horse"), "CONFLICT", "userId").await;
    let own = root.user_id.clone();
    root.refused(set(&own, "another horse"), "FORBIDDEN", "userId").await;
    assert_eq!(acts(&mut root, &own).await, ["SET_USER_PASSWORD"]);
}

pub async fn an_admin_can_create_and_revoke_tokens_of_others(place: Place) {
    let server = support::start(place).await;
    let mut root = ranked(&server, "root", ServerRole::Admin).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let (mut ben, _) = signed_up(&server, "ben").await;
    let create = json!({"type":"CREATE_API_TOKEN","name":"for cron","userId":"ann","scopes":["read"]});
    let list = json!({"type":"GET_API_TOKENS","userId":"ann"});
    for command in [&create, &list, &json!({"type":"REVOKE_API_TOKEN","userId":"ann","tokenId":"t"})] {
        ben.refused(command.clone(), "FORBIDDEN", "userId").await;
    }
    root.refused(with(create.clone(), json!({"scopes":["read","admin"]})), "FORBIDDEN", "scopes").await;
    root.refused(with(create.clone(), json!({"botUsername":"a-bot"})), "INVALID_ARGUMENT", "userId").await;
    let made = root.command(create).await;
    assert_eq!((&made["token"]["userId"], &made["token"]["scopes"]), (&json!(ann.user_id), &json!(["read"])));
    let mut program = server.user_with(&text(&made["secret"])).await;
    assert_eq!(program.user_id, ann.user_id);
    let listed = root.command(list).await;
    let own = ann.command(json!({"type":"GET_API_TOKENS"})).await;
    assert_eq!((&listed["tokens"], listed["tokens"][0]["id"].clone()), (&own["tokens"], made["token"]["id"].clone()));
    let revoke = |user: &str| json!({"type":"REVOKE_API_TOKEN","userId":user,"tokenId":made["token"]["id"]});
    root.refused(revoke("ben"), "NOT_FOUND", "tokenId").await;
    assert_eq!(root.command(revoke("ann")).await["type"], "API_TOKEN_REVOKED");
    assert_eq!(ann.next().await["type"], "API_TOKEN_REVOKED");
    // The token's connection may also receive the event before it closes.
    while let Some(told) = program.next_or_end().await {
        assert_eq!(told["type"], "API_TOKEN_REVOKED");
    }
    let own = root.user_id.clone();
    assert_eq!(acts(&mut root, &own).await, ["CREATE_API_TOKEN", "REVOKE_API_TOKEN"]);
}

pub async fn only_the_built_in_administrator_outranks_admins(place: Place) {
    let server = support::start(place).await;
    let mut root = ranked(&server, "root", ServerRole::Admin).await;
    let mut other = ranked(&server, "other", ServerRole::Admin).await;
    let mut admin = server.admin().await;
    for command in [
        json!({"type":"SET_USER_PASSWORD","newPassword":"another horse"}),
        json!({"type":"CREATE_API_TOKEN","name":"t"}),
        json!({"type":"GET_API_TOKENS"}),
        json!({"type":"BAN_USER"}),
    ] {
        for user in ["other", "admin"] {
            root.refused(with(command.clone(), json!({"userId":user})), "FORBIDDEN", "userId").await;
        }
        let done = admin.command(with(command, json!({"userId":"other"}))).await;
        assert_ne!(done["type"], "ERROR", "{done}");
    }
    assert_eq!(other.closed().await, Some((4403, "banned".to_owned())));
    admin.refused(json!({"type":"BAN_USER","userId":"admin"}), "FORBIDDEN", "userId").await;
}
