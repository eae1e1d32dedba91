//! Export links: addresses with a signed ticket, from which anyone who has one can download one user's data until it
//! expires.

use data_encoding::HEXLOWER;
use ring::hmac;

use crate::ops::crypto;
use crate::protocol::Timestamp;
use crate::protocol::error::{Error, Result};
use crate::store::repository::{Document, Repository};

use super::secret::hexadecimal;

/// The document with the key, so that every node accepts the tickets of the others.
const PLACE: &str = "secret:tickets";

/// Issues and verifies tickets; nothing is stored.
#[derive(Debug)]
pub struct ExportLinks(hmac::Key);

impl ExportLinks {
    /// Reads the stored key, or stores a new one.
    ///
    /// # Errors
    /// Fails if the storage fails.
    pub async fn prepare(repository: &dyn Repository) -> Result<ExportLinks> {
        for _ in 0..2 {
            if let Some(kept) = repository.document(PLACE).await? {
                return Ok(ExportLinks(hmac::Key::new(hmac::HMAC_SHA256, kept.text.as_bytes())));
            }
            let bytes = crypto::random::<32>().map_err(Error::internal)?;
            // If another node is faster, its key is used.
            repository.save_document(PLACE, &Document { version: 1, text: hexadecimal(&bytes) }).await?;
        }
        Err(Error::unavailable("a key was written but cannot be read"))
    }

    /// A ticket for the subject, valid until this time.
    pub fn issue(&self, subject: &str, until: Timestamp) -> String {
        let claim = format!("{}.{}", hexadecimal(subject.as_bytes()), until.millis());
        let signature = hmac::sign(&self.0, claim.as_bytes());
        format!("{claim}.{}", hexadecimal(signature.as_ref()))
    }

    /// 32 hexadecimal digits that depend on the subject, and that only a node of this server can compute.
    pub fn digits(&self, subject: &str) -> String {
        // No ticket has this form, so the digits are no part of a signature of one.
        let signature = hmac::sign(&self.0, format!("digits {subject}").as_bytes());
        let mut digits = hexadecimal(signature.as_ref());
        digits.truncate(32);
        digits
    }

    /// The subject of a ticket, if the ticket is genuine and has not expired.
    pub fn redeem(&self, ticket: &str, now: Timestamp) -> Option<String> {
        let (claim, signature) = ticket.rsplit_once('.')?;
        hmac::verify(&self.0, claim.as_bytes(), &bytes(signature)?).ok()?;
        let (subject, until) = claim.split_once('.')?;
        let until = Timestamp::from_millis(until.parse().ok()?);
        let subject = String::from_utf8(bytes(subject)?).ok()?;
        (until > now).then_some(subject)
    }
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    HEXLOWER.decode(digits.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_servers_unexpired_tickets_are_valid() {
        let tickets = ExportLinks(hmac::Key::new(hmac::HMAC_SHA256, b"key"));
        let end = Timestamp::from_millis(1000);
        let before = Timestamp::from_millis(999);
        let ticket = tickets.issue("ann", end);
        assert_eq!(tickets.redeem(&ticket, before), Some("ann".to_owned()));
        assert_eq!(tickets.redeem(&ticket, end), None);
        let other = ExportLinks(hmac::Key::new(hmac::HMAC_SHA256, b"another key"));
        assert_eq!(other.redeem(&ticket, before), None);
        for bad in [ticket.replace(".1000.", ".9000."), ticket[1..].to_owned(), "a.b.c".into(), "é".into(), "".into()]
        {
            assert_eq!(tickets.redeem(&bad, before), None, "{bad}");
        }
    }
}
