//! Users, tokens, sessions and documents.

use pichat::domain::name_key;
use pichat::protocol::{
    Ban, ChatId, ChatKind, Scope, Sender, ServerRole, SessionId, Timestamp, Token, TokenId, User, UserKind,
};
use pichat::store::error::{StoreError, UniqueField};
use pichat::store::repository::{
    Account, AccountName, Document, EmailSearch, EndedToken, PasswordHash, PreviousRefresh, Repository, StoredSession,
    StoredToken, UsersQuery, Window,
};

use super::scene::*;

pub async fn users_are_found_by_id_and_by_name_ignoring_case(repository: &dyn Repository) {
    let full = User {
        avatar_url: Some("https://example.org/a.png".to_owned()),
        last_seen_at: Some(now()),
        ..person("Ann.O_Nym-1")
    };
    assert_eq!(kept(repository, &full).await, full);
    let names = ["ANN.o_nym-1", "id-of-Ann.O_Nym-1", "ID-OF-ann.o_nym-1", "nobody", "Ann.O_Nym-1", ""];
    let found = repository.users(&names).await.expect("an answer");
    assert_eq!(found, [Some(full.clone()), Some(full.clone()), None, None, Some(full), None]);
    assert_eq!(repository.users(&[]).await.expect("an answer"), []);
}

pub async fn an_id_takes_precedence_over_a_name(repository: &dyn Repository) {
    let [ann, _, _] = three(repository).await;
    let mimic = User { id: "mimic".into(), username: ann.id.to_string(), ..person("mimic") };
    kept(repository, &mimic).await;
    let found = repository.users(&[&ann.id, &ann.id.to_uppercase()]).await.expect("an answer");
    assert_eq!(found, [Some(ann), Some(mimic)]);
}

/// An account with everything that one can have.
fn full(name: &str) -> Account {
    Account {
        email: Some(format!("{name}@Example.org")),
        email_unconfirmed: false,
        password: Some(PasswordHash("$argon2id$…".to_owned())),
        ban: Some(Ban { by: "admin".into(), reason: Some("spam".into()), until: Some(now()), at: now() }),
        tokens_valid_from: Some(now()),
        ended_tokens: vec![EndedToken { jti: "j".to_owned(), until: now() }],
        ..Account::new(person(name))
    }
}

async fn found(repository: &dyn Repository, name: AccountName) -> Option<Account> {
    repository.account(&name).await.expect("an answer")
}

fn email(address: &str) -> AccountName {
    AccountName::Email(address.to_owned())
}

fn username(name: &str) -> AccountName {
    AccountName::Username(name.to_owned())
}

pub async fn accounts_are_stored_unchanged_and_found_by_every_name(repository: &dyn Repository) {
    let account = full("Ann");
    assert_eq!(repository.create_account(&account).await.expect("a new account"), account);
    for name in [AccountName::Id("id-of-Ann".into()), username("aNN"), email("ann@EXAMPLE.org")] {
        assert_eq!(found(repository, name).await.as_ref(), Some(&account));
    }
    for name in [AccountName::Id("ann".into()), username("ann@example.org"), email("ann"), email("nn@example.org")] {
        assert_eq!(found(repository, name).await, None);
    }
    let users = repository.users(&["ann", "ann@example.org"]).await.expect("an answer");
    assert_eq!(users, [Some(person("Ann")), None], "no user has an e-mail address");
    assert!(!format!("{account:?}").contains("argon2id"));
}

pub async fn usernames_and_email_addresses_are_unique(repository: &dyn Repository) {
    repository.create_account(&full("ann")).await.expect("a new account");
    let other = |name: &str, email: &str| Account { email: Some(email.to_owned()), ..full(name) };
    let second = Account { user: User { id: "second".into(), ..person("ANN") }, ..other("ANN", "b@example.org") };
    for (account, field) in [(second, UniqueField::Username), (other("ben", "ANN@example.org"), UniqueField::Email)] {
        let error = repository.create_account(&account).await.expect_err("taken");
        assert!(matches!(error, StoreError::Taken(taken) if taken == field), "{error:?}");
    }
    assert_eq!(repository.users(&["second", "ben"]).await.expect("an answer"), [None, None]);
    repository.create_account(&full("ben")).await.expect("a refused change leaves no data");
}

