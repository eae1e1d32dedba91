//! Authority: changes committed before a reply take precedence over it and extend to a user's bots.

use pichat::auth::{self, QueueKey};
use pichat::protocol::{Ban, Scope, ServerRole, Timestamp, Token, User, UserId, UserKind};
use pichat::store::repository::{Account, AccountName, StoredToken};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::accounts::{PASSWORD, log_in, signed_up, stranger, text};
use super::chats::made;
use super::moderation::ranked;
use crate::contract::backends::Place;
use crate::contract::scene;
use crate::support::frame::{assert_frame, event_of};
use crate::support::{self, Client, Server, http};

/// Keeps the password hashing threads busy for a while; later requests wait for all of these, because each has a
/// distinct address.
async fn busy(server: &Server) -> JoinSet<()> {
    const HASHES: u8 = 40;
    let mut hashes = JoinSet::new();
    for last in 0..HASHES {
        let services = server.services.clone();
        hashes.spawn(async move {
            let account = format!("busy-{last}");
            let address = [192, 0, 2, last].into();
            let key = QueueKey { account, address, is_known: false, gone: Default::default() };
            services.authenticator.passwords.hash("busy", key).await.expect("a hash");
        });
    }
    while server.services.authenticator.passwords.waiting() < usize::from(HASHES) / 2 {
        tokio::task::yield_now().await;
    }
    hashes
}

async fn account(server: &Server, user: &str) -> Account {
    let found = server.services.repository.account(&AccountName::Id(user.into())).await;
    found.expect("an answer").expect("an account")
}

/// Changes an account in the storage, as another node would.
async fn change(server: &Server, user: &str, change: impl Fn(&mut Account)) {
    let mut account = account(server, user).await;
    change(&mut account);
    assert!(server.services.repository.update_account(&account).await.expect("an answer"));
}

fn ban() -> Option<Ban> {
    Some(Ban { by: "admin".into(), at: Timestamp::from_millis(0), reason: None, until: None })
}

pub async fn an_account_change_during_a_log_in_takes_precedence(place: Place) {
    let server = support::start(place).await;
    let names = ["changed", "banned", "erased", "demoted"];
    let mut people = vec![];
    for name in names {
        let (client, _) = signed_up(&server, name).await;
        server.services.repository.end_session(&(&*client.user_id).into(), &session(&server, &client).await).await.ok();
        people.push(client);
    }
    change(&server, &people[3].user_id, |account| account.user.role = ServerRole::Admin).await;
    let new = auth::hash_password("another horse entirely").expect("a hash");
    let mut hashes = busy(&server).await;
    let mut devices = vec![];
    for name in names {
        let mut device = stranger(&server).await;
        device.send(log_in(name, PASSWORD, "thief")).await;
        devices.push(device);
    }
    // Their accounts have been read once they wait for hashing.
    for name in names {
        while !server.services.authenticator.passwords.is_waiting(name) {
            tokio::task::yield_now().await;
        }
    }
    for (client, action) in people.iter().zip(names) {
        let new = new.clone();
        change(&server, &client.user_id, move |account| match action {
            "changed" => account.password = Some(new.clone()),
            "banned" => account.ban = ban(),
            "erased" => account.deleted_at = Some(Timestamp::from_millis(1)),
            _ => account.user.role = ServerRole::Member,
        })
        .await;
    }
    assert!(
        names.iter().all(|name| server.services.authenticator.passwords.is_waiting(name)),
        "they did not wait long enough"
    );
    for (device, code) in devices.iter_mut().zip(["UNAUTHENTICATED", "FORBIDDEN", "UNAUTHENTICATED"]) {
        let refused = device.next().await;
        assert_eq!(refused["code"], code, "{refused}");
    }
    for client in &people[..3] {
        let sessions = server.services.repository.sessions(&(&*client.user_id).into()).await.expect("an answer");
        assert_eq!(sessions, [], "{}", client.user_id);
    }
    let demoted = devices[3].next().await;
    assert_eq!((&demoted["type"], &demoted["user"]["role"]), (&json!("AUTHENTICATED"), &json!("member")));
    devices[3].refused(json!({"type":"GET_STATS"}), "FORBIDDEN", "").await;
    while hashes.join_next().await.is_some() {}
}

