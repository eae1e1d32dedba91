//! The users of a seed: new ones, or those of an earlier run.

use serde_json::json;

use super::texts::NAMES;
use super::{Seed, progress};
use crate::cli::Failure;
use crate::cli::remote::Remote;

/// Maximum wait for permission to sign up, in milliseconds.
const LONGEST_WAIT_MS: u64 = 5_000;
/// Maximum number of usernames that are skipped because they belong to others.
const SKIPPED_AT_MOST: u64 = 500;
/// Minimum number of users for a conversation.
const FEWEST: usize = 2;

/// A user with a connection.
pub(super) struct Person {
    pub(super) id: String,
    pub(super) username: String,
    pub(super) remote: Remote,
}

/// The outcome of trying a username.
enum Entry {
    /// The user is logged in.
    LoggedIn(Person),
    /// The username belongs to somebody with another password.
    Taken,
    /// The server accepts no more new accounts for a while.
    Limited,
}

/// Logs in as many users as requested. Fewer are enough if the server limits new accounts.
pub(super) async fn enter(seed: &Seed, url: &str, password: &str) -> Result<Vec<Person>, Failure> {
    let mut people = vec![];
    let mut refused = 0;
    for place in 0..seed.users + SKIPPED_AT_MOST {
        match try_username(seed, url, &username(place), password).await? {
            Entry::LoggedIn(person) => people.push(person),
            Entry::Taken => {}
            Entry::Limited => refused += 1,
        }
        progress("users", people.len() as u64, seed.users);
        // Users of an earlier run can still log in when nobody can sign up.
        let is_over = refused > 0 && (seed.password.is_none() || refused == seed.users);
        if people.len() as u64 == seed.users || is_over {
            break;
        }
    }
    let advice = "try again later, or give the --password of an earlier seed to reuse its users";
    if refused > 0 && people.len() < FEWEST {
        return Err(format!("the server accepts no more new accounts for now (SIGN_UPS_PER_HOUR); {advice}").into());
    }
    if refused > 0 && (people.len() as u64) < seed.users {
        eprintln!("The server accepts no more new accounts for now; continuing with {} users", people.len());
        return Ok(people);
    }
    if (people.len() as u64) < seed.users {
        return Err("too many of the usernames belong to others; give the --password of an earlier seed".into());
    }
    Ok(people)
}

/// The names, then the names with 1, 2, … appended.
fn username(place: u64) -> String {
    let round = place / NAMES.len() as u64;
    let index = usize::try_from(place % NAMES.len() as u64).expect("less than the number of names");
    let name = NAMES[index].to_lowercase();
    if round == 0 { name } else { format!("{name}{round}") }
}

async fn try_username(seed: &Seed, url: &str, username: &str, password: &str) -> Result<Entry, Failure> {
    let mut remote = Remote::connect(url, None).await?;
    let username = username.to_owned();
    // Signing up first would use up the new accounts of this address, even for users who exist.
    if seed.password.is_some() {
        let answer = remote.ask(json!({"type":"LOG_IN","username":username,"password":password})).await?;
        if let Some(id) = answer["user"]["id"].as_str() {
            return Ok(Entry::LoggedIn(Person { id: id.to_owned(), username, remote }));
        }
    }
    let mut display_name = username.clone();
    display_name[..1].make_ascii_uppercase();
    let sign_up = json!({"type":"SIGN_UP","username":username,"password":password,"displayName":display_name});
    let answer = remote.ask_within(sign_up, LONGEST_WAIT_MS).await?;
    match (answer["user"]["id"].as_str(), answer["code"].as_str()) {
        (Some(id), _) => Ok(Entry::LoggedIn(Person { id: id.to_owned(), username, remote })),
        (None, Some("CONFLICT")) => Ok(Entry::Taken),
        (None, Some("RATE_LIMITED")) => Ok(Entry::Limited),
        _ => Err(format!("cannot sign up {username}: {}", answer["error"].as_str().unwrap_or_default()).into()),
    }
}
