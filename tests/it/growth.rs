//! Work that must not grow with other users' data, nor faster than the user's own. It is counted, never timed.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::support::process::Process;
use crate::support::{ADMIN_TOKEN, Client, http};

/// Commands in one frame.
const TOGETHER: usize = 50;

/// A server with counted storage requests.
struct Counted {
    process: Process,
    _folder: TempDir,
}

/// A user in a number of chats.
struct Owner {
    client: Client,
    chats: Vec<String>,
}

impl Counted {
    async fn start(database: Option<&str>) -> Counted {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let mut settings =
            vec![("MAX_CHATS_PER_USER", "0"), ("NEW_CHATS_PER_HOUR", "0"), ("NEW_CONTACTS_PER_HOUR", "0")];
        settings.push(("COMMANDS_PER_SECOND_PER_USER", "0"));
        settings.extend(database.map(|database| ("DATABASE_URL", database)));
        Counted { process: Process::start(folder.path(), &settings).await, _folder: folder }
    }

    /// The read requests of the storage so far.
    async fn reads(&self) -> u64 {
        let address: SocketAddr = self.process.address.parse().expect("an address");
        let headers = [("authorization", &*format!("Bearer {ADMIN_TOKEN}"))];
        let served = http::send(address, "GET /metrics", &headers, b"").await.body;
        let line = served.lines().find_map(|line| line.strip_prefix("pichat_storage_requests_total{kind=\"read\"} "));
        line.and_then(|count| count.parse().ok()).unwrap_or(0)
    }

    /// Waits until reads stop: deliveries are reported to authors after the reply with the messages.
    async fn settled(&self) -> u64 {
        let mut known = self.reads().await;
        let mut same = 0;
        while same < 5 {
            tokio::time::sleep(Duration::from_millis(200)).await;
            let now = self.reads().await;
            same = if now == known { same + 1 } else { 0 };
            known = now;
        }
        known
    }

    /// The fewest requests of three runs, because background jobs read too.
    async fn of(&self, owner: &mut Owner, command: &Value) -> u64 {
        let mut fewest = u64::MAX;
        for _ in 0..3 {
            let before = self.settled().await;
            owner.client.reply(command.clone()).await;
            fewest = fewest.min(self.reads().await - before);
        }
        fewest
    }

    /// A user added by another to a number of chats, with a message in each.
    async fn owner(&self, count: usize) -> Owner {
        let client = self.process.user(&format!("owner{count}")).await;
        let mut friend = self.process.user(&format!("friend{count}")).await;
        let create = |_| json!({"type":"CREATE_CHAT","name":"g","members":[client.user_id]});
        let created = all(&mut friend, (0..count).map(create)).await;
        let chats: Vec<String> =
            created.iter().map(|reply| reply["chatId"].as_str().expect("an id").to_owned()).collect();
        all(&mut friend, chats.iter().map(|chat| json!({"type":"SEND_MESSAGE","chatId":chat,"content":"hi"}))).await;
        // A new connection has no pending frames.
        let client = Client::greeted(&self.process.url(), &client.token).await;
        Owner { client, chats }
    }
}

/// Sends commands in few frames and returns their replies.
async fn all(client: &mut Client, commands: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut replies = vec![];
    let mut commands = commands.enumerate().map(|(place, mut command)| {
        command["requestId"] = json!(place.to_string());
        command
    });
    loop {
        let frame: Vec<Value> = commands.by_ref().take(TOGETHER).collect();
        let count = frame.len();
        if count == 0 {
            return replies;
        }
        client.send(Value::Array(frame)).await;
        for _ in 0..count {
            let reply = client.until(|frame| frame.get("requestId").is_some()).await;
            assert_ne!(reply["type"], "ERROR", "{reply}");
            replies.push(reply);
        }
    }
}

/// SYNC with every chat, from a position.
fn sync(chats: &[String], after: u64) -> Value {
    let positions: Map<String, Value> = chats.iter().map(|chat| (chat.clone(), json!(after))).collect();
    json!({"type":"SYNC","chats":positions})
}

/// A SYNC, a list and a connection take as many requests for 1,000 chats as for ten; the rest of a long reply is read
/// separately.
async fn reads_do_not_grow_with_ones_chats(counted: &Counted) {
    let mut few = counted.owner(10).await;
    let mut many = counted.owner(1000).await;
    for (name, few_command, many_command, more) in [
        ("SYNC without news", sync(&few.chats, 2), sync(&many.chats, 2), 2),
        ("SYNC with news", sync(&few.chats, 1), sync(&many.chats, 1), 12),
        ("SYNC of new chats", sync(&[], 0), sync(&[], 0), 12),
        ("GET_CHATS", json!({"type":"GET_CHATS","limit":10}), json!({"type":"GET_CHATS","limit":10}), 0),
        ("GET_CHATS, a long page", json!({"type":"GET_CHATS","limit":10}), json!({"type":"GET_CHATS","limit":200}), 0),
    ] {
        let few = counted.of(&mut few, &few_command).await;
        let many = counted.of(&mut many, &many_command).await;
        assert!(few < 10, "{name}: {few} requests for ten chats");
        assert!(many <= few + more, "{name}: {few} requests for ten chats, {many} for a thousand");
    }
    let mut connecting = vec![];
    for owner in [&few, &many] {
        let before = counted.settled().await;
        Client::greeted(&counted.process.url(), &owner.client.token).await;
        connecting.push(counted.reads().await - before);
    }
    assert!(connecting[1] <= connecting[0] + 2, "connecting: {connecting:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_reads_do_not_grow_with_the_users_chats() {
    reads_do_not_grow_with_ones_chats(&Counted::start(None).await).await;
}

#[cfg(feature = "postgres")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_reads_do_not_grow_with_the_users_chats() {
    let Some(server) = crate::support::postgres::shared().await else { return };
    let url = server.url_of(&server.place().await);
    reads_do_not_grow_with_ones_chats(&Counted::start(Some(&url)).await).await;
}