pub async fn a_demotion_during_password_hashing_takes_precedence(place: Place) {
    let server = support::start(place).await;
    let mut maker = ranked(&server, "maker", ServerRole::Admin).await;
    let mut setter = ranked(&server, "setter", ServerRole::Admin).await;
    signed_up(&server, "victim").await;
    let mut hashes = busy(&server).await;
    let create = json!({"type":"CREATE_USER","username":"mallory","password":PASSWORD,"role":"admin"});
    maker.send(create).await;
    setter.send(json!({"type":"SET_USER_PASSWORD","userId":"victim","newPassword":"another horse"})).await;
    let is_waiting = |name| server.services.authenticator.passwords.is_waiting(name);
    while !is_waiting("mallory") || !is_waiting("victim") {
        tokio::task::yield_now().await;
    }
    for admin in [&maker, &setter] {
        change(&server, &admin.user_id, |account| account.user.role = ServerRole::Member).await;
    }
    assert!(is_waiting("mallory") && is_waiting("victim"), "they did not wait long enough");
    for admin in [&mut maker, &mut setter] {
        // Notified of the demotion too.
        let refused = admin.until(|frame| frame["type"] != "USER_UPDATED").await;
        assert_eq!(refused["code"], "FORBIDDEN", "{refused}");
    }
    let found = server.services.repository.account(&AccountName::Username("mallory".into())).await;
    assert!(found.expect("an answer").is_none(), "the account was created");
    let kept = stranger(&server).await.command(log_in("victim", PASSWORD, "d")).await;
    assert_eq!(kept["type"], "AUTHENTICATED", "{kept}");
    while hashes.join_next().await.is_some() {}
}

async fn session(server: &Server, client: &Client) -> pichat::protocol::SessionId {
    let sessions = server.services.repository.sessions(&(&*client.user_id).into()).await.expect("an answer");
    sessions[0].id.clone()
}

/// A bot from a version that let bots own bots, and a token of it created by its owner.
async fn old_bot(server: &Server, name: &str, owner: &str) -> String {
    let owner = UserId::from(owner);
    let user = User { kind: UserKind::Bot, ..scene::person(name) };
    let bot = Account::of_bot(user, owner.clone());
    let bot = server.services.repository.create_account(&bot).await.expect("a new account").user;
    old_token(server, &bot.id, &owner).await
}

async fn old_token(server: &Server, user: &UserId, maker: &UserId) -> String {
    let secret = auth::new_secret().expect("random bytes");
    let token = Token {
        id: server.services.clock.id().into(),
        name: format!("of {user}"),
        scopes: vec![Scope::Read, Scope::Write],
        user_id: user.clone(),
        created_at: server.services.clock.now(),
        expires_at: None,
        last_used_at: None,
    };
    let stored = StoredToken { token, maker: maker.clone(), hash: auth::hash(&secret) };
    server.services.repository.create_token(&stored).await.expect("a new token");
    secret
}

fn create(name: &str) -> Value {
    json!({"type":"CREATE_API_TOKEN","name":"t","botUsername":name})
}

pub async fn bans_and_deletions_cascade_to_bots_of_bots(place: Place) {
    let server = support::start(place).await;
    let mut maud = ranked(&server, "maud", ServerRole::Moderator).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let secret = text(&ann.command(create("bot-b")).await["secret"]);
    let mut bot = server.user_with(&secret).await;
    bot.refused(create("bot-x"), "FORBIDDEN", "").await;
    bot.refused(json!({"type":"CREATE_API_TOKEN","name":"t"}), "FORBIDDEN", "").await;
    let of_bots_bot = old_bot(&server, "bot-c", &bot.user_id).await;
    let mut bots_bot = server.user_with(&of_bots_bot).await;
    maud.command(json!({"type":"BAN_USER","userId":"ann"})).await;
    for client in [&mut ann, &mut bot, &mut bots_bot] {
        assert_eq!(client.closed().await, Some((4403, "banned".into())));
    }
    for token in [&secret, &of_bots_bot] {
        let answer = http::command(server.address, Some(token), &json!({"type":"GET_ME"})).await;
        assert_eq!(answer.status, 403, "{}", answer.body);
    }
    maud.command(json!({"type":"UNBAN_USER","userId":"ann"})).await;
    let mut bots_bot = server.user_with(&of_bots_bot).await;
    let mut ann = stranger(&server).await;
    ann.command(log_in("ann", PASSWORD, "d")).await;
    ann.send(json!({"type":"DELETE_ACCOUNT","password":PASSWORD})).await;
    let deleted = ann.until(|frame| frame["type"] != "BOT_DELETED").await;
    assert_eq!(deleted["type"], "ACCOUNT_DELETED", "{deleted}");
    assert_eq!(bots_bot.closed().await, Some((4401, "account deleted".into())));
    for token in [&secret, &of_bots_bot] {
        let answer = http::command(server.address, Some(token), &json!({"type":"GET_ME"})).await;
        assert_eq!(answer.status, 401, "{}", answer.body);
    }
}

