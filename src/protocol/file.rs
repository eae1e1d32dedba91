use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::FileId;

/// A file that this server stores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "File")]
pub struct StoredAttachment {
    /// The file's id.
    pub id: FileId,
    /// Its path on this server: `/files/ID`, for requests with a bearer token, or `/avatars/ID`.
    pub url: String,
    /// The file's name.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// The media type that its sender declared.
    pub mime_type: String,
    /// Width of an image in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height of an image in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}
