//! The trace that a client's command belongs to, in the W3C Trace Context format.

use data_encoding::HEXLOWER;

/// Length of a `traceparent` of version 00 in characters; later versions may be longer.
const LENGTH: usize = 55;

/// A `traceparent`: the client's trace, its span there, and whether it records them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traceparent {
    /// The trace.
    pub trace: [u8; 16],
    /// The span that sent the command.
    pub span: [u8; 8],
    /// True if the client records the trace.
    pub is_sampled: bool,
}

impl Traceparent {
    /// Parses `00-TRACE-SPAN-FLAGS` in lower-case hexadecimal, or the same fields of a later version; none if it is
    /// malformed, or an id is zero.
    pub fn parse(text: &str) -> Option<Traceparent> {
        let fields = text.get(..LENGTH)?;
        let rest = &text[LENGTH..];
        let mut parts = fields.split('-');
        let version = bytes::<1>(parts.next()?)?;
        let trace = bytes(parts.next()?)?;
        let span = bytes(parts.next()?)?;
        let flags = bytes::<1>(parts.next()?)?;
        let is_version = match version {
            [0] => rest.is_empty(),
            [0xff] => false,
            _ => rest.is_empty() || rest.starts_with('-'),
        };
        let is_whole = parts.next().is_none() && is_version && trace != [0; 16] && span != [0; 8];
        is_whole.then_some(Traceparent { trace, span, is_sampled: flags[0] & 1 == 1 })
    }
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::Traceparent;

    const GOOD: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[test]
    fn a_valid_traceparent_parses() {
        let read = Traceparent::parse(GOOD).expect("good");
        assert_eq!(read.trace[..2], [0x0a, 0xf7]);
        assert_eq!(read.span[7], 0x31);
        assert!(read.is_sampled);
        assert!(!Traceparent::parse(&GOOD.replace("-01", "-00")).expect("good").is_sampled);
        for later in [GOOD.replacen("00-", "01-", 1), GOOD.replacen("00-", "cc-", 1) + "-later"] {
            assert_eq!(Traceparent::parse(&later), Some(read), "{later}");
        }
    }

    #[test]
    fn a_malformed_traceparent_is_ignored() {
        let zero_trace = format!("00-{}-b7ad6b7169203331-01", "0".repeat(32));
        let zero_span = format!("00-0af7651916cd43dd8448eb211c80319c-{}-01", "0".repeat(16));
        for bad in [
            "",
            "00",
            &GOOD[..54],
            &GOOD.to_uppercase(),
            &GOOD.replacen("00-", "ff-", 1),
            &GOOD.replacen("00-", "0-", 1),
            &(GOOD.to_owned() + "-more"),
            &(GOOD.replacen("00-", "01-", 1) + "more"),
            &GOOD.replace('-', "_"),
            &GOOD.replace("0af7", "0a-7"),
            &GOOD.replace("0af7", "0äf"),
            &zero_trace,
            &zero_span,
        ] {
            assert_eq!(Traceparent::parse(bad), None, "{bad}");
        }
    }
}
