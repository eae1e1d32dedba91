mod get_presence;
mod set_presence;
mod set_typing;

pub use get_presence::GetPresence;
pub use set_presence::SetPresence;
pub use set_typing::SetTyping;
