use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Timestamp, UserId};

/// Keeps a user out, of a chat or of the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ban {
    /// Who decided it.
    pub by: UserId,
    /// Since when.
    pub at: Timestamp,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Until when; absent: for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl Ban {
    /// Whether it keeps the user out; one that has run out is none.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| until > now)
    }

    /// How long it lasts, in words.
    pub fn term(&self) -> String {
        self.until.map_or_else(|| "for good".to_owned(), |until| format!("until {until}"))
    }
}
