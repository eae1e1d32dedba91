use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Timestamp, UserId};

/// A ban from a chat or from the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ban {
    /// The user who imposed it.
    pub by: UserId,
    /// Time at which it was imposed.
    pub at: Timestamp,
    /// The reason given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Time at which the ban ends; absent if permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl Ban {
    /// True if the ban is in force.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| until > now)
    }

    /// The duration in words: `until 2026-01-02T03:04:05.678Z`, or `permanently`.
    pub fn term(&self) -> String {
        self.until.map_or_else(|| "permanently".to_owned(), |until| format!("until {until}"))
    }
}
