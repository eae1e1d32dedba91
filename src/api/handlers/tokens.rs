mod create_api_token;
mod get_api_tokens;
mod revoke_api_token;

pub use create_api_token::CreateApiToken;
pub use get_api_tokens::GetApiTokens;
pub use revoke_api_token::{ApiTokenRevoked, RevokeApiToken};