pub async fn creating_an_existing_user_returns_the_stored_one(repository: &dyn Repository) {
    let [ann, _, _] = three(repository).await;
    let again = User { display_name: "other".to_owned(), username: "ben".to_owned(), ..ann.clone() };
    assert_eq!(kept(repository, &again).await, ann);
}

pub async fn a_bot_keeps_its_owner(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let bot = User { kind: UserKind::Bot, ..person("bot") };
    repository.create_account(&Account::of_bot(bot, ann.id.clone())).await.expect("a new bot");
    let owner = async |name: &str| found(repository, username(name)).await.and_then(|account| account.owner);
    assert_eq!(owner("bot").await, Some(ann.id));
    assert_eq!(owner(&ben.username).await, None);
}

pub async fn account_updates_require_the_current_version(repository: &dyn Repository) {
    let read = repository.create_account(&full("ann")).await.expect("a new account");
    let mut new = Account { ban: None, ended_tokens: vec![], tokens_valid_from: None, ..read.clone() };
    new.user.role = ServerRole::Moderator;
    new.user.display_name = "Ann the Second".to_owned();
    assert!(repository.update_account(&new).await.expect("an answer"));
    new.version += 1;
    new.user.version = new.version;
    assert_eq!(found(repository, username("ann")).await.as_ref(), Some(&new));
    assert!(!repository.update_account(&read).await.expect("an answer"), "read before the change");
    assert!(!repository.update_account(&full("nobody")).await.expect("an answer"), "there is none");
    assert_eq!(found(repository, username("ann")).await, Some(new));
}

pub async fn concurrent_account_updates_are_not_lost(repository: &dyn Repository) {
    let ann = repository.create_account(&full("ann")).await.expect("a new account").user.id;
    let add = async |name: &str| {
        loop {
            let mut account = found(repository, AccountName::Id(ann.clone())).await.expect("it is there");
            account.ended_tokens.push(EndedToken { jti: name.to_owned(), until: now() });
            if repository.update_account(&account).await.expect("an answer") {
                return;
            }
        }
    };
    tokio::join!(add("1"), add("2"), add("3"), add("4"));
    let account = found(repository, AccountName::Id(ann.clone())).await.expect("it is there");
    let mut names: Vec<_> = account.ended_tokens.iter().map(|ended| ended.jti.as_str()).collect();
    names.sort_unstable();
    assert_eq!((names, account.version), (vec!["1", "2", "3", "4", "j"], 5));
}

pub async fn changing_username_and_email_frees_the_old_ones(repository: &dyn Repository) {
    let mut ann = repository.create_account(&full("ann")).await.expect("a new account");
    repository.create_account(&full("ben")).await.expect("a new account");
    let change = async |account: &mut Account, name: &str| {
        account.rename(name.to_owned());
        account.email = Some(format!("{name}@example.org"));
        let changed = repository.update_account(account).await;
        account.version += u64::from(changed.is_ok());
        account.user.version = account.version;
        changed
    };
    let error = change(&mut ann, "BEN").await.expect_err("taken");
    assert!(matches!(error, StoreError::Taken(UniqueField::Username)), "{error:?}");
    ann.rename("ann".to_owned());
    let error = repository.update_account(&ann).await.expect_err("taken");
    assert!(matches!(error, StoreError::Taken(UniqueField::Email)), "{error:?}");
    assert!(change(&mut ann, "Anna").await.expect("free"));
    assert_eq!(found(repository, username("ann")).await, None);
    assert_eq!(found(repository, email("ann@example.org")).await, None);
    assert_eq!(found(repository, username("anna")).await.as_ref(), Some(&ann));
    assert_eq!(found(repository, email("anna@example.org")).await.as_ref(), Some(&ann));
    let heir = Account { user: User { id: "heir".into(), ..person("ANN") }, ..full("ANN") };
    let mut heir = repository.create_account(&heir).await.expect("both are free");
    change(&mut ann, "ann").await.expect_err("taken again");
    assert!(change(&mut heir, "x-ann").await.expect("free"));
    assert!(change(&mut ann, "ann").await.expect("free once more"));
    assert!(change(&mut ann, "Ann").await.expect("its own in another case"));
    assert_eq!(found(repository, username("ann")).await, Some(ann));
}

