//! All that the server keeps of a user, a line of JSON each, read page by page as it is taken.

use std::sync::Arc;

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value};
use tokio::sync::mpsc::Sender;

use crate::api::context::Services;
use crate::auth;
use crate::protocol::error::{Error, Result};
use crate::protocol::{Chat, ChatId, Message, Timestamp, User, UserId};
use crate::store::repository::{Account, AccountName, HistoryQuery, Window};

use super::check::PAGE_MOST;
use super::settings;

/// One line.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE")]
enum Line<'a> {
    User { user: &'a User },
    Settings { settings: &'a Map<String, Value> },
    Chat { chat: &'a Chat },
    Message { message: &'a Message },
}

/// The account of a ticket, if it is good.
pub async fn redeem(services: &Services, ticket: &str) -> Result<Account> {
    let now: Timestamp = services.clock.now();
    let missing = || Error::not_found("url", "nothing here, or not any more; EXPORT_MY_DATA gives a new address");
    let user = services.export_links.redeem(ticket, now).ok_or_else(missing)?;
    let account = services.repository.account(&AccountName::Id(user)).await?.ok_or_else(missing)?;
    auth::admit(&*services.repository, &account, now).await.map_err(|_| missing())?;
    Ok(account)
}

/// Writes everything, as fast as it is taken; an error ends it early.
pub async fn write(services: Arc<Services>, account: Account, to: Sender<Result<Bytes>>) {
    let written = everything(&services, &account, &to).await;
    if let Err(error) = written {
        // Who has gone away need not be told.
        drop(to.send(Err(error)).await);
    }
}

async fn everything(services: &Services, account: &Account, to: &Sender<Result<Bytes>>) -> Result<()> {
    let user = &account.user.id;
    give(to, &[Line::User { user: &account.own() }]).await?;
    let (settings, _) = settings::read(services, user).await?;
    if !settings.is_empty() {
        give(to, &[Line::Settings { settings: &settings }]).await?;
    }
    for id in services.repository.memberships(user).await? {
        if let Some(chat) = services.repository.chat(&id, user).await? {
            give(to, &[Line::Chat { chat: &chat }]).await?;
            messages(services, (&id, user), to).await?;
        }
    }
    Ok(())
}

/// The user's own messages in a chat, oldest first.
async fn messages(services: &Services, place: (&ChatId, &UserId), to: &Sender<Result<Bytes>>) -> Result<()> {
    let (chat, user) = place;
    let mut after = 0;
    loop {
        let query = HistoryQuery {
            chat: chat.clone(),
            window: Window::After(after),
            limit: PAGE_MOST,
            sender: Some(user.clone()),
            search: None,
        };
        let Some(page) = services.repository.history(&query).await? else { return Ok(()) };
        let lines: Vec<Line<'_>> = page.messages.iter().map(|message| Line::Message { message }).collect();
        give(to, &lines).await?;
        match page.messages.last().filter(|_| page.more) {
            Some(last) => after = last.seq,
            None => return Ok(()),
        }
    }
}

async fn give(to: &Sender<Result<Bytes>>, lines: &[Line<'_>]) -> Result<()> {
    let mut text = String::new();
    for line in lines {
        text.push_str(&serde_json::to_string(line).map_err(Error::internal)?);
        text.push('\n');
    }
    to.send(Ok(text.into())).await.map_err(|_| Error::unavailable("nobody takes it any more"))
}
