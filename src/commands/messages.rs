mod delete_message;
mod edit_message;
mod get_chat_history;
mod get_message;
mod pin_message;
mod send_message;
mod sync;
mod unpin_message;

pub use delete_message::DeleteMessage;
pub use edit_message::EditMessage;
pub use get_chat_history::GetChatHistory;
pub use get_message::GetMessage;
pub use pin_message::PinMessage;
pub use send_message::SendMessage;
pub use sync::Sync;
pub use unpin_message::UnpinMessage;
