use async_trait::async_trait;

use super::{Carrier, Letter, Topic};

/// The carrier of a node that is alone: there is nobody to take anything to.
#[derive(Debug)]
pub struct Alone;

#[async_trait]
impl Carrier for Alone {
    fn carry(&self, _: Letter<'_>) {}

    fn hears(&self, _: &Topic) -> bool {
        true
    }

    async fn hear(&self, _: &[Topic]) {}

    async fn flush(&self) {}
}
