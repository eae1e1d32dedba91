use futures_util::{StreamExt, TryStreamExt, stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::target;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::paged_list::PagedList;
use crate::api::reply_budget;
use crate::api::{audit, validate};
use crate::domain::name_key;
use crate::protocol::error::{Error, Result};
use crate::protocol::{Ban, PageLimit, ServerRole, Timestamp, User, UserId};
use crate::store::repository::{Account, AccountName, EmailSearch, UsersQuery};

/// Number of accounts that are read concurrently.
const CONCURRENT: usize = 16;

/// Lists accounts with fields that only admins may see.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetAccounts {
    /// Only this user, by id, username or e-mail address.
    user_id: Option<String>,
    /// Part of the username or display name, ignoring case; or a complete e-mail address, confirmed or not.
    #[schemars(length(max = 256))]
    search: Option<String>,
    /// Maximum number of items: 1 to 200, by default 50.
    limit: Option<PageLimit>,
    /// The `nextCursor` of the previous page.
    #[schemars(length(min = 1, max = 256))]
    cursor: Option<String>,
}

/// Accounts, sorted by username.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "ACCOUNT_LIST", rename_all = "camelCase")]
pub struct AccountList {
    /// The accounts.
    accounts: Vec<AccountDetails>,
    /// Cursor of the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// An account with fields that only admins may see.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountDetails {
    /// The user, with the e-mail address.
    user: User,
    /// True if others can find the user by the e-mail address; absent if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    email_confirmed: Option<bool>,
    /// The ban from the server that is in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    ban: Option<Ban>,
    /// The owner of a bot.
    #[serde(skip_serializing_if = "Option::is_none")]
    owner_id: Option<UserId>,
}

impl AccountDetails {
    fn new(context: &Context, account: &Account, now: Timestamp) -> Self {
        AccountDetails {
            user: context.services.with_presence(account.own()),
            email_confirmed: account.email.is_some().then_some(!account.email_unconfirmed),
            ban: account.ban_at(now).cloned(),
            owner_id: account.owner.clone(),
        }
    }
}

impl Command for GetAccounts {
    const NAME: &'static str = "GET_ACCOUNTS";
    const SUMMARY: &'static str = "Lists accounts with their email addresses and bans; for admins.";
    const ACCESS: Access = Access::Authority(ServerRole::Admin);
    const TAKES_OP_ID: bool = false;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r#"{"search":"ann","limit":20}"#;
    type Reply = AccountList;

    fn cost(&self) -> u32 {
        if self.user_id.is_some() { 1 } else { 10 }
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let now = context.services.clock.now();
        if let Some(given) = &self.user_id {
            if self.search.is_some() || self.cursor.is_some() {
                return Err(Error::invalid("userId", "give userId or search, not both"));
            }
            let account = target::find(context, given).await?;
            audit::record(context, Self::NAME, Some(&account.user.id), None).await?;
            let accounts = vec![AccountDetails::new(context, &account, now)];
            return Ok(Response::reply(AccountList { accounts, next_cursor: None }));
        }
        let repository = &context.services.repository;
        let query = UsersQuery {
            search: validate::search("search", self.search)?,
            emails: EmailSearch::All,
            not_in: None,
            after: PagedList::Users.after(self.cursor.as_deref())?,
            limit: self.limit.unwrap_or_default().get(),
        };
        audit::record(context, Self::NAME, None, None).await?;
        let mut page = repository.search_users(&query).await?;
        page.more |= reply_budget::cut(&mut page.items)?;
        let next_cursor =
            page.items.last().filter(|_| page.more).map(|user| PagedList::Users.cursor(&name_key(&user.username)));
        let names = page.items.into_iter().map(|user| AccountName::Id(user.id));
        let reads = names.map(|name| async move { repository.account(&name).await });
        let found: Vec<Option<Account>> = stream::iter(reads).buffered(CONCURRENT).try_collect().await?;
        // Users deleted since the search are left out.
        let found = found.iter().flatten().filter(|account| account.deleted_at.is_none());
        let accounts = found.map(|account| AccountDetails::new(context, account, now)).collect();
        Ok(Response::reply(AccountList { accounts, next_cursor }))
    }
}
