mod authenticate;
mod get_me;
mod help;
mod ping;
pub mod welcome;

pub use authenticate::Authenticate;
pub use get_me::GetMe;
pub use help::Help;
pub use ping::Ping;
