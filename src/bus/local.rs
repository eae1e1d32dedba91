use super::{Carrier, Letter};

/// The carrier of a node that is alone: there is nobody to take anything to.
#[derive(Debug)]
pub struct Alone;

impl Carrier for Alone {
    fn carry(&self, _: Letter<'_>) {}
}
