use ring::digest::{self, SHA256};

use crate::protocol::error::{Error, Result};

use super::download::FileReader;

/// Bytes that identify an image's type.
const HEAD: usize = 4096;
/// Facts about a file, derived from its bytes.
pub(super) struct Examined {
    pub(super) sha256: [u8; 32],
    /// The media type, if it is an image that browsers may show.
    pub(super) image: Option<String>,
}

/// Reads the stored bytes of a file, so that the hash covers exactly the bytes that downloads send.
pub(super) async fn examine(reader: &FileReader, size: u64) -> Result<Examined> {
    let mut hash = digest::Context::new(&SHA256);
    let mut image = None;
    let mut at = 0;
    while at < size {
        let piece = reader.read(at, size).await?;
        if piece.is_empty() {
            return Err(Error::internal("a file is shorter than its record says"));
        }
        if at == 0 {
            image = image_type(&piece[..piece.len().min(HEAD)]);
        }
        hash.update(&piece);
        at += piece.len() as u64;
    }
    let sha256 = hash.finish().as_ref().try_into().expect("SHA-256 has 32 bytes");
    Ok(Examined { sha256, image })
}

fn image_type(head: &[u8]) -> Option<String> {
    const SHOWN: [&str; 5] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];
    let found = infer::get(head)?.mime_type();
    SHOWN.contains(&found).then(|| found.to_owned())
}
