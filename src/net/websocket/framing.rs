/// Maximum length of a frame header: two bytes, an extended length and a mask.
const LONGEST_HEAD: usize = 14;

/// Tracks the frames in the arriving bytes, to know the size of a message before it is complete.
#[derive(Debug, Default)]
pub(super) struct Framing {
    head: [u8; LONGEST_HEAD],
    head_bytes: usize,
    /// Bytes of the current frame's payload that have not arrived yet.
    missing: u64,
    /// The current frame completes a message.
    is_last: bool,
    /// Bytes of the current message, as announced by its frame headers so far.
    message: u64,
}

impl Framing {
    /// Announced bytes of the incomplete message; 0 between messages.
    pub(super) fn announced(&self) -> u64 {
        self.message
    }

    pub(super) fn feed(&mut self, mut bytes: &[u8]) {
        while let Some((first, rest)) = bytes.split_first() {
            if self.missing > 0 {
                let here = usize::try_from(self.missing).map_or(bytes.len(), |missing| missing.min(bytes.len()));
                self.missing -= here as u64;
                bytes = &bytes[here..];
            } else {
                self.head[self.head_bytes] = *first;
                self.head_bytes += 1;
                bytes = rest;
                if self.head_bytes < self.head_length() {
                    continue;
                }
                self.begin_payload();
            }
            if self.missing == 0 && self.is_last {
                self.message = 0;
            }
        }
    }

    fn head_length(&self) -> usize {
        let mask = if self.head_bytes > 1 && self.head[1] & 0x80 != 0 { 4 } else { 0 };
        let extended = match self.head[1] & 0x7f {
            _ if self.head_bytes < 2 => 0,
            126 => 2,
            127 => 8,
            _ => 0,
        };
        2 + extended + mask
    }

    fn begin_payload(&mut self) {
        let short = self.head[1] & 0x7f;
        let extended = |bytes: &[u8]| bytes.iter().fold(0, |length, byte| length << 8 | u64::from(*byte));
        let length = match short {
            126 => extended(&self.head[2..4]),
            127 => extended(&self.head[2..10]),
            _ => u64::from(short),
        };
        let is_data = self.head[0] & 0x08 == 0;
        if is_data {
            self.message = self.message.saturating_add(length);
        }
        self.is_last = is_data && self.head[0] & 0x80 != 0;
        self.missing = length;
        self.head_bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::Framing;

    /// A message of 300 bytes in two fragments around a ping, then an empty message.
    fn frames() -> Vec<u8> {
        let mut bytes = vec![0x01, 0x80 | 126, 0, 200, 1, 2, 3, 4];
        bytes.extend([0; 200]);
        bytes.extend([0x89, 0x81, 1, 2, 3, 4, 0]);
        bytes.extend([0x80, 0x80 | 100, 1, 2, 3, 4]);
        bytes.extend([0; 100]);
        bytes.extend([0x81, 0x80, 1, 2, 3, 4]);
        bytes
    }

    #[test]
    fn the_size_of_a_message_is_known_before_it_is_complete() {
        for piece in [1, 7, 1000] {
            let mut framing = Framing::default();
            let mut max = 0;
            for bytes in frames().chunks(piece) {
                framing.feed(bytes);
                max = max.max(framing.announced());
            }
            assert_eq!(framing.announced(), 0, "in pieces of {piece}");
            assert_eq!(max, if piece == 1000 { 0 } else { 300 }, "in pieces of {piece}");
        }
        let mut framing = Framing::default();
        framing.feed(&[0x81, 0x80 | 127, 0, 0, 0, 0, 0, 4, 0, 0, 1, 2, 3, 4]);
        assert_eq!(framing.announced(), 262_144);
    }
}
