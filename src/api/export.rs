//! Exports of a user's data as JSON lines, read page by page as fast as the client takes them.

use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::Sender;

use crate::api::audit;
use crate::api::context::{Context, Services};
use crate::api::quotas::ExportSlot;
use crate::auth;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{
    Chat, ChatId, ClientJson, FileId, Message, MessageId, PageLimit, SessionId, StoredAttachment, Timestamp, Token,
    TokenId, User, UserId,
};
use crate::realtime::hub::Credential;
use crate::store::repository::{
    Account, AccountName, Document, FileScope, FileState, HistoryQuery, OwnReaction, ReadBudget, StoredFile, Window,
};

use super::{bots, user_settings, wrong_credential};

/// A line of an export.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
enum ExportLine<'a> {
    User { user: &'a User },
    Settings { settings: &'a ClientJson },
    Session { session: ExportedSession<'a> },
    Token { token: &'a Token },
    Chat { chat: &'a Chat },
    Message { message: &'a Message },
    File { file: ExportedFile<'a> },
    Reaction { chat_id: &'a ChatId, message_id: &'a MessageId, emoji: &'a str },
}

/// A file that the user uploaded.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExportedFile<'a> {
    #[serde(flatten)]
    file: StoredAttachment,
    /// None for an avatar.
    #[serde(skip_serializing_if = "Option::is_none")]
    chat_id: Option<&'a ChatId>,
    created_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<&'a MessageId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<&'a str>,
}

/// A session without its secrets.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExportedSession<'a> {
    id: &'a SessionId,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_id: Option<&'a str>,
    created_at: Timestamp,
    last_seen_at: Timestamp,
    expires_at: Timestamp,
}

/// The subject of a ticket: a user's data, as long as the credential that requested it is valid.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Claim {
    pub(super) user: UserId,
    /// Changes when the password is changed or all sessions end.
    #[serde(skip_serializing_if = "Option::is_none")]
    tokens_valid_from: Option<Timestamp>,
    /// The requesting session, if any: the ticket ends with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<SessionId>,
    /// The requesting token of another service, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    foreign: Option<String>,
    /// The requesting API token, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<TokenId>,
}

/// A permitted download.
#[derive(Debug)]
pub struct Download {
    account: Account,
    _slot: ExportSlot,
}

/// A ticket for the caller's data. It is revoked with the caller's session or token, when the password changes, and
/// when the caller logs out everywhere.
///
/// # Errors
///
/// NOT_FOUND if the account was deleted.
pub async fn issue(context: &Context, expires_at: Timestamp) -> Result<String> {
    let subject = serde_json::to_string(&claim(context).await?).map_err(Error::internal)?;
    Ok(context.services.export_links.issue(&subject, expires_at))
}

/// A claim of the caller that is revoked with the credential.
pub(super) async fn claim(context: &Context) -> Result<Claim> {
    let services = &context.services;
    let identity = context.identity()?;
    let account = services.repository.account(&AccountName::Id(identity.user.id.clone())).await?;
    let account = account.ok_or_else(|| Error::not_found("userId", "your account was deleted"))?;
    let mut claim = Claim {
        user: account.user.id,
        tokens_valid_from: account.tokens_valid_from,
        session: None,
        foreign: None,
        token: None,
    };
    match &identity.credential {
        Credential::Session(session) => claim.session = Some(session.clone()),
        Credential::Foreign(jti) => claim.foreign = Some(jti.clone()),
        Credential::Token(token) => claim.token = Some(token.clone()),
        Credential::Administrator => {}
    }
    Ok(claim)
}

/// Exchanges a ticket for a download.
///
/// # Errors
///
/// NOT_FOUND for a ticket that is unknown, has expired or has ended; RATE_LIMITED while too many downloads are running.
pub async fn redeem(services: &Services, ticket: &str, address: IpAddr) -> Result<Download> {
    let missing = || Error::not_found("url", "this address is unknown or expired; get a new one with EXPORT_MY_DATA");
    let subject = wrong_credential::redeem(services, ticket, address)?.ok_or_else(missing)?;
    let claim: Claim = serde_json::from_str(&subject).map_err(|_| missing())?;
    services.rate_limits.command(Some(&claim.user), address)?;
    let account = entitled(services, &claim).await?.ok_or_else(missing)?;
    Ok(Download { account, _slot: services.quotas.export(&claim.user)? })
}

/// The account that a claim is about, as long as its credential is valid.
pub(super) async fn entitled(services: &Services, claim: &Claim) -> Result<Option<Account>> {
    let repository = &services.repository;
    let found = match &claim.session {
        // A missing session has ended.
        Some(session) => match repository.account_in(&claim.user, session).await? {
            Some((account, Some(_))) => Some(account),
            _ => None,
        },
        None => repository.account(&AccountName::Id(claim.user.clone())).await?,
    };
    let now = services.clock.now();
    let is_valid = |account: &Account| {
        let has_ended = |jti: &String| account.ended_tokens.iter().any(|ended| ended.jti == *jti);
        account.tokens_valid_from == claim.tokens_valid_from && !claim.foreign.as_ref().is_some_and(has_ended)
    };
    let Some(account) = found.filter(is_valid) else { return Ok(None) };
    match auth::admit(&**repository, &account, now).await {
        Ok(_) => {}
        Err(error) if matches!(error.code, Code::Forbidden | Code::Unauthenticated) => return Ok(None),
        Err(error) => return Err(error),
    }
    let Some(token) = &claim.token else { return Ok(Some(account)) };
    Ok(has_token(services, &account, token).await?.then_some(account))
}

/// True as long as the account has this API token, made by the user or the owner.
async fn has_token(services: &Services, account: &Account, token: &TokenId) -> Result<bool> {
    for maker in [Some(&account.user.id), account.owner.as_ref()].into_iter().flatten() {
        if services.repository.tokens(maker).await?.iter().any(|other| other.id == *token) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Records the export in the audit log, once a day per user.
///
/// # Errors
///
/// UNAVAILABLE if the storage does not respond.
pub async fn record_once_a_day(context: &Context, command: &str) -> Result<()> {
    let services = &context.services;
    let place = format!("exported:{}", context.user()?.id);
    let today: String = services.clock.now().to_string().chars().take(10).collect();
    let last = services.repository.document(&place).await?;
    if last.as_ref().is_some_and(|last| last.text == today) {
        return Ok(());
    }
    // Recorded before the export: there must be no export without an entry.
    audit::record(context, command, None, None).await?;
    let version = last.map_or(1, |last| last.version + 1);
    services.repository.save_document(&place, &Document { version, text: today }).await?;
    Ok(())
}

/// Writes the export as fast as the client reads it; an error ends it early.
pub async fn write(services: Arc<Services>, download: Download, to: Sender<Result<Bytes>>) {
    let written = everything(&services, &download.account, &to).await;
    if let Err(error) = written {
        // The error is lost if the client has disconnected.
        drop(to.send(Err(error)).await);
    }
}

async fn everything(services: &Services, account: &Account, to: &Sender<Result<Bytes>>) -> Result<()> {
    let user = &account.user.id;
    give(to, &[ExportLine::User { user: &account.own() }]).await?;
    let (settings, _) = user_settings::read(services, user).await?;
    if !settings.is_empty() {
        give(to, &[ExportLine::Settings { settings: &settings }]).await?;
    }
    credentials(services, user, to).await?;
    let present = services.repository.memberships(user).await?;
    for id in &present {
        if let Some(chat) = services.repository.chat(id, user).await? {
            let chat = chat.sized(services.large_chats());
            give(to, &[ExportLine::Chat { chat: &chat }]).await?;
            messages(services, id, user, to).await?;
            reactions(services, id, user, to).await?;
        }
    }
    // Former members do not get the chat's current state, but they get the messages they wrote.
    for id in services.repository.chats_ever_joined(user).await?.iter().filter(|id| !present.contains(id)) {
        messages(services, id, user, to).await?;
        reactions(services, id, user, to).await?;
    }
    files(services, user, to).await
}

/// The user's sessions, and the tokens that the user and the user's bots made, without secrets.
async fn credentials(services: &Services, user: &UserId, to: &Sender<Result<Bytes>>) -> Result<()> {
    for session in services.repository.sessions(user).await? {
        let session = ExportedSession {
            id: &session.id,
            device_id: session.device_id.as_deref(),
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
            expires_at: session.expires_at,
        };
        give(to, &[ExportLine::Session { session }]).await?;
    }
    for made in bots::tokens(&*services.repository, user).await? {
        give(to, &[ExportLine::Token { token: &made.token }]).await?;
    }
    Ok(())
}

/// The user's reactions in a chat.
async fn reactions(services: &Services, chat: &ChatId, user: &UserId, to: &Sender<Result<Bytes>>) -> Result<()> {
    let found = services.repository.reactions_in(chat, user).await?;
    for reactions in found.chunks(PageLimit::MAX) {
        let lines = reactions.iter().map(|OwnReaction { message, emoji }| ExportLine::Reaction {
            chat_id: chat,
            message_id: message,
            emoji,
        });
        give(to, &lines.collect::<Vec<_>>()).await?;
    }
    Ok(())
}

/// The complete files that the user uploaded.
async fn files(services: &Services, user: &UserId, to: &Sender<Result<Bytes>>) -> Result<()> {
    let scope = FileScope::Owner(user.clone());
    let mut after: Option<FileId> = None;
    loop {
        let page = services.repository.files(&scope, after.as_ref(), PageLimit::MAX).await?;
        let complete = page.items.iter().filter(|file| file.state == FileState::Complete);
        let lines: Vec<ExportLine<'_>> = complete.map(|file| ExportLine::File { file: exported(file) }).collect();
        give(to, &lines).await?;
        match page.items.last().filter(|_| page.more) {
            Some(last) => after = Some(last.id.clone()),
            None => return Ok(()),
        }
    }
}

fn exported(file: &StoredFile) -> ExportedFile<'_> {
    ExportedFile {
        file: file.shown(),
        chat_id: file.chat_id.as_ref(),
        created_at: file.created_at,
        message_id: file.message_id.as_ref(),
        sha256: file.sha256.as_deref(),
    }
}

/// The user's own messages in a chat, oldest first.
async fn messages(services: &Services, chat: &ChatId, user: &UserId, to: &Sender<Result<Bytes>>) -> Result<()> {
    let mut after = 0;
    loop {
        let query = HistoryQuery {
            chat: chat.clone(),
            window: Window::After(after),
            limit: PageLimit::MAX,
            sender: Some(user.clone()),
            search: None,
            budget: ReadBudget::UNLIMITED,
        };
        let Some(page) = services.repository.history(&query).await? else { return Ok(()) };
        let lines: Vec<ExportLine<'_>> = page.messages.iter().map(|message| ExportLine::Message { message }).collect();
        give(to, &lines).await?;
        match page.messages.last().filter(|_| page.more) {
            Some(last) => after = last.seq,
            None => return Ok(()),
        }
    }
}

async fn give(to: &Sender<Result<Bytes>>, lines: &[ExportLine<'_>]) -> Result<()> {
    let mut text = String::new();
    for line in lines {
        text.push_str(&serde_json::to_string(line).map_err(Error::internal)?);
        text.push('\n');
    }
    to.send(Ok(text.into())).await.map_err(|_| Error::unavailable("the download was aborted"))
}
