//! Archives from and to an account of Cosmos DB.

mod chats;
mod restored_chat;
mod searched;
mod source;
mod target;

pub use source::CosmosSource;
pub use target::CosmosTarget;
