use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Repetition, Response};
use crate::api::context::Context;
use crate::api::files::{self, CreatedUpload, NewUpload};
use crate::api::validate;
use crate::protocol::error::{Error, Result};
use crate::protocol::text::{FileName, MimeType};
use crate::protocol::{StoredAttachment, Timestamp};

/// Creates an upload of a file to a chat you are in, or of an avatar.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateUpload {
    /// The chat's id, or `#name` of a channel; required for an attachment, absent for an avatar.
    chat_id: Option<String>,
    /// The use of the file.
    #[serde(default)]
    purpose: UploadPurpose,
    /// The file's name, without a path.
    #[schemars(length(min = 1, max = 255))]
    name: String,
    /// Size in bytes; exactly this many must follow.
    #[schemars(range(min = 1))]
    size: u64,
    /// The media type, for example `image/png`.
    #[schemars(length(max = 127), regex(pattern = "/"))]
    mime_type: String,
    /// Width of an image in pixels, so that clients can lay it out before they have loaded it.
    #[schemars(range(min = 1, max = 100_000))]
    width: Option<u32>,
    /// Height of an image in pixels.
    #[schemars(range(min = 1, max = 100_000))]
    height: Option<u32>,
}

/// The use of an uploaded file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum UploadPurpose {
    /// For a message of the chat.
    #[default]
    Attachment,
    /// For your profile: an image of at most 1 MiB. Set `avatarUrl` to its `url` with UPDATE_USER.
    Avatar,
}

/// The upload was created. PUT the bytes to `uploadUrl`, then send a message with `attachments: [{"id": …}]`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "UPLOAD_CREATED", rename_all = "camelCase")]
pub struct UploadCreated {
    /// The file.
    file: StoredAttachment,
    /// The address to PUT the bytes to; anyone who has it can use it.
    upload_url: String,
    /// Time at which the address expires, together with an unfinished upload.
    expires_at: Timestamp,
    /// True if the same command with the same `opId` has created the upload before.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    duplicate: bool,
}

impl Command for CreateUpload {
    const NAME: &'static str = "CREATE_UPLOAD";
    const SUMMARY: &'static str = "Starts the upload of a file to a chat, and returns the address to PUT its bytes to.";
    const ACCESS: Access = Access::WRITE;
    const REPETITION: Repetition = Repetition::Harmless;
    const EXAMPLE: &'static str =
        r##"{"chatId":"#general","name":"plan.pdf","size":48211,"mimeType":"application/pdf"}"##;
    type Reply = UploadCreated;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let name = FileName::parse("name", &self.name)?;
        if self.size == 0 {
            return Err(Error::invalid("size", "size must be at least 1"));
        }
        self.require_purpose()?;
        validate::pixels("width", self.width)?;
        validate::pixels("height", self.height)?;
        let upload = NewUpload {
            chat: self.chat_id,
            name: name.into(),
            size: self.size,
            mime_type: MimeType::parse("mimeType", &self.mime_type)?.into(),
            width: self.width,
            height: self.height,
        };
        let CreatedUpload { file, address, is_repeated } = files::create(context, upload).await?;
        Ok(Response::reply(UploadCreated {
            file: file.shown(),
            upload_url: address.url,
            expires_at: address.expires_at,
            duplicate: is_repeated,
        }))
    }
}

impl CreateUpload {
    fn require_purpose(&self) -> Result<()> {
        match (self.purpose, &self.chat_id) {
            (UploadPurpose::Attachment, None) => {
                Err(Error::invalid("chatId", "chatId is missing; only an avatar belongs to no chat"))
            }
            (UploadPurpose::Avatar, Some(_)) => {
                Err(Error::invalid("chatId", "an avatar belongs to no chat; leave chatId out"))
            }
            _ => Ok(()),
        }
    }
}
