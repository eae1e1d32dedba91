use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::time::{Instant, sleep, timeout};

use super::promise::Promise;
use super::socket::NodeSocket;
use super::{Phase, Result, Run};

/// The pause between two revocations.
const EVERY: Duration = Duration::from_secs(3);
/// The maximum delay of a revocation, whatever fails.
const WITHIN: Duration = Duration::from_secs(10);
/// The pause between two attempts to authenticate with a revoked token.
const AGAIN: Duration = Duration::from_millis(250);

/// While the clients are busy, creates bots, connects them to every node and deletes them. Their tokens must stop
/// working everywhere in time.
pub(super) async fn keep_revoking(run: Arc<Run>, token: String, mark: String) {
    let mut phase = run.phase.subscribe();
    for number in 1.. {
        let over = phase.wait_for(|phase| !matches!(phase, Phase::Busy));
        if timeout(EVERY, over).await.is_ok() {
            return;
        }
        match revoke(&run, &token, &format!("{mark}-gone-{number}")).await {
            Ok(()) => run.ledger.count("tokens revoked"),
            // A node that is down proves nothing about revocation.
            Err(_) => run.ledger.count("revocations given up"),
        }
    }
}

async fn revoke(run: &Run, token: &str, name: &str) -> Result<()> {
    let mut owner = connect_anywhere(run, token).await?;
    let bot = owner.command(json!({"type":"CREATE_API_TOKEN","name":"pichat check","botUsername":name})).await?;
    let secret = bot["secret"].as_str().ok_or("no token")?;
    let mut sockets = vec![];
    for url in &run.urls {
        sockets.extend(NodeSocket::connect(url, secret).await.ok());
    }
    let user = bot.pointer("/token/userId").cloned().ok_or("no user")?;
    owner.command(json!({"type":"DELETE_BOT","userId":user})).await?;
    let by = Instant::now() + WITHIN;
    for mut socket in sockets {
        if stays_open(&mut socket, by).await {
            run.ledger.fault(Promise::Revoked, format!("a connection of {name} works {WITHIN:?} after its deletion"));
        }
    }
    for url in &run.urls {
        if gets_in(url, secret, by).await {
            run.ledger.fault(Promise::Revoked, format!("{url} accepts the token of {name} after its deletion"));
        }
    }
    Ok(())
}

async fn connect_anywhere(run: &Run, token: &str) -> Result<NodeSocket> {
    for url in &run.urls {
        if let Ok(socket) = NodeSocket::connect(url, token).await {
            return Ok(socket);
        }
    }
    Err("no node responds".into())
}

/// True if the connection still responds at the deadline.
async fn stays_open(socket: &mut NodeSocket, by: Instant) -> bool {
    while let Some(left) = by.checked_duration_since(Instant::now()) {
        match socket.next_within(left).await {
            Ok(Some(_)) => {}
            Ok(None) => break,
            Err(_) => return false,
        }
    }
    let answers = socket.ask(&[json!({"type":"PING"})], |_| {}).await;
    answers.is_ok_and(|replies| replies.iter().any(|(_, reply)| reply["type"] == "PONG"))
}

/// True if the node still accepts the token at the deadline.
async fn gets_in(url: &str, secret: &str, by: Instant) -> bool {
    loop {
        let is_last = Instant::now() >= by;
        if NodeSocket::connect(url, secret).await.is_err() {
            return false;
        }
        if is_last {
            return true;
        }
        sleep(AGAIN).await;
    }
}