pub async fn a_deleted_owners_bot_cannot_authenticate(place: Place) {
    let server = support::start(place).await;
    let owner = scene::user(&*server.services.repository, "owner").await;
    let secret = old_bot(&server, "bot-b", &owner.id).await;
    server.user_with(&secret).await.hears_nothing().await;
    // As in a version that did not handle bots of departing owners.
    change(&server, &owner.id, |account| account.deleted_at = Some(Timestamp::from_millis(1))).await;
    stranger(&server).await.refused(json!({"type":"AUTHENTICATE","token":secret}), "UNAUTHENTICATED", "").await;
}

pub async fn every_token_of_a_bot_is_listed_and_revocable_by_its_owner(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let made = ann.command(create("bot-b")).await;
    let bot = UserId::from(text(&made["token"]["userId"]));
    let minted = old_token(&server, &bot, &bot).await;
    let mut thief = server.user_with(&minted).await;
    let listed = ann.command(json!({"type":"GET_API_TOKENS"})).await;
    let tokens = listed["tokens"].as_array().expect("tokens");
    assert_eq!(tokens.len(), 2, "{listed}");
    let own = tokens.iter().find(|token| token["id"] != made["token"]["id"]).expect("the other one");
    let revoke = json!({"type":"REVOKE_API_TOKEN","tokenId":own["id"]});
    let (mut ben, _) = signed_up(&server, "ben").await;
    ben.refused(revoke.clone(), "NOT_FOUND", "tokenId").await;
    assert_eq!(ann.command(revoke).await["type"], "API_TOKEN_REVOKED");
    assert_eq!(thief.closed().await, Some((4401, "token revoked".into())));
    ann.refused(json!({"type":"AUTHENTICATE","token":minted}), "UNAUTHENTICATED", "").await;
}

pub async fn owners_can_list_and_delete_their_bots(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let (mut ben, _) = signed_up(&server, "ben").await;
    let mut phone = server.device(&ann).await;
    let secret = text(&ann.command(create("Helper")).await["secret"]);
    let mut bot = server.user_with(&secret).await;
    let den = made(&mut ben, "group", "den", &mut [&mut bot]).await;
    let listed = ann.command(json!({"type":"GET_BOTS","requestId":"g"})).await;
    let shape = json!({"id":bot.user_id,"username":"Helper","displayName":"Helper","kind":"bot","role":"member",
        "status":"online","createdAt":"<time>","version":"<any>"});
    assert_frame(&listed, json!({"type":"BOT_LIST","requestId":"g","bots":[shape]}));
    assert_frame(&ben.command(json!({"type":"GET_BOTS"})).await, json!({"type":"BOT_LIST","bots":[]}));
    let delete = |user: &str| json!({"type":"DELETE_BOT","requestId":"d","userId":user});
    ben.refused(delete("helper"), "NOT_FOUND", "userId").await;
    for other in ["ann", "ben", "admin", "nobody"] {
        ann.refused(delete(other), "NOT_FOUND", "userId").await;
    }
    let deleted = ann.command(delete("helper")).await;
    assert_frame(&deleted, json!({"type":"BOT_DELETED","requestId":"d","userId":bot.user_id}));
    assert_eq!(phone.next().await, event_of(&deleted));
    assert_eq!(ben.next_of("MEMBERS_REMOVED").await["chatId"], den);
    assert_eq!(ben.next().await, event_of(&deleted));
    assert_eq!(bot.closed().await, Some((4401, "account deleted".into())));
    ann.refused(delete(&bot.user_id), "NOT_FOUND", "userId").await;
    ann.refused(json!({"type":"AUTHENTICATE","token":secret}), "UNAUTHENTICATED", "").await;
    ann.refused(create("helper"), "CONFLICT", "botUsername").await;
    let tokens = ann.command(json!({"type":"GET_API_TOKENS"})).await;
    assert_frame(&tokens, json!({"type":"API_TOKEN_LIST","tokens":[]}));
    phone.hears_nothing().await;
}