pub async fn a_name_claimed_concurrently_has_one_winner(repository: &dyn Repository) {
    let new = |id: &str| Account { user: User { id: id.into(), ..person("wanted") }, ..full("wanted") };
    let mut ann = repository.create_account(&full("ann")).await.expect("a new account");
    ann.rename("Wanted".to_owned());
    let first = new("first");
    let second = new("second");
    let made = tokio::join!(
        repository.create_account(&first),
        repository.create_account(&second),
        repository.update_account(&ann),
    );
    let won = [made.0.is_ok(), made.1.is_ok(), made.2.is_ok()].iter().filter(|won| **won).count();
    // A concurrent claim may lose to one that is itself refused.
    assert!(won <= 1, "{made:?}");
    let holder = found(repository, username("WANTED")).await.map(|account| account.user.id);
    let winner = [made.0.ok().map(|account| account.user.id), made.1.ok().map(|account| account.user.id)];
    let winner = winner.into_iter().flatten().next().or(made.2.is_ok_and(|done| done).then_some(ann.user.id));
    assert_eq!(holder, winner);
}

pub async fn a_deleted_account_remains_only_as_a_sender(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 2).await;
    let mut account = found(repository, AccountName::Id(ben.id.clone())).await.expect("it is there");
    account.deleted_at = Some(now());
    account.user.username = "deleted-1".to_owned();
    account.user.display_name = "Deleted account".to_owned();
    assert!(repository.update_account(&account).await.expect("an answer"));
    assert_eq!(repository.users(&[&ben.id, "ben", "deleted-1"]).await.expect("an answer"), [None, None, None]);
    assert_eq!(people(repository, &UsersQuery { search: Some("ben".into()), ..everybody() }).await, [""; 0]);
    let error = repository.create_account(&Account::new(User { id: "x".into(), ..person("Ben") })).await;
    let error = error.expect_err("the name stays taken");
    assert!(matches!(error, StoreError::Taken(UniqueField::Username)), "{error:?}");
    let messages = history(repository, query("c", Window::Newest, 9)).await.messages;
    let senders: Vec<_> = messages.iter().map(|message| message.sender.display_name.as_str()).collect();
    assert!(senders.contains(&"Deleted account") && senders.contains(&"ann the user"), "{senders:?}");
    let refused = commit(repository, add(&ann, "c", &[&user(repository, "dee").await, &ben])).await;
    assert!(refused.is_ok(), "ben is already a member: {refused:?}");
}

pub async fn messages_show_the_senders_current_name(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    talk(repository, "c", &[&ann, &ben], 2).await;
    let mut account = found(repository, AccountName::Id(ann.id.clone())).await.expect("it is there");
    account.rename("anna".to_owned());
    account.user.display_name = "Anna".to_owned();
    assert!(repository.update_account(&account).await.expect("an answer"));
    account.user.version += 1;
    let names = |sender: &Sender| (sender.username.clone(), sender.display_name.clone());
    let anna = ("anna".to_owned(), "Anna".to_owned());
    let page = history(repository, query("c", Window::Newest, 9)).await;
    let of_ann: Vec<_> = page.messages.iter().filter(|message| message.sender.id == ann.id).collect();
    assert!(!of_ann.is_empty() && of_ann.iter().all(|message| names(&message.sender) == anna), "{of_ann:?}");
    let one = repository.message(&"c".into(), &of_ann[0].id).await.expect("an answer").expect("it is there");
    assert_eq!(names(&one.sender), anna);
    let changes = repository.changes(&"c".into(), &ben.id, 0, 9).await.expect("an answer").expect("a member");
    assert!(changes.messages.iter().any(|message| names(&message.sender) == anna));
    assert!(changes.members.is_some_and(|members| members.items.iter().any(|member| member.user == account.user)));
    let members = repository.members(&"c".into(), None, 9).await.expect("an answer");
    assert!(members.items.iter().any(|member| member.user == account.user), "{members:?}");
}

