//! ExportLinks: words in an address that let whoever has them get one user's data for a while.

use ring::hmac;

use crate::ops::crypto;
use crate::protocol::error::{Error, Result};
use crate::protocol::{Timestamp, UserId};
use crate::store::repository::{Document, Repository};

use super::secret::hexadecimal;

/// Where the key is kept, so that every node takes the tickets of the others.
const PLACE: &str = "secret:tickets";

/// Makes tickets and knows its own; nothing is kept of them.
#[derive(Debug)]
pub struct ExportLinks(hmac::Key);

impl ExportLinks {
    /// With the key that is kept, which is made where there is none.
    pub async fn prepare(repository: &dyn Repository) -> Result<ExportLinks> {
        for _ in 0..2 {
            if let Some(kept) = repository.document(PLACE).await? {
                return Ok(ExportLinks(hmac::Key::new(hmac::HMAC_SHA256, kept.text.as_bytes())));
            }
            let bytes = crypto::random::<32>().map_err(Error::internal)?;
            // Where another node is faster, its key counts.
            repository.save_document(PLACE, &Document { version: 1, text: hexadecimal(&bytes) }).await?;
        }
        Err(Error::unavailable("a key was written and cannot be read"))
    }

    /// A ticket for a user's data, good until then.
    pub fn issue(&self, user: &UserId, until: Timestamp) -> String {
        let claim = format!("{}.{}", hexadecimal(user.as_bytes()), until.millis());
        let signature = hmac::sign(&self.0, claim.as_bytes());
        format!("{claim}.{}", hexadecimal(signature.as_ref()))
    }

    /// Whose data a ticket is for, if it is one of ours and still good.
    pub fn redeem(&self, ticket: &str, now: Timestamp) -> Option<UserId> {
        let (claim, signature) = ticket.rsplit_once('.')?;
        hmac::verify(&self.0, claim.as_bytes(), &bytes(signature)?).ok()?;
        let (user, until) = claim.split_once('.')?;
        let until = Timestamp::from_millis(until.parse().ok()?);
        let user = String::from_utf8(bytes(user)?).ok()?;
        (until > now).then(|| UserId::from(user))
    }
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.len().is_multiple_of(2).then(|| digits.as_bytes().chunks(2).map(pair).collect()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ones_own_tickets_are_good_and_only_for_a_while() {
        let tickets = ExportLinks(hmac::Key::new(hmac::HMAC_SHA256, b"key"));
        let (end, before) = (Timestamp::from_millis(1000), Timestamp::from_millis(999));
        let ticket = tickets.issue(&UserId::from("ann"), end);
        assert_eq!(tickets.redeem(&ticket, before), Some(UserId::from("ann")));
        assert_eq!(tickets.redeem(&ticket, end), None);
        let other = ExportLinks(hmac::Key::new(hmac::HMAC_SHA256, b"another key"));
        assert_eq!(other.redeem(&ticket, before), None);
        for bad in [ticket.replace(".1000.", ".9000."), ticket[1..].to_owned(), "a.b.c".into(), "é".into(), "".into()]
        {
            assert_eq!(tickets.redeem(&bad, before), None, "{bad}");
        }
    }
}
