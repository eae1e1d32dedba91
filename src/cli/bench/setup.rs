//! Users, rooms and connections to measure with.

use futures_util::future::try_join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Result;
use super::client::Client;
use super::target::Target;

/// Number of connections opened concurrently.
const HANDS: usize = 16;
/// Number of members added by one command.
const TOGETHER: usize = 100;

/// A user with a token.
#[derive(Clone, Debug)]
pub(super) struct BenchAccount {
    pub(super) id: String,
    pub(super) token: String,
}

/// New users.
pub(super) async fn accounts(target: &Target, count: usize) -> Result<Vec<BenchAccount>> {
    let run = Uuid::new_v4().simple().to_string();
    let commands = (0..count).map(|place| {
        let username = format!("bench-{}-{place}", &run[..8]);
        json!({"type":"CREATE_API_TOKEN","name":"benchmark","botUsername":username})
    });
    let replies = commands_of_admin(target, commands.collect()).await?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let account = |reply: &Value| {
        let id = text(&reply["token"]["userId"]);
        let token = text(&reply["secret"]);
        id.zip(token).map(|(id, token)| BenchAccount { id, token }).ok_or_else(|| format!("no token: {reply}").into())
    };
    replies.iter().map(account).collect()
}

/// Creates a room for each list of members; returns its id and clock.
pub(super) async fn rooms(target: &Target, members: &[Vec<String>]) -> Result<Vec<(String, u64)>> {
    let create = |_| json!({"type":"CREATE_CHAT","name":"benchmark"});
    let made = commands_of_admin(target, members.iter().map(create).collect()).await?;
    let mut rooms: Vec<_> = made.iter().map(clock).collect::<Result<_>>()?;
    let max = members.iter().map(Vec::len).max().unwrap_or(0);
    for round in 0..max.div_ceil(TOGETHER) {
        let part = |(room, members): (&(String, u64), &Vec<String>)| {
            let part: Vec<_> = members.iter().skip(round * TOGETHER).take(TOGETHER).collect();
            (!part.is_empty()).then(|| json!({"type":"ADD_MEMBERS","chatId":room.0,"members":part}))
        };
        let commands = rooms.iter().zip(members).filter_map(part).collect();
        for reply in commands_of_admin(target, commands).await? {
            let (chat, seq) = clock(&reply)?;
            rooms.iter_mut().filter(|room| room.0 == chat).for_each(|room| room.1 = seq);
        }
    }
    Ok(rooms)
}

fn clock(reply: &Value) -> Result<(String, u64)> {
    let found = reply["chatId"].as_str().zip(reply["seq"].as_u64());
    found.map(|(chat, seq)| (chat.to_owned(), seq)).ok_or_else(|| format!("no clock: {reply}").into())
}

/// Replies to the administrator's commands, in order.
async fn commands_of_admin(target: &Target, commands: Vec<Value>) -> Result<Vec<Value>> {
    let share = commands.len().div_ceil(HANDS).max(1);
    let hand = |share: Vec<Value>| async move {
        let mut client = Client::connect(target, &target.token).await?;
        let mut replies = vec![];
        for command in share {
            replies.push(client.command(command).await?);
        }
        Result::Ok(replies)
    };
    let replies = try_join_all(commands.chunks(share).map(|share| hand(share.to_vec()))).await?;
    Ok(replies.into_iter().flatten().collect())
}

/// Sends a message to each of these chats.
pub(super) async fn say(target: &Target, chats: &[String]) -> Result<()> {
    let say = |chat: &String| json!({"type":"SEND_MESSAGE","chatId":chat,"message":{"content":"benchmark"}});
    commands_of_admin(target, chats.iter().map(say).collect()).await.map(drop)
}

/// A connection for each of the accounts.
pub(super) async fn connections(target: &Target, accounts: &[BenchAccount]) -> Result<Vec<Client>> {
    connected(target, &accounts.iter().map(|account| &*account.token).collect::<Vec<_>>()).await
}

/// A connection for each of these tokens.
pub(super) async fn connected(target: &Target, tokens: &[&str]) -> Result<Vec<Client>> {
    let mut clients = Vec::with_capacity(tokens.len());
    for wave in tokens.chunks(HANDS) {
        clients.extend(try_join_all(wave.iter().map(|token| Client::connect(target, token))).await?);
    }
    Ok(clients)
}