fn everybody() -> UsersQuery {
    UsersQuery { search: None, emails: EmailSearch::Confirmed, not_in: None, after: None, limit: 50 }
}

async fn people(repository: &dyn Repository, query: &UsersQuery) -> Vec<String> {
    let page = repository.search_users(query).await.expect("a page");
    page.items.into_iter().map(|user| user.username).collect()
}

pub async fn users_are_searched_by_name_and_exact_email_address(repository: &dyn Repository) {
    for (name, shown) in [("Dora", "Ünïque"), ("adam", "Theodora"), ("ben", "B")] {
        let mut account = full(name);
        account.user.display_name = shown.to_owned();
        repository.create_account(&account).await.expect("a new account");
    }
    let search = async |text: &str| people(repository, &UsersQuery { search: Some(text.into()), ..everybody() }).await;
    assert_eq!(search("DOR").await, ["adam", "Dora"]);
    assert_eq!(search("ÜNÏ").await, ["Dora"]);
    assert_eq!(search("BEN@example.ORG").await, ["ben"]);
    assert_eq!(search("example").await, [""; 0], "part of an e-mail address finds no user");
    assert_eq!(search("%").await, [""; 0]);
    assert_eq!(people(repository, &everybody()).await, ["adam", "ben", "Dora"]);
}

pub async fn unconfirmed_addresses_are_found_only_on_request(repository: &dyn Repository) {
    let account = Account { email_unconfirmed: true, ..full("dora") };
    repository.create_account(&account).await.expect("a new account");
    let stored = found(repository, email("dora@example.org")).await.expect("it is there");
    assert!(stored.email_unconfirmed);
    let search = async |emails: EmailSearch| {
        people(repository, &UsersQuery { search: Some("dora@example.org".into()), emails, ..everybody() }).await
    };
    assert_eq!(search(EmailSearch::All).await, ["dora"]);
    assert_eq!(search(EmailSearch::Confirmed).await, [""; 0]);
    assert!(repository.update_account(&Account { email_unconfirmed: false, ..stored }).await.expect("an answer"));
    assert_eq!(search(EmailSearch::Confirmed).await, ["dora"]);
    assert_eq!(search(EmailSearch::Off).await, [""; 0]);
}

pub async fn a_users_bots_are_listed_until_deleted(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let bot = |name: &str, owner: &User| Account::of_bot(person(name), owner.id.clone());
    for account in [bot("b1", &ann), bot("b2", &ann), bot("b3", &ben)] {
        repository.create_account(&account).await.expect("a new account");
    }
    let bots = async |owner: &User| {
        let mut names: Vec<_> = repository.bots(&owner.id).await.expect("an answer").into_iter().collect();
        names.sort_by(|one, other| one.username.cmp(&other.username));
        names.into_iter().map(|user| user.username).collect::<Vec<_>>()
    };
    assert_eq!(bots(&ann).await, ["b1", "b2"]);
    let mut first = found(repository, username("b1")).await.expect("it is there");
    first.deleted_at = Some(now());
    assert!(repository.update_account(&first).await.expect("an answer"));
    assert_eq!(bots(&ann).await, ["b2"]);
    assert_eq!(bots(&ben).await, ["b3"]);
    assert_eq!(repository.bots(&"nobody".into()).await.expect("an answer"), []);
}