pub async fn a_bots_role_never_exceeds_its_owners(place: Place) {
    let server = support::start(place).await;
    let mut admin = server.admin().await;
    let mut ada = ranked(&server, "ada", ServerRole::Admin).await;
    let bot = text(&ada.command(create("bot-b")).await["token"]["userId"]);
    let crown = |user: &str, role: &str| json!({"type":"SET_USER_ROLE","userId":user,"role":role});
    assert_eq!(admin.command(crown(&bot, "moderator")).await["type"], "USER_ROLE_CHANGED");
    // An admin can be demoted by another; the built-in administrator cannot be demoted.
    assert_eq!(admin.command(crown("ada", "member")).await["type"], "USER_ROLE_CHANGED");
    assert_eq!(account(&server, &bot).await.user.role, ServerRole::Member);
    admin.refused(crown(&bot, "moderator"), "CONFLICT", "role").await;
    let mut second = ranked(&server, "second", ServerRole::Admin).await;
    second.refused(crown("admin", "member"), "FORBIDDEN", "userId").await;
    second.refused(crown("second", "member"), "FORBIDDEN", "userId").await;
    second.refused(json!({"type":"BAN_USER","userId":"admin"}), "FORBIDDEN", "userId").await;
    let log = second.command(json!({"type":"GET_AUDIT_LOG","targetId":ada.user_id})).await;
    assert_eq!(log["entries"][0]["reason"], "member", "{log}");
}

pub async fn a_token_cannot_exceed_its_own_scopes_or_expiry(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let made = ann.command(json!({"type":"CREATE_API_TOKEN","name":"r","scopes":["read"]})).await;
    let mut reader = server.user_with(&text(&made["secret"])).await;
    reader.refused(json!({"type":"LOG_OUT","everywhere":true}), "FORBIDDEN", "everywhere").await;
    ann.hears_nothing().await;
    assert_eq!(reader.command(json!({"type":"LOG_OUT"})).await["type"], "LOGGED_OUT");
    let end = Timestamp::from_millis(server.services.clock.now().millis() + 60_000).to_string();
    let brief = ann.command(json!({"type":"CREATE_API_TOKEN","name":"b","expiresAt":end})).await;
    let mut brief = server.user_with(&text(&brief["secret"])).await;
    let make = |more: Value| support::frame::with(json!({"type":"CREATE_API_TOKEN","name":"t"}), more);
    let inherited = brief.reply(make(json!({}))).await;
    assert_eq!(inherited["token"]["expiresAt"], end.as_str(), "{inherited}");
    let late = brief.reply(make(json!({"expiresAt":"2999-01-01T00:00:00Z"}))).await;
    assert_eq!((&late["code"], &late["field"]), (&json!("FORBIDDEN"), &json!("expiresAt")), "{late}");
    let free = ann.reply(make(json!({}))).await;
    assert!(free["token"].get("expiresAt").is_none(), "a session is not such a token: {free}");
}

pub async fn a_chat_ban_covers_bots_and_their_owners(place: Place) {
    let server = support::start(place).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let (mut ben, _) = signed_up(&server, "ben").await;
    let secret = text(&ben.command(create("bens-bot")).await["secret"]);
    let mut bot = server.user_with(&secret).await;
    let id = made(&mut ann, "channel", "news", &mut [&mut ben, &mut bot]).await;
    let in_chat = |kind: &str, user: &str| json!({"type":kind,"chatId":id,"userId":user});
    ann.reply(in_chat("BAN_MEMBER", "ben")).await;
    assert_eq!(bot.next_of("MEMBER_BANNED").await["userId"], bot.user_id.as_str());
    let second = text(&ben.reply(create("second-bot")).await["secret"]);
    let mut second = server.user_with(&second).await;
    for client in [&mut ben, &mut bot, &mut second] {
        let joined = client.reply(json!({"type":"JOIN_CHAT","chatId":id})).await;
        assert_eq!(joined["code"], "FORBIDDEN", "{joined}");
        let read = client.reply(json!({"type":"GET_CHAT_HISTORY","chatId":id})).await;
        assert_eq!(read["code"], "FORBIDDEN", "{read}");
    }
    let added = ann.reply(json!({"type":"ADD_MEMBERS","chatId":id,"members":["second-bot"]})).await;
    assert_eq!((&added["code"], &added["field"]), (&json!("FORBIDDEN"), &json!("members")), "{added}");
    ann.reply(in_chat("UNBAN_MEMBER", "ben")).await;
    for client in [&mut ben, &mut bot, &mut second] {
        let joined = client.reply(json!({"type":"JOIN_CHAT","chatId":id})).await;
        assert_eq!(joined["type"], "MEMBERS_ADDED", "{joined}");
    }
    ann.reply(in_chat("BAN_MEMBER", "second-bot")).await;
    for client in [&mut ben, &mut bot] {
        let joined = client.reply(json!({"type":"JOIN_CHAT","chatId":id})).await;
        assert_eq!(joined["code"], "FORBIDDEN", "a bot's ban is its owner's: {joined}");
    }
}

