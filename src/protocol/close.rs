use serde::{Deserialize, Serialize};

/// The close code and reason with which the server ends a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Close {
    /// The WebSocket close code.
    pub code: u16,
    /// A few words for people. Other nodes use a text of their own, so that only the code travels.
    #[serde(skip, default = "remote_reason")]
    pub reason: &'static str,
}

fn remote_reason() -> &'static str {
    "these credentials are no longer valid"
}