pub async fn users_are_paged_and_can_exclude_members_of_a_chat(repository: &dyn Repository) {
    let mut all = vec![];
    for name in ["a1", "B2", "c3", "d4", "E5", "f6", "g7"] {
        all.push(user(repository, &format!("{name}-x")).await);
    }
    commit(repository, create(&all[0], "c", ChatKind::Group, &[&all[2], &all[3], &all[6]])).await.expect("a chat");
    for (not_in, expected) in [
        (None, vec!["a1-x", "B2-x", "c3-x", "d4-x", "E5-x", "f6-x", "g7-x"]),
        (Some(ChatId::from("c")), vec!["B2-x", "E5-x", "f6-x"]),
        (Some(ChatId::from("none")), vec!["a1-x", "B2-x", "c3-x", "d4-x", "E5-x", "f6-x", "g7-x"]),
    ] {
        let mut seen = vec![];
        let mut query = UsersQuery { not_in, limit: 2, ..everybody() };
        loop {
            let page = repository.search_users(&query).await.expect("a page");
            seen.extend(page.items.iter().map(|user| user.username.clone()));
            let last = page.items.last().map(|user| name_key(&user.username));
            if !page.more {
                break;
            }
            assert_eq!(page.items.len(), 2);
            query.after = last;
        }
        assert_eq!(seen, expected);
    }
}

fn token(id: &str, maker: &User, user: &User) -> StoredToken {
    let token = Token {
        id: id.into(),
        name: format!("name of {id}"),
        scopes: vec![Scope::Read, Scope::Admin],
        user_id: user.id.clone(),
        created_at: now(),
        expires_at: None,
        last_used_at: None,
    };
    StoredToken { token, maker: maker.id.clone(), hash: std::array::from_fn(|index| id.as_bytes()[index % id.len()]) }
}

pub async fn tokens_are_found_by_hash_with_their_user(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let mut made = token("t", &ann, &ben);
    made.token.expires_at = Some(Timestamp::from_millis(1));
    for _ in 0..2 {
        repository.create_token(&made).await.expect("a new token, or the same again");
    }
    let found = repository.token_by_hash(&made.hash).await.expect("an answer");
    assert_eq!(found.map(|(token, account)| (token, account.user)), Some((made, ben)));
    assert_eq!(repository.token_by_hash(&[0; 32]).await.expect("an answer"), None);
}

pub async fn tokens_are_listed_newest_first_to_their_creator(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let made = [token("x", &ann, &ben), token("c", &ann, &ann), token("m", &ann, &ann), token("o", &ben, &ann)];
    for token in &made {
        repository.create_token(token).await.expect("a new token");
    }
    let [first, second, third, others] = made.map(|stored| stored.token);
    assert_eq!(repository.tokens(&ann.id).await.expect("an answer"), [third, second, first]);
    assert_eq!(repository.tokens(&ben.id).await.expect("an answer"), [others]);
}

pub async fn a_revoked_token_is_not_found(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let made = token("t", &ann, &ben);
    repository.create_token(&made).await.expect("a new token");
    let id = TokenId::from("t");
    assert!(!repository.revoke_token(&ben.id, &id).await.expect("an answer"), "another's");
    assert!(repository.revoke_token(&ann.id, &id).await.expect("an answer"));
    assert!(!repository.revoke_token(&ann.id, &id).await.expect("an answer"), "twice");
    assert_eq!(repository.token_by_hash(&made.hash).await.expect("an answer"), None);
}

pub async fn the_last_use_of_a_token_is_stored(repository: &dyn Repository) {
    let [ann, _, _] = three(repository).await;
    repository.create_token(&token("t", &ann, &ann)).await.expect("a new token");
    let id = TokenId::from("t");
    for millis in [5000, 3000] {
        repository.touch_token(&id, Timestamp::from_millis(millis)).await.expect("an answer");
    }
    let found = repository.tokens(&ann.id).await.expect("an answer");
    assert_eq!(found[0].last_used_at, Some(Timestamp::from_millis(5000)));
    repository.touch_token(&"none".into(), Timestamp::from_millis(1)).await.expect("nothing to do");
}

pub async fn a_working_store_is_ready(repository: &dyn Repository) {
    repository.ready().await.expect("ready");
    assert!(repository.commit_queues() >= 1);
}

fn session(id: &str, user: &User) -> StoredSession {
    StoredSession {
        id: id.into(),
        user_id: user.id.clone(),
        device_id: Some("phone".to_owned()),
        created_at: now(),
        last_seen_at: now(),
        expires_at: now(),
        family: [7; 32],
        refresh: [1; 32],
        previous: None,
    }
}

