mod change_password;
mod delete_account;
mod get_settings;
mod get_user;
mod get_users;
mod update_settings;
mod update_user;

pub use change_password::{ChangePassword, PasswordChanged};
pub use delete_account::{AccountDeleted, DeleteAccount};
pub use get_settings::{GetSettings, Settings};
pub use get_user::GetUser;
pub use get_users::GetUsers;
pub use update_settings::UpdateSettings;
pub use update_user::{UpdateUser, UserUpdated};
