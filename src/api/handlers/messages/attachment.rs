use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::validate;
use crate::protocol::Attachment;
use crate::protocol::error::{Error, Result};
use crate::protocol::text::{FileName, MimeType};

/// A file of a message being sent.
///
/// Give only the `id` of an upload to this server, or all other fields for a file elsewhere.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttachmentInput {
    /// The id of a file that you have uploaded to this chat; the other fields are filled in.
    id: Option<String>,
    /// `http` or `https`; absent for an upload.
    #[schemars(length(max = 2048))]
    url: Option<String>,
    /// The file's name.
    #[schemars(length(min = 1, max = 255))]
    name: Option<String>,
    /// Size in bytes.
    size: Option<u64>,
    /// The media type, for example `image/png`.
    #[schemars(length(max = 127), regex(pattern = "/"))]
    mime_type: Option<String>,
    /// Width of an image in pixels.
    #[schemars(range(min = 1, max = 100_000))]
    width: Option<u32>,
    /// Height of an image in pixels.
    #[schemars(range(min = 1, max = 100_000))]
    height: Option<u32>,
}

impl AttachmentInput {
    /// The validated attachment; for an uploaded file it has only the id so far.
    pub(super) fn attachment(self, field: &str) -> Result<Attachment> {
        let at = |name: &str| format!("{field}.{name}");
        if let Some(id) = &self.id {
            validate::id(at("id"), id)?;
        }
        // A client that forwards a message sends the address it received.
        let is_upload = self.url.as_ref().is_none_or(|url| url.starts_with("/files/"));
        if let Some(id) = self.id.as_ref().filter(|_| is_upload) {
            return Ok(Attachment {
                id: Some(id.clone()),
                url: String::new(),
                name: String::new(),
                size: 0,
                mime_type: String::new(),
                width: None,
                height: None,
            });
        }
        validate::pixels(at("width"), self.width)?;
        validate::pixels(at("height"), self.height)?;
        self.url.as_deref().map_or(Ok(()), |url| validate::url(at("url"), url))?;
        let name = self.name.map(|name| FileName::parse(at("name"), &name)).transpose()?;
        let mime_type = self.mime_type.map(|mime_type| MimeType::parse(at("mimeType"), &mime_type)).transpose()?;
        let missing = |name: &str| {
            let sentence =
                format!("{field}.{name} is missing; give the id of an upload, or url, name, size and mimeType");
            Error::invalid(at(name), sentence)
        };
        let url = self.url.ok_or_else(|| missing("url"))?;
        let name = name.ok_or_else(|| missing("name"))?.into();
        let size = self.size.ok_or_else(|| missing("size"))?;
        let mime_type = mime_type.ok_or_else(|| missing("mimeType"))?.into();
        Ok(Attachment { id: self.id, url, name, size, mime_type, width: self.width, height: self.height })
    }
}
