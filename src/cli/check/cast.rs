use serde_json::{Value, json};
use uuid::Uuid;

use crate::ops::config;

use super::{Check, NodeSocket, Result, SimulatedClient};

/// Number of members named when a chat is created.
const FIRST_MEMBERS: usize = 40;
/// One in this many people is an admin of the chats.
const ADMINS: usize = 8;

/// A unique name for this run.
pub(super) fn mark() -> String {
    Uuid::new_v4().simple().to_string()[..12].to_owned()
}

/// Creates the users and their chats; returns the token of their creator.
pub(super) async fn prepare(check: &Check, mark: &str) -> Result<(String, Vec<SimulatedClient>, Vec<String>)> {
    let (token, mut owner) = own(check, mark).await?;
    let mut people = vec![];
    for number in 0..check.clients {
        let made = json!({"type":"CREATE_API_TOKEN","name":"pichat check","botUsername":format!("{mark}-{number}")});
        let made = owner.command(made).await?;
        let [id, token] = ["/token/userId", "/secret"].map(|path| made.pointer(path).and_then(Value::as_str));
        let id = id.ok_or("no user")?.to_owned();
        let token = token.ok_or("no token")?.to_owned();
        people.push(SimulatedClient::new(usize::try_from(number)?, check.seed, id, token));
    }
    let mut chats = vec![];
    for number in 0..check.chats {
        chats.push(chat(&mut owner, mark, number, &people).await?);
    }
    Ok((token, people, chats))
}

/// A connection of the user who creates the other users.
async fn own(check: &Check, mark: &str) -> Result<(String, NodeSocket)> {
    let url = &check.urls[0];
    if check.sign_up {
        let mut socket = NodeSocket::open(url, None).await?;
        let password = Uuid::new_v4().to_string();
        let asked = json!({"type":"SIGN_UP","username":format!("check-{mark}"),"password":password});
        socket.command(asked).await?;
        // An access token would expire.
        let made = socket.command(json!({"type":"CREATE_API_TOKEN","name":"pichat check"})).await?;
        return Ok((made["secret"].as_str().ok_or("no token")?.to_owned(), socket));
    }
    let set = config::environment()?("API_TOKEN").filter(|token| !token.is_empty());
    let token = check.token.clone().or(set);
    let token = token.ok_or("give a token with --token, set API_TOKEN, or sign up a new user with --sign-up")?;
    let socket = NodeSocket::connect(url, &token).await?;
    Ok((token, socket))
}

/// Creates a channel or a group, with all people or the first half; the others join and leave.
async fn chat(owner: &mut NodeSocket, mark: &str, number: u64, people: &[SimulatedClient]) -> Result<String> {
    let share = if number.is_multiple_of(2) { people.len() } else { people.len() / 2 };
    let members: Vec<&str> = people[..share].iter().map(|person| &*person.id).collect();
    let kind = if number % 3 == 2 { "channel" } else { "group" };
    let first = &members[..members.len().min(FIRST_MEMBERS)];
    let made = json!({"type":"CREATE_CHAT","kind":kind,"name":format!("check {mark} {number}"),"members":first});
    let made = owner.command(made).await?;
    let chat = made["chatId"].as_str().ok_or("no chat")?.to_owned();
    for admin in first.iter().step_by(ADMINS) {
        owner.command(json!({"type":"UPDATE_MEMBER","chatId":chat,"userId":admin,"role":"admin"})).await?;
    }
    Ok(chat)
}
