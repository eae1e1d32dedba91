//! Users and tokens.

use pichat::error::Code;
use pichat::model::{Scope, Timestamp, Token, TokenId, User, UserKind};
use pichat::repository::{Repository, StoredToken};

use super::scene::*;

pub async fn a_user_is_found_by_id_and_by_name_without_regard_to_case(repository: &dyn Repository) {
    let full = User {
        avatar_url: Some("https://example.org/a.png".to_owned()),
        last_seen_at: Some(now()),
        ..person("Ann.O_Nym-1")
    };
    assert_eq!(repository.create_user(&full, None, "username").await.expect("a new user"), full);
    let names = ["ANN.o_nym-1", "id-of-Ann.O_Nym-1", "ID-OF-ann.o_nym-1", "nobody", "Ann.O_Nym-1"];
    let found = repository.users(&names).await.expect("an answer");
    assert_eq!(found, [Some(full.clone()), Some(full.clone()), None, None, Some(full)]);
    assert_eq!(repository.users(&[]).await.expect("an answer"), []);
}

pub async fn an_id_goes_before_a_name(repository: &dyn Repository) {
    let [ann, _, _] = three(repository).await;
    let mimic = User { id: "mimic".into(), username: ann.id.to_string(), ..person("mimic") };
    repository.create_user(&mimic, None, "username").await.expect("a new user");
    let found = repository.users(&[&ann.id, &ann.id.to_uppercase()]).await.expect("an answer");
    assert_eq!(found, [Some(ann), Some(mimic)]);
}

pub async fn a_username_is_given_once(repository: &dyn Repository) {
    let [ann, _, _] = three(repository).await;
    let second = User { id: "second".into(), username: "ANN".to_owned(), ..ann };
    let error = repository.create_user(&second, None, "botUsername").await.expect_err("taken");
    assert_eq!((error.code, error.field.as_deref()), (Code::Conflict, Some("botUsername")));
    assert_eq!(repository.users(&["second"]).await.expect("an answer"), [None]);
}

pub async fn the_same_user_again_is_the_one_that_is_there(repository: &dyn Repository) {
    let [ann, _, _] = three(repository).await;
    let again = User { display_name: "other".to_owned(), username: "ben".to_owned(), ..ann.clone() };
    assert_eq!(repository.create_user(&again, None, "username").await.expect("the same"), ann);
}

pub async fn a_bot_has_its_owner(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let bot = User { kind: UserKind::Bot, ..person("bot") };
    assert_eq!(repository.create_user(&bot, Some(&ann.id), "botUsername").await.expect("a new bot"), bot);
    assert_eq!(repository.owner(&bot.id).await.expect("an answer"), Some(ann.id));
    assert_eq!(repository.owner(&ben.id).await.expect("an answer"), None);
    assert_eq!(repository.owner(&"nobody".into()).await.expect("an answer"), None);
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

pub async fn a_token_is_found_by_its_hash_with_its_user(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let mut made = token("t", &ann, &ben);
    made.token.expires_at = Some(Timestamp::from_millis(1));
    for _ in 0..2 {
        repository.create_token(&made).await.expect("a new token, or the same again");
    }
    let found = repository.token_by_hash(&made.hash).await.expect("an answer");
    assert_eq!(found, Some((made, ben)));
    assert_eq!(repository.token_by_hash(&[0; 32]).await.expect("an answer"), None);
}

pub async fn tokens_are_listed_newest_first_to_their_maker_only(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let made = [token("x", &ann, &ben), token("c", &ann, &ann), token("m", &ann, &ann), token("o", &ben, &ann)];
    for token in &made {
        repository.create_token(token).await.expect("a new token");
    }
    let [first, second, third, others] = made.map(|stored| stored.token);
    assert_eq!(repository.tokens(&ann.id).await.expect("an answer"), [third, second, first]);
    assert_eq!(repository.tokens(&ben.id).await.expect("an answer"), [others]);
}

pub async fn a_revoked_token_is_gone(repository: &dyn Repository) {
    let [ann, ben, _] = three(repository).await;
    let made = token("t", &ann, &ben);
    repository.create_token(&made).await.expect("a new token");
    let id = TokenId::from("t");
    assert!(!repository.revoke_token(&ben.id, &id).await.expect("an answer"), "another's");
    assert!(repository.revoke_token(&ann.id, &id).await.expect("an answer"));
    assert!(!repository.revoke_token(&ann.id, &id).await.expect("an answer"), "twice");
    assert_eq!(repository.token_by_hash(&made.hash).await.expect("an answer"), None);
}

pub async fn the_latest_use_of_a_token_is_kept(repository: &dyn Repository) {
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

pub async fn a_storage_that_works_is_ready(repository: &dyn Repository) {
    repository.ready().await.expect("ready");
    assert!(repository.lanes() >= 1);
}