pub async fn a_changed_email_address_is_searchable_once_confirmed(place: Place) {
    let server = support::start(place).await;
    let (mut eve, _) = signed_up(&server, "eve").await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let find = |address: &str| json!({"type":"GET_USERS","search":address});
    let write = |address: &str| json!({"type":"SEND_PERSONAL_MESSAGE","to":address,"content":"the figures"});
    eve.command(json!({"type":"UPDATE_USER","email":"ceo@victim.example"})).await;
    assert_eq!(ann.reply(find("ceo@victim.example")).await["users"], json!([]));
    assert_eq!(ann.reply(write("ceo@victim.example")).await["code"], "NOT_FOUND");
    let mut device = stranger(&server).await;
    let by_email = json!({"type":"LOG_IN","email":"ceo@victim.example","password":PASSWORD});
    assert_eq!(device.command(by_email).await["type"], "AUTHENTICATED", "it is still the user's own log-in name");
    change(&server, &eve.user_id, |account| account.email_unconfirmed = false).await;
    assert_eq!(ann.reply(find("CEO@victim.example")).await["users"][0]["username"], "eve");
    assert_eq!(ann.reply(write("ceo@victim.example")).await["type"], "NEW_MESSAGE");
    eve.reply(json!({"type":"UPDATE_USER","email":"CEO@victim.example"})).await;
    assert_eq!(ann.reply(find("ceo@victim.example")).await["users"][0]["username"], "eve", "the same address");
}

pub async fn search_by_email_address_can_be_disabled(place: Place) {
    let server = support::start_with(place, &[("EMAIL_LOOKUP", "false")]).await;
    signed_up(&server, "ben").await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let found = ann.command(json!({"type":"GET_USERS","search":"ben@example.org"})).await;
    assert_eq!(found["users"], json!([]));
    let write = json!({"type":"SEND_PERSONAL_MESSAGE","to":"ben@example.org","content":"hi"});
    ann.refused(write, "NOT_FOUND", "to").await;
}

pub async fn all_password_checks_share_one_throttle(place: Place) {
    let server = support::start_with(place, &[("LOGIN_ATTEMPTS_PER_MINUTE", "4")]).await;
    let (mut ann, _) = signed_up(&server, "ann").await;
    let change = |old: &str| json!({"type":"CHANGE_PASSWORD","oldPassword":old,"newPassword":"another horse"});
    for _ in 0..2 {
        ann.refused(change("wrong"), "UNAUTHENTICATED", "oldPassword").await;
        ann.refused(json!({"type":"DELETE_ACCOUNT","password":"wrong"}), "UNAUTHENTICATED", "password").await;
    }
    for right in [change(PASSWORD), json!({"type":"DELETE_ACCOUNT","password":PASSWORD})] {
        let refused = ann.refused(right, "RATE_LIMITED", "").await;
        assert!(refused["retryAfterMs"].as_u64().is_some_and(|wait| (1..=15_000).contains(&wait)), "{refused}");
    }
    stranger(&server).await.refused(log_in("ann", PASSWORD, "d"), "RATE_LIMITED", "").await;
}

pub async fn refusals_do_not_reveal_email_addresses(place: Place) {
    let server = support::start_with(place, &[("LOGIN_ATTEMPTS_PER_MINUTE", "2")]).await;
    signed_up(&server, "ann").await;
    let mut visitor = stranger(&server).await;
    let by_email = |email: &str| json!({"type":"LOG_IN","email":email,"password":"wrong"});
    for _ in 0..2 {
        visitor.refused(log_in("ann", "wrong", "d"), "UNAUTHENTICATED", "").await;
    }
    visitor.refused(log_in("ann", "wrong", "d"), "RATE_LIMITED", "").await;
    let own = visitor.refused(by_email("ann@example.org"), "UNAUTHENTICATED", "").await;
    let nobodys = visitor.refused(by_email("nobody@example.org"), "UNAUTHENTICATED", "").await;
    assert_eq!(own, nobodys);
}
