mod get_chat_history;
mod get_message;
mod send_message;
mod sync;

pub use get_chat_history::GetChatHistory;
pub use get_message::GetMessage;
pub use send_message::SendMessage;
pub use sync::Sync;
