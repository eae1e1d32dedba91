use serde::{Deserialize, Serialize};

/// The close code and reason that the server sends when it ends a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Close {
    /// The WebSocket close code.
    pub code: u16,
    /// A short text for people. It does not travel between nodes; they send only the code.
    #[serde(skip, default = "remote_reason")]
    pub reason: &'static str,
}

fn remote_reason() -> &'static str {
    "these credentials are no longer valid"
}