pub async fn sessions_are_found_with_their_account(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let first = session("first", &ann);
    let second = StoredSession { device_id: None, ..session("second", &ann) };
    for made in [&first, &second, &StoredSession { device_id: None, ..first.clone() }] {
        repository.create_session(made).await.expect("a new session, or the same again");
    }
    let look = async |user: &User, id: &str| repository.account_in(&user.id, &id.into()).await.expect("an answer");
    assert_eq!(look(&ann, "first").await, Some((Account::new(ann.clone()), Some(first.clone()))));
    assert_eq!(look(&ben, "first").await, Some((Account::new(ben.clone()), None)), "another's");
    assert_eq!(look(&person("nobody"), "first").await, None);
    assert_eq!(repository.sessions(&ann.id).await.expect("an answer"), [second, first]);
    assert_eq!(repository.sessions(&ben.id).await.expect("an answer"), []);
}

pub async fn concurrent_refreshes_renew_a_session_once(repository: &dyn Repository) {
    let [ann, _, _] = three(repository).await;
    let first = session("s", &ann);
    repository.create_session(&first).await.expect("a new session");
    let next = |number: u8| {
        let previous = Some(PreviousRefresh { refresh: [number - 1; 32], at: now() });
        StoredSession { refresh: [number; 32], previous, last_seen_at: now(), expires_at: now(), ..first.clone() }
    };
    let one = next(2);
    let other = next(3);
    let renewed = tokio::join!(repository.renew_session(&one, &[1; 32]), repository.renew_session(&other, &[1; 32]));
    let by_one = renewed.0.expect("an answer");
    let by_other = renewed.1.expect("an answer");
    assert_ne!(by_one, by_other);
    let winner = if by_one { one } else { other };
    assert_eq!(repository.sessions(&ann.id).await.expect("an answer"), std::slice::from_ref(&winner));
    assert!(!repository.renew_session(&next(4), &[1; 32]).await.expect("an answer"), "already used");
    assert!(repository.renew_session(&next(4), &winner.refresh).await.expect("an answer"));
    let gone = StoredSession { id: "none".into(), ..next(5) };
    assert!(!repository.renew_session(&gone, &[4; 32]).await.expect("an answer"));
}

pub async fn a_session_ends_once_and_keeps_its_last_use(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let made = session("s", &ann);
    repository.create_session(&made).await.expect("a new session");
    let id = SessionId::from("s");
    let later = Timestamp::from_millis(made.last_seen_at.millis() + 5000);
    for at in [later, made.created_at] {
        repository.touch_session(&ann.id, &id, at).await.expect("an answer");
    }
    repository.touch_session(&ann.id, &"none".into(), later).await.expect("nothing to do");
    assert_eq!(repository.sessions(&ann.id).await.expect("an answer")[0].last_seen_at, later);
    assert!(!repository.end_session(&ben.id, &id).await.expect("an answer"), "another's");
    assert!(repository.end_session(&ann.id, &id).await.expect("an answer"));
    assert!(!repository.end_session(&ann.id, &id).await.expect("an answer"), "twice");
    assert_eq!(repository.sessions(&ann.id).await.expect("an answer"), []);
    assert!(!repository.renew_session(&made, &made.refresh).await.expect("an answer"), "it is gone");
}

pub async fn document_updates_require_the_current_version(repository: &dyn Repository) {
    let save = async |place: &str, version: u64, text: &str| {
        repository.save_document(place, &Document { version, text: text.to_owned() }).await.expect("an answer")
    };
    let read = async |place: &str| {
        let found = repository.document(place).await.expect("an answer");
        found.map(|document| (document.version, document.text))
    };
    assert_eq!(read("user:ann").await, None);
    assert!(!save("user:ann", 2, "early").await);
    assert!(save("user:ann", 1, "first {\"n\":1.10}").await);
    assert!(!save("user:ann", 1, "again").await);
    assert_eq!(read("user:ann").await, Some((1, "first {\"n\":1.10}".to_owned())));
    assert!(save("user:ann", 2, "second").await);
    assert!(!save("user:ann", 2, "late").await);
    assert_eq!(read("user:ann").await, Some((2, "second".to_owned())));
    assert_eq!(read("user:ben").await, None);
}
