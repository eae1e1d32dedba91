//! The containers: their partition keys and indexes. Only queried paths are indexed, because every indexed path makes
//! every write more expensive.

use azure_data_cosmos::models::{
    CompositeIndex, CompositeIndexOrder, CompositeIndexProperty, ContainerProperties, IndexingMode, IndexingPolicy,
    TimeToLive,
};

#[cfg(test)]
mod tests;

/// The path of the chat id, by which documents of several chats are found together. Containers of earlier versions do
/// not index it.
pub(super) const CHAT_ID: &str = "/chatId/?";

/// The path of message text. PiChat creates no full-text index on it, but uses an existing one.
pub(super) const FULL_TEXT: &str = "/content";

/// One of the four containers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ContainerKind {
    Chats,
    Messages,
    Users,
    Settings,
}

impl ContainerKind {
    #[cfg(test)]
    pub(super) const ALL: [ContainerKind; 4] =
        [ContainerKind::Chats, ContainerKind::Messages, ContainerKind::Users, ContainerKind::Settings];

    /// The container's partition key.
    pub(super) fn partition_key(self) -> &'static str {
        match self {
            ContainerKind::Chats | ContainerKind::Messages => "/chatId",
            ContainerKind::Users => "/userId",
            ContainerKind::Settings => "/scope",
        }
    }

    /// The paths used in queries.
    pub(super) fn indexed(self) -> &'static [&'static str] {
        match self {
            ContainerKind::Chats => &["/updatedAt/?", "/chat/?", "/key/?"],
            ContainerKind::Messages => &[
                "/seq/?",
                "/updatedSeq/?",
                "/sender/id/?",
                "/content/?",
                "/folded/?",
                "/deletedAt/?",
                "/userId/?",
                "/present/?",
                "/readSeq/?",
                "/mentions/[]/?",
                "/createdAt/?",
                "/reaction/?",
                "/reactedSeq/?",
                "/deletionsOf/?",
                "/block/?",
                "/deleted/?",
                CHAT_ID,
            ],
            ContainerKind::Users => &["/chatId/?", "/tokenId/?", "/sessionId/?", "/key/?", "/display/?", "/emailKey/?"],
            ContainerKind::Settings => &[
                "/auditId/?",
                "/actorId/?",
                "/targetId/?",
                "/fileOwner/?",
                "/fileChat/?",
                "/fileState/?",
                "/fileSize/?",
                "/fileDue/?",
            ],
        }
    }

    /// Composite indexes: paths that are ordered by together, with their direction.
    pub(super) fn ordered_together(self) -> &'static [(&'static str, CompositeIndexOrder)] {
        match self {
            ContainerKind::Chats => {
                &[("/updatedAt", CompositeIndexOrder::Descending), ("/chat", CompositeIndexOrder::Ascending)]
            }
            ContainerKind::Messages => {
                &[("/sender/id", CompositeIndexOrder::Ascending), ("/seq", CompositeIndexOrder::Descending)]
            }
            ContainerKind::Users | ContainerKind::Settings => &[],
        }
    }

    /// True if documents of the container can have a time to live.
    pub(super) fn expires_documents(self) -> bool {
        matches!(self, ContainerKind::Messages | ContainerKind::Users)
    }

    /// The properties with which the container is created.
    pub(super) fn properties(self, name: &str) -> ContainerProperties {
        let mut policy = IndexingPolicy::default().with_indexing_mode(IndexingMode::Consistent);
        for path in self.indexed() {
            policy = policy.with_included_path(*path);
        }
        policy = policy.with_excluded_path("/*");
        if !self.ordered_together().is_empty() {
            let properties = self.ordered_together().iter();
            let properties = properties.map(|(path, order)| CompositeIndexProperty::new(*path, order.clone()));
            policy =
                policy.with_composite_index(properties.fold(CompositeIndex::default(), CompositeIndex::with_property));
        }
        let properties = ContainerProperties::new(name.to_owned(), self.partition_key().into());
        let properties = properties.with_indexing_policy(policy);
        if self.expires_documents() { properties.with_default_ttl(TimeToLive::NoDefault) } else { properties }
    }
}
