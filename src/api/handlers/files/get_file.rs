use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::files;
use crate::protocol::error::Result;
use crate::protocol::{FileId, StoredAttachment, Timestamp};

/// Gets an address at which a file can be read.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetFile {
    /// The chat's id, or `#name` of a channel.
    chat_id: String,
    /// The file's id.
    file_id: FileId,
}

/// A file and the address to read it from.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "FILE", rename_all = "camelCase")]
pub struct FileFound {
    /// The file.
    file: StoredAttachment,
    /// The address to GET the bytes from; anyone who has it can use it, for as long as you may read the chat.
    url: String,
    /// Time at which the address expires.
    expires_at: Timestamp,
}

impl Command for GetFile {
    const NAME: &'static str = "GET_FILE";
    const SUMMARY: &'static str = "Gets an address at which a file of a chat can be read for 15 minutes.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r##"{"chatId":"#general","fileId":"a01a22ac6a59b73528683452e7c4988d8"}"##;
    type Reply = FileFound;

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        let file = files::require_file(context, &self.chat_id, &self.file_id).await?;
        let address = files::address(context, &file).await?;
        Ok(Response::reply(FileFound { file: file.shown(), url: address.url, expires_at: address.expires_at }))
    }
}
