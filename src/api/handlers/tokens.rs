mod create_api_token;
mod delete_bot;
mod get_api_tokens;
mod get_bots;
mod revoke_api_token;

pub use create_api_token::CreateApiToken;
pub use delete_bot::DeleteBot;
pub use get_api_tokens::GetApiTokens;
pub use get_bots::GetBots;
pub use revoke_api_token::{ApiTokenRevoked, RevokeApiToken};
